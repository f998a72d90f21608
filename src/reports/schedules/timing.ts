/** What a rhythm is read by: the zone and the working days of the organisation. */
import { wallClockZone } from '../../access/index.js';
import type { Queryable } from '../../audit/index.js';
import { holidaysOf } from '../../organisation/index.js';
import type { Timing } from './rhythm.js';
import type { ScheduleFields } from './schedule.repository.js';

/** The site whose calendar is the organisation's. */
const DEFAULT_SITE = 1;
const DAY_MS = 86_400_000;
const BACK_DAYS = 400;
const AHEAD_DAYS = 800;

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export async function timingOf(
  db: Queryable,
  { rhythm, zone, workingDaysOnly }: Pick<ScheduleFields, 'rhythm' | 'zone' | 'workingDaysOnly'>,
  now: number,
): Promise<Timing> {
  return {
    rhythm,
    zone: zone ?? (await wallClockZone(db, now)),
    workingDays: workingDaysOnly ? await workingDaysOf(db, now) : null,
  };
}

async function workingDaysOf(db: Queryable, now: number): Promise<Map<string, boolean>> {
  const [from, to] = [dateOf(now - BACK_DAYS * DAY_MS), dateOf(now + AHEAD_DAYS * DAY_MS)];
  const holidays = (await holidaysOf(db, [DEFAULT_SITE], from, to)).get(DEFAULT_SITE) ?? [];
  return new Map(holidays.map(({ date, kind }) => [date, kind === 'workday']));
}
