/** Ranges of business dates, half-open. Pure. */
import { addDays } from '../organisation/index.js';
import { AppError } from '../platform/index.js';
import type { TargetPeriod } from '../shared/targets.js';

export interface Dates {
  from: string;
  to: string;
}

export interface ComparedRange extends Dates {
  /** As much as is over of the range (today included), moved to before it. */
  previous: Dates;
  /** Today is part of it. */
  unfinished: boolean;
}

/** Without dates: today. Throws `range_empty`. */
export function comparedRange(
  asked: { from?: string | undefined; to?: string | undefined },
  today: string,
): ComparedRange {
  const from = asked.from ?? today;
  const to = asked.to ?? addDays(from > today ? from : today, 1);
  if (to <= from) throw new AppError('range_empty', { field: 'to' });
  const tomorrow = addDays(today, 1);
  const until = to > tomorrow && from < tomorrow ? tomorrow : to;
  return {
    from,
    to,
    previous: { from: addDays(from, -daysBetween({ from, to: until })), to: from },
    unfinished: from <= today && to > today,
  };
}

export function daysBetween({ from, to }: Dates): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The period a range is exactly; null: none. Weeks begin on Monday. */
export function periodOf({ from, to }: Dates): TargetPeriod | null {
  const days = daysBetween({ from, to });
  if (days === 1) return 'day';
  const start = new Date(`${from}T00:00:00Z`);
  if (days === 7 && start.getUTCDay() === 1) return 'week';
  if (start.getUTCDate() !== 1) return null;
  const month = start.getUTCMonth();
  const end = (months: number): string =>
    new Date(Date.UTC(start.getUTCFullYear(), month + months, 1)).toISOString().slice(0, 10);
  if (to === end(1)) return 'month';
  if (to === end(3) && month % 3 === 0) return 'quarter';
  return to === end(12) && month === 0 ? 'year' : null;
}
