import type { Pool, PoolClient } from 'pg';

/** One state of everything, however long the reading takes; nothing can be written. */
export const READ_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** What is to run at the end of the transaction a connection is in; a list of its own for each transaction. */
const CLOSING = new WeakMap<object, (() => Promise<void>)[]>();

/**
 * Has `last` run right before the COMMIT of the transaction on `tx`; when it throws, the transaction is rolled back. For
 * what takes a lock everybody wants: taken last, it is held briefly and nobody can wait crosswise. Returns an object that
 * stands for this one transaction, or null when `tx` is in none of `inTransaction`: then the caller has to do it itself.
 */
export function beforeCommit(tx: object, last: () => Promise<void>): object | null {
  const closing = CLOSING.get(tx) ?? null;
  closing?.push(last);
  return closing;
}

/** The object that stands for the transaction `tx` is in (see `beforeCommit`); null when it is in none. */
export function currentTransaction(tx: object): object | null {
  return CLOSING.get(tx) ?? null;
}

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
    const closing: (() => Promise<void>)[] = [];
    CLOSING.set(tx, closing);
    const result = await work(tx);
    for (const last of closing) await last();
    await tx.query('COMMIT');
    return result;
  } catch (error) {
    await tx.query('ROLLBACK').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    CLOSING.delete(tx);
    tx.release(broken);
  }
}
