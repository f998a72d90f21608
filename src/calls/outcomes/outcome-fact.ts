/** An outcome as it counts: its joined events with settings and calls resolved onto it. */
import type { DispositionFlag } from '../../shared/outcomes.js';

/** Which calls a sale came from: `other` = of no call. */
export type OutcomeOrigin = 'outbound' | 'inbound' | 'other';

export type OutcomeProblem = 'agent_unknown' | 'call_unknown' | 'currency_differs' | 'disposition_unknown';

/** Part of the revenue of a sale, in the receiver's own team and date at the time of the sale. */
export interface RevenuePart {
  agent: number;
  team: number;
  /** YYYY-MM-DD */
  date: string;
  /** Minor units. */
  minor: number;
}

/** A promised callback, placed where it counts: at its due time, for who promised it. */
export interface CallbackFact {
  /** Due, epoch ms. */
  at: number;
  /** Epoch ms. */
  slotStart: number;
  businessDate: string;
  team: number;
  /** The window around the due time is over: it counts. */
  closed: boolean;
  /** The customer was dialled within the window, after the promise; counts once it is over. */
  kept: boolean;
}

export interface OutcomeFact {
  /** `<source>|<externalId>` */
  id: string;
  /** Epoch ms. */
  at: number;
  agentId: number;
  teamId: number;
  campaignId: number;
  timeZone: string;
  /** Epoch ms. */
  slotStart: number;
  businessDate: string;
  callKey: string | null;
  /** Surrogate id; null: none was named and the call has none. */
  customerRef: string | null;
  origin: OutcomeOrigin;
  dispositionId: number | null;
  /** Of the disposition. */
  flags: DispositionFlag[];
  /** A sale that counts: of one cancelled, false. */
  sold: boolean;
  /** Minor units of the campaign's currency; 0 where nothing counts. */
  amountMinor: number;
  /** What `amountMinor` is split into; sums to it exactly. */
  revenue: RevenuePart[];
  callback: CallbackFact | null;
  hasNote: boolean;
  cancelled: boolean;
  /** Highest version of its events. */
  version: number;
  /** Sorted. */
  problems: OutcomeProblem[];
}

export interface OutcomeChange {
  old: OutcomeFact | null;
  now: OutcomeFact | null;
}
