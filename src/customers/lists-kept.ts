/** What lists keep of a customer when what they came from goes. */
import type { Pool, PoolClient } from 'pg';

type Queryable = Pick<Pool | PoolClient, 'query'>;

/** Before outcomes are removed by age: a refusal stays one. In the transaction that removes them. */
export async function keepRefusals(tx: Queryable, outcomeIds: readonly string[]): Promise<void> {
  if (outcomeIds.length === 0) return;
  await tx.query(
    `INSERT INTO do_not_call_change (customer_id, kind, at, source)
     SELECT customer_id, 'listed', at, 'outcome' FROM outcome
     WHERE id = ANY($1::text[]) AND 'dnc' = ANY(flags) AND NOT cancelled AND customer_id IS NOT NULL ORDER BY customer_id, at`,
    [[...outcomeIds]],
  );
}

/** With an erasure: words about them go, and they are nobody's customer from then on. What was counted stays. */
export async function forgetInLists(tx: Queryable, customerId: string, now: Date): Promise<void> {
  await tx.query(`UPDATE do_not_call_change SET reason = '' WHERE customer_id = $1::bigint AND reason <> ''`, [
    customerId,
  ]);
  await tx.query('DELETE FROM customer_owner WHERE customer_id = $1::bigint AND valid_from >= $2', [customerId, now]);
  await tx.query(
    'UPDATE customer_owner SET valid_until = $2 WHERE customer_id = $1::bigint AND (valid_until IS NULL OR valid_until > $2)',
    [customerId, now],
  );
}
