import type { INestApplicationContext } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { monotonicMs } from '../clock/index.js';
import type { Database } from '../database/index.js';
import { DATABASE } from '../tokens.js';

/** Provider token of `FoldLag`; without a provider the check is left out. */
export const FOLD_LAG = Symbol('FoldLag');

/** How far the worker is behind. The one honest measure of a queue's health: what it has not done yet. */
export interface FoldLag {
  /** Age of the oldest unfolded event, milliseconds; null when everything is folded. */
  oldestPendingAgeMs(): Promise<number | null>;
}

/** Older than this and the numbers on the screens are visibly late. */
const LAGGING_AFTER_MS = 15_000;
const CHECK_WITHIN_MS = 3_000;

export interface Readiness {
  status: 'ready' | 'lagging' | 'not_ready';
  checks: {
    database: { ok: boolean; ms: number };
    migrated: { ok: boolean };
    fold?: { ok: boolean; oldestPendingAgeMs: number | null };
  };
}

/**
 * `GET /health/live`: 200 while the process answers; restart it when it does not.
 * `GET /health/ready`: 503 while the database is away or not migrated. Lag is told, but is no reason to send events
 * elsewhere. Events are taken into the spool even then, so let a proxy decide by `live` where webhooks go.
 */
export function registerHealth(server: FastifyInstance, app: INestApplicationContext): void {
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const readiness = await checkReadiness(find<Database>(app, DATABASE), find<FoldLag>(app, FOLD_LAG));
    return reply
      .status(readiness.status === 'not_ready' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(readiness);
  });
}

export async function checkReadiness(database: Database | null, foldLag: FoldLag | null): Promise<Readiness> {
  const started = monotonicMs();
  const reached = await attempt(async () => (await database?.pool.query('SELECT 1')) !== undefined, false);
  const ms = Math.round(monotonicMs() - started);
  const migrated = reached && database !== null && (await attempt(() => database.isMigrated(), false));
  const checks: Readiness['checks'] = { database: { ok: reached, ms }, migrated: { ok: migrated } };
  if (!reached || !migrated) return { status: 'not_ready', checks };
  if (foldLag === null) return { status: 'ready', checks };
  const age = await attempt(() => foldLag.oldestPendingAgeMs(), Number.POSITIVE_INFINITY);
  const ok = age === null || age <= LAGGING_AFTER_MS;
  checks.fold = { ok, oldestPendingAgeMs: age === Number.POSITIVE_INFINITY ? null : age };
  return { status: ok ? 'ready' : 'lagging', checks };
}

function find<T>(app: INestApplicationContext, token: symbol): T | null {
  try {
    return app.get<T>(token, { strict: false });
  } catch {
    return null;
  }
}

/** A health check must answer, whatever it finds: failures and silence count as the fallback. */
async function attempt<T>(check: () => Promise<T>, fallback: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(fallback), CHECK_WITHIN_MS);
  });
  try {
    return await Promise.race([check(), silence]);
  } catch {
    return fallback;
  } finally {
    clearTimeout(timer);
  }
}
