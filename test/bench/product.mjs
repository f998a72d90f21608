/** The product in a process of its own, as `tallyboard start` runs it. argv: data directory, public URL, token, API key. */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pg from 'pg';
import { SessionRepository } from '../../dist/server/access/session.repository.js';
import { SessionService } from '../../dist/server/access/session.service.js';
import { startServer } from '../../dist/server/main.js';
import { createLogger, loadConfig } from '../../dist/server/platform/index.js';
import { boundHeap } from '../../scripts/lib/heap.mjs';

boundHeap();

const [dataDir, publicUrl, token, apiKey] = process.argv.slice(2);
const begun = performance.now();
const config = loadConfig({
  PORT: '0',
  DATA_DIR: dataDir,
  PUBLIC_URL: publicUrl,
  TWILIO_AUTH_TOKEN: token,
  API_KEY: apiKey,
  ORG_TIME_ZONE: noonZone(),
});
const server = await startServer(config, { log: createLogger({ level: 'error', pretty: false }) });
process.send?.({ port: Number(new URL(server.url).port), startMs: performance.now() - begun });

const LOOK_EVERY_MS = 5;
const delays = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
let computed = null;

process.on('message', (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage().rss });
  else if (message === 'held up') {
    process.send?.({ ms: delays.max / 1e6, computedMs: computed?.most ?? 0 });
    delays.reset();
    delays.enable();
    computed ??= watchComputing();
    computed.most = 0;
  } else if (message === 'statements') void statements().then((answer) => process.send?.(answer));
  else void openSession(message.openSessionOf).then((answer) => process.send?.(answer));
});
let closing = false;
process.on('SIGTERM', () => {
  if (closing) return;
  closing = true;
  server.close().then(() => process.exit(0));
});

/** A zone in which it is noon now: a run that crossed midnight would count on another day. */
function noonZone() {
  const ahead = 12 - new Date().getUTCHours();
  // The names of these zones count the other way round.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** The most this thread computes at a stretch, however long it has to wait for a core; only Linux says. */
function watchComputing() {
  const watched = { most: 0 };
  const usedMs = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  if (process.platform !== 'linux') return watched;
  let last = usedMs();
  setInterval(() => {
    const now = usedMs();
    watched.most = Math.max(watched.most, now - last);
    last = now;
  }, LOOK_EVERY_MS).unref();
  return watched;
}

let counted = null;

/**
 * What every connection of this process has sent since the last time, by text (counting begins with the first time), and
 * the transactions PostgreSQL has committed in all.
 */
async function statements() {
  const { rows } = await server.core.database.pool.query(
    'SELECT xact_commit::float8 AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  if (counted === null) countStatements();
  const answer = { statements: Object.fromEntries(counted), committed: rows[0].n };
  counted = new Map();
  return answer;
}

function countStatements() {
  counted = new Map();
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (asked, ...rest) {
    const text = typeof asked === 'string' ? asked : (asked?.text ?? 'unknown');
    counted.set(text, (counted.get(text) ?? 0) + 1);
    return query.call(this, asked, ...rest);
  };
}

/** A session as a sign-in opens it, without the work of a password. */
async function openSession(userId) {
  const { database, auditLog, clock } = server.core;
  const sessions = new SessionService(database.pool, new SessionRepository(database.pool), auditLog, clock);
  const opening = { userId, method: 'password', address: '127.0.0.1', userAgent: null, previousId: null };
  const opened = await sessions.open(opening);
  return { session: opened?.sessionId ?? null };
}
