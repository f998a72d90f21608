/**
 * Proves when a schedule runs, against wall time as Intl tells it: hand-worked clock changes, month ends and holidays, and
 * for any rhythm, zone and moment that the next run is at its wall time (or right after a gap), on its day, and once. And
 * which day "yesterday" is in a daily pack on working days only: every working day is in one pack, and in one only.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sourcesOn } from '../../../src/reports/schedules/periods.js';
import { lastMissed, nextRun, type Timing, upcoming } from '../../../src/reports/schedules/rhythm.js';
import type { ReportRangeSpec, ReportSource } from '../../../src/shared/reports.js';
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

describe('yesterday of a daily pack on working days only', () => {
  // National Day 2026 as above: 1 to 7 October off, Saturday 10 October worked.
  const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`2026-10-0${day}`, false]));
  days['2026-10-10'] = true;
  const daily = timing({ every: 'day', at: '08:00' }, 'Asia/Shanghai', days);
  const ready = (range: ReportRangeSpec): ReportSource => ({
    kind: 'ready',
    report: 'daily_floor',
    query: { range, filters: { teams: [3] } },
  });
  const rangeOn = (today: string, of: Timing = daily) => {
    const [source] = sourcesOn(today, [ready({ preset: 'yesterday' })], of);
    return source?.kind === 'ready' ? source.query.range : undefined;
  };
  const day = (from: string, to: string) => ({ from, to });

  test('Monday is of Friday, after the holidays of the day before them, after a make-up Saturday of that', () => {
    expect(rangeOn('2026-11-23')).toEqual(day('2026-11-20', '2026-11-21'));
    expect(rangeOn('2026-10-08')).toEqual(day('2026-09-30', '2026-10-01'));
    expect(rangeOn('2026-10-12')).toEqual(day('2026-10-10', '2026-10-11'));
    // By hand on a Sunday.
    expect(rangeOn('2026-11-22')).toEqual(day('2026-11-20', '2026-11-21'));
  });
  test('the day before was worked, every day counts, or the pack is weekly: yesterday', () => {
    expect(rangeOn('2026-11-24')).toEqual({ preset: 'yesterday' });
    expect(rangeOn('2026-11-23', { ...daily, workingDays: null })).toEqual({ preset: 'yesterday' });
    const weekly = timing({ every: 'week', weekday: 1, at: '08:00' }, 'Asia/Shanghai', days);
    expect(rangeOn('2026-11-23', weekly)).toEqual({ preset: 'yesterday' });
  });
  test('other periods and the rest of a question stay, also of questions of one’s own', () => {
    const spec = { kpis: ['dials'], groupBy: [], filters: {}, compare: 'previous' as const };
    const own = (range: ReportRangeSpec): ReportSource => ({ kind: 'explore', spec: { ...spec, range } });
    const friday = day('2026-11-20', '2026-11-21');
    const given = [own({ preset: 'yesterday' }), own({ preset: 'last_week' }), ready({ preset: 'yesterday' })];
    expect(sourcesOn('2026-11-23', given, daily)).toEqual([own(friday), own({ preset: 'last_week' }), ready(friday)]);
  });
  test('every worked day of a quarter is in one pack, and in one only', () => {
    const told: string[] = [];
    const worked: string[] = [];
    for (let ms = Date.UTC(2026, 8, 1); ms < Date.UTC(2026, 11, 1); ms += DAY) {
      const date = new Date(ms).toISOString().slice(0, 10);
      if (!(days[date] ?? new Date(ms).getUTCDay() % 6 !== 0)) continue;
      worked.push(date);
      const range = rangeOn(date);
      told.push(range && 'from' in range ? range.from : new Date(ms - DAY).toISOString().slice(0, 10));
    }
    expect(told.slice(1)).toEqual(worked.slice(0, -1));
  });
  test('nothing worked within a month: it stays what it is called', () => {
    const off = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        new Date(Date.UTC(2026, 10, 23) - n * DAY).toISOString().slice(0, 10),
        false,
      ]),
    );
    const never = timing({ every: 'day', at: '08:00' }, 'Asia/Shanghai', off);
    expect(rangeOn('2026-11-23', never)).toEqual({ preset: 'yesterday' });
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
