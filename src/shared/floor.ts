/** What Floor's panel asks for beside the live state. All paths start with `/api/v1`. */
import type { KpiValue } from './api.js';

/**
 * GET /agents/:id/day-norm?date= (`kpis:read`, in scope; default today): what is usual for this agent, as the mean of the
 * last four same weekdays, those without any call or time at work left out. 404 outside the scope.
 */
export interface DayNorm {
  agentId: number;
  /** Business date of the agent's team (YYYY-MM-DD), and its bounds, half-open. */
  date: string;
  timeZone: string;
  dayStart: string;
  dayEnd: string;
  /** `byNow` reaches up to this instant: now, or the end of a day that is over. */
  asOf: string;
  /** The days the mean is over, newest first. Empty: nothing is usual yet, and every value below is null. */
  dates: string[];
  /** Of FLOOR_KPIS, by id. Rates are ratios of the mean sums. */
  kpis: Record<string, { byNow: KpiValue; wholeDay: KpiValue }>;
  /** Each hour of the business day. */
  hours: DayNormHour[];
}

export interface DayNormHour {
  start: string;
  /** Counted on `date`. */
  dials: number;
  connects: number;
  /** The mean; null where nothing is usual yet. */
  usualDials: number | null;
  usualConnects: number | null;
}
