/**
 * Retention: what removed calls and marks were part of stays as it was counted. A quarter hour that loses something it was
 * made of is settled: its time goes to what is kept of removed facts, and it is never worked out again.
 */
import type { PoolClient } from 'pg';
import type { CallFact, PlacedTimes } from '../../calls/index.js';
import { loadSettings, SLOT_MS, slotStart } from '../../organisation/index.js';
import { Placement, placementSource } from '../spans/placement.js';
import { openSince, rewritePresences } from './apply-presence.js';
import { type AgentInterval, intervalsWithin, lastEnds, writeIntervals } from './interval.repository.js';
import { type IntervalRow, rowsOfCall } from './interval-row.js';
import { presencesOf, SLOT_COLUMNS } from './presence.repository.js';
import { closedTimes } from './slot-changes.js';
import { slotsOf } from './touched-slots.js';

type Tx = Pick<PoolClient, 'query'>;

/** Removes what these calls say about agents; returns the time that is settled by it. The caller keeps it. */
export function settleCalls(tx: PoolClient, facts: readonly CallFact[]): Promise<PlacedTimes[]> {
  return settleRows(tx, facts.flatMap(rowsOfCall));
}

async function settleRows(tx: PoolClient, rows: readonly IntervalRow[]): Promise<PlacedTimes[]> {
  const slots = new Map<string, { agentId: number; slot: number }>();
  for (const { agentId, from, to, state } of rows) {
    if (agentId === 0 || state === 'offline' || !Number.isFinite(to)) continue;
    for (let slot = slotStart(from); slot < to; slot += SLOT_MS) slots.set(`${agentId}|${slot}`, { agentId, slot });
  }
  await writeIntervals(
    tx,
    rows.map((old) => ({ old, now: null })),
  );
  // Since when somebody is away may have been known from what goes.
  const agents = [...new Set(rows.map(({ agentId }) => agentId))];
  const { before, after } = await rewritePresences(tx, agents);
  for (const agentId of agents) {
    for (const slot of await uncovered(tx, agentId, openSince(before.get(agentId)), openSince(after.get(agentId)))) {
      slots.set(`${agentId}|${slot}`, { agentId, slot });
    }
  }
  if (slots.size === 0) return [];
  const { rows: settled } = await tx.query<PlacedTimes>(
    `WITH fresh AS (
       INSERT INTO presence_settled (agent_id, slot_start)
       SELECT x."agentId", to_timestamp(x.slot / 1000) FROM json_to_recordset($1::json) AS x("agentId" integer, slot float8)
       ORDER BY 1, 2 ON CONFLICT DO NOTHING RETURNING agent_id, slot_start
     )
     DELETE FROM presence_slot p USING fresh f WHERE p.agent_id = f.agent_id AND p.slot_start = f.slot_start
     RETURNING ${SLOT_COLUMNS}`,
    [JSON.stringify([...slots.values()])],
  );
  return settled;
}

/**
 * Something that lasted goes: what came after it was never closed, and stays uncounted. Starts of the quarter hours in
 * which there is such a thing.
 */
async function uncovered(tx: Tx, agentId: number, before: number, after: number): Promise<number[]> {
  if (before >= after) return [];
  // Beyond all there ever was.
  const to = Number.isFinite(after) ? after : (await lastEndOf(tx, agentId)) + 1;
  if (to <= before) return [];
  const found = (await intervalsWithin(tx, [{ agentId, from: before, to }])).get(agentId) ?? [];
  return slotsOf(
    found.map((one) => ({ from: Math.max(one.from, before), to: Math.min(one.to, to) })).filter((s) => s.from < s.to),
  );
}

async function lastEndOf(tx: Tx, agentId: number): Promise<number> {
  const ends = await lastEnds(tx, [{ agentId, after: null, states: ['on_call', 'wrap_up', 'paused', 'available'] }]);
  return ends.get(agentId) ?? Number.NEGATIVE_INFINITY;
}

/** Statuses that ended before an instant and whose events were all received before it; in order, at most so many. */
export async function oldMarks(tx: Tx, before: number, limit: number): Promise<IntervalRow[]> {
  const { rows } = await tx.query<IntervalRow>(
    `SELECT i.stream, (extract(epoch FROM i.from_at) * 1000)::float8 AS "from",
       (extract(epoch FROM i.to_at) * 1000)::float8 AS "to", i.agent_id AS "agentId", i.state, i.reason, i.mark
     FROM agent_interval i
     WHERE i.mark IS NOT NULL AND i.to_at < to_timestamp($1::float8 / 1000)
       AND NOT EXISTS (SELECT 1 FROM presence_todo t WHERE t.stream = i.stream)
       AND NOT EXISTS (SELECT 1 FROM call_event e WHERE e.leg_id = i.stream AND e.occurred_at = i.from_at
         AND e.received_at >= to_timestamp($1::float8 / 1000))
     LIMIT $2`,
    [before, limit],
  );
  return rows;
}

/** Removes old statuses with their events; returns the time that is settled by it. The caller holds fold and log. */
export async function settleMarks(tx: PoolClient, rows: readonly IntervalRow[]): Promise<PlacedTimes[]> {
  await tx.query(
    `WITH gone AS (
       DELETE FROM call_event e USING json_to_recordset($1::json) AS x(stream text, "from" float8)
       WHERE e.leg_id = x.stream AND e.occurred_at = to_timestamp(x."from" / 1000) AND e.type LIKE 'presence.%'
       RETURNING e.id, e.received_at
     )
     DELETE FROM raw_body r USING gone WHERE r.event_id = gone.id AND r.received_at = gone.received_at`,
    [JSON.stringify(rows.map(({ stream, from }) => ({ stream, from })))],
  );
  return settleRows(tx, rows);
}

/** Two agents became one: where time of the one that went is settled, the other's is, too. Returns what that settles. */
export async function mergeSettled(tx: Tx, from: number, into: number): Promise<PlacedTimes[]> {
  const { rows } = await tx.query<PlacedTimes>(
    `WITH moved AS (DELETE FROM presence_settled WHERE agent_id = $1 RETURNING slot_start),
     fresh AS (INSERT INTO presence_settled (agent_id, slot_start) SELECT $2, slot_start FROM moved
       ON CONFLICT DO NOTHING RETURNING slot_start)
     DELETE FROM presence_slot p USING moved m WHERE p.agent_id IN ($1, $2) AND p.slot_start = m.slot_start
     RETURNING ${SLOT_COLUMNS}`,
    [from, into],
  );
  return rows;
}

/** Closed time of everybody in one quarter hour, worked out from the intervals; settled ones are left out. */
export async function timesOfSlot(tx: PoolClient, slot: number): Promise<PlacedTimes[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT a.id FROM agent a WHERE a.id <> 0 AND NOT EXISTS (
       SELECT 1 FROM presence_settled p WHERE p.agent_id = a.id AND p.slot_start = to_timestamp($1::float8 / 1000))`,
    [slot],
  );
  const stretches = rows.map(({ id }) => ({ agentId: id, from: slot, to: slot + SLOT_MS }));
  const intervals: Map<number, AgentInterval[]> = await intervalsWithin(tx, stretches);
  if (intervals.size === 0) return [];
  const placement = new Placement(placementSource(await loadSettings(tx)));
  const presences = await presencesOf(tx, [...intervals.keys()]);
  return [...intervals].flatMap(([agentId, own]) =>
    closedTimes({ agentId, from: slot, to: slot + SLOT_MS }, own, openSince(presences.get(agentId)), placement),
  );
}
