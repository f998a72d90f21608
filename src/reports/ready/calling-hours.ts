/**
 * Hours in which customers may be called. There is no setting for it yet, and law differs from place to place: 08:00 to
 * 21:00 local time is the rule of the United States (TSR) and the widest that is usual; China has no national statute (some
 * places ask for 09:00–21:00). Reports say which hours they use and never advise one outside. Pure.
 */
import type { Localised } from '../../shared/api.js';
import { both, fill, hourName } from './words.js';

/** Hours of the day; `to` exclusive. */
export const CALLING_HOURS = { from: 8, to: 21 } as const;

export const HOURS_INSIDE: readonly number[] = Array.from(
  { length: CALLING_HOURS.to - CALLING_HOURS.from },
  (_, index) => CALLING_HOURS.from + index,
);

export function isInside(hour: number): boolean {
  return hour >= CALLING_HOURS.from && hour < CALLING_HOURS.to;
}

export const CALLING_HOURS_NOTE: Localised = fill(
  both(
    'Only {from}–{to}, local time of each team, is looked at: the hours in which calling is usually allowed. Check the rules of the place you call.',
    '仅统计各团队当地时间 {from}–{to}，即通常允许外呼的时段；请以被叫所在地的规定为准。',
  ),
  { from: hourName(CALLING_HOURS.from), to: hourName(CALLING_HOURS.to) },
);
