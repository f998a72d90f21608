/**
 * One moment of the database, read for as long as it takes to write it down: what is changed meanwhile is not seen, so each
 * row is there exactly once and what was counted is what is read. On a connection of its own, so that a few long readings
 * never keep the pool from everybody else.
 */
import { Client, type Pool, type PoolClient } from 'pg';
import { connectionSettings, READ_SNAPSHOT } from '../../platform/index.js';

export type Reading = Pick<Pool | PoolClient, 'query'>;

/** The first page may have to be sorted, and a count looks at every row. */
const STATEMENT_WITHIN_MS = 120_000;
/** Between two pages somebody writes to a disk. Longer than that holds back the vacuum for nothing. */
const PAUSE_WITHIN_MS = 120_000;

export interface Moment {
  readonly db: Reading;
  /** All rows of a query, so many at a time; one query at once. */
  pages<Row extends object>(sql: string, values: readonly unknown[], size: number): AsyncGenerator<Row[]>;
}

export interface MomentSource {
  url: string;
  pool: Pick<Pool, 'query'>;
}

/** `signal`: when it is aborted, a statement that runs is cancelled and fails, and so does every later one. */
export async function atOneMoment<T>(
  { url, pool }: MomentSource,
  signal: AbortSignal,
  work: (moment: Moment) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const client = new Client({
    ...connectionSettings(url),
    statement_timeout: STATEMENT_WITHIN_MS,
    idle_in_transaction_session_timeout: PAUSE_WITHIN_MS,
  });
  // One that is lost fails the statement it is asked next, and says so once more, which unheard would end the process.
  client.on('error', () => undefined);
  let stop = (): void => undefined;
  try {
    await client.connect();
    await client.query(READ_SNAPSHOT);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    stop = () => {
      // Its server would notice only at the end of the statement that nobody waits for its answer.
      void pool.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined);
      void client.end().catch(() => undefined);
    };
    signal.addEventListener('abort', stop);
    signal.throwIfAborted();
    return await work({ db: client, pages: (sql, values, size) => pagesOf(client, sql, values, size) });
  } finally {
    signal.removeEventListener('abort', stop);
    // The transaction ends with its connection.
    await client.end().catch(() => undefined);
  }
}

async function* pagesOf<Row extends object>(
  client: Client,
  sql: string,
  values: readonly unknown[],
  size: number,
): AsyncGenerator<Row[]> {
  await client.query(`DECLARE listed NO SCROLL CURSOR FOR ${sql}`, [...values]);
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${Math.trunc(size)} FROM listed`);
    if (rows.length > 0) yield rows;
    if (rows.length < size) break;
  }
  await client.query('CLOSE listed');
}
