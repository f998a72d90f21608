/** What is usual on a weekday and in a month, from a scope's own days. Pure. */
import { weekdayOf } from '../../shared/format/index.js';
import { daysBetween, plusDays } from '../calendar/periods.js';

export interface DayTotal {
  date: string;
  value: number;
}

/** A weekday is known after four of them, a month of the year after a whole year. */
const WEEKS_MIN = 4;
const YEAR_DAYS = 365;
const MONTH_DAYS_MIN = 10;

/** Factor of a date against the average day; 1 where nothing is known. `totals`: days without any are left out, `until` exclusive. */
export function seasonalityOf(totals: readonly DayTotal[], until: string): (date: string) => number {
  const first = totals.reduce((min, { date }) => (date < min ? date : min), until);
  const span = daysBetween(first, until);
  const sum = totals.reduce((all, { value }) => all + Math.max(0, value), 0);
  if (span < 7 * WEEKS_MIN || sum === 0) return () => 1;
  const weekdays = factors(totals, first, span, weekdayOf, WEEKS_MIN);
  const months = span >= YEAR_DAYS ? factors(totals, first, span, monthOf, MONTH_DAYS_MIN) : new Map<number, number>();
  return (date) => (weekdays.get(weekdayOf(date)) ?? 1) * (months.get(monthOf(date)) ?? 1);
}

const monthOf = (date: string): number => Number(date.slice(5, 7));

/** Average of the dates in a group over the average of all; groups with too few dates are left out. */
function factors(
  totals: readonly DayTotal[],
  first: string,
  span: number,
  groupOf: (date: string) => number,
  datesMin: number,
): Map<number, number> {
  const sums = new Map<number, number>();
  const dates = new Map<number, number>();
  let all = 0;
  for (const { date, value } of totals) {
    const amount = Math.max(0, value);
    sums.set(groupOf(date), (sums.get(groupOf(date)) ?? 0) + amount);
    all += amount;
  }
  for (let day = 0; day < span; day++) {
    const group = groupOf(plusDays(first, day));
    dates.set(group, (dates.get(group) ?? 0) + 1);
  }
  return new Map(
    [...dates].flatMap(([group, count]) =>
      count < datesMin ? [] : [[group, (sums.get(group) ?? 0) / count / (all / span)] as const],
    ),
  );
}
