/**
 * Proves: business dates and bounds of days equal a minute-by-minute search with Intl, in zones of every kind of clock
 * change, for every day start; days follow each other without gap or overlap.
 */
import fc from 'fast-check';
import {
  addDays,
  businessDate,
  businessDayBounds,
  isTimeZone,
  SLOT_MS,
  slotStart,
} from '../../../src/organisation/index.js';
import { businessDateOf, dayAfter, dayStartsAt } from '../../oracle/index.js';

const HOUR = 3_600_000;
const ZONES = [
  'UTC',
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu', // +05:45
  'Australia/Lord_Howe', // changes by half an hour
  'America/Sao_Paulo', // skipped midnight until 2018
  'Africa/Cairo', // skips midnight on a Friday
  'Asia/Beirut', // skips midnight, comes back at midnight
  'America/Havana', // comes back from 01:00 to 00:00
  'America/St_Johns', // −03:30
  'Pacific/Chatham', // +12:45 with changes
  'Pacific/Kiritimati', // +14
  'Pacific/Apia', // one day did not exist
  'Antarctica/Troll', // changes by two hours
];

/** A day before to a day after clock changes, and anything else. */
const CHANGES = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2026-10-03T15:30Z',
  '2026-04-04T15:00Z',
  '2018-11-04T03:00Z',
  '2018-02-18T02:00Z',
  '2026-04-23T22:00Z',
  '2026-10-29T21:00Z',
  '2026-03-28T22:00Z',
  '2026-03-08T05:00Z',
  '2026-11-01T05:00Z',
  '2010-11-07T02:30Z', // Newfoundland, from 00:01 back to 23:01
  '2011-12-30T10:00Z',
  '2026-04-04T14:00Z',
].map((iso) => Date.parse(iso));

const instant = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -30 * HOUR, max: 30 * HOUR }))
      .map(([at, by]) => at + by),
  },
  { weight: 1, arbitrary: fc.integer({ min: Date.parse('2010-01-01'), max: Date.parse('2037-01-01') }) },
);
const zone = fc.constantFrom(...ZONES);
const dayStart = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
  fc.constantFrom(120, 135, 150, 165, 30, 15, 1_425),
);

test('the business date of any instant is that of the search', () => {
  fc.assert(
    fc.property(instant, zone, dayStart, (at, name, start) => {
      expect(businessDate(at, name, start)).toBe(businessDateOf(at, name, start));
    }),
    { numRuns: 1_500 },
  );
});

test('bounds of a day are those of the search', () => {
  fc.assert(
    fc.property(instant, zone, dayStart, (at, name, start) => {
      const date = businessDate(at, name, start);
      expect(businessDayBounds(date, name, start)).toEqual({
        start: dayStartsAt(date, name, start),
        end: dayStartsAt(dayAfter(date), name, start),
      });
    }),
    { numRuns: 500 },
  );
});

test('an instant lies within the bounds of its date; days abut', () => {
  fc.assert(
    fc.property(instant, zone, dayStart, (at, name, start) => {
      const date = businessDate(at, name, start);
      const bounds = businessDayBounds(date, name, start);
      expect(bounds.start <= at && at < bounds.end).toBe(true);
      expect(businessDayBounds(addDays(date, 1), name, start).start).toBe(bounds.end);
      expect(businessDate(bounds.start, name, start)).toBe(date);
    }),
    { numRuns: 1_500 },
  );
});

test('all instants of a slot have one date, and every day is a whole number of slots', () => {
  fc.assert(
    fc.property(instant, zone, dayStart, fc.nat(SLOT_MS - 1), (at, name, start, into) => {
      const slot = slotStart(at);
      expect(slot <= at && at < slot + SLOT_MS && slot % SLOT_MS === 0).toBe(true);
      expect(businessDate(slot + into, name, start)).toBe(businessDate(slot, name, start));
      const bounds = businessDayBounds(businessDate(at, name, start), name, start);
      // Until 2011 Newfoundland changed its clocks at 00:01: a day that began within that hour began at 01:01.
      if (name === 'America/St_Johns' && at < Date.UTC(2012, 0)) return;
      expect([bounds.start % SLOT_MS, bounds.end % SLOT_MS]).toEqual([0, 0]);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['Europe/Berlin', '2026-03-29', 0, 23],
  ['Europe/Berlin', '2026-10-25', 0, 25],
  ['America/New_York', '2026-11-01', 360, 24], // the change at 02:00 belongs to the day that began on 31 October
  ['America/New_York', '2026-10-31', 360, 25],
  ['Australia/Lord_Howe', '2026-10-04', 0, 23.5],
  ['America/Sao_Paulo', '2018-11-04', 0, 23],
  ['Pacific/Apia', '2011-12-30', 0, 0],
  ['Asia/Kathmandu', '2026-05-05', 0, 24],
])('%s %s from minute %i has %s hours', (name, date, start, hours) => {
  const bounds = businessDayBounds(date, name, start);
  expect((bounds.end - bounds.start) / HOUR).toBe(hours);
});

test('a day start inside a clock gap is the first instant after it', () => {
  // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
  for (const minutes of [120, 135, 150, 165, 180]) {
    expect(businessDayBounds('2026-03-29', 'Europe/Berlin', minutes).start).toBe(Date.parse('2026-03-29T01:00Z'));
  }
});

test('names of zones', () => {
  expect(['Europe/Berlin', 'Asia/Kathmandu', 'Nowhere/Land', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
