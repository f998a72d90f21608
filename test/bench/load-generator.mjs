/**
 * Posts prepared requests as fast as the server answers, over keep-alive connections, in a process of its own, with
 * autocannon. Every request is posted exactly once; every answer is counted.
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

const startedAt = Date.now();
const result = await autocannon({
  url: `http://127.0.0.1:${port}`,
  connections: Number(connections),
  amount: requests.length,
  timeout: 60,
  requests: [
    { method: 'POST', path: '/', setupRequest: (request) => ({ ...request, ...requests[next++ % requests.length] }) },
  ],
});
process.stdout.write(
  `${JSON.stringify({
    done: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
    seconds: (result.finish - result.start) / 1000,
    startedAt,
    p50: result.latency.p50,
    p99: result.latency.p99,
  })}\n`,
);
