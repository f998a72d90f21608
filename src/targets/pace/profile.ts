/** The hour profile a scope has shown: how a figure spread over the quarter hours of past days. Pure. */
import { weekdayOf } from '../../shared/format/index.js';

/** One business day on which somebody of the scope worked. */
export interface PastDay {
  date: string;
  /** Value of the figure by quarter hour from the start of the business day. */
  slots: Float32Array;
}

/** Fewer quarter hours with anything in them say more about chance than about habits. */
const CELLS_MIN = 60;
const DAYS_MIN = 2;
/** Quarter hours of the longest business day (25 hours). */
export const SLOTS_MAX = 100;

/**
 * `levels`: the target's own scope, then the wider ones (team, organisation). Of the first with enough to go by: days of the
 * same weekday, else all its days. Null = flat.
 */
export function profileFor(levels: readonly (readonly PastDay[])[], weekday: number): Float32Array | null {
  for (const days of levels) {
    const found = summed(days.filter(({ date }) => weekdayOf(date) === weekday)) ?? summed(days);
    if (found !== null) return found;
  }
  return null;
}

function summed(days: readonly PastDay[]): Float32Array | null {
  const total = new Float32Array(SLOTS_MAX);
  let cells = 0;
  for (const { slots } of days) {
    for (const [index, value] of slots.entries()) {
      // Corrections can make a quarter hour negative.
      if (value <= 0) continue;
      cells++;
      total[index] = (total[index] ?? 0) + value;
    }
  }
  return days.length >= DAYS_MIN && cells >= CELLS_MIN ? total : null;
}
