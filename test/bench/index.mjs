/**
 * `npm run bench`: what docs/performance.md promises, measured side by side in one run on this machine. A figure counts
 * only with everything folded and `verify` clean; anything else ends the bench with an error.
 * Options: --rounds N (default 3), --events N a round (default 120000, the first
 * half of them to warm up both sides), --seconds N of each freshness part (default 30),
 * --only part (one or more of start, ingest, latency, screens, viewers, reports, holdups), --large: reports
 * over 10 million calls as well as 100,000, --requests N of each report (default 100), --keep DIR: their data is made there
 * once and used again.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchHoldUps } from './hold-ups.mjs';
import { benchIngest, MODES } from './ingest.mjs';
import { benchLatency } from './latency.mjs';
import { benchReports } from './reports.mjs';
import { benchScreens } from './screens.mjs';
import { benchStart } from './start.mjs';
import { benchViewers } from './viewers.mjs';

const PARTS = { start, ingest, latency, screens, viewers, reports, holdups };
const GENERATORS = { signing: 'signed while posting', prepared: 'signed beforehand' };
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    events: { type: 'string', default: '120000' },
    seconds: { type: 'string', default: '30' },
    large: { type: 'boolean', default: false },
    requests: { type: 'string', default: '100' },
    keep: { type: 'string' },
    only: { type: 'string', multiple: true, default: Object.keys(PARTS) },
  },
});
const seconds = Number(values.seconds);
const unknown = values.only.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0)
  throw new Error(`No such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);

const [cpu] = cpus();
say(
  'machine',
  `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${show(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
for (const part of values.only) await PARTS[part]();

async function start() {
  const { firstMs, againMs } = await benchStart();
  say('start', `new data directory ${show(firstMs)} ms, present ${show(againMs)} ms`);
}

async function ingest() {
  const rounds = await benchIngest({ rounds: Number(values.rounds), count: Number(values.events) });
  for (const { mode, bare, rates, ratio, wholeRatio, checkedRatio, foldLagMs, verifyMs, rss } of rounds) {
    say(
      'ingest',
      `${GENERATORS[mode]}: ${show(rates.warm)}/s folded, bare Fastify ${show(bare.warm)}/s, ratio ${ratio.toFixed(2)} ` +
        `(from the start on ${show(rates.whole)}/s of ${show(bare.whole)}/s, ${wholeRatio.toFixed(2)}); ` +
        `fold ${show(foldLagMs)} ms behind at the end, verify ${show(verifyMs)} ms (with it in the clock ` +
        `${checkedRatio.toFixed(2)}), RSS ${show(rss / 2 ** 20)} MiB`,
    );
  }
  for (const mode of MODES) {
    const of = (pick) => median(rounds.filter((round) => round.mode === mode).map(pick));
    say(
      'ingest',
      `${GENERATORS[mode]}: median ${show(of((r) => r.rates.warm))}/s of ${show(of((r) => r.bare.warm))}/s, ` +
        `ratio ${of((r) => r.ratio).toFixed(2)} (from the start on ${of((r) => r.wholeRatio).toFixed(2)}, ` +
        `with verify ${of((r) => r.checkedRatio).toFixed(2)}); ` +
        'verify clean in each round',
    );
  }
}

async function latency() {
  const found = await benchLatency({ seconds });
  say('latency', `request → number in the browser at 200 events/s, 50 boards: ${spread(found)}; verify clean`);
}

async function screens() {
  const { wall, floor, me, sales, ticker } = await benchScreens({ seconds });
  say('screens', 'at once at 200 events/s and 4 sales/s, 300 agents, 50 connections:');
  say('screens', `call → wallboard ${spread(wall)}`);
  say('screens', `call → row of Floor ${spread(floor)}`);
  say('screens', `call → My day ${spread(me)}`);
  say('screens', `sale → wallboard ${spread(sales)}`);
  say('screens', `sale → ticker ${spread(ticker)}; verify clean`);
}

async function viewers() {
  const found = await benchViewers();
  say(
    'viewers',
    `${found.viewers} live connections: ${rate(found.perViewer, 4)} statements/s each ` +
      `(all: ${rate(found.without)}/s without them, ${rate(found.watched)}/s with them)`,
  );
  say('viewers', `the look at ${found.sessions} sessions once a minute: ${rate(found.sessionLooks)} statements/s`);
  say(
    'viewers',
    `committed as PostgreSQL counts: ${rate(found.committedWithout)}/s without, ${rate(found.committedWatched)}/s with; verify clean`,
  );
}

async function reports() {
  const sizes = values.large ? [100_000, 10_000_000] : [100_000];
  await benchReports({
    sizes,
    requests: Number(values.requests),
    keep: values.keep ?? null,
    say: (calls, name, how, { p50, p99 }) =>
      say('reports', `${show(calls)} calls, ${name}, ${how}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`),
  });
}

async function holdups() {
  await benchHoldUps({
    calls: 100_000,
    keep: values.keep ?? null,
    say: (name, { ms, computedMs }, takenMs) =>
      say('hold-ups', `${name}: ${show(ms)} ms, computing ${show(computedMs)} ms (of ${show(takenMs)} ms)`),
  });
}

function spread({ p50, p99, max, count }) {
  return `p50 ${show(p50)} ms, p99 ${show(p99)} ms, max ${show(max)} ms (${show(count)})`;
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

function show(n) {
  return Math.round(n).toLocaleString('en-US');
}

function rate(n, digits = 2) {
  return n.toFixed(digits).replace(/^-(0\.?0*)$/, '$1');
}

function say(part, text) {
  console.log(`${part.padEnd(9)} ${text}`);
}
