/** Intervals in the database. Set-based; written in key order. Instants are epoch ms, `to` Infinity while open. */
import type { PoolClient } from 'pg';
import { LONGEST_MS } from '../spans/interval.js';
import { callKeyOf, type IntervalChange, type IntervalRow, rowKey } from './interval-row.js';
import type { Stretch } from './touched-slots.js';

type Tx = Pick<PoolClient, 'query'>;

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
/** Epoch ms of JSON, null for what has no end. */
const AT = (field: string): string => `coalesce(to_timestamp(${field}::float8 / 1000), 'infinity')`;

const COLUMNS = `i.stream, ${MS('i.from_at')} AS "from", ${MS('i.to_at')} AS "to", i.agent_id AS "agentId", i.state,
  i.reason, i.mark`;

/**
 * Of each of these places in a stream: the mark that is there, the one before and the one after. Probes of the primary key.
 */
export async function neighbours(tx: Tx, places: { stream: string; at: number }[]): Promise<IntervalRow[]> {
  if (places.length === 0) return [];
  const side = (compare: string, order: string): string =>
    `(SELECT i.* FROM agent_interval i WHERE i.stream = p.stream AND i.from_at ${compare} p.at ORDER BY i.from_at ${order} LIMIT 1)`;
  const { rows } = await tx.query<IntervalRow>({
    name: 'presence-neighbours',
    text: `WITH p AS (SELECT x.stream, to_timestamp(x.at / 1000) AS at FROM json_to_recordset($1::json) AS x(stream text, at float8))
     SELECT DISTINCT ON (i.stream, i.from_at) ${COLUMNS} FROM p CROSS JOIN LATERAL (
       ${side('<', 'DESC')} UNION ALL ${side('=', 'DESC')} UNION ALL ${side('>', 'ASC')}) AS i`,
    values: [JSON.stringify(places)],
  });
  return rows;
}

export async function rowsOfStreams(tx: Tx, streams: readonly string[]): Promise<IntervalRow[]> {
  const { rows } = await tx.query<IntervalRow>(
    `SELECT ${COLUMNS} FROM agent_interval i WHERE i.stream = ANY($1::text[]) ORDER BY i.stream, i.from_at`,
    [[...streams]],
  );
  return rows;
}

export async function writeIntervals(tx: Tx, changes: readonly IntervalChange[]): Promise<void> {
  const gone = changes.flatMap(({ old, now }) => (now === null && old !== null ? [keyOf(old)] : [])).sort(byKey);
  if (gone.length > 0) {
    await tx.query({
      name: 'presence-intervals-remove',
      text: `DELETE FROM agent_interval i USING json_to_recordset($1::json) AS x(stream text, "from" float8)
       WHERE i.stream = x.stream AND i.from_at = to_timestamp(x."from" / 1000)`,
      values: [JSON.stringify(gone)],
    });
  }
  const rows = changes.flatMap(({ now }) => now ?? []).sort(byKey);
  if (rows.length === 0) return;
  await tx.query({
    name: 'presence-intervals-write',
    // What has no end is null in JSON.
    text: `INSERT INTO agent_interval (stream, from_at, to_at, agent_id, state, reason, mark)
     SELECT x.stream, to_timestamp(x."from" / 1000), ${AT('x."to"')}, x."agentId", x.state, x.reason, x.mark
     FROM json_to_recordset($1::json) AS x(stream text, "from" float8, "to" float8, "agentId" integer, state text,
       reason text, mark jsonb)
     ON CONFLICT (stream, from_at) DO UPDATE SET to_at = excluded.to_at, agent_id = excluded.agent_id,
       state = excluded.state, reason = excluded.reason, mark = excluded.mark`,
    values: [JSON.stringify(rows)],
  });
}

const keyOf = ({ stream, from }: IntervalRow) => ({ stream, from });

function byKey(a: { stream: string; from: number }, b: { stream: string; from: number }): number {
  return a.stream === b.stream ? a.from - b.from : rowKey(a) < rowKey(b) ? -1 : 1;
}

/** An interval of somebody, as the timeline takes it. */
export interface AgentInterval extends IntervalRow {
  callKey: string | null;
}

function asInterval(row: IntervalRow): AgentInterval {
  return { ...row, callKey: callKeyOf(row.stream) };
}

/** Intervals of these agents that nothing has ended, those of `offline` too. Index agent_interval_agent. */
export async function openIntervals(tx: Tx, agents: readonly number[]): Promise<AgentInterval[]> {
  const { rows } = await tx.query<IntervalRow>({
    name: 'presence-open',
    text: `SELECT ${COLUMNS} FROM agent_interval i WHERE i.agent_id = ANY($1::integer[]) AND i.to_at = 'infinity'`,
    values: [[...agents]],
  });
  return rows.map(asInterval);
}

/** For each agent the last end after `after` of an interval in one of the states; agents without one are left out. */
export async function lastEnds(
  tx: Tx,
  asked: readonly { agentId: number; after: number | null; states: readonly string[] }[],
): Promise<Map<number, number>> {
  if (asked.length === 0) return new Map();
  const { rows } = await tx.query<{ agentId: number; end: number }>({
    name: 'presence-last-ends',
    text: `SELECT a."agentId", ${MS('e.to_at')} AS "end"
     FROM json_to_recordset($1::json) AS a("agentId" integer, after float8, states json)
     CROSS JOIN LATERAL (
       SELECT i.to_at FROM agent_interval i WHERE i.agent_id = a."agentId" AND i.to_at < 'infinity'
         AND i.to_at > coalesce(to_timestamp(a.after / 1000), '-infinity')
         AND i.state IN (SELECT json_array_elements_text(a.states))
       ORDER BY i.to_at DESC LIMIT 1) AS e`,
    values: [JSON.stringify(asked)],
  });
  return new Map(rows.map(({ agentId, end }) => [agentId, end]));
}

/** What counts of these agents within these stretches; index agent_interval_agent twice: ended ones and open ones. */
export async function intervalsWithin(
  tx: Tx,
  stretches: readonly (Stretch & { agentId: number })[],
): Promise<Map<number, AgentInterval[]>> {
  if (stretches.length === 0) return new Map();
  const overlapping = `i.agent_id = s."agentId" AND i.from_at < s.upto AND i.state <> 'offline'`;
  const { rows } = await tx.query<IntervalRow>({
    name: 'presence-intervals-within',
    text: `WITH s AS (SELECT x."agentId", to_timestamp(x."from" / 1000) AS since, to_timestamp(x."to" / 1000) AS upto
       FROM json_to_recordset($1::json) AS x("agentId" integer, "from" float8, "to" float8))
     SELECT DISTINCT ON (i.stream, i.from_at) ${COLUMNS} FROM s CROSS JOIN LATERAL (
       SELECT i.* FROM agent_interval i WHERE ${overlapping} AND i.to_at > s.since AND i.to_at <= s.upto + interval '24 hours'
       UNION ALL
       SELECT i.* FROM agent_interval i WHERE ${overlapping} AND i.to_at = 'infinity') AS i`,
    values: [JSON.stringify(stretches)],
  });
  return byAgent(rows.map(asInterval).map(cut));
}

/** However long nobody says more: what is open counts no longer than what ended. */
function cut(row: AgentInterval): AgentInterval {
  return { ...row, to: Math.min(row.to, row.from + LONGEST_MS) };
}

export function byAgent<T extends { agentId: number }>(rows: readonly T[]): Map<number, T[]> {
  const result = new Map<number, T[]>();
  for (const row of rows) {
    const list = result.get(row.agentId);
    if (list === undefined) result.set(row.agentId, [row]);
    else list.push(row);
  }
  return result;
}
