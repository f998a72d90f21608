/** What is usual: the four weeks before a range, by weekday and hour. Pure. */
import { addDays } from '../../organisation/index.js';
import { weekdayOf } from '../../shared/format/index.js';
import type { ReportRow } from '../../shared/reports.js';
import type { Dates } from './ready-report.js';
import { countOf, keyOf } from './tables.js';

export const NORM_DAYS = 28;

export function normDates({ from }: Dates): Dates {
  return { from: addDays(from, -NORM_DAYS), to: from };
}

export function datesOf({ from, to }: Dates): string[] {
  const dates: string[] = [];
  for (let date = from; date < to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

export function daysOf({ from, to }: Dates): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/**
 * What the dates would have by hour of the day, if each were a usual one of its weekday: for every date the mean of the past
 * days of that weekday on which anybody dialled. A weekday nobody worked on adds nothing. Null: there is no such day.
 * `past`: by weekday and hour, `days`: by day, both of the norm's dates.
 */
export function usualByHour(
  kpi: string,
  dates: readonly string[],
  past: readonly ReportRow[],
  days: readonly ReportRow[],
): Map<number, number> | null {
  const worked = workedDays(days);
  const weight = new Map<number, number>();
  for (const date of dates) {
    const weekday = weekdayOf(date);
    const count = worked.get(weekday) ?? 0;
    if (count > 0) weight.set(weekday, (weight.get(weekday) ?? 0) + 1 / count);
  }
  if (weight.size === 0) return null;
  const usual = new Map<number, number>();
  for (const row of past) {
    const hour = Number(keyOf(row, 1));
    const share = weight.get(Number(keyOf(row, 0))) ?? 0;
    usual.set(hour, (usual.get(hour) ?? 0) + countOf(row.values, kpi) * share);
  }
  return usual;
}

/** Days with dials, by weekday. */
export function workedDays(days: readonly ReportRow[]): Map<number, number> {
  const worked = new Map<number, number>();
  for (const row of days) {
    if (countOf(row.values, 'dials') === 0) continue;
    const weekday = weekdayOf(keyOf(row));
    worked.set(weekday, (worked.get(weekday) ?? 0) + 1);
  }
  return worked;
}
