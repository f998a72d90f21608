/** 团队对比: teams side by side, as they are, per head, and their rates with how sure they are. */
import type { Localised } from '../../../shared/api.js';
import type { ChartSection, DocumentRow, ReportResult, TableSection } from '../../../shared/reports.js';
import { rankingColumns, rankingKpis, rankingNote, rankingOf, rankingRow } from '../ranking.js';
import { type Asked, answers, type Content, type ReadyReport } from '../ready-report.js';
import {
  assigned,
  CHANGE_NOTE,
  callsQuery,
  column,
  definitionOf,
  headlineOf,
  keyOf,
  kpiCells,
  kpiColumns,
  labelOf,
  NO_TEAMS,
  numberOf,
  TOTAL,
  textColumn,
  totalRow,
} from '../tables.js';
import { both } from '../words.js';

const SUMS = ['dials', 'connects', 'talk_s', 'contacts', 'sales', 'revenue'] as const;
const RATES = ['connect_rate', 'contact_rate', 'conversion_rate'] as const;
const OTHERS = ['avg_talk_s', 'dials_per_hour'] as const;
const ALL = [...SUMS, ...RATES, ...OTHERS] as const;
const CHANGED = ['dials', 'sales', 'connect_rate', 'conversion_rate'] as const;
const HEADLINE = ['dials', 'connect_rate', 'sales', 'conversion_rate', 'revenue'] as const;
const PER_HEAD = ['dials', 'connects', 'talk_s', 'sales'] as const;
const TEAM = textColumn('team', both('Team', '团队'));
const HEADS_NOTE = both(
  'People with anything counted for the team in this range; who was in two teams counts in both and once in the total.',
  '人数为期间内在该团队有任何计数的人员；跨团队人员各计一次，合计只计一次。',
);

export const TEAM_COMPARISON: ReadyReport = {
  name: both('Team comparison', '团队对比'),
  explanation: both(
    'Which team does how much, per head and in all, and which differences are more than chance?',
    '各团队总量与人均各是多少，哪些差距不只是偶然？',
  ),
  takes: ['compare'],
  defaultRange: 'this_week',
  forAgents: false,
  async read(asked, sources) {
    const kpis = [...new Set([...ALL, ...RATES.flatMap(rankingKpis)])];
    const [main, people] = await answers(asked, sources, [
      { kpis, groupBy: ['team'], previous: true },
      { kpis: PER_HEAD, groupBy: ['team', 'agent'] },
    ]);
    return teamComparison(asked, main, people);
  },
};

export function teamComparison({ dates }: Pick<Asked, 'dates'>, main: ReportResult, people: ReportResult): Content {
  return {
    main,
    headline: headlineOf(main, HEADLINE),
    sections: [
      totals(dates, 'teams', both('In all', '总量'), SUMS, main),
      totals(dates, 'rates', both('Rates and averages', '比率与均值'), [...RATES, ...OTHERS], main),
      perHead(dates, main, people),
      ...RATES.flatMap((kpi) => [rateTable(dates, kpi, main), rateChart(kpi, main)]),
    ],
    notes: [CHANGE_NOTE],
  };
}

function totals(
  dates: Asked['dates'],
  id: string,
  title: Localised,
  kpis: readonly string[],
  main: ReportResult,
): TableSection {
  return {
    kind: 'table',
    id,
    title,
    columns: [TEAM, ...kpiColumns(kpis, CHANGED)],
    rows: main.rows.map((row) => ({
      cells: [labelOf(row), ...kpiCells(row.values, kpis, row.compared, CHANGED)],
      calls: callsQuery(dates, { team: keyOf(row) }),
    })),
    totals: totalRow([TOTAL, ...kpiCells(main.totals, kpis, main.comparedTotals, CHANGED)]),
    ...(main.rows.length === 0 ? { note: NO_TEAMS } : {}),
  };
}

/** A head is a person with anything counted for the team in the range. */
function perHead(dates: Asked['dates'], main: ReportResult, people: ReportResult): TableSection {
  const heads = new Map<string, Set<string>>();
  for (const row of people.rows) {
    const [team, agent] = [keyOf(row, 0), keyOf(row, 1)];
    if (agent !== '0') heads.set(team, (heads.get(team) ?? new Set()).add(agent));
  }
  const everybody = new Set([...heads.values()].flatMap((agents) => [...agents])).size;
  const cells = (values: ReportResult['totals'], count: number) => [
    count,
    ...PER_HEAD.map((id) => {
      const value = numberOf(values[id]);
      return value === null || count === 0 ? null : value / count;
    }),
  ];
  return {
    kind: 'table',
    id: 'per_head',
    title: both('Per head', '人均'),
    columns: [
      TEAM,
      column('people', both('People', '人数'), 'count'),
      ...PER_HEAD.map((id) => {
        const { name, unit } = definitionOf(id);
        return column(`${id}_per_head`, both(`${name.en} per head`, `人均${name.zh}`), unit);
      }),
    ],
    rows: assigned(main.rows).map(
      (row): DocumentRow => ({
        cells: [labelOf(row), ...cells(row.values, heads.get(keyOf(row))?.size ?? 0)],
        calls: callsQuery(dates, { team: keyOf(row) }),
      }),
    ),
    totals: totalRow([TOTAL, ...cells(main.totals, everybody)]),
    note: main.rows.length === 0 ? NO_TEAMS : HEADS_NOTE,
  };
}

function rateTable(dates: Asked['dates'], kpi: string, main: ReportResult): TableSection {
  const { name } = definitionOf(kpi);
  const { people, minimum } = rankingOf(kpi, main.rows);
  return {
    kind: 'table',
    id: kpi,
    title: both(`${name.en}, with how sure it is`, `${name.zh}及其可信区间`),
    columns: rankingColumns(kpi, TEAM),
    rows: people.map((one) => rankingRow(kpi, one, callsQuery(dates, { team: keyOf(one.row) }))),
    totals: null,
    note: people.length === 0 ? NO_TEAMS : rankingNote(minimum),
  };
}

function rateChart(kpi: string, main: ReportResult): ChartSection {
  const { name, unit } = definitionOf(kpi);
  const { people } = rankingOf(kpi, main.rows);
  const shown = people.filter(({ estimate }) => estimate !== null);
  return {
    kind: 'chart',
    id: `${kpi}_chart`,
    title: name,
    type: 'bar',
    categories: shown.map(({ row }) => labelOf(row)),
    series: [
      {
        name: both(`${name.en} (estimate)`, `${name.zh}（估计值）`),
        unit,
        points: shown.map(({ estimate, denominator }) => ({
          value: estimate?.value ?? null,
          ...(estimate === null ? {} : { low: estimate.low, high: estimate.high }),
          sample: denominator ?? 0,
        })),
      },
    ],
  };
}
