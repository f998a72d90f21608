/** What stored agent states should be, worked out anew: for `verify` and the self-audit. Nothing is written. */
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import type { PlacedTimes } from '../../calls/index.js';
import type { SettingsSnapshot } from '../../organisation/index.js';
import type { PresenceEvent } from '../presence-event.js';
import { LONGEST_MS } from '../spans/interval.js';
import { keyOfPlace, Placement, placementSource } from '../spans/placement.js';
import { isNoTime, STATE_COLUMNS } from '../spans/state-times.js';
import { openSince, presencesNow } from './apply-presence.js';
import { intervalsWithin } from './interval.repository.js';
import type { IntervalRow } from './interval-row.js';
import { joinedMarks, withMarks } from './marked-streams.js';
import { presencesOf, SLOT_COLUMNS, slotsWithin } from './presence.repository.js';
import { closedTimes } from './slot-changes.js';
import type { Stretch } from './touched-slots.js';

type Tx = Pick<PoolClient, 'query'>;

const STRETCH_MS = 7 * LONGEST_MS;

/** Rows of whole streams, from all of their events. Pure. */
export function rowsOfEvents(events: readonly PresenceEvent[], settings: SettingsSnapshot): IntervalRow[] {
  return withMarks([], joinedMarks(events), settings).flatMap(({ now }) => now ?? []);
}

export async function queuedStreams(tx: Tx): Promise<Set<string>> {
  const { rows } = await tx.query<{ stream: string }>('SELECT stream FROM presence_todo WHERE stream IS NOT NULL');
  return new Set(rows.map(({ stream }) => stream));
}

/** Everybody any interval or quarter hour is of. */
export async function agentsWithStates(tx: Tx): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT agent_id AS id FROM agent_interval WHERE agent_id <> 0 UNION SELECT agent_id FROM presence_slot
     UNION SELECT agent_id FROM agent_presence ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

export async function slotsOfAgent(tx: Tx, agentId: number): Promise<PlacedTimes[]> {
  const { rows } = await tx.query<PlacedTimes>(`SELECT ${SLOT_COLUMNS} FROM presence_slot p WHERE p.agent_id = $1`, [
    agentId,
  ]);
  return rows;
}

/** Starts of the quarter hours retention has settled: what they count is kept elsewhere. */
export async function isSettled(tx: Tx, agentId: number): Promise<Set<number>> {
  const { rows } = await tx.query<{ slot: number }>(
    `SELECT (extract(epoch FROM slot_start) * 1000)::float8 AS slot FROM presence_settled WHERE agent_id = $1`,
    [agentId],
  );
  return new Set(rows.map(({ slot }) => slot));
}

export interface Wrong {
  key: string;
  detail: string;
}

/** Everything stored of an agent that is not what the intervals say. */
export async function checkAgent(tx: PoolClient, agentId: number, settings: SettingsSnapshot): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const stored = (await presencesOf(tx, [agentId])).get(agentId);
  const now = (await presencesNow(tx, [agentId])).get(agentId);
  if (!isDeepStrictEqual(stored, now)) {
    const detail = `stored ${JSON.stringify(stored)}, should be ${JSON.stringify(now)}`;
    wrong.push({ key: `agent ${agentId} now`, detail });
  }
  // A change for the past that has still to place this agent's time again is no damage.
  const { rowCount } = await tx.query('SELECT 1 FROM presence_todo WHERE agent_id = $1', [agentId]);
  if (rowCount !== 0) return wrong;
  const settled = await isSettled(tx, agentId);
  for (const stretch of await stretchesOf(tx, agentId)) {
    wrong.push(...(await checkStretch(tx, { agentId, ...stretch }, openSince(now), settings, settled)));
  }
  return wrong;
}

/** Quarter hours of one stretch that are not what the intervals say. */
export async function checkStretch(
  tx: PoolClient,
  stretch: Stretch & { agentId: number },
  horizon: number,
  settings: SettingsSnapshot,
  settled: ReadonlySet<number>,
): Promise<Wrong[]> {
  const intervals = (await intervalsWithin(tx, [stretch])).get(stretch.agentId) ?? [];
  const placement = new Placement(placementSource(settings));
  const should = new Map(
    closedTimes(stretch, intervals, horizon, placement)
      .filter((times) => !isNoTime(times) && !settled.has(times.slotStart))
      .map((times) => [keyOfPlace(times), times]),
  );
  const wrong: Wrong[] = [];
  for (const stored of await slotsWithin(tx, [stretch])) {
    if (settled.has(stored.slotStart)) continue;
    const expected = should.get(keyOfPlace(stored));
    should.delete(keyOfPlace(stored));
    if (expected !== undefined && STATE_COLUMNS.every((column) => stored[column] === expected[column])) continue;
    wrong.push({ key: placeText(stored), detail: `stored ${text(stored)}, should be ${text(expected)}` });
  }
  for (const expected of should.values()) {
    wrong.push({ key: placeText(expected), detail: `is missing; should be ${text(expected)}` });
  }
  return wrong;
}

const placeText = (times: PlacedTimes): string => `agent ${times.agentId} ${keyOfPlace(times)}`;
const text = (times: PlacedTimes | undefined): string =>
  STATE_COLUMNS.map((column) => `${column} ${times?.[column] ?? 0}`).join(', ');

/** Weeks in which there is anything. */
async function stretchesOf(tx: Tx, agentId: number): Promise<Stretch[]> {
  const { rows } = await tx.query<{ at: number }>(
    `SELECT DISTINCT floor(extract(epoch FROM u.at) * 1000 / $2::float8)::float8 AS at FROM (
       SELECT from_at AS at FROM agent_interval WHERE agent_id = $1 AND state <> 'offline'
       UNION ALL SELECT from_at + interval '24 hours' FROM agent_interval WHERE agent_id = $1 AND state <> 'offline'
       UNION ALL SELECT slot_start FROM presence_slot WHERE agent_id = $1) AS u ORDER BY at`,
    [agentId, STRETCH_MS],
  );
  return rows.map(({ at }) => ({ from: at * STRETCH_MS, to: (at + 1) * STRETCH_MS }));
}
