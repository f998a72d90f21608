/**
 * Proves: `verify` finds nothing after any history, finds every kind of damage done behind the product's back, and
 * `rebuild` brings facts and sums back from the log alone, equal to the oracle, and stops nobody who is reading.
 */
import fc from 'fast-check';
import { foldAll, forgetFacts } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { VerifyReport } from '../../src/cli/verify/verify-report.js';
import type { Core } from '../../src/core.js';
import { openCore } from '../../src/main.js';
import { createLogger } from '../../src/platform/index.js';
import { eventsOf } from '../golden/calls/notation.js';
import { arbitraryCalls, type OracleEvent, oracleTotals } from '../oracle/index.js';
import { eventually, testConfig, withDatabase } from '../support/index.js';
import { SEED } from '../support/seed.js';
import { entryOf, forgetCalls, KNOWN_ORGANISATION, setUpOrganisation, storedTotals } from './fold-database.js';

const database = withDatabase();
const RECEIVED = Date.parse('2026-11-05T00:00Z');
let core: Core;
let surrogates: Map<string, string>;

beforeAll(async () => {
  const { dataDir } = database.db;
  const config = testConfig({ dataDir, masterKeyFile: `${dataDir}/master.key`, orgTimeZone: 'Asia/Shanghai' });
  ({ core } = await openCore(config, { database: database.db, log: createLogger({ level: 'silent' }) }));
  surrogates = await setUpOrganisation(core);
});

const log = (events: OracleEvent[]) => core.writer.write(events.map((event, i) => entryOf(event, RECEIVED + i)));
const fold = () => foldAll(core.fold, () => {});
// The bodies of these histories are no callbacks of a provider; those are translated again elsewhere.
const check = (): Promise<VerifyReport> => verify(core.database, core.keys, { bodies: false });

test('nothing differs after any history, half folded or whole', async () => {
  await fc.assert(
    fc
      .asyncProperty(arbitraryCalls(6), async (calls) => {
        const history = calls.flatMap((call) => call.events);
        const half = Math.ceil(history.length / 2);
        await log(history.slice(0, half));
        await fold();
        await log(history.slice(half));
        const between = await check();
        expect(between.examples).toEqual([]);
        const text = (events: OracleEvent[]) => new Set(events.map((event) => JSON.stringify(event)));
        expect(between.counts.pending).toBe(text(history).size - text(history.slice(0, half)).size);
        await fold();
        const report = await check();
        expect([report.differences, report.examples]).toEqual([0, []]);
        expect(report.counts).toMatchObject({
          calls: oracleTotals(history, KNOWN_ORGANISATION).calls.length,
          pending: 0,
        });
      })
      .beforeEach(() => forgetCalls(core.database.pool)),
    { seed: SEED, numRuns: 25 },
  );
});

const CALLS = `
  A - inbound       client:ada tel:101     10:00:00 answered
  B A outbound-dial tel:901    tel:101     10:00:01 initiated
  B A outbound-dial tel:901    tel:101     10:00:11 answered
  C B outbound-dial tel:901    client:chen 10:01:00 answered
  B A outbound-dial tel:901    tel:101     10:04:11 completed duration=240
  D - outbound-api  tel:901    tel:102     10:30:00 initiated
  D - outbound-api  tel:901    tel:102     10:30:09 busy`;
const HISTORY = eventsOf(CALLS, '2026-05-05');

const DAMAGE: [string, string][] = [
  ['call', 'UPDATE call SET talk_ms = talk_ms + 1 WHERE key = $$A$$'],
  ['call', 'UPDATE call SET agent_id = 0 WHERE key = $$A$$'],
  ['call', 'UPDATE call SET business_date = business_date + 1 WHERE key = $$D$$'],
  ['call', `UPDATE call SET handled = '[]' WHERE key = $$A$$`],
  ['call', `UPDATE call SET legs = jsonb_set(legs, '{0,seenAt}', '1') WHERE key = $$D$$`],
  ['call', 'DELETE FROM call WHERE key = $$D$$'],
  ['call', 'DELETE FROM call_leg WHERE leg_id = $$D$$'],
  ['grouping', 'UPDATE call_leg SET call_key = $$D$$ WHERE leg_id = $$C$$'],
  ['rollup_slot', 'UPDATE rollup_slot SET dials = dials + 1 WHERE dials > 0'],
  ['rollup_slot', 'DELETE FROM rollup_slot WHERE handled > 0'],
  ['rollup_slot', 'UPDATE rollup_slot SET slot_start = slot_start + $$15 minutes$$::interval'],
  ['rollup_day', 'UPDATE rollup_day SET first_dials = 0'],
  ['rollup_day', 'DELETE FROM rollup_day'],
  ['customer_day', 'UPDATE customer_day SET connects = connects + 1'],
  ['customer_day', 'DELETE FROM customer_day'],
  ['customer_first_dial', 'DELETE FROM customer_first_dial'],
  ['customer_first_dial', 'UPDATE customer_first_dial SET call_key = $$Z$$'],
];

describe('damage', () => {
  beforeEach(async () => {
    await forgetCalls(core.database.pool);
    await log(HISTORY);
    await fold();
  });

  test.each(DAMAGE)('of kind %s is found and rebuilt: %s', async (kind, sql) => {
    expect((await check()).differences).toBe(0);
    await core.database.pool.query(sql);
    const report = await check();
    expect(report.examples.map((difference) => difference.kind)).toContain(kind);
    await forgetFacts(core.database);
    await fold();
    expect((await check()).examples).toEqual([]);
    const { slots } = await storedTotals(core.database.pool, surrogates);
    expect(slots).toEqual(oracleTotals(HISTORY, KNOWN_ORGANISATION).slotsWithFirst);
  });

  test('an event that is in the log but was never folded is found', async () => {
    await log(eventsOf('E - outbound-api tel:901 tel:103 11:00:00 busy', '2026-05-05'));
    expect((await check()).differences).toBe(0);
    await core.database.pool.query('DELETE FROM call_event_pending');
    expect((await check()).examples).toMatchObject([{ kind: 'call', key: 'E' }]);
  });

  test('an event the fold refused is no difference, before and after a rebuild', async () => {
    const refused = eventsOf('B A outbound-dial tel:901 tel:101 10:00:00 ringing', '2026-05-05');
    await log(refused.map((event) => ({ ...event, occurredAt: Date.UTC(-4_000, 0, 1) })));
    await fold();
    expect(await check()).toMatchObject({ differences: 0, counts: { parked: 1 } });
    await forgetFacts(core.database);
    await fold();
    expect(await check()).toMatchObject({ differences: 0, counts: { parked: 1 } });
  });
});

test('a rebuild beside somebody who reads one table after the other waits for them, and neither is ended', async () => {
  const { pool } = core.database;
  const reader = await pool.connect();
  try {
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await reader.query('SELECT 1 FROM rollup_slot LIMIT 1');
    const forgetting = forgetFacts(core.database);
    await eventually(async () => {
      const { rowCount } = await pool.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'rollup_slot'::regclass AND mode = 'AccessExclusiveLock' AND NOT granted`,
      );
      return rowCount === 1;
    });
    await reader.query('SELECT 1 FROM call LIMIT 1');
    await reader.query('COMMIT');
    await forgetting;
  } finally {
    reader.release();
  }
  await fold();
  expect((await check()).differences).toBe(0);
});
