/**
 * Proves the statistics of fair comparison against methods of this file's own: the beta distribution against numeric
 * integration, the estimate of a rate against the posterior integrated on a grid, intervals by how often they hold over
 * simulated groups, places against a count of who is better; and that neither the order of the list nor people without
 * calls change a digit.
 */
import * as fc from 'fast-check';
import {
  betaCdf,
  betaQuantile,
  type Counts,
  estimateRate,
  fitPeerGroup,
  medianOf,
  probabilityBelow,
  ranksOf,
} from '../../../src/comparison/statistics/index.js';

/** Midpoint sums after the substitution x = sin²t, which takes the poles at both ends away for a, b ≥ ½. */
function integrateBeta(a: number, b: number, upTo: number): number {
  const steps = 6_000;
  const part = (end: number): number => {
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const t = ((i + 0.5) / steps) * end;
      sum += Math.sin(t) ** (2 * a - 1) * Math.cos(t) ** (2 * b - 1);
    }
    return (sum * end) / steps;
  };
  return part(Math.asin(Math.sqrt(upTo))) / part(Math.PI / 2);
}

/** mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const counts = fc
  .tuple(fc.nat({ max: 400 }), fc.nat({ max: 400 }))
  .map(([a, b]): Counts => ({ successes: Math.min(a, b), trials: Math.max(a, b) }));
const groups = fc
  .array(counts, { minLength: 1, maxLength: 30 })
  .filter((list) => list.some(({ trials }) => trials > 0));

describe('the beta distribution', () => {
  test.each([
    [0.5, 0.5],
    [1, 1],
    [2, 5],
    [7.3, 41],
    [120, 1_300],
  ])('Beta(%p, %p) equals its integral', (a, b) => {
    for (const x of [0.01, 0.08, 0.25, 0.5, 0.9]) expect(betaCdf(x, a, b)).toBeCloseTo(integrateBeta(a, b, x), 6);
  });

  it('quantiles and probabilities undo each other', () => {
    const parameter = fc.double({ min: 0.3, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(parameter, parameter, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, p) => {
        const x = betaQuantile(p, a, b);
        expect(betaCdf(x, a, b)).toBeCloseTo(p, 8);
      }),
      { seed: 20_261_122 },
    );
  });

  it('mirrors: P(X ≤ x) of (a, b) is 1 − P(X ≤ 1 − x) of (b, a)', () => {
    for (const x of [0.03, 0.4, 0.81]) expect(betaCdf(x, 6, 90)).toBeCloseTo(1 - betaCdf(1 - x, 90, 6), 12);
  });
});

describe('the estimate of a rate', () => {
  const group = { rate: 0.1, strength: 40, people: 12, trials: 600 };

  it('is the mean of the posterior, with the bounds that leave 5 % on each side', () => {
    // Beta(4, 36) before; 3 of 20 give Beta(7, 53). Its mean is 7 ÷ 60.
    const estimate = estimateRate(group, { successes: 3, trials: 20 });
    expect(estimate.value).toBeCloseTo(7 / 60, 12);
    expect(integrateBeta(7, 53, estimate.low)).toBeCloseTo(0.05, 5);
    expect(integrateBeta(7, 53, estimate.high)).toBeCloseTo(0.95, 5);
    expect(estimate.ownWeight).toBeCloseTo(20 / 60, 12);
    expect(probabilityBelow(0.1, group, { successes: 3, trials: 20 })).toBeCloseTo(integrateBeta(7, 53, 0.1), 5);
  });

  it('a lucky 3 of 3 stays behind a proven 60 of 300', () => {
    const lucky = estimateRate(group, { successes: 3, trials: 3 });
    const proven = estimateRate(group, { successes: 60, trials: 300 });
    expect(lucky.value).toBeCloseTo(7 / 43, 12);
    expect(lucky.value).toBeLessThan(proven.value);
  });

  it('lies between the person and the group, nearer to the person with more calls', () => {
    fc.assert(
      fc.property(groups, counts, (everybody, own) => {
        fc.pre(own.trials > 0);
        const fitted = fitPeerGroup(everybody);
        if (fitted === null) throw new Error('A group with trials was not fitted');
        const raw = own.successes / own.trials;
        const { value, low, high } = estimateRate(fitted, own);
        const slack = 1e-12;
        expect(value).toBeGreaterThanOrEqual(Math.min(raw, fitted.rate) - slack);
        expect(value).toBeLessThanOrEqual(Math.max(raw, fitted.rate) + slack);
        expect(low).toBeLessThan(high);
        const tenfold = estimateRate(fitted, { successes: own.successes * 10, trials: own.trials * 10 });
        expect(Math.abs(tenfold.value - raw)).toBeLessThanOrEqual(Math.abs(value - raw) + slack);
      }),
      { seed: 20_261_123 },
    );
  });

  it('more successes than calls count as calls; nobody with a sale leaves a rate to work with', () => {
    expect(estimateRate(group, { successes: 3, trials: 1 })).toEqual(estimateRate(group, { successes: 3, trials: 3 }));
    const none = fitPeerGroup([
      { successes: 0, trials: 50 },
      { successes: 0, trials: 10 },
    ]);
    expect(none?.rate).toBeCloseTo(0.5 / 61, 12);
    expect(fitPeerGroup([{ successes: 0, trials: 0 }])).toBeNull();
  });
});

describe('the peer group', () => {
  it('is not changed by one digit through the order of people or by people without calls', () => {
    fc.assert(
      fc.property(groups, fc.nat({ max: 20 }), fc.integer(), (everybody, idle, seed) => {
        const random = randomOf(seed);
        const shuffled = everybody
          .concat(Array.from({ length: idle }, () => ({ successes: 0, trials: 0 })))
          .map((one) => ({ one, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(fitPeerGroup(shuffled)).toEqual(fitPeerGroup(everybody));
      }),
      { seed: 20_261_124 },
    );
  });

  it('the strength is where likelihood × strength^(−½) is highest', () => {
    const people: Counts[] = [
      [3, 40],
      [9, 55],
      [1, 38],
      [12, 60],
      [5, 47],
    ].map(([successes = 0, trials = 0]) => ({ successes, trials }));
    const fitted = fitPeerGroup(people);
    if (fitted === null) throw new Error('A group with trials was not fitted');
    // Products of (α + j), written out: no gamma function.
    const rising = (from: number, steps: number): number =>
      Array.from({ length: steps }, (_, j) => Math.log(from + j)).reduce((sum, term) => sum + term, 0);
    const objective = (rate: number, strength: number): number =>
      people.reduce(
        (sum, { successes, trials }) =>
          sum +
          rising(rate * strength, successes) +
          rising((1 - rate) * strength, trials - successes) -
          rising(strength, trials),
        -Math.log(strength) / 2,
      );
    const rateAt = (strength: number): number => {
      const weight = (trials: number): number => trials / (1 + (trials - 1) / (strength + 1));
      const sum = people.reduce((total, { trials }) => total + weight(trials), 0);
      return people.reduce((total, { successes, trials }) => total + weight(trials) * (successes / trials), 0) / sum;
    };
    let best = 2;
    for (let strength = 2; strength < 2_000; strength *= 1.004) {
      if (objective(rateAt(strength), strength) > objective(rateAt(best), best)) best = strength;
    }
    expect(fitted.strength / best).toBeCloseTo(1, 2);
    expect(fitted.rate).toBeCloseTo(rateAt(best), 5);
  });

  it('its intervals hold about nine times out of ten, in small groups and large ones', () => {
    const random = randomOf(4_711);
    const hits = { inside: 0, all: 0 };
    for (let run = 0; run < 60; run++) {
      const size = 5 + Math.floor(random() * 40);
      const people = Array.from({ length: size }, () => {
        const rate = betaQuantile(random(), 4, 46);
        const trials = 1 + Math.floor(random() * 150);
        const successes = Array.from({ length: trials }, () => random() < rate).filter(Boolean).length;
        return { rate, successes, trials };
      });
      const fitted = fitPeerGroup(people);
      if (fitted === null) throw new Error('A group with trials was not fitted');
      for (const person of people) {
        const { low, high } = estimateRate(fitted, person);
        hits.all += 1;
        if (person.rate >= low && person.rate <= high) hits.inside += 1;
      }
    }
    expect(hits.inside / hits.all).toBeGreaterThan(0.85);
    expect(hits.inside / hits.all).toBeLessThan(0.93);
  });
});

describe('places', () => {
  it('are shared by equals: 1, 2, 2, 4', () => {
    expect(ranksOf([10, 7, null, 7, 3], 'up')).toEqual([1, 2, null, 2, 4]);
    expect(ranksOf([10, 7, 7, 3], 'down')).toEqual([4, 2, 2, 1]);
  });

  it('are one more than how many are better, whatever the unit', () => {
    const scores = fc.array(fc.option(fc.integer({ min: -50, max: 50 })), { maxLength: 40 });
    fc.assert(
      fc.property(scores, fc.constantFrom('up', 'down'), fc.integer({ min: 1, max: 9 }), (list, direction, scale) => {
        const better = (a: number, b: number): boolean => (direction === 'up' ? a > b : a < b);
        const expected = list.map((score) =>
          score === null ? null : 1 + list.filter((other) => other !== null && better(other, score)).length,
        );
        expect(ranksOf(list, direction)).toEqual(expected);
        const scaled = list.map((score) => (score === null ? null : score * scale));
        expect(ranksOf(scaled, direction)).toEqual(expected);
      }),
      { seed: 20_261_125 },
    );
  });

  it('the median is the middle', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(medianOf([])).toBeNull();
  });
});
