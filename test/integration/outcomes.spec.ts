/**
 * Proves: what people enter counts exactly where kpi.md says, whatever came first, twice or late; corrections and
 * cancellations change sums by exactly the difference; and every time sums equal facts, facts equal events, also rebuilt.
 */
import type { Affected } from '../../src/organisation/index.js';
import type { OutcomeInput } from '../../src/shared/outcomes.js';
import { withDatabase } from '../support/index.js';
import { ACTOR, at, iso, number, outcomeWorld, proveClean, type World } from './outcomes-world.js';

const database = withDatabase();
let world: World;
beforeAll(async () => {
  world = await outcomeWorld(database.db);
});
beforeEach(() => world.reset());

const DIAL = { dials: 1, humans: 1 };
/** 100.00 sold to customer 1 after the call that began at 02:00. */
const SALE: OutcomeInput = {
  externalId: 's1',
  version: 1,
  at: iso('02:05:00'),
  customer: number(1),
  disposition: 'sale',
  sale: { amountMinor: 10_000 },
};
const call = (name: string, time: string, customer = 1, agent = 'ada', more = {}) =>
  world.call(name, { agent, customer, time, ...more });

describe('a sale', () => {
  const expected = {
    '02:00 Ada/North default': {
      ...DIAL,
      first_dials: 1,
      contacts: 1,
      sales: 1,
      revenue_minor: 10_000,
      first_call_sales: 1,
    },
  };
  const once = (sums: Record<string, Record<string, number>>) =>
    Object.fromEntries(Object.entries(sums).map(([place, { first_dials: _, ...rest }]) => [place, rest]));

  test.each([
    ['after its call', ['call', 'sale']],
    ['before its call', ['sale', 'call']],
    ['twice, in one batch and in two', ['call', 'sale', 'sale', 'sale']],
  ])('%s', async (_, order) => {
    for (const step of order) {
      if (step === 'call') await world.log(call('A', '02:00:00'));
      else await world.say(SALE, SALE);
      if (step === 'call' || order.length === 2) await world.fold();
    }
    await world.fold();
    expect(await world.sums()).toEqual(once(expected));
  });

  test('names its call by any leg, or its customer: the last call within the window, of the agent if they had one', async () => {
    await world.log(call('A', '02:00:00'), call('B', '02:10:00', 1, 'bo'), call('C', '02:20:00', 1, 'cy'));
    await world.say(
      { externalId: 'by-leg', at: iso('02:45:00'), call: 'A-a', sale: { amountMinor: 1 } },
      { externalId: 'by-agent', at: iso('02:45:00'), customer: number(1), agent: 'bo', sale: { amountMinor: 10 } },
      { externalId: 'last', at: iso('02:45:00'), customer: number(1), sale: { amountMinor: 100 } },
      { externalId: 'before-any', at: iso('01:59:59'), customer: number(1), sale: { amountMinor: 1_000 } },
      { externalId: 'nobody', at: iso('02:45:00'), sale: { amountMinor: 10_000 } },
    );
    await world.fold();
    expect(await world.sums()).toEqual({
      '02:00 Ada/North default': { ...DIAL, contacts: 1, first_call_sales: 1 },
      '02:00 Bo/North default': { ...DIAL, contacts: 1 },
      '02:15 Cy/South default': { ...DIAL, contacts: 1 },
      '02:45 Ada/North default': { sales: 1, revenue_minor: 1 },
      '02:45 Bo/North default': { sales: 1, revenue_minor: 10 },
      '02:45 Cy/South default': { sales: 1, revenue_minor: 100 },
      '02:45 Unassigned/Unassigned default': { other_sales: 1, other_revenue_minor: 10_000 },
      '01:45 Unassigned/Unassigned default': { other_sales: 1, other_revenue_minor: 1_000 },
    });
  });

  test('older than the window is of no call; a call that arrives later takes it', async () => {
    await world.log(call('A', '02:00:00'));
    await world.say({ ...SALE, at: new Date(at('02:00:00') + 24 * 3_600_000 + 1).toISOString() });
    await world.fold();
    expect(await world.sums()).toMatchObject({ '02:00 Unassigned/Unassigned default': { other_sales: 1 } });
    await world.log(call('B', '23:00:00', 1, 'bo'));
    await world.fold();
    expect(await world.sums()).toEqual({
      '02:00 Ada/North default': DIAL,
      '23:00 Bo/North default': { ...DIAL, contacts: 1 },
      // A day later, at 02:00 again.
      '02:00 Bo/North default': { sales: 1, revenue_minor: 10_000 },
    });
  });
});

test('corrections and cancellations change sums by exactly the difference, in whatever order they come', async () => {
  const events: OutcomeInput[] = [
    SALE,
    { externalId: 's1', version: 3, sale: { amountMinor: 12_345 } },
    { externalId: 's1', version: 2, sale: { amountMinor: 1 }, disposition: 'refused', note: 'asked for a discount' },
    { externalId: 's1', version: 4, agentId: world.agents.bo },
  ];
  const corrected = {
    '02:00 Ada/North default': { ...DIAL, contacts: 1, first_call_sales: 1 },
    // The closer is another one; the refusal (version 2) counts beside the amount of version 3.
    '02:00 Bo/North default': { sales: 1, revenue_minor: 12_345, dnc: 1 },
  };
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 3, 0, 2],
  ]) {
    await world.reset();
    await world.log(call('A', '02:00:00'));
    for (const i of order) {
      await world.say(events[i] ?? SALE);
      await world.fold();
    }
    expect(await world.sums()).toEqual(corrected);
  }
  await world.say({ externalId: 's1', version: 5, cancelled: true });
  await world.fold();
  // Without an outcome that counts detection decides again: the campaign assumes a person.
  expect(await world.sums()).toEqual({ '02:00 Ada/North default': DIAL });
  await world.say({ externalId: 's1', version: 6, cancelled: false });
  await world.fold();
  expect(await world.sums()).toEqual(corrected);
});

test('revenue is split by shares to the cent, each in the own team; the sale is whole for the closer', async () => {
  await world.log(call('A', '02:00:00'));
  await world.say({
    ...SALE,
    sale: {
      amountMinor: 10_000,
      shares: [
        { agentId: world.agents.ada, share: 1 },
        { agentId: world.agents.bo, share: 1 },
        { agentId: world.agents.cy, share: 1 },
      ],
    },
  });
  await world.fold();
  // 10,000 / 3 = 3,333 each and 1 left, which goes to the first of equal remainders: 3,334 + 3,333 + 3,333.
  expect(await world.sums()).toEqual({
    '02:00 Ada/North default': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 3_334, first_call_sales: 1 },
    '02:00 Bo/North default': { revenue_minor: 3_333 },
    '02:00 Cy/South default': { revenue_minor: 3_333 },
  });
});

test('money belongs to the currency of the campaign; of another one the sale counts and the amount does not', async () => {
  await world.log(call('A', '02:00:00', 1, 'ada', { campaign: 'euro' }), call('B', '03:00:00', 2));
  await world.say(
    { ...SALE, sale: { amountMinor: 10_000, currency: 'EUR' } },
    {
      ...SALE,
      externalId: 's2',
      customer: number(2),
      at: iso('03:05:00'),
      sale: { amountMinor: 777, currency: 'EUR' },
    },
  );
  await world.fold();
  expect(await world.sums()).toEqual({
    '02:00 Ada/North euro': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 10_000, first_call_sales: 1 },
    '03:00 Ada/North default': { ...DIAL, contacts: 1, sales: 1, first_call_sales: 1 },
  });
  const { rows } = await world.core.database.pool.query('SELECT problems FROM outcome WHERE id = $1', ['key-1|s2']);
  expect(rows).toEqual([{ problems: ['currency_differs'] }]);
});

test('sales of calls that came in, of no call, complaints and refusals have measures of their own', async () => {
  await world.log(call('A', '02:00:00', 1, 'ada', { inbound: true }));
  await world.say(
    SALE,
    { externalId: 'c', at: iso('02:10:00'), call: 'A', disposition: 'complaint' },
    { externalId: 'o', at: iso('02:10:00'), agentId: world.agents.bo, disposition: 'sale' },
  );
  await world.fold();
  expect(await world.sums()).toEqual({
    '02:00 Ada/North default': { inbound_sales: 1, inbound_revenue_minor: 10_000, complaints: 1 },
    '02:00 Bo/North default': { other_sales: 1 },
  });
});

test('a disposition overrides detection; the latest counts; without a connect it makes no contact', async () => {
  await world.log(call('A', '02:00:00'), call('B', '02:20:00', 2), call('C', '02:40:00', 3, 'ada', { talk: null }));
  await world.say(
    { externalId: 'a1', at: iso('02:10:00'), call: 'A', disposition: 'interested' },
    { externalId: 'a2', at: iso('02:11:00'), call: 'A', disposition: 'voicemail' },
    { externalId: 'b', at: iso('02:21:00'), call: 'B', disposition: 'not_the_person' },
    { externalId: 'c', at: iso('02:41:00'), call: 'C', disposition: 'interested' },
  );
  await world.fold();
  expect(await world.sums()).toEqual({
    '02:00 Ada/North default': { dials: 1 },
    '02:15 Ada/North default': DIAL,
    '02:30 Ada/North default': { dials: 1 },
  });
  await world.say({ externalId: 'a2', version: 9_999_999_999_999, cancelled: true });
  await world.fold();
  expect(await world.sums()).toMatchObject({ '02:00 Ada/North default': { ...DIAL, contacts: 1 } });
});

test('a sale on the first attempt moves with it when an earlier attempt becomes known', async () => {
  await world.log(call('B', '03:00:00'));
  await world.say({ ...SALE, at: iso('03:05:00') });
  await world.fold();
  expect(await world.sums()).toMatchObject({ '03:00 Ada/North default': { sales: 1, first_call_sales: 1 } });
  await world.log(call('A', '02:00:00', 1, 'bo'));
  await world.fold();
  expect(await world.sums()).toEqual({
    '02:00 Bo/North default': DIAL,
    '03:00 Ada/North default': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 10_000 },
  });
});

test('follows its call when legs turn out to be one call', async () => {
  // The customer's leg is known first and alone: a call of its own until the agent's leg names itself its parent.
  const [agentLeg, , agentEnd, ...customer] = call('A', '02:00:00');
  await world.log(customer.map((event) => ({ ...event, parentLegId: null, direction: 'outbound-api' as const })));
  await world.say({ ...SALE, customer: undefined, call: 'A' } as OutcomeInput);
  await world.fold();
  expect(await world.sums()).toMatchObject({
    '02:00 Unassigned/Unassigned default': { sales: 1, first_call_sales: 1 },
  });
  await world.log(
    customer.map((event) => ({ ...event, occurredAt: event.occurredAt })),
    [agentLeg, agentEnd].flatMap((e) => e ?? []),
  );
  await world.fold();
  expect(await world.sums()).toEqual({
    '02:00 Ada/North default': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 10_000, first_call_sales: 1 },
  });
});

test('goes with the agent when agents are merged and addresses are fixed', async () => {
  const { settings, agents, core } = world;
  await world.log(call('A', '02:00:00', 1, 'bo'));
  await world.say(
    SALE,
    { externalId: 'by-id', at: iso('04:00:00'), agentId: agents.bo, sale: { amountMinor: 10 } },
    { externalId: 'by-name', at: iso('04:00:00'), agent: 'crm-bo', sale: { amountMinor: 100 } },
    { externalId: 'unknown-yet', at: iso('04:00:00'), disposition: 'upsold' },
  );
  await world.fold();
  expect(await world.sums()).toEqual({
    '02:00 Bo/North default': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 10_000, first_call_sales: 1 },
    '04:00 Bo/North default': { other_sales: 1, other_revenue_minor: 10 },
    '04:00 Unassigned/Unassigned default': { other_sales: 1, other_revenue_minor: 100 },
  });
  const change = (affected: Affected[], ...statements: string[]) =>
    settings.run(ACTOR, async (tx) => {
      for (const statement of statements) await tx.query(statement);
      return { audit: [], affected, result: async () => null };
    });
  await change(
    [{ from: null, addresses: [{ scheme: 'crm', value: 'crm-bo' }] }],
    `INSERT INTO agent_address VALUES ('crm', 'crm-bo', ${agents.bo})`,
  );
  await change(
    [{ from: null, dispositions: ['upsold'] }],
    `INSERT INTO disposition (key, name_en, name_zh, flags, required, position)
     VALUES ('upsold', 'Upsold', '加购', '{human,contact,sale}', '{}', 99)`,
  );
  expect(await world.sums()).toEqual({
    '02:00 Bo/North default': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 10_000, first_call_sales: 1 },
    '04:00 Bo/North default': { other_sales: 2, other_revenue_minor: 110 },
    '04:00 Unassigned/Unassigned default': { other_sales: 1 },
  });
  await change(
    [{ from: null, agents: [agents.bo] }],
    `UPDATE agent_address SET agent_id = ${agents.cy} WHERE agent_id = ${agents.bo}`,
    `UPDATE agent SET status = 'merged', merged_into = ${agents.cy} WHERE id = ${agents.bo}`,
  );
  await core.database.pool.query('DELETE FROM resolution_task');
  expect(await world.sums()).toEqual({
    '02:00 Cy/South default': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 10_000, first_call_sales: 1 },
    '04:00 Cy/South default': { other_sales: 2, other_revenue_minor: 110 },
    '04:00 Unassigned/Unassigned default': { other_sales: 1 },
  });
  await change(
    [],
    `UPDATE agent_address SET agent_id = ${agents.bo} WHERE value IN ('bo', 'crm-bo')`,
    `UPDATE agent SET status = 'active', merged_into = NULL WHERE id = ${agents.bo}`,
    `DELETE FROM agent_address WHERE scheme = 'crm'`,
    `DELETE FROM disposition WHERE key = 'upsold'`,
  );
});

test('a team it had at the due time, and an agent a call makes known, too', async () => {
  await world.log(call('A', '02:00:00'));
  await world.say({ ...SALE, agent: 'dora' });
  await world.fold();
  expect(await world.sums()).toMatchObject({ '02:00 Unassigned/Unassigned default': { sales: 1 } });
  await world.log(call('B', '06:00:00', 9, 'dora'));
  await world.fold();
  expect(await world.sums()).toMatchObject({ '02:00 dora/New agents default': { sales: 1, revenue_minor: 10_000 } });
});

test('whatever comes in whatever order, sums are the same and equal facts', async () => {
  const calls = [
    call('A', '02:00:00'),
    call('B', '02:20:00', 1, 'bo'),
    call('C', '03:00:00', 2, 'cy'),
    call('D', '04:50:00', 2, 'ada'),
  ];
  const said: OutcomeInput[] = [
    SALE,
    { externalId: 's1', version: 2, sale: { amountMinor: 5_000 } },
    { externalId: 's2', version: 1, at: iso('02:30:00'), customer: number(1), sale: { amountMinor: 700 } },
    { externalId: 's2', version: 2, cancelled: true },
    { externalId: 's2', version: 3, cancelled: false, disposition: 'complaint' },
    {
      externalId: 'cb',
      version: 1,
      at: iso('03:02:00'),
      call: 'C',
      callbackAt: iso('05:00:00'),
      disposition: 'callback',
    },
  ];
  const [first, ...others] = await Promise.resolve(
    [11, 23, 37].map((seed) => {
      const random = (n: number): number => (n * 7_919 + seed * 104_729) % 1_009;
      const steps = [
        ...calls.flat().map((event) => () => world.log([event])),
        ...said.map((one) => () => world.say(one)),
      ];
      return steps.map((step, i) => ({ step, place: random(i) })).sort((a, b) => a.place - b.place);
    }),
  );
  const run = async (order: typeof first): Promise<Record<string, Record<string, number>>> => {
    await world.reset();
    for (const [i, { step }] of (order ?? []).entries()) {
      await step();
      if (i % 5 === 0) await world.fold();
    }
    await world.fold();
    await world.core.callbacks.run();
    await world.fold();
    return world.sums();
  };
  const expected = {
    '02:00 Ada/North default': { ...DIAL, contacts: 1, sales: 1, revenue_minor: 5_000, first_call_sales: 1 },
    '02:15 Bo/North default': { ...DIAL, contacts: 1 },
    '02:30 Bo/North default': { sales: 1, revenue_minor: 700, complaints: 1 },
    '03:00 Cy/South default': { ...DIAL, contacts: 1 },
    '04:45 Ada/North default': DIAL,
    '05:00 Cy/South default': { callbacks_due: 1, callbacks_kept: 1 },
  };
  for (const order of [first, ...others]) expect(await run(order)).toEqual(expected);
  await proveClean(world.core);
});
