/** 数据质量: what is missing from the figures, and whether events came in when they should have. */
import { Temporal } from 'temporal-polyfill';
import { PARK_REASONS } from '../../../ingest/index.js';
import type { Localised } from '../../../shared/api.js';
import { type CallingHours, hoursOn } from '../../../shared/calling-hours.js';
import { weekdayOf } from '../../../shared/format/index.js';
import type {
  ChartSection,
  ChartSeries,
  DocumentRow,
  ReportCell,
  ReportResult,
  ReportRow,
  ReportSection,
  TableSection,
} from '../../../shared/reports.js';
import { hoursText } from '../calling-hours.js';
import type { LogFigures } from '../log-figures.js';
import { datesOf, normDates, usualByHour, workedDays } from '../norm.js';
import { type Asked, answers, type Content, type ReadyReport } from '../ready-report.js';
import { joined, longestSilence, type Stretch } from '../silence.js';
import {
  callsQuery,
  column,
  countOf,
  headlineOf,
  keyOf,
  kpiColumn,
  TOTAL,
  text,
  textColumn,
  totalRow,
  UNASSIGNED_KEY,
  type Values,
} from '../tables.js';
import { both, figure, fill, hourName, same } from '../words.js';

const KPIS = ['dials', 'inbound_answered', 'stale', 'incomplete', 'internal'] as const;
/** An hour with fewer dials on a usual day may well be silent. */
const EXPECTED_MIN = 20;
/** So long nothing, while calls are expected, is worth a look. */
const SILENCE_MS = 15 * 60_000;

export const DATA_QUALITY: ReadyReport = {
  name: both('Data quality', '数据质量'),
  explanation: both(
    'Can the figures be trusted: what was parked, what belongs to nobody, what never ended, and did events come in all the time?',
    '数据可信吗：哪些事件被搁置、哪些通话未归属或未结束、事件接收是否中断过？',
  ),
  takes: [],
  defaultRange: 'yesterday',
  forAgents: false,
  organisationOnly: true,
  maxDays: 31,
  async read(asked, sources) {
    const norm = normDates(asked.dates);
    const [main, agents, days, hours, past, pastDays] = await answers(asked, sources, [
      { kpis: KPIS },
      { kpis: KPIS, groupBy: ['agent'] },
      { kpis: KPIS, groupBy: ['day'] },
      { kpis: ['dials'], groupBy: ['hour_of_day'] },
      { kpis: ['dials'], groupBy: ['weekday', 'hour_of_day'], dates: norm },
      { kpis: ['dials'], groupBy: ['day'], dates: norm },
    ]);
    const { from, to } = { from: Date.parse(main.from), to: Date.parse(main.to) };
    const log = await sources.facts.log(from, to);
    const expected = expectedStretches(asked, past.rows, pastDays.rows);
    return dataQuality(asked, { main, agents, days, hours, past, pastDays, log, expected });
  },
};

export interface QualityFigures {
  main: ReportResult;
  agents: ReportResult;
  days: ReportResult;
  hours: ReportResult;
  past: ReportResult;
  pastDays: ReportResult;
  log: LogFigures;
  expected: Expected;
}

interface Expected {
  stretches: Stretch[];
  /** False: there is no history, the calling hours are taken. */
  fromHistory: boolean;
}

/** Hours with at least so many dials on a usual day of that weekday, up to now. */
function expectedStretches(
  { dates, zones, now, callingHours }: Pick<Asked, 'dates' | 'zones' | 'now' | 'callingHours'>,
  past: readonly ReportRow[],
  days: readonly ReportRow[],
): Expected {
  const worked = workedDays(days);
  const busy = new Set<string>();
  for (const row of past) {
    const weekday = Number(keyOf(row, 0));
    const mean = countOf(row.values, 'dials') / Math.max(1, worked.get(weekday) ?? 0);
    if (mean >= EXPECTED_MIN) busy.add(`${weekday}|${Number(keyOf(row, 1))}`);
  }
  const fromHistory = busy.size > 0;
  const stretches = datesOf(dates).flatMap((date): Stretch[] => {
    const zone = zones.at(zones.startOf(date)).timeZone;
    const weekday = weekdayOf(date);
    const hours = fromHistory
      ? range24().filter((hour) => busy.has(`${weekday}|${hour}`))
      : hoursOn(callingHours, weekday);
    return hours.flatMap((hour): Stretch[] => {
      const from = instantOf(date, hour, zone);
      const to = Math.min(now, instantOf(date, hour + 1, zone));
      return from < to ? [{ from, to }] : [];
    });
  });
  return { stretches: joined(stretches), fromHistory };
}

const range24 = (): number[] => Array.from({ length: 24 }, (_, hour) => hour);

function instantOf(date: string, hour: number, timeZone: string): number {
  const day = Temporal.PlainDate.from(date).add({ days: Math.floor(hour / 24) });
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: hour % 24 }) }).epochMilliseconds;
}

export function dataQuality(
  { dates, callingHours }: Pick<Asked, 'dates' | 'callingHours'>,
  figures: QualityFigures,
): Content {
  const { main, agents, days, hours, past, pastDays, log, expected } = figures;
  const usual = usualByHour('dials', datesOf(dates), past.rows, pastDays.rows);
  return {
    main,
    headline: headlineOf(main, ['dials', 'stale', 'incomplete']),
    sections: [
      issues(dates, main, agents, log),
      silence(log, expected, callingHours, main.timeZone),
      parked(log),
      byDay(days),
      ...hourChart(hours.rows, usual),
      ...(log.events === 0 ? [] : [lateness(log)]),
    ],
    notes: [
      both(
        'Events are counted by the time they were received, calls by the time they began.',
        '事件按接收时间统计，通话按开始时间统计。',
      ),
    ],
    kpis: KPIS,
  };
}

function issues(dates: Asked['dates'], main: ReportResult, agents: ReportResult, log: LogFigures): TableSection {
  const nobody = agents.rows.find((row) => keyOf(row) === UNASSIGNED_KEY)?.values ?? {};
  const calls = countOf(main.totals, 'dials') + countOf(main.totals, 'inbound_answered');
  const line = (what: ReportCell, count: number, of: number | null, query?: Record<string, string>): DocumentRow => ({
    cells: [what, count, of === null || of === 0 ? null : count / of],
    ...(query === undefined ? {} : { calls: callsQuery(dates, query) }),
    ...(count > 0 ? { emphasis: 'bad' as const } : {}),
  });
  const waiting = log.parked.reduce((sum, { open }) => sum + open, 0);
  const unassigned = countOf(nobody, 'dials') + countOf(nobody, 'inbound_answered');
  return {
    kind: 'table',
    id: 'issues',
    title: both('What is missing or unsure', '缺失与存疑'),
    columns: [
      textColumn('what', both('What', '事项')),
      column('count', both('Number', '数量'), 'count'),
      column('share', both('Share', '占比'), 'fraction'),
    ],
    rows: [
      line(both('Parked events that still wait', '仍在搁置的事件'), waiting, log.events + waiting),
      line(both('Calls of nobody', '未归属通话'), unassigned, calls, { unassigned: 'true' }),
      line(both('Calls closed without an end', '无结束事件而关闭的通话'), countOf(main.totals, 'stale'), calls, {
        stale: 'true',
      }),
      line(both('Calls with something unknown', '信息不完整的通话'), countOf(main.totals, 'incomplete'), calls, {
        incomplete: 'true',
      }),
    ],
    totals: null,
    note: both(
      'Calls of nobody are fixed under Settings → Attention, parked events by replaying them; the figures follow.',
      '未归属通话在“设置→待处理”中处理，搁置事件重新处理后计入，数据随之更正。',
    ),
  };
}

function silence(
  { heard }: LogFigures,
  { stretches, fromHistory }: Expected,
  callingHours: CallingHours,
  timeZone: string,
): ReportSection {
  const title = both('Did events come in all the time?', '事件接收是否中断');
  const basis = fromHistory
    ? both(
        `Expected: the hours that had ${EXPECTED_MIN} dials or more on such a weekday in the four weeks before, on average.`,
        `预期时段：前四周相同星期平均拨打 ${EXPECTED_MIN} 次及以上的小时。`,
      )
    : fill(
        both(
          'There are no four weeks of history yet: the calling hours ({hours}) are taken as the time in which calls are expected.',
          '尚无四周历史数据，暂以外呼时段（{hours}）作为预期时段。',
        ),
        { hours: hoursText(callingHours) },
      );
  if (stretches.length === 0) {
    return text('silence', title, both('No calls were expected in this range.', '期间内没有预期通话时段。'), basis);
  }
  if (heard.length === 0) {
    const none = both(
      'No event of a phone system was received in this range. Check that it sends its events here.',
      '期间内未收到话务系统的任何事件。请检查话务系统是否已配置推送。',
    );
    return text('silence', title, none, basis);
  }
  const all = gapOf(
    heard.flatMap(({ minutes }) => minutes),
    stretches,
    timeZone,
  );
  const sentence =
    all.length < SILENCE_MS
      ? both(
          'Yes: never more than {minutes} min without one while calls are expected.',
          '正常：预期时段内最长 {minutes} 分钟没有事件。',
        )
      : both(
          'No: nothing came in for {minutes} min, from {from} to {to} ({zone}), while calls are expected.',
          '有中断：{from} 至 {to}（{zone}）共 {minutes} 分钟未收到事件，而该时段预期有通话。',
        );
  const said = fill(sentence, { ...all.words, zone: timeZone });
  return text('silence', title, said, ...bySource(heard, stretches, timeZone), basis);
}

/** The longest time without an event of those minutes; a minute with one is heard until its end. Clock times of the zone. */
function gapOf(minutes: readonly number[], stretches: readonly Stretch[], timeZone: string) {
  const instants = [...new Set(minutes)].sort((a, b) => a - b).flatMap((minute) => [minute, minute + 59_999]);
  const { from, to } = longestSilence(instants, stretches) ?? { from: 0, to: 0 };
  const clock = (ms: number): string => {
    const rounded = Temporal.Instant.fromEpochMilliseconds(Math.round(ms / 60_000) * 60_000);
    const local = rounded.toZonedDateTimeISO(timeZone).toPlainDateTime();
    return local.toString({ smallestUnit: 'minute' }).replace('T', ' ');
  };
  return { length: to - from, words: { minutes: Math.round((to - from) / 60_000), from: clock(from), to: clock(to) } };
}

/** One system's outage is hidden by the events of another. */
function bySource(heard: LogFigures['heard'], stretches: readonly Stretch[], timeZone: string): Localised[] {
  if (heard.length < 2) return [];
  const gaps = heard.map(({ provider, minutes }) =>
    fill(both('{provider} {minutes} min ({from} to {to})', '{provider} {minutes} 分钟（{from} 至 {to}）'), {
      provider,
      ...gapOf(minutes, stretches, timeZone).words,
    }),
  );
  const list = { en: gaps.map(({ en }) => en).join(', '), zh: gaps.map(({ zh }) => zh).join('、') };
  return [
    fill(
      both('Longest time without an event, by source ({zone}): {list}.', '各来源最长无事件时间（{zone}）：{list}。'),
      { list, zone: timeZone },
    ),
  ];
}

function parked(log: LogFigures): ReportSection {
  const title = both('Parked events', '搁置事件');
  if (log.parked.length === 0) {
    const none = both(
      'Every event received could be used. One that cannot is listed here with the reason until it is replayed.',
      '收到的事件均已使用。无法使用的事件会在此列出原因，直至重新处理。',
    );
    return text('parked', title, none);
  }
  return {
    kind: 'table',
    id: 'parked',
    title,
    columns: [
      textColumn('provider', both('From', '来源')),
      textColumn('reason', both('Reason', '原因')),
      column('open', both('Waiting', '待处理'), 'count'),
      column('replayed', both('Replayed', '已重新处理'), 'count'),
      column('last', both('Latest', '最近一次'), 'instant'),
    ],
    rows: log.parked.map(({ provider, reason, open, replayed, lastAt }): DocumentRow => {
      const cells = [provider, PARK_REASONS[reason] ?? same(reason), open, replayed, lastAt];
      return open > 0 ? { cells, emphasis: 'bad' } : { cells };
    }),
    totals: totalRow([
      TOTAL,
      null,
      log.parked.reduce((sum, { open }) => sum + open, 0),
      log.parked.reduce((sum, { replayed }) => sum + replayed, 0),
      null,
    ]),
  };
}

function byDay(days: ReportResult): TableSection {
  const cells = (values: Values) => KPIS.map((kpi) => values[kpi] ?? null);
  return {
    kind: 'table',
    id: 'days',
    title: both('By day', '按日'),
    columns: [column('day', both('Day', '日期'), 'date'), ...KPIS.map(kpiColumn)],
    rows: days.rows.map((row) => ({
      cells: [keyOf(row), ...cells(row.values)],
      calls: callsQuery({ from: keyOf(row), to: Temporal.PlainDate.from(keyOf(row)).add({ days: 1 }).toString() }, {}),
    })),
    totals: totalRow([TOTAL, ...cells(days.totals)]),
  };
}

function hourChart(rows: readonly ReportRow[], usual: ReadonlyMap<number, number> | null): ChartSection[] {
  const dials = new Map(rows.map((row) => [Number(keyOf(row)), countOf(row.values, 'dials')]));
  const busy = [...dials, ...(usual ?? [])].flatMap(([hour, count]) => (count > 0 ? [hour] : []));
  const hours = range24().filter((hour) => hour >= Math.min(...busy) && hour <= Math.max(...busy));
  const series: ChartSeries[] = [
    { name: both('Dials', '拨打量'), unit: 'count', points: hours.map((hour) => ({ value: dials.get(hour) ?? 0 })) },
  ];
  if (usual !== null) {
    const points = hours.map((hour) => ({ value: usual.get(hour) ?? 0 }));
    series.push({ name: both('Usual (4 weeks before)', '平时（前四周）'), unit: 'count', usual: true, points });
  }
  if (hours.length === 0) return [];
  const chart: ChartSection = {
    kind: 'chart',
    id: 'hours',
    title: both('Dials by hour against what is usual', '各时段拨打量与平时对比'),
    type: 'bar',
    categories: hours.map((hour) => same(hourName(hour))),
    series,
    note: both(
      'An hour far below the usual may be a gap of the provider.',
      '明显低于平时的时段可能是话务系统推送中断。',
    ),
  };
  return [chart];
}

function lateness({ events, late }: LogFigures): TableSection {
  const row = (what: ReportCell, count: number): DocumentRow => ({
    cells: [what, count, events === 0 ? null : count / events],
  });
  return {
    kind: 'table',
    id: 'late',
    title: both('Events that came late', '延迟到达的事件'),
    columns: [
      textColumn('late', both('Received after they happened', '发生后到达时间')),
      column('count', both('Events', '事件数'), 'count'),
      column('share', both('Share', '占比'), 'fraction'),
    ],
    rows: [
      row(both('More than a minute', '超过 1 分钟'), late.overMinute),
      row(both('More than 15 minutes', '超过 15 分钟'), late.overQuarter),
      row(both('More than a day', '超过 1 天'), late.overDay),
    ],
    totals: totalRow([both('All received', '全部接收'), events, events === 0 ? null : 1]),
    note: fill(
      both(
        'The latest came {seconds} seconds after it happened. Late events count where they belong, so figures of past days can still move; imports come late by nature.',
        '最晚的事件在发生 {seconds} 秒后到达。延迟事件仍计入其所属时间，历史数据因此可能变动；导入数据本身即为延迟到达。',
      ),
      { seconds: figure(Math.round(late.maxSeconds)) },
    ),
  };
}
