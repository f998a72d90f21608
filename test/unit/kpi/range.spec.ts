/**
 * Proves: a range is read from the right sums whatever its ends (each quarter hour exactly once), hours and days keep
 * to the wall clock when it is changed, and a wrong time is refused with its fix.
 */
import fc from 'fast-check';
import { hourIndex, hoursOf } from '../../../src/kpi/read/hours.js';
import { datesOf, resolveRange } from '../../../src/kpi/read/range.js';
import { readTime, requireSlotBoundary, type TimeBound } from '../../../src/kpi/read/time-bound.js';
import { Zones, type ZoneVersion } from '../../../src/kpi/read/zones.js';

const SLOT = 900_000;
const HOUR = 3_600_000;
const always = (siteId: number, timeZone: string, dayStartMinutes = 0): ZoneVersion => ({
  siteId,
  validFrom: Number.NEGATIVE_INFINITY,
  timeZone,
  dayStartMinutes,
});
const shanghai = new Zones([always(1, 'Asia/Shanghai')]);
const berlin = new Zones([always(1, 'Europe/Berlin', 240)]);
const instant = (iso: string): TimeBound => ({ kind: 'instant', ms: Date.parse(iso) });
const date = (text: string): TimeBound => ({ kind: 'date', date: text });

describe('readTime', () => {
  it.each([
    ['2026-11-22', { kind: 'date', date: '2026-11-22' }],
    ['2026-11-22T00:15:00Z', { kind: 'instant', ms: Date.UTC(2026, 10, 22, 0, 15) }],
    ['2026-11-22T08:15+08:00', { kind: 'instant', ms: Date.UTC(2026, 10, 22, 0, 15) }],
    // An unescaped plus sign of a URL.
    ['2026-11-22T08:15:00 08:00', { kind: 'instant', ms: Date.UTC(2026, 10, 22, 0, 15) }],
    ['1999-02-01', { kind: 'date', date: '1999-02-01' }],
  ])('%s', (text, expected) => expect(readTime('from', text)).toEqual(expected));

  it.each([
    '2026-02-30',
    '2026-11-22T08:15:00',
    '2026-11-22 08:15',
    '22.11.2026',
    'today',
    '1763769600000',
    '2026-13-01T00:00:00Z',
    '9999-01-01',
    '+020000-01-01',
    '2026-11-22T25:00:00Z',
  ])('%s is refused', (text) => {
    expect(() => readTime('from', text)).toThrow(expect.objectContaining({ code: 'time_invalid', field: 'from' }));
  });

  it('names the nearest boundaries for a time between two', () => {
    for (const text of ['2026-11-22T00:20:00Z', '2026-11-22T00:15:00.001Z', '2026-11-22T00:15:00.0000001Z']) {
      const check = () => requireSlotBoundary('to', readTime('to', text));
      expect(check).toThrow(expect.objectContaining({ code: 'time_off_slot', field: 'to' }));
      expect(check).toThrow(
        expect.objectContaining({
          fix: expect.objectContaining({ en: 'Use 2026-11-22T00:15:00.000Z or 2026-11-22T00:30:00.000Z.' }),
        }),
      );
    }
    requireSlotBoundary('to', readTime('to', '2026-11-22T00:15:00Z'));
    requireSlotBoundary('to', date('2026-11-22'));
  });
});

describe('resolveRange', () => {
  it('dates are business days', () => {
    expect(resolveRange(date('2026-11-22'), date('2026-11-23'), shanghai)).toEqual({
      from: Date.parse('2026-11-21T16:00Z'),
      to: Date.parse('2026-11-22T16:00Z'),
      dates: { from: '2026-11-22', to: '2026-11-23' },
      days: { from: '2026-11-22', to: '2026-11-23' },
      slots: [],
    });
  });

  it('instants on the ends of business days are business days too', () => {
    const range = resolveRange(instant('2026-11-21T16:00Z'), instant('2026-11-23T16:00Z'), shanghai);
    expect(range).toMatchObject({ dates: { from: '2026-11-22', to: '2026-11-24' }, slots: [] });
  });

  it('takes the whole days in the middle by day and the edges by quarter hour', () => {
    const range = resolveRange(instant('2026-11-20T10:15Z'), instant('2026-11-23T01:00Z'), shanghai);
    expect(range.dates).toBeNull();
    // 20 Nov 18:15 local … 23 Nov 09:00 local: the 21st and the 22nd are whole.
    expect(range.days).toEqual({ from: '2026-11-21', to: '2026-11-23' });
    expect(range.slots.map(({ from, to }) => [new Date(from).toISOString(), new Date(to).toISOString()])).toEqual([
      ['2026-11-20T10:15:00.000Z', '2026-11-20T16:00:00.000Z'],
      ['2026-11-22T16:00:00.000Z', '2026-11-23T01:00:00.000Z'],
    ]);
  });

  it('covers every quarter hour exactly once, in any zone and over clock changes', () => {
    const zone = fc.constantFrom(
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    );
    const start = fc.integer({ min: Date.UTC(2026, 0) / SLOT, max: Date.UTC(2027, 0) / SLOT });
    fc.assert(
      fc.property(zone, fc.nat(95), start, fc.integer({ min: 1, max: 900 }), (timeZone, dayStart, first, slots) => {
        const zones = new Zones([always(1, timeZone, dayStart * 15)]);
        const [from, to] = [first * SLOT, (first + slots) * SLOT];
        const range = resolveRange({ kind: 'instant', ms: from }, { kind: 'instant', ms: to }, zones);
        for (let at = from; at < to; at += SLOT) {
          const businessDate = zones.dateOf(at);
          const byDay = range.days !== null && businessDate >= range.days.from && businessDate < range.days.to;
          const bySlot = range.slots.filter((edge) => at >= edge.from && at < edge.to).length;
          expect(Number(byDay) + bySlot).toBe(1);
        }
        if (range.days !== null) {
          expect(zones.startOf(range.days.from)).toBeGreaterThanOrEqual(from);
          expect(zones.startOf(range.days.to)).toBeLessThanOrEqual(to);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('uses quarter hours only where teams count their days differently', () => {
    const [from, to] = [instant('2026-11-20T16:00Z'), instant('2026-11-23T16:00Z')];
    const two = new Zones([always(1, 'Asia/Shanghai'), always(2, 'Europe/Berlin')]);
    expect(resolveRange(from, to, two)).toMatchObject({
      dates: null,
      days: null,
      slots: [{ from: from.kind === 'instant' && from.ms }],
    });
    expect(resolveRange(date('2026-11-20'), date('2026-11-21'), two).dates).not.toBeNull();
    const moved = { ...always(1, 'Europe/Berlin'), validFrom: Date.parse('2026-11-22T00:00Z') };
    expect(resolveRange(from, to, new Zones([always(1, 'Asia/Shanghai'), moved])).days).toBeNull();
  });

  it('refuses an empty range', () => {
    for (const [from, to] of [
      [date('2026-11-22'), date('2026-11-22')],
      [instant('2026-11-22T01:00Z'), instant('2026-11-22T00:00Z')],
    ] as const) {
      expect(() => resolveRange(from, to, shanghai)).toThrow(expect.objectContaining({ code: 'range_empty' }));
    }
  });
});

describe('days and hours', () => {
  const dayOf = (text: string, next: string, zones: Zones) => resolveRange(date(text), date(next), zones);

  it('a day has 23, 24 or 25 hours', () => {
    // Berlin, days from 04:00: the clock is changed on the day before the Sunday's date ends.
    const spring = dayOf('2026-03-28', '2026-03-29', berlin);
    const autumn = dayOf('2026-10-24', '2026-10-25', berlin);
    const plain = dayOf('2026-10-26', '2026-10-27', berlin);
    expect([spring, autumn, plain].map((range) => (range.to - range.from) / HOUR)).toEqual([23, 25, 24]);
    expect([spring, autumn, plain].map((range) => hoursOf(range, 'Europe/Berlin').length)).toEqual([23, 25, 24]);
    expect(
      hoursOf(spring, 'Europe/Berlin')
        .map((hour) => hour.label)
        .slice(20),
    ).toEqual(['00:00', '01:00', '03:00']);
    expect(
      hoursOf(autumn, 'Europe/Berlin')
        .map((hour) => hour.label)
        .slice(20),
    ).toEqual(['00:00', '01:00', '02:00', '02:00', '03:00']);
  });

  it('hours begin where the clock does, and the first one where the range does', () => {
    const labels = (from: string, to: string, zone: string) =>
      hoursOf({ from: Date.parse(from), to: Date.parse(to) }, zone).map(
        (hour) => `${new Date(hour.start).toISOString().slice(11, 16)} ${hour.label}`,
      );
    expect(labels('2026-11-22T03:45Z', '2026-11-22T06:00Z', 'Asia/Kolkata')).toEqual([
      '03:45 09:15',
      '04:30 10:00',
      '05:30 11:00',
    ]);
    // Lord Howe goes back by half an hour at 02:00: 01:30 to 02:00 comes twice.
    expect(labels('2026-04-04T14:00Z', '2026-04-04T17:00Z', 'Australia/Lord_Howe')).toEqual([
      '14:00 01:00',
      '15:00 01:30',
      '15:30 02:00',
      '16:30 03:00',
    ]);
  });

  it('every instant of a range is in the last hour that began before it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata'),
        fc.nat(30_000),
        fc.integer({ min: 1, max: 400 }),
        (zone, first, slots) => {
          const range = {
            from: Date.UTC(2026, 2, 20) + first * SLOT,
            to: Date.UTC(2026, 2, 20) + (first + slots) * SLOT,
          };
          const hours = hoursOf(range, zone);
          expect(hours[0]?.start).toBe(range.from);
          for (let at = range.from; at < range.to; at += SLOT) {
            const index = hourIndex(hours, at);
            expect(hours[index]?.start).toBeLessThanOrEqual(at);
            const next = hours[index + 1];
            if (next !== undefined) expect(next.start).toBeGreaterThan(at);
            expect(at - (hours[index]?.start ?? 0)).toBeLessThan(HOUR);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('labels carry the date where the range is longer than a day', () => {
    const hours = hoursOf(dayOf('2026-11-21', '2026-11-23', shanghai), 'Asia/Shanghai');
    expect([hours[0]?.label, hours[47]?.label]).toEqual(['2026-11-21 00:00', '2026-11-22 23:00']);
  });

  it('lists every date the range touches', () => {
    expect(datesOf(dayOf('2026-02-27', '2026-03-02', shanghai), shanghai)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    const partial = resolveRange(instant('2026-11-21T15:45Z'), instant('2026-11-21T16:15Z'), shanghai);
    expect(datesOf(partial, shanghai)).toEqual(['2026-11-21', '2026-11-22']);
  });
});
