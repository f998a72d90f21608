/** Parts of a scorecard: trend, hours, outcomes, time in states, targets. Pure. */
import { STATE_TIMES } from '../../../kpi/index.js';
import { addDays } from '../../../organisation/index.js';
import type { Localised } from '../../../shared/api.js';
import type { CallingHours } from '../../../shared/calling-hours.js';
import type { ChartSection, ReportResult, ReportRow, ReportSection } from '../../../shared/reports.js';
import type { ReachedTarget } from '../../../targets/index.js';
import { bestHour } from '../best-window.js';
import { rateInterval } from '../interval.js';
import type { Dates } from '../ready-report.js';
import {
  callsQuery,
  column,
  countOf,
  definitionOf,
  keyOf,
  kpiColumn,
  labelOf,
  numberOf,
  TOTAL,
  text,
  textColumn,
  totalRow,
} from '../tables.js';
import { both, fill, hourName, percent, same } from '../words.js';
import { adviceText } from './best-hours-advice.js';
import { RATES } from './best-hours-questions.js';

/** Dispositions are read from calls, which has a limit. */
export const OUTCOMES_MAX_DAYS = 62;

/** Weeks before the first call say nothing: the person was not there. */
export function workedWeeks(rows: readonly ReportRow[]): readonly ReportRow[] {
  const first = rows.findIndex(({ values }) => countOf(values, 'dials') > 0);
  return first < 0 ? rows.slice(-1) : rows.slice(first);
}

export function trendChart(
  weeks: readonly ReportRow[],
  kpis: readonly string[],
  id: string,
  title: Localised,
): ChartSection {
  return {
    kind: 'chart',
    id,
    title,
    type: 'line',
    categories: weeks.map((row) => labelOf(row)),
    series: kpis.map((kpi) => {
      const { name, unit } = definitionOf(kpi);
      return { name, unit, points: weeks.map((row) => ({ value: numberOf(row.values[kpi]) })) };
    }),
  };
}

export function hourChart({ rows }: ReportResult, callingHours: CallingHours): ChartSection {
  const { name, unit } = definitionOf('connect_rate');
  const worked = rows
    .filter(({ values }) => countOf(values, 'dials') > 0)
    .sort((a, b) => Number(keyOf(a)) - Number(keyOf(b)));
  return {
    kind: 'chart',
    id: 'hours',
    title: both('Own connect rate by hour of the day', '各时段接通率'),
    type: 'bar',
    categories: worked.map((row) => same(hourName(Number(keyOf(row))))),
    series: [
      {
        name,
        unit,
        points: worked.map(
          ({ values }) =>
            rateInterval(countOf(values, 'connects'), countOf(values, 'dials')) ?? { value: null, sample: 0 },
        ),
      },
    ],
    note: adviceText(
      both('Of twelve weeks', '近十二周'),
      RATES[0],
      bestHour(
        worked.map(({ keys, values }) => ({
          hour: Number(keys[0]),
          trials: countOf(values, 'dials'),
          successes: countOf(values, 'connects'),
        })),
      ),
      callingHours,
    ),
  };
}

export function outcomeTable(dates: Dates, agent: number, outcomes: ReportResult | null): ReportSection {
  const title = both('What the calls ended in', '通话结果');
  if (outcomes === null) {
    const shorter = both(
      `Of at most ${OUTCOMES_MAX_DAYS} days: choose a shorter range.`,
      `最多 ${OUTCOMES_MAX_DAYS} 天，请缩短时间范围。`,
    );
    return text('outcomes', title, shorter);
  }
  const all = countOf(outcomes.totals, 'dials');
  const rows = outcomes.rows.filter(({ values }) => countOf(values, 'dials') > 0);
  if (rows.length === 0) {
    return text('outcomes', title, both('Outcomes appear with the first calls of the range.', '期间内有通话后显示。'));
  }
  return {
    kind: 'table',
    id: 'outcomes',
    title,
    columns: [
      textColumn('disposition', both('Disposition', '通话结果')),
      kpiColumn('dials'),
      column('share', both('Share', '占比'), 'fraction'),
    ],
    rows: rows
      .sort((a, b) => countOf(b.values, 'dials') - countOf(a.values, 'dials'))
      .map((row) => ({
        cells: [labelOf(row), countOf(row.values, 'dials'), countOf(row.values, 'dials') / all],
        calls: callsQuery(dates, { agent: String(agent), disposition: keyOf(row) }),
      })),
    totals: totalRow([TOTAL, all, 1]),
  };
}

export function stateTable({ totals, gaps = [] }: ReportResult): ReportSection {
  const all = countOf(totals, 'logged_in_s');
  const title = both('Time in states', '工时构成');
  const gap = gaps.find(({ where, kpis }) => where === 'everywhere' && kpis.includes('logged_in_s'));
  if (gap !== undefined) return text('states', title, gap.text);
  if (all === 0) {
    const later = both(
      'Times appear once the phone system reports states of agents, or they say them on their page.',
      '话务系统上报坐席状态，或坐席在个人页切换状态后显示。',
    );
    return text('states', title, later);
  }
  return {
    kind: 'table',
    id: 'states',
    title,
    columns: [
      textColumn('state', both('State', '状态')),
      column('time', both('Time', '时长'), 'seconds'),
      column('share', both('Share', '占比'), 'fraction'),
    ],
    rows: STATE_TIMES.map((kpi) => ({
      cells: [definitionOf(kpi).name, totals[kpi] ?? null, countOf(totals, kpi) / all],
    })),
    totals: totalRow([definitionOf('logged_in_s').name, all, 1]),
  };
}

/** A sentence each: they are of several units. */
export function targetsInWords(reached: readonly ReachedTarget[]): ReportSection {
  // A day off has a target of nothing.
  const working = reached.filter(({ target }) => target > 0);
  const sentences = working.map(({ kpi, from, until, attainment, pace }): Localised => {
    const { name } = definitionOf(kpi);
    const of = attainment === null ? both('no value yet', '暂无数据') : percent(attainment);
    const text = { name, from, until: addDays(until, -1), of, pace: pace === null ? same('—') : percent(pace) };
    return fill(
      both(
        '{name}, {from} to {until}: {of} of the target, pace {pace}.',
        '{name}（{from} 至 {until}）：达成 {of}，进度 {pace}。',
      ),
      text,
    );
  });
  const none = both(
    'No target of this person was in force on the last day of the range (a day off has none). Set one under Settings → Targets, or cascade one from the team.',
    '期末当日该坐席没有生效的目标（休息日无目标）；可在“设置 → 目标”中设定，或由团队目标分解。',
  );
  return text('targets', both('Targets', '目标'), ...(sentences.length > 0 ? sentences : [none]));
}
