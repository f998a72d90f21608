/**
 * Signed webhooks per second, durable and folded, beside a bare Fastify that only parses and checks the signature: same
 * requests, same connections, in turn, in one run. The product's clock runs until the last event is folded; the run
 * counts only when nothing failed, nothing is pending and `verify` is clean.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PUBLIC_URL, prepare, TOKEN } from './events.mjs';
import { load, startProcess } from './processes.mjs';

export const API_KEY = 'bench-0123456789abcdefghijklmnopqrstuv';
const CONNECTIONS = 256;
export const MODES = ['signing', 'prepared'];
const launcher = fileURLToPath(new URL('../../bin/tallyboard.mjs', import.meta.url));

export async function benchIngest({ rounds, count }) {
  const scratch = mkdtempSync(join(tmpdir(), 'tallyboard-bench-'));
  const results = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const file = join(scratch, `requests-${round}`);
      const distinct = prepare(file, { count, agents: 100, seed: `bench-${round}` });
      for (const mode of MODES) {
        const bare = await bareRound(file, mode);
        const product = await productRound(file, join(scratch, `data-${round}-${mode}`), distinct, mode);
        results.push({ mode, bare, ...product, ratio: product.rate / bare });
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return results;
}

async function bareRound(file, mode) {
  const server = await startProcess('bare-fastify.mjs', [PUBLIC_URL, TOKEN]);
  try {
    const result = await load(server.port, CONNECTIONS, file, mode);
    if (result.failed > 0) throw new Error(`${result.failed} requests failed at the bare server`);
    return result.done / result.seconds;
  } finally {
    await server.stop();
  }
}

async function productRound(file, dataDir, distinct, mode) {
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  try {
    const result = await load(server.port, CONNECTIONS, file, mode);
    if (result.failed > 0) throw new Error(`${result.failed} webhooks failed`);
    const foldedAt = await untilFolded(server.port);
    const seconds = (foldedAt - result.startedAt) / 1000;
    const { rss } = await server.ask('memory');
    const report = verify(dataDir);
    if (!report.clean || report.counts.pending > 0) throw new Error(`verify: ${JSON.stringify(report).slice(0, 500)}`);
    if (report.counts.events !== distinct) throw new Error(`${report.counts.events} events of ${distinct}`);
    return {
      rate: result.done / seconds,
      rss,
      foldLagMs: foldedAt - result.startedAt - result.seconds * 1000,
    };
  } finally {
    await server.stop();
  }
}

/** Asks the readiness check, which looks at the to-do list itself; the status page keeps its answer for a second. */
export async function untilFolded(port) {
  for (;;) {
    const { checks } = await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json();
    if (checks.fold?.ok && checks.fold.oldestPendingAgeMs === null) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** For what is measured beside the ingest: everything folded, and `verify` finds nothing. */
export async function cleanOrThrow(port, dataDir) {
  await untilFolded(port);
  const report = verify(dataDir);
  if (!report.clean || report.counts.pending > 0) throw new Error(`verify: ${JSON.stringify(report).slice(0, 500)}`);
}

function verify(dataDir) {
  const out = execFileSync(process.execPath, [launcher, 'verify', '--json'], {
    env: { ...process.env, DATA_DIR: dataDir },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(out.trim().split('\n').at(-1));
}
