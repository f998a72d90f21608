/**
 * The span that is open: what an agent does now, and since when. Everything before it is closed and in the sums; of it
 * nothing is, so that sums depend on no clock. Pure.
 */
import type { AgentState } from '../../shared/presence.js';
import { counts, type Interval, rankOf } from './interval.js';
import { topOf } from './timeline.js';

export interface OpenSpan {
  state: AgentState;
  reason: string | null;
  callKey: string | null;
  /** Epoch ms. */
  since: number;
}

/** Where it begins so far: what is still to be known is whether something that counts before it ended later. */
export interface OpenStart extends OpenSpan {
  /** States that count before this one. */
  above: AgentState[];
}

/** @param open the agent's intervals that nothing has ended. Null: none of them is time at work. */
export function openStart(open: readonly Interval[], order: readonly AgentState[]): OpenStart | null {
  const top = topOf(open.filter(({ state }) => counts(state)));
  if (top === null) return null;
  const { state, reason, callKey } = top;
  const since = Math.min(...open.filter((one) => one.state === state).map(({ from }) => from));
  return { state, reason, callKey, since, above: order.slice(0, rankOf(state)) };
}
