import type { MyCallback } from '../../../src/shared/me.js';

/** When a callback wants attention. Pure; instants are epoch ms of the server. */

/** From so long before it a callback is close. */
export const CLOSE_MS = 5 * 60_000;

/**
 * `later`: not yet. `soon`: within five minutes. `now`: its time has come. `missed`, `kept`: it is over. What the server
 * said is only as old as the last answer, so the clock has the last word between `later` and `now`.
 */
export type Urgency = 'later' | 'soon' | 'now' | 'missed' | 'kept';

export function urgencyOf({ at, state }: Pick<MyCallback, 'at' | 'state'>, now: number): Urgency {
  if (state === 'missed' || state === 'kept') return state;
  const left = Date.parse(at) - now;
  if (left <= 0) return 'now';
  return left <= CLOSE_MS ? 'soon' : 'later';
}

const ORDER: Record<Urgency, number> = { now: 0, soon: 1, later: 2, missed: 3, kept: 4 };

/** Due ones first, then what comes, then what was missed (latest first). Kept ones are done and not listed. */
export function listed<C extends Pick<MyCallback, 'at' | 'state'>>(callbacks: readonly C[], now: number): C[] {
  const open = callbacks.filter((one) => urgencyOf(one, now) !== 'kept');
  return open.sort((a, b) => {
    const [first, second] = [urgencyOf(a, now), urgencyOf(b, now)];
    const byTime = Date.parse(a.at) - Date.parse(b.at);
    return ORDER[first] - ORDER[second] || (first === 'missed' ? -byTime : byTime);
  });
}

/** Those whose time has come and that are not over: the number in the page's title. */
export function dueCount(callbacks: readonly Pick<MyCallback, 'at' | 'state'>[], now: number): number {
  return callbacks.filter((one) => urgencyOf(one, now) === 'now').length;
}

/** Those to remind of: due, and not told yet. */
export function toRemind<C extends Pick<MyCallback, 'outcomeId' | 'at' | 'state'>>(
  callbacks: readonly C[],
  now: number,
  told: ReadonlySet<string>,
): C[] {
  return callbacks.filter((one) => urgencyOf(one, now) === 'now' && !told.has(reminderKey(one)));
}

/** A callback that was moved is another one to be reminded of. */
export function reminderKey({ outcomeId, at }: Pick<MyCallback, 'outcomeId' | 'at'>): string {
  return `${outcomeId}@${at}`;
}
