import type { Pool, PoolClient } from 'pg';

/** One state of everything, however long the reading takes; nothing can be written. */
export const READ_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * Runs `work` in a transaction of its own: committed when it resolves, rolled back when it throws. A connection whose
 * transaction cannot even be ended is thrown away, and what is reported is always the first error.
 */
export async function inTransaction<T>(
  pool: Pick<Pool, 'connect'>,
  work: (tx: PoolClient) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await tx.query(begin);
    const result = await work(tx);
    await tx.query('COMMIT');
    return result;
  } catch (error) {
    await tx.query('ROLLBACK').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    tx.release(broken);
  }
}
