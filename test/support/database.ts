import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type Database, openDatabase } from '../../src/platform/index.js';
import { temporaryDirectory } from './files.js';

/** Same name as in postgres-server.mjs, which runs before anything is compiled. */
const TEMPLATE = 'tallyboard_template';

export interface TestDatabase extends Database {
  /** A scratch directory that goes away with the database. */
  dataDir: string;
}

/** A fresh, migrated database of its own; `close()` drops it. */
export async function createTestDatabase(options: { poolMax?: number } = {}): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await maintenance(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  const directory = temporaryDirectory();
  const database = await openDatabase({
    databaseUrl: url.href,
    dataDir: directory.path,
    databasePoolMax: options.poolMax ?? 10,
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await database.close();
    await maintenance(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    directory.remove();
  };
  return {
    ...database,
    dataDir: directory.path,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** One database for all tests of the file: `const test = withDatabase();` then `test.db` inside the tests. */
export function withDatabase(options: { poolMax?: number } = {}): { readonly db: TestDatabase } {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase(options);
  });
  afterAll(async () => {
    await database?.close();
  });
  return {
    get db() {
      if (database === undefined) throw new Error('The database exists only while tests run');
      return database;
    },
  };
}

function serverUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (url === undefined) throw new Error('No test server: this file must be below test/integration or test/e2e');
  return url;
}

async function maintenance(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
