/**
 * The normalised outcome event: what somebody entered about a call or a customer, and that the time of a promised
 * callback has passed. Events of the same log as those of calls, merged by versions instead of by time (merge-outcome.ts).
 *
 * - `outcome.set`: any of the fields, with a version. What an event does not mention it says nothing about.
 * - `outcome.callback_closed`: synthetic; the window around a due time is over, so that it can be counted.
 */
import type { EventParty, TranslatedParty } from '../call-event.js';

export type OutcomeEventType = 'outcome.set' | 'outcome.callback_closed';

export interface ToldSale {
  amountMinor: number;
  /** As written; null: the campaign's own. */
  currency: string | null;
  /** Sorted by agent, each once; empty: all of it is the closer's. */
  shares: { agentId: number; share: number }[];
}

/** What one event says. Absent = nothing; null = that there is none. Instants are epoch ms. */
export interface OutcomeTold {
  version: number;
  agentId?: number;
  /** Id of any leg of the call. */
  call?: string;
  disposition?: string | null;
  sale?: ToldSale | null;
  callbackAt?: number | null;
  /** That there is a note; its text is kept sealed and apart (outcome_note). */
  note?: boolean;
  cancelled?: boolean;
  /** Who entered it: `user:<id>`, `key:<id>`, or `key:` for the bootstrap key. Left out: nobody of ours. */
  by?: string;
  /** `outcome.callback_closed`: the due time whose window is over. */
  closed?: number;
}

interface OutcomeCore {
  provider: string;
  /** Source of the external id: `me`, or the API key. */
  account: string;
  type: OutcomeEventType;
  /** Id of the outcome: `<source>|<externalId>`. */
  legId: string;
  parentLegId: null;
  /** An address of the agent, verbatim; null: none was given, or a phone number was. */
  agentParam: string | null;
  campaignParam: string | null;
  told: OutcomeTold;
}

export interface TranslatedOutcome extends OutcomeCore {
  /** Time of the outcome, epoch ms; null = none was given, the receipt time stands in. */
  occurredAt: number | null;
  /** The agent's own phone number, where that was their address. */
  from: TranslatedParty;
  /** The customer. */
  to: TranslatedParty;
  /** In clear, in memory only. */
  note: string | null;
  /** sha256: source, external id, version if given, canonical content; not the receipt time. */
  dedupKey: Buffer;
}

export interface OutcomeEvent extends OutcomeCore {
  /** Epoch ms. */
  occurredAt: number;
  /** True when `occurredAt` is the receipt time because none was given. */
  occurredAtReceived: boolean;
  from: EventParty;
  to: EventParty;
}
