/** The whole product around a database of its own: in this process (many settings, a clock of ours) or as a child. */
import { type RunningServer, startServer } from '../../src/main.js';
import { type Clock, type Config, silentLogger } from '../../src/platform/index.js';
import type { IngestStatus, KpiReport } from '../../src/shared/api.js';
import { testConfig } from './config.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { TOKEN } from './twilio.js';

export const API_KEY = 'a-key-of-tests-0123456789-abcdefghijkl';
export const ADMIN = { email: 'ops@example.com', password: 'correct horse battery staple' };

export interface Api {
  url: string;
  get<T = unknown>(path: string): Promise<T>;
  post<T = unknown>(path: string): Promise<T>;
  status(): Promise<IngestStatus>;
  kpis(query: string): Promise<KpiReport>;
}

/** The API with the key that has every scope; throws on anything but 2xx. */
export function apiOf(url: string): Api {
  const call = async <T>(method: string, path: string): Promise<T> => {
    const headers = { authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1' };
    const response = await fetch(url + path, { method, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    url,
    get: (path) => call('GET', path),
    post: (path) => call('POST', path),
    status: () => call('GET', '/api/v1/ingest/status'),
    kpis: (query) => call('GET', `/api/v1/kpis?${query}`),
  };
}

export interface TestServer extends Api {
  server: RunningServer;
  db: TestDatabase;
  /** Resolves once everything received is folded. */
  folded(): Promise<void>;
  close(): Promise<void>;
}

export interface ServerOptions {
  config?: Partial<Config>;
  clock?: Clock;
}

/** A server in this process; `close` stops it and drops its database. */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  const db = await createTestDatabase();
  const { email, password } = ADMIN;
  const config = testConfig({
    dataDir: db.dataDir,
    masterKeyFile: `${db.dataDir}/master.key`,
    exportDir: `${db.dataDir}/exports`,
    apiKey: API_KEY,
    adminEmail: email,
    adminPassword: password,
    twilioAuthTokens: [TOKEN],
    ...options.config,
  });
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const server = await startServer(config, { database: db, log: silentLogger, ...clock });
  return {
    ...apiOf(server.url ?? ''),
    server,
    db,
    folded: () => folded(db),
    close: async () => {
      await server.close();
      await db.close();
    },
  };
}

/** Waits until the fold's to-do list is empty. */
export async function folded(db: Pick<TestDatabase, 'pool'>, withinMs = 60_000): Promise<void> {
  const left = async (): Promise<boolean> => {
    const { rows } = await db.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM call_event_pending');
    return rows[0]?.n === 0;
  };
  await eventually(left, { withinMs, what: 'an empty to-do list of the fold' });
}

/** Environment of a child with the keys of these tests. */
export function childEnvironment(dataDir: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    API_KEY,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    TWILIO_AUTH_TOKEN: TOKEN,
    ...more,
  };
}
