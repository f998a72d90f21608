/**
 * Proves: what a call adds to the sums keeps the identities of kpi.md for every call there can be, and the worked cases
 * of each definition.
 */
import fc from 'fast-check';
import type { CallFact, CallOutcome } from '../../../src/calls/index.js';
import { contributionOf } from '../../../src/kpi/rollup/contribution.js';
import { arbitraryCalls, ORGANISATION } from '../../oracle/index.js';
import { factsOf, settingsOf } from '../calls/product.js';
import { aFact, anyFact } from './facts.js';

const named = settingsOf(ORGANISATION);

/** Over all rows a call contributes to. */
function total(fact: CallFact): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { measures } of contributionOf(fact)) {
    for (const [name, value] of Object.entries(measures)) sums[name] = (sums[name] ?? 0) + value;
  }
  return sums;
}

/** Own row of the call, zeros left out. */
function own(more: Partial<CallFact>): Record<string, number> {
  const measures: Record<string, number> = contributionOf(aFact(more))[0]?.measures ?? {};
  return Object.fromEntries(Object.entries(measures).filter(([, value]) => value !== 0));
}

function holds(fact: CallFact): void {
  const m = new Proxy(total(fact), { get: (sums, name: string) => sums[name] ?? Number.NaN }) as Record<string, number>;
  const open = fact.direction === 'outbound' && fact.counted && fact.outcome === 'open' ? 1 : 0;
  expect(m.dials).toBe(
    (m.connects ?? 0) +
      (m.no_answer ?? 0) +
      (m.busy ?? 0) +
      (m.invalid ?? 0) +
      (m.canceled ?? 0) +
      (m.failed ?? 0) +
      open,
  );
  expect(m.connects).toBeLessThanOrEqual(m.dials ?? -1);
  expect(m.connects_ended).toBeLessThanOrEqual(m.connects ?? -1);
  expect((m.machine ?? 0) + (m.humans ?? 0)).toBeLessThanOrEqual(m.connects ?? -1);
  expect(m.contacts).toBeLessThanOrEqual(m.humans ?? -1);
  expect((m.machine ?? 0) + (m.effective ?? 0)).toBeLessThanOrEqual(m.connects ?? -1);
  expect(m.effective).toBeLessThanOrEqual(m.connects_ended ?? -1);
  expect((m.inbound_answered ?? 0) + (m.inbound_abandoned ?? 0)).toBeLessThanOrEqual(m.inbound ?? -1);
  expect((m.dials ?? 0) + (m.inbound ?? 0) + (m.internal ?? 0)).toBeLessThanOrEqual(1);
  expect(m.first_dials).toBe(0);
  for (const [name, value] of Object.entries(total(fact))) {
    expect([name, Number.isInteger(value), value >= 0]).toEqual([name, true, true]);
  }
  if (m.connects === 0) expect([m.talk_ms, m.humans, m.machine, m.effective]).toEqual([0, 0, 0, 0]);
  if (m.internal === 1) expect([m.dials, m.inbound, m.handled, m.incomplete]).toEqual([0, 0, 0, 0]);
}

test('the identities hold for every call that events can make', () => {
  fc.assert(
    fc.property(arbitraryCalls(4), (calls) =>
      factsOf(
        calls.flatMap((call) => call.events),
        named,
      ).forEach(holds),
    ),
    { numRuns: 300 },
  );
});

test('the identities hold for facts drawn at random', () => {
  fc.assert(fc.property(anyFact, holds), { numRuns: 1_000 });
});

describe('a disposition overrides detection, needs a connect, and a sale implies both', () => {
  const levels = (more: Partial<CallFact>) => {
    const { humans, contacts, machine } = total(aFact(more));
    return [humans, contacts, machine];
  };
  test.each<[string, Partial<CallFact>, number[]]>([
    ['nobody said anything', {}, [1, 0, 0]],
    ['not a person', { answeredBy: 'human', reached: 'none' }, [0, 0, 0]],
    ['a person, not the right one', { answeredBy: 'machine', reached: 'human' }, [1, 0, 0]],
    ['the right one', { answeredBy: 'unknown', reached: 'contact' }, [1, 1, 0]],
    ['a sale', { answeredBy: 'fax', reached: 'none', sales: 1 }, [1, 1, 0]],
    ['not answered', { outcome: 'busy', talkMs: 0, reached: 'contact', sales: 1 }, [0, 0, 0]],
    ['came in', { direction: 'inbound', reached: 'contact', sales: 1 }, [0, 0, 0]],
  ])('%s', (_name, more, expected) => expect(levels(more)).toEqual(expected));
});

test('every agent with a segment has handled the call once, in the team and on the date of that agent', () => {
  fc.assert(
    fc.property(anyFact, (fact) => {
      const rows = contributionOf(fact).filter((row) => row.measures.handled > 0);
      const expected = fact.direction === 'outbound' && fact.counted ? fact.handled : [];
      expect(rows.map((row) => [row.agentId, row.teamId, row.businessDate, row.measures.handled]).sort()).toEqual(
        expected.map((by) => [by.agent, by.team, by.date, 1]).sort(),
      );
      for (const row of rows) expect([row.slotStart, row.campaignId]).toEqual([fact.slotStart, fact.campaignId]);
    }),
    { numRuns: 500 },
  );
});

test.each<[CallOutcome, string | null]>([
  ['no_answer', 'no_answer'],
  ['busy', 'busy'],
  ['invalid', 'invalid'],
  ['canceled', 'canceled'],
  ['failed', 'failed'],
  ['open', null],
])('an attempt that is %s', (outcome, measure) => {
  expect(own({ outcome, answeredAt: null, talkMs: 0, ringMs: 7_000 })).toEqual({
    dials: 1,
    ring_ms: 7_000,
    ...(measure === null ? {} : { [measure]: 1 }),
  });
});

describe('an answered attempt', () => {
  const base = { dials: 1, connects: 1, connects_ended: 1 };
  test.each<[string, Partial<CallFact>, Record<string, number>]>([
    ['without detection is a person where the campaign assumes so', {}, { ...base, humans: 1, talk_ms: 60_000 }],
    ['without detection is nobody where it does not', { assumeHuman: false }, { ...base, talk_ms: 60_000 }],
    ['human by detection', { answeredBy: 'human', assumeHuman: false }, { ...base, humans: 1, talk_ms: 60_000 }],
    ['unknown by detection is no person', { answeredBy: 'unknown' }, { ...base, talk_ms: 60_000 }],
    ['machine', { answeredBy: 'machine' }, { ...base, machine: 1, talk_ms: 60_000 }],
    ['fax', { answeredBy: 'fax' }, { ...base, machine: 1, talk_ms: 60_000 }],
    ['of just the threshold is effective', { talkMs: 300_000 }, { ...base, humans: 1, effective: 1, talk_ms: 300_000 }],
    ['of a millisecond less is not', { talkMs: 299_999 }, { ...base, humans: 1, talk_ms: 299_999 }],
    [
      'a machine is never effective',
      { answeredBy: 'machine', talkMs: 400_000 },
      { ...base, machine: 1, talk_ms: 400_000 },
    ],
    [
      'unknown may be effective',
      { answeredBy: 'unknown', talkMs: 400_000 },
      { ...base, effective: 1, talk_ms: 400_000 },
    ],
    ['still going on', { endedAt: null, talkMs: 0 }, { dials: 1, connects: 1, humans: 1 }],
    ['closed as stale', { stale: true, talkMs: 0 }, { ...base, humans: 1, stale: 1 }],
    ['stale is never effective', { stale: true, talkMs: 0, effectiveMs: 0 }, { ...base, humans: 1, stale: 1 }],
    [
      'with something unknown',
      { incomplete: ['ring_unknown'] },
      { ...base, humans: 1, talk_ms: 60_000, incomplete: 1 },
    ],
  ])('%s', (_name, more, expected) => expect(own(more)).toEqual(expected));
});

describe('what is not an attempt', () => {
  test.each<[string, Partial<CallFact>, Record<string, number>]>([
    [
      'an internal call is only counted apart',
      { direction: 'internal', incomplete: ['time_received'] },
      { internal: 1 },
    ],
    [
      'an uncounted call shows only as incomplete',
      { counted: false, incomplete: ['customer_leg_missing'] },
      { incomplete: 1 },
    ],
    [
      'inbound, answered',
      { direction: 'inbound', talkMs: 5_000 },
      { inbound: 1, inbound_answered: 1, inbound_talk_ms: 5_000 },
    ],
    [
      'inbound, abandoned',
      { direction: 'inbound', outcome: 'abandoned', talkMs: 0 },
      { inbound: 1, inbound_abandoned: 1 },
    ],
    ['inbound, waiting', { direction: 'inbound', outcome: 'open', talkMs: 0 }, { inbound: 1 }],
    ['inbound, hung up in the menu', { direction: 'inbound', counted: false, outcome: 'abandoned' }, {}],
  ])('%s', (_name, more, expected) => expect(own(more)).toEqual(expected));
});
