/** Answers `GET /leaderboards` and `GET /quadrants`: the figures of GET /kpis, put in order. */
import type { Principal } from '../access/index.js';
import { COUNTED_CALLS, findDefinition, type KpiReadModel, loadZones } from '../kpi/index.js';
import type { Clock, Database } from '../platform/index.js';
import type { KpiReport } from '../shared/api.js';
import type {
  ComparisonMethod,
  Leaderboard,
  LeaderboardRow,
  QuadrantPerson,
  QuadrantsView,
} from '../shared/comparison.js';
import { ComparisonRepository, type PersonRow } from './comparison.repository.js';
import type { LeaderboardQuery, QuadrantsQuery } from './comparison-query.js';
import { currenciesOf, type Figure, isMoneyFigure, operandsOf } from './figure.js';
import { type Contender, type Ranked, rankContenders } from './leaderboard.js';
import { plotPeople } from './quadrants.js';
import { type ComparedRange, comparedRange, type Dates } from './ranges.js';
import { INTERVAL_LEVEL } from './statistics/index.js';
import type { AgentTargets } from './target-values.js';
import { bandOf } from './tenure.js';
import { mayName, requireLead, type Viewer, viewerOf } from './viewer.js';

const UNASSIGNED = '0';
const byName = new Intl.Collator('zh-Hans-CN', { numeric: true });

type Filters = Pick<LeaderboardQuery, 'teams' | 'campaigns'>;

export class ComparisonReadModel {
  private readonly repository: ComparisonRepository;

  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly kpis: Pick<KpiReadModel, 'report'>,
    private readonly targets: AgentTargets,
    private readonly clock: Clock,
  ) {
    this.repository = new ComparisonRepository(database.pool);
  }

  /** Throws `comparison_for_leads`, `outside_scope`, `comparison_range_no_period` and the errors of a range. */
  async leaderboard(query: LeaderboardQuery, principal: Principal): Promise<Leaderboard> {
    const { figure, mode, per } = query;
    const viewer = await viewerOf(principal, this.repository, this.now());
    if (mode === 'team') requireLead(viewer);
    const range = await this.rangeOf(query);
    const report = await this.figures(figure, mode === 'team' ? 'team' : 'agent', range, query, viewer);
    const currencies = isMoneyFigure(figure) ? currenciesOf(figure, report.rows) : [];
    const currency = isMoneyFigure(figure) ? await this.currencyOf(query, currencies) : null;
    const people = await this.peopleOf(mode === 'team' ? [] : report.rows);
    const contenders = await this.contenders(query, viewer, range, report, { people, currency });
    const ranked = rankContenders({ figure, mode, per, currency, contenders });
    const rows = mode === 'team' ? teamRows(ranked, report) : agentRows(ranked, people, viewer);
    return {
      asOf: report.asOf,
      timeZone: report.timeZone,
      from: range.from,
      to: range.to,
      previous: mode === 'improved' ? range.previous : null,
      unfinished: range.unfinished,
      kpi: figure.id,
      unit: figure.definition.unit,
      mode,
      per,
      goodDirection: figure.definition.goodDirection,
      currency,
      currencies,
      targetPeriod: mode === 'of_target' ? this.targets.periodOf(range) : null,
      visible: viewer.visible,
      method: methodOf(figure, viewer.visible === 'self' ? [] : ranked.groups),
      callMeasure: callMeasureOf(figure),
      rows: viewer.visible === 'self' ? rows.map(withoutPlace) : rows,
    };
  }

  /** Throws `comparison_for_leads` for agents. */
  async quadrants(query: QuadrantsQuery, principal: Principal): Promise<QuadrantsView> {
    const viewer = await viewerOf(principal, this.repository, this.now());
    requireLead(viewer);
    const { x, y } = query;
    const range = await this.rangeOf(query);
    const report = await this.figures(y, 'agent', range, query, viewer, [x]);
    const before = await this.figures(y, 'agent', range.previous, query, viewer, [x]);
    const people = await this.peopleOf(report.rows);
    const plot = plotPeople({ x, y, people: pointsOf(report) });
    const then = plotPeople({ x, y, people: pointsOf(before) });
    const earlier = new Map(then.people.map((point) => [point.key, point]));
    const points = plot.people.flatMap(({ key, ...point }): QuadrantPerson[] => {
      const person = people.get(Number(key));
      if (person === undefined) return [];
      const old = earlier.get(key);
      const previous =
        old === undefined || old.estimate === null ? null : { x: old.x, y: old.estimate.value, quadrant: old.quadrant };
      return [{ agent: { id: person.id, name: person.name }, team: person.team, ...point, previous }];
    });
    return {
      asOf: report.asOf,
      timeZone: report.timeZone,
      ...range,
      x,
      xUnit: findDefinition(x)?.unit ?? 'count',
      y: y.id,
      medians: plot.medians,
      previousMedians: then.medians,
      method: methodOf(y, plot.group === null ? [] : [{ band: null, group: plot.group }]),
      people: points.sort((a, b) => byName.compare(a.agent.name, b.agent.name) || a.agent.id - b.agent.id),
    };
  }

  private now(): Date {
    return new Date(this.clock.now());
  }

  private async rangeOf(query: Partial<Dates>): Promise<ComparedRange> {
    const zones = await loadZones(this.database.pool);
    return comparedRange(query, zones.dateOf(this.clock.now()));
  }

  /** The very sums GET /kpis shows, one row a person or team; what belongs to nobody is left out. */
  private async figures(
    figure: Figure,
    groupBy: 'agent' | 'team',
    range: Dates,
    { teams, campaigns }: Filters,
    { scope }: Viewer,
    more: readonly string[] = [],
  ): Promise<KpiReport> {
    const report = await this.kpis.report(
      {
        from: { kind: 'date', date: range.from },
        to: { kind: 'date', date: range.to },
        groupBy,
        kpis: [...operandsOf(figure), ...more],
        ...(teams === undefined ? {} : { teams }),
        ...(campaigns === undefined ? {} : { campaigns }),
      },
      scope,
    );
    return { ...report, rows: report.rows.filter(({ key }) => key !== UNASSIGNED) };
  }

  private async contenders(
    query: LeaderboardQuery,
    viewer: Viewer,
    range: ComparedRange,
    report: KpiReport,
    known: { people: Map<number, PersonRow>; currency: string | null },
  ): Promise<Contender[]> {
    const { figure, mode } = query;
    const before = mode === 'improved' ? await this.figures(figure, 'agent', range.previous, query, viewer) : null;
    const earlier = new Map(before?.rows.map(({ key, values }) => [key, values]));
    const heads = mode === 'team' ? await this.repository.activePeople(range, viewer.scope, query.campaigns) : null;
    const targets =
      mode === 'of_target' ? await this.targets.of(figure.id, range, [...known.people.keys()], known.currency) : null;
    const lastDay = lastDayOf(range);
    return report.rows
      .filter(({ key }) => mode === 'team' || known.people.has(Number(key)))
      .map(({ key, values }) => ({
        key,
        values,
        previous: earlier.get(key),
        band: mode === 'tenure' ? bandOf(known.people.get(Number(key))?.employedFrom ?? null, lastDay) : null,
        target: targets?.get(Number(key)) ?? null,
        people: heads?.get(Number(key)) ?? null,
      }));
  }

  private peopleOf(rows: KpiReport['rows']): Promise<Map<number, PersonRow>> {
    return this.repository.people(
      rows.map(({ key }) => Number(key)),
      this.now(),
    );
  }

  /** The one asked for, else the only one there is, else the organisation's. */
  private async currencyOf({ currency }: LeaderboardQuery, found: readonly string[]): Promise<string> {
    const [only] = found;
    return currency ?? (only !== undefined && found.length === 1 ? only : await this.repository.currency());
  }
}

function lastDayOf({ to }: Dates): string {
  return new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
}

function pointsOf({ rows }: KpiReport): { key: string; values: KpiReport['totals'] }[] {
  return rows.map(({ key, values }) => ({ key, values }));
}

function teamRows({ rows }: Ranked, report: KpiReport): LeaderboardRow[] {
  const names = new Map(report.rows.map(({ key, label }) => [key, label]));
  return rows.map(({ key, ...row }) => ({
    ...row,
    agent: null,
    team: { id: Number(key), name: names.get(key) ?? key },
    self: false,
    hidden: false,
  }));
}

function agentRows({ rows }: Ranked, people: ReadonlyMap<number, PersonRow>, viewer: Viewer): LeaderboardRow[] {
  return rows.flatMap(({ key, ...row }) => {
    const person = people.get(Number(key));
    if (person === undefined) return [];
    return {
      ...row,
      agent: mayName(viewer, person) ? { id: person.id, name: person.name } : null,
      team: person.team,
      self: person.id === viewer.self,
      hidden: person.display === 'hidden',
    };
  });
}

/** Whose team shows no places sees the own figures, and nothing that tells of others. */
function withoutPlace(row: LeaderboardRow): LeaderboardRow {
  return { ...row, rank: null, missing: row.missing ?? 'not_shown', estimate: null, score: null };
}

function methodOf({ kind, over, under, minimum, minimumIsTime }: Figure, groups: Ranked['groups']): ComparisonMethod {
  return {
    kind,
    over: [...over],
    under: [...under],
    minimum,
    minimumIsTime,
    groups: groups.map(({ band, group }) => ({ band, ...group })),
    level: INTERVAL_LEVEL,
  };
}

/** The calls behind: those that count on top, else those below. */
function callMeasureOf({ id, over, under }: Figure): string | null {
  const candidates = [id, ...over, ...under];
  return candidates.find((one) => COUNTED_CALLS.has(one)) ?? null;
}
