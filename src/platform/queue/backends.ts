/** Where BullMQ keeps its tasks: the PostgreSQL everything is in, or Redis. Both are probed before anything is built on them. */
import type { BackendFactory, ConnectionOptions, IQueueBackend } from 'bullmq';
import type { Redis } from 'ioredis';
import pg from 'pg';
import { connectionSettings } from '../database/index.js';
import type { Logger } from '../logging/index.js';

/** For all queues of a process: one to listen and one to ask for each worker, the rest for adding. Opened as needed. */
const POOL_MAX = 8;
const SCHEMA = 'bullmq';
/** In braces, so that Redis Cluster keeps the keys of a queue together. */
export const REDIS_PREFIX = '{tallyboard}';

/** What a queue or a worker is built with. */
export interface BackendConnection {
  connection: ConnectionOptions;
  /** Undefined: Redis, which BullMQ takes by default. */
  factory: BackendFactory<IQueueBackend> | undefined;
}

export interface Backend {
  /** Rejects while the backend cannot be used: what BullMQ builds then stays broken for ever. */
  probe(): Promise<void>;
  forAdding(): BackendConnection;
  forWorking(): BackendConnection;
  close(): Promise<void>;
}

export async function postgresBackend(url: string, log: Logger): Promise<Backend> {
  const { createPostgresBackend } = await import('bullmq');
  const settings = connectionSettings(url);
  const options = `${settings.options ?? ''} -c search_path=${SCHEMA}`;
  const pool = new pg.Pool({ ...settings, options, max: POOL_MAX, idleTimeoutMillis: 60_000 });
  pool.on('error', (error) => log.debug({ err: error }, 'An idle connection of the queue was lost'));
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ err: error }, 'A connection of the queue was lost'));
  });
  // BullMQ names its options after Redis; with this factory a pool is what it takes.
  const connection = pool as unknown as ConnectionOptions;
  const factory = createPostgresBackend as unknown as BackendFactory<IQueueBackend>;
  return {
    probe: async () => void (await pool.query('SELECT 1')),
    forAdding: () => ({ connection, factory }),
    forWorking: () => ({ connection, factory }),
    close: () => pool.end(),
  };
}

export async function redisBackend(url: string, log: Logger): Promise<Backend> {
  const { Redis: Client } = await import('ioredis');
  const clients: Redis[] = [];
  const client = (options: { maxRetriesPerRequest: number | null; enableOfflineQueue: boolean }): Redis => {
    const made = new Client(url, { ...options, retryStrategy: (times) => Math.min(times * 100, 2_000) });
    made.on('error', (error) => log.debug({ err: error }, 'A connection to Redis was lost'));
    clients.push(made);
    return made;
  };
  // Adding fails at once while Redis is away: the sweep finds the work. A worker waits for it to come back.
  const adding = client({ maxRetriesPerRequest: 1, enableOfflineQueue: true });
  let working: Redis | undefined;
  const connection = (redis: Redis): BackendConnection => ({
    connection: redis as unknown as ConnectionOptions,
    factory: undefined,
  });
  return {
    probe: async () => void (await adding.ping()),
    forAdding: () => connection(adding),
    forWorking: () => {
      working ??= client({ maxRetriesPerRequest: null, enableOfflineQueue: true });
      return connection(working);
    },
    close: async () => {
      for (const one of clients) one.disconnect();
    },
  };
}

/**
 * Brings BullMQ's own schema up to the version this build needs; several processes may call it at once. There is no way
 * back: an older BullMQ of the same major works on a newer schema.
 */
export async function migrateQueue(pool: Pick<pg.Pool, 'connect'>): Promise<void> {
  const { runMigrations } = await import('bullmq');
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0; SET lock_timeout = 120000');
    await runMigrations(client, SCHEMA);
  } finally {
    // Its settings are not those of the pool any more.
    client.release(true);
  }
}
