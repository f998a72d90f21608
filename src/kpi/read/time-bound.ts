import { Temporal } from 'temporal-polyfill';
import { SLOT_MS, slotStart } from '../../organisation/index.js';
import { AppError, isoOf } from '../../platform/index.js';

/** One end of a range as it was asked for. */
export type TimeBound = { kind: 'date'; date: string } | { kind: 'instant'; ms: number };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** An offset is required: a time without one means something else in each zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)$/i;
/** Wider ranges are mistakes, and far years cost time-zone arithmetic. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

/** `YYYY-MM-DD` or an ISO 8601 instant with its offset; throws `time_invalid`. */
export function readTime(name: string, value: string): TimeBound {
  // A plus sign that was not escaped arrives as a space.
  const text = value.replace(/ (?=\d{2}:?\d{0,2}$)/, '+');
  const bound = DATE.test(text) ? readDate(text) : INSTANT.test(text) ? readInstant(text) : null;
  if (bound === null) throw new AppError('time_invalid', { field: name, params: { name } });
  return bound;
}

/** Sums exist by quarter hours: anything between would be cut through. */
export function requireSlotBoundary(name: string, bound: TimeBound): void {
  if (bound.kind === 'date' || bound.ms % SLOT_MS === 0) return;
  const earlier = slotStart(bound.ms);
  const params = { name, earlier: isoOf(earlier), later: isoOf(earlier + SLOT_MS) };
  throw new AppError('time_off_slot', { field: name, params });
}

function readDate(text: string): TimeBound | null {
  try {
    const date = Temporal.PlainDate.from(text, { overflow: 'reject' });
    return inRange(date.year) ? { kind: 'date', date: date.toString() } : null;
  } catch {
    return null;
  }
}

function readInstant(text: string): TimeBound | null {
  try {
    const instant = Temporal.Instant.from(text);
    // A fraction below the millisecond is on no boundary either.
    const ms = Number(instant.epochNanoseconds / 1_000_000n) + (instant.epochNanoseconds % 1_000_000n === 0n ? 0 : 0.5);
    return inRange(instant.toZonedDateTimeISO('UTC').year) ? { kind: 'instant', ms } : null;
  } catch {
    return null;
  }
}

function inRange(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}
