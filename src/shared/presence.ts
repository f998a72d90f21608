/**
 * What agents are doing: states, the switch on My day, reason codes, and the steps at which time in a state changes colour.
 * All paths start with `/api/v1`.
 */
import type { Localised } from './api.js';

/** Exclusive. Logged in = all but `offline`. Where sources overlap the first of this order counts. */
export const AGENT_STATES = ['on_call', 'wrap_up', 'paused', 'available', 'offline'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** What a person can say of themself. On call comes from calls. */
export const CHOSEN_STATES = ['available', 'wrap_up', 'paused', 'offline'] as const;
export type ChosenState = (typeof CHOSEN_STATES)[number];

export interface PresenceView {
  agentId: number;
  /** Null: nothing was ever said about this agent. */
  state: AgentState | null;
  /** Key of the reason, for `paused`. */
  reason: string | null;
  /** Since when, ISO 8601. */
  since: string | null;
}

/** GET /me/state → PresenceView; PUT /me/state {state, reason?} (signed in, with an agent) → PresenceView */
export interface StateChange {
  state: ChosenState;
  /** Key of a pause reason; required for `paused` when there are any. */
  reason?: string;
}

/** GET /pause-reasons (signed in); PUT /pause-reasons (`settings:write`) the whole list in order */
export interface PauseReason {
  /** 1–32 of a–z, 0–9, "_" and "-". */
  key: string;
  name: Localised;
  archived: boolean;
}

/** Seconds in a state from which a cell steps up in colour, ascending, 1–6 of them. */
export interface StateThresholds {
  available: number[];
  on_call: number[];
  wrap_up: number[];
  paused: number[];
}
/** kpi.md section 6. GET /state-thresholds (signed in); PUT /state-thresholds (`settings:write`) */
export const DEFAULT_STATE_THRESHOLDS: StateThresholds = {
  available: [30, 60, 300],
  on_call: [10, 60, 300],
  wrap_up: [30, 60, 300],
  paused: [10, 60, 300, 600, 900],
};

/** GET /agents/:id/timeline?date= (`kpis:read`, in scope): the business day as spans, oldest first. */
export interface StateSpan {
  state: AgentState;
  reason: string | null;
  from: string;
  /** Null: it is still so. */
  to: string | null;
  /** For `on_call`: the call. */
  callId: string | null;
}
export interface AgentTimeline {
  agentId: number;
  date: string;
  timeZone: string;
  dayStart: string;
  dayEnd: string;
  asOf: string;
  spans: StateSpan[];
}

/**
 * GET /taskrouter-activities (`settings:read`): what the activities of the phone system mean, those seen and not mapped yet
 * first. PUT /taskrouter-activities (`settings:write`) `{activities}`: those named are mapped so; for the past too.
 */
export interface TaskRouterActivity {
  /** Verbatim. */
  name: string;
  /** Null: seen, and nobody has said yet; counts as a pause until then. */
  state: AgentState | null;
  /** Key of a pause reason, for `paused`. */
  reason: string | null;
  /** When somebody last went into it, ISO 8601; null: never seen. */
  lastSeenAt: string | null;
  /** How many agents were ever in it. */
  agents: number;
}
export interface ActivityMapping {
  name: string;
  state: AgentState;
  reason?: string;
}

/** GET and PUT /status-limit (`settings:read` / `settings:write`): how long a status lasts that nobody ends. */
export interface StatusLimit {
  /** 1–24. */
  hours: number;
}
