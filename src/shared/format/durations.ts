import { type FigurePart, type Language, MISSING } from './numbers.js';

/** Durations as people read them, never raw seconds. Pure. */

const UNITS: Record<Language, { hour: string; minute: string; second: string }> = {
  en: { hour: 'h', minute: 'm', second: 's' },
  zh: { hour: '小时', minute: '分', second: '秒' },
};

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A duration in seconds as its two largest units: 7,500 → 2 h 05 m, 185 → 3 m 05 s, 42 → 42 s.
 * Rounded half up once, to the smallest unit shown.
 */
export function durationParts(seconds: number | null | undefined, language: Language): FigurePart[] {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds))
    return [{ kind: 'digits', text: MISSING }];
  const unit = UNITS[language];
  const whole = Math.round(Math.max(0, seconds));
  if (whole < 60) return pair([String(whole), unit.second]);
  if (whole < 3_600) return pair([String(Math.floor(whole / 60)), unit.minute], [two(whole % 60), unit.second]);
  const minutes = Math.round(seconds / 60);
  return pair([String(Math.floor(minutes / 60)), unit.hour], [two(minutes % 60), unit.minute]);
}

function pair(...groups: [digits: string, unit: string][]): FigurePart[] {
  return groups.flatMap(([digits, unit]) => [
    { kind: 'digits' as const, text: digits },
    { kind: 'unit' as const, text: unit },
  ]);
}

/** The same as one string: "2 h 05 m" in English, "2小时05分" in Chinese. */
export function formatDuration(seconds: number | null | undefined, language: Language): string {
  const parts = durationParts(seconds, language);
  return parts.map((part) => part.text).join(language === 'en' ? ' ' : '');
}

/** A duration in whole minutes, without seconds: 20 m, 2 h 05 m. Minutes that have passed. */
export function formatMinutes(milliseconds: number, language: Language): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes >= 60) return formatDuration(minutes * 60, language);
  return language === 'en' ? `${minutes} ${UNITS.en.minute}` : `${minutes}${UNITS.zh.minute}钟`;
}

/** A running time in milliseconds, like a stopwatch: 0:07, 4:07, 2:05:13. Whole seconds that have passed. */
export function formatStopwatch(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1_000));
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const seconds = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}
