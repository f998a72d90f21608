/** Proves that best hours say nothing about few calls, and call an hour best only when chance is no explanation. */
import { describe, expect, test } from '@jest/globals';
import { bestHours, rateOf } from '../../../src/me/best-hours.js';

const hour = (
  hour: number,
  dials: number,
  connects: number,
  sales: number,
  others = { dials: 0, connects: 0, sales: 0 },
) => ({
  hour,
  own: { dials, connects, sales },
  others,
});

describe('rateOf', () => {
  test('Wilson, worked out by hand: 60 of 200', () => {
    // z = 1.96: middle (0.3 + 3.8415/400) ÷ (1 + 3.8415/200) = 0.30377, half 1.96 ÷ 1.01921 × √(0.21/200 + 3.8415/160000) = 0.06302.
    const rate = rateOf(60, 200);
    expect(rate?.value).toBe(0.3);
    expect(rate?.low).toBeCloseTo(0.2408, 3);
    expect(rate?.high).toBeCloseTo(0.3668, 3);
  });
  test.each([
    [1, 29],
    [0, 0],
    [31, 30],
  ])('%d of %d is no rate', (hits, of) => expect(rateOf(hits, of)).toBeNull());
  test('all and none stay between 0 and 1', () => {
    expect(rateOf(30, 30)?.high).toBeCloseTo(1, 9);
    expect(rateOf(30, 30)?.high).toBeLessThanOrEqual(1);
    expect(rateOf(0, 30)).toMatchObject({ value: 0, low: 0 });
  });
});

const DAY = Array.from({ length: 13 }, (_, index) => 8 + index);

describe('bestHours', () => {
  test('a lucky hour of few calls is not the best; a clear one is', () => {
    const { hours, bestConnect } = bestHours([hour(18, 5, 5, 0), hour(10, 200, 120, 0), hour(14, 200, 40, 0)], 0, DAY);
    expect(hours.map((one) => one.hour)).toEqual([10, 14, 18]);
    expect(hours[2]?.own.connectRate).toBeNull();
    expect(bestConnect).toBe(10);
  });
  test('no hour outside the calling hours is the best, however good; it is shown all the same', () => {
    const sums = [hour(7, 200, 180, 0), hour(10, 200, 120, 0), hour(14, 200, 40, 0)];
    expect(bestHours(sums, 0, [0, 7]).bestConnect).toBe(7);
    const { hours, bestConnect } = bestHours(sums, 0, DAY);
    expect([hours.length, bestConnect]).toEqual([3, null]);
  });
  test('differences that may be chance are no best hour', () => {
    const { bestConnect, bestConversion } = bestHours([hour(10, 100, 42, 4), hour(11, 100, 38, 3)], 0, DAY);
    expect([bestConnect, bestConversion]).toEqual([null, null]);
  });
  test('a team of fewer than three others is left out, hours of others alone are none of one’s own', () => {
    const others = { dials: 400, connects: 100, sales: 4 };
    const sums = [hour(9, 0, 0, 0, others), hour(10, 50, 20, 1, others)];
    expect(bestHours(sums, 2, DAY).total.team).toBeNull();
    const { hours, total } = bestHours(sums, 3, DAY);
    expect(hours.map((one) => [one.hour, one.team?.dials])).toEqual([[10, 400]]);
    expect(total.team).toMatchObject({ dials: 800, connects: 200 });
    expect(total.own).toMatchObject({ dials: 50, connects: 20, sales: 1, conversionRate: null });
  });
  test('nothing yet', () => {
    expect(bestHours([], 10, DAY)).toMatchObject({ hours: [], bestConnect: null, bestConversion: null });
  });
});
