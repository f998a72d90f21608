/** What a ready-made report is made from and of. */
import type { Zones } from '../../kpi/index.js';
import type { Scope } from '../../shared/access.js';
import type { Localised } from '../../shared/api.js';
import type { CallingHours } from '../../shared/calling-hours.js';
import type {
  HeadlineFigure,
  ReadyReportView,
  ReportFilters,
  ReportGrouping,
  ReportRangeSpec,
  ReportResult,
  ReportSection,
} from '../../shared/reports.js';
import type { OtherRange, ReportEngine, ReportQuestion } from '../ports.js';
import type { NarrowedBy } from './narrow.js';
import type { ReadyRepository } from './ready.repository.js';
import type { ReadyTargets } from './ready-targets.js';

/** Business dates, `to` exclusive. */
export interface Dates {
  from: string;
  to: string;
}

export interface Asked {
  range: ReportRangeSpec;
  dates: Dates;
  /** What it is compared with; absent: the period right before. */
  against?: OtherRange | undefined;
  filters: Pick<ReportFilters, 'agents' | 'teams' | 'campaigns'>;
  scope: Scope;
  /** Epoch ms, and its business date. */
  now: number;
  today: string;
  zones: Zones;
  /** When customers may be called. */
  callingHours: CallingHours;
}

export interface Sources {
  engine: ReportEngine;
  facts: ReadyRepository;
  targets: ReadyTargets;
}

export interface Content {
  /** Says the range, the zones and the moment of the document. */
  main: ReportResult;
  /** Beside the report's name: whose it is. */
  subject?: Localised;
  headline: HeadlineFigure[];
  /** As in `ReportDocument`, without the filters asked for. */
  calls?: string | null;
  sections: ReportSection[];
  notes: Localised[];
  /** KPIs that are explained; those of headline and columns are anyway. */
  kpis?: readonly string[];
}

export interface ReadyReport extends Omit<ReadyReportView, 'id'> {
  /** Also for agents, of themselves. */
  forAgents: boolean;
  /** Only for who sees the whole organisation. */
  organisationOnly?: true;
  /** At most this many business days; absent: what the engine allows. */
  maxDays?: number;
  /** Filters that narrow what its rows count; absent: all of them. */
  narrowedBy?: readonly (keyof NarrowedBy)[];
  read(asked: Asked, sources: Sources): Promise<Content>;
}

interface Question {
  kpis: readonly string[];
  groupBy?: ReportGrouping[];
  /** Absent: the range asked for. */
  dates?: Dates;
  previous?: boolean;
  /** Beside those asked for. */
  filters?: ReportFilters;
}

export function question(asked: Asked, { kpis, groupBy, dates, previous, filters }: Question): ReportQuestion {
  return {
    range: dates ?? asked.range,
    kpis: [...kpis],
    groupBy: groupBy ?? [],
    filters: { ...asked.filters, ...filters },
    compare: previous ? 'previous' : 'none',
    against: asked.against,
  };
}

/** The answers of questions that belong together, in their order; all of one snapshot. */
export async function answers<const Questions extends readonly Question[]>(
  asked: Asked,
  { engine }: Pick<Sources, 'engine'>,
  questions: Questions,
): Promise<{ [Place in keyof Questions]: ReportResult }> {
  const results = await engine.run(
    questions.map((one) => question(asked, one)),
    asked.scope,
  );
  return results as { [Place in keyof Questions]: ReportResult };
}
