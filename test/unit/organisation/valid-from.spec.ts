/** Proves: a setting counts from now or later, on a quarter hour unless it is now; only what is still to come is taken back. */
import fc from 'fast-check';
import { readStillToCome, readValidFrom, validFromText } from '../../../src/organisation/valid-from.js';

const QUARTER = 900_000;
const now = Date.parse('2026-11-22T10:07:03.250Z');
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.each([
  [undefined, '2026-11-22T10:15:00.000Z'],
  ['now', '2026-11-22T10:07:03.250Z'],
  ['2026-11-22T10:15:00Z', '2026-11-22T10:15:00.000Z'],
  ['2026-11-23T00:00+08:00', '2026-11-22T16:00:00.000Z'],
])('%s is %s', (given, instant) => {
  expect(new Date(readValidFrom(given, now)).toISOString()).toBe(instant);
});

test.each([
  ['2026-11-22T10:00:00Z', 'valid_from_past'],
  ['2026-11-22T10:07:03.249Z', 'valid_from_past'],
  ['2026-11-22T10:20:00Z', 'valid_from_uneven'],
  ['2036-11-22T10:15:00Z', 'valid_from_uneven'],
  ['2026-11-22', 'time_invalid'],
  ['2026-11-22T10:15:00', 'time_invalid'],
  ['2026-13-45T10:15:00Z', 'time_invalid'],
  ['', 'time_invalid'],
])('%s is refused: %s', (given, code) => {
  expect(codeOf(() => readValidFrom(given, now))).toBe(code);
});

test('on a quarter hour exactly, the next one is meant', () => {
  expect(readValidFrom(undefined, 4 * QUARTER)).toBe(5 * QUARTER);
});

test('left out, it is later than now by at most a quarter hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (at) => {
      const from = readValidFrom(undefined, at);
      expect([from > at, from - at <= QUARTER, from % QUARTER]).toEqual([true, true, 0]);
    }),
  );
});

test('what has begun is not taken back', () => {
  expect(readStillToCome('2026-11-22T10:15:00Z', now)).toBe(Date.parse('2026-11-22T10:15:00Z'));
  expect(codeOf(() => readStillToCome('2026-11-22T10:07:03.250Z', now))).toBe('version_in_force');
  expect(codeOf(() => readStillToCome('-infinity', now))).toBe('time_invalid');
});

test('the beginning has no instant', () => {
  expect([validFromText(Number.NEGATIVE_INFINITY), validFromText(0)]).toEqual([null, '1970-01-01T00:00:00.000Z']);
});
