/**
 * Proves of the merged timeline: states exclude each other and together are the union of all sources; cutting it anywhere
 * changes no sum; order of intervals does not matter; the switch's steps and keys of reasons are read as people type them.
 */
import fc from 'fast-check';
import { openSpanMs } from '../../../src/presence/index.js';
import type { Interval } from '../../../src/presence/spans/interval.js';
import { timeline } from '../../../src/presence/spans/timeline.js';
import { moved, newReasonKey, readSteps } from '../../../web/src/presence/reasons-model.js';

const interval: fc.Arbitrary<Interval> = fc
  .record({
    state: fc.constantFrom('on_call', 'wrap_up', 'paused', 'available', 'offline'),
    reason: fc.constantFrom(null, 'lunch'),
    from: fc.integer({ min: 0, max: 100 }),
    length: fc.integer({ min: 0, max: 60 }),
    callKey: fc.constantFrom(null, 'CA1', 'CA2'),
  })
  .map(({ length, ...rest }) => ({ ...rest, to: rest.from + length }) as Interval);
const intervals = fc.array(interval, { maxLength: 12 });
const RANK = ['on_call', 'wrap_up', 'paused', 'available'];

const lengths = (list: Interval[], from: number, to: number): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const span of timeline(list, from, to)) sums[span.state] = (sums[span.state] ?? 0) + span.to - span.from;
  return sums;
};

test('at each instant the first state of the order, and nothing where all are offline', () => {
  fc.assert(
    fc.property(intervals, (list) => {
      const spans = timeline(list, 0, 160);
      for (let at = 0; at < 160; at++) {
        const there = list.filter(({ from, to }) => from <= at && at < to).map(({ state }) => state);
        const expected = RANK.find((state) => there.includes(state as Interval['state']));
        const holding = spans.filter(({ from, to }) => from <= at && at < to);
        expect(holding.map(({ state }) => state)).toEqual(expected === undefined ? [] : [expected]);
      }
    }),
    { seed: 7 },
  );
});

test('a cut anywhere changes no sum, and neither does the order', () => {
  fc.assert(
    fc.property(intervals, fc.integer({ min: 0, max: 160 }), (list, cut) => {
      const whole = lengths(list, 0, 160);
      const [left, right] = [lengths(list, 0, cut), lengths([...list].reverse(), cut, 160)];
      for (const state of RANK) expect((left[state] ?? 0) + (right[state] ?? 0)).toBe(whole[state] ?? 0);
      expect(timeline([...list].reverse(), 0, 160)).toEqual(timeline(list, 0, 160));
    }),
    { seed: 8 },
  );
});

test('what lasts counts from its beginning, or the day’s, for at most 24 hours', () => {
  const paused = { state: 'paused', since: 1_000 } as const;
  expect(openSpanMs(paused, 61_000)).toMatchObject({ paused_ms: 60_000, available_ms: 0 });
  expect(openSpanMs(paused, 61_000, 31_000)).toMatchObject({ paused_ms: 30_000 });
  expect(openSpanMs(paused, 1_000 + 48 * 3_600_000)).toMatchObject({ paused_ms: 24 * 3_600_000 });
  expect(openSpanMs({ state: 'offline', since: 0 }, 5_000)).toMatchObject({ paused_ms: 0 });
  expect(openSpanMs({ state: null, since: null }, 5_000)).toMatchObject({ on_call_ms: 0 });
});

test('steps of colour as people type them', () => {
  expect(readSteps('30, 60,300')).toEqual([30, 60, 300]);
  expect(readSteps('30，60、300')).toEqual([30, 60, 300]);
  for (const wrong of ['', '60, 30', '0', '1.5', '1 2 3 4 5 6 7', '90000', 'x']) expect(readSteps(wrong)).toBeNull();
});

test('keys of new reasons are plain and nobody else’s', () => {
  expect(newReasonKey('Tea & cake', [])).toBe('tea_cake');
  expect(newReasonKey('茶', [{ key: 'pause' }])).toBe('pause_2');
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a'], 0, 1)).toEqual(['a']);
});
