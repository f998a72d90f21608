/**
 * Proves: 100,000 simulated callbacks with duplicates and out of order, posted while the
 * server process is killed ten times with SIGKILL and its PostgreSQL crashes three times: every acknowledged event is in
 * the log exactly once, nothing stays undone, `verify` finds no difference. Measured on two cores: about 150 s.
 */
import { type Database, openDatabase } from '../../src/platform/index.js';
import {
  callsAtRate,
  disturbed,
  floorOf,
  type Postable,
  SHIFT_SECONDS,
  SignedPoster,
  type SimulatedWebhook,
  seeded,
  webhookStream,
} from '../../src/simulator/index.js';
import {
  type Environment,
  endPostgres,
  postmasterPid,
  type ServerProcess,
  startProcess,
  tallyboard,
} from '../support/children.js';
import { freePort } from '../support/free-port.js';
import { eventually, temporaryDirectory } from '../support/index.js';
import { crashPostgres } from '../support/postgres.js';
import { SEED } from '../support/seed.js';
import { apiOf, childEnvironment, folded } from '../support/server.js';
import { TOKEN } from '../support/twilio.js';

const EVENTS = Number(process.env.TEST_CRASH_EVENTS) || 100_000;
const KILLS = 10;
const RESTARTS = 3;

const directory = temporaryDirectory('own');
const dataDir = directory.path;
let server: ServerProcess | undefined;
let database: Database | undefined;

afterAll(async () => {
  await database?.close();
  await server?.stop('SIGKILL');
  await endPostgres(dataDir);
  directory.remove();
});

/** A load like a floor's, told by times of the last hour; a tenth twice, a fifth late and so out of order. */
function* load(): Generator<SimulatedWebhook> {
  const shift = {
    seed: String(SEED),
    label: 'crash',
    agents: floorOf(SEED, 60),
    startsAt: Math.floor(Date.now() / 1000) - 3_600,
    lengthSeconds: SHIFT_SECONDS,
    rolling: true,
    attendance: 1,
  };
  const calls = callsAtRate(shift, 14);
  const webhooks = disturbed(webhookStream(calls, SEED, 'full'), SEED, { duplicates: 0.1, late: 0.2 });
  let count = 0;
  for (const webhook of webhooks) {
    yield webhook;
    if (++count === EVENTS) return;
  }
}

const TYPES: Record<string, string> = {
  initiated: 'leg.initiated',
  ringing: 'leg.ringing',
  'in-progress': 'leg.answered',
};

/** What tells a callback of this load from every other: leg, kind of event, place in the order. */
function nameOf(posted: Postable): string {
  const form = 'form' in posted ? posted.form : [];
  const field = (name: string): string | undefined => form.find(([key]) => key === name)?.[1];
  const status = field('CallStatus');
  const type = status === undefined ? 'leg.analysis' : (TYPES[status] ?? 'leg.ended');
  return `${field('CallSid')}|${type}|${field('SequenceNumber') ?? ''}`;
}

/** Kills the server and crashes its database at seeded moments of the load. */
async function disrupt(environment: Environment, acks: () => number): Promise<void> {
  const random = seeded(SEED, 'crashes');
  const moments = Array.from({ length: KILLS + RESTARTS }, (_, i) => ({
    at: random.between(EVENTS * 0.02, EVENTS * 0.96),
    what: i < KILLS ? ('kill' as const) : ('crash' as const),
  })).sort((a, b) => a.at - b.at);
  for (const { at, what } of moments) {
    await eventually(() => acks() >= at, { withinMs: 240_000, everyMs: 5, what: `${at} acknowledgements` });
    if (what === 'crash') {
      const before = postmasterPid(dataDir);
      await crashPostgres(dataDir);
      await eventually(() => ![null, before].includes(postmasterPid(dataDir)), {
        withinMs: 60_000,
        what: 'a new server',
      });
    } else {
      expect(await server?.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      const { url } = server ?? {};
      server = await startProcess(environment);
      expect(server.url).toBe(url);
    }
  }
}

/** What was acknowledged is in the log exactly once, and nothing else is. */
async function everythingIsLogged(url: string, acked: ReadonlySet<string>): Promise<void> {
  database = await openDatabase({ databaseUrl: null, dataDir, databasePoolMax: 4 });
  await eventually(async () => (await apiOf(url).status()).spooled === 0, { withinMs: 60_000, what: 'an empty spool' });
  await folded(database, 60_000);
  const { rows } = await database.pool.query<{ name: string; times: number }>(
    `SELECT concat_ws('|', leg_id, type, coalesce(fields->>'sequence', '')) AS name, count(*)::int AS times
     FROM call_event WHERE type <> 'call.stale' GROUP BY 1`,
  );
  const logged = new Map(rows.map(({ name, times }) => [name, times]));
  expect([...acked].filter((name) => logged.get(name) !== 1)).toEqual([]);
  expect([...logged.keys()].filter((name) => !acked.has(name))).toEqual([]);
  const { rows: parked } = await database.pool.query('SELECT reason FROM parked_event');
  expect(parked).toEqual([]);
}

it(`${EVENTS} callbacks, ${KILLS} kills, ${RESTARTS} database crashes: nothing acknowledged is lost`, async () => {
  console.info(`Seed of the load and of the crashes: TEST_SEED=${SEED}`);
  const environment = childEnvironment(dataDir, { PORT: String(await freePort()), LOG_LEVEL: 'error' });
  server = await startProcess(environment);
  const { url } = server;

  const acked = new Set<string>();
  let acks = 0;
  const poster = new SignedPoster({ url, token: TOKEN, concurrency: 64, persist: true }, (callback) => {
    acked.add(nameOf(callback));
    acks++;
  });
  const posting = (async () => {
    for (const webhook of load()) await poster.post(webhook);
    await poster.drain();
  })();

  await disrupt(environment, () => acks);
  await posting;
  poster.close();
  console.info(
    `${poster.stats.acked} acknowledged, ${poster.stats.retries} repeated: ${JSON.stringify(poster.stats.statuses)}`,
  );
  expect(poster.stats).toMatchObject({ accepted: EVENTS, acked: EVENTS, failed: 0 });

  await everythingIsLogged(url, acked);
  const { code, stdout } = await tallyboard(['verify', '--json'], environment);
  expect(JSON.parse(stdout)).toMatchObject({ clean: true, differences: 0, counts: { events: acked.size, pending: 0 } });
  expect(code).toBe(0);
}, 600_000);
