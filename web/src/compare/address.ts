import {
  LEADERBOARD_MODES,
  type LeaderboardMode,
  QUADRANT_ACTIVITIES,
  type QuadrantActivity,
} from '../../../src/shared/comparison.js';
import { addDays } from '../format/index.js';

/** What the page shows, as it stands in the address so that it can be shared. Pure. */

export const PERIODS = ['today', 'yesterday', 'week', 'lastWeek', 'month', 'lastMonth', 'days7', 'days30'] as const;
export type Period = (typeof PERIODS)[number];
/** Those that are a whole day, week or month: targets belong to them. */
export const TARGET_PERIODS: readonly Period[] = ['today', 'yesterday', 'week', 'lastWeek', 'month', 'lastMonth'];

export interface Shown {
  tab: 'leaderboard' | 'quadrants';
  period: Period;
  team: number | null;
  kpi: string;
  mode: LeaderboardMode;
  per: 'head' | 'total';
  currency: string | null;
  x: QuadrantActivity;
  y: string;
}

export function shownFrom(search: URLSearchParams): Shown {
  const one = <Choice extends string>(key: string, choices: readonly Choice[], fallback: Choice): Choice =>
    choices.find((choice) => choice === search.get(key)) ?? fallback;
  const mode = one('mode', LEADERBOARD_MODES, 'raw');
  // Targets are most often by the day.
  const period = one('period', PERIODS, mode === 'of_target' ? 'today' : 'week');
  const team = Number(search.get('team'));
  return {
    tab: one('tab', ['leaderboard', 'quadrants'], 'leaderboard'),
    period: mode === 'of_target' && !TARGET_PERIODS.includes(period) ? 'today' : period,
    team: Number.isInteger(team) && team > 0 ? team : null,
    kpi: search.get('kpi') ?? 'dials',
    mode,
    per: one('per', ['head', 'total'], 'head'),
    currency: search.get('currency'),
    x: one('x', QUADRANT_ACTIVITIES, 'dials'),
    y: search.get('y') ?? 'conversion_rate',
  };
}

/** Business dates, `to` exclusive. Weeks begin on Monday. */
export function rangeOf(period: Period, today: string): { from: string; to: string } {
  const tomorrow = addDays(today, 1);
  const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
  switch (period) {
    case 'today':
      return { from: today, to: tomorrow };
    case 'yesterday':
      return { from: addDays(today, -1), to: today };
    case 'week':
      return { from: monday, to: addDays(monday, 7) };
    case 'lastWeek':
      return { from: addDays(monday, -7), to: monday };
    case 'month':
      return { from: firstOf(today, 0), to: firstOf(today, 1) };
    case 'lastMonth':
      return { from: firstOf(today, -1), to: firstOf(today, 0) };
    case 'days7':
      return { from: addDays(today, -6), to: tomorrow };
    case 'days30':
      return { from: addDays(today, -29), to: tomorrow };
  }
}

function firstOf(date: string, monthsLater: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + monthsLater, 1)).toISOString().slice(0, 10);
}
