/**
 * Shapes of reports: the question (`ReportSpec`), its answer (`ReportResult`), and the document that a screen shows and
 * a file prints (`ReportDocument`). All paths start with `/api/v1/reports`; `kpis:read`, within the scope of whoever asks.
 *
 * Every figure is one of the KPI catalog, evaluated as GET /kpis does: ratios of sums, totals computed and never summed,
 * no value where the denominator is empty.
 */
import type { KpiDefinitionView, KpiUnit, KpiValue, Localised } from './api.js';

/**
 * - `hour_of_day` "00"–"23", `interval` 0–95 (quarter hour of the day): local time of each team's site. `weekday` 1
 *   (Monday)–7: of the business date of each team.
 * - `hour`: hours one after the other, by the organisation's zone, named by the instant they begin. `day`, `week` (from
 *   Monday, by its first day), `month` (YYYY-MM): business dates of each team.
 * - `caller_number`: our own number an outbound call went out with, an inbound one came in on.
 * - `disposition` and `caller_number` are read from calls, the others from sums.
 */
export const REPORT_GROUPINGS = [
  'agent',
  'team',
  'campaign',
  'disposition',
  'caller_number',
  'hour_of_day',
  'weekday',
  'interval',
  'hour',
  'day',
  'week',
  'month',
] as const;
export type ReportGrouping = (typeof REPORT_GROUPINGS)[number];

/** Business dates of the organisation; `last_…`: the whole one before. Weeks start on Monday. */
export const REPORT_RANGES = [
  'today',
  'yesterday',
  'same_day_last_week',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_7_days',
  'last_30_days',
  'last_4_weeks',
  'last_13_weeks',
] as const;
export type ReportRangePreset = (typeof REPORT_RANGES)[number];

/**
 * - `previous`: the range of the same length right before; of a whole month, quarter or week the one before; of one that
 *   has not ended, as much of the one before as has passed of this one (whole business days, and today up to the same
 *   quarter hour).
 * - `team`: each agent against the team they are in at the end of the range; needs grouping by agent.
 */
export const REPORT_COMPARISONS = ['none', 'previous', 'team'] as const;
export type ReportComparison = (typeof REPORT_COMPARISONS)[number];

/** Ids are those of the API; 0 is "unassigned", "no campaign", "no disposition". Absent = all. */
export interface ReportFilters {
  agents?: number[];
  teams?: number[];
  campaigns?: number[];
  dispositions?: number[];
  /** Surrogate ids of our own numbers, decimal strings. */
  callerNumbers?: string[];
  hoursOfDay?: number[];
  weekdays?: number[];
  intervals?: number[];
}

/** In the order they are offered. */
export const REPORT_FILTERS = [
  'agents',
  'teams',
  'campaigns',
  'dispositions',
  'callerNumbers',
  'hoursOfDay',
  'weekdays',
  'intervals',
] as const satisfies readonly (keyof ReportFilters)[];

/** A preset, or business dates / instants on quarter hours; `to` exclusive. */
export type ReportRangeSpec = { preset: ReportRangePreset } | { from: string; to: string };

export interface ReportSpec {
  range: ReportRangeSpec;
  /** 1–20 ids of the catalog. */
  kpis: string[];
  /** None = one row; at most two, different. */
  groupBy: ReportGrouping[];
  filters: ReportFilters;
  compare: ReportComparison;
}

export interface ReportRow {
  /** One a grouping, in its order: an id, a date, "09", the Monday of a week … "0" is nobody, nothing, unknown. */
  keys: string[];
  labels: Localised[];
  values: Record<string, KpiValue>;
  /** Of the comparison; null where it has no such row. */
  compared: Record<string, KpiValue> | null;
}

/** Why figures have no value: of the rows, or of the totals too. */
export interface ReportGap {
  /**
   * - `states_of_no_call`, `states_of_no_campaign`: time in states belongs to none.
   * - `customers_by_day`: distinct customers are known by whole business days.
   * - `ownership`: customers are somebody's on whole business days; of no campaign, call, weekday or hour.
   */
  code: 'states_of_no_call' | 'states_of_no_campaign' | 'customers_by_day' | 'ownership';
  where: 'rows' | 'everywhere';
  /** Those asked for that it is about. */
  kpis: string[];
  text: Localised;
}

/** GET /explore?<reportParameters(spec)> → ReportResult */
export interface ReportResult {
  /** Everything received until then is in it. */
  asOf: string;
  timeZone: string;
  /** Only when teams count their days in several zones. */
  timeZones?: string[];
  from: string;
  /** Exclusive. */
  to: string;
  /** Business dates when the range is whole days; `to` exclusive. */
  dates: { from: string; to: string } | null;
  compared: { from: string; to: string } | null;
  spec: ReportSpec;
  rows: ReportRow[];
  totals: Record<string, KpiValue>;
  comparedTotals: Record<string, KpiValue> | null;
  /** Only where some figure cannot have a value. */
  gaps?: ReportGap[];
}

// ── documents ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type ColumnType = KpiUnit | 'text' | 'date' | 'instant' | 'change' | 'points' | 'difference';

export interface ReportColumn {
  id: string;
  name: Localised;
  /**
   * How its cells read. `change`: a fraction with its sign; `points`: a difference of two rates, 0.01 is 1 point;
   * `difference`: how many more or fewer, a count with its sign.
   */
  type: ColumnType;
  /** The catalog's id, where it is a figure of the catalog. */
  kpi?: string;
}

/** Text in both languages, plain text or id, a figure, an ISO date or instant, or nothing ("—"). */
export type ReportCell = Localised | string | KpiValue;

export interface DocumentRow {
  /** As many as columns. */
  cells: ReportCell[];
  /** Query of GET /calls (and the page /calls) that opens what a row counts; a column's `kpi` adds its measure. */
  calls?: string;
  emphasis?: 'total' | 'good' | 'bad';
}

export interface TableSection {
  kind: 'table';
  id: string;
  title: Localised;
  columns: ReportColumn[];
  rows: DocumentRow[];
  totals: DocumentRow | null;
  note?: Localised;
}

/** A figure with the range it lies in nine times out of ten, and what it was counted over. */
export interface ChartPoint {
  value: number | null;
  low?: number;
  high?: number;
  sample?: number;
}

export interface ChartSeries {
  name: Localised;
  unit: KpiUnit;
  /** ISO 4217 of amounts, which are minor units. */
  currency?: string;
  /** What is usual, to compare the others with: drawn as a thin line behind them. */
  usual?: true;
  points: ChartPoint[];
}

/**
 * - `bar`, `line`: categories × series. `target`: drawn as a thin line.
 * - `funnel`: one series, each category a part of the one before; a second series is what is usual (the same steps at
 *   usual rates). `leak`: the step (index) whose share of the one before falls furthest behind what is usual.
 * - `heatmap`: categories are columns, one series a row (its name the row's label).
 * - `waterfall`: one series. The first point is where it begins, the last where it ends, those between are the
 *   differences: first + differences = last, exactly.
 */
export interface ChartSection {
  kind: 'chart';
  id: string;
  title: Localised;
  type: 'bar' | 'line' | 'funnel' | 'heatmap' | 'waterfall';
  categories: Localised[];
  series: ChartSeries[];
  target?: number;
  leak?: number;
  /**
   * Of a heat map: what its cells open. The KPI they show, and the parameters of each column and of each row (`hourOfDay=9`),
   * which narrow the calls of the document to those of a cell.
   */
  opens?: { kpi: string; categories: string[]; series: string[] };
  note?: Localised;
}

export interface TextSection {
  kind: 'text';
  id: string;
  title: Localised;
  paragraphs: Localised[];
}

export type ReportSection = TableSection | ChartSection | TextSection;

export interface HeadlineFigure {
  kpi: string;
  name: Localised;
  unit: KpiUnit;
  value: KpiValue;
  compared: KpiValue;
  /** Of the whole range; null: nobody has set one. */
  target: KpiValue;
  /** Query of the calls it counts, where those are not the ones of the document. */
  calls?: string;
}

/** What a screen shows and a CSV, XLSX or PDF prints; everything in it comes from one snapshot of the database. */
export interface ReportDocument {
  /** Of a ready-made report its id, else "explore". */
  id: string;
  /** Query of the calls the headline counts, where range and filters alone do not say it; null: no list can say it. */
  calls?: string | null;
  title: Localised;
  asOf: string;
  timeZone: string;
  timeZones?: string[];
  from: string;
  to: string;
  dates: { from: string; to: string } | null;
  compared: { from: string; to: string } | null;
  /** Filters in words, one a line. */
  filters: Localised[];
  headline: HeadlineFigure[];
  sections: ReportSection[];
  /** Of every KPI in it: formula and version that were used. */
  definitions: KpiDefinitionView[];
  notes: Localised[];
}

export const READY_REPORTS = [
  'daily_floor',
  'agent_scorecard',
  'target_attainment',
  'team_comparison',
  'campaign_funnel',
  'best_hours',
  'dispositions',
  'callbacks',
  'data_quality',
  'what_changed',
] as const;
export type ReadyReportId = (typeof READY_REPORTS)[number];

/** GET /ready → ReadyReportView[]: those whoever asks may open. GET /ready/:id?<parameters> → ReportDocument. */
export interface ReadyReportView {
  id: ReadyReportId;
  name: Localised;
  /** The question it answers. */
  explanation: Localised;
  /** What it takes beside the range and filters by agent, team and campaign. */
  takes: ('agent_required' | 'compare' | 'other_range')[];
  defaultRange: ReportRangePreset;
}

/**
 * The other range of a report that takes one. A range that has not ended is compared with as much of it as has passed.
 *
 * - `previous`: the one right before, as in `REPORT_COMPARISONS`.
 * - `same_weekdays`: so many whole weeks earlier that both do not overlap; of up to seven days one week.
 * - `same_dates`: the same days of so many months earlier; of up to a month one. A day the other month lacks is its last.
 */
export const READY_COMPARISONS = ['previous', 'same_weekdays', 'same_dates'] as const;
export type ReadyComparison = (typeof READY_COMPARISONS)[number];

/** Or business dates of one's own, `to` exclusive, which are taken whole. */
export type ReadyCompareSpec = { preset: ReadyComparison } | { from: string; to: string };

/** What a ready-made report is asked with. `agents`, `teams`, `campaigns` of the filters only. */
export interface ReadyQuery {
  range: ReportRangeSpec;
  filters: Pick<ReportFilters, 'agents' | 'teams' | 'campaigns'>;
  /** Only of a report that takes `other_range`; absent: `previous`. */
  compare?: ReadyCompareSpec;
}

/** What can be kept, exported and scheduled: a question of one's own or a ready-made report. */
export type ReportSource =
  | { kind: 'explore'; spec: ReportSpec }
  | { kind: 'ready'; report: ReadyReportId; query: ReadyQuery };
