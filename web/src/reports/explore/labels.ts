import type { Localised } from '../../../../src/shared/api.js';
import type { ReportGrouping, ReportRow } from '../../../../src/shared/reports.js';
import { type Language, localeOf } from '../../format/index.js';
import { formatShortDay } from '../../people/ui/days.js';

/** Keys of rows in words. Pure. */

export function keyText(row: ReportRow, place: number, groupBy: readonly ReportGrouping[], language: Language): string {
  const key = row.keys[place] ?? '';
  switch (groupBy[place]) {
    case 'day':
      return /^\d{4}-\d{2}-\d{2}$/.test(key) ? formatShortDay(key, language) : key;
    case 'month':
      return monthText(key, language);
    default:
      return row.labels[place]?.[language] ?? key;
  }
}

export function keyLabel(row: ReportRow, place: number, groupBy: readonly ReportGrouping[]): Localised {
  return { en: keyText(row, place, groupBy, 'en'), zh: keyText(row, place, groupBy, 'zh') };
}

/** Nov 2026 or 2026年11月 */
function monthText(month: string, language: Language): string {
  const start = Date.parse(`${month}-01T12:00:00Z`);
  if (Number.isNaN(start)) return month;
  const options = { year: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(localeOf(language), options).format(start);
}

/** Stretches of time one after the other. */
export const TIME_LINE: readonly ReportGrouping[] = ['hour', 'day', 'week', 'month'];
/** Keys that have an order of their own, not that of a name. */
export const IN_ORDER: readonly ReportGrouping[] = [...TIME_LINE, 'hour_of_day', 'weekday', 'interval'];
