/**
 * Proves that an erasure holds while others write: events that wait for the fold lose their names too, and with two
 * processes logging calls of the erased number all the while, no sealed body, opened with the keys, names it afterwards
 * unless it is of a call begun later.
 */
import { foldAll } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { Core } from '../../src/core.js';
import { dayOf, type Entry, numbersMentioned, type Stored, unpackRaw } from '../../src/ingest/index.js';
import { openCore } from '../../src/main.js';
import { ManualClock, silentLogger } from '../../src/platform/index.js';
import { EraseAgent, EraseCustomer, ParkedBodies, watchErasures } from '../../src/privacy/index.js';
import { translators } from '../../src/telephony/index.js';
import { eventually, testConfig, withDatabase } from '../support/index.js';
import { callback, encoded, type LegEvent, softphoneCall } from '../support/twilio.js';
import { placesOf } from './plaintext.js';

const NOW = Date.parse('2026-11-18T02:30:00Z');
const NUMBER = '+8613800001111';
const ACTOR = { kind: 'system', id: null, address: null } as const;
const database = withDatabase();
const clock = new ManualClock(NOW);
let core: Core;
let other: Core;

beforeAll(async () => {
  const { dataDir } = database.db;
  const config = testConfig({ dataDir, masterKeyFile: `${dataDir}/master.key` });
  const options = { database: database.db, log: silentLogger, clock };
  ({ core } = await openCore(config, options));
  ({ core: other } = await openCore(config, { ...options, applySettings: false }));
});

function entryOf(event: LegEvent): Entry {
  const body = Buffer.from(encoded(callback(event)));
  const raw = { provider: 'twilio', kind: 'voice', target: '/webhooks/twilio/voice', body, receivedAt: clock.now() };
  return { raw, translation: translators.translate(raw, 'CN') };
}

const call = (name: string, agent: string, at: number) => softphoneCall(name, agent, at, 10).map(entryOf);
const fold = () => foldAll(core.fold, () => {});

function parts() {
  const { keys, numbers, erasures, auditLog: audit, signals } = core;
  const parked = new ParkedBodies(core.rawKeys, erasures);
  return { pool: core.database.pool, keys, numbers, erasures, parked, audit, signals, clock, country: 'CN' };
}

async function expectClean(): Promise<void> {
  const report = await verify(core.database, core.keys, { bodies: true });
  expect([report.differences, report.examples]).toEqual([0, []]);
}

/** How many bodies, opened, name the number. */
async function bodiesNaming(number: string): Promise<number> {
  const { rows } = await core.database.pool.query<{ received: number; body: Buffer }>(
    `SELECT (extract(epoch FROM received_at) * 1000)::float8 AS received, body FROM raw_body
     UNION ALL SELECT (extract(epoch FROM received_at) * 1000)::float8, body FROM parked_event WHERE body <> ''`,
  );
  let naming = 0;
  for (const { received, body } of rows) {
    const key = await core.rawKeys.forReading(dayOf(received));
    if (key !== null && numbersMentioned(unpackRaw(key.decrypt(body)), 'CN').has(number)) naming++;
  }
  return naming;
}

test('events that wait for the fold lose the name of an erased agent too', async () => {
  await core.writer.write(call('one', 'ann', NOW));
  await fold();
  const { rows } = await core.database.pool.query<{ id: number }>(`SELECT id FROM agent WHERE name = 'ann'`);
  const id = rows[0]?.id ?? 0;
  await core.writer.write(call('two', 'ann', NOW));
  clock.advance(60_000);
  await new EraseAgent(parts(), () => {}).erase(id, 'subject_request', ACTOR);
  expect(await placesOf(core.database.pool, 'ann', { whole: true })).toEqual([]);
  await fold();
  const owners = await core.database.pool.query<{ agent: number }>('SELECT DISTINCT agent_id AS agent FROM call');
  expect(owners.rows).toEqual([{ agent: id }]);
  await expectClean();
});

test('no body names an erased number, however much is logged meanwhile', async () => {
  const outcomes: Stored[] = [];
  let stop = false;
  /** Calls of before the erasure, one after another, until told to stop. */
  const writing = async (writer: Core, name: string): Promise<void> => {
    for (let i = 0; !stop || i < 5; i++) outcomes.push(...(await writer.writer.write(call(`${name}${i}`, 'bob', NOW))));
  };
  const writers = [writing(core, 'x'), writing(other, 'y')];
  const known = await core.numbers.known(core.database.pool, [NUMBER]);
  const result = await new EraseCustomer(parts()).byId(known.get(NUMBER) ?? '', 'subject_request', ACTOR);
  stop = true;
  await Promise.all(writers);
  expect(result.bodies).toBeGreaterThan(0);
  expect(new Set(outcomes)).toContain('erased');
  expect(await bodiesNaming(NUMBER)).toBe(0);
  expect((await core.numbers.known(core.database.pool, [NUMBER])).size).toBe(0);
  await fold();
  await expectClean();

  clock.advance(60_000);
  expect(new Set(await other.writer.write(call('later', 'bob', clock.now())))).toEqual(new Set(['accepted']));
  await fold();
  expect(await bodiesNaming(NUMBER)).toBeGreaterThan(0);
  expect((await core.numbers.known(core.database.pool, [NUMBER])).get(NUMBER)).not.toBe(result.id);
  await expectClean();
});

test('a process that does nothing hears of it by signal', async () => {
  const stop = watchErasures({ ...other, pool: other.database.pool });
  other.signals.start();
  await eventually(async () => other.erasures.version === core.erasures.version, { what: 'the first look' });
  // One signal suffices; the look every five seconds would be too late for this.
  await eventually(
    async () => {
      const before = other.erasures.version;
      await new EraseCustomer(parts()).byNumber('+8613800007777', 'subject_request', ACTOR);
      return eventually(async () => other.erasures.version > before, { withinMs: 2_000, what: 'the signal' }).then(
        () => true,
      );
    },
    { what: 'an erasure heard of' },
  );
  expect(other.erasures.ofNumber('+8613800007777').length).toBeGreaterThan(0);
  stop();
  await other.signals.stop();
});
