import { Temporal } from 'temporal-polyfill';
import { SLOT_MS } from '../../organisation/index.js';
import type { InstantRange } from './range.js';

export interface Hour {
  /** Epoch ms; for the first hour of a range that begins inside one, the beginning of the range. */
  start: number;
  /** Local wall time of `start`, `HH:mm`; with its date where the range is longer than a day. */
  label: string;
}

const HOUR_MS = 4 * SLOT_MS;
/** A day of 25 hours is still one day. */
const LABEL_DATES_OVER_MS = 25 * HOUR_MS;

/**
 * The hours of a range, as instants: a clock that is set back gives the same wall hour twice, one that is set forward
 * leaves one out, and zones off the full hour begin theirs where their clocks do.
 */
export function hoursOf({ from, to }: InstantRange, zone: string): Hour[] {
  const withDate = to - from > LABEL_DATES_OVER_MS;
  const hours: Hour[] = [];
  let previous = '';
  for (let instant = from; instant < to; ) {
    const local = localOf(instant, zone);
    const hour = `${local.offset} ${local.toPlainDate()} ${local.hour}`;
    if (hour !== previous) hours.push({ start: instant, label: labelOf(local, withDate) });
    previous = hour;
    instant = nextHour(instant, local, zone);
  }
  return hours;
}

/** The next full hour by the wall clock, or the next quarter hour while the clock is being changed. */
function nextHour(instant: number, local: Temporal.ZonedDateTime, zone: string): number {
  const next = instant + HOUR_MS - local.minute * 60_000;
  return localOf(next - SLOT_MS, zone).offset === local.offset ? next : instant + SLOT_MS;
}

function localOf(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

function labelOf(local: Temporal.ZonedDateTime, withDate: boolean): string {
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return withDate ? `${local.toPlainDate()} ${time}` : time;
}

/** Index of the hour an instant falls in; −1 before the first. */
export function hourIndex(hours: readonly Hour[], instant: number): number {
  let low = 0;
  let high = hours.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const hour = hours[middle];
    if (hour !== undefined && hour.start <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
