/** Proves: what is expected by now starts at 0 with the first working minute, never falls and ends at 1, whatever was learned. */
import fc from 'fast-check';
import { DayCurve, SLOT_MS } from '../../../src/targets/pace/day-curve.js';
import { type PastDay, profileFor, SLOTS_MAX } from '../../../src/targets/pace/profile.js';

const START = Date.parse('2026-05-05T00:00+08:00');
const END = START + 96 * SLOT_MS;
const at = (time: string): number => Date.parse(`2026-05-05T${time}+08:00`);

const stretch = fc
  .record({
    from: fc.integer({ min: 0, max: 1_500 }),
    length: fc.integer({ min: 1, max: 700 }),
    part: fc.double({ min: 0.1, max: 1, noNaN: true }),
  })
  .map(({ from, length, part }) => ({
    from: START + from * 60_000,
    to: START + (from + length) * 60_000,
    minutes: length * part,
  }));
const profile = fc.option(
  fc
    .array(fc.double({ min: -5, max: 100, noNaN: true }), { minLength: 96, maxLength: SLOTS_MAX })
    .map((list) => Float32Array.from(list)),
);

test('monotone, 0 before the first working minute, 1 at the end', () => {
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 5 }), profile, fc.boolean(), (stretches, learned, bound) => {
      const curve = new DayCurve(START, END, stretches, bound, learned);
      const expected = stretches.some(({ from }) => from < END);
      const shares = Array.from({ length: 97 * 3 }, (_, i) => curve.shareAt(START + (i * SLOT_MS) / 3));
      for (const [i, share] of shares.entries()) {
        expect(share).toBeGreaterThanOrEqual(shares[i - 1] ?? 0);
        expect(share).toBeLessThanOrEqual(1);
      }
      const any = (curve.shareAt(END) as number) === 1;
      if (expected) expect(any).toBe(true);
      expect(curve.shareAt(START)).toBe(0);
      if (bound && expected) expect(curve.shareAt(Math.min(...stretches.map(({ from }) => from)))).toBe(0);
      expect(curve.minutesAfter(START)).toBeCloseTo(curve.workMinutes, 6);
      expect(curve.minutesAfter(END)).toBe(0);
    }),
  );
});

test('flat over the shift, breaks spread over it', () => {
  const curve = new DayCurve(START, END, [{ from: at('09:10'), to: at('17:10'), minutes: 420 }], true, null);
  expect(curve.shareAt(at('09:10'))).toBe(0);
  expect(curve.shareAt(at('13:10'))).toBeCloseTo(0.5, 10);
  expect(curve.shareAt(at('17:10'))).toBeCloseTo(1, 10);
  expect(curve.minutesAfter(at('13:10'))).toBeCloseTo(210, 6);
});

test('the profile counts within the shifts only; one of another time of day is not followed', () => {
  const learned = new Float32Array(SLOTS_MAX);
  // Between 09:00 and 10:00 three times what there is from 10:00 to 11:00, and something at night.
  for (let slot = 36; slot < 40; slot++) learned[slot] = 30;
  for (let slot = 40; slot < 44; slot++) learned[slot] = 10;
  learned[4] = 40;
  const morning = [{ from: at('09:00'), to: at('11:00'), minutes: 120 }];
  const curve = new DayCurve(START, END, morning, true, learned);
  expect(curve.shareAt(at('09:00'))).toBe(0);
  // 120 of 160 within the shift.
  expect(curve.shareAt(at('10:00'))).toBeCloseTo(0.75, 10);
  // Nobody has entered a calendar: the night counts. 40 + 120 of 200.
  expect(new DayCurve(START, END, morning, false, learned).shareAt(at('10:00'))).toBeCloseTo(0.8, 10);
  const evening = [{ from: at('18:00'), to: at('20:00'), minutes: 120 }];
  expect(new DayCurve(START, END, evening, true, learned).shareAt(at('19:00'))).toBeCloseTo(0.5, 10);
});

test('the own weekday first, then all days, then the wider scope, then nothing', () => {
  const day = (date: string, slot: number): PastDay => {
    const slots = new Float32Array(SLOTS_MAX);
    for (let i = slot; i < slot + 32; i++) slots[i] = 1;
    return { date, slots };
  };
  const mondays = ['2026-04-06', '2026-04-13'].map((date) => day(date, 36));
  const tuesdays = ['2026-04-07', '2026-04-14'].map((date) => day(date, 60));
  const first = (levels: PastDay[][], weekday: number) => profileFor(levels, weekday)?.findIndex((value) => value > 0);
  expect(first([[...mondays, ...tuesdays]], 1)).toBe(36);
  expect(first([[...mondays, ...tuesdays]], 2)).toBe(60);
  expect(first([[...tuesdays, ...mondays]], 3)).toBe(36);
  expect(first([[day('2026-04-06', 36)], tuesdays], 1)).toBe(60);
  expect(profileFor([[day('2026-04-06', 36)], []], 1)).toBeNull();
});
