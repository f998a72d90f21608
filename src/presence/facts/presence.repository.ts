/** What each agent does now, and closed time by quarter hour, in the database. */
import type { PoolClient } from 'pg';
import type { PlacedTimes } from '../../calls/index.js';
import type { AgentState } from '../../shared/presence.js';
import type { Stretch } from './touched-slots.js';

type Tx = Pick<PoolClient, 'query'>;

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** `agent_presence`. State null: nobody ever said anything. */
export interface PresenceRow {
  agentId: number;
  state: AgentState;
  reason: string | null;
  /** Epoch ms. */
  since: number | null;
  callKey: string | null;
}

export const PRESENCE_COLUMNS = `p.agent_id AS "agentId", p.state, p.reason, ${MS('p.since')} AS since, p.call_key AS "callKey"`;

export async function presencesOf(tx: Tx, agents: readonly number[]): Promise<Map<number, PresenceRow>> {
  const { rows } = await tx.query<PresenceRow>({
    name: 'presence-of',
    text: `SELECT ${PRESENCE_COLUMNS} FROM agent_presence p WHERE p.agent_id = ANY($1::integer[])`,
    values: [[...agents]],
  });
  return new Map(rows.map((row) => [row.agentId, row]));
}

export async function writePresences(tx: Tx, rows: readonly PresenceRow[], gone: readonly number[]): Promise<void> {
  if (gone.length > 0) await tx.query('DELETE FROM agent_presence WHERE agent_id = ANY($1::integer[])', [[...gone]]);
  if (rows.length === 0) return;
  await tx.query({
    name: 'presence-write',
    text: `INSERT INTO agent_presence (agent_id, state, reason, since, call_key)
     SELECT x."agentId", x.state, x.reason, to_timestamp(x.since / 1000), x."callKey"
     FROM json_to_recordset($1::json) AS x("agentId" integer, state text, reason text, since float8, "callKey" text)
     ON CONFLICT (agent_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, since = excluded.since,
       call_key = excluded.call_key`,
    values: [JSON.stringify([...rows].sort((a, b) => a.agentId - b.agentId))],
  });
}

/** Rows of these stretches ($1), each looked up by the primary key whatever plan was made while the table was small. */
function within(table: 'presence_settled' | 'presence_slot'): string {
  return `json_to_recordset($1::json) AS x("agentId" integer, "from" float8, "to" float8)
     CROSS JOIN LATERAL (SELECT t.* FROM ${table} t WHERE t.agent_id = x."agentId"
       AND t.slot_start >= to_timestamp(x."from" / 1000) AND t.slot_start < to_timestamp(x."to" / 1000) OFFSET 0) AS p`;
}

/** Quarter hours of these stretches that retention has settled, as `agent|slot`. */
export async function settledWithin(
  tx: Tx,
  stretches: readonly (Stretch & { agentId: number })[],
): Promise<Set<string>> {
  const { rows } = await tx.query<{ agentId: number; slot: number }>({
    name: 'presence-settled',
    text: `SELECT p.agent_id AS "agentId", ${MS('p.slot_start')} AS slot FROM ${within('presence_settled')}`,
    values: [JSON.stringify(stretches)],
  });
  return new Set(rows.map(({ agentId, slot }) => `${agentId}|${slot}`));
}

export const SLOT_COLUMNS = `p.agent_id AS "agentId", ${MS('p.slot_start')} AS "slotStart", p.team_id AS "teamId",
  p.business_date::text AS "businessDate", p.available_ms, p.on_call_ms, p.wrap_up_ms, p.paused_ms`;

/** Primary key. */
export async function slotsWithin(
  tx: Tx,
  stretches: readonly (Stretch & { agentId: number })[],
): Promise<PlacedTimes[]> {
  const { rows } = await tx.query<PlacedTimes>({
    name: 'presence-slots-within',
    text: `SELECT ${SLOT_COLUMNS} FROM ${within('presence_slot')}`,
    values: [JSON.stringify(stretches)],
  });
  return rows;
}

export async function writeSlots(tx: Tx, put: readonly PlacedTimes[], removed: readonly PlacedTimes[]): Promise<void> {
  if (removed.length > 0) {
    await tx.query({
      name: 'presence-slots-remove',
      text: `DELETE FROM presence_slot p USING json_to_recordset($1::json)
         AS x("agentId" integer, "slotStart" float8, "teamId" integer, "businessDate" date)
       WHERE p.agent_id = x."agentId" AND p.slot_start = to_timestamp(x."slotStart" / 1000) AND p.team_id = x."teamId"
         AND p.business_date = x."businessDate"`,
      values: [JSON.stringify([...removed].sort(byPlace))],
    });
  }
  if (put.length === 0) return;
  await tx.query({
    name: 'presence-slots-write',
    text: `INSERT INTO presence_slot (agent_id, slot_start, team_id, business_date, available_ms, on_call_ms, wrap_up_ms, paused_ms)
     SELECT x."agentId", to_timestamp(x."slotStart" / 1000), x."teamId", x."businessDate", x.available_ms, x.on_call_ms,
       x.wrap_up_ms, x.paused_ms
     FROM json_to_recordset($1::json) AS x("agentId" integer, "slotStart" float8, "teamId" integer, "businessDate" date,
       available_ms integer, on_call_ms integer, wrap_up_ms integer, paused_ms integer)
     ON CONFLICT (agent_id, slot_start, team_id, business_date) DO UPDATE SET available_ms = excluded.available_ms,
       on_call_ms = excluded.on_call_ms, wrap_up_ms = excluded.wrap_up_ms, paused_ms = excluded.paused_ms`,
    values: [JSON.stringify([...put].sort(byPlace))],
  });
}

function byPlace(a: PlacedTimes, b: PlacedTimes): number {
  return (
    a.agentId - b.agentId ||
    a.slotStart - b.slotStart ||
    a.teamId - b.teamId ||
    (a.businessDate < b.businessDate ? -1 : 1)
  );
}
