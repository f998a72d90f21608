import type { KpiUnit, KpiValue, Localised, MoneyValue } from '../../../../src/shared/api.js';
import type { ColumnType, ReportCell } from '../../../../src/shared/reports.js';
import {
  formatCount,
  formatDecimal,
  formatDuration,
  formatFraction,
  formatInstant,
  formatKpi,
  joinParts,
  type Language,
  MISSING,
  moneyParts,
} from '../../format/index.js';
import { formatDay } from '../../people/ui/days.js';

/** Figures of a document as people read them. Pure. */

export interface Reader {
  language: Language;
  /** In which instants are said. */
  zone: string;
  /** Places of columns whose counts are written with a decimal, all of them. */
  inParts?: ReadonlySet<number>;
}

const isLocalised = (cell: ReportCell): cell is Localised => typeof cell === 'object' && cell !== null && 'en' in cell;

export function textOf(text: Localised | string, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

export function cellText(cell: ReportCell, type: ColumnType, { language, zone }: Reader): string {
  if (cell === null || cell === undefined) return MISSING;
  if (isLocalised(cell)) return cell[language];
  if (typeof cell === 'string') {
    if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(cell)) return formatDay(cell, language);
    if (type === 'instant' && !Number.isNaN(Date.parse(cell))) return formatInstant(cell, zone, language);
    return cell;
  }
  if (type === 'change') return typeof cell === 'number' ? signedFraction(cell, language) : MISSING;
  if (type === 'points') return typeof cell === 'number' ? pointsText(cell, language) : MISSING;
  if (typeof cell !== 'number') return formatKpi(cell, type === 'money_per_hour' ? type : 'money', language);
  if (type === 'difference') return signedText(cell, 'count', undefined, language);
  return numberText(
    cell,
    type === 'text' || type === 'date' || type === 'instant' ? 'count' : type,
    undefined,
    language,
  );
}

/** A number of a unit; amounts are minor units of `currency`. Below zero with a true minus. */
export function numberText(value: number, unit: KpiUnit, currency: string | undefined, language: Language): string {
  const size = Math.abs(value);
  return `${numberMinus(value)}${sizeText(size, unit, currency, language)}`;
}

/** A count among others that have parts: with one decimal like them. */
export function partsText(value: number, language: Language): string {
  return `${numberMinus(value)}${formatDecimal(Math.abs(value), language, 1, true)}`;
}

/** The same with its sign, for differences. */
export function signedText(value: number, unit: KpiUnit, currency: string | undefined, language: Language): string {
  const sign = unit === 'fraction' ? signOf(shown(value)) : signOf(value);
  return `${sign}${sizeText(Math.abs(value), unit, currency, language)}`;
}

function sizeText(size: number, unit: KpiUnit, currency: string | undefined, language: Language): string {
  if (currency !== undefined) {
    return formatKpi({ amountMinor: size, currency }, unit === 'money_per_hour' ? unit : 'money', language);
  }
  // Counts of what is shared out, or per head.
  if (unit === 'count' && !Number.isInteger(size)) return formatDecimal(size, language, 1, true);
  return formatKpi(size, unit, language);
}

/** In large type: large amounts without their cents, like on a wall. */
export function headlineText(value: KpiValue, unit: KpiUnit, language: Language): string {
  const amount = oneOf(value);
  if (unit !== 'money' || amount === null || typeof amount === 'number') return formatKpi(value, unit, language);
  return (
    numberMinus(amount.amountMinor) + joinParts(moneyParts(Math.abs(amount.amountMinor), amount.currency, language))
  );
}

const numberMinus = (value: number): string => (value < 0 ? '−' : '');

const signOf = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '±');

/** A fraction as far as one sees it: what reads 0.0 % has no direction. */
export function shown(fraction: number): number {
  return Math.abs(fraction) < 0.0005 ? 0 : fraction;
}

function signedFraction(value: number, language: Language): string {
  return `${signOf(shown(value))}${formatFraction(Math.abs(value), language)}`;
}

/** "+0.3 pp". Not "%": between two rates that would be another figure. */
export function pointsText(value: number, language: Language): string {
  return `${signedFraction(value, language).replace('%', '')} ${language === 'zh' ? '个百分点' : 'pp'}`;
}

/** Of an axis: in as few characters as say it. */
export function axisText(value: number, unit: KpiUnit, currency: string | undefined, language: Language): string {
  const size = Math.abs(value);
  const minus = numberMinus(value);
  if (currency !== undefined) return minus + joinParts(moneyParts(size, currency, language));
  if (unit === 'fraction') return `${minus}${formatDecimal(size * 100, language, 1)}%`;
  if (unit === 'seconds') return minus + formatDuration(size, language);
  return minus + (Number.isInteger(size) ? formatCount(size, language) : formatDecimal(size, language, 2));
}

/** One number of a value, minor units of an amount; null for no value and for several currencies. */
export function numberOf(value: KpiValue | undefined): number | null {
  const amount = oneOf(value);
  return typeof amount === 'number' ? amount : (amount?.amountMinor ?? null);
}

function oneOf(value: KpiValue | undefined): number | MoneyValue | null {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) return value;
  return value.length === 1 ? (value[0] ?? null) : null;
}

export interface Change {
  /** Rates change in points (a fraction), everything else in percent (a fraction of what it was). */
  kind: 'points' | 'relative';
  by: number;
}

/** Null where there is nothing to compare: no value, nothing before, other currencies. */
export function changeOf(value: KpiValue, compared: KpiValue, unit: KpiUnit): Change | null {
  const [now, before] = [oneOf(value), oneOf(compared)];
  if (currencyOf(now) !== currencyOf(before)) return null;
  const [size, was] = [numberOf(now), numberOf(before)];
  if (size === null || was === null) return null;
  if (unit === 'fraction') return { kind: 'points', by: size - was };
  return was === 0 ? null : { kind: 'relative', by: (size - was) / Math.abs(was) };
}

const currencyOf = (value: number | MoneyValue | null): string | null =>
  typeof value === 'number' || value === null ? null : value.currency;

/** Which way a change goes, and whether that is good by what the catalog says. An arrow is the way, a word the judgement. */
export interface Trend {
  arrow: '▲' | '▼' | '=';
  tone: 'good' | 'bad' | 'plain';
}

export function trendOf({ by }: Change, good: 'up' | 'down' | 'neutral'): Trend {
  const seen = shown(by);
  const arrow = seen > 0 ? '▲' : seen < 0 ? '▼' : '=';
  if (seen === 0 || good === 'neutral') return { arrow, tone: 'plain' };
  return { arrow, tone: seen > 0 === (good === 'up') ? 'good' : 'bad' };
}

/** The same where there is little room: in a picture. */
export function shortPointsText(value: number, language: Language): string {
  return pointsText(value, language).replace(' 个', ' ');
}

/** "+4.2%" or the figure for "+4.2 pp". */
export function changeText({ kind, by }: Change, language: Language): string {
  if (kind === 'relative') return signedFraction(by, language);
  return signedFraction(by, language).replace('%', '');
}

/** 1 = met; where low is good, target ÷ actual. Null where it cannot be said. */
export function attainmentOf(value: KpiValue, target: KpiValue, isLowGood: boolean): number | null {
  const [now, wanted] = [oneOf(value), oneOf(target)];
  if (currencyOf(now) !== currencyOf(wanted)) return null;
  const [actual, aim] = [numberOf(now), numberOf(wanted)];
  if (actual === null || aim === null) return null;
  if (isLowGood) return actual === 0 ? 1 : aim / actual;
  return aim === 0 ? null : actual / aim;
}

/** What a column is sorted by; null (no value) always comes last. */
export function sortValue(cell: ReportCell, language: Language): number | string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number' || typeof cell === 'string') return cell;
  if (isLocalised(cell)) return cell[language];
  return numberOf(cell);
}
