/** 最佳拨打时段: when people answer, and when they buy. */
import type { Localised } from '../../../shared/api.js';
import { hoursInside } from '../../../shared/calling-hours.js';
import type { ChartSection, DocumentRow, ReportRow, TableSection } from '../../../shared/reports.js';
import { type Advice, bestHour } from '../best-window.js';
import { callingHoursNote, daysOfHour, daysText, insideQuery } from '../calling-hours.js';
import { rateInterval } from '../interval.js';
import type { Asked, Content, ReadyReport } from '../ready-report.js';
import {
  assigned,
  callsQuery,
  column,
  countOf,
  definitionOf,
  headlineOf,
  keyOf,
  kpiColumn,
  TOTAL,
  textColumn,
  totalRow,
  type Values,
} from '../tables.js';
import { both, fill, hourName, same, weekdayName } from '../words.js';
import { adviceSection, segmentsOf } from './best-hours-advice.js';
import { type BestHoursFigures, KPIS, RATES, type Rate, readBestHours } from './best-hours-questions.js';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

export const BEST_HOURS: ReadyReport = {
  name: both('Best hours to call', '最佳拨打时段'),
  explanation: both(
    'When do customers answer and when do they buy, how sure is that, and when should each campaign and team call?',
    '客户何时接听、何时成单，结论有多可靠，各项目与团队应在何时拨打？',
  ),
  takes: [],
  defaultRange: 'last_13_weeks',
  forAgents: true,
  read: async (asked, sources) => bestHours(asked, await readBestHours(asked, sources)),
};

type Frame = Pick<Asked, 'dates' | 'scope' | 'callingHours'>;

export function bestHours({ dates, scope, callingHours }: Frame, figures: BestHoursFigures): Content {
  const { main, campaigns, teams, allDials } = figures;
  const hours = figures.hours.rows.toSorted((a, b) => Number(keyOf(a)) - Number(keyOf(b)));
  // An agent's own calls are of one team: it would say the same again.
  const ofTeams = scope.kind === 'agents' ? [] : assigned(teams.rows);
  const inside = insideQuery(callingHours);
  const advice = (by: keyof typeof BY, rows: readonly ReportRow[]) =>
    RATES.flatMap((rate) => adviceTable({ dates, callingHours }, by, rate, rows));
  return {
    main,
    headline: headlineOf(main, KPIS),
    calls: inside === null ? null : callsQuery(dates, inside),
    sections: [
      adviceSection({ hours, campaigns: campaigns.rows, teams: ofTeams }, callingHours),
      ...RATES.map((rate) => heatMap(rate, main.rows, hoursInside(callingHours))),
      ...advice('campaign', campaigns.rows),
      ...(scope.kind === 'agents' ? [] : advice('team', ofTeams)),
      hourTable({ dates, callingHours }, hours, main.totals),
    ],
    notes: [
      callingHoursNote(callingHours),
      ...outside(allDials - countOf(main.totals, 'dials')),
      both(
        'A dial counts in the hour in which it began, a sale in the hour in which it was made: that may be a later one than that of its call, also one without a dial.',
        '拨打计入开始的时段，成单计入成单时刻所在的时段，可能晚于对应通话的时段，也可能落在没有拨打的时段。',
      ),
    ],
    kpis: KPIS,
  };
}

function heatMap({ kpi, over, under }: Rate, rows: readonly ReportRow[], hours: readonly number[]): ChartSection {
  const cells = new Map(rows.map((row) => [`${Number(keyOf(row, 0))}|${Number(keyOf(row, 1))}`, row.values]));
  const { name, unit } = definitionOf(kpi);
  return {
    kind: 'chart',
    id: `${kpi}_map`,
    title: fill(both('{name} by weekday and hour', '各星期各时段{name}'), { name }),
    type: 'heatmap',
    categories: hours.map((hour) => same(hourName(hour))),
    series: WEEKDAYS.map((weekday) => ({
      name: weekdayName(weekday),
      unit,
      points: hours.map((hour) => {
        const values = cells.get(`${weekday}|${hour}`);
        return rateInterval(countOf(values, over), countOf(values, under)) ?? { value: null, sample: 0 };
      }),
    })),
    opens: {
      kpi,
      categories: hours.map((hour) => `hourOfDay=${hour}`),
      series: WEEKDAYS.map((weekday) => `weekday=${weekday}`),
    },
    note: fill(
      both(
        'Each cell: the rate, its 90% interval (Wilson) and the number of {under} it is of (n). Cells without any are empty; they fill as calls come in.',
        '每格含比率、90% 区间（Wilson）及样本量 n（{under}）；无样本的格为空，随通话产生而填充。',
      ),
      { under: both(definitionOf(under).name.en.toLowerCase(), definitionOf(under).name.zh) },
    ),
  };
}

const SURE: Record<Advice['kind'], Localised> = {
  few: both('Too few calls', '样本不足'),
  hours: both('Too few hours', '可比时段不足'),
  none: both('No difference', '无明显差异'),
  weak: both('May be chance', '可能是偶然'),
  clear: both('More than chance', '差距明确'),
};
const BY = {
  campaign: { name: both('Campaign', '项目'), title: both('Best hour by campaign', '各项目最佳时段') },
  team: { name: both('Team', '团队'), title: both('Best hour by team', '各团队最佳时段') },
} as const;

/** Of the connect rate always; of conversion once some segment has enough connects for advice. */
function adviceTable(
  { dates, callingHours }: Pick<Frame, 'dates' | 'callingHours'>,
  by: keyof typeof BY,
  rate: Rate,
  rows: readonly ReportRow[],
): TableSection[] {
  const isFirst = rate === RATES[0];
  const [{ name }, of] = [definitionOf(rate.kpi), definitionOf(rate.under).name];
  const segments = segmentsOf(rows, rate).map((segment) => ({ ...segment, advice: bestHour(segment.hours) }));
  if (!isFirst && segments.every(({ advice }) => !('hour' in advice) && advice.kind !== 'none')) return [];
  const inside = insideQuery(callingHours);
  const table: TableSection = {
    kind: 'table',
    id: isFirst ? `advice_${by}` : `advice_${by}_${rate.over}`,
    title: isFirst ? BY[by].title : fill(both('{title}: {name}', '{title}：{name}'), { title: BY[by].title, name }),
    columns: [
      textColumn(by, BY[by].name),
      kpiColumn(rate.under),
      textColumn('hour', both('Hour', '时段')),
      column('value', fill(both('{name} (estimate)', '{name}（估计值）'), { name }), 'fraction'),
      column('low', both('From', '下限'), 'fraction'),
      column('high', both('To', '上限'), 'fraction'),
      column('others', both('Other hours', '其他时段'), 'fraction'),
      column('sample', fill(both('{of} then', '该时段{of}'), { of }), 'count'),
      textColumn('sure', both('How sure', '可信程度')),
    ],
    rows: segments.map(({ key, label, hours, advice }): DocumentRow => {
      const calls = inside === null ? {} : { calls: callsQuery(dates, { [by]: key, ...inside }) };
      const all = hours.reduce((sum, one) => sum + one.trials, 0);
      if (!('hour' in advice))
        return { cells: [label, all, null, null, null, null, null, null, SURE[advice.kind]], ...calls };
      const { hour, value, low, high, others, trials } = advice;
      const span = fill(both('{span}{days}', '{span}{days}'), {
        span: `${hourName(hour)}–${hourName(hour + 1)}`,
        days: daysText(callingHours, hour),
      });
      const cells = [label, all, span, value, low, high, others, trials, SURE[advice.kind]];
      return { cells, ...calls, ...(advice.kind === 'clear' ? { emphasis: 'good' as const } : {}) };
    }),
    totals: null,
    note:
      segments.length === 0
        ? both(
            'The best hour of each appears here once there are calls inside the calling hours.',
            '外呼时段内产生通话后，此处会列出各自的最佳时段。',
          )
        : both(
            'The estimate of each hour is pulled towards that of all hours the more, the fewer calls it has; so the best one is not just the luckiest. From–to holds it nine times out of ten.',
            '各时段的估计值按样本量向整体水平收缩：样本越少收缩越多，避免把偶然的高值当作最佳时段。上下限为 90% 区间。',
          ),
  };
  return [table];
}

function hourTable(
  { dates, callingHours }: Pick<Frame, 'dates' | 'callingHours'>,
  rows: readonly ReportRow[],
  totals: Values,
): TableSection {
  const cells = (values: Values) => {
    const interval = rateInterval(countOf(values, 'connects'), countOf(values, 'dials'));
    return [...KPIS.map((kpi) => values[kpi] ?? null), interval?.low ?? null, interval?.high ?? null];
  };
  return {
    kind: 'table',
    id: 'hours',
    title: both('By hour of the day', '按时段'),
    columns: [
      textColumn('hour', both('Hour', '时段')),
      ...KPIS.map(kpiColumn),
      column('low', both('Connect rate from', '接通率下限'), 'fraction'),
      column('high', both('Connect rate to', '接通率上限'), 'fraction'),
    ],
    rows: rows
      .filter(({ values }) => countOf(values, 'dials') + countOf(values, 'sales') > 0)
      .map((row): DocumentRow => {
        const hour = Number(keyOf(row));
        const weekday = daysOfHour(callingHours, hour)?.join(',');
        return {
          cells: [hourName(hour), ...cells(row.values)],
          calls: callsQuery(dates, { hourOfDay: String(hour), weekday }),
        };
      }),
    totals: totalRow([TOTAL, ...cells(totals)]),
  };
}

function outside(dials: number): Localised[] {
  if (dials <= 0) return [];
  return [
    fill(both('{dials} dials outside the calling hours are left out.', '另有 {dials} 次拨打不在外呼时段内，未计入。'), {
      dials,
    }),
  ];
}
