/** What a source says an agent did, from when to when. Epoch ms, half-open; `to` Infinity while nothing has ended it. */
import { AGENT_STATES, type AgentState } from '../../shared/presence.js';

export interface Interval {
  state: AgentState;
  reason: string | null;
  from: number;
  to: number;
  /** The call of an `on_call` that comes from one. */
  callKey: string | null;
}

/** Nothing lasts longer: whoever forgot to say more was not at it all the time. Also what one look has to reach back. */
export const LONGEST_MS = 24 * 3_600_000;

/** Smaller counts where sources overlap. */
export function rankOf(state: AgentState): number {
  return AGENT_STATES.indexOf(state);
}

/** Whether it is any time at work. */
export function counts(state: AgentState): boolean {
  return state !== 'offline';
}
