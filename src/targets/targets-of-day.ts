/** What live boards and the API ask of the targets of one business day: loaded once, then pure. */
import type { CurrencySums } from '../kpi/index.js';
import type { TargetNow } from '../shared/live.js';
import type { TargetPeriod, TargetProgress, TargetScope } from '../shared/targets.js';

/** What was done today, of the target's scope. */
export interface TodaySums {
  sums: CurrencySums;
  /** Distinct customers over the whole period, where somebody counted them; they cannot be added up. */
  customers?: number | null;
  customersConnected?: number | null;
  customersOwned?: number | null;
  customersTouched?: number | null;
}

/** A target in force on the day. Everything but `progress` is fixed from loading on. */
export interface TargetOfDay {
  readonly targetId: number;
  readonly kpi: string;
  readonly period: TargetPeriod;
  readonly scope: TargetScope;
  /** After leave, employment and holidays, in the unit of the KPI. */
  readonly value: number;
  /** As entered. */
  readonly fullValue: number;
  /** Of money. */
  readonly currency: string | null;
  /** Sums of the period before today; null for targets of the day. */
  readonly before: CurrencySums | null;
  /** Of the period, 0 … 1; null for ratios and before the first working minute. `now`: epoch ms. */
  expectedShare(now: number): number | null;
  /** `today`: sums of today alone. Cheap enough to be called for every change. */
  progress(today: TodaySums, now: number): TargetNow;
  /** The same with what explains it, as the API gives it. */
  explained(today: TodaySums, now: number): TargetProgress;
}

export interface TargetsOfDay {
  readonly date: string;
  /** In the order of the catalog, day before week before month …; empty where there is none. */
  of(scope: TargetScope): readonly TargetOfDay[];
  all(): readonly TargetOfDay[];
}

/** Of whom targets are loaded; left out: of everybody. */
export interface LoadOnly {
  scopes: readonly TargetScope[];
}
