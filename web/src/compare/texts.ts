import type { TFunction } from 'i18next';
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import type { ComparisonMethod, EstimateView, Leaderboard, LeaderboardRow } from '../../../src/shared/comparison.js';
import {
  addDays,
  formatCount,
  formatDecimal,
  formatDuration,
  formatFraction,
  formatKpi,
  formatMoney,
  type Language,
  localeOf,
  MISSING,
} from '../format/index.js';

/** Figures of comparison as people read them. Pure. */

/** Business dates in words, both ends inclusive: "16 – 22 November 2026". */
export function datesText({ from, to }: { from: string; to: string }, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const noon = (date: string) => new Date(`${date}T12:00:00Z`);
  const last = addDays(to, -1);
  if (language === 'en' || from === last) return format.formatRange(noon(from), noon(last));
  // Of ranges browsers know only figures and slashes in Chinese.
  return `${format.format(noon(from))}至${format.format(noon(last))}`;
}

/** "17.4 % (13.3 – 21.9 %)" */
export function estimateText({ value, low, high }: EstimateView, language: Language): string {
  return `${formatFraction(value, language)} (${formatFraction(low, language)} – ${formatFraction(high, language)})`;
}

/** "30 / 200"; time as time, thousands separated. Empty where it cannot be counted. */
export function partsText(
  row: Pick<LeaderboardRow, 'numerator' | 'denominator'>,
  method: ComparisonMethod,
  t: TFunction,
  language: Language,
): string {
  if (method.kind === 'sum' || row.denominator === null) return '';
  const below = method.minimumIsTime
    ? formatDuration(row.denominator, language)
    : formatCount(row.denominator, language);
  if (method.kind !== 'rate' || row.numerator === null) return t('compare.over', { denominator: below });
  return `${formatCount(row.numerator, language)} / ${below}`;
}

/** Change of rates in points, of everything else in percent; always with its sign. */
export function changeText(change: number | null, method: ComparisonMethod, t: TFunction, language: Language): string {
  if (change === null) return MISSING;
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
  const size = formatDecimal(Math.abs(change) * 100, language, 1);
  return method.kind === 'rate' ? t('compare.points', { value: `${sign}${size}` }) : `${sign}${size}%`;
}

/** A number of the KPI's unit, amounts in the currency of the board. */
export function plainText(value: number | null, { unit, currency }: Leaderboard, language: Language): string {
  if (value === null) return MISSING;
  if (currency !== null) return formatMoney(value, currency, language);
  return unit === 'count' ? formatDecimal(value, language, 1) : formatKpi(value, unit, language);
}

/** The least denominator, with what it counts: "20 dials", "1 h 00 m". */
export function minimumText(
  method: ComparisonMethod,
  catalog: readonly KpiDefinitionView[],
  language: Language,
): string {
  if (method.minimum === null) return '';
  if (method.minimumIsTime) return formatDuration(method.minimum, language);
  const names = method.under.filter((id) => !id.startsWith('-')).map((id) => nameOf(id, catalog, language));
  return language === 'zh'
    ? `${names.join('＋')} ${method.minimum}`
    : `${method.minimum} ${names.join(' + ').toLowerCase()}`;
}

export function nameOf(id: string, catalog: readonly KpiDefinitionView[], language: Language): string {
  return catalog.find((kpi) => kpi.id === id)?.name[language] ?? id;
}
