/**
 * Proves: through the real log and fold on PostgreSQL, in any order, batching and repetition, every table of sums equals
 * the brute-force oracle; a poisonous event is parked and stops nobody, a passing fault is retried, calls regroup, and
 * two processes that fold at once stay exact.
 */
import fc from 'fast-check';
import { buildCore, type Core } from '../../src/core.js';
import { backlogOf, StaleJob } from '../../src/ingest/index.js';
import { openCore } from '../../src/main.js';
import { createLogger, ManualClock, openDatabase, systemClock } from '../../src/platform/index.js';
import { eventsOf } from '../golden/calls/notation.js';
import {
  arbitraryCalls,
  arbitraryDelivery,
  byDay,
  type OracleEvent,
  type OracleTotals,
  oracleTotals,
} from '../oracle/index.js';
import { eventually, testConfig, withDatabase } from '../support/index.js';
import { SEED } from '../support/seed.js';
import {
  entryOf,
  forgetCalls,
  KNOWN_ORGANISATION,
  type StoredTotals,
  setUpOrganisation,
  storedTotals,
} from './fold-database.js';

const database = withDatabase();
const log = createLogger({ level: 'silent' });
let core: Core;
let surrogates: Map<string, string>;

beforeAll(async () => {
  const { dataDir } = database.db;
  const config = testConfig({ dataDir, masterKeyFile: `${dataDir}/master.key`, orgTimeZone: 'Asia/Shanghai' });
  ({ core } = await openCore(config, { database: database.db, log }));
  surrogates = await setUpOrganisation(core);
});

beforeEach(() => forgetCalls(core.database.pool));

function expectedOf(history: OracleEvent[]): StoredTotals {
  const totals = oracleTotals(history, KNOWN_ORGANISATION);
  const { slotsWithFirst, customerDays, firstDials } = totals;
  return { slots: slotsWithFirst, days: byDay(slotsWithFirst), customerDays, firstDials, distinct: distinctOf(totals) };
}

function distinctOf({ customerDays }: OracleTotals): StoredTotals['distinct'] {
  const dialled = new Map<string, [Set<string>, Set<string>]>();
  for (const [key, { dials, connects }] of Object.entries(customerDays)) {
    const [date = '', , , , customer = ''] = key.split(' | ');
    const sets = dialled.get(date) ?? [new Set(), new Set()];
    if (dials > 0) sets[0].add(customer);
    if (connects > 0) sets[1].add(customer);
    dialled.set(date, sets);
  }
  return Object.fromEntries([...dialled].map(([date, [all, connected]]) => [date, [all.size, connected.size]]));
}

const RECEIVED = Date.parse('2026-11-05T00:00Z');
const write = (events: OracleEvent[], into = core) =>
  into.writer.write(events.map((event, i) => entryOf(event, RECEIVED + i * 60_000)));

async function foldAll(fold = core.fold): Promise<void> {
  for (let pass = await fold.pass(); ; pass = await fold.pass())
    if (pass.kind === 'folded' && pass.events === 0) return;
}

const pending = async () => (await backlogOf(core.database.pool)).pending;
const parked = async () =>
  (await core.database.pool.query<{ reason: string; event_id: string }>('SELECT reason, event_id FROM parked_event'))
    .rows;

test('any order, batching and repetition gives the sums of the oracle in every table', async () => {
  const deliveries = arbitraryCalls(6).chain((calls) =>
    fc.record({
      history: fc.constant(calls.flatMap((call) => call.events)),
      batches: arbitraryDelivery(calls),
      foldBetween: fc.infiniteStream(fc.boolean()),
    }),
  );
  await fc.assert(
    fc
      .asyncProperty(deliveries, async ({ history, batches, foldBetween }) => {
        for (const batch of batches) {
          await write(batch);
          if (foldBetween.next().value === true) await foldAll();
        }
        await foldAll();
        expect(await storedTotals(core.database.pool, surrogates)).toEqual(expectedOf(history));
        expect([await pending(), await parked()]).toEqual([0, []]);
      })
      .beforeEach(() => forgetCalls(core.database.pool)),
    { seed: SEED, numRuns: 60 },
  );
});

const sample = (calls: number, seed: number): OracleEvent[] =>
  fc.sample(arbitraryCalls(calls), { numRuns: calls, seed }).flatMap((list, i) =>
    list.flatMap((call) =>
      call.events.map((event) => ({
        ...event,
        legId: `${event.legId}n${i}`,
        parentLegId: event.parentLegId === null ? null : `${event.parentLegId}n${i}`,
      })),
    ),
  );

test('a large batch is one history like any other', async () => {
  const history = sample(120, 7);
  const stored = await write([...history, ...history.slice(0, 200)]);
  expect(stored.filter((outcome) => outcome === 'accepted').length).toBe(
    new Set(history.map((event) => JSON.stringify(event))).size,
  );
  await foldAll();
  expect(await storedTotals(core.database.pool, surrogates)).toEqual(expectedOf(history));
});

const CHAIN = `
  A - inbound       client:ada tel:101     10:00:00 answered
  B A outbound-dial tel:901    tel:101     10:00:01 initiated
  B A outbound-dial tel:901    tel:101     10:00:11 answered
  C B outbound-dial tel:901    client:chen 10:01:00 answered
  B A outbound-dial tel:901    tel:101     10:04:11 completed duration=240`;

test('a chain of three levels regroups from below: absorbed calls are gone, sums exact at every step', async () => {
  const events = eventsOf(CHAIN, '2026-05-05');
  const byLeg = (leg: string) => events.filter((event) => event.legId === leg);
  const history: OracleEvent[] = [];
  for (const [leg, keys] of [
    ['C', ['B']],
    ['B', ['A']],
    ['A', ['A']],
  ] as const) {
    history.push(...byLeg(leg));
    await write(byLeg(leg));
    await foldAll();
    const calls = await core.database.pool.query<{ key: string }>('SELECT key FROM call ORDER BY key');
    expect(calls.rows.map((row) => row.key)).toEqual(keys);
    expect(await storedTotals(core.database.pool, surrogates)).toEqual(expectedOf(history));
  }
  const legs = await core.database.pool.query<{ leg: string; call: string }>(
    'SELECT leg_id AS leg, call_key AS call FROM call_leg ORDER BY 1',
  );
  expect(legs.rows).toEqual(['A', 'B', 'C'].map((leg) => ({ leg, call: 'A' })));
});

test('two calls become one when a leg names both as parents', async () => {
  const one = eventsOf('B A outbound-dial tel:901 tel:101 10:00:01 busy', '2026-05-05');
  const other = eventsOf('C D outbound-dial tel:901 tel:102 10:00:05 busy', '2026-05-05');
  const link = eventsOf('B D outbound-dial tel:901 tel:101 10:00:01 ringing', '2026-05-05');
  for (const events of [one, other, link]) {
    await write(events);
    await foldAll();
  }
  const calls = await core.database.pool.query<{ key: string }>('SELECT key FROM call ORDER BY key');
  expect(calls.rows).toEqual([{ key: 'A' }]);
  expect(await storedTotals(core.database.pool, surrogates)).toEqual(expectedOf([...one, ...other, ...link]));
});

describe('an event that cannot be folded', () => {
  // Four thousand years before our era: the log can keep the instant, a business date of it cannot be written.
  const poison = eventsOf('X Y outbound-dial tel:901 tel:101 10:00:00 busy', '2026-05-05').map((event) => ({
    ...event,
    occurredAt: Date.UTC(-4_000, 0, 1),
  }));

  test('is parked with its reason, and the others are folded', async () => {
    const history = sample(20, 11);
    const middle = Math.floor(history.length / 2);
    await write([...history.slice(0, middle), ...poison, ...history.slice(middle)]);
    await foldAll();
    expect(await parked()).toEqual([{ reason: 'fold_failed', event_id: expect.any(String) }]);
    expect(await pending()).toBe(0);
    expect(await storedTotals(core.database.pool, surrogates)).toEqual(expectedOf(history));
  });

  test('stays listed when a replay fails again, and the log has it once', async () => {
    await write(poison);
    await foldAll();
    expect(await core.parked.replayAll()).toEqual({ replayed: 1, stillParked: 0 });
    await foldAll();
    const { parked: listed } = await core.parked.list(10, null);
    expect(listed.map(({ reason, preview }) => [reason, Object.keys(preview).length > 0])).toEqual([
      ['fold_failed', true],
    ]);
    expect([await core.parked.count(), await pending(), (await parked()).length]).toEqual([1, 0, 1]);
  });
});

test('a call nobody ended is closed as stale after 4 h 05, once; its real end corrects it', async () => {
  const { pool } = core.database;
  const open = eventsOf(CHAIN, '2026-05-05').filter((event) => event.type !== 'leg.ended');
  const end = eventsOf(CHAIN, '2026-05-05').filter((event) => event.type === 'leg.ended');
  await write(open);
  await foldAll();
  // The customer leg began at 10:00:01.
  const clock = new ManualClock(Date.parse('2026-05-05T14:05:01Z'));
  const job = new StaleJob(pool, clock, () => {}, log);
  expect(await job.run()).toBe(0);
  clock.advance(1);
  expect([await job.run(), await job.run()]).toEqual([1, 0]);
  await foldAll();
  expect(await job.run()).toBe(0);
  const mark = eventsOf('A - - - - 14:05:01 stale', '2026-05-05').map((event) => ({ ...event, parentLegId: null }));
  expect(await storedTotals(pool, surrogates)).toEqual(expectedOf([...open, ...mark]));
  expect(oracleTotals([...open, ...mark], KNOWN_ORGANISATION).calls).toMatchObject([{ stale: true, talkMs: 0 }]);
  await write(end);
  await foldAll();
  expect(await storedTotals(pool, surrogates)).toEqual(expectedOf([...open, ...mark, ...end]));
});

test('a fault that passes is tried again: the connection is cut in the middle of a fold', async () => {
  const { pool } = core.database;
  const history = sample(10, 13);
  const blocker = await pool.connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE rollup_slot IN ACCESS EXCLUSIVE MODE');
    await write(history);
    const { config, keys } = core;
    const { fold } = buildCore({ config, database: core.database, keys, clock: systemClock, log });
    fold.wake();
    const cut = await eventually(async () => {
      const { rowCount } = await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%rollup_slot%' AND pid <> pg_backend_pid()`,
      );
      return rowCount === 1;
    });
    expect(cut).toBe(true);
    await blocker.query('COMMIT');
    await eventually(async () => (await pending()) === 0);
    await fold.stop();
  } finally {
    blocker.release();
  }
  expect(await parked()).toEqual([]);
  expect(await storedTotals(pool, surrogates)).toEqual(expectedOf(history));
});

test('a commit whose answer is lost counts once, and is made known', async () => {
  const { config, keys } = core;
  const { pool } = core.database;
  const history = sample(5, 19);
  await write(history);
  const name = new URL(database.db.url).pathname.slice(1);
  // A commit that waits for a standby that does not exist is durable here, but never answered. Only new connections wait.
  await pool.query(`ALTER DATABASE ${name} SET synchronous_commit = on`);
  const other = await openDatabase({ ...config, databaseUrl: database.db.url });
  try {
    const { fold } = buildCore({ config, database: other, keys, clock: systemClock, log });
    let recovered = 0;
    fold.onRecovered(() => recovered++);
    await pool.query(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`);
    await pool.query('SELECT pg_reload_conf()');
    fold.wake();
    await eventually(async () => {
      const { rowCount } = await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'SyncRep'`,
      );
      return rowCount === 1;
    });
    await pool.query('ALTER SYSTEM RESET synchronous_standby_names');
    await pool.query('SELECT pg_reload_conf()');
    await eventually(() => recovered === 1);
    await fold.stop();
  } finally {
    await pool.query('ALTER SYSTEM RESET synchronous_standby_names');
    await pool.query('SELECT pg_reload_conf()');
    await pool.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
    await other.close();
  }
  expect([await pending(), await parked()]).toEqual([0, []]);
  expect(await storedTotals(pool, surrogates)).toEqual(expectedOf(history));
});

test('two processes that fold at once, while both write, stay exact', async () => {
  const { config, keys } = core;
  const other = await openDatabase({ ...config, databaseUrl: database.db.url });
  try {
    const second = buildCore({ config, database: other, keys, clock: systemClock, log });
    const first = buildCore({ config, database: core.database, keys, clock: systemClock, log });
    const history = sample(150, 17);
    first.fold.start();
    second.fold.start();
    const send = async (into: Core, events: OracleEvent[]): Promise<void> => {
      for (let at = 0; at < events.length; at += 40) {
        await write(events.slice(at, at + 40), into);
        into.fold.wake();
      }
    };
    // Both get everything, in opposite orders: half of each are duplicates.
    await Promise.all([send(first, history), send(second, [...history].reverse())]);
    await eventually(async () => (await pending()) === 0, { withinMs: 30_000 });
    await Promise.all([first.fold.stop(), second.fold.stop()]);
    expect(await parked()).toEqual([]);
    expect(await storedTotals(core.database.pool, surrogates)).toEqual(expectedOf(history));
  } finally {
    await other.close();
  }
});
