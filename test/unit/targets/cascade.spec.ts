/** Proves: shares sum to their parent exactly, whoever keeps what; seasons follow what was usual; parts of time fit their period. */
import fc from 'fast-check';
import { weekdayOf } from '../../../src/shared/format/index.js';
import { daysBetween, eachDate, periodOf, periodsIn, plusDays } from '../../../src/targets/calendar/periods.js';
import { shareAmong } from '../../../src/targets/cascade/parts.js';
import { seasonalityOf } from '../../../src/targets/cascade/seasonality.js';
import { shareOut } from '../../../src/targets/cascade/share-out.js';

const weight = fc.oneof(
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.constantFrom(0, 1, 3, 1e-300, 1e300, -1, Number.NaN, Number.POSITIVE_INFINITY),
);
const total = fc.oneof(
  fc.nat(50),
  fc.nat(1_000_000),
  fc.maxSafeNat().map((n) => n % 1_000_000_000_000_000),
);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test('largest remainder, worked by hand', () => {
  // 100 ÷ 3 = 33⅓ each; the one that is left goes to the first of equal remainders.
  expect(shareOut(100, [1, 1, 1]).parts).toEqual([34, 33, 33]);
  // 10 × 1/7, 2/7, 4/7 = 1.43, 2.86, 5.71: 1 + 2 + 5 = 8, two are left for .86 and .71.
  expect(shareOut(10, [1, 2, 4]).parts).toEqual([1, 3, 6]);
  expect(shareOut(5, [0, 0]).parts).toEqual([3, 2]);
  expect(shareOut(7, [0, 2, 0]).parts).toEqual([0, 7, 0]);
});

test('no cent is lost, and nobody is off their quota by a whole one', () => {
  fc.assert(
    fc.property(total, fc.array(weight, { minLength: 1, maxLength: 40 }), (whole, weights) => {
      const { parts, evenly } = shareOut(whole, weights);
      expect(sum(parts)).toBe(whole);
      expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
      const counted = weights.map((one) => (Number.isFinite(one) && one > 0 ? one : 0));
      expect(evenly).toBe(counted.every((one) => one === 0));
      const largest = Math.max(...counted);
      if (evenly || largest > 1e100 || whole > 1e9) return;
      const all = sum(counted.map((one) => one / largest));
      for (const [index, part] of parts.entries()) {
        const quota = (whole * ((counted[index] ?? 0) / largest)) / all;
        expect(Math.abs(part - quota)).toBeLessThan(1 + 1e-6);
      }
    }),
  );
});

test('who is locked keeps theirs, the rest is shared among the others', () => {
  const claim = fc.record({ weight: fc.nat(100), kept: fc.option(fc.nat(1_000)) });
  fc.assert(
    fc.property(fc.nat(20_000), fc.array(claim, { minLength: 1, maxLength: 20 }), (whole, list) => {
      const claims = list.map((one, index) => ({ key: String(index), ...one }));
      const kept = sum(claims.map((one) => one.kept ?? 0));
      const sharing = shareAmong(whole, claims);
      const possible = kept <= whole && (claims.some((one) => one.kept === null) || kept === whole);
      expect(sharing.ok).toBe(possible);
      if (!sharing.ok) return;
      expect(sum(sharing.parts.map(({ value }) => value))).toBe(whole);
      for (const [index, { value }] of sharing.parts.entries()) {
        const own = claims[index]?.kept ?? null;
        if (own !== null) expect(value).toBe(own);
      }
    }),
  );
});

test('days of a year, of months and weeks', () => {
  expect(periodOf('week', '2026-05-03')).toEqual({ from: '2026-04-27', until: '2026-05-04' });
  expect(periodOf('month', '2024-02-29')).toEqual({ from: '2024-02-01', until: '2024-03-01' });
  expect(periodOf('quarter', '2026-12-31')).toEqual({ from: '2026-10-01', until: '2027-01-01' });
  expect(periodsIn('quarter', periodOf('year', '2026-07-01')).map(({ from }) => from)).toEqual([
    '2026-01-01',
    '2026-04-01',
    '2026-07-01',
    '2026-10-01',
  ]);
  // Weeks that begin in May 2026: 4, 11, 18, 25; the last reaches into June.
  expect(periodsIn('week', periodOf('month', '2026-05-20')).map(({ from }) => from)).toEqual([
    '2026-05-04',
    '2026-05-11',
    '2026-05-18',
    '2026-05-25',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom('week', 'month', 'quarter', 'year'), (n, kind) => {
      const date = plusDays('2000-01-01', n);
      const { from, until } = periodOf(kind as 'week', date);
      expect(from <= date && date < until).toBe(true);
      expect(eachDate({ from, until })).toHaveLength(daysBetween(from, until));
      expect(periodOf(kind as 'week', until).from).toBe(until);
    }),
  );
});

test('a weekday twice as busy weighs twice as much, once it is known', () => {
  const until = '2026-03-30';
  // Eight weeks of Mondays with 200 and the other working days with 100.
  const days = eachDate({ from: plusDays(until, -56), until });
  const totals = days
    .filter((date) => weekdayOf(date) < 6)
    .map((date) => ({ date, value: weekdayOf(date) === 1 ? 200 : 100 }));
  const factor = seasonalityOf(totals, until);
  expect(factor('2026-04-06') / factor('2026-04-07')).toBeCloseTo(2, 10);
  // 600 a week over 7 days is 85.7 a day: a Monday is 200 ÷ 85.7 = 2⅓ of that, a Saturday nothing.
  expect(factor('2026-04-06')).toBeCloseTo(7 / 3, 10);
  expect(factor('2026-04-11')).toBe(0);
  expect(seasonalityOf(totals.slice(-10), until)('2026-04-06')).toBe(1);
  expect(seasonalityOf([], until)('2026-04-06')).toBe(1);
});

test('a month of the year counts after a whole year', () => {
  const until = '2026-01-01';
  const totals = eachDate({ from: '2024-12-01', until }).map((date) => ({
    date,
    value: date.slice(5, 7) === '11' ? 300 : 100,
  }));
  const factor = seasonalityOf(totals, until);
  expect(factor('2026-11-10') / factor('2026-03-10')).toBeCloseTo(3, 1);
});
