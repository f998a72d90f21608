/** Ownership of customers in the database. */
import type { Pool, PoolClient } from 'pg';
import type { AddParameter } from '../../access/index.js';
import type { Span } from './spans.js';

type Queryable = Pick<Pool | PoolClient, 'query'>;

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** An owner who was merged into somebody else is that one. */
const OWNER = '(SELECT coalesce(a.merged_into, a.id) FROM agent a WHERE a.id = o.agent_id)';

export async function lockOwners(tx: Queryable): Promise<void> {
  await tx.query('LOCK TABLE customer_owner IN SHARE ROW EXCLUSIVE MODE');
}

/** Spans by customer, oldest first. */
export async function spansOf(db: Queryable, customers: readonly string[]): Promise<Map<string, Span[]>> {
  const result = new Map<string, Span[]>();
  if (customers.length === 0) return result;
  const { rows } = await db.query<Span & { customerId: string }>(
    `SELECT o.customer_id::text AS "customerId", ${OWNER} AS "agentId", ${MS('o.valid_from')} AS "from",
       ${MS('o.valid_until')} AS until
     FROM customer_owner o WHERE o.customer_id = ANY($1::bigint[]) ORDER BY o.customer_id, o.valid_from`,
    [[...customers]],
  );
  for (const { customerId, ...span } of rows) result.set(customerId, [...(result.get(customerId) ?? []), span]);
  return result;
}

/** These are all the spans of these customers from now on. */
export async function putSpans(tx: Queryable, spans: ReadonlyMap<string, readonly Span[]>): Promise<void> {
  await tx.query('DELETE FROM customer_owner WHERE customer_id = ANY($1::bigint[])', [[...spans.keys()]]);
  const rows = [...spans].flatMap(([customer, own]) => own.map((span) => ({ customer, ...span })));
  await tx.query(
    `INSERT INTO customer_owner (customer_id, agent_id, valid_from, valid_until)
     SELECT c, a, to_timestamp(f / 1000), to_timestamp(u / 1000)
     FROM unnest($1::bigint[], $2::integer[], $3::float8[], $4::float8[]) AS t(c, a, f, u)`,
    [
      rows.map(({ customer }) => customer),
      rows.map(({ agentId }) => agentId),
      rows.map(({ from }) => from),
      rows.map(({ until }) => until),
    ],
  );
}

export interface AgentNames {
  byId: ReadonlyMap<number, string>;
  /** Addresses in phone systems and names only one agent has. */
  byText: ReadonlyMap<string, number>;
}

/** Agents a customer can be given to, and how a file may name them. */
export async function agentNames(db: Queryable): Promise<AgentNames> {
  const agents = await db.query<{ id: number; name: string }>(
    `SELECT id, name FROM agent WHERE status IN ('new', 'active', 'left') ORDER BY id`,
  );
  const addresses = await db.query<{ value: string; id: number }>(
    `SELECT d.value, coalesce(a.merged_into, a.id) AS id FROM agent_address d JOIN agent a ON a.id = d.agent_id
     WHERE d.scheme <> 'tel'`,
  );
  const byText = new Map<string, number>();
  const twice = new Set<string>();
  for (const { id, name } of agents.rows) {
    if (byText.has(name)) twice.add(name);
    byText.set(name, id);
  }
  for (const name of twice) byText.delete(name);
  for (const { value, id } of addresses.rows) byText.set(value, id);
  return { byId: new Map(agents.rows.map(({ id, name }) => [id, name])), byText };
}

export async function customerExists(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query('SELECT 1 FROM customer WHERE id = $1::bigint AND blind_index IS NOT NULL', [id]);
  return rows.length > 0;
}

/** Customers each agent owns at an instant, by name. `visible`: a condition on `agent a`, null: everybody. */
export async function ownedNow(
  db: Queryable,
  at: Date,
  agents: readonly number[] | undefined,
  visible: (add: AddParameter) => string | null,
): Promise<{ id: number; name: string; customers: number }[]> {
  const values: unknown[] = [at];
  const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
  const where = [visible(add), agents === undefined ? null : `a.id = ANY(${add([...agents], 'integer[]')})`];
  const { rows } = await db.query<{ id: number; name: string; customers: number }>(
    `SELECT a.id, a.name, n.customers FROM (
       SELECT ${OWNER} AS agent_id, count(DISTINCT o.customer_id)::integer AS customers FROM customer_owner o
       WHERE o.valid_from <= $1 AND (o.valid_until IS NULL OR o.valid_until > $1) GROUP BY 1) n
     JOIN agent a ON a.id = n.agent_id
     WHERE ${where.filter((condition) => condition !== null).join(' AND ') || 'true'} ORDER BY lower(a.name), a.id`,
    values,
  );
  return rows;
}
