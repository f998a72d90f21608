import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule, ensureFirstAdministrator } from '../../src/access/index.js';
import { AUDIT, type AuditEntry, type AuditLog } from '../../src/audit/index.js';
import {
  CLOCK,
  CONFIG,
  type Config,
  createHttpApp,
  DATABASE,
  KEYS,
  Keys,
  listen,
  ManualClock,
  silentLogger,
} from '../../src/platform/index.js';
import { type TestDatabase, testConfig } from '../support/index.js';

/** The real HTTP application around some modules, listening on a free port. */
export interface ApiApp {
  app: NestFastifyApplication;
  url: string;
  clock: ManualClock;
  keys: Keys;
  /** What was written to the audit log, in order. */
  audited: AuditEntry[];
  /** A request with the key that has every scope. */
  get(path: string): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export const API_KEY = 'a-key-of-tests-0123456789-abcdefghijkl';
export const EMAIL = 'ops@example.com';
export const PASSWORD = 'correct horse battery staple';

export async function startApi(
  db: TestDatabase,
  modules: Type<unknown>[],
  options: { config?: Partial<Config>; now?: number } = {},
): Promise<ApiApp> {
  const config = testConfig({ apiKey: API_KEY, adminEmail: EMAIL, adminPassword: PASSWORD, ...options.config });
  const clock = new ManualClock(options.now ?? Date.UTC(2026, 10, 22, 4));
  const keys = new Keys(Buffer.alloc(32, 7));
  const audited: AuditEntry[] = [];
  const audit: AuditLog = {
    record: async (_tx, entry) => void audited.push(entry),
    note: (entry) => void audited.push(entry),
  };

  @Global()
  @Module({})
  class Wiring {
    static of(): DynamicModule {
      const providers = [
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useValue: clock },
        { provide: DATABASE, useValue: db },
        { provide: KEYS, useValue: keys },
        { provide: AUDIT, useValue: audit },
      ];
      return { module: Wiring, providers, exports: providers };
    }
  }

  @Module({ imports: [Wiring.of(), AccessModule, ...modules] })
  class Root {}

  await ensureFirstAdministrator(db, config);
  const app = await createHttpApp(Root, config, { log: silentLogger, webDirectory: '/nonexistent' });
  const url = await listen(app, config);
  return {
    app,
    url,
    clock,
    keys,
    audited,
    async get(path) {
      const response = await fetch(url + path, { headers: { authorization: `Bearer ${API_KEY}` } });
      return { status: response.status, body: await response.json() };
    },
    close: () => app.close(),
  };
}
