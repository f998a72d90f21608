import type { PoolClient } from 'pg';

/** Any constant of our own: the key of the fold's advisory lock. Who holds it is the only writer of facts and sums. */
export const FOLD_LOCK = 0x7a11b0;

/** Waits until nobody folds; held to the end of the transaction. */
export async function lockFold(tx: Pick<PoolClient, 'query'>): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [FOLD_LOCK]);
}
