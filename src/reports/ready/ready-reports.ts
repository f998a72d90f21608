/** The ready-made reports: who may open which, and the document of each. */
import { requireInScope } from '../../access/index.js';
import type { CustomerNumbers } from '../../customers/index.js';
import { definitionViews, loadZones } from '../../kpi/index.js';
import { loadCallingHours } from '../../organisation/index.js';
import { AppError, type Clock, type Database } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { KpiDefinitionView, Localised } from '../../shared/api.js';
import { READY_PARAMETERS } from '../../shared/report-parameters.js';
import {
  READY_REPORTS,
  type ReadyCompareSpec,
  type ReadyQuery,
  type ReadyReportId,
  type ReadyReportView,
  type ReportDocument,
} from '../../shared/reports.js';
import { TargetsReached } from '../../targets/index.js';
import { datesCompared, datesOfPreset, placeOf } from '../explore/index.js';
import type { OtherRange, ReportEngine } from '../ports.js';
import { NARROWING, type NarrowedBy, narrowed, narrowedSections } from './narrow.js';
import { daysOf } from './norm.js';
import { ReadyRepository } from './ready.repository.js';
import { requireDates } from './ready-query.js';
import type { Asked, Content, Dates, ReadyReport, Sources } from './ready-report.js';
import { ReadyTargets } from './ready-targets.js';
import { REPORTS } from './reports/index.js';
import { both, fill } from './words.js';

/** Without whom it is about. */
export function readyReportName(id: ReadyReportId): Localised {
  return REPORTS[id].name;
}

export class ReadyReports {
  private readonly facts: ReadyRepository;
  private readonly targets: ReadyTargets;

  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly clock: Clock,
    private readonly engine: ReportEngine,
    numbers: Pick<CustomerNumbers, 'masked'>,
  ) {
    this.facts = new ReadyRepository(database.pool, numbers);
    this.targets = new ReadyTargets(new TargetsReached(database.pool, clock));
  }

  /** Those whoever sees this scope may open. */
  views({ scope }: { scope: Scope }): ReadyReportView[] {
    return READY_REPORTS.filter((id) => mayOpen(REPORTS[id], scope)).map((id) => {
      const { name, explanation, takes, defaultRange } = REPORTS[id];
      return { id, name, explanation, takes, defaultRange };
    });
  }

  /**
   * Throws `ready_report_closed` (403) where somebody may not open it, `report_agent_required`, `outside_scope`, `date_only`,
   * `range_empty`, `range_too_long` and the errors of the engine.
   */
  async document(id: ReadyReportId, query: ReadyQuery, scope: Scope): Promise<ReportDocument> {
    const report = REPORTS[id];
    if (!mayOpen(report, scope)) throw new AppError('ready_report_closed', { params: { name: report.name.en } });
    const asked = await this.askedOf(query, scope, report);
    requireLength(report, asked.dates);
    await requireInScope(this.database.pool, scope, asked.filters);
    const sources: Sources = { engine: this.engine, facts: this.facts, targets: this.targets };
    const content = await report.read(asked, sources);
    return documentOf(id, report, content, asked.filters, await this.filtersOf(asked.filters));
  }

  private async askedOf({ range, filters, compare }: ReadyQuery, scope: Scope, report: ReadyReport): Promise<Asked> {
    const zones = await loadZones(this.database.pool);
    const callingHours = await loadCallingHours(this.database.pool);
    const now = this.clock.now();
    const today = zones.dateOf(now);
    if (!('preset' in range)) requireDates({ from: range.from, to: range.to });
    const dates = 'preset' in range ? datesOfPreset(range.preset, today) : range;
    if (dates.to <= dates.from) throw new AppError('range_empty', { field: 'to' });
    const { agents, teams, campaigns } = filters;
    const against = againstOf(report, dates, compare);
    return { range, dates, against, filters: { agents, teams, campaigns }, scope, now, today, zones, callingHours };
  }

  private async filtersOf(filters: Asked['filters']): Promise<Localised[]> {
    const names = await this.facts.names(filters);
    const line = (text: Localised, ids: readonly number[] | undefined, found: ReadonlyMap<number, string>) =>
      ids === undefined ? [] : [fill(text, { names: ids.map((one) => found.get(one) ?? `#${one}`).join(', ') })];
    return [
      ...line(both('Agents: {names}', '坐席：{names}'), filters.agents, names.agents),
      ...line(both('Teams: {names}', '团队：{names}'), filters.teams, names.teams),
      ...line(both('Campaigns: {names}', '项目：{names}'), filters.campaigns, names.campaigns),
    ];
  }
}

export function defaultRangeOf(id: ReadyReportId): ReadyReportView['defaultRange'] {
  return REPORTS[id].defaultRange;
}

function mayOpen({ forAgents, organisationOnly }: ReadyReport, scope: Scope): boolean {
  if (organisationOnly) return scope.kind === 'all';
  return forAgents || scope.kind !== 'agents';
}

function requireLength({ maxDays }: ReadyReport, dates: Dates): void {
  if (maxDays !== undefined && daysOf(dates) > maxDays) {
    throw new AppError('range_too_long', { field: 'to', params: { days: maxDays } });
  }
}

/** Throws `parameter_unknown` where a report takes no other range, `date_only`, `range_empty`. */
function againstOf(
  { takes }: ReadyReport,
  dates: Dates,
  compare: ReadyCompareSpec | undefined,
): OtherRange | undefined {
  if (compare === undefined) return undefined;
  if (!takes.includes('other_range')) {
    const allowed = READY_PARAMETERS.filter((name) => !name.startsWith('compare')).join(', ');
    throw new AppError('parameter_unknown', { field: 'compare', params: { name: 'compare', allowed } });
  }
  if ('preset' in compare) return { ...datesCompared(dates, compare.preset), whole: false };
  requireDates({ compareFrom: compare.from, compareTo: compare.to });
  if (compare.to <= compare.from) throw new AppError('range_empty', { field: 'compareTo' });
  return { ...compare, whole: true };
}

function documentOf(
  id: ReadyReportId,
  report: ReadyReport,
  content: Content,
  asked: Asked['filters'],
  filters: Localised[],
): ReportDocument {
  const { main, subject, headline, calls, sections, notes } = content;
  const narrowing: NarrowedBy = Object.fromEntries((report.narrowedBy ?? NARROWING).map((key) => [key, asked[key]]));
  const title =
    subject === undefined
      ? report.name
      : fill(both('{name}: {subject}', '{name}：{subject}'), { name: report.name, subject });
  return {
    id,
    title,
    ...placeOf(main),
    filters,
    headline,
    ...(calls === undefined ? {} : { calls: calls === null ? null : narrowed(calls, narrowing) }),
    sections: narrowedSections(sections, narrowing),
    definitions: definitionsOf(content),
    // Why figures are empty, or "—" would be taken for nothing that happened.
    notes: [...notes, ...(main.gaps ?? []).map(({ text }) => text)],
  };
}

/** Of every KPI that is shown, once, in the order in which they come. */
function definitionsOf({ headline, sections, kpis }: Content): KpiDefinitionView[] {
  const columns = sections.flatMap((section) => (section.kind === 'table' ? section.columns : []));
  const ids = [...headline.map(({ kpi }) => kpi), ...columns.flatMap(({ kpi }) => kpi ?? []), ...(kpis ?? [])];
  return definitionViews(ids);
}
