/** 最佳拨打时段: when people answer, and when they buy. */
import type { Localised } from '../../../shared/api.js';
import type {
  ChartSection,
  DocumentRow,
  ReportResult,
  ReportRow,
  ReportSection,
  TableSection,
  TextSection,
} from '../../../shared/reports.js';
import { type Advice, bestHour, HOUR_MIN, type HourCounts, SEGMENT_MIN } from '../best-window.js';
import { CALLING_HOURS_NOTE, HOURS_INSIDE, isInside } from '../calling-hours.js';
import { rateInterval } from '../interval.js';
import { type Asked, answers, type Content, type ReadyReport } from '../ready-report.js';
import {
  assigned,
  callsQuery,
  column,
  countOf,
  definitionOf,
  headlineOf,
  keyOf,
  kpiColumn,
  labelOf,
  text,
  textColumn,
} from '../tables.js';
import { both, fill, hourName, percent, same, weekdayName } from '../words.js';

const RATES = [
  { kpi: 'connect_rate', over: 'connects', under: 'dials' },
  { kpi: 'conversion_rate', over: 'sales', under: 'connects' },
] as const;
type Rate = (typeof RATES)[number];
const KPIS = ['dials', 'connects', 'connect_rate', 'sales', 'conversion_rate'] as const;
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
  async read(asked, sources) {
    const inside = { hoursOfDay: [...HOURS_INSIDE] };
    const [main, campaigns, teams, hours] = await answers(asked, sources, [
      { kpis: KPIS, groupBy: ['weekday', 'hour_of_day'], filters: inside },
      { kpis: KPIS, groupBy: ['campaign', 'hour_of_day'], filters: inside },
      { kpis: KPIS, groupBy: ['team', 'hour_of_day'], filters: inside },
      { kpis: KPIS, groupBy: ['hour_of_day'] },
    ]);
    return bestHours(asked, { main, campaigns, teams, hours });
  },
};

export interface BestHoursFigures {
  main: ReportResult;
  campaigns: ReportResult;
  teams: ReportResult;
  /** By hour of the day, also outside the calling hours. */
  hours: ReportResult;
}

export function bestHours({ dates, scope }: Pick<Asked, 'dates' | 'scope'>, figures: BestHoursFigures): Content {
  const { main, campaigns, teams, hours } = figures;
  return {
    main,
    headline: headlineOf(main, KPIS),
    sections: [
      ...RATES.map((rate) => heatMap(rate, main.rows)),
      ...recommendations({ dates, scope }, figures),
      hourTable(dates, hours.rows),
    ],
    notes: [CALLING_HOURS_NOTE, ...outside(hours.rows)],
    kpis: [...new Set([...campaigns.spec.kpis, ...teams.spec.kpis])],
  };
}

function heatMap({ kpi, over, under }: Rate, rows: readonly ReportRow[]): ChartSection {
  const cells = new Map(rows.map((row) => [`${Number(keyOf(row, 0))}|${Number(keyOf(row, 1))}`, row.values]));
  const { name, unit } = definitionOf(kpi);
  return {
    kind: 'chart',
    id: `${kpi}_map`,
    title: fill(both('{name} by weekday and hour', '各星期各时段{name}'), { name }),
    type: 'heatmap',
    categories: HOURS_INSIDE.map((hour) => same(hourName(hour))),
    series: WEEKDAYS.map((weekday) => ({
      name: weekdayName(weekday),
      unit,
      points: HOURS_INSIDE.map((hour) => {
        const values = cells.get(`${weekday}|${hour}`);
        return rateInterval(countOf(values, over), countOf(values, under)) ?? { value: null, sample: 0 };
      }),
    })),
    note: fill(
      both(
        'Each cell: rate, its 90 % interval (Wilson) and the number of {under} it is of. Cells without any are empty; they fill as calls come in.',
        '每格含比率、90% 区间（Wilson）及样本量（{under}）；无样本的格为空，随通话产生而填充。',
      ),
      { under: definitionOf(under).name },
    ),
  };
}

/** Rows of a segment and hour, put together by segment. */
function segments(
  rows: readonly ReportRow[],
  { over, under }: Rate,
): Map<string, { label: Localised; hours: HourCounts[] }> {
  const found = new Map<string, { label: Localised; hours: HourCounts[] }>();
  for (const row of rows) {
    const hour = Number(keyOf(row, 1));
    if (!isInside(hour)) continue;
    const segment = found.get(keyOf(row)) ?? { label: labelOf(row), hours: [] };
    segment.hours.push({ hour, trials: countOf(row.values, under), successes: countOf(row.values, over) });
    found.set(keyOf(row), segment);
  }
  return found;
}

function recommendations({ dates, scope }: Pick<Asked, 'dates' | 'scope'>, figures: BestHoursFigures): ReportSection[] {
  const everybody = figures.hours.rows.map((row) => ({
    ...row,
    keys: ['all', keyOf(row)],
    labels: [both('All', '全部'), labelOf(row)],
  }));
  const [rate] = RATES;
  const sections: ReportSection[] = [];
  const advice = [
    ...sentences(everybody, rate),
    ...sentences(everybody, RATES[1]),
    ...sentences(figures.campaigns.rows, rate),
    ...(scope.kind === 'agents' ? [] : sentences(assigned(figures.teams.rows), rate)),
  ];
  sections.push(
    text(
      'advice',
      both('When to call', '拨打建议'),
      ...(advice.length > 0 ? advice : [both('Advice appears once there are calls.', '产生通话后显示建议。')]),
    ),
  );
  sections.push(adviceTable(dates, 'campaign', both('Campaign', '项目'), figures.campaigns.rows));
  if (scope.kind !== 'agents')
    sections.push(adviceTable(dates, 'team', both('Team', '团队'), assigned(figures.teams.rows)));
  return sections;
}

function sentences(rows: readonly ReportRow[], rate: Rate): TextSection['paragraphs'] {
  return [...segments(rows, rate).values()].map(({ label, hours }) => adviceText(label, rate, bestHour(hours)));
}

export function adviceText(label: Localised, { kpi, under }: Rate, advice: Advice): Localised {
  const names = { label, name: definitionOf(kpi).name, under: definitionOf(under).name };
  switch (advice.kind) {
    case 'few':
      return fill(
        both(
          '{label}: too few calls to say when ({trials} {under}; it takes {least}).',
          '{label}：样本不足，无法给出建议（{under} {trials}，至少需 {least}）。',
        ),
        { ...names, trials: advice.trials, least: SEGMENT_MIN },
      );
    case 'hours':
      return fill(
        both(
          '{label}: nothing to compare ({trials} {under}, but fewer than two hours of the day with {least} or more).',
          '{label}：无可比时段（{under} {trials}，但达到 {least} 的时段不足两个）。',
        ),
        { ...names, trials: advice.trials, least: HOUR_MIN },
      );
    case 'none':
      return fill(
        both(
          '{label}: no hour is better than the others ({name} {rate} over {trials}).',
          '{label}：各时段没有明显优劣（{name} {rate}，样本 {trials}）。',
        ),
        { ...names, rate: percent(advice.rate), trials: advice.trials },
      );
    case 'clear':
    case 'weak':
      return fill(advice.kind === 'clear' ? CLEAR : WEAK, {
        ...names,
        from: hourName(advice.hour),
        to: hourName(advice.hour + 1),
        value: percent(advice.value),
        low: percent(advice.low),
        high: percent(advice.high),
        others: percent(advice.others),
        trials: advice.trials,
      });
  }
}

const CLEAR = both(
  '{label}: call between {from} and {to}. {name} there is {value} ({low}–{high}, {trials} calls) against {others} at other hours: more than chance.',
  '{label}：建议在 {from}–{to} 拨打。该时段{name}为 {value}（{low}–{high}，样本 {trials}），其他时段 {others}，差距超出偶然范围。',
);
const WEAK = both(
  '{label}: {from}–{to} looks best, but it may be chance. {name} there is {value} ({low}–{high}, {trials} calls) against {others} at other hours.',
  '{label}：{from}–{to} 暂时领先，但可能只是偶然。该时段{name}为 {value}（{low}–{high}，样本 {trials}），其他时段 {others}。',
);

const SURE: Record<Advice['kind'], Localised> = {
  few: both('Too few calls', '样本不足'),
  hours: both('Too few hours', '可比时段不足'),
  none: both('No difference', '无明显差异'),
  weak: both('May be chance', '可能是偶然'),
  clear: both('More than chance', '差距明确'),
};

function adviceTable(
  dates: Asked['dates'],
  by: 'campaign' | 'team',
  name: Localised,
  rows: readonly ReportRow[],
): TableSection {
  const [rate] = RATES;
  return {
    kind: 'table',
    id: `advice_${by}`,
    title:
      by === 'team' ? both('Best hour by team', '各团队最佳时段') : both('Best hour by campaign', '各项目最佳时段'),
    columns: [
      textColumn(by, name),
      textColumn('hour', both('Hour', '时段')),
      column('value', definitionOf(rate.kpi).name, 'fraction'),
      column('low', both('From', '下限'), 'fraction'),
      column('high', both('To', '上限'), 'fraction'),
      column('others', both('Other hours', '其他时段'), 'fraction'),
      column('sample', both('Dials then', '该时段拨打量'), 'count'),
      textColumn('sure', both('How sure', '可信程度')),
    ],
    rows: [...segments(rows, rate)].map(([key, { label, hours }]): DocumentRow => {
      const advice = bestHour(hours);
      const calls = callsQuery(dates, { [by]: key });
      if (!('hour' in advice)) {
        return { cells: [label, null, null, null, null, null, advice.trials, SURE[advice.kind]], calls };
      }
      const { hour, value, low, high, others, trials } = advice;
      const cells = [
        label,
        `${hourName(hour)}–${hourName(hour + 1)}`,
        value,
        low,
        high,
        others,
        trials,
        SURE[advice.kind],
      ];
      return advice.kind === 'clear' ? { cells, calls, emphasis: 'good' } : { cells, calls };
    }),
    totals: null,
    note: both(
      'The estimate of each hour is pulled towards that of all hours the more, the fewer calls it has; so the best one is not just the luckiest.',
      '各时段的估计值按样本量向整体水平收缩：样本越少收缩越多，避免把偶然的高值当作最佳时段。',
    ),
  };
}

function hourTable(dates: Asked['dates'], rows: readonly ReportRow[]): TableSection {
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
      .filter((row) => isInside(Number(keyOf(row))) && countOf(row.values, 'dials') + countOf(row.values, 'sales') > 0)
      .map((row): DocumentRow => {
        const interval = rateInterval(countOf(row.values, 'connects'), countOf(row.values, 'dials'));
        return {
          cells: [
            hourName(Number(keyOf(row))),
            ...KPIS.map((kpi) => row.values[kpi] ?? null),
            interval?.low ?? null,
            interval?.high ?? null,
          ],
          calls: callsQuery(dates, { hourOfDay: String(Number(keyOf(row))) }),
        };
      }),
    totals: null,
  };
}

function outside(rows: readonly ReportRow[]): Localised[] {
  const dials = rows
    .filter((row) => !isInside(Number(keyOf(row))))
    .reduce((sum, row) => sum + countOf(row.values, 'dials'), 0);
  if (dials === 0) return [];
  return [
    fill(both('{dials} dials outside these hours are left out.', '另有 {dials} 次拨打不在上述时段内，未计入。'), {
      dials,
    }),
  ];
}
