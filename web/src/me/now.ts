import type { MyCall } from '../../../src/shared/me.js';
import { isToEnter } from './entry.js';
import type { OutboxState } from './outbox.js';

/** Which calls stand on top of My day. Pure. */

/** A call that ended longer ago is found in the list. */
const JUST_MS = 15 * 60_000;

export function isRunning({ endedAt, stale }: Pick<MyCall, 'endedAt' | 'stale'>): boolean {
  return endedAt === null && !stale;
}

/**
 * Running calls, the latest call that ended without one, and those that were shown before.
 * @param held ids of what is shown now; it stays until it is entered
 * @param put ids of what was put aside
 * @param now epoch ms of the server
 */
export function stayingOf(
  calls: readonly MyCall[],
  held: readonly string[],
  put: readonly string[],
  agentId: number,
  outbox: OutboxState,
  now: number,
): MyCall[] {
  const open = calls.filter((call) => !put.includes(call.id));
  const toEnter = open.filter((call) => isToEnter(agentId, call, outbox));
  const latest = toEnter.find((call) => !isRunning(call));
  const isRecent = latest !== undefined && now - Date.parse(latest.endedAt ?? latest.startedAt) < JUST_MS;
  return open.filter((call) => {
    if (isRunning(call)) return true;
    return toEnter.includes(call) && (held.includes(call.id) || (isRecent && call === latest));
  });
}
