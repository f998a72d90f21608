/** Milliseconds in each state. */
import type { StateTimes } from '../../calls/index.js';
import type { AgentState } from '../../shared/presence.js';

export const STATE_COLUMNS = ['available_ms', 'on_call_ms', 'wrap_up_ms', 'paused_ms'] as const;

const COLUMN: Record<Exclude<AgentState, 'offline'>, keyof StateTimes> = {
  available: 'available_ms',
  on_call: 'on_call_ms',
  wrap_up: 'wrap_up_ms',
  paused: 'paused_ms',
};

export function noTimes(): StateTimes {
  return { available_ms: 0, on_call_ms: 0, wrap_up_ms: 0, paused_ms: 0 };
}

/** Null for `offline`, which is no time at work. */
export function columnOf(state: AgentState): keyof StateTimes | null {
  return state === 'offline' ? null : COLUMN[state];
}

export function isNoTime(times: Readonly<StateTimes>): boolean {
  return STATE_COLUMNS.every((column) => times[column] === 0);
}
