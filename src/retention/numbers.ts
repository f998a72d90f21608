/**
 * Numbers of removed calls that nothing names any more: without a call there is nothing a number is needed for, so its
 * ciphertext goes. The blind index stays: the next call to it is no first attempt, and gives it its ciphertext back.
 */
import type { Pool } from 'pg';
import { inTransaction, isoOf } from '../platform/index.js';
import type { RemovalParts } from './removal.js';
import type { Db } from './settings.repository.js';

/** Events looked at in one statement. */
const SCAN_CHUNK = 20_000;
/** An id may be committed this much later than ones above it. */
const SCAN_MARGIN = 20_000;
const NUMBERS_AT_ONCE = 5_000;

/** Cheap to ask: calls with the number, agents' and campaigns' own numbers, outcomes and lists that name it. */
const IN_USE = `EXISTS (SELECT 1 FROM call c WHERE c.customer_id = n.customer_id)
  OR EXISTS (SELECT 1 FROM outcome o WHERE o.customer_id = n.customer_id)
  OR EXISTS (SELECT 1 FROM agent_address a WHERE a.scheme = 'tel' AND a.value = n.customer_id::text)
  OR EXISTS (SELECT 1 FROM campaign_caller_number k WHERE k.number_id = n.customer_id)
  OR EXISTS (SELECT 1 FROM do_not_call_change d WHERE d.customer_id = n.customer_id)
  OR EXISTS (SELECT 1 FROM customer_owner w WHERE w.customer_id = n.customer_id)`;

async function keepThoseInUse(db: Db): Promise<void> {
  await db.query(`DELETE FROM loose_number n WHERE ${IN_USE}`);
}

/** Keeps those that events with an id in (`after`, `upTo`] name, at whichever end of whichever leg. */
async function keepNamed(db: Db, after: number, upTo: number): Promise<void> {
  await db.query(
    `DELETE FROM loose_number n USING (
       SELECT DISTINCT u.ref::bigint AS id FROM call_event e
       CROSS JOIN LATERAL (VALUES (e.fields->'from'->>'ref'), (e.fields->'to'->>'ref')) AS u(ref)
       WHERE e.id > $1 AND e.id <= $2 AND u.ref IS NOT NULL) AS named
     WHERE n.customer_id = named.id`,
    [after, upTo],
  );
}

async function lastEvent(db: Db): Promise<number> {
  const { rows } = await db.query<{ last: string }>('SELECT coalesce(max(id), 0) AS last FROM call_event');
  return Number(rows[0]?.last ?? 0);
}

async function anyLoose(db: Db): Promise<boolean> {
  return ((await db.query('SELECT 1 FROM loose_number LIMIT 1')).rowCount ?? 0) > 0;
}

/** Reads the log once, beside the running work, and only while there is anything to look for. */
export async function releaseNumbers(pool: Pool, parts: RemovalParts): Promise<void> {
  if (!(await anyLoose(pool))) return;
  await keepThoseInUse(pool);
  // One that becomes loose from here on was not looked for in all of the log: it is the next run's.
  await pool.query('UPDATE loose_number SET looked_for = true WHERE NOT looked_for');
  const last = await lastEvent(pool);
  for (let from = 0; from < last && (await anyLoose(pool)); from += SCAN_CHUNK) {
    await keepNamed(pool, from, Math.min(from + SCAN_CHUNK, last));
  }
  while ((await releaseSome(pool, parts, Math.max(0, last - SCAN_MARGIN))) > 0);
}

/** With the log and the book of own numbers held: looks again at what came since, then the ciphertexts go. */
function releaseSome(pool: Pool, { signals, now }: RemovalParts, scannedTo: number): Promise<number> {
  return inTransaction(pool, async (tx) => {
    await tx.query('LOCK TABLE call_event IN SHARE ROW EXCLUSIVE MODE');
    await tx.query(
      'LOCK TABLE agent_address, campaign_caller_number, do_not_call_change, customer_owner IN SHARE MODE',
    );
    await keepNamed(tx, scannedTo, await lastEvent(tx));
    await keepThoseInUse(tx);
    const { rows } = await tx.query<{ taken: number; released: number }>(
      `WITH taken AS (
         DELETE FROM loose_number WHERE customer_id IN (SELECT customer_id FROM loose_number WHERE looked_for ORDER BY 1 LIMIT $1)
         RETURNING customer_id
       ), released AS (
         UPDATE customer c SET number_cipher = NULL FROM taken t
         WHERE c.id = t.customer_id AND c.number_cipher IS NOT NULL RETURNING 1
       )
       SELECT (SELECT count(*)::integer FROM taken) AS taken, (SELECT count(*)::integer FROM released) AS released`,
      [NUMBERS_AT_ONCE],
    );
    const { taken = 0, released = 0 } = rows[0] ?? {};
    if (released > 0) {
      await tx.query('INSERT INTO number_release (released_at, numbers) VALUES ($1, $2)', [isoOf(now), released]);
      await tx.query(signals.statement, signals.values('erased'));
    }
    return taken;
  });
}
