import { dateInZone } from '../format/index.js';
import { instantOf } from '../people/ui/wall-time.js';

/** Times one calls back at most often, so that a tap is enough. Pure. */

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const QUARTER = 15 * MINUTE;

export const QUICK_TIMES = ['halfHour', 'twoHours', 'afternoon', 'tomorrowMorning', 'tomorrowAfternoon'] as const;
export type QuickTime = (typeof QUICK_TIMES)[number];

/** The offers that still lie ahead, on a quarter hour each, as instants (epoch ms). */
export function quickTimes(now: number, zone: string): { id: QuickTime; at: number }[] {
  const today = dateInZone(now, zone);
  const tomorrow = dateInZone(instantOf(today, '12:00', zone) + DAY, zone);
  const inSome = (minutes: number) => Math.ceil((now + minutes * MINUTE) / QUARTER) * QUARTER;
  const times: Record<QuickTime, number> = {
    halfHour: inSome(30),
    twoHours: inSome(120),
    afternoon: instantOf(today, '15:00', zone),
    tomorrowMorning: instantOf(tomorrow, '10:00', zone),
    tomorrowAfternoon: instantOf(tomorrow, '15:00', zone),
  };
  return QUICK_TIMES.filter((id) => times[id] > now + 10 * MINUTE).map((id) => ({ id, at: times[id] }));
}
