/** Proves by hand and by property: proration follows leave, employment, holidays and own shifts; what a set of targets implies. */
import fc from 'fast-check';
import type { ShiftView } from '../../../src/shared/organisation.js';
import { periodOf } from '../../../src/targets/calendar/periods.js';
import { prorate } from '../../../src/targets/calendar/proration.js';
import { type CalendarPerson, WorkCalendar } from '../../../src/targets/calendar/work-calendar.js';
import { figureOf } from '../../../src/targets/figures.js';
import { previewOf } from '../../../src/targets/model/preview.js';
import { attainmentOf, paceOf } from '../../../src/targets/pace/progress.js';

const WEEK: ShiftView[] = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  startMinutes: 540,
  endMinutes: 1080,
  breakMinutes: 60,
}));
const MAY = periodOf('month', '2026-05-05');
const plain: CalendarPerson = {
  employedFrom: null,
  employedUntil: null,
  leave: [],
  patterns: [],
  memberships: [{ validFrom: Number.NEGATIVE_INFINITY, teamId: 1 }],
};

function calendarOf(person: Partial<CalendarPerson>, shifts: ShiftView[] | null = WEEK): WorkCalendar {
  return new WorkCalendar({
    teams: new Map([
      [1, { id: 1, siteId: 1, members: 1, patterns: shifts === null ? [] : [[{ validFrom: '2026-01-01', shifts }]] }],
    ]),
    people: new Map([[7, { ...plain, ...person }]]),
    // Labour day, with a make-up Saturday.
    holidays: new Map([
      [
        1,
        new Map([
          ['2026-05-01', { kind: 'holiday' as const, asWeekday: null }],
          ['2026-05-09', { kind: 'workday' as const, asWeekday: 5 }],
        ]),
      ],
    ]),
  });
}

test('a full member of May 2026', () => {
  // 21 weekdays, the 1st off, the 9th worked: 21 days of 480 minutes.
  expect(prorate(calendarOf({}), 7, MAY)).toEqual({
    ownMinutes: 10_080,
    fullMinutes: 10_080,
    factor: 1,
    leaveDays: 0,
    notEmployedDays: 0,
    holidays: 1,
    fromCalendar: true,
  });
});

test('leave, and a start in the middle of the month', () => {
  // Leave from Monday 4 to Sunday 10: five weekdays and the make-up Saturday. 15 of 21 days are left.
  const away = prorate(calendarOf({ leave: [{ from: '2026-05-04', until: '2026-05-10' }] }), 7, MAY);
  expect(away).toMatchObject({ ownMinutes: 15 * 480, leaveDays: 6, factor: 15 / 21 });
  // From Monday 18: ten weekdays.
  const late = prorate(calendarOf({ employedFrom: '2026-05-18' }), 7, MAY);
  expect(late).toMatchObject({ ownMinutes: 10 * 480, notEmployedDays: 11, factor: 10 / 21 });
});

test('half days of one’s own count as half', () => {
  const mornings = WEEK.map((shift) => ({ ...shift, endMinutes: 780, breakMinutes: 0 }));
  const half = prorate(calendarOf({ patterns: [{ validFrom: '2026-01-01', shifts: mornings }] }), 7, MAY);
  expect(half.factor).toBe(0.5);
});

test('without any calendar every day counts alike', () => {
  const flat = calendarOf({ leave: [{ from: '2026-05-04', until: '2026-05-10' }] }, null);
  // 31 days less the holiday, seven of them away.
  expect(prorate(flat, 7, MAY)).toMatchObject({ factor: 23 / 30, fromCalendar: false });
  expect(prorate(calendarOf({}, null), 7, periodOf('day', '2026-05-03')).factor).toBe(1);
});

test('on a day off nothing is expected; of whoever works alone all of it is', () => {
  expect(prorate(calendarOf({}), 7, periodOf('day', '2026-05-03')).factor).toBe(0);
  const sundays = [{ weekday: 7, startMinutes: 540, endMinutes: 900, breakMinutes: 0 }];
  const alone = calendarOf({ patterns: [{ validFrom: '2026-01-01', shifts: sundays }] });
  expect(prorate(alone, 7, periodOf('day', '2026-05-03')).factor).toBe(1);
});

test('more leave never means more target', () => {
  const date = fc.integer({ min: 1, max: 31 }).map((day) => `2026-05-${String(day).padStart(2, '0')}`);
  const span = fc.tuple(date, date).map(([a, b]) => (a < b ? { from: a, until: b } : { from: b, until: a }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 3 }), span, (leave, more) => {
      const factor = prorate(calendarOf({ leave }), 7, MAY).factor;
      const less = prorate(calendarOf({ leave: [...leave, more] }), 7, MAY).factor;
      expect(less).toBeLessThanOrEqual(factor);
      expect(less).toBeGreaterThanOrEqual(0);
      expect(factor).toBeLessThanOrEqual(1);
    }),
  );
});

test('the example of 50 calls: 20 connects, 100 minutes, 2 sales per connect or 5 per dial', () => {
  const input = {
    connectRate: 0.4,
    connectRateFrom: 'given' as const,
    effectiveSeconds: 300,
    contactsPerConnect: null,
  };
  const set = (kpi: string) =>
    new Map([
      ['dials', 50],
      [kpi, 0.1],
    ]);
  expect(previewOf({ ...input, targets: set('conversion_rate') })).toMatchObject({
    dials: 50,
    connects: 20,
    talkSeconds: 6_000,
    sales: 2,
    conversions: [
      { kpi: 'conversion_dial', sales: 5 },
      { kpi: 'conversion_rate', sales: 2 },
      { kpi: 'conversion_contact', sales: null },
    ],
    conflicts: [],
  });
  expect(previewOf({ ...input, targets: set('conversion_dial') })).toMatchObject({ sales: 5 });
  const three = new Map([...set('conversion_rate'), ['sales', 3]]);
  expect(previewOf({ ...input, targets: three }).conflicts).toEqual([{ kpi: 'sales', given: 3, implied: 2 }]);
});

test('attainment and pace, low is good turned round', () => {
  expect(attainmentOf(20, 50, false)).toBe(0.4);
  expect(attainmentOf(8, 10, true)).toBe(1.25);
  expect(attainmentOf(0, 10, true)).toBe(1);
  expect(attainmentOf(null, 10, false)).toBeNull();
  expect(attainmentOf(3, 0, false)).toBeNull();
  expect(paceOf(20, 25, false)).toBe(0.8);
  expect(paceOf(20, null, false)).toBeNull();
  expect(paceOf(5, 4, true)).toBe(0.8);
});

test('what kind of figure a KPI is comes from its definition', () => {
  expect(figureOf('talk_total_s')).toMatchObject({
    kind: 'additive',
    parts: [
      { column: 'talk_ms', factor: 0.001 },
      { column: 'inbound_talk_ms', factor: 0.001 },
    ],
  });
  expect(figureOf('revenue')).toMatchObject({ isMoney: true, parts: [{ column: 'revenue_minor', factor: 1 }] });
  expect(figureOf('avg_deal')).toMatchObject({ kind: 'ratio', hasCurrency: true, isMoney: false });
  expect(figureOf('customers')).toMatchObject({ kind: 'distinct', needsCustomers: true });
  expect(figureOf('conversion_customer')).toMatchObject({ kind: 'ratio', needsCustomers: true });
  expect(figureOf('complaints')?.kind).toBe('additive');
  expect([figureOf('attainment'), figureOf('pace'), figureOf('conversion')]).toEqual([null, null, null]);
});
