/**
 * Proves: outcomes go by age with their calls and leave every sum as it was, whatever comes for them later stays out, and a
 * young outcome keeps its call; notes are nowhere in clear, are read back, and go with the customer they are about; what
 * was entered while a person is erased goes on counting; the self-audit knows what outcomes count.
 */
import { auditSlot } from '../../src/kpi/index.js';
import { inTransaction } from '../../src/platform/index.js';
import { EraseCustomer, ParkedBodies } from '../../src/privacy/index.js';
import { FACTS } from '../../src/retention/facts.js';
import type { OutcomeInput } from '../../src/shared/outcomes.js';
import { withDatabase } from '../support/index.js';
import { ACTOR, at, DAY, iso, number, outcomeWorld, proveClean, storedSums, type World } from './outcomes-world.js';

const database = withDatabase();
const NOTE = 'Ring after six, ask for Wang';
let world: World;
beforeAll(async () => {
  world = await outcomeWorld(database.db);
});
beforeEach(() => world.reset());

const call = (name: string, time: string, customer = 1, agent = 'ada') => world.call(name, { agent, customer, time });
const count = async (sql: string): Promise<number> =>
  (await world.core.database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`)).rows[0]?.n ?? 0;
const YEARS_LATER = Date.parse(`${DAY}T00:00:00Z`) + 1_000 * 86_400_000;

const SAID: OutcomeInput[] = [
  {
    externalId: 's',
    version: 1,
    at: iso('02:05:00'),
    call: 'A',
    sale: { amountMinor: 700 },
    disposition: 'sale',
    note: NOTE,
  },
  {
    externalId: 'cb',
    version: 1,
    at: iso('02:06:00'),
    call: 'A',
    disposition: 'callback',
    callbackAt: iso('05:00:00'),
  },
  { externalId: 'no', version: 1, at: iso('03:05:00'), customer: number(2), disposition: 'refused' },
  { externalId: 'free', version: 1, at: iso('04:00:00'), agentId: 22, sale: { amountMinor: 9 } },
];

/** `customer`: of the first call. */
async function everything(customer = 1): Promise<void> {
  await world.log(
    call('A', '02:00:00', customer),
    call('B', '03:00:00', 2, 'bo'),
    call('K', '05:10:00', customer, 'cy'),
  );
  await world.say(...SAID);
  await world.fold();
  await world.core.callbacks.run();
  await world.fold();
}

describe('by age', () => {
  const remove = async (before: number): Promise<void> => {
    const { pool } = world.core.database;
    const parts = { signals: world.core.signals, now: before };
    // What kept a callback goes once its outcome has gone: on the next run.
    await FACTS.remove(pool, before, parts);
    await FACTS.remove(pool, before, parts);
  };

  test('they go with their calls, and every sum stays', async () => {
    await everything();
    const before = await world.sums();
    expect(before).toMatchObject({ '05:00 Ada/North default': { callbacks_due: 1, callbacks_kept: 1 } });
    await remove(YEARS_LATER);
    expect([
      await count('call'),
      await count('outcome'),
      await count('call_event'),
      await count('outcome_note'),
    ]).toEqual([0, 0, 0, 0]);
    expect(await world.sums()).toEqual(before);
    expect(await count(`do_not_call_change WHERE source = 'outcome'`)).toBe(1);
    expect(await world.say(...SAID, { externalId: 's', version: 9, cancelled: true })).toEqual(
      Array(5).fill('expired'),
    );
    await world.fold();
    expect(await world.sums()).toEqual(before);
  });

  test('a young outcome keeps its call, and so does one with a callback to come', async () => {
    await world.log(call('A', '02:00:00'), call('B', '03:00:00', 2, 'bo'), call('K', '05:10:00', 3, 'cy'));
    await world.say(
      { externalId: 's', version: 1, at: iso('02:05:00'), call: 'A', sale: { amountMinor: 700 } },
      { externalId: 'cb', version: 1, at: iso('03:05:00'), call: 'B', callbackAt: '2099-01-01T00:00:00Z' },
    );
    await world.fold();
    const { rows } = await world.core.database.pool.query<{ last: number }>(
      'SELECT (extract(epoch FROM max(received_at)) * 1000)::float8 + 1 AS last FROM call_event',
    );
    await world.say({ externalId: 's', version: 2, sale: { amountMinor: 800 } });
    await world.fold();
    const before = await world.sums();
    await remove(rows[0]?.last ?? 0);
    const left = await world.core.database.pool.query('SELECT key FROM call ORDER BY key');
    expect([left.rows.map(({ key }) => key), await count('outcome')]).toEqual([['A-a', 'B-a'], 2]);
    expect(await world.sums()).toEqual(before);
  });
});

describe('a note', () => {
  test('is nowhere in clear, is read back in the version that counts, and goes with the customer', async () => {
    await everything(7);
    await world.say({ externalId: 's', version: 2, note: 'Moved away' }, { externalId: 'cb', version: 2, note: NOTE });
    await world.fold();
    const { core } = world;
    const { pool } = core.database;
    expect(await core.notes.read(pool, ['key-1|s', 'key-1|cb', 'key-1|no'])).toEqual(
      new Map([
        ['key-1|s', 'Moved away'],
        ['key-1|cb', NOTE],
      ]),
    );
    for (const table of ['call_event', 'outcome', 'outcome_note', 'call', 'raw_body']) {
      const { rows } = await pool.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
      expect(rows.filter(({ text }) => text.includes('Wang') || text.includes('13800000107'))).toEqual([]);
    }
    const before = await world.sums();
    const parked = new ParkedBodies(core.rawKeys, core.erasures);
    const eraser = new EraseCustomer({
      pool,
      keys: core.keys,
      numbers: core.numbers,
      erasures: core.erasures,
      parked,
      audit: core.auditLog,
      signals: core.signals,
      clock: core.clock,
      country: 'CN',
    });
    await eraser.byNumber(number(7), 'subject_request', ACTOR);
    expect(await core.notes.read(pool, ['key-1|s', 'key-1|cb'])).toEqual(new Map());
    expect(
      await count(`raw_body r JOIN call_event e ON e.id = r.event_id WHERE e.leg_id IN ('key-1|s', 'key-1|cb')`),
    ).toBe(0);
    expect(await world.sums()).toEqual(before);
    // A replay of what named them stays out; what names their call goes on counting.
    expect(
      await world.say({ externalId: 'x', version: 1, at: iso('02:30:00'), customer: number(7), disposition: 'sale' }),
    ).toEqual(['erased']);
    expect(await world.say({ externalId: 's', version: 3, cancelled: true })).toEqual(['accepted']);
    await world.fold();
    const after = await world.sums();
    expect(after['02:00 Ada/North default']?.sales).toBeUndefined();
  });
});

test('the self-audit finds sums of outcomes that were changed behind its back', async () => {
  await everything();
  const slot = at('05:00:00');
  const audited = () => inTransaction(world.core.database.pool, (tx) => auditSlot(tx, slot));
  expect(await audited()).toEqual([]);
  await world.core.database.pool.query('UPDATE rollup_slot SET callbacks_kept = 0');
  expect(await audited()).toHaveLength(1);
});

test.each([
  ['outcome', `UPDATE outcome SET amount_minor = amount_minor + 1 WHERE sold`],
  ['outcome', `UPDATE outcome SET call_key = 'B-a' WHERE id = 'key-1|s'`],
  ['outcome', `UPDATE outcome SET state = jsonb_set(state, '{version}', '7')`],
  ['outcome', `DELETE FROM outcome WHERE id = 'key-1|free'`],
  ['call', `UPDATE call SET sales = 2 WHERE key = 'A-a'`],
  ['call', `UPDATE call SET reached = 'none' WHERE key = 'B-a'`],
  ['rollup_day', `UPDATE rollup_day SET revenue_minor = revenue_minor + 1`],
  ['customer_first_dial', `UPDATE customer_first_dial SET sales = 0`],
])('verify finds damage of kind %s: %s', async (kind, sql) => {
  await everything();
  await proveClean(world.core);
  const sums = await storedSums(world.core);
  await world.core.database.pool.query(sql);
  await expect(proveClean(world.core)).rejects.toThrow(kind);
  await world.rebuild();
  await proveClean(world.core);
  expect(await storedSums(world.core)).toEqual(sums);
});
