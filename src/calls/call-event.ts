/**
 * The normalised call event: what every phone system is translated into, and the only input of a call.
 *
 * Contract
 * - A translator makes a `TranslatedEvent` (numbers in clear, in memory only).
 * - Ingest replaces each number by a surrogate and stores a `CallEvent`; it holds no number and no name of a customer.
 * - A call is a pure function of the set of its `CallEvent`s (see merge/).
 *
 * Not in here: what people enter (outcomes, sales) and agent states; they get types of their own in the same log.
 */

export type CallEventType =
  /** The attempt exists: Twilio `queued` or `initiated`. */
  | 'leg.initiated'
  | 'leg.ringing'
  | 'leg.answered'
  /** Terminal. Carries `result` and, when the provider says so, `durationMs`. */
  | 'leg.ended'
  /** Answering-machine detection, independent of the leg's progress. */
  | 'leg.analysis'
  /** A recording; attaches, never changes state. */
  | 'leg.recording'
  /** Synthetic: nobody ever reported an end (see kpi.md section 4, ongoing calls). */
  | 'call.stale';

/** Direction as the provider names it for this leg, seen from the provider. */
export type LegDirection = 'inbound' | 'outbound-api' | 'outbound-dial';

/** Final result of one leg in the network's words, before any interpretation. */
export type LegResult = 'completed' | 'no-answer' | 'busy' | 'failed' | 'canceled' | 'invalid';

export type AnsweredBy = 'human' | 'machine' | 'fax' | 'unknown';

/** One end of a leg as translated. `tel.number` is E.164 where it could be read so, else the digits verbatim. */
export type TranslatedParty =
  | { kind: 'tel'; number: string }
  /** Number withheld; is no customer. */
  | { kind: 'anonymous' }
  /** Softphone identity, verbatim, without the scheme. */
  | { kind: 'client'; identity: string }
  /** User part of a SIP address, verbatim. */
  | { kind: 'sip'; identity: string }
  | { kind: 'none' };

/** One end of a leg as stored: the number is a surrogate id of `customers/` (a decimal string). */
export type EventParty = Exclude<TranslatedParty, { kind: 'tel' }> | { kind: 'tel'; ref: string };

interface EventCore {
  provider: string;
  /** Provider account (Twilio AccountSid). */
  account: string;
  type: CallEventType;
  /** Provider's id of the leg, unique over all providers (a Twilio CallSid; others are prefixed). */
  legId: string;
  parentLegId: string | null;
  direction: LegDirection | null;
  /** Order in which the provider fired the events of one leg and subscription; null when unknown. */
  sequence: number | null;
  result: LegResult | null;
  /** Answered → ended as the provider measured it, milliseconds. */
  durationMs: number | null;
  answeredBy: AnsweredBy | null;
  /** Explicit attribution from the signed callback URL, verbatim. */
  agentParam: string | null;
  campaignParam: string | null;
}

export interface TranslatedEvent extends EventCore {
  /** Epoch milliseconds; null = the provider gave none that can be read, the receipt time stands in (flagged). */
  occurredAt: number | null;
  from: TranslatedParty;
  to: TranslatedParty;
  /** sha256, 32 bytes: provider, account, leg, type, sequence, status, canonical content. Never expires. */
  dedupKey: Buffer;
}

export interface CallEvent extends EventCore {
  /** Epoch milliseconds. */
  occurredAt: number;
  /** True when `occurredAt` is the receipt time because the provider gave none. */
  occurredAtReceived: boolean;
  from: EventParty;
  to: EventParty;
}
