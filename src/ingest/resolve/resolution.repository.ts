/** The to-do list of changes for the past, and which calls and outcomes a change concerns. */
import type { PoolClient } from 'pg';
import { type KeptCause, keptCause } from '../../audit/index.js';
import type { Affected } from '../../organisation/index.js';

type Queryable = Pick<PoolClient, 'query'>;

/** What is walked: calls in the order of the index call_started, outcomes in that of outcome_at. */
export type WalkedFamily = 'call' | 'outcome';

const WALKED = {
  call: { table: 'call', at: 'started_at', key: 'key' },
  outcome: { table: 'outcome', at: 'at', key: 'id' },
} as const;

/** A place among all calls or outcomes, in order of (time, key). */
export interface Cursor {
  /** As the database keeps it, microseconds and all. */
  startedAt: string;
  key: string;
}

export interface Task {
  id: string;
  family: WalkedFamily;
  affected: Affected;
  after: Cursor;
  cause: KeptCause;
}

const START: Cursor = { startedAt: '-infinity', key: '' };

/** Where looking has to begin. Uses call_agent, outcome_agent, outcome_due and the primary key of rollup_day. */
export function startOf(tx: Queryable, family: WalkedFamily, affected: Affected): Promise<Cursor> {
  return family === 'call' ? startOfCalls(tx, affected) : startOfOutcomes(tx, affected);
}

async function startOfCalls(tx: Queryable, { from, agents, addresses }: Affected): Promise<Cursor> {
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

/** A callback promised before counts when it is due. */
async function startOfOutcomes(tx: Queryable, { from }: Affected): Promise<Cursor> {
  if (from === null) return START;
  const { rows } = await tx.query<{ first: string | null }>(
    `SELECT least($1::timestamptz, (SELECT min(at) FROM outcome WHERE callback_at >= $1::timestamptz))::text AS first`,
    [new Date(from).toISOString()],
  );
  return { startedAt: rows[0]?.first ?? 'infinity', key: '' };
}

export interface Stretch {
  end: Cursor;
  /** Nothing lies behind it. */
  last: boolean;
}

/** The next stretch to look at, at most `size` long; null when nothing is behind the cursor. */
export async function stretchBehind(
  tx: Queryable,
  family: WalkedFamily,
  after: Cursor,
  size: number,
): Promise<Stretch | null> {
  const { table, at, key } = WALKED[family];
  const { rows } = await tx.query<Cursor & { calls: number }>({
    name: `resolution-stretch-${family}`,
    text: `SELECT at::text AS "startedAt", key, count(*) OVER ()::integer AS calls FROM (
         SELECT ${at} AS at, ${key} AS key FROM ${table} WHERE (${at}, ${key}) > ($1::timestamptz, $2::text)
         ORDER BY ${at}, ${key} LIMIT $3) AS stretch
       ORDER BY stretch.at DESC, stretch.key DESC LIMIT 1`,
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

/** Condition on `outcome o`. A callback stands where it is due. */
export function affectedOutcomesSql(
  { from, agents, addresses, dispositions, windows }: Affected,
  add: (value: unknown) => string,
): string {
  const where: string[] = [];
  if (from !== null) {
    const instant = `${add(new Date(from).toISOString())}::timestamptz`;
    where.push(`(o.at >= ${instant} OR o.callback_at >= ${instant})`);
  }
  const lists: string[] = [];
  if (agents !== undefined && agents.length > 0) {
    const ids = `${add([...agents])}::integer[]`;
    lists.push(`o.agent_id = ANY(${ids})`);
    lists.push(`EXISTS (SELECT 1 FROM jsonb_array_elements(o.revenue) r WHERE (r->>'agent')::integer = ANY(${ids}))`);
  }
  if (addresses !== undefined && addresses.length > 0) {
    const values = (tel: boolean): string =>
      `${add(addresses.filter(({ scheme }) => (scheme === 'tel') === tel).map(({ value }) => value))}::text[]`;
    lists.push(`o.agent_ref = ANY(${values(false)})`);
    lists.push(`o.state->'agent'->'value'->>'tel' = ANY(${values(true)})`);
  }
  if (dispositions !== undefined) lists.push(`o.disposition_ref = ANY(${add([...dispositions])}::text[])`);
  if (windows === 'calls') lists.push('(o.call_ref IS NULL AND o.customer_id IS NOT NULL)');
  if (windows === 'callbacks') lists.push('o.callback_at IS NOT NULL');
  if ([agents, addresses, dispositions, windows].some((list) => list !== undefined)) {
    where.push(`(${lists.join(' OR ') || 'false'})`);
  }
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

/** Keys of the calls or outcomes of a stretch that the change concerns, in order. */
export async function affectedBetween(
  tx: Queryable,
  family: WalkedFamily,
  affected: Affected,
  after: Cursor,
  to: Cursor,
): Promise<string[]> {
  const { at, key } = WALKED[family];
  const values: unknown[] = [after.startedAt, after.key, to.startedAt, to.key];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const [from, condition] =
    family === 'call' ? ['call c', affectedSql(affected, add)] : ['outcome o', affectedOutcomesSql(affected, add)];
  const alias = from.at(-1);
  const { rows } = await tx.query<{ key: string }>(
    `SELECT ${alias}.${key} AS key FROM ${from} WHERE (${alias}.${at}, ${alias}.${key}) > ($1::timestamptz, $2::text)
       AND (${alias}.${at}, ${alias}.${key}) <= ($3::timestamptz, $4::text) AND ${condition}
     ORDER BY ${alias}.${at}, ${alias}.${key}`,
    values,
  );
  return rows.map((row) => row.key);
}

/** The place of one of them; null when there is none (any more). */
export async function placeOf(tx: Queryable, family: WalkedFamily, key: string): Promise<Cursor | null> {
  const walked = WALKED[family];
  const { rows } = await tx.query<Cursor>(
    `SELECT ${walked.at}::text AS "startedAt", ${walked.key} AS key FROM ${walked.table} WHERE ${walked.key} = $1`,
    [key],
  );
  return rows[0] ?? null;
}

export async function addTask(tx: Queryable, family: WalkedFamily, affected: Affected, after: Cursor): Promise<void> {
  const { reason, by } = keptCause(tx);
  await tx.query(
    `INSERT INTO resolution_task (affected, family, after_started_at, after_key, reason, by)
     VALUES ($1::jsonb, $2, $3::timestamptz, $4, $5, $6::jsonb)`,
    [JSON.stringify(affected), family, after.startedAt, after.key, reason, JSON.stringify(by)],
  );
}

/** Oldest first. */
export async function openTasks(db: Queryable): Promise<Task[]> {
  const { rows } = await db.query<Omit<Task, 'after' | 'cause'> & Cursor & KeptCause>(
    `SELECT id::text AS id, family, affected, after_started_at::text AS "startedAt", after_key AS key, reason, by
     FROM resolution_task WHERE family IN ('call', 'outcome') ORDER BY id`,
  );
  return rows.map(({ id, family, affected, startedAt, key, reason, by }) => ({
    id,
    family,
    affected,
    after: { startedAt, key },
    cause: { reason, by },
  }));
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
  const waits = tasks
    .filter(({ family }) => family === 'call')
    .map(
      ({ affected, after }) =>
        `(c.started_at, c.key) > (${add(after.startedAt)}::timestamptz, ${add(after.key)}::text) AND ${affectedSql(affected, add)}`,
    );
  return waits.map((waiting) => `NOT (${waiting})`).join(' AND ') || 'true';
}

/** Condition on `outcome o`, like `settledSql`. */
export function settledOutcomesSql(tasks: readonly Task[], add: (value: unknown) => string): string {
  const waits = tasks
    .filter(({ family }) => family === 'outcome')
    .map(
      ({ affected, after }) =>
        `(o.at, o.id) > (${add(after.startedAt)}::timestamptz, ${add(after.key)}::text) AND ${affectedOutcomesSql(affected, add)}`,
    );
  return waits.map((waiting) => `NOT (${waiting})`).join(' AND ') || 'true';
}

/** Which of these calls or outcomes a task has still to look at. */
export async function waitingAmong(
  db: Queryable,
  family: WalkedFamily,
  tasks: readonly Task[],
  keys: string[],
): Promise<Set<string>> {
  if (keys.length === 0 || tasks.length === 0) return new Set();
  const values: unknown[] = [keys];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const { rows } = await db.query<{ key: string }>(
    family === 'call'
      ? `SELECT c.key FROM call c WHERE c.key = ANY($1::text[]) AND NOT (${settledSql(tasks, add)})`
      : `SELECT o.id AS key FROM outcome o WHERE o.id = ANY($1::text[]) AND NOT (${settledOutcomesSql(tasks, add)})`,
    values,
  );
  return new Set(rows.map(({ key }) => key));
}
