/**
 * Proves the models of Explore: the question goes into the address and comes back whole; a change takes along only what no
 * longer makes sense; rows sort with "no value" last either way; the picture that suits each pair of groupings, what it
 * leaves out, and several currencies as series of their own.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KpiDefinitionView, KpiValue } from '../../../src/shared/api.js';
import {
  REPORT_COMPARISONS,
  REPORT_GROUPINGS,
  REPORT_RANGES,
  type ReportGrouping,
  type ReportResult,
  type ReportRow,
  type ReportSpec,
} from '../../../src/shared/reports.js';
import { quarterText } from '../../../web/src/people/ui/clock-text.js';
import { drawnOf, MAX_BARS, MAX_SERIES } from '../../../web/src/reports/explore/chart-section.js';
import { keyText } from '../../../web/src/reports/explore/labels.js';
import {
  addressOf,
  columnsOf,
  isSameQuestion,
  regroup,
  type Shown,
  shownFrom,
  withFilter,
  withQuestion,
} from '../../../web/src/reports/explore/question.js';
import { nextSorting, sortRows } from '../../../web/src/reports/explore/sort-rows.js';

const SPEC: ReportSpec = {
  range: { preset: 'last_7_days' },
  kpis: ['dials', 'connect_rate'],
  groupBy: ['agent'],
  filters: {},
  compare: 'none',
};
const SHOWN: Shown = { spec: SPEC, sorting: null, drawn: null, saved: null };

const kpi = (id: string, more: Partial<KpiDefinitionView> = {}): KpiDefinitionView => ({
  id,
  version: 1,
  kind: 'measure',
  name: { en: id, zh: id },
  explanation: { en: '', zh: '' },
  formula: id,
  unit: 'count',
  goodDirection: 'up',
  thresholds: null,
  source: { en: '', zh: '' },
  available: true,
  ...more,
});
const row = (keys: string[], dials: KpiValue, compared: KpiValue | undefined = undefined): ReportRow => ({
  keys,
  labels: keys.map((key) => ({ en: `name ${key}`, zh: `名 ${key}` })),
  values: { dials },
  compared: compared === undefined ? null : { dials: compared },
});
const result = (groupBy: ReportGrouping[], rows: ReportRow[], more: Partial<ReportSpec> = {}): ReportResult => ({
  asOf: '',
  timeZone: 'UTC',
  from: '',
  to: '',
  dates: null,
  compared: null,
  spec: { ...SPEC, kpis: ['dials'], groupBy, ...more },
  rows,
  totals: {},
  comparedTotals: null,
});

describe('the question in the address', () => {
  it('comes back whole', () => {
    const some = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { minLength: 1, maxLength: 4 });
    const shown = fc.record({
      spec: fc.record({
        range: fc.oneof(
          fc.constantFrom(...REPORT_RANGES).map((preset) => ({ preset })),
          fc.constant({ from: '2026-11-01', to: '2026-11-08' }),
          fc.constant({ from: '2026-11-01T09:00:00Z', to: '2026-11-01T09:15:00Z' }),
        ),
        kpis: some(fc.stringMatching(/^[a-z][a-z_]{0,20}$/)),
        groupBy: fc.uniqueArray(fc.constantFrom(...REPORT_GROUPINGS), { maxLength: 2 }),
        filters: fc.record(
          {
            agents: some(fc.nat()),
            callerNumbers: some(fc.nat().map(String)),
            weekdays: some(fc.integer({ min: 1, max: 7 })),
          },
          { requiredKeys: [] },
        ),
        compare: fc.constantFrom(...REPORT_COMPARISONS),
      }),
      sorting: fc.option(fc.record({ column: fc.constantFrom('key:0', 'dials'), descending: fc.boolean() })),
      drawn: fc.option(fc.constantFrom('sales', 'talk_s')),
      saved: fc.option(fc.integer({ min: 1, max: 1e6 })),
    });
    fc.assert(
      fc.property(shown, (one) => {
        const back = shownFrom(new URLSearchParams(addressOf(one).toString()));
        // The first KPI is drawn without saying so.
        expect(back).toEqual({ ...one, drawn: one.drawn === one.spec.kpis[0] ? null : one.drawn });
        expect(isSameQuestion(back.spec, one.spec)).toBe(true);
      }),
      { seed: 20_261_122 },
    );
  });

  it('an empty one begins with agents; one without figures stays without', () => {
    expect(shownFrom(new URLSearchParams()).spec).toMatchObject({
      groupBy: ['agent'],
      kpis: expect.arrayContaining(['dials']),
    });
    expect(shownFrom(new URLSearchParams('kpis=&groupBy=team')).spec.kpis).toEqual([]);
    expect(shownFrom(new URLSearchParams('range=today')).spec.range).toEqual({ preset: 'today' });
  });
});

describe('a change of the question', () => {
  it('comparison with the team goes with the agents', () => {
    const shown = { ...SHOWN, spec: { ...SPEC, compare: 'team' as const } };
    expect(withQuestion(shown, { groupBy: ['team'] }).spec.compare).toBe('none');
    expect(withQuestion(shown, { groupBy: ['day', 'agent'] }).spec.compare).toBe('team');
  });
  it('the order and the picture stay as long as their column does', () => {
    const shown: Shown = { ...SHOWN, sorting: { column: 'connect_rate', descending: true }, drawn: 'connect_rate' };
    expect(withQuestion(shown, { groupBy: ['day'] })).toMatchObject({ sorting: shown.sorting, drawn: 'connect_rate' });
    expect(withQuestion(shown, { kpis: ['dials'] })).toMatchObject({ sorting: null, drawn: null });
    const byKey: Shown = { ...SHOWN, sorting: { column: 'key:0', descending: true } };
    expect(withQuestion(byKey, { groupBy: ['day'] }).sorting).toBeNull();
    expect(withQuestion(byKey, { kpis: ['sales'] }).sorting).toEqual(byKey.sorting);
  });
  const groups: [ReportGrouping[], 0 | 1, ReportGrouping | null, ReportGrouping[]][] = [
    [[], 0, 'day', ['day']],
    [['day'], 1, 'agent', ['day', 'agent']],
    [['day', 'agent'], 0, 'team', ['team', 'agent']],
    [['day', 'agent'], 0, 'agent', ['agent', 'day']],
    [['day', 'agent'], 1, 'day', ['agent', 'day']],
    [['day', 'agent'], 0, null, ['agent']],
    [['day', 'agent'], 1, null, ['day']],
    [['day'], 0, null, []],
  ];
  it.each(groups)('%j, place %i becomes %s: %j', (held, place, chosen, expected) => {
    expect(regroup(held, place, chosen)).toEqual(expected);
  });
  it('an emptied filter goes', () => {
    expect(withFilter({ agents: [1] }, 'weekdays', [2])).toEqual({ agents: [1], weekdays: [2] });
    expect(withFilter({ agents: [1], weekdays: [2] }, 'agents', [])).toEqual({ weekdays: [2] });
  });
  it('figures of another version are named and left out', () => {
    const catalog = [kpi('dials'), kpi('connect_rate'), kpi('later', { available: false })];
    const { kpis, unknown } = columnsOf({ ...SPEC, kpis: ['connect_rate', 'luck', 'later', 'dials'] }, catalog);
    expect(kpis.map(({ id }) => id)).toEqual(['connect_rate', 'dials']);
    expect(unknown).toEqual(['luck', 'later']);
  });
});

describe('the order of rows', () => {
  const rows = [row(['10'], 5), row(['9'], null), row(['2'], 7), row(['1'], 5)];
  const keys = (column: string, descending: boolean, groupBy: ReportGrouping[] = ['agent']) =>
    sortRows(rows, { column, descending }, groupBy, 'en').map((one) => one.keys[0]);
  it('by a figure: no value last either way, equal ones as they came', () => {
    expect(keys('dials', true)).toEqual(['2', '10', '1', '9']);
    expect(keys('dials', false)).toEqual(['10', '1', '2', '9']);
  });
  it('by name, numbers in names by their size; hours by the clock', () => {
    expect(keys('key:0', false)).toEqual(['1', '2', '9', '10']);
    expect(keys('key:0', true, ['hour_of_day'])).toEqual(['10', '9', '2', '1']);
  });
  it('amounts by their size, several currencies as no value', () => {
    const money = [
      row(['a'], { amountMinor: 5, currency: 'CNY' }),
      row(
        ['b'],
        [
          { amountMinor: 9, currency: 'CNY' },
          { amountMinor: 9, currency: 'USD' },
        ],
      ),
      row(['c'], { amountMinor: 7, currency: 'CNY' }),
    ];
    const order = sortRows(money, { column: 'dials', descending: true }, ['agent'], 'en').map((one) => one.keys[0]);
    expect(order).toEqual(['c', 'a', 'b']);
  });
  it('a heading: top first or A first, the other way, as it came', () => {
    const first = nextSorting(null, 'dials');
    expect(first).toEqual({ column: 'dials', descending: true });
    const second = nextSorting(first, 'dials');
    expect(second).toEqual({ column: 'dials', descending: false });
    expect(nextSorting(second, 'dials')).toBeNull();
    expect(nextSorting(second, 'key:0')).toEqual({ column: 'key:0', descending: false });
  });
});

describe('the picture', () => {
  const texts = { compared: { en: 'before', zh: '之前' } };
  const draw = (answer: ReportResult, definition = kpi('dials')) => drawnOf(answer, answer.rows, definition, texts);
  it('of one row there is none', () => {
    expect(draw(result([], [row([], 5)]))).toBeNull();
    expect(draw(result(['agent'], []))).toBeNull();
  });
  it.each([
    ['day', 'line'],
    ['month', 'line'],
    ['interval', 'line'],
    ['hour_of_day', 'bar'],
    ['weekday', 'bar'],
    ['agent', 'bar'],
  ] as const)('by %s: %s', (grouping, type) => {
    expect(draw(result([grouping], [row(['2026-11-01'], 5)]))?.section.type).toBe(type);
  });
  it('bars follow the table and say how many are not in the picture', () => {
    const many = Array.from({ length: MAX_BARS + 5 }, (_, index) => row([String(index)], index));
    const drawn = draw(result(['agent'], many.toReversed()));
    expect(drawn?.section.categories[0]).toEqual({ en: 'name 19', zh: '名 19' });
    expect(drawn?.left).toEqual({ kind: 'bars', shown: MAX_BARS, of: MAX_BARS + 5 });
  });
  it('the range before is a series behind; a row without one leaves a gap', () => {
    const drawn = draw(result(['day'], [row(['2026-11-01'], 5, 4), row(['2026-11-02'], 6)], { compare: 'previous' }));
    expect(drawn?.section.series).toEqual([
      { name: { en: 'dials', zh: 'dials' }, unit: 'count', points: [{ value: 5 }, { value: 6 }] },
      { name: texts.compared, unit: 'count', usual: true, points: [{ value: 4 }, { value: null }] },
    ]);
  });
  it('two currencies are two series', () => {
    const both = [
      { amountMinor: 9, currency: 'CNY' },
      { amountMinor: 2, currency: 'USD' },
    ];
    const drawn = draw(
      result(['team'], [row(['1'], both), row(['2'], { amountMinor: 4, currency: 'USD' })]),
      kpi('dials', { unit: 'money' }),
    );
    expect(drawn?.section.series.map(({ currency, points }) => [currency, points.map(({ value }) => value)])).toEqual([
      ['CNY', [9, null]],
      ['USD', [2, 4]],
    ]);
  });
  it('time runs along the page wherever it stands, a line for each of the largest others', () => {
    const rows = Array.from({ length: MAX_SERIES + 2 }, (_, agent) => [
      row([String(agent), '2026-11-01'], agent),
      row([String(agent), '2026-11-02'], agent),
    ]).flat();
    const drawn = draw(result(['agent', 'day'], rows));
    expect(drawn?.section).toMatchObject({ type: 'line', categories: [{ en: 'Sun, Nov 1' }, { en: 'Mon, Nov 2' }] });
    expect(drawn?.section.series.map(({ name }) => name.en)).toEqual([
      'name 2',
      'name 3',
      'name 4',
      'name 5',
      'name 6',
      'name 7',
    ]);
    expect(drawn?.left).toEqual({ kind: 'series', shown: MAX_SERIES, of: MAX_SERIES + 2 });
  });
  it('agents within their teams are bars of agents; who was in two is told apart', () => {
    const rows = ['1', '2', '3', '4', '5', '6'].map((agent) => row([Number(agent) < 4 ? 'a' : 'b', agent], 5));
    const drawn = draw(result(['team', 'agent'], [...rows, row(['b', '1'], 7)]));
    expect(drawn?.section).toMatchObject({ type: 'bar', series: [{ points: { length: 7 } }] });
    const names = drawn?.section.categories.map(({ en }) => en);
    expect([names?.[0], names?.[1], names?.[6]]).toEqual(['name 1 · name a', 'name 2', 'name 1 · name b']);
    // Everybody in every hour: side by side.
    const crossed = ['9', '10'].flatMap((hour) => ['1', '2', '3'].map((agent) => row([hour, agent], 5)));
    expect(draw(result(['hour_of_day', 'agent'], crossed))?.section.series).toHaveLength(3);
  });
  it('weekday and hour are a heat map, whichever comes first; what nobody dialled is empty', () => {
    const drawn = draw(result(['hour_of_day', 'weekday'], [row(['9', '2'], 5), row(['10', '1'], 7)]));
    expect(drawn?.section).toMatchObject({
      type: 'heatmap',
      categories: [{ en: '9' }, { en: '10' }],
      series: [
        { name: { en: 'name 1' }, points: [{ value: null }, { value: 7 }] },
        { name: { en: 'name 2' }, points: [{ value: 5 }, { value: null }] },
      ],
      opens: { kpi: 'dials', categories: ['hourOfDay=9', 'hourOfDay=10'], series: ['weekday=1', 'weekday=2'] },
    });
  });
});

it('keys in words', () => {
  const said = (grouping: ReportGrouping, key: string) =>
    (['en', 'zh'] as const).map((language) => keyText(row([key], 1), 0, [grouping], language));
  expect(said('day', '2026-11-22')).toEqual(['Sun, Nov 22', '11月22日周日']);
  expect(said('month', '2026-11')).toEqual(['Nov 2026', '2026年11月']);
  expect(said('agent', '7')).toEqual(['name 7', '名 7']);
  expect([0, 37, 95].map(quarterText)).toEqual(['00:00', '09:15', '23:45']);
});
