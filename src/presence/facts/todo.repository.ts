/**
 * The to-do list of changes for the past: streams to be resolved again, and agents whose time is to be placed again from an
 * instant on. Written in the transaction of the change, worked off by the worker.
 */
import type { PoolClient } from 'pg';
import { type KeptCause, keptCause } from '../../audit/index.js';
import type { Affected } from '../../organisation/index.js';

type Tx = Pick<PoolClient, 'query'>;

const QUEUE_STREAMS = `INSERT INTO presence_todo (stream, reason, by) SELECT DISTINCT i.stream, $1, $2::jsonb
  FROM agent_interval i WHERE i.mark IS NOT NULL AND`;
const ONCE = 'ON CONFLICT (stream) WHERE stream IS NOT NULL DO NOTHING';

/** Parameters $1 and $2: the cause of the transaction. */
function why(tx: Tx, otherwise = ''): [string, string] {
  const { reason, by } = keptCause(tx);
  return [reason || otherwise, JSON.stringify(by)];
}

/** Streams in which one of these activities was named. Index agent_interval_activity. */
export async function queueActivities(tx: Tx, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await tx.query(`${QUEUE_STREAMS} i.mark->>'activity' IS NOT NULL AND i.mark->>'activity' = ANY($3::text[]) ${ONCE}`, [
    ...why(tx, 'activities.mapped'),
    [...names],
  ]);
}

/** What a change of agents, addresses, teams or zones concerns (organisation/attribution.port.ts). */
export async function queueAffected(tx: Tx, { from, agents, addresses }: Affected): Promise<void> {
  if (agents !== undefined && agents.length > 0) {
    await tx.query(`${QUEUE_STREAMS} i.agent_id = ANY($3::integer[]) ${ONCE}`, [...why(tx), [...agents]]);
  }
  const named = (addresses ?? []).flatMap(({ scheme, value }) => (scheme === 'tel' ? [] : [value]));
  if (named.length > 0) {
    await tx.query(
      `${QUEUE_STREAMS} (i.mark->>'worker' = ANY($3::text[]) OR i.mark->>'name' = ANY($3::text[])
         OR i.mark->>'identity' = ANY($3::text[])) ${ONCE}`,
      [...why(tx), named],
    );
  }
  if (addresses !== undefined && agents === undefined) return;
  // The quarter hour an instant lies in may have to be cut.
  const since = from === null ? null : new Date(from - 15 * 60_000).toISOString();
  await tx.query(
    `INSERT INTO presence_todo (agent_id, from_at, reason, by)
     SELECT agent_id, coalesce($3::timestamptz, '-infinity'), $1, $2::jsonb FROM presence_slot
     WHERE slot_start > coalesce($3::timestamptz, '-infinity')
       AND ($4::integer[] IS NULL OR agent_id = ANY($4::integer[])) GROUP BY agent_id`,
    [...why(tx), since, agents === undefined ? null : [...agents]],
  );
}

export interface Todo {
  id: string;
  stream: string | null;
  agentId: number | null;
  /** Epoch ms; −Infinity: all of it. */
  from: number | null;
  cause: KeptCause;
}

/** Oldest first. */
export async function todos(tx: Tx, limit: number): Promise<Todo[]> {
  const { rows } = await tx.query<Todo>(
    `SELECT id::text AS id, stream, agent_id AS "agentId", (extract(epoch FROM from_at) * 1000)::float8 AS "from",
       json_build_object('reason', reason, 'by', by) AS cause
     FROM presence_todo ORDER BY id LIMIT $1`,
    [limit],
  );
  return rows;
}

export async function removeTodos(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM presence_todo WHERE id = ANY($1::bigint[])', [[...ids]]);
}

/** Starts of an agent's quarter hours from an instant on, epoch ms. */
export async function slotsFrom(tx: Tx, agentId: number, from: number): Promise<number[]> {
  const { rows } = await tx.query<{ slot: number }>(
    `SELECT DISTINCT (extract(epoch FROM slot_start) * 1000)::float8 AS slot FROM presence_slot
     WHERE agent_id = $1 AND slot_start >= coalesce(to_timestamp($2::float8 / 1000), '-infinity')`,
    [agentId, Number.isFinite(from) ? from : null],
  );
  return rows.map(({ slot }) => slot);
}
