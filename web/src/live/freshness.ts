import { DELAYED_AFTER_MS, FROZEN_AFTER_MS } from '../../../src/shared/live.js';

/** How the age of the data is shown. `waiting`: nothing has been received yet. */
export type Freshness = 'waiting' | 'live' | 'delayed' | 'frozen';

/**
 * @param asOf everything received up to this instant is on the screen, epoch ms of the server; null before the first frame
 * @param now epoch ms of the server
 */
export function freshnessOf(asOf: number | null, now: number): Freshness {
  if (asOf === null) return 'waiting';
  const age = now - asOf;
  if (age >= FROZEN_AFTER_MS) return 'frozen';
  return age > DELAYED_AFTER_MS ? 'delayed' : 'live';
}

/** Silence that is worth a word, at least. */
const SILENCE_AT_LEAST_MS = 5 * 60_000;
/** … and at least so many times the usual distance between two dials. */
const SILENCE_FACTOR = 20;

/**
 * Milliseconds since the provider's last event if that is unusually long while calls are expected, else null.
 * @param expectedDials usual dials of the current hour; null or 0: nothing is expected
 */
export function unusualSilence(lastEventAt: number | null, expectedDials: number | null, now: number): number | null {
  if (lastEventAt === null || expectedDials === null || expectedDials <= 0) return null;
  const silence = now - lastEventAt;
  const usualGap = 3_600_000 / expectedDials;
  return silence >= Math.max(SILENCE_AT_LEAST_MS, usualGap * SILENCE_FACTOR) ? silence : null;
}
