/** What a board shows of today's sales. Pure. */
import type { Celebration } from '../shared/boards.js';
import type { BoardSale, LiveState } from '../shared/live.js';
import type { AgentLabel } from './board-model.js';
import { isOf, type Teams } from './floor/day-facts.js';
import { type DaySale, publicIdOf } from './floor/day-sales.js';

export const SALES_MAX = 30;
/** What was entered later than this is no news: somebody types in the morning's sales, or a file was imported. */
const NEWS_WITHIN_MS = 15 * 60_000;

export interface SalesView {
  teams: Teams;
  celebrate: Celebration;
  /** Of the organisation: what the least amount is in. */
  currency: string;
  currencyOf(campaignId: number): string | null;
  /** Null: not to be shown at all. */
  label(agentId: number): AgentLabel | null;
  teamName(teamId: number): string;
}

/** The newest sales by key, at most SALES_MAX. */
export function salesState(sales: Iterable<DaySale>, view: SalesView): LiveState {
  const own = [...sales].filter(({ teamId }) => isOf(view.teams, teamId));
  own.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const shown = own.slice(0, SALES_MAX).map((sale) => boardSale(sale, view));
  return Object.fromEntries(shown.map((sale) => [`sale:${sale.id}`, sale]));
}

function boardSale({ id, at, seenAt, agentId, teamId, campaignId, amountMinor }: DaySale, view: SalesView): BoardSale {
  const label = agentId === 0 ? null : view.label(agentId);
  const currency = view.currencyOf(campaignId) ?? view.currency;
  const { on, minAmountMinor } = view.celebrate;
  // Of another currency nobody has said what is much.
  const isEnough = currency !== view.currency || amountMinor >= minAmountMinor;
  const mayBeShown = label?.ranked === true;
  return {
    id: publicIdOf(id),
    at,
    seenAt,
    agentId: mayBeShown ? agentId : 0,
    name: label?.name ?? '',
    team: view.teamName(teamId),
    amount: { amountMinor, currency },
    isNews: on && mayBeShown && isEnough && seenAt - at <= NEWS_WITHIN_MS,
  };
}
