/** Figures on paper: exact where a reader may add them up, short where they are read from afar. Pure. */
import type { KpiUnit, KpiValue } from '../../shared/api.js';
import { formatDecimal, formatFraction, formatKpi, localeOf, MISSING } from '../../shared/format/index.js';
import type { ColumnType, ReportCell } from '../../shared/reports.js';
import type { ReportLanguage } from '../ports.js';
import { amountsOf, isLocalised } from './flat-table.js';
import { dateSerial, type LocalTime } from './local-time.js';
import { WORDS } from './words.js';

/** Nothing there is nothing, not a figure that is missing. */
const NO_FIGURE: ReadonlySet<ColumnType> = new Set(['text', 'date', 'instant']);

/**
 * A cell of a table: every digit of counts and amounts, durations as h:mm:ss. Amounts of several currencies one a line.
 * @param isInParts others of its column have decimals
 */
export function printCell(
  cell: ReportCell,
  type: ColumnType,
  language: ReportLanguage,
  zone: LocalTime,
  isInParts = false,
): string {
  if (cell === null) return NO_FIGURE.has(type) ? '' : MISSING;
  if (isLocalised(cell)) return cell[language].trim();
  if (typeof cell === 'string') return type === 'instant' && dateSerial(cell) === null ? zone.text(cell) : cell.trim();
  const amounts = amountsOf(cell);
  if (amounts !== null) {
    return amounts.length === 0
      ? MISSING
      : amounts.map((one) => exactMoney(one.amountMinor, one.currency, language)).join('\n');
  }
  return typeof cell === 'number' && Number.isFinite(cell) ? exactNumber(cell, type, language, isInParts) : MISSING;
}

export function exactNumber(value: number, type: ColumnType, language: ReportLanguage, isInParts = false): string {
  switch (type) {
    case 'fraction':
      return formatFraction(value, language);
    case 'change':
      return signed(value, formatFraction(Math.abs(value), language));
    case 'points': {
      const size = formatFraction(Math.abs(value), language).replace('%', '');
      return signed(value, `${size} ${WORDS.points[language]}`);
    }
    case 'difference':
      return signed(value, exactNumber(Math.abs(value), 'count', language));
    case 'seconds':
      return clock(value);
    case 'per_hour':
      return formatDecimal(value, language, 1, true);
    default:
      return formatDecimal(value, language, isInParts || !Number.isInteger(value) ? 2 : 0, true);
  }
}

/** "+", "-" or nothing before what is shown; nothing before a zero. */
export function signed(value: number, shown: string): string {
  if (value === 0 || !/[1-9]/.test(shown)) return shown;
  return `${value > 0 ? '+' : '-'}${shown}`;
}

function exactMoney(amountMinor: number, currency: string, language: ReportLanguage): string {
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** 25:01:07; rounded half up once, to the second. */
function clock(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const text = `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return seconds < 0 && whole > 0 ? `-${text}` : text;
}

/** A figure as the screens show it, 万 and 亿 in Chinese; and all its digits where those leave some out. */
export function printFigure(
  value: KpiValue,
  unit: KpiUnit,
  language: ReportLanguage,
  zone: LocalTime,
): { short: string; exact: string | null } {
  const short = formatKpi(value, unit, language);
  const isExactEnough = unit === 'fraction' || unit === 'per_hour' || unit === 'money_per_hour';
  const exact = printCell(value, unit, language, zone).replaceAll('\n', ' + ');
  return { short, exact: isExactEnough || exact === short ? null : exact };
}
