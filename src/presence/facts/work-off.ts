/** Takes some of the to-do list and settles it, in the caller's transaction, which holds the fold's lock. */
import type { PoolClient } from 'pg';
import { type ChangeCause, causeOfKept } from '../../audit/index.js';
import { NO_PRESENCE_CHANGES, type PresenceChanges } from '../../calls/index.js';
import { type SettingsSnapshot, SLOT_MS } from '../../organisation/index.js';
import { knowMarks } from '../marks/new-workers.js';
import { settleIntervals } from './apply-presence.js';
import { rowsOfStreams } from './interval.repository.js';
import { resolvedAgain } from './marked-streams.js';
import { removeTodos, slotsFrom, todos } from './todo.repository.js';
import type { Stretch } from './touched-slots.js';

/** Of one transaction: well under half a second. */
const AT_ONCE = 20;

export interface WorkedOff {
  done: number;
  settings: SettingsSnapshot;
  changes: PresenceChanges;
  cause: ChangeCause | null;
}

export async function workOff(tx: PoolClient, settings: SettingsSnapshot): Promise<WorkedOff> {
  const list = await todos(tx, AT_ONCE);
  if (list.length === 0) return { done: 0, settings, changes: NO_PRESENCE_CHANGES, cause: null };
  const rows = await rowsOfStreams(
    tx,
    list.flatMap(({ stream }) => stream ?? []),
  );
  const known = await knowMarks(
    tx,
    rows.flatMap(({ mark }) => mark ?? []),
    settings,
  );
  const again = new Map<number, Stretch[]>();
  for (const { agentId, from } of list) {
    if (agentId === null) continue;
    const slots = await slotsFrom(tx, agentId, from ?? Number.NEGATIVE_INFINITY);
    again.set(agentId, [...(again.get(agentId) ?? []), ...slots.map((slot) => ({ from: slot, to: slot + SLOT_MS }))]);
  }
  const changes = await settleIntervals(tx, resolvedAgain(rows, known), known, again);
  await removeTodos(
    tx,
    list.map(({ id }) => id),
  );
  return { done: list.length, settings: known, changes, cause: causeOfKept(list.map(({ cause }) => cause)) };
}
