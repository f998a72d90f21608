/**
 * Proves what a report's page says and draws of a document: figures and changes in words, what cells open, how tables sort,
 * what charts show and leave out, and addresses of ready-made reports. Figures are worked out by hand.
 */
import { describe, expect, test } from '@jest/globals';
import type {
  ChartSection,
  DocumentRow,
  ReadyReportView,
  ReportColumn,
  ReportDocument,
} from '../../../src/shared/reports.js';
import { cutToFit } from '../../../web/src/charts/cut-to-fit.js';
import { heatEnds, heatLevels, nextCell } from '../../../web/src/charts/heat-map-model.js';
import { timeStep, waterfallBars } from '../../../web/src/charts/series-spec.js';
import { seriesData } from '../../../web/src/charts/to-series.js';
import { CHART_COLOURS } from '../../../web/src/reports/document/chart-colours.js';
import {
  type ChartTexts,
  categoryText,
  chartTable,
  drawnSeries,
  funnelSteps,
  heatMapSpec,
  isInOrder,
  seriesColours,
  seriesSpec,
} from '../../../web/src/reports/document/chart-model.js';
import { cellPath, figurePath, headlineCalls, headlinePath } from '../../../web/src/reports/document/links.js';
import { nextSorting, sortedRows } from '../../../web/src/reports/document/table-model.js';
import {
  attainmentOf,
  axisText,
  cellText,
  changeOf,
  changeText,
  headlineText,
  numberText,
  signedText,
  trendOf,
} from '../../../web/src/reports/document/values.js';
import { addressOf, callsOf, queryFrom, readyPath } from '../../../web/src/reports/ready/address.js';
import { groupsOf } from '../../../web/src/reports/ready/groups.js';

const both = (text: string) => ({ en: text, zh: text });
const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });
const texts: ChartTexts = { range: (low, high) => `${low} to ${high}`, sample: (count) => `of ${count}` };

describe('figures in words', () => {
  const en = { language: 'en', zone: 'Asia/Shanghai' } as const;
  const zh = { language: 'zh', zone: 'Asia/Shanghai' } as const;
  test('cells by the type of their column; nothing is a dash, never 0', () => {
    expect(cellText(null, 'count', en)).toBe('—');
    expect(cellText(0, 'count', en)).toBe('0');
    expect(cellText(0.4123, 'fraction', en)).toBe('41.2%');
    expect(cellText(-0.05, 'change', en)).toBe('−5.0%');
    expect(cellText(0.05, 'change', en)).toBe('+5.0%');
    expect(cellText(-0.004, 'points', en)).toBe('−0.4 pp');
    expect([24, -1_400, 0].map((one) => cellText(one, 'difference', en))).toEqual(['+24', '−1,400', '±0']);
    expect(cellText(7500, 'seconds', zh)).toBe('2小时05分');
    expect(cellText(12.4, 'count', en)).toBe('12.4');
    expect(cellText(cny(123_456_00), 'money', zh)).toBe('¥12.35万');
    expect(cellText('2026-11-22', 'date', zh)).toBe('2026年11月22日');
    expect(cellText('2026-11-22T09:12:03Z', 'instant', en)).toBe('Nov 22, 2026, 17:12:03');
    expect(cellText({ en: 'Team', zh: '团队' }, 'text', zh)).toBe('团队');
  });
  test('below zero with a minus, differences with their sign, axes short', () => {
    expect(numberText(-185, 'seconds', undefined, 'en')).toBe('−3 m 05 s');
    expect(signedText(24, 'count', undefined, 'en')).toBe('+24');
    expect(signedText(-129_900, 'money', 'CNY', 'zh')).toBe('−¥1,299.00');
    expect(signedText(0, 'count', undefined, 'en')).toBe('±0');
    expect(headlineText(cny(5_101_000_00), 'money', 'en')).toBe('CN¥5,101,000');
    expect(headlineText([cny(100), { amountMinor: 200, currency: 'USD' }], 'money', 'zh')).toBe('¥1.00 + US$2.00');
    expect(axisText(0.4, 'fraction', undefined, 'en')).toBe('40%');
    expect(axisText(-500_000, 'money', 'CNY', 'zh')).toBe('−¥5,000');
  });
  test('rates change in points, everything else in percent; other currencies and nothing before do not compare', () => {
    // 41.5 % after 46.4 % is 4.9 points less; 110 after 100 is 10 % more.
    expect(changeText(changeOf(0.415, 0.464, 'fraction') ?? { kind: 'points', by: 9 }, 'en')).toBe('−4.9');
    expect(changeText(changeOf(110, 100, 'count') ?? { kind: 'relative', by: 9 }, 'en')).toBe('+10.0%');
    expect(changeText({ kind: 'points', by: -0.0004 }, 'en')).toBe('±0.0');
    expect(changeOf(cny(200), cny(100), 'money')).toEqual({ kind: 'relative', by: 1 });
    expect(changeOf(cny(200), { amountMinor: 100, currency: 'USD' }, 'money')).toBeNull();
    expect(changeOf([cny(1), { amountMinor: 1, currency: 'USD' }], cny(1), 'money')).toBeNull();
    expect(changeOf(5, 0, 'count')).toBeNull();
    expect(changeOf(null, 3, 'count')).toBeNull();
  });
  test('an arrow is the way a figure goes, whether that is good is a word of its own', () => {
    const of = (by: number, good: 'up' | 'down' | 'neutral') => Object.values(trendOf({ kind: 'points', by }, good));
    expect(of(0.02, 'up')).toEqual(['▲', 'good']);
    expect(of(0.02, 'down')).toEqual(['▲', 'bad']);
    expect(of(-0.02, 'down')).toEqual(['▼', 'good']);
    expect(of(-0.02, 'neutral')).toEqual(['▼', 'plain']);
    // Reads 0.0.
    expect(of(0.0002, 'up')).toEqual(['=', 'plain']);
  });
  test('a target is reached by actual ÷ target, where low is good the other way round', () => {
    expect(attainmentOf(60, 50, false)).toBe(1.2);
    expect(attainmentOf(40, 50, true)).toBe(1.25);
    expect(attainmentOf(0, 50, true)).toBe(1);
    expect(attainmentOf(40, null, false)).toBeNull();
  });
});

describe('what opens', () => {
  const calls = 'from=2026-11-16&to=2026-11-17&agent=3';
  const kpi: ReportColumn = { id: 'a', name: both('A'), type: 'fraction', kpi: 'connect_rate' };
  test('a rate opens what it is a rate of, a sale its outcome, a name all calls of the row', () => {
    expect(figurePath(calls, 'connect_rate', 0.4)).toBe(`/calls?${calls}&measure=dials`);
    expect(figurePath(calls, 'connect_rate', 0)).toBe(`/calls?${calls}&measure=dials`);
    expect(figurePath(calls, 'sales', 3)).toBe(`/outcomes?${calls}&measure=sales`);
    const row: DocumentRow = { cells: ['Ann', 0.4], calls };
    expect(cellPath(row, { id: 'n', name: both('N'), type: 'text' }, 0)).toBe(`/calls?${calls}`);
    expect(cellPath(row, kpi, 1)).toBe(`/calls?${calls}&measure=dials`);
  });
  test('nothing, time in states, changes and rows without calls open nothing', () => {
    // Outcomes of nobody are those of agent 0.
    expect(figurePath('unassigned=true', 'sales', 3)).toBe('/outcomes?measure=sales&agent=0');
    expect(figurePath('unassigned=true', 'dials', 3)).toBe('/calls?unassigned=true&measure=dials');
    expect(figurePath(calls, 'dials', 0)).toBeNull();
    expect(figurePath(calls, 'revenue', cny(0))).toBeNull();
    expect(figurePath(calls, 'paused_s', 60)).toBeNull();
    expect(figurePath(undefined, 'dials', 5)).toBeNull();
    for (const type of ['change', 'points', 'difference'] as const) {
      expect(cellPath({ cells: ['', 0.1], calls }, { ...kpi, type }, 1)).toBeNull();
    }
  });
});

describe('tables', () => {
  const rows: DocumentRow[] = [
    [1, 'b'],
    [null, 'a'],
    [3, 'c'],
    [1, 'd'],
  ].map((cells) => ({ cells }));
  const order = (column: number, descending: boolean) =>
    sortedRows(rows, { column, descending }, 'en').map(({ cells }) => cells[1]);
  test('sort either way, without a value last, equal ones as they came', () => {
    expect(order(0, true)).toEqual(['c', 'b', 'd', 'a']);
    expect(order(0, false)).toEqual(['b', 'd', 'c', 'a']);
    expect(order(1, false)).toEqual(['a', 'b', 'c', 'd']);
    expect(sortedRows(rows, null, 'en')).toEqual(rows);
  });
  test('a heading sorts figures from the top, texts from A, then back, then as it came', () => {
    const first = nextSorting(null, 2, true);
    const second = nextSorting(first, 2, true);
    expect([first, second, nextSorting(second, 2, true)]).toEqual([
      { column: 2, descending: true },
      { column: 2, descending: false },
      null,
    ]);
    expect(nextSorting(first, 0, false)).toEqual({ column: 0, descending: false });
  });
});

describe('charts', () => {
  const chart = (change: Partial<ChartSection>): ChartSection => ({
    kind: 'chart',
    id: 'x',
    title: both('X'),
    type: 'bar',
    categories: [],
    series: [],
    ...change,
  });
  test('of a waterfall the ends are levels, and differences stand on what came before', () => {
    expect(waterfallBars([318, 24, -41, -12, 6, 295])).toEqual([
      [318, 318],
      [318, 342],
      [342, 301],
      [301, 289],
      [289, 295],
      [295, 295],
    ]);
  });
  test('a funnel: share of the first for the bar, of the step before in words, beside what is usual', () => {
    const points = (values: (number | null)[]) => values.map((value) => ({ value }));
    const steps = funnelSteps(
      chart({
        type: 'funnel',
        categories: ['Dials', 'Connects', 'Sales'].map(both),
        series: [
          { name: both('Now'), unit: 'count', points: points([200, 50, 0]) },
          { name: both('Usual'), unit: 'count', usual: true, points: points([200, 80, 8]) },
        ],
      }),
      'en',
    );
    expect(steps.map(({ share }) => share)).toEqual([1, 0.25, 0]);
    expect(steps.map(({ passed }) => passed)).toEqual([null, '25.0%', '0.0%']);
    expect(steps.map(({ usual }) => usual)).toEqual([null, '40.0%', '10.0%']);
  });
  test('a heat map scales by what rests on enough; what rests on little is marked and does not stretch it', () => {
    const spec = heatMapSpec(
      chart({
        type: 'heatmap',
        categories: ['09:00–10:00', '10:00–11:00', '11:00–12:00', '12:00–13:00'].map(both),
        series: [
          {
            name: both('Monday'),
            unit: 'fraction',
            points: [
              { value: 0.2, low: 0.15, high: 0.26, sample: 100 },
              { value: 0.6, low: 0.55, high: 0.64, sample: 300 },
              { value: 1, low: 0.4, high: 1, sample: 2 },
              { value: null, sample: 0 },
            ],
          },
        ],
      }),
      texts,
      'en',
    );
    expect(spec.columns).toEqual(['09–10', '10–11', '11–12', '12–13']);
    expect([spec.least, spec.most]).toEqual(['20.0%', '60.0%']);
    expect(spec.rows[0]?.cells.map(({ isFaint }) => isFaint)).toEqual([false, false, true, true]);
    expect(spec.rows[0]?.cells[0]?.note).toEqual(['20.0%', '15.0% to 26.0%', 'of 100']);
    expect(spec.rows[0]?.cells.map(({ small }) => small)).toEqual([
      ['15.0–26.0%', 'n 100'],
      ['55.0–64.0%', 'n 300'],
      ['40.0–100.0%', 'n 2'],
      [],
    ]);
    expect(heatLevels(spec.rows)).toEqual([[0, 1, 1, null]]);
    expect(heatEnds([{ value: null, isFaint: false }])).toBeNull();
  });
  test('a cell of a heat map opens the calls of its hour and weekday, among those of the document; one without any none', () => {
    const map = chart({
      type: 'heatmap',
      categories: ['9', '10', '11'].map(both),
      series: [
        {
          name: both('Monday'),
          unit: 'fraction',
          points: [{ value: 0.2 }, { value: 0 }, { value: null }],
        },
      ],
      opens: {
        kpi: 'conversion_rate',
        categories: ['hourOfDay=9', 'hourOfDay=10', 'hourOfDay=11'],
        series: ['weekday=1'],
      },
    });
    const opened = (calls?: string) => heatMapSpec(map, texts, 'en', calls).rows[0]?.cells.map(({ to }) => to);
    const of = (hour: number) =>
      `/calls?from=2026-11-16&to=2026-11-23&campaign=3&hourOfDay=${hour}&weekday=1&measure=connects`;
    expect(opened('from=2026-11-16&to=2026-11-23&campaign=3&hourOfDay=9%2C10')).toEqual([of(9), of(10), null]);
    expect(opened()).toEqual([null, null, null]);
  });
  test('arrow keys stay within the map', () => {
    const size = { rows: 2, columns: 3 };
    expect(nextCell('ArrowRight', { row: 0, column: 2 }, size)).toEqual({ row: 0, column: 2 });
    expect(nextCell('ArrowDown', { row: 0, column: 2 }, size)).toEqual({ row: 1, column: 2 });
    expect(nextCell('Home', { row: 1, column: 2 }, size)).toEqual({ row: 1, column: 0 });
  });
  test('two units have an axis each, a third is left to the table; what is usual keeps its own colour', () => {
    const one = (unit: 'count' | 'seconds' | 'fraction', usual?: true) => ({
      name: both(unit),
      unit,
      ...(usual ? { usual } : {}),
      points: [{ value: 60 }],
    });
    const section = chart({
      categories: [both('2026-11-16')],
      series: [one('count'), one('count', true), one('seconds'), one('fraction')],
      target: 50,
    });
    expect(drawnSeries(section).map(({ unit }) => unit)).toEqual(['count', 'count', 'seconds']);
    const { light } = CHART_COLOURS;
    expect(seriesColours(drawnSeries(section), light)).toEqual([light.series[0], light.usual, light.series[1]]);
    const spec = seriesSpec({ ...section, type: 'bar' }, light, texts, 'en', 13);
    expect(spec.series.map(({ axis }) => axis)).toEqual(['left', 'left', 'right']);
    expect(spec.axisSteps).toEqual({ left: false, right: true });
    expect([spec.target, spec.isSideways, spec.categories]).toEqual([50, false, ['Nov 16']]);
    expect(chartTable(section, texts, 'en')).toEqual([['2026-11-16', '60', '60', '1 m 00 s', '6,000.0%']]);
  });
  test('names run beside the bars, hours and dates below; time steps in minutes and hours', () => {
    const sideways = (names: string[]) =>
      seriesSpec({ ...chart({ categories: names.map(both) }), type: 'bar' }, CHART_COLOURS.light, texts, 'en', 13)
        .isSideways;
    expect(sideways(['Team North-West', 'Team East'])).toBe(true);
    expect(sideways(['华东外呼一组', '华北组'])).toBe(true);
    expect(sideways(['王芳', '李娜'])).toBe(false);
    expect(sideways(Array.from({ length: 24 }, (_, hour) => `${hour}:00–${hour + 1}:00`))).toBe(false);
    expect(sideways(Array.from({ length: 13 }, () => 'Week of 2026-11-16'))).toBe(false);
    // What is usual is a line through hours, and a hollow bar beside that of each campaign.
    const usual = (names: string[]) => {
      const series = [{ name: both('Usual'), unit: 'count' as const, usual: true as const, points: [{ value: 1 }] }];
      const section = { ...chart({ categories: names.map(both), series }), type: 'bar' as const };
      return seriesData(seriesSpec(section, CHART_COLOURS.light, texts, 'en', 13)).datasets[0];
    };
    expect(usual(['09:00–10:00', '10:00–11:00'])).toMatchObject({ type: 'line', pointRadius: 0 });
    expect(usual(['Spring', 'Winter'])).toMatchObject({ type: 'bar', backgroundColor: 'transparent' });
    expect(isInOrder(chart({ type: 'line', categories: ['Week of 2026-11-16'].map(both) }))).toBe(true);
    expect(categoryText('2026-11-16', 'zh')).toBe('11月16日');
    expect(categoryText('Week of 2026-11-16', 'en')).toBe('Nov 16');
    expect([timeStep(50), timeStep(250), timeStep(40_000), timeStep(900_000)]).toEqual([10, 60, 14_400, 259_200]);
  });
});

test('a name longer than its room keeps its beginning and its end', () => {
  const cut = (name: string, room: number) => cutToFit(name, room, (text) => [...text].length);
  expect(cut('Team 7', 6)).toBe('Team 7');
  expect(cut('Outbound Renewals North 1', 12)).toBe('Outboun…th 1');
  expect(cut('Outbound Renewals North 3', 12)).toBe('Outboun…th 3');
  expect(cut('华东一区电销部续约组2', 6)).toBe('华东一…组2');
  expect(cut('Outbound', 1)).toBe('…');
});

describe('addresses of ready-made reports', () => {
  test('without a range the one that suits the report; a change keeps what else is there', () => {
    const view = { defaultRange: 'yesterday' as const, takes: [] };
    expect(queryFrom(new URLSearchParams('team=3'), view)).toEqual({
      range: { preset: 'yesterday' },
      filters: { teams: [3] },
    });
    expect(queryFrom(new URLSearchParams('range=last_week'), view).range).toEqual({ preset: 'last_week' });
    const next = addressOf(new URLSearchParams('lang=zh&range=today&team=3'), {
      range: { from: '2026-11-01', to: '2026-11-08' },
      filters: { teams: [4, 5] },
    });
    expect(next.toString()).toBe('lang=zh&from=2026-11-01&to=2026-11-08&team=4%2C5');
    const takes: ReadyReportView['takes'] = ['other_range'];
    for (const asked of ['compare=same_dates', 'compareFrom=2026-10-01&compareTo=2026-10-08']) {
      const query = queryFrom(new URLSearchParams(`range=last_week&${asked}`), { ...view, takes });
      expect(addressOf(new URLSearchParams('compare=same_weekdays'), query).toString()).toBe(
        `range=last_week&${asked}`,
      );
      expect(queryFrom(new URLSearchParams(asked), view)).not.toHaveProperty('compare');
    }
    expect(readyPath('agent_scorecard', { agent: 7 })).toBe('/reports/ready/agent_scorecard?agent=7');
  });
  test('the calls of a whole document: of everybody and every campaign it is of', () => {
    const document = { dates: { from: '2026-11-16', to: '2026-11-23' } } as ReportDocument;
    const query = (filters: object) => ({ range: { preset: 'last_week' } as const, filters });
    expect(callsOf(document, query({ agents: [7], teams: [1, 2] }))).toBe(
      'from=2026-11-16&to=2026-11-23&agent=7&team=1%2C2',
    );
    expect(callsOf(document, query({ agents: [7, 8], campaigns: [3, 0] }))).toBe(
      'from=2026-11-16&to=2026-11-23&agent=7%2C8&campaign=3%2C0',
    );
  });
  test('a headline opens what its document says, or nothing where no list of calls can say it', () => {
    expect(headlineCalls({}, 'team=3')).toBe('team=3');
    expect(headlineCalls({ calls: 'hourOfDay=9' }, 'team=3')).toBe('hourOfDay=9');
    expect(headlineCalls({ calls: null }, 'team=3')).toBeUndefined();
    // A figure of another period, or of somebody else, opens its own.
    const dials = { kpi: 'dials', value: 4 };
    expect(headlinePath(dials, 'team=3')).toBe('/calls?team=3&measure=dials');
    expect(headlinePath({ ...dials, calls: 'from=2026-11-01&to=2026-12-01' }, 'team=3')).toBe(
      '/calls?from=2026-11-01&to=2026-12-01&measure=dials',
    );
  });
  test('are grouped by their question; empty groups are left out', () => {
    const view = (id: 'daily_floor' | 'best_hours') => ({
      id,
      name: both(id),
      explanation: both(''),
      takes: [],
      defaultRange: 'today' as const,
    });
    expect(groupsOf([view('best_hours'), view('daily_floor')]).map(({ group }) => group)).toEqual(['standing', 'why']);
  });
});
