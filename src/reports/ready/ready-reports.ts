/** The ready-made reports: who may open which, and the document of each. */
import { requireInScope } from '../../access/index.js';
import type { CustomerNumbers } from '../../customers/index.js';
import { definitionViews, loadZones } from '../../kpi/index.js';
import { loadCallingHours } from '../../organisation/index.js';
import { AppError, type Clock, type Database } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { KpiDefinitionView, Localised } from '../../shared/api.js';
import {
  READY_REPORTS,
  type ReadyQuery,
  type ReadyReportId,
  type ReadyReportView,
  type ReportDocument,
} from '../../shared/reports.js';
import { TargetsReached } from '../../targets/index.js';
import { datesOfPreset, placeOf } from '../explore/index.js';
import type { ReportEngine } from '../ports.js';
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
    const asked = await this.askedOf(query, scope);
    requireLength(report, asked.dates);
    await requireInScope(this.database.pool, scope, asked.filters);
    const sources: Sources = { engine: this.engine, facts: this.facts, targets: this.targets };
    const content = await report.read(asked, sources);
    return documentOf(id, report, content, await this.filtersOf(asked.filters));
  }

  private async askedOf({ range, filters }: ReadyQuery, scope: Scope): Promise<Asked> {
    const zones = await loadZones(this.database.pool);
    const callingHours = await loadCallingHours(this.database.pool);
    const now = this.clock.now();
    const today = zones.dateOf(now);
    if (!('preset' in range)) requireDates(range);
    const dates = 'preset' in range ? datesOfPreset(range.preset, today) : range;
    if (dates.to <= dates.from) throw new AppError('range_empty', { field: 'to' });
    const { agents, teams, campaigns } = filters;
    return { range, dates, filters: { agents, teams, campaigns }, scope, now, today, zones, callingHours };
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

function documentOf(id: ReadyReportId, report: ReadyReport, content: Content, filters: Localised[]): ReportDocument {
  const { main, subject, headline, sections, notes } = content;
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
    sections,
    definitions: definitionsOf(content),
    notes,
  };
}

/** Of every KPI that is shown, once, in the order in which they come. */
function definitionsOf({ headline, sections, kpis }: Content): KpiDefinitionView[] {
  const columns = sections.flatMap((section) => (section.kind === 'table' ? section.columns : []));
  const ids = [...headline.map(({ kpi }) => kpi), ...columns.flatMap(({ kpi }) => kpi ?? []), ...(kpis ?? [])];
  return definitionViews(ids);
}
