/**
 * Posts requests as fast as the server answers, over kept connections, in a process of its own. Every request is posted
 * exactly once and every answer is counted; the time runs from the first request to the last answer. The first `warmUp`
 * requests are answered before the rest is posted, and told of by themselves: a new process compiles itself meanwhile.
 *
 * argv: port connections file mode warmUp
 * - `signing`: as Twilio posts. Each callback is signed while posting, with the simulator's poster. The generator is
 *   part of the work, so a fast server waits for it.
 * - `prepared`: signed beforehand, posted by autocannon: as little generator as there can be, the server at its limit.
 */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { SignedPoster } from '../../dist/server/simulator/index.js';
import { PUBLIC_URL, TOKEN } from './events.mjs';

const [port, connections, file, mode, warmUp] = process.argv.slice(2);
const all = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const url = `http://127.0.0.1:${port}`;

const poster = new SignedPoster({
  url,
  publicUrl: PUBLIC_URL,
  token: TOKEN,
  concurrency: Number(connections),
  persist: false,
});

async function signing(requests) {
  const { acked, failed, retries } = poster.stats;
  for (const { webhook } of requests) await poster.post(webhook);
  await poster.drain();
  const { stats } = poster;
  return {
    done: stats.acked - acked,
    failed: stats.failed - failed + stats.retries - retries,
    endedAt: Date.now(),
  };
}

async function prepared(requests) {
  let next = 0;
  let endedAt = 0;
  const run = autocannon({
    url,
    connections: Number(connections),
    amount: requests.length,
    timeout: 60,
    requests: [
      {
        method: 'POST',
        path: '/',
        setupRequest: (request) => ({ ...request, ...requests[next++ % requests.length].request }),
      },
    ],
  });
  // autocannon's own figure is rounded up to its next second.
  run.on('response', () => {
    endedAt = Date.now();
  });
  const result = await run;
  return { done: result['2xx'], failed: result.non2xx + result.errors + result.timeouts, endedAt };
}

const post = mode === 'signing' ? signing : prepared;
const parts = [];
for (const requests of [all.slice(0, Number(warmUp)), all.slice(Number(warmUp))]) {
  const startedAt = Date.now();
  parts.push({ startedAt, ...(await post(requests)) });
}
poster.close();
const [cold, warm] = parts;
process.stdout.write(`${JSON.stringify({ cold, warm })}\n`);
