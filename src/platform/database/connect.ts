import { Client, type ClientConfig, Pool, type PoolConfig, types } from 'pg';
import { delay, monotonicMs } from '../clock/index.js';
import { AppError } from '../errors/index.js';
import type { Logger } from '../logging/index.js';

/** A date stays the day it is: as a JavaScript Date it would move with the zone of the machine. */
const DATE_OID = 1082;
const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === DATE_OID ? (text: string) => text : types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
};

/** The oldest server whose SQL we use. */
const OLDEST_SERVER = 150_000;

/** Errors that no waiting heals. */
const REFUSALS = new Set([
  '28000',
  '28P01',
  '3D000',
  '42501',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/**
 * Settings of every connection. Each limit keeps one stuck statement or forgotten transaction from holding back the
 * vacuum of the event log; bulk work sets its own with SET LOCAL.
 */
export function connectionSettings(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'tallyboard',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c timezone=UTC',
    types: typeParsers,
  };
}

export function createPool(url: string, max: number, log: Logger): Pool {
  const settings: PoolConfig = { ...connectionSettings(url), max, idleTimeoutMillis: 60_000 };
  const pool = new Pool(settings);
  // An idle connection broke (the server restarted): the pool replaces it, and unheard it would end the process.
  pool.on('error', (error) => log.debug({ err: error }, 'An idle database connection was lost'));
  // One that broke while somebody held it: their query fails, and the client says so once more, which nobody may miss.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ err: error }, 'A database connection in use was lost'));
  });
  return pool;
}

/**
 * Returns once the server answers and is new enough. Waits for one that is still starting; what waiting cannot heal
 * (wrong password, no such database) is thrown at once as `database_refused`, silence as `database_unavailable`.
 */
export async function waitForDatabase(url: string, waitMs: number, log: Logger): Promise<void> {
  const deadline = monotonicMs() + waitMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    try {
      await checkServer(url);
      return;
    } catch (error) {
      if (error instanceof AppError) throw error;
      const reason = (error as Error).message || String((error as NodeJS.ErrnoException).code);
      if (REFUSALS.has((error as { code?: string }).code ?? '')) {
        throw new AppError('database_refused', { params: { reason }, cause: error });
      }
      if (monotonicMs() + pauseMs > deadline) {
        throw new AppError('database_unavailable', { params: { reason }, cause: error });
      }
      log.info({ reason }, 'Waiting for the database');
    }
    await delay(pauseMs);
  }
}

async function checkServer(url: string): Promise<void> {
  const client = new Client(connectionSettings(url));
  // A connection cut while we talk is reported by the query too; unheard here it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; encoding: string }>(
      "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
    );
    const { version = '0', encoding = '' } = rows[0] ?? {};
    if (Number(version) < OLDEST_SERVER) {
      throw new AppError('database_refused', {
        params: { reason: `it is version ${version}, and 15 is the oldest that will do` },
      });
    }
    if (encoding !== 'UTF8') {
      throw new AppError('database_refused', {
        params: { reason: `its encoding is ${encoding}, and only UTF8 will do` },
      });
    }
  } finally {
    await client.end();
  }
}

/** Makes a database in an embedded server unless it is there. `name` is ours, never a user's. */
export async function ensureDatabase(maintenanceUrl: string, name: string): Promise<void> {
  const client = new Client(connectionSettings(maintenanceUrl));
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // Two first starts at once.
    if ((error as { code?: string }).code !== '42P04') throw error;
  } finally {
    await client.end();
  }
}
