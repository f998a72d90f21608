/**
 * Buckets of time. Pure. Intervals are 15-minute UTC slots; a business day is local wall time in a site's zone from its
 * day start to the next one's, so it has 23, 24 or 25 hours around a clock change (kpi.md section 4).
 */
import { Temporal } from 'temporal-polyfill';

export const SLOT_MS = 15 * 60_000;
const CACHE_LIMIT = 20_000;

/** Start of the 15-minute slot that holds the instant, epoch ms. */
export function slotStart(ms: number): number {
  return Math.floor(ms / SLOT_MS) * SLOT_MS;
}

/** Instant at which business day `date` (YYYY-MM-DD) starts; a start inside a clock gap is the first instant after it. */
function startOf(date: Temporal.PlainDate, zone: string, dayStartMinutes: number): number {
  const time = Temporal.PlainTime.from({
    hour: Math.floor(dayStartMinutes / 60),
    minute: dayStartMinutes % 60,
  });
  const local = date.toPlainDateTime(time);
  // A wall time that comes twice starts the day the first time; one that is skipped (some zones skip midnight itself)
  // is an hour off here, and the clock change is the first instant after it.
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const start = zoned.toPlainDateTime().equals(local) ? zoned : (zoned.getTimeZoneTransition('next') ?? zoned);
  return start.epochMilliseconds;
}

/** Bounds of a business day, epoch ms, half-open. */
export function businessDayBounds(date: string, zone: string, dayStartMinutes: number): { start: number; end: number } {
  const day = Temporal.PlainDate.from(date);
  return { start: startOf(day, zone, dayStartMinutes), end: startOf(day.add({ days: 1 }), zone, dayStartMinutes) };
}

/** The last date around `local` whose day has started: a clock put back over midnight shows a date that is over. */
function startedBy(slot: number, local: Temporal.PlainDate, zone: string, dayStartMinutes: number): Temporal.PlainDate {
  const next = local.add({ days: 1 });
  if (slot >= startOf(next, zone, dayStartMinutes)) return next;
  return slot >= startOf(local, zone, dayStartMinutes) ? local : local.subtract({ days: 1 });
}

const dateCache = new Map<string, Map<number, string>>();

/** Business date (YYYY-MM-DD) of an instant. Day starts are multiples of 15 minutes, so one answer holds for a slot. */
export function businessDate(ms: number, zone: string, dayStartMinutes: number): string {
  const slot = slotStart(ms);
  const cacheKey = `${zone}|${dayStartMinutes}`;
  const cache = dateCache.get(cacheKey) ?? new Map<number, string>();
  dateCache.set(cacheKey, cache);
  const known = cache.get(slot);
  if (known !== undefined) return known;
  const local = Temporal.Instant.fromEpochMilliseconds(slot).toZonedDateTimeISO(zone).toPlainDate();
  const date = startedBy(slot, local, zone, dayStartMinutes);
  if (cache.size > CACHE_LIMIT) cache.clear();
  cache.set(slot, date.toString());
  return date.toString();
}

/** Adds days to a date (YYYY-MM-DD). */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whether the name is an IANA zone this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
