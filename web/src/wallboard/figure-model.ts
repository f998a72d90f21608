import {
  countParts,
  durationParts,
  type FigurePart,
  formatCount,
  formatDecimal,
  formatDuration,
  formatFraction,
  fractionParts,
  type Language,
} from '../format/index.js';
import type { Figure, FigureKind } from './kpi-forms.js';

/** How a headline figure is written and compared. Pure. */

export function figureParts(kind: FigureKind, value: number | null | undefined, language: Language): FigurePart[] {
  if (kind === 'fraction') return fractionParts(value, language);
  if (kind === 'duration') return durationParts(value, language);
  return countParts(value, language);
}

export function figureText(kind: FigureKind, value: number | null | undefined, language: Language): string {
  if (kind === 'fraction') return formatFraction(value, language);
  if (kind === 'duration') return formatDuration(value, language);
  return formatCount(value, language);
}

export interface Comparison {
  trend: 'up' | 'down' | 'same';
  /** Size of the difference in words, without sign: "9%", "1.2" (points), "12 s". */
  size: string;
  /** `points`: the size is in percentage points and the screen adds the word. */
  unit: 'points' | 'none';
  /** Value and usual value on one scale, 0…1, for the thin bar. */
  share: number;
  usualShare: number;
}

/** How a figure stands against what is usual at this time of day; null when either is missing. */
export function compareWithUsual(
  figure: Figure,
  value: number | null | undefined,
  usual: number | null | undefined,
  language: Language,
): Comparison | null {
  if (typeof value !== 'number' || typeof usual !== 'number') return null;
  if (figure.compare === 'relative' && usual <= 0) return null;
  const scale = Math.max(value, usual * 1.25, Number.MIN_VALUE);
  const difference = value - usual;
  const { size, unit, isZero } = sizeOf(figure, difference, usual, language);
  const trend = isZero ? 'same' : difference > 0 ? 'up' : 'down';
  return { trend, size, unit, share: value / scale, usualShare: usual / scale };
}

export interface TargetComparison {
  /** Against where one should be by now; null when nobody can say. */
  comparison: Comparison | null;
  /** Value and mark on one scale, 0…1, for the thin bar. */
  share: number;
  markShare: number;
  /** Share of the day's target that is reached; null for rates and averages, which are not collected through a day. */
  reached: number | null;
}

/**
 * How a figure stands against a fixed target of the day; null without a value.
 * @param pace share of a usual day that has passed at this time, 0…1; null when it is not known
 */
export function compareWithTarget(
  figure: Figure,
  value: number | null | undefined,
  target: number,
  pace: number | null | undefined,
  language: Language,
): TargetComparison | null {
  if (typeof value !== 'number' || target <= 0) return null;
  if (figure.compare === 'difference') {
    const comparison = compareWithUsual(figure, value, target, language);
    return comparison && { comparison, share: comparison.share, markShare: comparison.usualShare, reached: null };
  }
  const scale = Math.max(value, target);
  const byNow = typeof pace === 'number' ? target * pace : null;
  return {
    comparison: compareWithUsual(figure, value, byNow, language),
    share: value / scale,
    markShare: (byNow ?? target) / scale,
    reached: value / target,
  };
}

function sizeOf(figure: Figure, difference: number, usual: number, language: Language) {
  const size = Math.abs(difference);
  if (figure.compare === 'relative') {
    const percent = Math.round((size / usual) * 100);
    return { size: `${formatDecimal(percent, language, 0)}%`, unit: 'none' as const, isZero: percent === 0 };
  }
  if (figure.kind === 'fraction') {
    const points = Math.round(size * 1_000) / 10;
    return { size: formatDecimal(points, language, 1), unit: 'points' as const, isZero: points === 0 };
  }
  const seconds = Math.round(size);
  return { size: formatDuration(seconds, language), unit: 'none' as const, isZero: seconds === 0 };
}

/** Widths in em of Inter with tabular digits (tightened by 0.02 em) and of the CJK fallback, rounded up. */
const WIDE = 0.64;
const NARROW = 0.29;
/** The unit is set at this share of the digits' size. */
export const UNIT_SCALE = 0.3;

/** Estimated width of a figure in em of its digits, so that a long one can be set smaller and never overflow. */
export function figureEms(parts: FigurePart[]): number {
  let ems = 0;
  for (const part of parts) {
    for (const char of part.text) {
      if (part.kind === 'unit') ems += (char.charCodeAt(0) > 0x2e80 ? 1 : 0.92) * UNIT_SCALE;
      else ems += /[.,:]/.test(char) ? NARROW : char === '—' ? 1 : WIDE;
    }
    if (part.kind === 'unit') ems += 0.13;
  }
  return Math.round(ems * 1_000) / 1_000;
}

/** Estimated width of a line of text in em of its type, rounded up. */
export function textEms(text: string): number {
  let ems = 0;
  for (const char of text)
    ems += char.charCodeAt(0) > 0x2e80 || '▲▼●'.includes(char) ? 1.02 : /[ .,:]/.test(char) ? 0.3 : 0.62;
  return Math.round(ems * 1_000) / 1_000;
}
