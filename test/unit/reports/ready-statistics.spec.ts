/**
 * Proves the arithmetic of ready-made reports on figures worked by hand: intervals of rates, what changed (adding up, for any
 * counts), steps and leaks of a funnel, what is usual by hour, the best hour, and the longest silence.
 */
import fc from 'fast-check';
import { bestHour, worstHour } from '../../../src/reports/ready/best-window.js';
import {
  contributionsOfRatio,
  contributionsOfSum,
  largest,
  type RatioPart,
} from '../../../src/reports/ready/contribution.js';
import { funnelSteps, leaksOf, usualCounts } from '../../../src/reports/ready/funnel.js';
import { rateInterval } from '../../../src/reports/ready/interval.js';
import { usualByHour } from '../../../src/reports/ready/norm.js';
import { joined, longestSilence } from '../../../src/reports/ready/silence.js';
import type { ReportRow } from '../../../src/shared/reports.js';

const SEED = 5_2026;

describe('the interval of a rate (Wilson, 90 %)', () => {
  // z = 1.6448536269514722, z² = 2.705543454095404.
  it('of 8 of 10', () => {
    // z²/n = 0.2705543; middle = (0.8 + 0.1352772) ÷ 1.2705543 = 0.7361175;
    // half = z ÷ 1.2705543 × √(0.8 × 0.2 ÷ 10 + 0.2705543 ÷ 40) = 1.2945950 × √(0.016 + 0.0067638586) = 0.1953242.
    const found = rateInterval(8, 10);
    expect(found?.value).toBe(0.8);
    expect(found?.low).toBeCloseTo(0.7361175 - 0.1953242, 6);
    expect(found?.high).toBeCloseTo(0.7361175 + 0.1953242, 6);
    expect(found?.sample).toBe(10);
  });

  it('of none of 10: from 0 to z² ÷ (n + z²)', () => {
    expect(rateInterval(0, 10)?.low).toBe(0);
    expect(rateInterval(0, 10)?.high).toBeCloseTo(2.705543454 / 12.705543454, 9);
  });

  it('of all of 10: from n ÷ (n + z²) to 1', () => {
    expect(rateInterval(10, 10)?.low).toBeCloseTo(10 / 12.705543454, 9);
    // For any number: 6253 of 6253 lie at 100 %, not a rounding below it.
    for (const n of [1, 10, 6_252, 6_253, 12_505]) expect([n, rateInterval(n, n)?.high]).toEqual([n, 1]);
    expect(rateInterval(0, 6_253)?.low).toBe(0);
  });

  it('of nothing there is none; more sales than connects stay a rate above 1 with an interval below', () => {
    expect(rateInterval(0, 0)).toBeNull();
    expect(rateInterval(3, 2)?.value).toBe(1.5);
    expect(rateInterval(3, 2)?.high).toBeCloseTo(1, 12);
  });
});

describe('what changed', () => {
  it('by hand: a better rate here, a smaller weight there', () => {
    // Before: A 10 of 100, B 40 of 100: R₀ = 50/200 = 0.25. Now: A 30 of 150, B 25 of 50: R₁ = 55/200 = 0.275.
    const parts: RatioPart[] = [
      { key: 'A', before: { over: 10, under: 100 }, now: { over: 30, under: 150 } },
      { key: 'B', before: { over: 40, under: 100 }, now: { over: 25, under: 50 } },
    ];
    const found = contributionsOfRatio(parts);
    expect([found?.before, found?.now]).toEqual([0.25, 0.275]);
    // A: 30/200 − 10/200 − 0.2625 × (0.75 − 0.5) = 0.1 − 0.065625 = 0.034375; by rate: 0.625 × (0.2 − 0.1) = 0.0625.
    // B: 25/200 − 40/200 − 0.2625 × (0.25 − 0.5) = −0.075 + 0.065625 = −0.009375; by rate: 0.375 × (0.5 − 0.4) = 0.0375.
    const [a, b] = found?.parts ?? [];
    expect(a?.difference).toBeCloseTo(0.034375, 12);
    expect(a?.byRate).toBeCloseTo(0.0625, 12);
    expect(a?.byWeight).toBeCloseTo(-0.028125, 12);
    expect(b?.difference).toBeCloseTo(-0.009375, 12);
    expect(b?.byRate).toBeCloseTo(0.0375, 12);
    expect(b?.byWeight).toBeCloseTo(-0.046875, 12);
  });

  it('growing a part that is as good as all contributes nothing', () => {
    const found = contributionsOfRatio([
      { key: 'A', before: { over: 25, under: 100 }, now: { over: 75, under: 300 } },
      { key: 'B', before: { over: 25, under: 100 }, now: { over: 25, under: 100 } },
    ]);
    expect(found?.parts.map(({ difference }) => difference)).toEqual([0, 0]);
  });

  const count = fc.integer({ min: 0, max: 5_000 });
  const counts = fc.record({ over: count, under: count });
  const part = fc.record({ now: counts, before: counts });

  it('contributions to a ratio add up to its difference, also of parts that are new, gone, or sell without a connect', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 40 }), (drawn) => {
        const found = contributionsOfRatio(drawn.map((one, index) => ({ key: String(index), ...one })));
        const total = (of: 'now' | 'before', what: 'over' | 'under') =>
          drawn.reduce((sum, one) => sum + one[of][what], 0);
        if (total('now', 'under') === 0 || total('before', 'under') === 0) return expect(found).toBeNull();
        const difference =
          total('now', 'over') / total('now', 'under') - total('before', 'over') / total('before', 'under');
        const parts = found?.parts ?? [];
        const sum = parts.reduce((all, one) => all + one.difference, 0);
        const scale = 1 + Math.abs(difference) + parts.reduce((all, one) => all + Math.abs(one.difference), 0);
        expect(Math.abs(sum - difference)).toBeLessThan(1e-12 * scale);
        for (const one of parts)
          expect(Math.abs(one.byRate + one.byWeight - one.difference)).toBeLessThan(1e-12 * scale);
        // The words of the note: ½ of both shares times the change of the own rate, and the weight against the usual rate.
        const [under1, under0] = [total('now', 'under'), total('before', 'under')];
        const usual = (total('now', 'over') / under1 + total('before', 'over') / under0) / 2;
        for (const [index, { now, before }] of drawn.entries()) {
          if (now.under === 0 || before.under === 0) continue;
          const own = (now.over / now.under + before.over / before.under) / 2;
          const weight = (own - usual) * (now.under / under1 - before.under / under0);
          expect(Math.abs((parts[index]?.byWeight ?? 0) - weight)).toBeLessThan(1e-12 * (scale + own));
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('contributions to a sum add up exactly, with the rest as one', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ now: count, before: count }), { maxLength: 40 }), fc.nat(12), (drawn, most) => {
        const parts = contributionsOfSum(drawn.map((one, index) => ({ key: String(index), ...one })));
        const { shown, rest } = largest(parts, most);
        const difference = drawn.reduce((sum, { now, before }) => sum + now - before, 0);
        expect(shown.reduce((sum, one) => sum + one.difference, rest)).toBe(difference);
        expect(shown.length).toBeLessThanOrEqual(most);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('a funnel', () => {
  const NOW = { dials: 1_000, connects: 300, humans: 240, contacts: 120, sales: 12 };
  const USUAL = { dials: 4_000, connects: 1_600, humans: 1_280, contacts: 640, sales: 64 };

  it('leaks where the rate is below the usual one by more than chance, and costs the sales of the steps after it', () => {
    const steps = funnelSteps(NOW, USUAL);
    // Connects: 0.30 instead of 0.40 of 1,000 dials; after it 0.8 × 0.5 × 0.1: 1,000 × 0.1 × 0.04 = 4 sales.
    expect(steps.map(({ to, rate, usual }) => [to, rate, usual])).toEqual([
      ['connects', 0.3, 0.4],
      ['humans', 0.8, 0.8],
      ['contacts', 0.5, 0.5],
      ['sales', 0.1, 0.1],
    ]);
    expect(steps[0]?.difference).toBeCloseTo(-0.1, 12);
    expect(steps[0]?.cost).toBeCloseTo(4, 12);
    expect(steps.slice(1).map(({ cost }) => cost)).toEqual([0, 0, 0]);
    expect(leaksOf(steps).map(({ to }) => to)).toEqual(['connects']);
    // 1,000 × 0.4 = 400, × 0.8 = 320, × 0.5 = 160, × 0.1 = 16.
    expect(usualCounts(NOW, steps).map((one) => Math.round(one ?? -1))).toEqual([1_000, 400, 320, 160, 16]);
  });

  it('says nothing of few, and of what chance explains', () => {
    const few = funnelSteps({ dials: 29, connects: 2, humans: 2, contacts: 1, sales: 0 }, USUAL);
    expect(few.map(({ difference, cost, leaks }) => [difference, cost, leaks])).toEqual(
      Array(4).fill([null, null, false]),
    );
    // 36 of 100 against 0.40: the interval reaches to 0.44.
    const chance = funnelSteps({ dials: 100, connects: 36, humans: 30, contacts: 20, sales: 2 }, USUAL);
    expect(chance[0]?.leaks).toBe(false);
    expect(leaksOf(funnelSteps(NOW, { dials: 0, connects: 0, humans: 0, contacts: 0, sales: 0 }))).toEqual([]);
  });
});

const row = (keys: string[], dials: number): ReportRow => ({
  keys,
  labels: keys.map((key) => ({ en: key, zh: key })),
  values: { dials },
  compared: null,
});

describe('what is usual by hour', () => {
  it('is the mean of the same weekdays on which anybody dialled', () => {
    // Two Mondays worked (12 and 18 dials from 9 to 10), two without a call; one Tuesday (7).
    const past = [row(['1', '09'], 30), row(['2', '09'], 7), row(['2', '10'], 4)];
    const days = [row(['2026-04-06'], 0), row(['2026-04-13'], 12), row(['2026-04-20'], 18), row(['2026-04-21'], 11)];
    expect([...(usualByHour('dials', ['2026-05-04'], past, days) ?? [])]).toEqual([
      [9, 15],
      [10, 0],
    ]);
    // Monday and Tuesday together: 15 + 7, and 4.
    expect([...(usualByHour('dials', ['2026-05-04', '2026-05-05'], past, days) ?? [])]).toEqual([
      [9, 22],
      [10, 4],
    ]);
    // Nobody ever worked on a Sunday.
    expect(usualByHour('dials', ['2026-05-03'], past, days)).toBeNull();
  });
});

describe('the best hour', () => {
  const hours = (...counts: [number, number][]) =>
    counts.map(([trials, successes], index) => ({ hour: 9 + index, trials, successes }));

  it('is clear when even its low end is above all other hours', () => {
    expect(bestHour(hours([500, 150], [500, 250], [500, 145]))).toMatchObject({
      kind: 'clear',
      hour: 10,
      trials: 500,
      others: 0.295,
    });
  });

  it('is weak when chance explains it, and refused of few', () => {
    expect(bestHour(hours([100, 30], [100, 36], [100, 31]))).toMatchObject({ kind: 'weak', hour: 10 });
    expect(bestHour(hours([60, 20], [60, 30], [60, 10]))).toEqual({ kind: 'few', trials: 180 });
    // 5 of 5 in an hour of its own neither leads nor counts.
    expect(bestHour(hours([500, 150], [500, 155], [5, 5]))).toMatchObject({ kind: 'weak', hour: 10 });
    expect(bestHour(hours([1_000, 300], [20, 15]))).toEqual({ kind: 'hours', trials: 1_020 });
    expect(bestHour([])).toEqual({ kind: 'few', trials: 0 });
  });

  it('takes no hour in which fewer than five successes or failures are to be expected, nor one with more sales than connects', () => {
    // 2.01 % of 2,240: of 240 that is 4.8, so that its 24 count for the others alone.
    expect(bestHour(hours([1_000, 10], [1_000, 11], [240, 24]))).toMatchObject({ kind: 'none' });
    expect(bestHour(hours([1_000, 10], [1_000, 11], [280, 28]))).toMatchObject({ kind: 'clear', hour: 11 });
    expect(bestHour(hours([500, 100], [500, 110], [40, 45]))).not.toMatchObject({ hour: 11 });
  });

  it('hours with more sales than connects are in neither sum, of the best and of the worst', () => {
    // Sales of the day entered at 20:00: without it all nine hours have the same rate, so that there is neither.
    const even = hours(...Array<[number, number]>(9).fill([100, 10]));
    const late = { hour: 20, trials: 60, successes: 200 };
    expect(bestHour([...even, late])).toEqual({ kind: 'none', trials: 900, rate: 0.1 });
    expect(worstHour([...even, late])).toMatchObject({ kind: 'none', trials: 900 });
    const clear = hours([500, 250], [500, 150], [500, 245]);
    for (const found of [bestHour, worstHour]) expect(found([...clear, late])).toEqual(found(clear));
    expect(worstHour([late])).toEqual({ kind: 'few', trials: 0 });
  });

  it('says how much of all falls into it', () => {
    expect(bestHour(hours([500, 150], [250, 125], [250, 73]))).toMatchObject({ hour: 10, share: 0.25 });
  });

  it('the worst hour is the best one of failures', () => {
    const counts = hours([500, 250], [500, 150], [500, 245]);
    const [worst, mirrored] = [
      worstHour(counts),
      bestHour(counts.map((one) => ({ ...one, successes: 500 - one.successes }))),
    ];
    expect(worst).toMatchObject({ kind: 'clear', hour: 10, trials: 500, others: 0.495 });
    if (!('hour' in worst) || !('hour' in mirrored)) throw new Error('Both name an hour');
    expect([worst.value, worst.low, worst.high]).toEqual([1 - mirrored.value, 1 - mirrored.high, 1 - mirrored.low]);
    expect(worst.low < worst.value && worst.value < worst.high && worst.high < 0.495).toBe(true);
  });
});

describe('the longest silence', () => {
  it('counts only while events are expected, and not over a night', () => {
    const days = joined([
      { from: 0, to: 50 },
      { from: 50, to: 100 },
      { from: 1_000, to: 1_100 },
    ]);
    expect(days).toEqual([
      { from: 0, to: 100 },
      { from: 1_000, to: 1_100 },
    ]);
    expect(longestSilence([10, 40, 500, 1_070], days)).toEqual({ from: 1_000, to: 1_070 });
    expect(longestSilence([10, 20, 500, 1_020, 1_060], days)).toEqual({ from: 20, to: 100 });
    expect(longestSilence([], days)).toEqual({ from: 0, to: 100 });
    expect(longestSilence([10], [])).toBeNull();
  });
});
