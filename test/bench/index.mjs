/**
 * `npm run bench`: what docs/performance.md promises, measured side by side in one run on this machine. A figure counts
 * only with everything folded and `verify` clean; anything else ends the bench with an error.
 * Options: --rounds N (default 3), --events N a round (default 60000), --seconds N of the latency part (default 30).
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchIngest, MODES } from './ingest.mjs';
import { benchLatency } from './latency.mjs';
import { benchStart } from './start.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    events: { type: 'string', default: '60000' },
    seconds: { type: 'string', default: '30' },
  },
});
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const GENERATORS = { signing: 'signed while posting', prepared: 'signed beforehand' };
const show = (n) => Math.round(n).toLocaleString('en-US');

const [cpu] = cpus();
console.log(
  `machine   ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${show(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);

const start = await benchStart();
console.log(`start     new data directory ${show(start.firstMs)} ms, present ${show(start.againMs)} ms`);

const rounds = await benchIngest({ rounds: Number(values.rounds), count: Number(values.events) });
for (const { mode, bare, rate, ratio, foldLagMs, rss } of rounds) {
  console.log(
    `ingest    ${GENERATORS[mode]}: ${show(rate)}/s folded, bare Fastify ${show(bare)}/s, ratio ${ratio.toFixed(2)}; ` +
      `fold ${show(foldLagMs)} ms behind at the end, RSS ${show(rss / 2 ** 20)} MiB`,
  );
}
for (const mode of MODES) {
  const of = (pick) => median(rounds.filter((round) => round.mode === mode).map(pick));
  console.log(
    `ingest    ${GENERATORS[mode]}: median ${show(of((r) => r.rate))}/s of ${show(of((r) => r.bare))}/s, ` +
      `ratio ${of((r) => r.ratio).toFixed(2)}; verify clean in each round`,
  );
}

const latency = await benchLatency({ seconds: Number(values.seconds) });
console.log(
  `latency   request → number in the browser at 200 events/s, 50 boards: p50 ${show(latency.p50)} ms, ` +
    `p99 ${show(latency.p99)} ms, max ${show(latency.max)} ms (${show(latency.calls)} calls); verify clean`,
);
