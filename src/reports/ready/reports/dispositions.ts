/** 通话结果分布: what calls ended in, by campaign and agent, and how it moves. */
import type { Localised } from '../../../shared/api.js';
import type {
  ChartSection,
  DocumentRow,
  ReportResult,
  ReportRow,
  ReportSection,
  TableSection,
} from '../../../shared/reports.js';
import { daysOf } from '../norm.js';
import { type Asked, answers, type Content, type ReadyReport } from '../ready-report.js';
import {
  callsQuery,
  column,
  countOf,
  definitionOf,
  grouped,
  headlineOf,
  keyOf,
  kpiColumn,
  labelOf,
  TOTAL,
  text,
  textColumn,
  totalRow,
} from '../tables.js';
import { both } from '../words.js';

const KPIS = ['dials', 'connects', 'contacts', 'sales'] as const;
const NONE_KEY = '0';
/** Lines of the trend, columns of the crossed tables: those with the most calls. */
const MOST = 6;
/** Up to this many days the trend is by day, else by week. */
const DAILY_MAX = 14;

export const DISPOSITIONS: ReadyReport = {
  name: both('Dispositions', '通话结果分布'),
  explanation: both(
    'What do calls end in, where and with whom, and is that changing?',
    '通话以什么结果结束，各项目、各坐席有何不同，趋势如何？',
  ),
  takes: ['compare'],
  defaultRange: 'last_7_days',
  forAgents: false,
  maxDays: 62,
  async read(asked, sources) {
    const axis = daysOf(asked.dates) <= DAILY_MAX ? ('day' as const) : ('week' as const);
    const [main, campaigns, agents, trend] = await answers(asked, sources, [
      { kpis: KPIS, groupBy: ['disposition'], previous: true },
      { kpis: ['dials'], groupBy: ['campaign', 'disposition'] },
      { kpis: ['dials'], groupBy: ['agent', 'disposition'] },
      { kpis: ['dials'], groupBy: [axis, 'disposition'] },
    ]);
    return dispositions(asked, { main, campaigns, agents, trend });
  },
};

export interface DispositionFigures {
  main: ReportResult;
  campaigns: ReportResult;
  agents: ReportResult;
  trend: ReportResult;
}

export function dispositions({ dates }: Pick<Asked, 'dates'>, figures: DispositionFigures): Content {
  const { main, campaigns, agents, trend } = figures;
  const any = main.rows.some((row) => keyOf(row) !== NONE_KEY && countOf(row.values, 'dials') > 0);
  const most = mostOf(main.rows);
  const crossed = (by: 'campaign' | 'agent', result: ReportResult) => crossTable(dates, by, result.rows, most);
  return {
    main,
    headline: headlineOf(main, KPIS),
    sections: any
      ? [
          shareTable(dates, main),
          shareChart(most, main),
          trendChart(trend.rows, most),
          crossed('campaign', campaigns),
          crossed('agent', agents),
        ]
      : [empty()],
    notes: [
      both(
        'Outbound dials by the latest disposition of the call that is not cancelled; “no disposition” are those nobody has entered one for.',
        '按外呼通话最近一次未撤销的结果统计；“无结果”为尚未登记的通话。',
      ),
    ],
    kpis: KPIS,
  };
}

function empty(): ReportSection {
  return text(
    'empty',
    both('No dispositions yet', '尚无通话结果'),
    both(
      'They appear as agents enter them after their calls, or as they come with the phone system, the API or an import.',
      '坐席在通话后登记结果，或由话务系统、接口、导入写入后显示。',
    ),
  );
}

/** Those with the most calls, without "none". */
function mostOf(rows: readonly ReportRow[]): ReportRow[] {
  return rows
    .filter((row) => keyOf(row) !== NONE_KEY && countOf(row.values, 'dials') > 0)
    .sort((a, b) => countOf(b.values, 'dials') - countOf(a.values, 'dials'))
    .slice(0, MOST);
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function shareTable(dates: Asked['dates'], main: ReportResult): TableSection {
  const all = countOf(main.totals, 'dials');
  const allBefore = countOf(main.comparedTotals, 'dials');
  const rows = [...main.rows].sort((a, b) => countOf(b.values, 'dials') - countOf(a.values, 'dials'));
  return {
    kind: 'table',
    id: 'dispositions',
    title: both('Share of dials', '拨打量占比'),
    columns: [
      textColumn('disposition', both('Disposition', '通话结果')),
      ...KPIS.map(kpiColumn),
      column('share', both('Share', '占比'), 'fraction'),
      column('share_before', both('Share before', '上期占比'), 'fraction'),
      column('share_change', both('Difference', '差值'), 'points'),
    ],
    rows: rows.map((row): DocumentRow => {
      const now = share(countOf(row.values, 'dials'), all);
      const before = share(countOf(row.compared, 'dials'), allBefore);
      const change = now === null || before === null ? null : now - before;
      return {
        cells: [labelOf(row), ...KPIS.map((id) => row.values[id] ?? null), now, before, change],
        calls: callsQuery(dates, { disposition: keyOf(row) }),
      };
    }),
    totals: totalRow([
      TOTAL,
      ...KPIS.map((id) => main.totals[id] ?? null),
      all > 0 ? 1 : null,
      allBefore > 0 ? 1 : null,
      null,
    ]),
  };
}

function shareChart(most: readonly ReportRow[], main: ReportResult): ChartSection {
  const all = countOf(main.totals, 'dials');
  return {
    kind: 'chart',
    id: 'share',
    title: both('The most frequent', '最常见的结果'),
    type: 'bar',
    categories: most.map((row) => labelOf(row)),
    series: [
      {
        name: both('Share of dials', '拨打量占比'),
        unit: 'fraction',
        points: most.map(({ values }) => ({
          value: share(countOf(values, 'dials'), all),
          sample: countOf(values, 'dials'),
        })),
      },
    ],
  };
}

function trendChart(rows: readonly ReportRow[], most: readonly ReportRow[]): ChartSection {
  const stretches = new Map(rows.map((row) => [keyOf(row, 0), labelOf(row, 0)]));
  const keys = [...stretches.keys()].sort();
  const counts = new Map(rows.map((row) => [`${keyOf(row, 0)}|${keyOf(row, 1)}`, countOf(row.values, 'dials')]));
  const all = new Map<string, number>();
  for (const row of rows) all.set(keyOf(row, 0), (all.get(keyOf(row, 0)) ?? 0) + countOf(row.values, 'dials'));
  return {
    kind: 'chart',
    id: 'trend',
    title: both('Share over time', '占比趋势'),
    type: 'line',
    categories: keys.map((key): Localised => stretches.get(key) ?? { en: key, zh: key }),
    series: most.map((one) => ({
      name: labelOf(one),
      unit: 'fraction',
      points: keys.map((key) => ({
        value: share(counts.get(`${key}|${keyOf(one)}`) ?? 0, all.get(key) ?? 0),
        sample: all.get(key) ?? 0,
      })),
    })),
  };
}

/** Shares of each campaign's or agent's own dials. */
function crossTable(
  dates: Asked['dates'],
  by: 'campaign' | 'agent',
  rows: readonly ReportRow[],
  most: readonly ReportRow[],
): TableSection {
  const groups = grouped(rows, (row) => keyOf(row, 0));
  const name = by === 'campaign' ? both('Campaign', '项目') : both('Agent', '坐席');
  return {
    kind: 'table',
    id: `by_${by}`,
    title: by === 'campaign' ? both('By campaign', '按项目') : both('By agent', '按坐席'),
    columns: [
      textColumn(by, name),
      { ...kpiColumn('dials'), name: definitionOf('dials').name },
      ...most.map((one) => column(`d${keyOf(one)}`, labelOf(one), 'fraction')),
      column('others', both('Others', '其他'), 'fraction'),
      column('none', both('No disposition', '无结果'), 'fraction'),
    ],
    rows: [...groups].flatMap(([key, own]): DocumentRow[] => {
      const all = own.reduce((sum, row) => sum + countOf(row.values, 'dials'), 0);
      if (all === 0) return [];
      const of = (disposition: string) =>
        own.reduce((sum, row) => sum + (keyOf(row, 1) === disposition ? countOf(row.values, 'dials') : 0), 0);
      const shown = most.map((one) => of(keyOf(one)));
      const none = of(NONE_KEY);
      const others = all - none - shown.reduce((sum, one) => sum + one, 0);
      const label = own[0] === undefined ? key : labelOf(own[0], 0);
      return [
        {
          cells: [label, all, ...[...shown, others, none].map((count) => share(count, all))],
          calls: callsQuery(dates, by === 'agent' && key === '0' ? { unassigned: 'true' } : { [by]: key }),
        },
      ];
    }),
    totals: null,
  };
}
