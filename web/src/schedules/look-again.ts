import type { RunView } from '../../../src/shared/schedules.js';

/** When to ask again how runs stand. Pure. */

const UNDER_WAY_MS = 3_000;
/** A try that is waited for comes at its time, and may be changed by somebody else. */
const WAITED_FOR_MS = 15_000;

/** False: nothing will change by itself. */
export function lookAgainMs(runs: readonly RunView[]): number | false {
  if (runs.some(isUnderWay)) return UNDER_WAY_MS;
  return runs.some(isWaitedFor) ? WAITED_FOR_MS : false;
}

function isUnderWay({ state, retry, deliveries }: RunView): boolean {
  if (state === 'making' || (state === 'waiting' && retry === null)) return true;
  // Without a pack nothing is sent.
  if (state === 'waiting') return false;
  return deliveries.some((one) => one.state === 'sending' || (one.state === 'waiting' && one.retry === null));
}

function isWaitedFor({ retry, deliveries }: RunView): boolean {
  return retry !== null || deliveries.some((one) => one.retry !== null);
}
