/**
 * Proves: whatever a call looks like (transfers, several agents, inbound, inconsistent or incomplete events), removing it
 * leaves every row of every table of sums as the events of all calls make it, also after a rebuild from the log, and with
 * what removed and present calls have in common (a customer, an agent, a quarter hour). What an event of a removed call
 * brings later changes nothing.
 */
import fc from 'fast-check';
import { foldAll, forgetFacts } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { Core } from '../../src/core.js';
import { openCore } from '../../src/main.js';
import { createLogger } from '../../src/platform/index.js';
import { removeCalls } from '../../src/retention/facts.js';
import { arbitraryCalls, type OracleEvent } from '../oracle/index.js';
import { testConfig, withDatabase } from '../support/index.js';
import { entryOf, type StoredTotals, setUpOrganisation, storedTotals } from './fold-database.js';

const database = withDatabase();
const RECEIVED = Date.parse('2026-11-05T00:00Z');
let core: Core;
let surrogates: Map<string, string>;

const history: OracleEvent[] = fc.sample(arbitraryCalls(8), { numRuns: 25, seed: 11 }).flatMap((list, i) =>
  list.flatMap((call) =>
    call.events.map((event) => ({
      ...event,
      legId: `${event.legId}n${i}`,
      parentLegId: event.parentLegId === null ? null : `${event.parentLegId}n${i}`,
    })),
  ),
);

const entries = () => history.map((event, i) => entryOf(event, RECEIVED + i * 1_000));

/** A removed first attempt is not known by its call any more. */
async function totals(): Promise<Omit<StoredTotals, 'firstDials'> & { first: string[] }> {
  const { firstDials, ...sums } = await storedTotals(core.database.pool, surrogates);
  return { ...sums, first: Object.keys(firstDials).sort() };
}

async function expectClean(): Promise<void> {
  const report = await verify(core.database, core.keys, { bodies: false });
  expect([report.differences, report.examples]).toEqual([0, []]);
}

beforeAll(async () => {
  const { dataDir } = database.db;
  const config = testConfig({ dataDir, masterKeyFile: `${dataDir}/master.key`, orgTimeZone: 'Asia/Shanghai' });
  ({ core } = await openCore(config, { database: database.db, log: createLogger({ level: 'silent' }) }));
  surrogates = await setUpOrganisation(core);
  await core.writer.write(entries());
  await foldAll(core.fold, () => {});
});

test('every second call, then the rest', async () => {
  const { pool } = core.database;
  const before = await totals();
  const { rows } = await pool.query<{ key: string; legs: number; direction: string; handled: number }>(
    'SELECT key, jsonb_array_length(legs) AS legs, direction, jsonb_array_length(handled) AS handled FROM call ORDER BY md5(key)',
  );
  expect(rows.length).toBeGreaterThan(60);
  expect(new Set(rows.map(({ direction }) => direction)).size).toBe(3);
  expect(rows.some(({ handled }) => handled > 1)).toBe(true);
  const keys = rows.map(({ key }) => key);
  for (const part of [keys.filter((_, i) => i % 2 === 0), keys]) {
    expect(await removeCalls(pool, RECEIVED * 2, part)).toBeGreaterThan(20);
    expect(await totals()).toEqual(before);
    await expectClean();
    await forgetFacts(core.database);
    await foldAll(core.fold, () => {});
    expect(await totals()).toEqual(before);
    await expectClean();
    expect(new Set(await core.writer.write(entries().slice(0, 300)))).not.toContain('accepted');
    await foldAll(core.fold, () => {});
    expect(await totals()).toEqual(before);
  }
  for (const table of ['call', 'call_leg', 'call_event', 'raw_body', 'call_event_pending']) {
    expect([table, (await pool.query(`SELECT 1 FROM ${table}`)).rowCount]).toEqual([table, 0]);
  }
});
