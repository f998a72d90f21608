/**
 * Proves when a schedule runs, against wall time as Intl tells it: hand-worked clock changes, month ends and holidays, and
 * for any rhythm, zone and moment that the next run is at its wall time (or right after a gap), on its day, and once.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lastMissed, nextRun, type Timing, upcoming } from '../../../src/reports/schedules/rhythm.js';
import type { ScheduleRhythm } from '../../../src/shared/schedules.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SEED = 20_261_122;

const timing = (rhythm: ScheduleRhythm, zone: string, days: Record<string, boolean> | null = null): Timing => ({
  rhythm,
  zone,
  workingDays: days === null ? null : new Map(Object.entries(days)),
});
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const nextAfter = (of: Timing, instant: string): string | null => iso(nextRun(of, Date.parse(instant)));

describe('worked by hand', () => {
  test('Berlin, 29 March 2026: 02:30 does not exist, it runs at 03:00 summer time', () => {
    const daily = timing({ every: 'day', at: '02:30' }, 'Europe/Berlin');
    expect(nextAfter(daily, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(nextAfter(daily, '2026-03-29T01:00:00Z')).toBe('2026-03-30T00:30:00.000Z');
  });
  test('Berlin, 25 October 2026: 02:30 comes twice, it runs the first time only', () => {
    const daily = timing({ every: 'day', at: '02:30' }, 'Europe/Berlin');
    expect(upcoming(daily, Date.parse('2026-10-24T12:00:00Z'), 2).map(iso)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });
  test('São Paulo skipped midnight on 4 November 2018: what is due at 00:00 runs at 01:00', () => {
    const daily = timing({ every: 'day', at: '00:00' }, 'America/Sao_Paulo');
    expect(nextAfter(daily, '2018-11-03T12:00:00Z')).toBe('2018-11-04T03:00:00.000Z');
  });
  test('the last day of each month, in a leap year, in half-hour time', () => {
    const monthly = timing({ every: 'month', day: 'last', at: '18:00' }, 'Asia/Kolkata');
    expect(upcoming(monthly, Date.parse('2028-01-31T12:30:00Z'), 3).map(iso)).toEqual([
      '2028-02-29T12:30:00.000Z',
      '2028-03-31T12:30:00.000Z',
      '2028-04-30T12:30:00.000Z',
    ]);
  });
  test('working days: daily leaves out, weekly and monthly are put off, a make-up Saturday counts', () => {
    // China's National Day 2026: Thursday 1 to Wednesday 7 October off, Saturday 10 October worked.
    const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`2026-10-0${day}`, false]));
    days['2026-10-10'] = true;
    const zone = 'Asia/Shanghai';
    const daily = timing({ every: 'day', at: '08:00' }, zone, days);
    expect(upcoming(daily, Date.parse('2026-09-30T01:00:00Z'), 4).map(iso)).toEqual([
      '2026-10-08T00:00:00.000Z',
      '2026-10-09T00:00:00.000Z',
      '2026-10-10T00:00:00.000Z',
      '2026-10-12T00:00:00.000Z',
    ]);
    const weekly = timing({ every: 'week', weekday: 1, at: '08:30' }, zone, days);
    expect(nextAfter(weekly, '2026-09-28T01:00:00Z')).toBe('2026-10-08T00:30:00.000Z');
    const monthly = timing({ every: 'month', day: 1, at: '09:00' }, zone, days);
    expect(nextAfter(monthly, '2026-09-02T00:00:00Z')).toBe('2026-10-08T01:00:00.000Z');
  });
  test('missed: the last one and how many came before', () => {
    const daily = timing({ every: 'day', at: '08:30' }, 'Asia/Shanghai');
    const first = Date.parse('2026-11-20T00:30:00Z');
    expect(lastMissed(daily, first, first + 10 * HOUR)).toEqual({ due: first, missed: 0 });
    expect(lastMissed(daily, first, first + 3 * DAY)).toEqual({ due: first + 3 * DAY, missed: 3 });
  });
});

const ZONES = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
];
const two = (value: number): string => String(value).padStart(2, '0');
const at = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${two(h)}:${two(m)}`);
const rhythm: fc.Arbitrary<ScheduleRhythm> = fc.oneof(
  at.map((time) => ({ every: 'day' as const, at: time })),
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), at)
    .map(([weekday, time]) => ({ every: 'week' as const, weekday, at: time })),
  fc
    .tuple(fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('last' as const)), at)
    .map(([day, time]) => ({ every: 'month' as const, day, at: time })),
);
const moment = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
  .map((n) => n * 60_000);

/** Wall time by Intl, which the code does not use for it. */
function wall(ms: number, zone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(ms);
  const [date = '', time = ''] = parts.split(' ');
  return { date, time };
}
const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
const isLast = (date: string): boolean => new Date(Date.parse(`${date}T12:00:00Z`) + DAY).getUTCDate() === 1;

function fits(of: ScheduleRhythm, date: string): boolean {
  if (of.every === 'day') return true;
  if (of.every === 'week') return weekdayOf(date) === of.weekday;
  return of.day === 'last' ? isLast(date) : Number(date.slice(8)) === of.day;
}

test('any rhythm, any zone, any moment', () => {
  fc.assert(
    fc.property(rhythm, fc.constantFrom(...ZONES), moment, (of, zone, now) => {
      const next = nextRun(timing(of, zone), now);
      if (next === null) throw new Error('none');
      expect(next).toBeGreaterThan(now);
      const { date, time } = wall(next, zone);
      expect(fits(of, date)).toBe(true);
      if (time !== of.at) {
        // Only right after a gap that swallowed the time: a minute before it was earlier, now it is later.
        expect(wall(next - 60_000, zone).time < of.at && of.at < time).toBe(true);
      }
      // The next but one is on another day, and there is no day between that fits.
      const second = nextRun(timing(of, zone), next) ?? 0;
      for (let day = Date.parse(`${date}T12:00:00Z`) + DAY; ; day += DAY) {
        const between = new Date(day).toISOString().slice(0, 10);
        if (between >= wall(second, zone).date) break;
        expect(fits(of, between)).toBe(false);
      }
      expect(wall(second, zone).date > date).toBe(true);
    }),
    { numRuns: 200, seed: SEED },
  );
});
