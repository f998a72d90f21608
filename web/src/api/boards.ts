import type { KpiGroupBy, KpiReport } from '../../../src/shared/api.js';
import type {
  BoardCreate,
  BoardList,
  BoardUpdate,
  BoardView,
  OwnScreen,
  PairingStart,
  PairingState,
  ScreenCreate,
  ScreenList,
  ScreenUpdate,
  ScreenView,
  WatchList,
} from '../../../src/shared/boards.js';
import { ApiError, query, request } from './client.js';

/** Boards and paired screens. Shapes are those of src/shared/boards.ts. */

const one = (id: string | number): string => encodeURIComponent(String(id));

export const getBoards = (): Promise<BoardList> => request('GET', '/boards');
export const getWatchableBoards = (): Promise<WatchList> => request('GET', '/boards/watch');
export const getBoard = (id: string): Promise<BoardView> => request('GET', `/boards/${one(id)}`);
export const createBoard = (board: BoardCreate): Promise<BoardView> => request('POST', '/boards', board);
export const updateBoard = (id: string, board: BoardUpdate): Promise<BoardView> =>
  request('PUT', `/boards/${one(id)}`, board);
export const deleteBoard = (id: string, revision: number): Promise<void> =>
  request('DELETE', `/boards/${one(id)}${query({ revision })}`);

/** Figures of one business day for a preview; of some teams (with those below them) or all. */
export const getKpisOfDay = (wish: {
  from: string;
  to: string;
  groupBy: KpiGroupBy;
  kpis: readonly string[];
  teams: readonly number[] | null;
}): Promise<KpiReport> => {
  const { from, to, groupBy, kpis, teams } = wish;
  return request('GET', `/kpis${query({ from, to, groupBy, kpis: kpis.join(','), team: teams?.join(',') })}`);
};

export const getScreens = (): Promise<ScreenList> => request('GET', '/screens');
export const pairScreen = (screen: ScreenCreate): Promise<ScreenView> => request('POST', '/screens', screen);
export const updateScreen = (id: number, change: ScreenUpdate): Promise<ScreenView> =>
  request('PATCH', `/screens/${one(id)}`, change);
export const revokeScreen = (id: number): Promise<void> => request('DELETE', `/screens/${one(id)}`);

export const startPairing = (): Promise<PairingStart> => request('POST', '/screens/pairings');
export const pollPairing = (secret: string): Promise<PairingState> =>
  request('POST', '/screens/pairings/poll', { secret });

/** What this TV is paired with; null when it is not paired (any more). Throws when the server cannot tell right now. */
export async function getOwnScreen(): Promise<OwnScreen | null> {
  try {
    return await request<OwnScreen>('GET', '/screen');
  } catch (error) {
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}
