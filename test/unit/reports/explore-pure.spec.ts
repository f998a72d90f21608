/**
 * Proves what presets and the range before mean on days worked out by hand, also over a clock change and for ranges that
 * have not ended; what a cell opens to; and the document of an answer: columns, change, chart and notes.
 */
import { resolveRange, type Zones } from '../../../src/kpi/index.js';
import { Zones as ZoneHistory } from '../../../src/kpi/read/zones.js';
import { changeOf } from '../../../src/reports/explore/change.js';
import { documentOfResult } from '../../../src/reports/explore/document.js';
import { datesBefore, datesCompared, datesOfPreset } from '../../../src/reports/explore/presets.js';
import { spanBefore, spanOf } from '../../../src/reports/explore/span.js';
import { cellQuery } from '../../../src/shared/cell-query.js';
import { ReportSourceSchema } from '../../../src/shared/report-schema.js';
import type {
  ReadyComparison,
  ReportRangePreset,
  ReportResult,
  ReportSpec,
  TableSection,
} from '../../../src/shared/reports.js';

const BERLIN: Zones = new ZoneHistory([
  { siteId: 1, validFrom: Number.NEGATIVE_INFINITY, timeZone: 'Europe/Berlin', dayStartMinutes: 0 },
]);
const iso = (ms: number): string => new Date(ms).toISOString();

it.each([
  // 2026-11-22 is a Sunday.
  ['today', '2026-11-22', '2026-11-23'],
  ['yesterday', '2026-11-21', '2026-11-22'],
  ['same_day_last_week', '2026-11-15', '2026-11-16'],
  ['this_week', '2026-11-16', '2026-11-23'],
  ['last_week', '2026-11-09', '2026-11-16'],
  ['this_month', '2026-11-01', '2026-12-01'],
  ['last_month', '2026-10-01', '2026-11-01'],
  ['this_quarter', '2026-10-01', '2027-01-01'],
  ['last_7_days', '2026-11-15', '2026-11-22'],
  ['last_30_days', '2026-10-23', '2026-11-22'],
  ['last_4_weeks', '2026-10-19', '2026-11-16'],
  ['last_13_weeks', '2026-08-17', '2026-11-16'],
] satisfies [ReportRangePreset, string, string][])('%s', (preset, from, to) => {
  expect(datesOfPreset(preset, '2026-11-22')).toEqual({ from, to });
});

it.each([
  ['a month', '2026-03-01', '2026-04-01', '2026-02-01'],
  ['a quarter', '2026-04-01', '2026-07-01', '2026-01-01'],
  ['a week', '2026-11-16', '2026-11-23', '2026-11-09'],
  ['any days', '2026-11-10', '2026-11-13', '2026-11-07'],
  ['two months are days', '2026-03-01', '2026-05-01', '2025-12-30'],
])('before %s', (_what, from, to, before) => {
  expect(datesBefore({ from, to })).toEqual({ from: before, to: from });
});

it.each([
  ['same_weekdays', '2026-11-17', '2026-11-18', '2026-11-10', '2026-11-11'],
  ['same_weekdays', '2026-11-09', '2026-11-19', '2026-10-26', '2026-11-05'],
  ['same_dates', '2026-03-31', '2026-04-01', '2026-02-28', '2026-03-01'],
  ['same_dates', '2026-03-30', '2026-03-31', '2026-02-28', '2026-03-01'],
  ['same_dates', '2026-02-01', '2026-03-01', '2026-01-01', '2026-02-01'],
  ['same_dates', '2026-02-28', '2026-03-29', '2025-12-28', '2026-01-29'],
  ['same_dates', '2026-04-01', '2026-07-01', '2026-01-01', '2026-04-01'],
  ['previous', '2026-04-01', '2026-07-01', '2026-01-01', '2026-04-01'],
] satisfies [ReadyComparison, string, string, string, string][])(
  '%s of %s to %s: %s to %s',
  (preset, from, to, ...other) => {
    const found = datesCompared({ from, to }, preset);
    expect([found.from, found.to]).toEqual(other);
    expect(found.from < found.to && found.to <= from).toBe(true);
  },
);

it('an empty list in a question is no filter', () => {
  const filters = { agents: [], teams: [], campaigns: [2] };
  const range = { preset: 'today' };
  const ready = { kind: 'ready', report: 'target_attainment', query: { range, filters } };
  const explore = {
    kind: 'explore',
    spec: { range, kpis: ['dials'], groupBy: [], filters: { ...filters, callerNumbers: [] }, compare: 'none' },
  };
  for (const source of [ready, explore]) {
    const kept = JSON.parse(JSON.stringify(ReportSourceSchema.parse(source)));
    expect((kept.query ?? kept.spec).filters).toEqual({ campaigns: [2] });
  }
});

describe('a range that has not ended', () => {
  const priorOf = (range: ReportSpec['range'], now: string) => {
    const at = Date.parse(now);
    const { from, to, cut, days } = spanBefore(spanOf(range, BERLIN, at), BERLIN, at);
    return { from: iso(from), to: iso(to), dates: cut?.dates ?? null, days };
  };

  it('is compared with as much of the one before: whole days, and today by the quarter hour', () => {
    // Wednesday 11:40 in Berlin (UTC+1): Monday and Tuesday whole, Wednesday until 11:30.
    expect(priorOf({ preset: 'this_week' }, '2026-11-18T10:40:00Z')).toEqual({
      from: '2026-11-08T23:00:00.000Z',
      to: '2026-11-11T10:30:00.000Z',
      dates: { from: '2026-11-09', to: '2026-11-16' },
      days: { from: '2026-11-09', to: '2026-11-11' },
    });
  });

  it('of one day is that part of the day before, as long after its beginning', () => {
    // The clocks went back on 25 October: 11:30 of the 26th is 11 h 30 min after its beginning, 10:30 on the clock of the 25th.
    expect(priorOf({ preset: 'today' }, '2026-10-26T10:30:00Z')).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T09:30:00.000Z',
      dates: { from: '2026-10-25', to: '2026-10-26' },
      days: null,
    });
  });

  it('is compared with a whole shorter month when more has passed of it than that one had', () => {
    expect(priorOf({ preset: 'this_month' }, '2026-03-31T10:40:00Z')).toEqual({
      from: '2026-01-31T23:00:00.000Z',
      to: '2026-02-28T23:00:00.000Z',
      dates: null,
      days: { from: '2026-02-01', to: '2026-03-01' },
    });
  });

  it('of instants is as much of the time right before', () => {
    const range = { from: '2026-11-18T08:00:00Z', to: '2026-11-18T12:00:00Z' };
    expect(priorOf(range, '2026-11-18T10:40:00Z')).toMatchObject({
      from: '2026-11-18T04:00:00.000Z',
      to: '2026-11-18T06:30:00.000Z',
    });
  });
});

it('reads instants on quarter hours only', () => {
  expect(() => spanOf({ from: '2026-11-18T08:10:00Z', to: '2026-11-19' }, BERLIN, 0)).toThrow(
    expect.objectContaining({ code: 'time_off_slot' }),
  );
});

function resultOf(more: Partial<ReportSpec>, rows: ReportResult['rows'], dates = true): ReportResult {
  const span = resolveRange({ kind: 'date', date: '2026-11-16' }, { kind: 'date', date: '2026-11-23' }, BERLIN);
  const spec: ReportSpec = {
    range: { preset: 'this_week' },
    kpis: ['dials', 'connect_rate', 'customers'],
    groupBy: ['agent'],
    filters: {},
    compare: 'none',
    ...more,
  };
  return {
    asOf: '2026-11-22T12:00:00.000Z',
    timeZone: 'Europe/Berlin',
    from: iso(span.from),
    to: iso(span.to),
    dates: dates ? { from: '2026-11-16', to: '2026-11-23' } : null,
    compared: null,
    spec,
    rows,
    totals: { dials: 30, connect_rate: 0.5, customers: 12 },
    comparedTotals: spec.compare === 'previous' ? { dials: 20, connect_rate: 0.25, customers: 12 } : null,
  };
}
const text = (en: string) => ({ en, zh: en });
const row = (keys: string[], dials: number, compared: number | null = null): ReportResult['rows'][number] => ({
  keys,
  labels: keys.map(text),
  values: { dials, connect_rate: 0.5, customers: 3 },
  compared: compared === null ? null : { dials: compared, connect_rate: 0.25, customers: 3 },
});

describe('what a cell opens to', () => {
  const opened = (spec: Partial<ReportSpec>, keys: string[], dates = true) =>
    Object.fromEntries(cellQuery(resultOf(spec, [], dates), keys));

  it.each<[string, Partial<ReportSpec>, string[], Record<string, string>]>([
    ['an agent', {}, ['7'], { from: '2026-11-16', to: '2026-11-23', agent: '7' }],
    [
      'an agent of several asked for',
      { filters: { agents: [7, 8] } },
      ['7'],
      { from: '2026-11-16', to: '2026-11-23', agent: '7' },
    ],
    ['a day', { groupBy: ['day'] }, ['2026-11-17'], { from: '2026-11-17', to: '2026-11-18' }],
    ['a week', { groupBy: ['week'] }, ['2026-11-16'], { from: '2026-11-16', to: '2026-11-23' }],
    ['a part of a month', { groupBy: ['month'] }, ['2026-11'], { from: '2026-11-16', to: '2026-11-23' }],
    [
      'a cell of the heat map',
      { groupBy: ['weekday', 'hour_of_day'], filters: { teams: [3], weekdays: [1, 2] } },
      ['2', '09'],
      { from: '2026-11-16', to: '2026-11-23', team: '3', weekday: '2', hourOfDay: '9' },
    ],
    [
      'an hour of a business day',
      { groupBy: ['hour', 'disposition'] },
      ['2026-11-17T08:00:00.000Z', '0'],
      {
        from: '2026-11-17T08:00:00.000Z',
        to: '2026-11-17T09:00:00.000Z',
        dateFrom: '2026-11-16',
        dateTo: '2026-11-23',
        disposition: '0',
      },
    ],
  ])('%s', (_what, spec, keys, query) => {
    expect(opened(spec, keys)).toEqual(query);
  });

  it('a day of a range of instants', () => {
    expect(opened({ groupBy: ['day'] }, ['2026-11-17'], false)).toMatchObject({
      dateFrom: '2026-11-17',
      dateTo: '2026-11-18',
    });
  });
});

it.each<[Parameters<typeof changeOf>, number | null]>([
  [[30, 20, 'count'], 0.5],
  [[10, 20, 'count'], -0.5],
  [[0.5, 0.25, 'fraction'], 0.25],
  [[0.5, 0, 'fraction'], 0.5],
  [[5, 0, 'count'], null],
  [[5, null, 'count'], null],
  [[{ amountMinor: 300, currency: 'CNY' }, { amountMinor: 200, currency: 'CNY' }, 'money'], 0.5],
  [[{ amountMinor: 300, currency: 'CNY' }, { amountMinor: 200, currency: 'USD' }, 'money'], null],
])('change of %j', (change, expected) => {
  expect(changeOf(...change)).toBe(expected);
});

describe('a document', () => {
  it('has a column a figure, what it was before and its change, and totals that are the answer’s', async () => {
    const document = await documentOfResult(resultOf({ compare: 'previous' }, [row(['7'], 30, 20)]), [
      text('Team: North'),
    ]);
    const table = document.sections.find((section): section is TableSection => section.kind === 'table');
    expect(table?.columns.map(({ id, type }) => `${id} ${type}`).slice(0, 7)).toEqual([
      'agent text',
      'dials count',
      'dials.compared count',
      'dials.change change',
      'connect_rate fraction',
      'connect_rate.compared fraction',
      'connect_rate.change points',
    ]);
    expect(table?.rows[0]?.cells).toEqual([text('7'), 30, 20, 0.5, 0.5, 0.25, 0.25, 3, 3, 0]);
    expect(table?.totals?.cells).toEqual([{ en: 'Total', zh: '合计' }, 30, 20, 0.5, 0.5, 0.25, 0.25, 12, 12, 0]);
    expect(document.headline.map(({ kpi, value, compared }) => [kpi, value, compared])).toEqual([
      ['dials', 30, 20],
      ['connect_rate', 0.5, 0.25],
      ['customers', 12, 12],
    ]);
    expect(document.definitions.map(({ id, formula }) => [id, formula])).toContainEqual([
      'connect_rate',
      'connects ÷ dials',
    ]);
    expect(document.filters).toEqual([text('Team: North')]);
  });

  it('beside the team has the columns of the screen: of a sum the share of the team, of a rate the difference in points', async () => {
    const document = await documentOfResult(resultOf({ compare: 'team' }, [row(['7'], 30, 120)]));
    const table = document.sections.find((section): section is TableSection => section.kind === 'table');
    expect(table?.columns.map(({ id, type }) => `${id} ${type}`).slice(1, 7)).toEqual([
      'dials count',
      'dials.compared count',
      'dials.share fraction',
      'connect_rate fraction',
      'connect_rate.compared fraction',
      'connect_rate.change points',
    ]);
    expect(table?.rows[0]?.cells.slice(1, 7)).toEqual([30, 120, 0.25, 0.5, 0.25, 0.25]);
  });

  const chartOf = async (groupBy: ReportSpec['groupBy'], rows: ReportResult['rows']) =>
    (await documentOfResult(resultOf({ groupBy }, rows))).sections.flatMap((section) =>
      section.kind === 'chart' ? [section] : [],
    )[0];

  it('draws time as a line, people as bars, the largest of many', async () => {
    expect((await chartOf(['day'], [row(['2026-11-16'], 1), row(['2026-11-17'], 2)]))?.type).toBe('line');
    const many = Array.from({ length: 40 }, (_, n) => row([String(n)], n));
    const bars = await chartOf(['agent'], many);
    expect([bars?.type, bars?.categories.length, bars?.note?.en]).toEqual([
      'bar',
      30,
      'The largest 30 of 40 are drawn; the table has all.',
    ]);
    expect(bars?.series[0]?.points[0]?.value).toBe(10);
    expect(await chartOf([], [])).toBeUndefined();
  });

  it('draws weekday and hour as a heat map, whichever comes first, with gaps where nothing was', async () => {
    const cells = [row(['1', '09'], 5), row(['2', '11'], 7)];
    const heat = await chartOf(['weekday', 'hour_of_day'], cells);
    expect(heat?.categories.map(({ en }) => en)).toEqual(['09:00–10:00', '10:00–11:00', '11:00–12:00']);
    expect(heat?.series.map(({ points }) => points.map(({ value }) => value)).slice(0, 2)).toEqual([
      [5, null, null],
      [null, null, 7],
    ]);
    const turned = cells.map(({ keys, ...rest }) => ({ ...rest, keys: [...keys].reverse() }));
    expect(await chartOf(['hour_of_day', 'weekday'], turned)).toEqual(heat);
  });

  it('of the longest answer is made while others are heard', async () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => row([String(n)], n));
    let heard = 0;
    const listening = setInterval(() => {
      heard += 1;
    });
    await documentOfResult(resultOf({}, rows));
    clearInterval(listening);
    expect(heard).toBeGreaterThanOrEqual(5);
  });

  it('draws a line for each of the other grouping over time', async () => {
    const chart = await chartOf(['agent', 'day'], [row(['7', '2026-11-16'], 1), row(['8', '2026-11-17'], 2)]);
    expect([chart?.type, chart?.series.length, chart?.categories.length]).toEqual(['line', 2, 2]);
  });
});
