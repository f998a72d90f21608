/**
 * Proves how reports are laid out on a screen: which sections stand beside each other, which columns a phone shows, that
 * steps of a rate are points, and that the targets' list puts who is behind first, by how much, and says whether it can
 * still be reached. Figures are worked out by hand.
 */
import { describe, expect, test } from '@jest/globals';
import { findDefinition } from '../../../src/kpi/catalog/index.js';
import { exactNumber } from '../../../src/reports/files/print.js';
import { formatKpi } from '../../../src/shared/format/index.js';
import { countsInParts } from '../../../src/shared/report-columns.js';
import type {
  ChartSection,
  DocumentRow,
  ReportColumn,
  ReportDocument,
  ReportSection,
  TableSection,
} from '../../../src/shared/reports.js';
import { lineShapes, pointRadii } from '../../../web/src/charts/line-shapes.js';
import { seriesData, seriesOptions } from '../../../web/src/charts/to-series.js';
import {
  chosenOf,
  orderedStandings,
  type Standing,
  standingsOf,
} from '../../../web/src/reports/attainment/standings.js';
import { gapText, rangeOfEnds, standingText } from '../../../web/src/reports/attainment/texts.js';
import { type Block, blocksOf } from '../../../web/src/reports/document/blocks.js';
import { CHART_COLOURS } from '../../../web/src/reports/document/chart-colours.js';
import { chartTable, seriesSpec } from '../../../web/src/reports/document/chart-model.js';
import { narrowColumns, TELLING_KPIS } from '../../../web/src/reports/document/table-model.js';
import { partsText } from '../../../web/src/reports/document/values.js';

const both = (text: string) => ({ en: text, zh: text });
const column = (id: string, type: ReportColumn['type'] = 'count', kpi?: string): ReportColumn => ({
  id,
  name: both(id),
  type,
  ...(kpi === undefined ? {} : { kpi }),
});
const table = (id: string, columns: number, rows: number, title = id): TableSection => ({
  kind: 'table',
  id,
  title: both(title),
  columns: Array.from({ length: columns }, (_, at) => column(`c${at}`)),
  rows: Array.from({ length: rows }, (): DocumentRow => ({ cells: [] })),
  totals: null,
});
const chart = (id: string, type: ChartSection['type'] = 'bar', title = id): ChartSection => ({
  kind: 'chart',
  id,
  title: both(title),
  type,
  categories: [],
  series: [],
});

describe('what stands beside what', () => {
  const shape = (sections: ReportSection[]): string[] =>
    blocksOf(sections).map((block: Block) => {
      if (block.kind === 'pair') return `${block.chart.id}+${block.table.id}`;
      return block.kind === 'one' ? block.section.id : block.sections.map(({ id }) => id).join('|');
    });
  test('a chart and the table of the same figures are one, in either order', () => {
    expect(shape([chart('sales', 'waterfall'), table('sales_table', 9, 40)])).toEqual(['sales+sales_table']);
    expect(shape([table('rate', 6, 4), chart('rate_chart')])).toEqual(['rate_chart+rate']);
    expect(shape([chart('a', 'bar', 'Same'), table('b', 6, 4, 'Same')])).toEqual(['a+b']);
  });
  test('small ones share a row; heat maps, long and wide tables, and what belongs to the next do not', () => {
    expect(shape([chart('a'), chart('b', 'line'), table('c', 4, 12)])).toEqual(['a|b', 'c']);
    expect(shape([chart('a', 'heatmap'), table('b', 3, 5)])).toEqual(['a', 'b']);
    expect(shape([chart('a'), table('b', 5, 5)])).toEqual(['a', 'b']);
    expect(shape([chart('a'), table('b', 3, 13)])).toEqual(['a', 'b']);
    expect(shape([chart('a'), chart('b'), table('b_table', 3, 5)])).toEqual(['a', 'b+b_table']);
  });
});

test('a phone shows the name, the first figure and what the table is read for, or is sorted by', () => {
  const columns = [
    column('team', 'text'),
    column('before'),
    column('now'),
    column('difference'),
    column('note', 'text'),
  ];
  expect(narrowColumns(columns, null)).toEqual([0, 1, 3]);
  expect(narrowColumns(columns, { column: 2, descending: true })).toEqual([0, 1, 2]);
  expect(narrowColumns(columns, { column: 0, descending: false })).toEqual([0, 1, 3]);
  expect(narrowColumns(columns, { column: 1, descending: true })).toEqual([0, 1, 3]);
  expect(narrowColumns([column('due', 'instant'), column('agent', 'text'), column('campaign', 'text')], null)).toEqual([
    0, 1, 2,
  ]);
});

test('on a phone callbacks show the rate at which they are kept; what tables are read for is in the catalog', () => {
  const columns = ['agent', 'callbacks_due', 'callbacks_kept', 'callback_kept_rate', 'missed'].map((id) =>
    column(id, id === 'agent' ? 'text' : 'count'),
  );
  expect(narrowColumns(columns, null)).toEqual([0, 1, 3]);
  expect(TELLING_KPIS.filter((id) => findDefinition(id) === undefined)).toEqual([]);
});

test('steps of a waterfall of rates are points, its ends are rates', () => {
  const section: ChartSection & { type: 'waterfall' } = {
    kind: 'chart',
    id: 'conversion',
    title: both('Conversion'),
    type: 'waterfall',
    categories: ['Before', 'North', 'Now'].map(both),
    series: [{ name: both('Conversion'), unit: 'fraction', points: [0.07, 0.003, 0.073].map((value) => ({ value })) }],
  };
  const texts = { range: () => '', sample: () => '' };
  expect(seriesSpec(section, CHART_COLOURS.light, texts, 'en', 13).stepText(0.003)).toBe('+0.3 pp');
  expect(seriesSpec(section, CHART_COLOURS.light, texts, 'zh', 13).stepText(-0.003)).toBe('−0.3 百分点');
  expect(chartTable(section, texts, 'en')).toEqual([
    ['Before', '7.0%'],
    ['North', '+0.3 pp'],
    ['Now', '7.3%'],
  ]);
});

describe('targets', () => {
  const COLUMNS = [
    column('who', 'text'),
    column('period', 'text'),
    column('from', 'date'),
    column('target'),
    column('actual', 'count', 'dials'),
    column('attainment', 'fraction'),
    column('expected'),
    column('pace', 'fraction'),
    column('low'),
    column('middle'),
    column('high'),
  ];
  const row = (who: string, figures: (number | null)[], emphasis?: 'good' | 'bad', to = '2026-12-01'): DocumentRow => ({
    cells: [who, both('Month'), '2026-11-01', ...figures],
    calls: `from=2026-11-01&to=${to}&${who.startsWith('Team') ? 'team' : 'agent'}=7`,
    ...(emphasis ? { emphasis } : {}),
  });
  const document = (rows: DocumentRow[], good: 'up' | 'down' = 'up'): ReportDocument => ({
    id: 'target_attainment',
    title: both('Target attainment'),
    asOf: '2026-11-20T04:00:00Z',
    timeZone: 'Asia/Shanghai',
    from: '2026-11-01',
    to: '2026-12-01',
    dates: { from: '2026-11-01', to: '2026-12-01' },
    compared: null,
    filters: [],
    headline: [],
    sections: [{ kind: 'table', id: 'dials', title: both('Dials'), columns: COLUMNS, rows, totals: null }],
    definitions: [
      {
        id: 'dials',
        version: 1,
        kind: 'measure',
        name: both('Dials'),
        explanation: both(''),
        formula: 'dials',
        unit: 'count',
        goodDirection: good,
        thresholds: null,
        source: both(''),
        available: true,
      },
    ],
    notes: [],
  });
  const read = (rows: DocumentRow[], good?: 'up' | 'down'): Standing[] => standingsOf(document(rows, good)) ?? [];

  test('who is behind, by how much, and whether it is still possible', () => {
    // Target 1,000, 300 done of 500 expected: 200 behind; it ends between 550 and 650.
    const [far] = read([row('Ann', [1000, 300, 0.3, 500, 0.6, 550, 600, 650], 'bad')]);
    expect(far).toMatchObject({ group: 'behind', kind: 'people', gap: -200, mark: 0.5, outlook: 'unlikely' });
    expect(far && gapText(far, 'en')).toBe('−200');
    expect(far && rangeOfEnds(far, 'en')).toBe('550 – 650');
    expect(far && standingText(499.6, far, 'en')).toBe('500');
    const outlooks = read([
      row('Team A', [1000, 440, 0.44, 500, 0.88, 900, 990, 1050], 'bad'),
      row('Team B', [1000, 520, 0.52, 500, 1.04, 1001, 1040, 1080]),
      row('Team C', [1000, 1010, 1.01, 500, 2.02, 1200, 1300, 1400], 'good'),
      row('Team D', [0, 0, null, null, null, null, null, null]),
      row('Team E', [1000, 950, 0.95, 1000, 0.95, null, null, null], undefined, '2026-11-20'),
    ]);
    expect(outlooks.map(({ group, outlook }) => [group, outlook])).toEqual([
      ['behind', 'possible'],
      ['onCourse', 'likely'],
      ['reached', 'reached'],
      ['nothing', null],
      ['behind', 'over'],
    ]);
  });
  test('where low is good it ends well below the target, and nothing is reached before the end', () => {
    const said = read(
      [
        row('Ann', [10, 4, 2.5, 5, 1.25, 7, 8, 9], 'good'),
        row('Bea', [10, 9, 1.11, 5, 0.56, 12, 15, 18], 'bad'),
        row('Cy', [10, 6, 1.67, 5, 0.83, 8, 10, 12], 'bad'),
      ],
      'down',
    );
    expect(said.map(({ outlook }) => outlook)).toEqual(['likely', 'unlikely', 'possible']);
  });
  test('furthest behind first, without a pace last; names by the letters', () => {
    const found = read([
      row('Cy', [10, 5, 0.5, 5, 1, 9, 10, 11]),
      row('Bea', [10, 0, 0, null, null, null, null, null]),
      row('Ann', [10, 2, 0.2, 5, 0.4, 3, 4, 5], 'bad'),
      row('Dan', [0, 0, null, null, null, null, null, null]),
    ]);
    const order = (by: 'pace' | 'who', descending = false) =>
      orderedStandings(found, { by, descending }, String).map(({ who }) => who);
    expect(order('pace')).toEqual(['Bea', 'Ann', 'Cy', 'Dan']);
    expect(order('who')).toEqual(['Ann', 'Bea', 'Cy', 'Dan']);
    expect(order('who', true)).toEqual(['Dan', 'Cy', 'Bea', 'Ann']);
  });
  test('a figure or a kind chosen before that this document lacks hides nobody', () => {
    const found = read([
      row('Ann', [10, 2, 0.2, 5, 0.4, 3, 4, 5], 'bad'),
      row('Team A', [10, 5, 0.5, 5, 1, 9, 10, 11]),
    ]);
    const shown = (kpi: string, kind: Standing['kind'] | null) => {
      const chosen = chosenOf(found, { kpi, kind });
      return [chosen.kind, chosen.standings.map(({ who }) => who)];
    };
    expect(shown('sales', 'people')).toEqual(['people', ['Ann']]);
    expect(shown('dials', null)).toEqual(['teams', ['Team A']]);
    const people = found.filter(({ kind }) => kind === 'people');
    expect(chosenOf(people, { kpi: 'sales', kind: 'teams' })).toMatchObject({ kind: null, standings: people });
  });
  test('a document of another form is shown as it is', () => {
    const other = document([]);
    expect(standingsOf({ ...other, id: 'daily_floor' })).toBeNull();
    expect(standingsOf({ ...other, sections: [table('dials', 3, 2)] })).toBeNull();
    const text: ReportSection = { kind: 'text', id: 'empty', title: both('No targets'), paragraphs: [] };
    expect(standingsOf({ ...other, sections: [text] })).toBeNull();
  });
});

describe('lines and columns that can be told apart and added up', () => {
  test('lines differ by the shape of their points too; one alone and what is usual have none', () => {
    const [own, usual] = [{ isUsual: false }, { isUsual: true }];
    expect(lineShapes([own, usual])).toEqual([null, null]);
    expect(lineShapes([own, usual, own, own]).map((one) => one?.sign)).toEqual(['●', undefined, '▲', '■']);
    expect(pointRadii(3, true)).toEqual([4, 4, 4]);
    expect(pointRadii(40, true).filter((radius) => radius > 0)).toHaveLength(10);
    expect([pointRadii(31, false)[30], pointRadii(32, false)[31]]).toEqual([2.5, 0]);
    const line = (name: string) => ({ name: both(name), unit: 'count' as const, points: [{ value: 0 }, { value: 0 }] });
    const texts = { range: () => '', sample: () => '' };
    const section = { ...chart('lines'), type: 'line' as const, categories: [both('a'), both('b')] };
    const spec = seriesSpec({ ...section, series: [line('x'), line('y')] }, CHART_COLOURS.light, texts, 'en', 13);
    expect(seriesData(spec).datasets.map((one) => (one as { pointStyle?: string }).pointStyle)).toEqual([
      'circle',
      'triangle',
    ]);
    // Of nothing the axis of a count has no halves.
    expect(seriesOptions(spec).scales?.left).toMatchObject({ ticks: { precision: 0 } });
  });
  test('a column of counts has decimals in all its rows or in none', () => {
    const rows = [{ cells: ['A', 475, 10] }, { cells: ['B', 461.4, 10] }];
    const columns = [column('who', 'text'), column('per_head'), column('people')];
    expect(countsInParts({ columns, rows, totals: null })).toEqual(new Set([1]));
    expect(countsInParts({ columns, rows: [], totals: { cells: ['', 1, 10.5] } })).toEqual(new Set([2]));
    expect(
      countsInParts({ columns: [column('who', 'text'), column('n', 'count', 'dials')], rows, totals: null }),
    ).toEqual(new Set());
    expect(partsText(475, 'en')).toBe('475.0');
    expect(exactNumber(475, 'count', 'en', true)).toBe('475.00');
    expect(exactNumber(475, 'count', 'en')).toBe('475');
    expect([11, 11.25].map((one) => exactNumber(one, 'per_hour', 'en'))).toEqual(['11.0', '11.3']);
    expect(formatKpi(11, 'per_hour', 'en')).toBe('11.0/h');
  });
});
