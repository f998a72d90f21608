/**
 * Signed webhooks per second, durable and folded, beside a bare Fastify that only parses and checks the signature: same
 * requests, same connections, in turn, in one run. The product's clock runs until the last event is folded; the run
 * counts only when nothing failed, nothing is pending and `verify` is clean.
 *
 * Two clocks of each side: `warm` starts after the first half of the requests, `whole` with the first one. A new process
 * compiles itself for its first ten seconds, on the cores everybody shares; a server of a call centre runs for weeks.
 * What the first half left to fold is in the second half's time. Beside them `checked`: from the first request to the end
 * of `verify`, which recomputes all of them from their bodies on the same cores.
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
        const bare = await bareRound(file, mode, count / 2);
        const product = await productRound(file, join(scratch, `data-${round}-${mode}`), { distinct, count, mode });
        results.push({
          mode,
          bare,
          ...product,
          ratio: product.rates.warm / bare.warm,
          wholeRatio: product.rates.whole / bare.whole,
          checkedRatio: product.rates.checked / bare.whole,
        });
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return results;
}

async function bareRound(file, mode, warmUp) {
  const server = await startProcess('bare-fastify.mjs', [PUBLIC_URL, TOKEN]);
  try {
    const { cold, warm } = await answered(server, file, mode, warmUp);
    return ratesOf(cold, warm, warm.endedAt);
  } finally {
    await server.stop();
  }
}

async function productRound(file, dataDir, { distinct, count, mode }) {
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  try {
    const { cold, warm } = await answered(server, file, mode, count / 2);
    const foldedAt = await untilFolded(server.port);
    const { rss } = await server.ask('memory');
    const report = verify(dataDir);
    const verifiedAt = Date.now();
    if (!report.clean || report.counts.pending > 0) throw new Error(`verify: ${JSON.stringify(report).slice(0, 500)}`);
    if (report.counts.events !== distinct) throw new Error(`${report.counts.events} events of ${distinct}`);
    const rates = { ...ratesOf(cold, warm, foldedAt), checked: ratesOf(cold, warm, verifiedAt).whole };
    return { rates, rss, foldLagMs: foldedAt - warm.endedAt, verifyMs: verifiedAt - foldedAt };
  } finally {
    await server.stop();
  }
}

async function answered(server, file, mode, warmUp) {
  const { cold, warm } = await load(server.port, CONNECTIONS, file, mode, Math.floor(warmUp));
  const failed = cold.failed + warm.failed;
  if (failed > 0) throw new Error(`${failed} webhooks failed`);
  return { cold, warm };
}

/** Webhooks per second up to `endedAt`. */
function ratesOf(cold, warm, endedAt) {
  return {
    whole: ((cold.done + warm.done) * 1000) / (endedAt - cold.startedAt),
    warm: (warm.done * 1000) / (endedAt - warm.startedAt),
  };
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
