/** 每日现场汇总: how a day went on the floor. */
import { Temporal } from 'temporal-polyfill';
import { addDays } from '../../../organisation/index.js';
import type { KpiValue } from '../../../shared/api.js';
import type {
  ChartSection,
  ChartSeries,
  DocumentRow,
  ReportResult,
  ReportRow,
  ReportSection,
  TableSection,
} from '../../../shared/reports.js';
import { datesOf, normDates, usualByHour } from '../norm.js';
import { rankingColumns, rankingKpis, rankingNote, rankingOf, rankingRow } from '../ranking.js';
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
  NO_TEAMS,
  numberOf,
  TOTAL,
  text,
  textColumn,
  totalRow,
  UNASSIGNED_KEY,
} from '../tables.js';
import { both, hourName, same } from '../words.js';

const HEADLINE = ['dials', 'connects', 'connect_rate', 'talk_s', 'sales', 'conversion_rate', 'revenue'] as const;
const CHANGED = ['dials', 'connect_rate', 'sales', 'conversion_rate'] as const;
const BY_HOUR = ['dials', 'connects', 'sales'] as const;
const RANKED = 'conversion_rate';
const OPEN = ['dials', 'inbound_answered', 'callbacks_due', 'callbacks_kept'] as const;
/** How many are named at each end. */
const ENDS = 3;
const LAST_HOUR = 23;

export const DAILY_FLOOR: ReadyReport = {
  name: both('Daily floor summary', '每日现场汇总'),
  explanation: both(
    'How did the day go: against the target, the day before and what is usual, by team and hour, and what is still open?',
    '当天做得怎么样：对比目标、前一日和平时水平，按团队和时段展开，还有哪些事项未处理？',
  ),
  takes: [],
  defaultRange: 'today',
  forAgents: false,
  maxDays: 62,
  async read(asked, sources) {
    const norm = normDates(asked.dates);
    const [main, teams, hours, agents, open, past, days] = await answers(asked, sources, [
      { kpis: HEADLINE, previous: true },
      { kpis: HEADLINE, groupBy: ['team'], previous: true },
      { kpis: BY_HOUR, groupBy: ['hour_of_day'] },
      { kpis: rankingKpis(RANKED), groupBy: ['agent'] },
      { kpis: OPEN, groupBy: ['agent'] },
      { kpis: BY_HOUR, groupBy: ['weekday', 'hour_of_day'], dates: norm },
      { kpis: ['dials'], groupBy: ['day'], dates: norm },
    ]);
    const targets = await sources.targets.ofRange(asked, HEADLINE);
    return dailyFloor(asked, { main, teams, hours, agents, open, past, days, targets });
  },
};

export interface DailyFloorFigures {
  main: ReportResult;
  teams: ReportResult;
  hours: ReportResult;
  agents: ReportResult;
  open: ReportResult;
  past: ReportResult;
  days: ReportResult;
  targets: ReadonlyMap<string, KpiValue>;
}

/** Of today only those hours have a figure that have begun; of other ranges all have. */
function hoursBegun({ dates, today, now, zones }: Pick<Asked, 'dates' | 'today' | 'now' | 'zones'>): number {
  if (dates.from !== today || dates.to !== addDays(today, 1)) return LAST_HOUR;
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zones.at(now).timeZone).hour;
}

export function dailyFloor(
  asked: Pick<Asked, 'dates' | 'scope' | 'today' | 'now' | 'zones'>,
  figures: DailyFloorFigures,
): Content {
  const { main, teams, hours, agents, open, past, days } = figures;
  const usual = usualByHour('dials', datesOf(asked.dates), past.rows, days.rows);
  return {
    main,
    headline: headlineOf(main, HEADLINE, figures.targets),
    sections: [
      teamTable(asked, teams),
      hourChart(hours.rows, usual, hoursBegun(asked)),
      ...rankedPeople(asked, agents),
      openPoints(asked, open),
    ],
    notes: [CHANGE_NOTE],
  };
}

function teamTable({ dates }: Pick<Asked, 'dates'>, teams: ReportResult): TableSection {
  const row = (one: ReportRow): DocumentRow => ({
    cells: [labelOf(one), ...kpiCells(one.values, HEADLINE, one.compared, CHANGED)],
    calls: callsQuery(dates, { team: keyOf(one) }),
  });
  return {
    kind: 'table',
    id: 'teams',
    title: both('By team', '按团队'),
    columns: [textColumn('team', both('Team', '团队')), ...kpiColumns(HEADLINE, CHANGED)],
    rows: teams.rows.map(row),
    totals: totalRow([TOTAL, ...kpiCells(teams.totals, HEADLINE, teams.comparedTotals, CHANGED)]),
    ...(teams.rows.length === 0 ? { note: NO_TEAMS } : {}),
  };
}

/** Dials of each hour, beside what is usual on such a day. */
function hourChart(rows: readonly ReportRow[], usual: ReadonlyMap<number, number> | null, begun: number): ChartSection {
  const dials = new Map(rows.map((row) => [Number(keyOf(row)), countOf(row.values, 'dials')]));
  const worked = [...dials, ...(usual ?? [])].flatMap(([hour, value]) => (value > 0 ? [hour] : []));
  const first = worked.length === 0 ? 0 : Math.min(...worked);
  const hours = worked.length === 0 ? [] : range(first, Math.max(...worked));
  const { name, unit } = definitionOf('dials');
  const series: ChartSeries[] = [
    { name, unit, points: hours.map((hour) => ({ value: dials.get(hour) ?? (hour > begun ? null : 0) })) },
  ];
  if (usual !== null) {
    const points = hours.map((hour) => ({ value: usual.get(hour) ?? 0 }));
    series.push({ name: both('Usual (4 weeks before)', '平时（前四周）'), unit, usual: true, points });
  }
  return {
    kind: 'chart',
    id: 'hours',
    title: both('Dials by hour', '各时段拨打量'),
    type: 'bar',
    categories: hours.map((hour) => same(hourName(hour))),
    series,
    note:
      usual === null
        ? both(
            'What is usual appears after a week with calls: the mean of the same weekdays of the four weeks before.',
            '积累一周通话后显示平时水平：前四周相同星期的平均值。',
          )
        : both(
            'Usual: the mean of the same weekdays of the four weeks before, of days on which anybody dialled.',
            '平时：前四周中相同星期、有拨打的日子的平均值。',
          ),
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

function rankedPeople({ dates }: Pick<Asked, 'dates'>, agents: ReportResult): ReportSection[] {
  const { people, placed, minimum } = rankingOf(RANKED, agents.rows);
  const title = both('Conversion: top and bottom', '转化率：领先与落后');
  const ranked = people.slice(0, placed);
  if (ranked.length === 0) {
    return [
      text(
        'people',
        title,
        both(
          `Nobody has ${minimum} connects yet: fewer say more about luck than about people.`,
          `尚无人达到 ${minimum} 次接通；样本过少，偶然性大于个人差异。`,
        ),
      ),
    ];
  }
  const ends = ranked.length <= 2 * ENDS ? ranked : [...ranked.slice(0, ENDS), ...ranked.slice(-ENDS)];
  const rows = ends.map((one): DocumentRow => {
    const row = rankingRow(RANKED, one, callsQuery(dates, { agent: keyOf(one.row) }));
    if (ranked.length <= 2 * ENDS) return row;
    return { ...row, emphasis: ranked.indexOf(one) < ENDS ? 'good' : 'bad' };
  });
  const who = textColumn('agent', both('Agent', '坐席'));
  const columns = rankingColumns(RANKED, who);
  return [{ kind: 'table', id: 'people', title, columns, rows, totals: null, note: rankingNote(minimum) }];
}

function openPoints({ dates, scope }: Pick<Asked, 'dates' | 'scope'>, open: ReportResult): TableSection {
  const nobody = open.rows.find((row) => keyOf(row) === UNASSIGNED_KEY)?.values ?? {};
  const missed = (numberOf(open.totals.callbacks_due) ?? 0) - (numberOf(open.totals.callbacks_kept) ?? 0);
  const rows: DocumentRow[] = [{ cells: [both('Missed callbacks', '错过的预约回访'), missed] }];
  // Calls of nobody are in nobody's team.
  if (scope.kind === 'all') {
    const unassigned = countOf(nobody, 'dials') + countOf(nobody, 'inbound_answered');
    const calls = callsQuery(dates, { unassigned: 'true' });
    rows.push({ cells: [both('Calls of nobody', '未归属通话'), unassigned], calls });
  }
  const openRows = rows.map((row): DocumentRow => ((row.cells[1] as number) > 0 ? { ...row, emphasis: 'bad' } : row));
  return {
    kind: 'table',
    id: 'open',
    title: both('Still open', '待处理事项'),
    columns: [textColumn('what', both('What', '事项')), column('count', both('Number', '数量'), 'count')],
    rows: openRows,
    totals: null,
    note: both(
      'A callback is missed when its window has closed without a dial; a call is of nobody when its agent could not be found.',
      '回访窗口结束仍未拨打即为错过；无法识别坐席的通话计入未归属。',
    ),
  };
}
