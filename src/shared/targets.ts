/** Targets: what is expected, of whom, by when; how far somebody is; closing of a month. All paths start with `/api/v1`. */
import type { KpiValue } from './api.js';

export const TARGET_PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** Weeks start on Monday; all by business dates of the site. */
export type TargetPeriod = (typeof TARGET_PERIODS)[number];

export type TargetScope = { kind: 'organisation' } | { kind: 'team'; id: number } | { kind: 'agent'; id: number };

/**
 * GET /targets?scope=&kpi=&period=&at= (`kpis:read`, in scope), POST /targets, PATCH /targets/:id, DELETE /targets/:id
 * (`targets:write`). Effective from `validFrom` until the next of the same scope, kpi and period, or `validUntil`.
 */
export interface TargetView {
  id: number;
  scope: TargetScope;
  /** Name of the team or agent. */
  label: string;
  kpi: string;
  period: TargetPeriod;
  /** In the unit of the KPI: counts, seconds, fractions, minor units of money. */
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
 * How far, as of now. `actual`, `target` in the unit of the KPI.
 * GET /attainment?scope=organisation|team:3|agent:7&date= (`kpis:read`, in scope) → TargetProgress[]; without scope: one's own.
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
  actual: KpiValue;
  /** Fraction; null without a target or a value. */
  attainment: number | null;
  /** Share of the period's target that is expected by now, 0…1; null for ratios and before the first working minute. */
  expectedShare: number | null;
  /** target × expectedShare. */
  expectedNow: number | null;
  pace: number | null;
  /** What is still missing per remaining working hour; null when reached, over, or a ratio. */
  neededPerHour: number | null;
  /** End of the period by what is so far, with the range that holds four times out of five; null for ratios and too early. */
  projection: { low: number; middle: number; high: number } | null;
}
