import { type Language, localeOf } from './numbers.js';

/** Instants as people of the board's zone read them. The zone is always given: a screen may hang in another one. Pure. */

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, zone: string, key: string, options: Intl.DateTimeFormatOptions) {
  const cacheKey = `${language}|${zone}|${key}`;
  let format = formats.get(cacheKey);
  if (!format) {
    format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: zone, hourCycle: 'h23' });
    formats.set(cacheKey, format);
  }
  return format;
}

/** 14:03:07 */
export function formatClock(instant: number, zone: string, language: Language): string {
  return dateFormat(language, zone, 'clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(instant);
}

/** 14:03 */
export function formatMinute(instant: number, zone: string, language: Language): string {
  return dateFormat(language, zone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(instant);
}

/** The hour of the day without leading zero: 9, 14. For axis labels. */
export function formatHour(instant: number, zone: string): string {
  return String(Number(dateFormat('en', zone, 'hour', { hour: '2-digit' }).format(instant)));
}

/** 22 Nov 2026, 14:03:07 or 2026年11月22日 14:03:07 */
export function formatInstant(instant: string | number, zone: string, language: Language): string {
  const value = typeof instant === 'string' ? Date.parse(instant) : instant;
  return dateFormat(language, zone, 'instant', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(value);
}

/** A business date (YYYY-MM-DD, already local) in words: "Sunday, 22 November" or "11月22日星期日". */
export function formatBusinessDate(date: string, language: Language): string {
  const noon = Date.parse(`${date}T12:00:00Z`);
  if (Number.isNaN(noon)) return date;
  const format = dateFormat(language, 'UTC', 'date', { weekday: 'long', day: 'numeric', month: 'long' });
  return format.format(noon);
}

/** The weekday of a business date: "Sunday" or "星期日". */
export function formatWeekday(date: string, language: Language): string {
  const noon = Date.parse(`${date}T12:00:00Z`);
  return Number.isNaN(noon) ? date : dateFormat(language, 'UTC', 'weekday', { weekday: 'long' }).format(noon);
}

/** The date (YYYY-MM-DD) an instant falls on in a zone. */
export function dateInZone(instant: number, zone: string): string {
  const format = dateFormat('en', zone, 'iso', { year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** 1 (Monday) to 7. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The day before or after a date, in whole days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
