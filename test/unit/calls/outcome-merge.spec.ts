/**
 * Proves: what was said about an outcome is joined the same whatever the order, repetition and batching, as a brute-force
 * reading says (of each field the highest version, ties by content), also when it went through the database's JSON; a
 * split by shares sums to its amount exactly and gives nobody more than a unit off their exact part.
 */
import fc from 'fast-check';
import {
  dispositionOf,
  joinOutcomes,
  type OutcomeEvent,
  type OutcomeFact,
  type OutcomeState,
  outcomeOf,
  splitByShares,
  translateOutcome,
} from '../../../src/calls/index.js';

const version = fc.nat(3);
const sale = fc.option(
  fc.record({
    amountMinor: fc.nat(3),
    currency: fc.constantFrom(null, 'EUR'),
    shares: fc.constantFrom<{ agentId: number; share: number }[]>([], [{ agentId: 1, share: 2 }]),
  }),
);
const told = fc.record(
  {
    version,
    agentId: fc.integer({ min: 1, max: 3 }),
    call: fc.constantFrom('A', 'B'),
    disposition: fc.constantFrom(null, 'sale', 'refused'),
    sale,
    callbackAt: fc.constantFrom(null, 1_000, 2_000),
    note: fc.boolean(),
    cancelled: fc.boolean(),
  },
  { requiredKeys: ['version'] },
);
const event: fc.Arbitrary<OutcomeEvent> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({
        told,
        at: fc.nat(5),
        given: fc.boolean(),
        customer: fc.constantFrom(null, '7', '8', 'anonymous'),
        agent: fc.constantFrom(null, 'ada'),
        campaign: fc.constantFrom(null, 'x', 'y'),
      })
      .map(
        ({ told: said, at, given, customer, agent, campaign }): OutcomeEvent => ({
          provider: 'tallyboard',
          account: 'me',
          type: 'outcome.set',
          legId: 'me|1',
          parentLegId: null,
          agentParam: agent,
          campaignParam: campaign,
          told: said,
          occurredAt: at,
          occurredAtReceived: !given,
          from: { kind: 'none' },
          to:
            customer === null
              ? { kind: 'none' }
              : customer === 'anonymous'
                ? { kind: 'anonymous' }
                : { kind: 'tel', ref: customer },
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1_000, 2_000).map(
      (closed): OutcomeEvent => ({
        provider: 'tallyboard',
        account: 'me',
        type: 'outcome.callback_closed',
        legId: 'me|1',
        parentLegId: null,
        agentParam: null,
        campaignParam: null,
        told: { version: 0, closed },
        occurredAt: 9,
        occurredAtReceived: false,
        from: { kind: 'none' },
        to: { kind: 'none' },
      }),
    ),
  },
);

const joined = (events: OutcomeEvent[]): OutcomeState => events.map(outcomeOf).reduce(joinOutcomes);
/** As jsonb gives it back: keys in another order. */
const stored = (state: OutcomeState): OutcomeState => {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, field]) => [name, turned(field)]),
          )
        : value;
  return turned(JSON.parse(JSON.stringify(state))) as OutcomeState;
};

test('order, repetition, batching and storage do not matter', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), fc.array(fc.nat()), fc.nat(), (events, picks, cut) => {
      const expected = joined(events);
      const repeated = [...events, ...picks.flatMap((pick) => events[pick % events.length] ?? [])].reverse();
      expect(joined(repeated)).toEqual(expected);
      const at = 1 + (cut % Math.max(1, repeated.length - 1));
      const [head, tail] = [repeated.slice(0, at), repeated.slice(at)];
      if (tail.length > 0) expect(joinOutcomes(stored(joined(tail)), joined(head))).toEqual(expected);
      expect(joinOutcomes(expected, stored(expected))).toEqual(expected);
    }),
    { numRuns: 1_000 },
  );
});

test('of each field the highest version counts', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), (events) => {
      const state = joined(events);
      const set = events.filter(({ type }) => type === 'outcome.set');
      for (const field of ['call', 'disposition', 'sale', 'callbackAt', 'note', 'cancelled'] as const) {
        const saying = set.filter(({ told: said }) => said[field] !== undefined);
        const highest = Math.max(-1, ...saying.map(({ told: said }) => said.version));
        const candidates = saying
          .filter(({ told: said }) => said.version === highest)
          .map(({ told: said }) => said[field]);
        if (candidates.length === 0) expect(state[field]).toBeNull();
        else {
          expect(state[field]?.v).toBe(highest);
          expect(candidates).toContainEqual(state[field]?.value);
        }
      }
      expect(state.version).toBe(Math.max(0, ...set.map(({ told: said }) => said.version)));
    }),
  );
});

test('shares lose and invent no cent', () => {
  const amount = fc.oneof(fc.nat(), fc.integer({ min: 0, max: 1_000_000_000_000 }));
  fc.assert(
    fc.property(
      amount,
      fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 20 }),
      (sum, weights) => {
        const parts = splitByShares(sum, weights);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(sum);
        const total = weights.reduce((a, b) => a + b, 0);
        parts.forEach((part, i) => {
          const exact = (BigInt(sum) * BigInt(weights[i] ?? 0)) / BigInt(total);
          expect([Number(exact), Number(exact) + 1]).toContain(part);
        });
      },
    ),
  );
});

const fact = (over: Partial<OutcomeFact>): OutcomeFact => ({
  id: 'me|1',
  at: 1,
  agentId: 1,
  teamId: 1,
  campaignId: 1,
  timeZone: 'UTC',
  slotStart: 0,
  businessDate: '2026-05-05',
  callKey: 'A',
  customerRef: null,
  origin: 'outbound',
  dispositionId: null,
  flags: [],
  sold: false,
  amountMinor: 0,
  revenue: [],
  callback: null,
  hasNote: false,
  cancelled: false,
  version: 1,
  problems: [],
  ...over,
});

test('the latest disposition of a call counts, by time and then by id; cancelled ones do not', () => {
  const human = fact({ id: 'a', at: 5, dispositionId: 5, flags: ['human'] });
  const contact = fact({ id: 'b', at: 5, dispositionId: 3, flags: ['human', 'contact'] });
  const none = fact({ id: 'c', at: 9, dispositionId: 8, cancelled: true });
  expect(dispositionOf([contact, human, none])).toEqual({ dispositionId: 3, reached: 'contact', sales: 0 });
  expect(dispositionOf([human, { ...none, cancelled: false }])).toEqual({
    dispositionId: 8,
    reached: 'none',
    sales: 0,
  });
  expect(dispositionOf([fact({ sold: true }), human])).toEqual({ dispositionId: 5, reached: 'human', sales: 1 });
  expect(dispositionOf([])).toEqual({ dispositionId: null, reached: null, sales: 0 });
});

describe('what was posted', () => {
  const translate = (body: unknown, receivedAt = 1_000_000_000_000) =>
    translateOutcome(
      { target: '/api/v1/outcomes?source=key-1', body: Buffer.from(JSON.stringify(body)), receivedAt },
      'CN',
    );

  test('without a version or a time has those of its receipt; the same again has the same key whenever it came', () => {
    const one = translate({ externalId: 'x', customer: '138 0013 8000', note: 'call me' });
    const other = translate({ note: 'call me', customer: '138 0013 8000', externalId: 'x' }, 2_000_000_000_000);
    if (!one.ok || !other.ok) throw new Error('Both can be read');
    expect(one.event).toMatchObject({
      legId: 'key-1|x',
      occurredAt: null,
      note: 'call me',
      to: { kind: 'tel', number: '+8613800138000' },
      told: { version: 1_000_000_000_000, note: true },
    });
    expect(JSON.stringify(one.event.told)).not.toContain('call me');
    expect(other.event.dedupKey).toEqual(one.event.dedupKey);
    const corrected = translate({ externalId: 'x', customer: '138 0013 8000', note: 'call me', version: 2 });
    expect(corrected.ok && corrected.event.dedupKey).not.toEqual(one.event.dedupKey);
  });

  test.each([
    [{ customer: '1' }, 'outcome_invalid', 'externalId'],
    [{ externalId: 'x', sale: { amountMinor: 1.5 } }, 'outcome_invalid', 'sale.amountMinor'],
    [{ externalId: 'x', surprise: 1 }, 'outcome_invalid', undefined],
    [{ externalId: 'x', customer: 'nobody' }, 'customer_unreadable', 'customer'],
    [{ externalId: 'x', at: '2040-01-01T00:00:00Z' }, 'timestamp_future', 'at'],
  ])('that cannot be used says why: %j', (body, reason, field) => {
    expect(translate(body)).toEqual({ ok: false, reason, ...(field === undefined ? {} : { field }) });
  });
});
