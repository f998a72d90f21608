/** 预约回访: promised, kept, missed, and how late. */
import type { Localised } from '../../../shared/api.js';
import type {
  ChartSection,
  DocumentRow,
  ReportCell,
  ReportResult,
  ReportSection,
  TableSection,
} from '../../../shared/reports.js';
import type { MissedCallback, MissedCallbacks } from '../missed-callbacks.js';
import { type Asked, answers, type Content, type ReadyReport } from '../ready-report.js';
import {
  CHANGE_NOTE,
  callsQuery,
  column,
  countOf,
  definitionOf,
  headlineOf,
  keyOf,
  kpiCells,
  kpiColumns,
  labelOf,
  TOTAL,
  text,
  textColumn,
  totalRow,
  type Values,
} from '../tables.js';
import { both, fill, same } from '../words.js';

const KPIS = ['callbacks_due', 'callbacks_kept', 'callback_kept_rate'] as const;
const CHANGED = ['callback_kept_rate'] as const;

export const CALLBACKS: ReadyReport = {
  name: both('Callback discipline', '回访纪律'),
  explanation: both(
    'Which promised callbacks were kept and which missed, by whom, and how late?',
    '预约的回访兑现了多少、错过了多少，是谁错过的，晚了多久？',
  ),
  takes: ['compare'],
  defaultRange: 'last_7_days',
  forAgents: false,
  async read(asked, sources) {
    const [main, agents, days] = await answers(asked, sources, [
      { kpis: KPIS, previous: true },
      { kpis: KPIS, groupBy: ['agent'], previous: true },
      { kpis: KPIS, groupBy: ['day'] },
    ]);
    const missed = await sources.facts.missedCallbacks(asked.dates, asked.filters, asked.scope);
    return callbacks(asked, { main, agents, days, missed });
  },
};

export interface CallbackFigures {
  main: ReportResult;
  agents: ReportResult;
  days: ReportResult;
  missed: MissedCallbacks;
}

export function callbacks({ dates }: Pick<Asked, 'dates'>, { main, agents, days, missed }: CallbackFigures): Content {
  const any = countOf(main.totals, 'callbacks_due') > 0;
  return {
    main,
    headline: headlineOf(main, KPIS),
    sections: any
      ? [byAgent(dates, agents), byDay(days), howLate(missed), list(missed)]
      : [
          text(
            'empty',
            both('No callback was due', '没有到期的回访'),
            both(
              'Callbacks appear once they are due and their window has closed. They are promised with the disposition of a call, or by import.',
              '预约的回访到期且窗口结束后显示。回访在登记通话结果时预约，或由导入产生。',
            ),
          ),
        ],
    notes: [
      CHANGE_NOTE,
      both(
        'A callback counts at its due time, for who promised it; it is kept when the customer is dialled within the window.',
        '回访按到期时间计入承诺人；在窗口内拨打该客户即为兑现。',
      ),
    ],
    kpis: KPIS,
  };
}

const missedOf = (values: Values): number => countOf(values, 'callbacks_due') - countOf(values, 'callbacks_kept');

function byAgent(dates: Asked['dates'], agents: ReportResult): TableSection {
  const cells = (values: Values, compared: Values | null) => [
    ...kpiCells(values, KPIS, compared, CHANGED),
    missedOf(values),
  ];
  return {
    kind: 'table',
    id: 'agents',
    title: both('By agent', '按坐席'),
    columns: [
      textColumn('agent', both('Agent', '坐席')),
      ...kpiColumns(KPIS, CHANGED),
      column('missed', both('Missed', '错过'), 'count'),
    ],
    rows: agents.rows
      .filter(({ values }) => countOf(values, 'callbacks_due') > 0)
      .sort((a, b) => missedOf(b.values) - missedOf(a.values))
      .map(
        (row): DocumentRow => ({
          cells: [labelOf(row), ...cells(row.values, row.compared)],
          calls: callsQuery(dates, { agent: keyOf(row) }),
        }),
      ),
    totals: totalRow([TOTAL, ...cells(agents.totals, agents.comparedTotals)]),
  };
}

function byDay(days: ReportResult): ChartSection {
  const rows = days.rows.filter(({ values }) => countOf(values, 'callbacks_due') > 0);
  const series = (name: Localised, of: (values: Values) => number) => ({
    name,
    unit: 'count' as const,
    points: rows.map(({ values }) => ({ value: of(values) })),
  });
  return {
    kind: 'chart',
    id: 'days',
    title: both('Kept and missed by day', '每日兑现与错过'),
    type: 'bar',
    categories: rows.map((row) => labelOf(row)),
    series: [
      series(definitionOf('callbacks_kept').name, (values) => countOf(values, 'callbacks_kept')),
      series(both('Missed', '错过'), missedOf),
    ],
  };
}

const LATE: Record<keyof MissedCallbacks['late'], Localised> = {
  withinHour: both('Dialled up to an hour late', '晚 1 小时以内'),
  withinDay: both('Dialled up to a day late', '晚 1 天以内'),
  later: both('Dialled later than that', '晚于 1 天'),
  never: both('Not dialled since', '至今未拨打'),
};

function howLate({ late }: MissedCallbacks): ReportSection {
  const all = Object.values(late).reduce((sum, count) => sum + count, 0);
  return {
    kind: 'table',
    id: 'late',
    title: both('How late the missed ones were', '错过的回访晚了多久'),
    columns: [
      textColumn('late', both('Late', '延迟')),
      column('callbacks', both('Callbacks', '回访数'), 'count'),
      column('share', both('Share', '占比'), 'fraction'),
    ],
    rows: (Object.keys(LATE) as (keyof typeof LATE)[]).map(
      (key): DocumentRow => ({ cells: [LATE[key], late[key], all === 0 ? null : late[key] / all] }),
    ),
    totals: totalRow([TOTAL, all, all === 0 ? null : 1]),
    note: both(
      'From the due time to the first dial to the same customer after it, by anybody.',
      '从到期时间到此后任何人首次拨打该客户的时间。',
    ),
  };
}

function list({ list: rows, total }: MissedCallbacks): TableSection {
  return {
    kind: 'table',
    id: 'missed',
    title: both('Missed callbacks', '错过的回访'),
    columns: [
      textColumn('customer', both('Customer', '客户')),
      column('due', both('Due', '到期时间'), 'instant'),
      textColumn('agent', both('Agent', '坐席')),
      textColumn('campaign', both('Campaign', '项目')),
      textColumn('disposition', both('Promised as', '预约时结果')),
      column('dialled', both('Dialled at', '实际拨打'), 'instant'),
      column('late', both('Late by', '延迟'), 'seconds'),
    ],
    rows: rows.map((row) => ({
      cells: cellsOf(row),
      ...(row.customer === null ? {} : { calls: `customer=${row.customer}` }),
    })),
    totals: null,
    note:
      total > rows.length
        ? fill(both('The newest {shown} of {total}.', '共 {total} 条，仅列最近 {shown} 条。'), {
            shown: rows.length,
            total,
          })
        : both('Every one of the range.', '期间内的全部记录。'),
  };
}

/** Whoever is not known any more, as lists of calls say it. */
const NOBODY = both('Anonymous', '匿名号码');

function cellsOf({
  number,
  dueAt,
  agent,
  campaign,
  disposition,
  dialledAt,
  lateSeconds,
}: MissedCallback): ReportCell[] {
  const named = campaign === null ? null : same(campaign);
  return [number === null ? NOBODY : same(number), dueAt, same(agent), named, disposition, dialledAt, lateSeconds];
}
