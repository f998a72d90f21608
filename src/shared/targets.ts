/**
 * Targets: what is expected, of whom, by when; how far somebody is; closing of a month. All paths start with `/api/v1`.
 * Dates are business dates (YYYY-MM-DD). Values are in the unit of the KPI: counts, seconds, fractions, minor units of money.
 *
 * Who sees and sets what: a supervisor the teams they lead (those below included) and the people in them, an agent their
 * own targets, `kpis:read` of the whole organisation everything. A target outside the scope is 404 `not_found`; a filter or
 * a body that names a team, an agent or the organisation outside it is 403 `outside_scope`.
 */
import type { KpiValue, Localised } from './api.js';

export const TARGET_PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** Weeks start on Monday; all by business dates of the site. */
export type TargetPeriod = (typeof TARGET_PERIODS)[number];

export type TargetScope = { kind: 'organisation' } | { kind: 'team'; id: number } | { kind: 'agent'; id: number };

/** As addresses and keys have it: `organisation`, `team:3`, `agent:7`. */
export type TargetScopeKey = 'organisation' | `team:${number}` | `agent:${number}`;

export function scopeKey(scope: TargetScope): TargetScopeKey {
  return scope.kind === 'organisation' ? 'organisation' : `${scope.kind}:${scope.id}`;
}

/** Null: not a scope. */
export function readScopeKey(text: string): TargetScope | null {
  if (text === 'organisation') return { kind: 'organisation' };
  const found = /^(team|agent):([1-9]\d{0,8})$/.exec(text);
  if (found === null) return null;
  return { kind: found[1] as 'team' | 'agent', id: Number(found[2]) };
}

/**
 * GET /targets?scope=&kpi=&period=&at=&limit= (`kpis:read`) → TargetView[], of the scope of whoever asks, by scope, KPI and
 * period. `scope`: `organisation`, `team:3`, `agent:7`; `at`: a date, only those in force then. GET /targets/:id → TargetView.
 * Effective from `validFrom` until the next of the same scope, KPI and period, or `validUntil`.
 */
export interface TargetView {
  id: number;
  scope: TargetScope;
  /** Name of the team or agent; empty for the organisation. */
  label: string;
  kpi: string;
  period: TargetPeriod;
  /** In the unit of the KPI. Counts, seconds and money are whole numbers. */
  value: number;
  /** Currency of money; null otherwise. */
  currency: string | null;
  /** Business dates; `validUntil` inclusive, null = open. */
  validFrom: string;
  validUntil: string | null;
  /** Cascading leaves it as it is. */
  locked: boolean;
  revision: number;
}

/**
 * POST /targets (`targets:write`) → TargetView (201). 400 `target_denominator_missing` when `kpi` names a rate without what
 * it is a rate of (`conversion`), `target_kpi_unknown`, `target_value_invalid`; 409 `target_exists` for the same scope, KPI,
 * period and `validFrom`.
 */
export interface TargetCreate {
  scope: TargetScope;
  kpi: string;
  period: TargetPeriod;
  value: number;
  /** Of money; left out: the organisation's. */
  currency?: string | null | undefined;
  validFrom: string;
  validUntil?: string | null | undefined;
  locked?: boolean | undefined;
}

/**
 * PATCH /targets/:id (`targets:write`) → TargetView. DELETE /targets/:id?revision=3 → 204. 409 `target_changed` when somebody
 * else has changed it meanwhile.
 */
export interface TargetPatch {
  revision: number;
  value?: number | undefined;
  validFrom?: string | undefined;
  validUntil?: string | null | undefined;
  locked?: boolean | undefined;
}

/**
 * POST /targets/batch {targets} (`targets:write`; at most 500) → {targets: TargetView[]}: all of them in one transaction. One
 * that exists (same scope, KPI, period and `validFrom`) is replaced. How a template is applied.
 */
export interface TargetBatch {
  targets: TargetCreate[];
}

// ── templates, and what a set implies ───────────────────────────────────────────────────────────────────────────

/** GET /target-templates (`kpis:read`) → TargetTemplate[]. Apply one with POST /targets/batch. */
export interface TargetTemplate {
  id: string;
  name: Localised;
  /** Whom it suits, and what the threshold of an effective call should be (a setting of campaigns). */
  explanation: Localised;
  effectiveSeconds: number;
  targets: { kpi: string; period: TargetPeriod; value: number }[];
}

/**
 * POST /targets/preview or GET /targets/preview?kpi=dials:50,conversion_rate:0.1&connectRate=0.4 (`kpis:read`) →
 * TargetPreview: what a set for one person and period implies. Without `connectRate`: the organisation's own of the last 28
 * days, else the reference figure.
 */
export interface TargetPreviewRequest {
  targets: { kpi: string; value: number }[];
  /** 0 … 1 */
  connectRate?: number | undefined;
  /** Default 300. */
  effectiveSeconds?: number | undefined;
}

export interface TargetPreview {
  connectRate: number;
  connectRateFrom: 'given' | 'history' | 'reference';
  effectiveSeconds: number;
  /** What follows from the set; null where it does not say. */
  dials: number | null;
  connects: number | null;
  /** If every connect were an effective call, at its least: connects × effectiveSeconds. */
  talkSeconds: number | null;
  sales: number | null;
  /** The conversion given, read with each denominator: the difference is why a rate never goes without one. */
  conversions: { kpi: 'conversion_dial' | 'conversion_rate' | 'conversion_contact'; sales: number | null }[];
  /** What contradicts itself, e.g. sales that the rate cannot give. */
  conflicts: { kpi: string; given: number; implied: number }[];
}

// ── cascade ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** `children`: the teams directly below; `agents`: everybody in the scope; a period: the parts of time of the parent's. */
export const CASCADE_TO = ['children', 'agents', 'day', 'week', 'month', 'quarter'] as const;
export type CascadeTo = (typeof CASCADE_TO)[number];

/**
 * `equal`; `weights` (given); `history`: what each did in the last 90 days (of parts of time: by weekday and month, like
 * `seasonality`); `headcount`: people of each team; `working_days`: expected working minutes; `seasonality`: working minutes
 * × what is usual on that weekday and in that month.
 */
export const CASCADE_BY = ['equal', 'weights', 'history', 'headcount', 'working_days', 'seasonality'] as const;
export type CascadeBy = (typeof CASCADE_BY)[number];

/**
 * POST /targets/cascade/preview (`targets:write`) → CascadeProposal. Nothing is changed. 409 `target_locked_exceeds` when
 * locked and fixed parts are more than the parent; 400 `target_not_additive` for figures that are no sum (distinct customers).
 */
export interface CascadeRequest {
  targetId: number;
  to: CascadeTo;
  by: CascadeBy;
  /** With `weights`: by key of the part; missing = 0. */
  weights?: Record<string, number> | undefined;
  /** By key of the part: values set by hand; the rest is shared among the others. */
  fixed?: Record<string, number> | undefined;
  /** Parts of time: a date in the period to be split; default the first one the target is in force for that is not over. */
  at?: string | undefined;
}

export interface CascadePart {
  /** `team:3`, `agent:7`, or of parts of time the first date. */
  key: string;
  scope: TargetScope;
  label: string;
  period: TargetPeriod;
  validFrom: string;
  validUntil: string | null;
  value: number;
  /** Its weight among all, 0 … 1. */
  share: number;
  /** A target that exists and is locked: it keeps its value. */
  locked: boolean;
  /** Set by hand in this request. */
  fixed: boolean;
  /** What is there now under the same scope, KPI, period and `validFrom`. */
  existing: { id: number; value: number; revision: number } | null;
}

export interface CascadeProposal {
  parent: TargetView;
  /** Of the period that is split; null when split among teams or people. */
  from: string | null;
  until: string | null;
  parts: CascadePart[];
  /** Of additive KPIs always the parent's value; of ratios null: every part has the same. */
  sum: number | null;
  /** True when the weights said nothing and everybody got the same. */
  evenly: boolean;
}

/**
 * POST /targets/cascade (`targets:write`) → {targets: TargetView[]}: the parts, as adjusted, in one transaction. 409
 * `target_changed` when the parent is another by now or a part is locked at another value, 400 `target_sum_differs` when they are not the parent's value.
 */
export interface CascadeApply {
  targetId: number;
  /** Of the parent, as in the proposal. */
  revision: number;
  parts: (Pick<CascadePart, 'scope' | 'period' | 'validFrom' | 'validUntil' | 'value'> & {
    locked?: boolean | undefined;
  })[];
}

/**
 * POST /targets/rollup (`targets:write`) {scope, kpi, period, from: 'children' | 'agents', at} → RollupProposal: from the bottom
 * up. Nothing is changed: set the value with POST or PATCH.
 */
export interface RollupRequest {
  scope: TargetScope;
  kpi: string;
  period: TargetPeriod;
  from: 'children' | 'agents';
  at: string;
}

export interface RollupProposal {
  /** Sum of the parts; of ratios null (a rate of rates is no rate). */
  value: number | null;
  parts: TargetView[];
  /** Teams or people without such a target. */
  missing: { scope: TargetScope; label: string }[];
  existing: TargetView | null;
}

// ── progress ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Why an agent's target is not the full one: their working minutes in the period against those of a full member. */
export interface TargetProration {
  ownMinutes: number;
  fullMinutes: number;
  /** own ÷ full; 1 where nobody is expected but they are. */
  factor: number;
  /** Working days of a full member on which this person was on leave, or not employed. */
  leaveDays: number;
  notEmployedDays: number;
  /** Days off for everybody. */
  holidays: number;
  /** False: no shifts are set for any day; every day counts as one of 8 hours. */
  fromCalendar: boolean;
}

/**
 * How far, as of now (of a date that is over: as of its end). `actual`, `target` in the unit of the KPI.
 * GET /attainment?scope=organisation|team:3|agent:7&date= (`kpis:read`, in scope) → TargetProgress[], in the order of the
 * catalog; without scope: one's own as an agent, else the organisation, else the teams one leads.
 */
export interface TargetProgress {
  targetId: number;
  scope: TargetScope;
  kpi: string;
  period: TargetPeriod;
  /** Bounds of the period, business dates, `until` exclusive. */
  from: string;
  until: string;
  /** As entered, and after leave, employment and holidays. */
  fullTarget: number;
  target: number;
  /** Of money: of this currency. */
  currency: string | null;
  /** Only of agents and of additive KPIs. */
  proration: TargetProration | null;
  actual: KpiValue;
  /** Fraction; null without a target or a value. Where low is good: target ÷ actual, and 1 at 0. */
  attainment: number | null;
  /** Share of the period's target that is expected by now, 0…1; null for ratios and before the first working minute. */
  expectedShare: number | null;
  /** target × expectedShare. */
  expectedNow: number | null;
  /** 1 or more is good, also where low is good. Of ratios their attainment. */
  pace: number | null;
  /** What is still missing per remaining working hour; null when reached, over, or a ratio. */
  neededPerHour: number | null;
  /** End of the period by what is so far, with the range that holds four times out of five; null for ratios and too early. */
  projection: { low: number; middle: number; high: number } | null;
}

// ── closing of months ───────────────────────────────────────────────────────────────────────────────────────────

/**
 * POST /periods/close (`settings:write`) → PeriodView (201): freezes a month that is over at every site. There is no way
 * back: what changes later is an adjustment. 409 `period_closed`, `period_not_over`.
 */
export interface PeriodClose {
  /** YYYY-MM */
  month: string;
  /** By which KPI the champion is found; default `sales`. */
  kpi?: string | undefined;
}

export interface PeriodSummary {
  month: string;
  /** Instants. */
  closedAt: string;
  /** Name of whoever closed it; null when gone. */
  closedBy: string | null;
  kpi: string;
  adjustments: number;
}

/** GET /periods (`kpis:read`) → newest first, and the months that can be closed now. */
export interface PeriodList {
  periods: PeriodSummary[];
  /** Months with figures that are over and not closed, newest first; at most 24. */
  open: string[];
}

/** A target by the month, as it was when the month was closed. */
export interface FrozenTarget {
  targetId: number;
  scope: TargetScope;
  label: string;
  kpi: string;
  fullTarget: number;
  target: number;
  actual: KpiValue;
  /** Of the target's amount; null: it is none. */
  currency: string | null;
  attainment: number | null;
}

/** What came after. */
export interface AdjustmentView {
  id: string;
  /** When it was received (events), or made (settings). */
  at: string;
  /** `events`: calls and outcomes; `settings`: somebody changed a mapping or merged people; `rebuild`: facts were repaired. */
  family: 'events' | 'settings' | 'rebuild';
  /** Event types or what was changed, e.g. `outcome.corrected`. */
  reason: string;
  /** Who entered or changed it, as far as it is known; nobody for a telephone system. */
  by: { kind: 'user' | 'key' | 'system'; id: number | null; name: string | null }[];
  date: string;
  agent: { id: number; name: string };
  team: { id: number; name: string };
  /** Measures that changed, by column, in the units of the sums (ms, minor units of `currency`). */
  delta: Record<string, number>;
  currency: string;
}

/** GET /periods/:month (`kpis:read`): rows and adjustments of the scope of whoever asks. */
export interface PeriodView extends PeriodSummary {
  /**
   * 月度冠军, from the frozen figures: several when equal. Of the whole organisation, or of the teams somebody leads; nobody
   * for an agent. A ratio needs 30 in its denominator. Empty when nobody has any.
   */
  champions: { agent: { id: number; name: string }; team: { id: number; name: string }; value: KpiValue }[];
  /** By agent, as frozen and with what came after. KPIs: all that are evaluated from sums. */
  rows: {
    agent: { id: number; name: string };
    frozen: Record<string, KpiValue>;
    adjusted: Record<string, KpiValue>;
  }[];
  totals: { frozen: Record<string, KpiValue>; adjusted: Record<string, KpiValue> };
  targets: FrozenTarget[];
  /** Newest first, at most 500. */
  adjustmentList: AdjustmentView[];
}
