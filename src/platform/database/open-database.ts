import type { Pool } from 'pg';
import { DataSource, type MixedList } from 'typeorm';
import type { Config } from '../config/index.js';
import { type Logger, silentLogger } from '../logging/index.js';
import { connectionSettings, createPool, ensureDatabase, waitForDatabase } from './connect.js';
import { EmbeddedPostgres } from './embedded.js';
import { isMigrated, loadMigrations, MIGRATIONS_TABLE, runMigrations } from './migrations.js';

const DATABASE_NAME = 'tallyboard';
/** TypeORM migrates and does odd jobs; the hot paths use the pool. */
const DATA_SOURCE_POOL_MAX = 4;
const WAIT_MS = 60_000;

export interface Database {
  url: string;
  /** For set-based SQL; every limit of `connectionSettings` applies. `date` columns arrive as YYYY-MM-DD text. */
  pool: Pool;
  dataSource: DataSource;
  /** The server in DATA_DIR, or null with DATABASE_URL. */
  embedded: EmbeddedPostgres | null;
  /** Brings the schema up to this version; returns the names of the migrations run. */
  migrate(): Promise<string[]>;
  isMigrated(): Promise<boolean>;
  /** Ends the pools and, as its last user, stops an embedded server. Safe to call twice. */
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  log?: Logger;
  // biome-ignore lint/complexity/noBannedTypes: the type TypeORM itself gives entity classes
  entities?: MixedList<Function>;
  /** How long to wait for an external server that is silent, milliseconds. */
  waitMs?: number;
}

/** Opens the database the settings name, starting or joining the embedded one. Does not migrate. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'databasePoolMax'>,
  options: OpenDatabaseOptions = {},
): Promise<Database> {
  const log = options.log ?? silentLogger;
  const embedded = config.databaseUrl === null ? await EmbeddedPostgres.open({ dataDir: config.dataDir, log }) : null;
  try {
    if (embedded !== null) await ensureDatabase(embedded.url('postgres'), DATABASE_NAME);
    const url = embedded?.url(DATABASE_NAME) ?? config.databaseUrl ?? '';
    await waitForDatabase(url, options.waitMs ?? WAIT_MS, log);
    return await connect(url, config.databasePoolMax, embedded, log, options.entities ?? []);
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

async function connect(
  url: string,
  poolMax: number,
  embedded: EmbeddedPostgres | null,
  log: Logger,
  // biome-ignore lint/complexity/noBannedTypes: the type TypeORM itself gives entity classes
  entities: MixedList<Function>,
): Promise<Database> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations: loadMigrations(),
    migrationsTableName: MIGRATIONS_TABLE,
    installExtensions: false,
    poolSize: DATA_SOURCE_POOL_MAX,
    extra: connectionSettings(url),
    poolErrorHandler: (error: unknown) => log.debug({ err: error }, 'An idle database connection was lost'),
  });
  await dataSource.initialize();
  const pool = createPool(url, poolMax, log);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await pool.end();
    if (dataSource.isInitialized) await dataSource.destroy();
    await embedded?.close();
  };
  return {
    url,
    pool,
    dataSource,
    embedded,
    migrate: () => runMigrations(pool, dataSource),
    isMigrated: () => isMigrated(pool, dataSource),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
