/** 变化归因: what a difference between two periods is made of; the parts add up to it. */
import type { KpiUnit, Localised } from '../../../shared/api.js';
import type {
  ChartPoint,
  ChartSection,
  DocumentRow,
  ReportCell,
  ReportColumn,
  ReportResult,
  ReportRow,
  ReportSection,
  TableSection,
} from '../../../shared/reports.js';
import {
  type Contribution,
  type Counts,
  contributionsOfRatio,
  contributionsOfSum,
  largest,
  type RatioContribution,
  type RatioPart,
  totalOf,
} from '../contribution.js';
import { type Asked, answers, type Content, type ReadyReport } from '../ready-report.js';
import {
  callsQuery,
  column,
  countOf,
  definitionOf,
  headlineOf,
  keyOf,
  kpiColumn,
  labelOf,
  TOTAL,
  text,
  textColumn,
  totalRow,
} from '../tables.js';
import { both, figure, fill, hourName, points, same } from '../words.js';

const SUM = 'sales';
const RATIO = { kpi: 'conversion_rate', over: 'sales', under: 'connects' } as const;
const KPIS = ['dials', 'connects', 'sales', 'conversion_rate'] as const;
/** Rows of a table; the others are put together as one, so that columns add up. */
const ROWS = 20;
const OTHERS = both('All others', '其余合计');
/** Bars of a waterfall beside its ends. */
const BARS = 10;

const BY = [
  { id: 'team', name: both('Team', '团队') },
  { id: 'agent', name: both('Agent', '坐席') },
  { id: 'hour_of_day', name: both('Hour of the day', '时段') },
] as const;
type By = (typeof BY)[number];

export const WHAT_CHANGED: ReadyReport = {
  name: both('What changed', '变化归因'),
  explanation: both(
    'Who and which hours made the difference between two periods, in sales and in conversion?',
    '两个周期之间，成单与转化率的变化来自哪些坐席、团队和时段？',
  ),
  takes: ['compare', 'other_range'],
  defaultRange: 'last_week',
  forAgents: false,
  async read(asked, sources) {
    const [main, ...groups] = await answers(asked, sources, [
      { kpis: KPIS, previous: true },
      ...BY.map(({ id }) => ({ kpis: KPIS, groupBy: [id], previous: true })),
    ]);
    return whatChanged(asked, main as ReportResult, groups);
  },
};

export function whatChanged(
  { dates }: Pick<Asked, 'dates'>,
  main: ReportResult,
  groups: readonly ReportResult[],
): Content {
  const sections = BY.flatMap((by, index): ReportSection[] => {
    const rows = groups[index]?.rows ?? [];
    return [...ofSales(by, rows, main, dates), ...ofConversion(by, rows, dates)];
  });
  return {
    main,
    headline: headlineOf(main, ['sales', 'conversion_rate', 'connects', 'dials']),
    sections: [inWords(main), ...sections],
    notes: [
      both(
        'Sales: each part’s difference; they add up exactly. Conversion: sales₁ ÷ CONNECTS₁ − sales₀ ÷ CONNECTS₀ − ½ (R₁ + R₀) × (share₁ − share₀), where 1 is now, 0 before, sales those of the part, CONNECTS those of all, share = the part’s connects ÷ all connects, R = the rate of all; they add up to R₁ − R₀.',
        '成单：各部分差值，相加即总差值。转化率：成单₁ ÷ 总接通₁ − 成单₀ ÷ 总接通₀ − ½ (R₁ + R₀) × (占比₁ − 占比₀)，其中 1 为本期、0 为上期，成单为该部分的成单、总接通为全部接通、占比为该部分接通占全部接通的比例、R 为整体转化率；各部分相加等于 R₁ − R₀。',
      ),
    ],
    kpis: KPIS,
  };
}

function inWords({ totals, comparedTotals }: ReportResult): ReportSection {
  const [now, before] = [countOf(totals, SUM), countOf(comparedTotals, SUM)];
  const [rate, usual] = [totals[RATIO.kpi], comparedTotals?.[RATIO.kpi]];
  const title = both('In one line', '一句话');
  if (countOf(totals, 'dials') + countOf(comparedTotals, 'dials') + now + before === 0) {
    return text(
      'summary',
      title,
      both(
        'Neither period has a call. Choose two periods with calls to see what changed.',
        '两个周期均无通话。请选择两个都有通话的时间范围。',
      ),
    );
  }
  const signed = `${now < before ? '−' : '+'}${figure(Math.abs(now - before))}`;
  const sales = fill(both('Sales: {now} after {before} ({signed}).', '成单：由 {before} 变为 {now}（{signed}）。'), {
    now,
    before,
    signed,
  });
  if (typeof rate !== 'number' || typeof usual !== 'number') return text('summary', title, sales);
  const conversion = fill(both('Conversion per connect: {difference}.', '转化率：{difference}。'), {
    difference: points(rate - usual),
  });
  return text('summary', title, sales, conversion);
}

/** A figure of now opens what it counts: rows link to the calls of now. */
const figureColumn = (id: string, kpi: string, name: Localised): ReportColumn => ({ ...kpiColumn(kpi), id, name });

const nameOf = (by: By, row: ReportRow): Localised =>
  by.id === 'hour_of_day' ? same(hourName(Number(keyOf(row)))) : labelOf(row);

const callsOf = (by: By, dates: Asked['dates'], key: string): string =>
  by.id === 'hour_of_day'
    ? callsQuery(dates, { hourOfDay: String(Number(key)) })
    : callsQuery(dates, by.id === 'agent' && key === '0' ? { unassigned: 'true' } : { [by.id]: key });

interface Change {
  id: string;
  title: Localised;
  unit: KpiUnit;
  from: number;
  to: number;
  names: ReadonlyMap<string, Localised>;
}

function ofSales(by: By, rows: readonly ReportRow[], main: ReportResult, dates: Asked['dates']): ReportSection[] {
  const { name } = definitionOf(SUM);
  const parts = rows.map((row) => ({
    key: keyOf(row),
    now: countOf(row.values, SUM),
    before: countOf(row.compared, SUM),
  }));
  const change: Change = {
    id: `${SUM}_${by.id}`,
    title: fill(both('{name} by {by}', '{name}变化：按{by}'), {
      name,
      by: { en: by.name.en.toLowerCase(), zh: by.name.zh },
    }),
    unit: 'count',
    from: countOf(main.comparedTotals, SUM),
    to: countOf(main.totals, SUM),
    names: new Map(rows.map((row) => [keyOf(row), nameOf(by, row)])),
  };
  const contributions = contributionsOfSum(parts);
  if (contributions.every(({ difference }) => difference === 0)) return [];
  const amounts = new Map(parts.map((part) => [part.key, part]));
  const [shown, others] = parted(contributions);
  const sum = (of: (part: (typeof parts)[number]) => number) =>
    others.reduce((all, { key }) => all + of(amounts.get(key) ?? { key, now: 0, before: 0 }), 0);
  const [restBefore, restNow] = [sum(({ before }) => before), sum(({ now }) => now)];
  const rest: DocumentRow[] =
    restBefore === 0 && restNow === 0 ? [] : [{ cells: [OTHERS, restBefore, restNow, restNow - restBefore] }];
  const table: TableSection = {
    kind: 'table',
    id: `${change.id}_table`,
    title: change.title,
    columns: [
      textColumn(by.id, by.name),
      column('before', both('Before', '上期'), 'count'),
      figureColumn('now', SUM, both('Now', '本期')),
      column('difference', both('Contribution', '贡献'), 'difference'),
    ],
    rows: [
      ...shown.map(({ key, difference }): DocumentRow => {
        const amount = amounts.get(key);
        const cells = [change.names.get(key) ?? key, amount?.before ?? 0, amount?.now ?? 0, difference];
        return { cells, calls: callsOf(by, dates, key), ...emphasisOf(difference, change.unit) };
      }),
      ...rest,
    ],
    totals: totalRow([TOTAL, change.from, change.to, change.to - change.from]),
  };
  return [waterfall(change, contributions), table];
}

function ofConversion(by: By, rows: readonly ReportRow[], dates: Asked['dates']): ReportSection[] {
  const { name } = definitionOf(RATIO.kpi);
  const parts = rows.map(
    (row): RatioPart => ({
      key: keyOf(row),
      now: { over: countOf(row.values, RATIO.over), under: countOf(row.values, RATIO.under) },
      before: { over: countOf(row.compared, RATIO.over), under: countOf(row.compared, RATIO.under) },
    }),
  );
  const found = contributionsOfRatio(parts);
  if (found === null) return [];
  const change: Change = {
    id: `${RATIO.kpi}_${by.id}`,
    title: fill(both('{name} by {by}', '{name}变化：按{by}'), {
      name,
      by: { en: by.name.en.toLowerCase(), zh: by.name.zh },
    }),
    unit: 'fraction',
    from: found.before,
    to: found.now,
    names: new Map(rows.map((row) => [keyOf(row), nameOf(by, row)])),
  };
  return [waterfall(change, found.parts), ratioTable(by, change, parts, found.parts, dates)];
}

function ratioTable(
  by: By,
  change: Change,
  parts: readonly RatioPart[],
  contributions: readonly RatioContribution[],
  dates: Asked['dates'],
): TableSection {
  const counts = new Map(parts.map((part) => [part.key, part]));
  const [shown, others] = parted(contributions);
  const isNothing = ({ key }: RatioContribution): boolean => {
    const part = counts.get(key);
    return part === undefined || [part.now, part.before].every(({ over, under }) => over === 0 && under === 0);
  };
  const cellsOf = (name: ReportCell, of: readonly RatioContribution[]): ReportCell[] => {
    const own = of.flatMap(({ key }) => counts.get(key) ?? []);
    const [now, before] = [totalOf(own.map((part) => part.now)), totalOf(own.map((part) => part.before))];
    const sum = (value: (one: RatioContribution) => number) => of.reduce((all, one) => all + value(one), 0);
    return [
      name,
      rateOf(before),
      rateOf(now),
      before.under,
      now.under,
      sum(({ difference }) => difference),
      sum(({ byRate }) => byRate),
      sum(({ byWeight }) => byWeight),
    ];
  };
  return {
    kind: 'table',
    id: `${change.id}_table`,
    title: change.title,
    columns: [
      textColumn(by.id, by.name),
      column('before', both('Rate before', '上期转化率'), 'fraction'),
      figureColumn('now', RATIO.kpi, both('Rate now', '本期转化率')),
      column('connects_before', both('Connects before', '上期接通'), 'count'),
      figureColumn('connects_now', RATIO.under, both('Connects now', '本期接通')),
      column('difference', both('Contribution', '贡献'), 'points'),
      column('by_rate', both('By the own rate', '自身转化率影响'), 'points'),
      column('by_weight', both('By the weight', '占比影响'), 'points'),
    ],
    rows: [
      ...shown.map(
        (one): DocumentRow => ({
          cells: cellsOf(change.names.get(one.key) ?? one.key, [one]),
          calls: callsOf(by, dates, one.key),
          ...emphasisOf(one.difference, change.unit),
        }),
      ),
      ...(others.every(isNothing) ? [] : [{ cells: cellsOf(OTHERS, others) }]),
    ],
    totals: totalRow(cellsOf(TOTAL, contributions)),
    note: both(
      'Own rate: at the mean of its shares. Weight: more connects for who is above the usual rate help, for who is below they hurt.',
      '自身转化率影响按两期平均占比计；占比影响：高于整体水平者接通占比上升为正，低于者为负。',
    ),
  };
}

/** The largest in the order of their size, and all the others. */
function parted<One extends Contribution>(parts: readonly One[]): [shown: One[], others: One[]] {
  const { shown } = largest(parts, ROWS);
  const keys = new Map(shown.map(({ key }, place) => [key, place]));
  const ordered = parts
    .filter(({ key }) => keys.has(key))
    .sort((a, b) => (keys.get(a.key) ?? 0) - (keys.get(b.key) ?? 0));
  return [ordered, parts.filter(({ key }) => !keys.has(key))];
}

const rateOf = ({ over, under }: Counts): number | null => (under > 0 ? over / under : null);

/** What reads ±0 has no direction. */
function emphasisOf(difference: number, unit: KpiUnit): Pick<DocumentRow, 'emphasis'> {
  if (Math.abs(difference) < (unit === 'fraction' ? 0.0005 : 1)) return {};
  return difference > 0 ? { emphasis: 'good' } : { emphasis: 'bad' };
}

/** First where it begins, last where it ends; what is left between after the largest is one bar. */
function waterfall({ id, title, unit, from, to, names }: Change, parts: readonly Contribution[]): ChartSection {
  const { shown, rest } = largest(parts, BARS);
  const bars = shown.map(({ key, difference }) => ({ name: names.get(key) ?? same(key), difference }));
  if (parts.length > shown.length && rest !== 0) bars.push({ name: OTHERS, difference: rest });
  const value = (one: number): ChartPoint => ({ value: one });
  return {
    kind: 'chart',
    id,
    title,
    type: 'waterfall',
    categories: [both('Before', '上期'), ...bars.map(({ name }) => name), both('Now', '本期')],
    series: [{ name: title, unit, points: [from, ...bars.map(({ difference }) => difference), to].map(value) }],
  };
}
