import type { Leaderboard, LeaderboardMode, QuadrantActivity, QuadrantsView } from '../../../src/shared/comparison.js';
import type { OwnDisplay } from '../../../src/shared/organisation.js';
import { query, request } from './client.js';

/** Requests of fair comparison. Shapes and rules are in src/shared/comparison.ts. */

interface RangeWish {
  from: string;
  to: string;
  /** Ids; absent: all of the scope. */
  teams?: readonly number[] | undefined;
}

export interface LeaderboardWish extends RangeWish {
  kpi: string;
  mode: LeaderboardMode;
  per: 'head' | 'total';
  currency?: string | undefined;
}

export interface QuadrantsWish extends RangeWish {
  x: QuadrantActivity;
  y: string;
}

const rangeOf = ({ from, to, teams }: RangeWish) => ({ from, to, team: teams?.join(',') });

export const getLeaderboard = (wish: LeaderboardWish): Promise<Leaderboard> => {
  const { kpi, mode, per, currency } = wish;
  return request('GET', `/leaderboards${query({ ...rangeOf(wish), kpi, mode, per, currency })}`);
};
export const getQuadrants = (wish: QuadrantsWish): Promise<QuadrantsView> =>
  request('GET', `/quadrants${query({ ...rangeOf(wish), x: wish.x, y: wish.y })}`);

export const getOwnDisplay = (): Promise<OwnDisplay> => request('GET', '/me/display');
export const putOwnDisplay = (display: OwnDisplay): Promise<OwnDisplay> => request('PUT', '/me/display', display);
