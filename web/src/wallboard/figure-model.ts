import type { KpiValue } from '../../../src/shared/api.js';
import type { TargetNow } from '../../../src/shared/live.js';
import {
  countParts,
  durationParts,
  type FigurePart,
  formatDecimal,
  formatDuration,
  formatFraction,
  fractionParts,
  joinParts,
  type Language,
  moneyParts,
} from '../format/index.js';
import type { Figure, FigureKind } from './kpi-forms.js';

/** How a headline figure is written and compared. Pure. */

const HOUR_SUFFIX: Record<Language, string> = { en: '/h', zh: '/小时' };

export function figureParts(kind: FigureKind, value: KpiValue | undefined, language: Language): FigurePart[] {
  switch (kind) {
    case 'fraction':
      return fractionParts(plainNumber(value), language);
    case 'duration':
      return durationParts(plainNumber(value), language);
    case 'per_hour': {
      const parts: FigurePart[] = [{ kind: 'digits', text: formatDecimal(plainNumber(value), language, 1) }];
      return plainNumber(value) === null ? parts : [...parts, { kind: 'unit', text: HOUR_SUFFIX[language] }];
    }
    case 'money':
    case 'money_per_hour':
      return amountParts(value, kind === 'money_per_hour' ? HOUR_SUFFIX[language] : '', language);
    default:
      return countParts(plainNumber(value), language);
  }
}

/** Amounts of several currencies stand side by side: they are never added. */
function amountParts(value: KpiValue | undefined, suffix: string, language: Language): FigurePart[] {
  const amounts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'object' && one !== null);
  if (amounts.length === 0) return countParts(null, language);
  return amounts.flatMap(({ amountMinor, currency }, index): FigurePart[] => [
    ...(index === 0 ? [] : [{ kind: 'unit', text: ' + ' } as const]),
    ...moneyParts(amountMinor, currency, language),
    ...(suffix === '' ? [] : [{ kind: 'unit', text: suffix } as const]),
  ]);
}

export function figureText(kind: FigureKind, value: KpiValue | undefined, language: Language): string {
  if (kind === 'fraction') return formatFraction(plainNumber(value), language);
  if (kind === 'duration') return formatDuration(plainNumber(value), language);
  return joinParts(figureParts(kind, value, language));
}

function plainNumber(value: KpiValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** A value on one scale: an amount by its minor units. Null: none, or amounts of several currencies. */
export function scalarOf(value: KpiValue | undefined): number | null {
  if (typeof value === 'number') return value;
  return value === null || value === undefined || Array.isArray(value) ? null : value.amountMinor;
}

/** A plain number in the way the figure's own value is written: minor units get the currency of that value. */
export function likeValue(kind: FigureKind, number: number | null, currency: string): KpiValue {
  if (number === null || (kind !== 'money' && kind !== 'money_per_hour')) return number;
  // Before the currency is known there is no amount to write.
  return currency === '' ? null : { amountMinor: number, currency };
}

/** The currency of a value of money; `fallback` where there is none yet. */
export function currencyOf(value: KpiValue | undefined, fallback: string): string {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.currency : fallback;
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
  measured: KpiValue | undefined,
  usual: number | null | undefined,
  language: Language,
): Comparison | null {
  const value = scalarOf(measured);
  if (value === null || typeof usual !== 'number') return null;
  if (figure.compare === 'relative' && usual <= 0) return null;
  const scale = Math.max(value, usual * 1.25, Number.MIN_VALUE);
  const difference = value - usual;
  const { size, unit, isZero } = sizeOf(figure, difference, usual, currencyOf(measured, ''), language);
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
  measured: KpiValue | undefined,
  target: number,
  pace: number | null | undefined,
  language: Language,
): TargetComparison | null {
  const value = scalarOf(measured);
  if (value === null || target <= 0) return null;
  if (figure.compare === 'difference') {
    const comparison = compareWithUsual(figure, measured, target, language);
    return comparison && { comparison, share: comparison.share, markShare: comparison.usualShare, reached: null };
  }
  const scale = Math.max(value, target);
  const byNow = typeof pace === 'number' ? target * pace : null;
  return {
    comparison: compareWithUsual(figure, measured, byNow, language),
    share: value / scale,
    markShare: (byNow ?? target) / scale,
    reached: value / target,
  };
}

/** How a figure stands against the organisation's own target: by now, for what grows through a day, else as it is. */
export function compareWithOwn(
  figure: Figure,
  measured: KpiValue | undefined,
  { target, expectedNow, expectedShare }: Pick<TargetNow, 'target' | 'expectedNow' | 'expectedShare'>,
  language: Language,
): TargetComparison | null {
  const isRate = figure.compare === 'difference';
  const share = isRate || expectedNow === null || target <= 0 ? null : (expectedShare ?? expectedNow / target);
  return compareWithTarget(figure, measured, target, share, language);
}

function sizeOf(figure: Figure, difference: number, usual: number, currency: string, language: Language) {
  const size = Math.abs(difference);
  if (figure.compare === 'relative') {
    const percent = Math.round((size / usual) * 100);
    return { size: `${formatDecimal(percent, language, 0)}%`, unit: 'none' as const, isZero: percent === 0 };
  }
  if (figure.kind === 'fraction') {
    const points = Math.round(size * 1_000) / 10;
    return { size: formatDecimal(points, language, 1), unit: 'points' as const, isZero: points === 0 };
  }
  if (figure.kind !== 'duration') {
    const text = figureText(figure.kind, likeValue(figure.kind, size, currency), language);
    return { size: text, unit: 'none' as const, isZero: Math.round(size * 10) === 0 };
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
