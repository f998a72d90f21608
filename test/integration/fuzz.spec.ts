/**
 * Proves: 10,000 hostile callbacks over HTTP to a server in a process of its own, half of
 * them validly signed with mutated fields: never a 5xx, the server lives on, what is not signed leaves nothing in any
 * table but a counted rejection, what is signed is folded or parked, and `verify` finds no difference.
 */
import fc from 'fast-check';
import { type ServerProcess, startProcess, tallyboard } from '../support/children.js';
import { type HostileRequest, signedArb, unsignedArb } from '../support/fuzz.js';
import { eventually, withDatabase } from '../support/index.js';
import { SEED } from '../support/seed.js';
import { type Api, apiOf, childEnvironment, folded } from '../support/server.js';
import { postRaw } from '../support/twilio.js';

const REQUESTS = 10_000;
const TOGETHER = 50;
const NOW = Date.now();
const OPTIONS = { seed: SEED, numRuns: REQUESTS / 2 / TOGETHER, endOnFailure: true };

const test = withDatabase();
let server: ServerProcess;
let api: Api;
let environment: Record<string, string>;

beforeAll(async () => {
  console.info(`Seed of the hostile callbacks: TEST_SEED=${SEED}`);
  const { db } = test;
  environment = childEnvironment(db.dataDir, { DATABASE_URL: db.url });
  server = await startProcess(environment);
  api = apiOf(server.url);
}, 240_000);
afterAll(() => server?.stop());

/** Rows of every table there is. */
async function everyRow(): Promise<Record<string, number>> {
  const { rows: tables } = await test.db.pool.query<{ name: string }>(
    "SELECT format('%I', relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await test.db.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`);
    counts[name] = rows[0]?.n ?? 0;
  }
  return counts;
}

async function postAll(requests: HostileRequest[], allowed: readonly number[]): Promise<number[]> {
  return Promise.all(
    requests.map(async ({ target, body, headers }) => {
      const { status, code } = await postRaw(server.url, target, body, headers);
      if (!allowed.includes(status) || (status !== 204 && code === null)) {
        throw new Error(`${status} ${code}: ${JSON.stringify({ target, headers, body }).slice(0, 3_000)}`);
      }
      return status;
    }),
  );
}

it('half of it not signed: refused with a code, and nothing of it anywhere', async () => {
  const before = await everyRow();
  const arrays = fc.array(unsignedArb(server.url, NOW), { minLength: TOGETHER, maxLength: TOGETHER });
  await fc.assert(
    fc.asyncProperty(arrays, async (requests) => {
      await postAll(requests, [400, 403]);
    }),
    OPTIONS,
  );
  expect(await everyRow()).toEqual(before);
  expect(before.call_event).toBe(0);
  const { accepted, parked, rejected, spooled } = await api.status();
  expect({ accepted, parked, rejected, spooled }).toEqual({
    accepted: 0,
    parked: 0,
    rejected: REQUESTS / 2,
    spooled: 0,
  });
}, 360_000);

it('half of it signed: folded or parked, unless it is beyond the limits of a form', async () => {
  const { rejected: before } = await api.status();
  const statuses: number[] = [];
  const arrays = fc.array(signedArb(server.url, NOW), { minLength: TOGETHER, maxLength: TOGETHER });
  await fc.assert(
    fc.asyncProperty(arrays, async (requests) => {
      statuses.push(...(await postAll(requests, [204, 400])));
    }),
    OPTIONS,
  );
  // On a machine with too much to do the database answers late, and what comes in waits beside it for a while.
  await eventually(async () => (await api.status()).spooled === 0, { withinMs: 60_000, what: 'an empty spool' });
  await folded(test.db, 120_000);
  const { rows } = await test.db.pool.query<{ events: number; parked: number; lost: number }>(
    `SELECT (SELECT count(*)::int FROM call_event) AS events, (SELECT count(*)::int FROM parked_event) AS parked,
       (SELECT count(*)::int FROM call_event e
        WHERE NOT EXISTS (SELECT 1 FROM call_leg l JOIN call c ON c.key = l.call_key WHERE l.leg_id = e.leg_id)
          AND NOT EXISTS (SELECT 1 FROM parked_event k WHERE k.event_id = e.id)) AS lost`,
  );
  const { events = 0, parked = 0, lost } = rows[0] ?? {};
  const refused = statuses.filter((status) => status === 400).length;
  const { accepted, duplicates, rejected } = await statusAfter(before + refused);
  console.info(`${events} events, ${parked} parked, ${duplicates} repeated, ${refused} beyond the limits`);
  expect(lost).toBe(0);
  expect(accepted).toBe(events);
  expect(events + parked + duplicates + refused).toBe(REQUESTS / 2);
  expect(rejected - before).toBe(refused);
  expect(events).toBeGreaterThan(REQUESTS / 8);
  expect(parked).toBeGreaterThan(REQUESTS / 40);
  expect(server.output()).not.toMatch(/FATAL|Unexpected|uncaught/);
}, 480_000);

it('afterwards the server answers and verify is clean', async () => {
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  const { code, stdout } = await tallyboard(['verify', '--json'], environment);
  expect(JSON.parse(stdout)).toMatchObject({ clean: true, differences: 0, counts: { pending: 0 } });
  expect(code).toBe(0);
});

/** The counters are shown at most once a second. */
function statusAfter(rejected: number) {
  return eventually(
    async () => {
      const status = await api.status();
      return status.rejected >= rejected && status;
    },
    { withinMs: 30_000, what: `${rejected} rejections in the status` },
  );
}
