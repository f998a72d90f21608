/** The stretch of time a question is about, and the one it is compared with. Pure. */
import {
  type DateRange,
  type ReportRange,
  readTime,
  requireSlotBoundary,
  resolveRange,
  type Zones,
} from '../../kpi/index.js';
import { addDays, slotStart } from '../../organisation/index.js';
import type { ReportRangeSpec } from '../../shared/reports.js';
import type { OtherRange } from '../ports.js';
import { datesBefore, datesOfPreset, daysBetween } from './presets.js';

/** What sums are read of. */
export interface Span extends ReportRange {
  /** Whole business days of which only what began before `until` (epoch ms) counts: a compared range cut where today is. */
  cut: { dates: DateRange; until: number } | null;
}

/** Throws `time_invalid`, `time_off_slot`, `range_empty`. */
export function spanOf(range: ReportRangeSpec, zones: Zones, now: number): Span {
  if ('preset' in range) {
    const { from, to } = datesOfPreset(range.preset, zones.dateOf(now));
    return { ...resolveRange({ kind: 'date', date: from }, { kind: 'date', date: to }, zones), cut: null };
  }
  const bound = (name: 'from' | 'to') => {
    const time = readTime(name, range[name]);
    requireSlotBoundary(name, time);
    return time;
  };
  return { ...resolveRange(bound('from'), bound('to'), zones), cut: null };
}

/**
 * The range before, or another one instead. One that has not ended is compared with as much of the one before as has passed of it: the same number
 * of whole business days, and of the day after them as much as has passed of today, by the quarter hour.
 */
export function spanBefore(span: Span, zones: Zones, now: number, against?: OtherRange): Span {
  return span.dates === null ? instantsBefore(span, zones, now) : daysBefore(span.dates, zones, now, against);
}

function daysBefore(dates: DateRange, zones: Zones, now: number, against: OtherRange | undefined): Span {
  const before = against ?? datesBefore(dates);
  const today = zones.dateOf(now);
  const whole = wholeDays(before, zones);
  if (against?.whole || today < dates.from || today >= dates.to) return whole;
  const day = addDays(before.from, daysBetween({ from: dates.from, to: today }));
  // The month before may have been shorter.
  if (day >= before.to) return whole;
  const until = zones.startOf(day) + slotStart(now) - zones.startOf(today);
  const days = wholeBefore(before, until, zones);
  const { from, to } = before;
  return { from: whole.from, to: until, dates: null, days, slots: [], cut: { dates: { from, to }, until } };
}

function instantsBefore({ from, to }: Span, zones: Zones, now: number): Span {
  const begun = now >= from && now < to ? Math.max(slotStart(now) - from, 0) : to - from;
  const start = from - (to - from);
  // Nothing of it has passed: an empty range would be none.
  if (begun === 0) return { from: start, to: start, dates: null, days: null, slots: [], cut: null };
  const range = resolveRange({ kind: 'instant', ms: start }, { kind: 'instant', ms: start + begun }, zones);
  return { ...range, cut: null };
}

function wholeDays({ from, to }: DateRange, zones: Zones): Span {
  return { ...resolveRange({ kind: 'date', date: from }, { kind: 'date', date: to }, zones), cut: null };
}

/** Those of the dates that are over everywhere before `until`. */
function wholeBefore({ from, to }: DateRange, until: number, zones: Zones): DateRange | null {
  let end = to;
  while (end > from && zones.startsOf(end).last > until) end = addDays(end, -1);
  return end > from ? { from, to: end } : null;
}
