/**
 * Posts requests as fast as the server answers, over kept connections, in a process of its own. Every request is posted
 * exactly once and every answer is counted; the time runs from the first request to the last answer.
 *
 * argv: port connections file mode
 * - `signing`: as Twilio posts. Each callback is signed while posting, with the simulator's poster. The generator is
 *   part of the work, so a fast server waits for it.
 * - `prepared`: signed beforehand, posted by autocannon: as little generator as there can be, the server at its limit.
 */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { SignedPoster } from '../../dist/server/simulator/index.js';
import { PUBLIC_URL, TOKEN } from './events.mjs';

const [port, connections, file, mode] = process.argv.slice(2);
const requests = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const url = `http://127.0.0.1:${port}`;

async function signing() {
  const poster = new SignedPoster({
    url,
    publicUrl: PUBLIC_URL,
    token: TOKEN,
    concurrency: Number(connections),
    persist: false,
  });
  for (const { webhook } of requests) await poster.post(webhook);
  await poster.drain();
  poster.close();
  return { done: poster.stats.acked, failed: poster.stats.failed + poster.stats.retries, endedAt: Date.now() };
}

async function prepared() {
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

const startedAt = Date.now();
const { done, failed, endedAt } = await (mode === 'signing' ? signing() : prepared());
process.stdout.write(`${JSON.stringify({ done, failed, startedAt, seconds: (endedAt - startedAt) / 1000 })}\n`);
