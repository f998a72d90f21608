import type { KpiUnit, KpiValue, MoneyValue } from '../api.js';
import { formatDuration } from './durations.js';
import { formatCount, formatDecimal, formatFraction, formatMoney, type Language, MISSING } from './numbers.js';

/** A KPI's value in its unit; "—" for no value, several currencies side by side. Pure. */
export function formatKpi(value: KpiValue | undefined, unit: KpiUnit, language: Language): string {
  if (value === null || value === undefined) return MISSING;
  if (typeof value !== 'number') return formatAmounts(value, unit, language);
  switch (unit) {
    case 'fraction':
      return formatFraction(value, language);
    case 'seconds':
      return formatDuration(value, language);
    case 'per_hour':
      return `${formatDecimal(value, language, 1, true)}${perHour(language)}`;
    default:
      return formatCount(value, language);
  }
}

function formatAmounts(value: MoneyValue | MoneyValue[], unit: KpiUnit, language: Language): string {
  const amounts = Array.isArray(value) ? value : [value];
  if (amounts.length === 0) return MISSING;
  const suffix = unit === 'money_per_hour' ? perHour(language) : '';
  return amounts.map((amount) => formatMoney(amount.amountMinor, amount.currency, language) + suffix).join(' + ');
}

function perHour(language: Language): string {
  return language === 'zh' ? '/小时' : '/h';
}
