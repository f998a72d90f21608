/**
 * What a change of agent states means to sums and screens (see presence/): here because the port between facts and sums
 * carries it with the changes of calls and outcomes of the same transaction.
 */
import type { AgentState } from '../shared/presence.js';

/** Milliseconds in each state, as the sums name them. */
export interface StateTimes {
  available_ms: number;
  on_call_ms: number;
  wrap_up_ms: number;
  paused_ms: number;
}

/** Closed time of one agent in a quarter hour, under the team and business date it counts for. */
export interface PlacedTimes extends StateTimes {
  agentId: number;
  /** Epoch ms. */
  slotStart: number;
  teamId: number;
  /** YYYY-MM-DD */
  businessDate: string;
}

/** Time at one place as it was and as it is; null: none. */
export interface SlotChange {
  old: PlacedTimes | null;
  now: PlacedTimes | null;
}

/** What an agent does now, to be shown. */
export interface PresenceNow {
  agentId: number;
  teamId: number;
  /** Null: no source has ever said anything that holds; calls alone tell what they do. */
  state: AgentState | null;
  reason: string | null;
  /** Epoch ms. The span is open from here on: none of it is in the sums. */
  since: number | null;
  /** Of `on_call`, where a call says so. */
  callKey: string | null;
}

export interface PresenceChanges {
  slots: SlotChange[];
  now: PresenceNow[];
}

export const NO_PRESENCE_CHANGES: PresenceChanges = { slots: [], now: [] };
