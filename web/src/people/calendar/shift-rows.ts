import type { ShiftView } from '../../../../src/shared/organisation.js';
import { clockText } from '../ui/clock-text.js';

/** A week of shifts as people write it: the same hours on several weekdays are one row. Pure. */
export interface ShiftRow {
  /** 1 (Monday) to 7. */
  weekdays: number[];
  /** HH:MM */
  start: string;
  /** HH:MM; not after `start` means the next day. */
  end: string;
  breakMinutes: number;
}

export function rowsOf(shifts: readonly ShiftView[]): ShiftRow[] {
  const rows = new Map<string, ShiftRow>();
  const ordered = shifts.toSorted((a, b) => a.weekday - b.weekday || a.startMinutes - b.startMinutes);
  for (const { weekday, startMinutes, endMinutes, breakMinutes } of ordered) {
    const key = `${startMinutes}-${endMinutes}-${breakMinutes}`;
    const row = rows.get(key);
    if (row) row.weekdays.push(weekday);
    else {
      const end = clockText(endMinutes % 1440);
      rows.set(key, { weekdays: [weekday], start: clockText(startMinutes), end, breakMinutes });
    }
  }
  return [...rows.values()];
}

export function shiftsOf(rows: readonly ShiftRow[]): ShiftView[] {
  return rows.flatMap(({ weekdays, start, end, breakMinutes }) => {
    const startMinutes = minutesOf(start);
    const endMinutes = minutesOf(end) + (minutesOf(end) <= startMinutes ? 1440 : 0);
    return weekdays.map((weekday) => ({ weekday, startMinutes, endMinutes, breakMinutes: breakMinutes ?? 0 }));
  });
}

export function endsNextDay({ start, end }: Pick<ShiftRow, 'start' | 'end'>): boolean {
  return minutesOf(end) <= minutesOf(start);
}

/** Weekdays as runs: [1,2,3,4,5,7] → [[1,5],[7,7]]. */
export function runsOf(weekdays: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const day of weekdays.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
