/** Proves: what is expected of a day: the nearest pattern, holidays, make-up days, leave and employment, in that order. */
import {
  calendarDay,
  datesBetween,
  orderedShifts,
  type Person,
  type Surroundings,
} from '../../../src/organisation/calendar/working-days.js';
import type { ShiftView } from '../../../src/shared/organisation.js';

const shift = (weekday: number, start: number, end: number, breakMinutes = 0): ShiftView => ({
  weekday,
  startMinutes: start * 60,
  endMinutes: end * 60,
  breakMinutes,
});
const week = [1, 2, 3, 4, 5].flatMap((day) => [shift(day, 9, 12), shift(day, 13, 18, 15)]);
const person: Person = {
  employedFrom: '2026-09-01',
  employedUntil: '2026-12-31',
  leave: [{ from: '2026-10-12', until: '2026-10-13' }],
  patterns: [{ validFrom: '2026-11-01', shifts: [shift(7, 22, 30)] }],
};
const around: Surroundings = {
  teams: [[], [{ validFrom: '2026-01-01', shifts: week }]],
  holidays: new Map([
    ['2026-10-01', { kind: 'holiday', asWeekday: null }],
    ['2026-10-10', { kind: 'workday', asWeekday: 5 }],
    ['2026-10-12', { kind: 'holiday', asWeekday: null }],
  ]),
};
const minutes = (date: string) => {
  const { minutes: expected, reason } = calendarDay(date, person, around);
  return `${expected} ${reason}`;
};

test.each([
  // 3 h + 5 h − 15 min
  ['2026-09-30', '465 null', 'a plain Wednesday, by the team above'],
  ['2026-10-03', '0 null', 'a Saturday'],
  ['2026-10-01', '0 holiday', 'National Day'],
  ['2026-10-10', '465 workday', 'the Saturday that makes up for it, worked like a Friday'],
  ['2026-10-13', '0 leave', 'leave'],
  ['2026-10-12', '0 leave', 'leave on a holiday'],
  ['2026-08-31', '0 not_employed', 'the day before the first'],
  ['2026-09-01', '465 null', 'the first day'],
  ['2027-01-01', '0 not_employed', 'the day after the last'],
  ['2026-11-02', '0 null', 'a Monday, once their own pattern has begun'],
  ['2026-11-08', '480 null', 'a night shift of their own, from Sunday into Monday'],
])('%s: %s, %s', (date, expected) => {
  expect(minutes(date)).toBe(expected);
});

test('dates are half-open', () => {
  expect(datesBetween('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
});

test('shifts are put in order, and refused when they overlap or are shorter than their break', () => {
  const ordered = orderedShifts([shift(2, 13, 18), shift(1, 9, 12), shift(2, 9, 13)]);
  expect(ordered).toEqual({ shifts: [shift(1, 9, 12), shift(2, 9, 13), shift(2, 13, 18)] });
  expect(orderedShifts([shift(3, 9, 13), shift(3, 12, 18)])).toEqual({ wrongWeekday: 3 });
  expect(orderedShifts([shift(4, 9, 9)])).toEqual({ wrongWeekday: 4 });
  expect(orderedShifts([shift(5, 9, 10, 60)])).toEqual({ wrongWeekday: 5 });
});
