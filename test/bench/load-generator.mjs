/**
 * Posts prepared requests as fast as the server answers, over keep-alive connections, in a process of its own.
 * A client of its own instead of an HTTP library: it must not be what is measured on two cores. Every answer is checked.
 * argv: port connections file [rate per second]; the file holds one JSON string (a whole HTTP request) per line.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [port, connections, file, rate] = process.argv.slice(2);
const requests = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => Buffer.from(JSON.parse(line), 'latin1'));
const perSecond = rate === undefined ? Number.POSITIVE_INFINITY : Number(rate);
const startedAt = performance.now();
const latencies = [];
let next = 0;
let done = 0;
let failed = 0;

function run() {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.setNoDelay(true);
    let sentAt = 0;
    let answer = '';
    const send = () => {
      if (next >= requests.length) {
        socket.end();
        resolve();
        return;
      }
      // Open loop when a rate is set: the time of a request is fixed, however late the answers are.
      const dueIn = (next / perSecond) * 1000 - (performance.now() - startedAt);
      const request = requests[next++];
      const write = () => {
        sentAt = performance.now();
        socket.write(request);
      };
      if (dueIn > 1) setTimeout(write, dueIn);
      else write();
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (!answer.includes('\r\n\r\n')) return;
      if (!answer.startsWith('HTTP/1.1 204')) failed++;
      answer = '';
      latencies.push(performance.now() - sentAt);
      done++;
      send();
    });
  });
}

await Promise.all(Array.from({ length: Number(connections) }, run));
const seconds = (performance.now() - startedAt) / 1000;
latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
process.stdout.write(
  `${JSON.stringify({ done, failed, seconds, startedAt: Date.now() - seconds * 1000, p50: at(0.5), p99: at(0.99) })}\n`,
);
