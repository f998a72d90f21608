/**
 * Fair comparison: leaderboards and quadrants. All paths start with `/api/v1`; `kpis:read`. Ranges are business dates,
 * `to` exclusive; without them today. Figures equal those of GET /kpis for the same range, filter and scope.
 *
 * An agent sees the own team, if the team shows places (else only themself, without a place), and nobody by name who does
 * not want that. Comparing teams and quadrants are for those who lead people (403 `comparison_for_leads`).
 */
import type { KpiUnit, KpiValue } from './api.js';
import type { TargetPeriod } from './targets.js';

/**
 * - `raw`: by the figure itself (rates: by their estimate).
 * - `of_target`: by how much of the own target is reached.
 * - `improved`: by the change against the own period of the same length before.
 * - `team`: teams instead of people, per head or as a total.
 * - `tenure`: people among those who are here about as long.
 */
export const LEADERBOARD_MODES = ['raw', 'of_target', 'improved', 'team', 'tenure'] as const;
export type LeaderboardMode = (typeof LEADERBOARD_MODES)[number];

/** Time since the first day of work, in months, `from` inclusive; a person's band is the one on the last day of the range. */
export const TENURE_BANDS = [
  { id: 'under_1', from: 0, to: 1 },
  { id: 'from_1_to_3', from: 1, to: 3 },
  { id: 'from_3_to_12', from: 3, to: 12 },
  { id: 'over_12', from: 12, to: null },
] as const;
/** `unknown`: nobody has entered the first day of work. */
export type TenureBand = (typeof TENURE_BANDS)[number]['id'] | 'unknown';

/**
 * - `sum`: counts, times, money; compared as they are.
 * - `rate`: a share of counted things; few of them say little, so it is compared by an estimate (docs/comparison.md).
 * - `average`: anything else per something; compared as it is from a minimum on.
 */
export type FigureKind = 'sum' | 'rate' | 'average';

/** Why somebody has no place. `not_shown`: the team does not show places. */
export type NoPlace = 'not_enough' | 'no_value' | 'no_target' | 'no_previous' | 'not_shown';

/** What is known of somebody's own rate; fractions. */
export interface EstimateView {
  value: number;
  /** Bounds that hold nine times out of ten. */
  low: number;
  high: number;
  /** Share of the estimate that comes from the own calls, 0…1; the rest is the group's. */
  ownWeight: number;
}

export interface NamedRef {
  id: number;
  name: string;
}

export interface LeaderboardRow {
  /** Equal ones share a place: 1, 2, 2, 4. Within the band in the mode `tenure`. Null: see `missing`. */
  rank: number | null;
  missing: NoPlace | null;
  /** Null in the mode `team`, and for somebody whose name is not shown to whoever asks. */
  agent: NamedRef | null;
  /** Of agents: the one they are in now. Null: none. */
  team: NamedRef | null;
  /** Whoever asks. */
  self: boolean;
  /** Does not want to be shown by name to other agents. */
  hidden: boolean;
  band: TenureBand | null;
  /** As GET /kpis has it. */
  value: KpiValue;
  /** Of ratios: what was divided by what. Null where it cannot be counted. */
  numerator: number | null;
  denominator: number | null;
  /** Of rates with enough behind them. */
  estimate: EstimateView | null;
  /** What the place goes by; in the unit of the KPI, a fraction in `of_target` and for changes of sums and averages. */
  score: number | null;
  previous: { value: KpiValue; denominator: number | null; estimate: EstimateView | null } | null;
  /** `improved`: of rates the difference of the estimates, else the relative change. Both fractions. */
  change: number | null;
  target: { value: number; attainment: number | null } | null;
  /** `team`: people with anything counted for the team in the range, and the figure per one of them (sums only). */
  people: number | null;
  perHead: number | null;
}

/** How the places came about; the same for every row. */
export interface ComparisonMethod {
  kind: FigureKind;
  /** Ids of what is divided by what, taken away ones with a minus. Empty for sums. */
  over: string[];
  under: string[];
  /** Least denominator for a place; null for sums. In seconds where the denominator is time. */
  minimum: number | null;
  minimumIsTime: boolean;
  /** Rates, by group (one, or one a tenure band): the group's rate and how many calls it weighs. */
  groups: { band: TenureBand | null; rate: number; strength: number; people: number; trials: number }[];
  /** Probability with which the bounds of an estimate hold. */
  level: number;
}

/** `scope`: all the caller may see; `own_team`, `self`: an agent asked. */
export type ComparisonView = 'scope' | 'own_team' | 'self';

/**
 * GET /leaderboards?kpi=&mode=&from=&to=&team=&campaign=&per=head|total&currency= → Leaderboard.
 * Best first, those without a place at the end. 400 `kpi_not_comparable` for attainment and pace, and for `improved` where
 * neither direction is good.
 */
export interface Leaderboard {
  asOf: string;
  timeZone: string;
  /** Business dates, `to` exclusive. */
  from: string;
  to: string;
  /** The range it is compared with; only of `improved`. */
  previous: { from: string; to: string } | null;
  /** Today is part of the range: sums still grow. */
  unfinished: boolean;
  kpi: string;
  unit: KpiUnit;
  mode: LeaderboardMode;
  per: 'head' | 'total';
  goodDirection: 'up' | 'down' | 'neutral';
  /** Money is compared in this currency; `currencies` lists all there are. Null: no money. */
  currency: string | null;
  currencies: string[];
  /** Of `of_target`: the period whose targets count. */
  targetPeriod: TargetPeriod | null;
  visible: ComparisonView;
  method: ComparisonMethod;
  /** Parameter `measure` of GET /calls that opens the calls behind; null: it counts no calls. */
  callMeasure: string | null;
  rows: LeaderboardRow[];
}

/** Activity × conversion. At the median or above counts as high. */
export const QUADRANTS = ['star', 'diligent', 'potential', 'attention'] as const;
/**
 * - `star`: much activity, high rate. - `diligent`: much activity, low rate.
 * - `potential`: little activity, high rate. - `attention`: little of both.
 */
export type Quadrant = (typeof QUADRANTS)[number];

export const QUADRANT_ACTIVITIES = ['dials', 'connects', 'contacts', 'talk_s', 'on_call_s'] as const;
export type QuadrantActivity = (typeof QUADRANT_ACTIVITIES)[number];

export interface QuadrantPerson {
  agent: NamedRef;
  team: NamedRef | null;
  /** In the unit of the activity. */
  x: number;
  /** The rate as it is, and its estimate; null below the minimum. */
  rate: number | null;
  numerator: number | null;
  denominator: number | null;
  estimate: EstimateView | null;
  /** Null: not enough calls yet. */
  quadrant: Quadrant | null;
  /** Where they were in the period before: activity and estimate; null: not enough then. */
  previous: { x: number; y: number; quadrant: Quadrant | null } | null;
}

/** GET /quadrants?from=&to=&x=dials&y=conversion_rate&team=&campaign= → QuadrantsView, by name. */
export interface QuadrantsView {
  asOf: string;
  timeZone: string;
  from: string;
  to: string;
  previous: { from: string; to: string };
  unfinished: boolean;
  x: QuadrantActivity;
  xUnit: KpiUnit;
  y: string;
  /** Middle of those with enough calls; null: there is nobody. */
  medians: { x: number; y: number } | null;
  /** The medians of the period before, to which `previous.quadrant` belongs. */
  previousMedians: { x: number; y: number } | null;
  method: ComparisonMethod;
  people: QuadrantPerson[];
}
