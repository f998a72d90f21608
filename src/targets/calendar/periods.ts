/** Days, weeks, months, quarters and years of business dates (YYYY-MM-DD). Pure; whole dates, so no zone is needed. */
import { weekdayOf } from '../../shared/format/index.js';
import type { TargetPeriod } from '../../shared/targets.js';

const DAY_MS = 86_400_000;

/** `until` exclusive. */
export interface Dates {
  from: string;
  until: string;
}

const msOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export function plusDays(date: string, days: number): string {
  return dateOf(msOf(date) + days * DAY_MS);
}

export function daysBetween(from: string, until: string): number {
  return Math.round((msOf(until) - msOf(from)) / DAY_MS);
}

function firstOfMonth(date: string, months: number): string {
  const at = new Date(msOf(date));
  return dateOf(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
}

/** The period that holds the date. */
export function periodOf(period: TargetPeriod, date: string): Dates {
  switch (period) {
    case 'day':
      return { from: date, until: plusDays(date, 1) };
    case 'week': {
      const from = plusDays(date, 1 - weekdayOf(date));
      return { from, until: plusDays(from, 7) };
    }
    case 'month':
      return { from: firstOfMonth(date, 0), until: firstOfMonth(date, 1) };
    case 'quarter': {
      const back = new Date(msOf(date)).getUTCMonth() % 3;
      return { from: firstOfMonth(date, -back), until: firstOfMonth(date, 3 - back) };
    }
    case 'year':
      return { from: `${date.slice(0, 4)}-01-01`, until: `${Number(date.slice(0, 4)) + 1}-01-01` };
  }
}

export function eachDate({ from, until }: Dates): string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, until)) }, (_, day) => plusDays(from, day));
}

/** Periods of the kind that begin within the dates, in order. */
export function periodsIn(kind: TargetPeriod, { from, until }: Dates): Dates[] {
  const found: Dates[] = [];
  let next = periodOf(kind, from);
  if (next.from < from) next = periodOf(kind, next.until);
  for (; next.from < until; next = periodOf(kind, next.until)) found.push(next);
  return found;
}
