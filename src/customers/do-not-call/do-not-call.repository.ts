/** The do-not-call list in the database. */
import type { Pool, PoolClient } from 'pg';
import type { DoNotCallSource } from '../../shared/customer-lists.js';
import { calledWhileListedSql, ENTRIES, entryStandsSql } from './listed-sql.js';

export type Queryable = Pick<Pool | PoolClient, 'query'>;

export interface ListedRow {
  customerId: string;
  since: Date;
  source: DoNotCallSource;
  reason: string;
  outcomeId: string | null;
  /** Calls that began while they were listed. */
  calls: number;
}

export interface ListedCursor {
  since: Date;
  customerId: string;
}

const CALLS = `(SELECT count(*)::integer FROM call c WHERE c.customer_id = e.customer_id AND ${calledWhileListedSql('c')})`;
const COLUMNS = `e.customer_id::text AS "customerId", e.at AS since, e.source, e.reason, e.outcome_id AS "outcomeId"`;

/** Of the entries that stand, the first: since when somebody has been on the list without a break. */
const FIRST_STANDING = `SELECT DISTINCT ON (e.customer_id) e.* FROM ${ENTRIES} e
  WHERE ${entryStandsSql('$1::timestamptz')} ORDER BY e.customer_id, e.at, e.outcome_id`;

/** Who is listed now, latest first. The list is as long as people refused; calls are looked up for the page only. */
export async function listedPage(
  db: Queryable,
  now: Date,
  limit: number,
  cursor: ListedCursor | null,
): Promise<ListedRow[]> {
  const { rows } = await db.query<ListedRow>(
    `SELECT ${COLUMNS}, ${CALLS} AS calls FROM (
       SELECT * FROM (${FIRST_STANDING}) f
       WHERE $3::timestamptz IS NULL OR (f.at, f.customer_id) < ($3::timestamptz, $4::bigint)
       ORDER BY f.at DESC, f.customer_id DESC LIMIT $2) e
     ORDER BY e.at DESC, e.customer_id DESC`,
    [now, limit, cursor?.since ?? null, cursor?.customerId ?? null],
  );
  return rows;
}

export async function listedTotal(db: Queryable, now: Date): Promise<number> {
  const { rows } = await db.query<{ total: number }>(
    `SELECT count(DISTINCT e.customer_id)::integer AS total FROM ${ENTRIES} e WHERE ${entryStandsSql('$1::timestamptz')}`,
    [now],
  );
  return rows[0]?.total ?? 0;
}

/** Those of the customers who are listed at an instant, with the beginning of it. */
export async function listedAmong(db: Queryable, customers: readonly string[], at: Date): Promise<Map<string, Date>> {
  if (customers.length === 0) return new Map();
  const { rows } = await db.query<{ customerId: string; since: Date }>(
    `SELECT e.customer_id::text AS "customerId", min(e.at) AS since FROM ${ENTRIES} e
     WHERE e.customer_id = ANY($2::bigint[]) AND ${entryStandsSql('$1::timestamptz')} GROUP BY e.customer_id`,
    [at, [...customers]],
  );
  return new Map(rows.map((row) => [row.customerId, row.since]));
}

export async function findListed(db: Queryable, customerId: string, now: Date): Promise<ListedRow | null> {
  const { rows } = await db.query<ListedRow>(
    `SELECT ${COLUMNS}, ${CALLS} AS calls FROM ${ENTRIES} e
     WHERE e.customer_id = $2::bigint AND ${entryStandsSql('$1::timestamptz')} ORDER BY e.at, e.outcome_id LIMIT 1`,
    [now, customerId],
  );
  return rows[0] ?? null;
}

export interface ListChange {
  customerId: string;
  kind: 'listed' | 'removed';
  at: Date;
  source: DoNotCallSource;
  reason: string;
}

export async function insertChanges(tx: Queryable, changes: readonly ListChange[]): Promise<void> {
  await tx.query(
    `INSERT INTO do_not_call_change (customer_id, kind, at, source, reason)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[], $5::text[])`,
    [
      changes.map(({ customerId }) => customerId),
      changes.map(({ kind }) => kind),
      changes.map(({ at }) => at),
      changes.map(({ source }) => source),
      changes.map(({ reason }) => reason),
    ],
  );
}

/** One change of the list at a time: what is there is looked at before something is added. Before any number is looked up. */
export async function lockList(tx: Queryable): Promise<void> {
  await tx.query('LOCK TABLE do_not_call_change IN SHARE ROW EXCLUSIVE MODE');
}
