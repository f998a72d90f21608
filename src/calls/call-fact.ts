/** What a call is, first as its events tell it (`CallShape`), then with the settings resolved onto it (`CallFact`). */
import type { AnsweredBy } from './call-event.js';

export type CallDirection = 'outbound' | 'inbound' | 'internal';

export type CallOutcome = 'open' | 'answered' | 'no_answer' | 'busy' | 'invalid' | 'canceled' | 'failed' | 'abandoned';

/** What the received events could not tell. */
export type IncompleteFlag =
  /** No event says when the attempt began; the earliest known instant stands in. */
  | 'start_inferred'
  /** It was answered or rang out, but no event says when it began to ring. */
  | 'ring_unknown'
  /** Completed without an answered event and without a duration: talk is counted as 0. */
  | 'duration_missing'
  /** The provider's duration and the distance of its instants differ by more than 2 s; the instants count. */
  | 'duration_conflict'
  /** Two different terminal reports of one leg; the longer one counts. */
  | 'end_conflict'
  /** An instant could not be read, its receipt time stands in. */
  | 'time_received'
  /** Ended, but no leg to a customer was ever reported. */
  | 'customer_leg_missing'
  /** Nothing of the root leg was received, only of legs below it. */
  | 'root_missing';

/** Somebody an event names: resolved to an agent by organisation/. `tel` is the surrogate id of a phone number. */
export interface AgentRef {
  scheme: 'identity' | 'tel';
  value: string;
}

/** Somebody busy with a call. Epoch ms; `to` null while it lasts. */
export interface BusyRefs {
  refs: AgentRef[];
  from: number;
  to: number | null;
  /** The whole call, of its owner: counts where nothing else says when. */
  whole: boolean;
}

/** Pure function of the legs. Instants are epoch ms. */
export interface CallShape {
  key: string;
  direction: CallDirection;
  /** Outbound: an attempt to a customer exists. Inbound: it was offered to an agent. Only counted calls feed KPIs. */
  counted: boolean;
  outcome: CallOutcome;
  answeredBy: AnsweredBy | null;
  startedAt: number;
  answeredAt: number | null;
  /** Null while the call is open. */
  endedAt: number | null;
  ringMs: number | null;
  /** 0 until the call has ended. */
  talkMs: number;
  stale: boolean;
  incomplete: IncompleteFlag[];
  customerLeg: string | null;
  /** Surrogate id; null for anonymous callers. */
  customerRef: string | null;
  /** Surrogate id of our own number on the customer leg. */
  ownNumberRef: string | null;
  /** Who the call belongs to, best first; the first that resolves counts. Empty = unassigned. */
  owner: AgentRef[];
  /** One entry per agent leg with a talking segment (outbound). */
  handled: AgentRef[][];
  /** Every agent connected to it, whatever came of it. */
  busy: BusyRefs[];
  campaignParam: string | null;
}

export interface HandledBy {
  agent: number;
  team: number;
  date: string;
}

/** Epoch ms; `to` null while it lasts. One agent's never overlap. */
export interface BusyAgent {
  agent: number;
  from: number;
  to: number | null;
}

/** How far a call got, as its disposition says. */
export type Reached = 'none' | 'human' | 'contact';

/** What the outcomes of a call say of it (outcomes/call-disposition.ts). */
export interface CallDisposition {
  /** Of the latest outcome with a disposition that is not cancelled. */
  dispositionId: number | null;
  /** By that disposition; null: nobody said. */
  reached: Reached | null;
  /** Sales that count. */
  sales: number;
}

/** One row of truth. Settings are those in force when the call started. */
export interface CallFact
  extends CallDisposition,
    Omit<CallShape, 'owner' | 'handled' | 'busy' | 'campaignParam' | 'ownNumberRef'> {
  agentId: number;
  teamId: number;
  campaignId: number;
  handled: HandledBy[];
  busy: BusyAgent[];
  effectiveMs: number;
  assumeHuman: boolean;
  timeZone: string;
  /** Epoch ms. */
  slotStart: number;
  /** YYYY-MM-DD in the team's zone. */
  businessDate: string;
}

/** Agent, team and campaign id of what nobody or nothing is known for. */
export const UNASSIGNED = 0;
