/** 坐席成绩单: one person, with trend, peers, best hours, outcomes, time and targets. */
import { STATE_TIMES } from '../../../kpi/index.js';
import { addDays } from '../../../organisation/index.js';
import { AppError } from '../../../platform/index.js';
import type { Scope } from '../../../shared/access.js';
import type { KpiValue, Localised } from '../../../shared/api.js';
import { weekdayOf } from '../../../shared/format/index.js';
import type { DocumentRow, ReportResult, ReportSection, TableSection } from '../../../shared/reports.js';
import type { ReachedTarget } from '../../../targets/index.js';
import { hoursText, insideFilters } from '../calling-hours.js';
import { daysOf } from '../norm.js';
import { rankingKpis, rankingOf } from '../ranking.js';
import { type Asked, type Content, type Dates, question, type ReadyReport } from '../ready-report.js';
import { assigned, callsQuery, definitionOf, headlineOf, keyOf, kpiColumn, text, textColumn } from '../tables.js';
import { both, fill, percent, same } from '../words.js';
import { addedUp, KPIS as HOURS } from './best-hours-questions.js';
import {
  hourChart,
  OUTCOMES_MAX_DAYS,
  outcomeTable,
  stateTable,
  targetsInWords,
  trendChart,
  workedWeeks,
} from './scorecard-sections.js';

const SUMS = ['dials', 'connects', 'talk_s', 'contacts', 'sales', 'revenue'] as const;
const RATES = [
  'connect_rate',
  'contact_rate',
  'conversion_rate',
  'avg_talk_s',
  'dials_per_hour',
  'callback_kept_rate',
] as const;
const KPIS = [...SUMS, ...RATES] as const;
const HEADLINE = ['dials', 'connect_rate', 'talk_s', 'sales', 'conversion_rate', 'revenue'] as const;
const RANKED = ['connect_rate', 'conversion_rate', 'contact_rate'] as const;
const TREND = ['connect_rate', 'conversion_rate', 'dials', 'connects', 'sales'] as const;
const WEEKS = 12;

export const AGENT_SCORECARD: ReadyReport = {
  name: both('Agent scorecard', '坐席成绩单'),
  explanation: both(
    'How does this person do: against their own past, their team and their targets, and when do they do best?',
    '这位坐席表现如何：对比自己的过去、所在团队与目标，哪些时段状态最好？',
  ),
  takes: ['agent_required', 'compare'],
  defaultRange: 'last_7_days',
  forAgents: true,
  narrowedBy: ['campaigns'],
  async read(asked, { engine, facts, targets }) {
    const agent = agentOf(asked);
    const own: Asked = { ...asked, filters: { ...asked.filters, agents: [agent], teams: undefined } };
    const weeks = trendDates(asked);
    const withOutcomes = daysOf(asked.dates) <= OUTCOMES_MAX_DAYS;
    const inside = insideFilters(asked.callingHours);
    const specs = [
      question(own, { kpis: [...KPIS, ...STATE_TIMES, 'logged_in_s'], previous: true }),
      question(own, { kpis: TREND, groupBy: ['week'], dates: weeks }),
      ...inside.map((filters) => question(own, { kpis: HOURS, groupBy: ['hour_of_day'], dates: weeks, filters })),
      ...(withOutcomes ? [question(own, { kpis: ['dials', 'sales'], groupBy: ['disposition'] })] : []),
    ];
    const person = await facts.person(agent, asked);
    const peers: Asked = {
      ...asked,
      filters: { campaigns: asked.filters.campaigns, teams: person.team === null ? [] : [person.team.id] },
    };
    const peerSpecs = [
      question(peers, { kpis: KPIS }),
      question(peers, { kpis: [...new Set(RANKED.flatMap(rankingKpis))], groupBy: ['agent'] }),
    ];
    const peerScope = person.team === null ? null : peerScopeOf(asked.scope, person.team);
    const together = peerScope === asked.scope ? await engine.run([...specs, ...peerSpecs], asked.scope) : null;
    const found = together?.slice(0, specs.length) ?? (await engine.run(specs, asked.scope));
    const compared =
      together?.slice(specs.length) ?? (peerScope === null ? [] : await engine.run(peerSpecs, peerScope));
    const [main, trend] = found as [ReportResult, ReportResult];
    const hours = addedUp(found.slice(2, 2 + inside.length));
    const outcomes = withOutcomes ? found[2 + inside.length] : undefined;
    const [team, people] = compared;
    const reached = await targets.of(asked, [{ kind: 'agent', id: agent }]);
    const peersFound =
      team === undefined || people === undefined || person.team === null
        ? null
        : { name: person.team.name, team, people };
    return agentScorecard(asked, {
      agent,
      name: person.name,
      main,
      trend,
      hours,
      outcomes: outcomes ?? null,
      peers: peersFound,
      reached,
      targets: await targets.ofRange(own, HEADLINE),
    });
  },
};

/** The one asked for; an agent who asks for nobody gets themself. Throws `report_agent_required`. */
function agentOf({ filters, scope }: Asked): number {
  const asked = filters.agents ?? (scope.kind === 'agents' ? scope.agents : []);
  const [agent] = asked;
  if (agent === undefined || asked.length > 1) throw new AppError('report_agent_required', { field: 'agent' });
  return agent;
}

/** An agent sees the team's figures where the team shows places; nobody else sees more than they do anyway. */
function peerScopeOf(scope: Scope, team: { id: number; showsRanks: boolean }): Scope | null {
  if (scope.kind === 'all') return scope;
  if (scope.kind === 'teams') return scope.teams.includes(team.id) ? scope : null;
  return team.showsRanks ? { kind: 'teams', teams: [team.id] } : null;
}

/** Twelve whole weeks up to and with the week of the last day that is not to come. */
function trendDates({ dates, today }: Pick<Asked, 'dates' | 'today'>): Dates {
  const last = addDays(dates.to, -1) > today && dates.from <= today ? today : addDays(dates.to, -1);
  const monday = addDays(last, 1 - weekdayOf(last));
  return { from: addDays(monday, -7 * (WEEKS - 1)), to: addDays(monday, 7) };
}

export interface ScorecardFigures {
  agent: number;
  name: string;
  main: ReportResult;
  trend: ReportResult;
  hours: ReportResult;
  /** Null: the range is too long for it. */
  outcomes: ReportResult | null;
  /** Null: in no team, or the team does not show places. */
  peers: { name: string; team: ReportResult; people: ReportResult } | null;
  reached: readonly ReachedTarget[];
  /** By KPI, of the range. */
  targets: ReadonlyMap<string, KpiValue>;
}

export function agentScorecard(
  { dates, callingHours }: Pick<Asked, 'dates' | 'callingHours'>,
  figures: ScorecardFigures,
): Content {
  const { agent, main, trend, hours } = figures;
  const weeks = workedWeeks(trend.rows);
  return {
    main,
    subject: same(figures.name),
    headline: headlineOf(main, HEADLINE, figures.targets),
    sections: [
      figuresTable(dates, 'sums', both('Work and results', '工作量与成果'), SUMS, figures),
      figuresTable(dates, 'rates', both('Rates and averages', '比率与均值'), RATES, figures),
      places(figures),
      trendChart(weeks, ['connect_rate', 'conversion_rate'], 'trend_rates', both('Rates by week', '每周比率')),
      trendChart(weeks, ['dials', 'connects'], 'trend_work', both('Dials and connects by week', '每周拨打与接通')),
      trendChart(weeks, ['sales'], 'trend_sales', both('Sales by week', '每周成单')),
      hourChart(hours, callingHours),
      outcomeTable(dates, agent, figures.outcomes),
      stateTable(main),
      targetsInWords(figures.reached),
    ],
    notes: [
      fill(
        both(
          'Trend and best hours: the twelve weeks up to the end of the range. Hours of the day: calling hours applied are {hours}, local time. Estimates and places: the rates of everybody in the team held against each other.',
          '趋势与最佳时段：截至期末的十二周；各时段仅统计外呼时段（{hours}，当地时间）。估计值与名次：与团队全体一并比较得出。',
        ),
        { hours: hoursText(callingHours) },
      ),
    ],
    kpis: [...SUMS, ...RATES],
  };
}

/** What is, what was, and what the team does; sums of a team per head, or they could not be compared. */
function figuresTable(
  dates: Dates,
  id: string,
  title: Localised,
  kpis: readonly string[],
  figures: ScorecardFigures,
): TableSection {
  const { agent, main, peers } = figures;
  const heads = peers === null ? 0 : assigned(peers.people.rows).length;
  const ofTeam = (kpi: string): KpiValue => {
    const value = peers?.team.totals[kpi] ?? null;
    if (definitionOf(kpi).expression.type === 'ratio') return value;
    return heads === 0 ? null : perHead(value, heads);
  };
  const rows: DocumentRow[] = [
    {
      cells: [both('Now', '本期'), ...kpis.map((kpi) => main.totals[kpi] ?? null)],
      calls: callsQuery(dates, { agent: String(agent) }),
    },
    { cells: [both('Before', '上期'), ...kpis.map((kpi) => main.comparedTotals?.[kpi] ?? null)] },
  ];
  if (peers !== null) {
    const isRate = kpis.every((kpi) => definitionOf(kpi).expression.type === 'ratio');
    const words = isRate ? both('Team {name}', '团队 {name}') : both('Team {name}, per head', '{name}（人均）');
    const label = fill(words, { name: peers.name });
    rows.push({ cells: [label, ...kpis.map(ofTeam)] });
  }
  return {
    kind: 'table',
    id,
    title,
    columns: [textColumn('what', both('Period', '对比项')), ...kpis.map(kpiColumn)],
    rows,
    totals: null,
  };
}

function perHead(value: KpiValue, heads: number): KpiValue {
  if (value === null) return null;
  if (typeof value === 'number') return value / heads;
  if (Array.isArray(value)) return value.map((one) => ({ ...one, amountMinor: Math.round(one.amountMinor / heads) }));
  return { ...value, amountMinor: Math.round(value.amountMinor / heads) };
}

function places({ agent, peers }: ScorecardFigures): ReportSection {
  const title = both('Place in the team', '团队内排名');
  if (peers === null) {
    return text(
      'places',
      title,
      both(
        'No place is shown: this person is in no team you see, or the team does not show places.',
        '不显示排名：该坐席不在您可见的团队，或团队未开启排名。',
      ),
    );
  }
  const sentences = RANKED.map((kpi): Localised => {
    const { people, placed, minimum } = rankingOf(kpi, peers.people.rows);
    const own = people.find(({ row }) => Number(keyOf(row)) === agent);
    const { name } = definitionOf(kpi);
    if (own === undefined || own.rank === null || own.estimate === null) {
      return fill(both('{name}: no place yet, it takes {minimum} calls.', '{name}：样本不足 {minimum}，暂不排名。'), {
        name,
        minimum,
      });
    }
    const { value, low, high } = own.estimate;
    const near = people.filter(
      (one) => one !== own && one.estimate !== null && one.estimate.low <= high && one.estimate.high >= low,
    );
    return fill(
      both(
        '{name}: place {rank} of {placed}; {value}, nine times out of ten between {low} and {high}. {near} others lie within that, so their order may be chance.',
        '{name}：第 {rank} 名，共 {placed} 人；估计值 {value}，90% 区间 {low}–{high}。另有 {near} 人与该区间重叠，名次可能只是偶然。',
      ),
      {
        name,
        rank: own.rank,
        placed,
        value: percent(value),
        low: percent(low),
        high: percent(high),
        near: near.length,
      },
    );
  });
  return text('places', title, ...sentences);
}
