/** The to-do list of changes for the past, and which calls a change concerns. */
import type { PoolClient } from 'pg';
import type { Affected } from '../../organisation/index.js';

type Queryable = Pick<PoolClient, 'query'>;

/** A place among all calls, in order of (started_at, key): the order of the index call_started. */
export interface Cursor {
  /** As the database keeps it, microseconds and all. */
  startedAt: string;
  key: string;
}

export interface Task {
  id: string;
  affected: Affected;
  after: Cursor;
}

const START: Cursor = { startedAt: '-infinity', key: '' };

/** Where looking has to begin. Uses call_agent and the primary key of rollup_day. */
export async function startOf(tx: Queryable, { from, agents, addresses }: Affected): Promise<Cursor> {
  const lower = from === null ? START : { startedAt: new Date(from).toISOString(), key: '' };
  if (from !== null || agents === undefined || (addresses?.length ?? 0) > 0) return lower;
  // Two days before the first business day with a sum of theirs: zones lie at most that far apart.
  const { rows } = await tx.query<{ first: string | null }>(
    `SELECT least(
       (SELECT min(started_at) FROM call WHERE agent_id = ANY($1::integer[])),
       (SELECT min(business_date)::timestamptz - interval '2 days' FROM rollup_day WHERE agent_id = ANY($1::integer[]))
     )::text AS first`,
    [[...agents]],
  );
  return { startedAt: rows[0]?.first ?? 'infinity', key: '' };
}

export interface Stretch {
  end: Cursor;
  /** Nothing lies behind it. */
  last: boolean;
}

/** The next stretch of calls to look at, at most `size` long; null when nothing is behind the cursor. Walks call_started. */
export async function stretchBehind(tx: Queryable, after: Cursor, size: number): Promise<Stretch | null> {
  const { rows } = await tx.query<Cursor & { calls: number }>({
    name: 'resolution-stretch',
    text: `SELECT started_at::text AS "startedAt", key, count(*) OVER ()::integer AS calls FROM (
         SELECT started_at, key FROM call WHERE (started_at, key) > ($1::timestamptz, $2::text)
         ORDER BY started_at, key LIMIT $3) AS stretch
       ORDER BY started_at DESC, key DESC LIMIT 1`,
    values: [after.startedAt, after.key, size],
  });
  const [found] = rows;
  if (found === undefined) return null;
  return { end: { startedAt: found.startedAt, key: found.key }, last: found.calls < size };
}

/** Condition on `call c`. Lists may be long (an import): each element is looked up in them, not they in it. */
export function affectedSql({ from, agents, addresses }: Affected, add: (value: unknown) => string): string {
  const where: string[] = [];
  if (from !== null) where.push(`c.started_at >= ${add(new Date(from).toISOString())}::timestamptz`);
  const lists: string[] = [];
  if (agents !== undefined && agents.length > 0) {
    const ids = `${add([...agents])}::integer[]`;
    lists.push(`c.agent_id = ANY(${ids})`);
    lists.push(`EXISTS (SELECT 1 FROM jsonb_array_elements(c.handled) h WHERE (h->>'agent')::integer = ANY(${ids}))`);
  }
  if (addresses !== undefined && addresses.length > 0) lists.push(namedSql(addresses, add));
  if (agents !== undefined || addresses !== undefined) where.push(`(${lists.join(' OR ') || 'false'})`);
  return where.join(' AND ') || 'true';
}

/** How a leg may name an address (see LegState). */
function namedSql(addresses: NonNullable<Affected['addresses']>, add: (value: unknown) => string): string {
  const of = (scheme: 'identity' | 'tel'): string =>
    `${add(addresses.filter((address) => address.scheme === scheme).map(({ value }) => value))}::text[]`;
  const [identities, refs] = [of('identity'), of('tel')];
  return `EXISTS (SELECT 1 FROM jsonb_array_elements(c.legs) l WHERE l->>'agentParam' = ANY(${identities})
    OR l->'from'->>'identity' = ANY(${identities}) OR l->'to'->>'identity' = ANY(${identities})
    OR l->'from'->>'ref' = ANY(${refs}) OR l->'to'->>'ref' = ANY(${refs}))`;
}

/** Keys of the calls of a stretch that the change concerns, in order. */
export async function affectedBetween(tx: Queryable, affected: Affected, after: Cursor, to: Cursor): Promise<string[]> {
  const values: unknown[] = [after.startedAt, after.key, to.startedAt, to.key];
  const condition = affectedSql(affected, (value) => `$${values.push(value)}`);
  const { rows } = await tx.query<{ key: string }>(
    `SELECT c.key FROM call c WHERE (c.started_at, c.key) > ($1::timestamptz, $2::text)
       AND (c.started_at, c.key) <= ($3::timestamptz, $4::text) AND ${condition}
     ORDER BY c.started_at, c.key`,
    values,
  );
  return rows.map((row) => row.key);
}

export async function addTask(tx: Queryable, affected: Affected, after: Cursor): Promise<void> {
  await tx.query(
    'INSERT INTO resolution_task (affected, after_started_at, after_key) VALUES ($1::jsonb, $2::timestamptz, $3)',
    [JSON.stringify(affected), after.startedAt, after.key],
  );
}

/** Oldest first. */
export async function openTasks(db: Queryable): Promise<Task[]> {
  const { rows } = await db.query<{ id: string; affected: Affected; startedAt: string; key: string }>(
    `SELECT id::text AS id, affected, after_started_at::text AS "startedAt", after_key AS key
     FROM resolution_task ORDER BY id`,
  );
  return rows.map(({ id, affected, startedAt, key }) => ({ id, affected, after: { startedAt, key } }));
}

export async function moveTask(tx: Queryable, id: string, after: Cursor): Promise<void> {
  await tx.query('UPDATE resolution_task SET after_started_at = $2::timestamptz, after_key = $3 WHERE id = $1', [
    id,
    after.startedAt,
    after.key,
  ]);
}

export async function closeTask(tx: Queryable, id: string): Promise<void> {
  await tx.query('DELETE FROM resolution_task WHERE id = $1', [id]);
}

/** Condition on `call c`: no task has still to look at it. */
export function settledSql(tasks: readonly Task[], add: (value: unknown) => string): string {
  const waits = tasks.map(
    ({ affected, after }) =>
      `(c.started_at, c.key) > (${add(after.startedAt)}::timestamptz, ${add(after.key)}::text) AND ${affectedSql(affected, add)}`,
  );
  return waits.map((waiting) => `NOT (${waiting})`).join(' AND ') || 'true';
}

/** Which of these calls a task has still to look at. */
export async function waitingAmong(db: Queryable, tasks: readonly Task[], keys: string[]): Promise<Set<string>> {
  const waiting = new Set<string>();
  for (const { affected, after } of keys.length === 0 ? [] : tasks) {
    const values: unknown[] = [keys, after.startedAt, after.key];
    const condition = affectedSql(affected, (value) => `$${values.push(value)}`);
    const { rows } = await db.query<{ key: string }>(
      `SELECT c.key FROM call c WHERE c.key = ANY($1::text[])
         AND (c.started_at, c.key) > ($2::timestamptz, $3::text) AND ${condition}`,
      values,
    );
    for (const { key } of rows) waiting.add(key);
  }
  return waiting;
}
