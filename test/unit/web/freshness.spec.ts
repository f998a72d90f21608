/** Proves when a board is live, delayed, frozen or suspiciously silent, and that another clock on the TV does not matter. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ClockOffset } from '../../../web/src/live/clock.js';
import { freshnessOf, unusualSilence } from '../../../web/src/live/freshness.js';

test.each([
  [null, 'waiting'],
  [10_000, 'live'],
  [7_000, 'live'],
  [6_999, 'delayed'],
  [-4_999, 'delayed'],
  [-5_000, 'frozen'],
])('data as of %p at 10 s is %s', (asOf, expected) => {
  expect(freshnessOf(asOf, 10_000)).toBe(expected);
});

describe('silence of the provider', () => {
  const minute = 60_000;
  test('is worth a word only while calls are expected', () => {
    expect(unusualSilence(0, 300, 6 * minute)).toBe(6 * minute);
    expect(unusualSilence(0, 300, 4 * minute)).toBeNull();
    expect(unusualSilence(0, 0, 600 * minute)).toBeNull();
    expect(unusualSilence(0, null, 600 * minute)).toBeNull();
    expect(unusualSilence(null, 100, 600 * minute)).toBeNull();
  });
  test('on a slow floor takes twenty usual gaps', () => {
    // 6 dials an hour: a gap of 10 minutes, twenty of them are 200 minutes.
    expect(unusualSilence(0, 6, 199 * minute)).toBeNull();
    expect(unusualSilence(0, 6, 200 * minute)).toBe(200 * minute);
  });
});

test('the clock offset is found within the least delay, whatever the delays are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 15 }),
      (ahead, delays) => {
        const offset = new ClockOffset();
        for (const [i, delay] of delays.entries()) offset.sample(i * 2_000 + ahead, i * 2_000 + delay);
        expect(offset.milliseconds).toBe(ahead - Math.min(...delays));
      },
    ),
  );
});

test('the offset follows when a clock is set', () => {
  const offset = new ClockOffset();
  for (let i = 0; i < 5; i++) offset.sample(60_000 + i, i);
  for (let i = 0; i < 15; i++) offset.sample(i - 20, i);
  expect(offset.milliseconds).toBe(-20);
});
