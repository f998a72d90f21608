/**
 * Proves the plain functions behind the pages of people: local times as instants on days that change the clock, shifts as
 * rows and back, and that a CSV file is read whatever a spreadsheet program encoded it in.
 */
import { describe, expect, test } from '@jest/globals';
import { endsNextDay, rowsOf, runsOf, shiftsOf } from '../../../web/src/people/calendar/shift-rows.js';
import { minutesOf, windowTimeOf } from '../../../web/src/people/organisation/window-time.js';
import { clockText, QUARTERS } from '../../../web/src/people/ui/clock-text.js';
import { formatBound, formatDay, weekdayName } from '../../../web/src/people/ui/days.js';
import { instantOf, offsetText } from '../../../web/src/people/ui/wall-time.js';
import { readCsv } from '../../../web/src/ui/csv-import/read-csv.js';

describe('a local date and time as an instant', () => {
  test.each([
    ['2026-11-22', '08:15', 'Asia/Shanghai', '2026-11-22T00:15:00.000Z'],
    ['2026-07-01', '00:00', 'Europe/Warsaw', '2026-06-30T22:00:00.000Z'],
    ['2026-07-01', '12:00', 'Asia/Kathmandu', '2026-07-01T06:15:00.000Z'],
    ['2026-07-01', '12:00', 'America/St_Johns', '2026-07-01T14:30:00.000Z'],
    // 29 March 2026: 02:00 to 03:00 does not exist in Warsaw; the moment the clocks jump over it.
    ['2026-03-29', '01:45', 'Europe/Warsaw', '2026-03-29T00:45:00.000Z'],
    ['2026-03-29', '02:30', 'Europe/Warsaw', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29', '03:00', 'Europe/Warsaw', '2026-03-29T01:00:00.000Z'],
    // 25 October 2026: 02:30 comes twice; the first of them.
    ['2026-10-25', '02:30', 'Europe/Warsaw', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', 'Europe/Warsaw', '2026-10-25T02:00:00.000Z'],
  ])('%s %s in %s is %s', (date, time, zone, instant) => {
    expect(new Date(instantOf(date, time, zone)).toISOString()).toBe(instant);
  });
  test.each([
    ['Asia/Shanghai', '+08:00'],
    ['America/St_Johns', '−03:30'],
    ['UTC', '+00:00'],
  ])('the offset of %s is %s', (zone, text) => {
    expect(offsetText(Date.UTC(2026, 10, 22), zone)).toBe(text);
  });
});

describe('shifts', () => {
  const office = { startMinutes: 540, endMinutes: 1080, breakMinutes: 60 };
  const night = { weekday: 6, startMinutes: 1320, endMinutes: 1800, breakMinutes: 0 };
  const week = [...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...office })), night];

  test('of the same hours are one row', () => {
    expect(rowsOf(week)).toEqual([
      { weekdays: [1, 2, 3, 4, 5], start: '09:00', end: '18:00', breakMinutes: 60 },
      { weekdays: [6], start: '22:00', end: '06:00', breakMinutes: 0 },
    ]);
  });
  test('come back from their rows', () => {
    expect(shiftsOf(rowsOf(week))).toEqual(week);
    expect(shiftsOf([])).toEqual([]);
  });
  test('that end before they start end on the next day', () => {
    expect(endsNextDay({ start: '22:00', end: '06:00' })).toBe(true);
    expect(endsNextDay({ start: '09:00', end: '09:00' })).toBe(true);
    expect(endsNextDay({ start: '09:00', end: '18:00' })).toBe(false);
  });
  test('of weekdays in a row are written as a run', () => {
    expect(runsOf([7, 1, 2, 3, 5])).toEqual([
      [1, 3],
      [5, 5],
      [7, 7],
    ]);
  });
});

test('days and clocks in words', () => {
  expect(weekdayName(1, 'en')).toBe('Monday');
  expect(weekdayName(7, 'zh')).toBe('星期日');
  expect(formatDay('2026-11-22', 'zh')).toBe('2026年11月22日');
  expect(clockText(1530)).toBe('25:30');
  expect([QUARTERS.length, QUARTERS.at(-1)]).toEqual([96, 1425]);
});

describe('a CSV file', () => {
  const bytes = (...parts: number[]) => new Uint8Array(parts).buffer;
  test.each([
    ['UTF-8', bytes(0xe7, 0x8e, 0x8b, 0x2c, 0x41)],
    ['UTF-8 with its mark', bytes(0xef, 0xbb, 0xbf, 0xe7, 0x8e, 0x8b, 0x2c, 0x41)],
    ['GB 18030', bytes(0xcd, 0xf5, 0x2c, 0x41)],
    ['UTF-16, little end first', bytes(0xff, 0xfe, 0x8b, 0x73, 0x2c, 0x00, 0x41, 0x00)],
    ['UTF-16, big end first', bytes(0xfe, 0xff, 0x73, 0x8b, 0x00, 0x2c, 0x00, 0x41)],
  ])('in %s is read', (_, file) => {
    expect(readCsv(file)).toBe('王,A');
  });
});

test('the length of a window is said in the largest unit it is a whole number of', () => {
  for (const [minutes, amount, unit] of [
    [1, 1, 'minutes'],
    [90, 90, 'minutes'],
    [120, 2, 'hours'],
    [1_440, 1, 'days'],
    [1_500, 25, 'hours'],
    [525_600, 365, 'days'],
  ] as const) {
    expect(windowTimeOf(minutes)).toEqual({ amount, unit });
    expect(minutesOf({ amount, unit })).toBe(minutes);
  }
});

test('the ends of a period: dates as days, the last one inclusive, instants in the zone', () => {
  expect(formatBound('2026-11-16', 'from', 'Asia/Shanghai', 'zh')).toBe(formatDay('2026-11-16', 'zh'));
  expect(formatBound('2026-11-23', 'to', 'Asia/Shanghai', 'zh')).toBe(formatDay('2026-11-22', 'zh'));
  expect(formatBound('2026-11-21T16:00:00.000Z', 'from', 'Asia/Shanghai', 'en')).toContain('Nov 22, 2026, 00:00');
  expect(formatBound('yesterday', 'to', 'UTC', 'en')).toBe('yesterday');
});
