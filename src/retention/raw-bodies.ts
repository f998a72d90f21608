/**
 * Retention of raw bodies. A day goes as a whole: first its key, which makes its bodies unreadable wherever copies of them
 * are (the spool of a machine, dead rows, a backup of the table alone), then its partition.
 */
import type { Pool } from 'pg';
import { delay, inTransaction, isoOf } from '../platform/index.js';
import type { Counted, Retained } from './removal.js';
import type { Db } from './settings.repository.js';

const DAY_MS = 86_400_000;
const CHUNK = 2_000;
/** A drop waits for readers of the table while writers wait behind it: briefly, a few times. */
const DROP_WAITS_MS = 300;
const DROP_TRIES = 10;
const PAUSE_MS = 200;

async function dropPartitions(pool: Pool, before: number): Promise<number> {
  const last = isoOf(before).slice(0, 10).replaceAll('-', '');
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'raw_body'::regclass AND c.relname ~ '^raw_body_[0-9]{8}$' AND c.relname < 'raw_body_' || $1
     ORDER BY 1`,
    [last],
  );
  let removed = 0;
  for (const { name } of rows) removed += await dropPartition(pool, name);
  return removed;
}

/** `name` is one of ours, as the query above found it. */
async function dropPartition(pool: Pool, name: string): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(pool, async (tx) => {
        const { rows } = await tx.query<{ n: number }>(`SELECT count(*)::float8 AS n FROM ${name}`);
        await tx.query(`SET LOCAL lock_timeout = ${DROP_WAITS_MS}`);
        await tx.query(`DROP TABLE ${name}`);
        return rows[0]?.n ?? 0;
      });
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03' || tries >= DROP_TRIES) throw error;
      await delay(PAUSE_MS * tries);
    }
  }
}

async function deleteFromDefault(pool: Pool, before: number): Promise<number> {
  for (let removed = 0; ; ) {
    const { rowCount } = await pool.query(
      `DELETE FROM raw_body_default WHERE ctid = ANY (ARRAY(
         SELECT d.ctid FROM raw_body_default d WHERE d.received_at < $1 LIMIT $2))`,
      [isoOf(before), CHUNK],
    );
    if (!rowCount) return removed;
    removed += rowCount;
  }
}

/** Bodies of parked requests are sealed with the key of their day too, and may be kept for longer. */
async function dropKeys(pool: Pool, before: number): Promise<void> {
  await pool.query(
    `DELETE FROM raw_key k WHERE k.day < $1::date AND NOT EXISTS (
       SELECT 1 FROM parked_event p WHERE p.body <> '' AND (p.received_at AT TIME ZONE 'UTC')::date = k.day)`,
    [isoOf(before).slice(0, 10)],
  );
}

export const RAW: Retained = {
  /** The beginning of a UTC day, as keys and partitions are. */
  horizon: (now, days) => Math.floor((now - days * DAY_MS) / DAY_MS) * DAY_MS,
  async count(db: Db, before): Promise<Counted> {
    const { rows } = await db.query<Counted>(
      `SELECT count(*)::float8 AS total, count(*) FILTER (WHERE received_at < $1::timestamptz)::float8 AS old,
         (extract(epoch FROM min(received_at)) * 1000)::float8 AS oldest FROM raw_body`,
      [isoOf(before)],
    );
    return rows[0] ?? { total: 0, old: 0, oldest: null };
  },
  async remove(pool, before) {
    await dropKeys(pool, before);
    return (await dropPartitions(pool, before)) + (await deleteFromDefault(pool, before));
  },
};
