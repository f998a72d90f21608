/**
 * Proves: a row and a total of Explore open the query the server puts into documents for them, for any question, filters,
 * pair of groupings and zone; figures of time in states and counts of nothing open none, rates of 0 what they are rates of; sales open outcomes.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentOfResult } from '../../../src/reports/explore/document.js';
import {
  REPORT_GROUPINGS,
  type ReportGrouping,
  type ReportResult,
  type ReportRow,
} from '../../../src/shared/reports.js';
import { drillOf, rowPath } from '../../../web/src/reports/explore/drill.js';

type Asked = Pick<ReportResult, 'spec' | 'from' | 'to' | 'dates' | 'timeZone'>;

const QUARTER = 900_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Any key a row of a grouping can have within the range. */
const keyOf = (grouping: ReportGrouping, from: number, to: number): fc.Arbitrary<string> => {
  const moment = fc.integer({ min: from / QUARTER, max: to / QUARTER - 1 }).map((n) => n * QUARTER);
  switch (grouping) {
    case 'hour':
      return moment.map((ms) => new Date(ms).toISOString());
    case 'day':
    case 'week':
      return moment.map(dateOf);
    case 'month':
      return moment.map((ms) => dateOf(ms).slice(0, 7));
    case 'hour_of_day':
      return fc.integer({ min: 0, max: 23 }).map((hour) => String(hour).padStart(2, '0'));
    default:
      return fc.integer({ min: 0, max: 95 }).map(String);
  }
};

const some = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { maxLength: 3 });

const cell: fc.Arbitrary<{ asked: Asked; keys: string[] }> = fc
  .record({
    start: fc.integer({ min: 1_900_000, max: 2_000_000 }).map((n) => n * QUARTER),
    quarters: fc.integer({ min: 1, max: 6_000 }),
    whole: fc.boolean(),
    timeZone: fc.constantFrom('Asia/Shanghai', 'Asia/Kolkata', 'Europe/Berlin', 'America/New_York'),
    groupBy: fc.uniqueArray(fc.constantFrom(...REPORT_GROUPINGS), { maxLength: 2 }),
    agents: some(fc.nat(9)),
    hoursOfDay: some(fc.nat(23)),
    callerNumbers: some(fc.nat(9).map(String)),
  })
  .chain(({ start, quarters, whole, timeZone, groupBy, ...filters }) => {
    const [from, to] = [start, start + quarters * QUARTER];
    const dates = whole ? { from: dateOf(from), to: dateOf(to + 86_400_000) } : null;
    const range = dates ?? { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const asked: Asked = {
      spec: { range, kpis: ['dials'], groupBy, filters, compare: 'none' },
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      dates,
      timeZone,
    };
    return fc.record({
      asked: fc.constant(asked),
      keys: fc.tuple(...groupBy.map((grouping) => keyOf(grouping, from, to))),
    });
  });

const ANSWER = { asOf: '2026-11-22T12:00:00.000Z', compared: null, totals: {}, comparedTotals: null };

const seed = 20_261_122;

it('the same query as in a document', async () => {
  await fc.assert(
    fc.asyncProperty(cell, async ({ asked, keys }) => {
      const row: ReportRow = { keys, labels: keys.map((key) => ({ en: key, zh: key })), values: {}, compared: null };
      const { sections } = await documentOfResult({ ...asked, ...ANSWER, rows: [row] });
      const table = sections.find((section) => section.kind === 'table');
      if (keys.length > 0) expect(rowPath(asked, row)).toBe(`/calls?${table?.rows[0]?.calls}`);
      expect(drillOf(asked, null, 'dials', 1)).toEqual({ to: `/calls?${table?.totals?.calls}&measure=dials` });
    }),
    { seed, numRuns: 1_000 },
  );
});

describe('what a figure opens', () => {
  const asked: Asked = {
    spec: {
      range: { preset: 'last_week' },
      kpis: ['dials', 'sales', 'revenue', 'occupancy'],
      groupBy: ['agent', 'hour_of_day'],
      filters: { agents: [7, 8], campaigns: [3] },
      compare: 'none',
    },
    from: '2026-11-15T16:00:00.000Z',
    to: '2026-11-22T16:00:00.000Z',
    dates: { from: '2026-11-16', to: '2026-11-23' },
    timeZone: 'Asia/Shanghai',
  };
  const row: ReportRow = { keys: ['7', '09'], labels: [], values: {}, compared: null };
  const range = 'from=2026-11-16&to=2026-11-23';
  const cases: [string, number | object, unknown][] = [
    ['dials', 3, { to: `/calls?${range}&agent=7&campaign=3&hourOfDay=9&measure=dials` }],
    ['connect_rate', 0.5, { to: `/calls?${range}&agent=7&campaign=3&hourOfDay=9&measure=dials` }],
    ['sales', 1, { to: `/outcomes?${range}&agent=7&campaign=3&hourOfDay=9&measure=sales` }],
    ['revenue', { amountMinor: 1, currency: 'CNY' }, { to: expect.stringMatching(/^\/outcomes\?.*measure=revenue$/) }],
    ['revenue', [{ amountMinor: 0, currency: 'CNY' }], null],
    ['dials', 0, null],
    ['connect_rate', 0, { to: `/calls?${range}&agent=7&campaign=3&hourOfDay=9&measure=dials` }],
    ['talk_total_s', 90, { to: `/calls?${range}&agent=7&campaign=3&hourOfDay=9&measure=talk_total_s` }],
    ['occupancy', 0.8, { closed: 'states' }],
  ];
  it.each(cases)('%s of %j', (kpi, value, opened) => {
    expect(drillOf(asked, row, kpi, value as never)).toEqual(opened);
  });
  it('no value opens nothing, the totals open what the filters leave, a row all its calls', () => {
    expect(drillOf(asked, row, 'dials', null)).toBeNull();
    expect(drillOf(asked, null, 'dials', 5)).toEqual({ to: `/calls?${range}&agent=7%2C8&campaign=3&measure=dials` });
    expect(rowPath(asked, row)).toBe(`/calls?${range}&agent=7&campaign=3&hourOfDay=9`);
  });
});
