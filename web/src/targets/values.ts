/** Values of targets: what is kept (seconds, fractions, minor units) and what people type and read. Pure. */
import type { KpiUnit, KpiValue } from '../../../src/shared/api.js';
import { decimalsOf, formatKpi, formatMoney, type Language, MISSING } from '../format/index.js';

/** How many of what is kept make one of what is typed: per cent, minutes, whole units of money. */
function scaleOf(unit: KpiUnit, currency: string | null): number {
  if (unit === 'fraction') return 0.01;
  if (unit === 'seconds') return 60;
  if (unit === 'money' || unit === 'money_per_hour') return 10 ** decimalsOf(currency ?? 'CNY');
  return 1;
}

/** 0.4 → 40, 5400 s → 90, 120000 fen → 1200. */
export function typedOf(value: number, unit: KpiUnit, currency: string | null): number {
  // Without the noise of binary fractions: 0.07 is 7 and not 7.000000000000001.
  return Number((value / scaleOf(unit, currency)).toPrecision(12));
}

/** The other way round; what is counted, timed or paid is a whole number. */
export function keptOf(typed: number, unit: KpiUnit, currency: string | null): number {
  const value = Number((typed * scaleOf(unit, currency)).toPrecision(12));
  return unit === 'count' || unit === 'seconds' || unit === 'money' ? Math.round(value) : value;
}

export function targetText(value: number | null, unit: KpiUnit, currency: string | null, language: Language): string {
  if (value === null) return MISSING;
  if (currency !== null && unit === 'money') return formatMoney(value, currency, language);
  if (currency !== null && unit === 'money_per_hour') {
    return formatKpi({ amountMinor: value, currency }, unit, language);
  }
  return formatKpi(value, unit, language);
}

/** What was reached, in the same words; over several currencies the target's. */
export function actualText(actual: KpiValue, unit: KpiUnit, currency: string | null, language: Language): string {
  if (Array.isArray(actual)) {
    const own = actual.find((amount) => amount.currency === currency);
    return formatKpi(own ?? actual, unit, language);
  }
  return formatKpi(actual, unit, language);
}

export type Standing = 'ahead' | 'near' | 'behind' | 'unknown';
/** A tenth behind is still near. */
const NEAR = 0.9;

/** Where somebody stands: by pace, before the day has begun by nothing. */
export function standingOf(pace: number | null): Standing {
  if (pace === null) return 'unknown';
  if (pace >= 1) return 'ahead';
  return pace >= NEAR ? 'near' : 'behind';
}

/**
 * A change of a column of the sums: its KPI, and how much more or less, with its sign.
 * @param currency of amounts, which columns do not say
 */
export function deltaText(
  column: string,
  value: number,
  currency: string,
  language: Language,
): { kpi: string; text: string } {
  const size = Math.abs(value);
  const sign = value > 0 ? '+' : '−';
  if (column.endsWith('_ms')) {
    return { kpi: column.replace(/_ms$/, '_s'), text: sign + formatKpi(size / 1_000, 'seconds', language) };
  }
  if (column.endsWith('_minor')) {
    return { kpi: column.replace(/_minor$/, ''), text: sign + formatMoney(size, currency, language) };
  }
  return { kpi: column, text: sign + formatKpi(size, 'count', language) };
}
