/** When a schedule runs. Pure: local wall time of a zone, over clock changes, month ends and holidays. */
import { Temporal } from 'temporal-polyfill';
import type { ScheduleRhythm } from '../../shared/schedules.js';

/** Longest stretch looked through: a rhythm that never comes is found out and not waited for. */
const DAYS_MAX = 800;
/** Longest run of days nobody works that a pack is put off over, and that it looks back over. */
const PUT_OFF_MAX_DAYS = 31;
/** Days before an instant whose run may still lie after it, because of a zone's jumps. */
const BACK_DAYS = 2;

/** Days that are worked although they are not, or the other way round (YYYY-MM-DD → whether worked). */
export type WorkingDays = ReadonlyMap<string, boolean>;

/**
 * On working days only, a daily pack leaves the other days out, a weekly or monthly one is put off to the next working
 * day: the meeting is then, too.
 */
export interface Timing {
  rhythm: ScheduleRhythm;
  zone: string;
  /** Null: every day counts. Else Monday to Friday, but for these dates. */
  workingDays: WorkingDays | null;
}

/** The first time after `after` (epoch ms, exclusive); null when there is none within two years. */
export function nextRun(timing: Timing, after: number): number | null {
  const { rhythm, zone, workingDays } = timing;
  const time = Temporal.PlainTime.from(rhythm.at);
  const back = BACK_DAYS + (workingDays === null ? 0 : PUT_OFF_MAX_DAYS);
  let date = dateOf(after, zone).subtract({ days: back });
  for (let looked = 0; looked < DAYS_MAX; looked++) {
    const runs = fits(rhythm, date) ? runDate(timing, date) : null;
    if (runs !== null) {
      const at = instantOf(runs, time, zone);
      if (at > after) return at;
    }
    date = date.add({ days: 1 });
  }
  return null;
}

/** The last time at or before `until` that is not before `from`, and how many there were between; for times missed. */
export function lastMissed(timing: Timing, from: number, until: number): { due: number; missed: number } {
  let due = from;
  let missed = 0;
  for (;;) {
    const next = nextRun(timing, due);
    if (next === null || next > until) return { due, missed };
    due = next;
    missed += 1;
  }
}

/** The next few times. */
export function upcoming(timing: Timing, after: number, count: number): number[] {
  const times: number[] = [];
  let last = after;
  while (times.length < count) {
    const next = nextRun(timing, last);
    if (next === null) break;
    times.push(next);
    last = next;
  }
  return times;
}

/** The last day before `date` (YYYY-MM-DD) that is worked; null when there is none within a month. */
export function lastWorkedBefore(workingDays: WorkingDays, date: string): string | null {
  let day = Temporal.PlainDate.from(date);
  for (let days = 1; days <= PUT_OFF_MAX_DAYS; days++) {
    day = day.subtract({ days: 1 });
    if (isWorked(workingDays, day)) return day.toString();
  }
  return null;
}

function fits(rhythm: ScheduleRhythm, date: Temporal.PlainDate): boolean {
  switch (rhythm.every) {
    case 'day':
      return true;
    case 'week':
      return date.dayOfWeek === rhythm.weekday;
    case 'month':
      return date.day === (rhythm.day === 'last' ? date.daysInMonth : rhythm.day);
  }
}

/** The day on which what is meant for `date` runs; null: not at all. */
function runDate({ rhythm, workingDays }: Timing, date: Temporal.PlainDate): Temporal.PlainDate | null {
  if (workingDays === null || isWorked(workingDays, date)) return date;
  if (rhythm.every === 'day') return null;
  for (let days = 1; days <= PUT_OFF_MAX_DAYS; days++) {
    const later = date.add({ days });
    if (isWorked(workingDays, later)) return later;
  }
  return null;
}

function isWorked(workingDays: WorkingDays, date: Temporal.PlainDate): boolean {
  return workingDays.get(date.toString()) ?? date.dayOfWeek <= 5;
}

/** Of a wall time that comes twice the first; of one that is skipped the first instant after the gap. */
function instantOf(date: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): number {
  const local = date.toPlainDateTime(time);
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  return (zoned.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
}

function dateOf(ms: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
}
