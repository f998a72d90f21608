import { addDays } from '../../organisation/index.js';
import { AppError } from '../../platform/index.js';
import type { TimeBound } from './time-bound.js';
import type { Zones } from './zones.js';

/** Business dates, half-open. */
export interface DateRange {
  from: string;
  to: string;
}

/** Epoch ms, half-open. */
export interface InstantRange {
  from: number;
  to: number;
}

/** A requested range and which sums answer it. */
export interface ReportRange extends InstantRange {
  /** Set when the range is whole business days: each team counts by its own dates, and customers can be counted. */
  dates: DateRange | null;
  /** Whole business days inside the range, read from the sums by day. */
  days: DateRange | null;
  /** The rest of it, read from the sums by quarter hour. */
  slots: InstantRange[];
}

/**
 * Dates on both ends mean business days of each team. Instants mean exactly these quarter hours; days in the middle
 * come from the sums by day where all teams count their days alike throughout. Throws `range_empty`.
 */
export function resolveRange(from: TimeBound, to: TimeBound, zones: Zones): ReportRange {
  const range = { from: instantOf(from, zones), to: instantOf(to, zones) };
  if (range.to <= range.from) throw new AppError('range_empty', { field: 'to' });
  if (from.kind === 'date' && to.kind === 'date') return ofDates(range, { from: from.date, to: to.date });
  const days = zones.inForce(range.from, range.to).length === 1 ? wholeDays(range, zones) : null;
  if (days === null) return { ...range, dates: null, days: null, slots: [range] };
  const inner = { from: zones.startOf(days.from), to: zones.startOf(days.to) };
  const slots = [
    { from: range.from, to: inner.from },
    { from: inner.to, to: range.to },
  ].filter((edge) => edge.from < edge.to);
  return slots.length === 0 ? ofDates(range, days) : { ...range, dates: null, days, slots };
}

function ofDates(range: InstantRange, dates: DateRange): ReportRange {
  return { ...range, dates, days: dates, slots: [] };
}

/**
 * Of a list, open at either end: instants, and the business dates where both ends are one, which are then each team's own.
 * Throws `range_empty`.
 */
export function listRange(
  zones: Zones,
  from: TimeBound | undefined,
  to: TimeBound | undefined,
): { from: number | null; to: number | null; dates: DateRange | null } {
  const dates = from?.kind === 'date' && to?.kind === 'date' ? { from: from.date, to: to.date } : null;
  const range = {
    from: from === undefined ? null : instantOf(from, zones),
    to: to === undefined ? null : instantOf(to, zones),
  };
  if (range.from !== null && range.to !== null && range.to <= range.from) {
    throw new AppError('range_empty', { field: 'to' });
  }
  return { ...range, dates };
}

function instantOf(bound: TimeBound, zones: Zones): number {
  return bound.kind === 'instant' ? bound.ms : zones.startOf(bound.date);
}

function wholeDays(range: InstantRange, zones: Zones): DateRange | null {
  const firstDate = zones.dateOf(range.from);
  const from = zones.startOf(firstDate) >= range.from ? firstDate : addDays(firstDate, 1);
  const to = zones.dateOf(range.to);
  return from < to ? { from, to } : null;
}

/** Every business date of the range, in order. */
export function datesOf(range: ReportRange, zones: Zones): string[] {
  const { from, to } = range.dates ?? { from: zones.dateOf(range.from), to: addDays(zones.dateOf(range.to - 1), 1) };
  const dates: string[] = [];
  for (let date = from; date < to; date = addDays(date, 1)) dates.push(date);
  return dates;
}
