/**
 * Proves who ends up on the attention list: limits of states to the second, nobody for what chance explains, evidence that
 * says why, an order that puts a broken rule first; and the probability behind it against an urn.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AttentionInput, attentionOf } from '../../../src/live/floor/attention.js';
import { atMost } from '../../../src/live/floor/beta-binomial.js';
import type { FloorAgent, TargetNow } from '../../../src/shared/live.js';
import { DEFAULT_STATE_THRESHOLDS } from '../../../src/shared/presence.js';

const NOW = 1_800_000_000_000;
const ago = (seconds: number) => NOW - seconds * 1_000;

function agent(id: number, more: Partial<FloorAgent> = {}): FloorAgent {
  return {
    id,
    name: `Agent ${id}`,
    teamId: 1,
    isNew: false,
    activity: 'offline',
    reason: null,
    since: null,
    call: null,
    values: {},
    attainment: null,
    pace: null,
    targetKpi: null,
    ...more,
  };
}

function listed(agents: FloorAgent[], more: Partial<AttentionInput> = {}) {
  return attentionOf({ now: NOW, thresholds: DEFAULT_STATE_THRESHOLDS, agents, ...more });
}
const rules = (agents: FloorAgent[], more: Partial<AttentionInput> = {}) =>
  listed(agents, more).map(({ agentId, rule }) => `${agentId} ${rule}`);

function target(kpi: string, actual: number, expectedNow: number): TargetNow {
  return {
    targetId: 1,
    kpi,
    period: 'day',
    target: expectedNow * 2,
    actual,
    attainment: actual / (expectedNow * 2),
    expectedShare: 0.5,
    expectedNow,
    pace: actual / expectedNow,
    neededPerHour: null,
    projection: null,
  };
}

describe('time in a state', () => {
  test.each([
    ['available', 300, 'idle'],
    ['idle', 300, 'idle'],
    ['wrap_up', 300, 'long_state'],
    ['paused', 900, 'long_state'],
    ['dialing', 120, 'long_state'],
    ['talking', 3_600, 'long_state'],
  ] as const)('%s is long from %d s on', (activity, seconds, rule) => {
    expect(rules([agent(1, { activity, since: ago(seconds - 1) })])).toEqual([]);
    expect(rules([agent(1, { activity, since: ago(seconds) })])).toEqual([`1 ${rule}`]);
  });

  test('whoever is offline, absent, or has gone without a word is left alone', () => {
    expect(rules([agent(1, { since: ago(9_000) }), agent(2, { activity: 'absent' })])).toEqual([]);
    expect(rules([agent(1, { activity: 'idle', since: ago(7_201) })])).toEqual([]);
    expect(rules([agent(1, { activity: 'available', since: ago(7_201) })])).toEqual(['1 idle']);
  });

  test('it says since when, the limit and the reason', () => {
    const [found] = listed([agent(1, { activity: 'paused', reason: 'lunch', since: ago(1_000) })]);
    expect(found).toMatchObject({
      since: ago(1_000),
      evidence: { state: 'paused', reason: 'lunch', seconds: 900, limit: 900 },
    });
  });
});

describe('behind pace', () => {
  const behind = (actual: number, expected: number) =>
    rules([agent(1)], { targets: new Map([[1, [target('dials', actual, expected)]]]) });

  test('not above the limit, and not where chance explains it', () => {
    expect(behind(32, 40)).toEqual([]);
    expect(behind(1, 2)).toEqual([]); // P(at most 1 | 2) = 3·e⁻² = 0.41
    expect(behind(0, 2)).toEqual([]); // e⁻² = 0.14
    expect(behind(0, 3)).toEqual(['1 behind_pace']); // e⁻³ = 0.05
    expect(behind(20, 40)).toEqual(['1 behind_pace']);
  });

  test('the worst of several targets is the evidence', () => {
    const targets = new Map([[1, [target('dials', 20, 40), target('talk_total_s', 600.5, 6_000)]]]);
    const [found] = listed([agent(1)], { targets });
    expect(found?.evidence).toEqual({ kpi: 'talk_total_s', pace: 600.5 / 6_000, actual: 600.5, expected: 6_000 });
  });

  test('of money and time, the first tenth of the day says nothing', () => {
    const revenue = { ...target('revenue', 0, 6_000), actual: { amountMinor: 0, currency: 'CNY' } };
    const at = (expectedShare: number) =>
      rules([agent(1)], { targets: new Map([[1, [{ ...revenue, expectedShare }]]]) });
    expect(at(0.09)).toEqual([]);
    expect(at(0.1)).toEqual(['1 behind_pace']);
  });

  test('what goes on keeps its beginning', () => {
    const targets = new Map([[1, [target('dials', 20, 40)]]]);
    const first = listed([agent(1)], { targets });
    const [later] = listed([agent(1)], { targets, now: NOW + 60_000, previous: first });
    expect([first[0]?.since, later?.since]).toEqual([NOW, NOW]);
  });
});

describe('conversion', () => {
  const seller = (id: number, sales: number, connects: number) => agent(id, { values: { sales, connects } });
  const peers = Array.from({ length: 20 }, (_, i) => seller(i + 2, 10, 100));

  test('few calls without a sale are bad luck, many are not', () => {
    expect(rules([seller(1, 0, 15), ...peers])).toEqual([]);
    expect(rules([seller(1, 0, 90), ...peers])).toEqual(['1 low_conversion']);
  });

  test('the evidence holds the numbers, an interval around the own rate, and what is usual', () => {
    const [found] = listed([seller(1, 1, 200), ...peers]);
    const { low, high, usual, ...counts } = (found?.evidence ?? {}) as Record<string, number>;
    expect(counts).toEqual({ sales: 1, connects: 200 });
    expect(usual).toBeCloseTo(201 / 2_200, 2);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(low ?? 0);
    expect(high).toBeLessThan(usual ?? 0);
  });

  test('nobody is compared with too few, nor where nobody sells', () => {
    expect(rules([seller(1, 0, 500), seller(2, 50, 500), seller(3, 50, 500)])).toEqual([]);
    expect(rules(Array.from({ length: 9 }, (_, i) => seller(i, 0, 500)))).toEqual([]);
  });

  test('high conversion is never on the list', () => {
    expect(rules([seller(1, 90, 100), ...peers])).toEqual([]);
  });
});

test('a call to a number not to be called comes first, the latest of them, and only for people of the floor', () => {
  const dncCalls = [
    { agentId: 1, call: 'CA1', at: ago(500) },
    { agentId: 1, call: 'CA2', at: ago(100) },
    { agentId: 9, call: 'CA9', at: ago(100) },
  ];
  const found = listed([agent(1), agent(2, { activity: 'paused', since: ago(90_000) })], { dncCalls });
  expect(found.map(({ agentId, rule }) => [agentId, rule])).toEqual([
    [1, 'dnc_called'],
    [2, 'long_state'],
  ]);
  expect(found[0]).toMatchObject({ since: ago(100), evidence: { call: 'CA2' } });
});

test('the order of the rows does not matter', () => {
  const some = Array.from({ length: 12 }, (_, i) =>
    agent(i, { activity: 'paused', since: ago(900 + 100 * i), values: { sales: i, connects: 60 } }),
  );
  const expected = listed(some);
  fc.assert(
    fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (agents) => {
      expect(listed(agents)).toEqual(expected);
    }),
    { seed: 4, numRuns: 30 },
  );
});

describe('beta-binomial', () => {
  /** The same by Pólya's urn: each success makes the next one likelier. */
  function byUrn(successes: number, trials: number, alpha: number, beta: number): number {
    let ways = new Map([[0, 1]]);
    for (let n = 0; n < trials; n++) {
      const next = new Map<number, number>();
      for (const [k, p] of ways) {
        const success = (alpha + k) / (alpha + beta + n);
        next.set(k, (next.get(k) ?? 0) + p * (1 - success));
        next.set(k + 1, (next.get(k + 1) ?? 0) + p * success);
      }
      ways = next;
    }
    let sum = 0;
    for (let k = 0; k <= successes; k++) sum += ways.get(k) ?? 0;
    return sum;
  }

  test.each([
    [0, 10, 2, 18],
    [3, 30, 4, 36],
    [7, 60, 0.9, 12.1],
    [19, 20, 5, 5],
  ])('at most %d of %d', (successes, trials, alpha, beta) => {
    const group = { rate: alpha / (alpha + beta), strength: alpha + beta };
    expect(atMost(successes, trials, group)).toBeCloseTo(byUrn(successes, trials, alpha, beta), 10);
  });
});
