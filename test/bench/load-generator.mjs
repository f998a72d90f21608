/**
 * Posts prepared requests as fast as the server answers, in a process of its own, with autocannon. Every request is
 * posted exactly once; every answer is counted. The time runs from the first request to the last answer (autocannon's
 * own figure is rounded up to its next second).
 * argv: port connections file; the file holds one JSON object {path, headers, body} per line.
 */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const [port, connections, file] = process.argv.slice(2);
const requests = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
let next = 0;
let lastAnswerAt = 0;

const startedAt = Date.now();
const run = autocannon({
  url: `http://127.0.0.1:${port}`,
  connections: Number(connections),
  amount: requests.length,
  timeout: 60,
  requests: [
    { method: 'POST', path: '/', setupRequest: (request) => ({ ...request, ...requests[next++ % requests.length] }) },
  ],
});
run.on('response', () => {
  lastAnswerAt = Date.now();
});
const result = await run;
process.stdout.write(
  `${JSON.stringify({
    done: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
    seconds: (lastAnswerAt - startedAt) / 1000,
    startedAt,
    p50: result.latency.p50,
    p99: result.latency.p99,
  })}\n`,
);
