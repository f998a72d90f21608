/**
 * Personal data: finding, showing and erasing a person. All paths start with `/api/v1`. A phone number travels in bodies
 * only, never in an address. See docs/privacy.md.
 */

/** Why somebody looked at a full number: a closed list, so that no personal data is typed into the audit log. */
export const REVEAL_REASONS = [
  'call_back',
  'complaint',
  'quality_check',
  'fraud_check',
  'subject_request',
  'technical',
] as const;
export type RevealReason = (typeof REVEAL_REASONS)[number];

/** Why a person is erased. */
export const ERASE_REASONS = ['subject_request', 'consent_withdrawn', 'purpose_ended', 'collected_by_mistake'] as const;
export type EraseReason = (typeof ERASE_REASONS)[number];

/** GET /customers/:id (`calls:read`). 404 `not_found` when none of their calls is in the scope of whoever asks. */
export interface CustomerView {
  /** Surrogate id, a decimal string. */
  id: string;
  /** Masked, e.g. 138****1234; null once erased, or once retention has removed all calls with it. */
  number: string | null;
  /** Calls in the scope of whoever asks. */
  calls: number;
  firstCallAt: string | null;
  lastCallAt: string | null;
  erasedAt: string | null;
}

/** POST /customers/search {number} (`calls:read`). At most 60 at once, then one every two seconds. */
export interface CustomerSearch {
  /** As people write it; local forms are read with the organisation's country. 1 to 64 characters. */
  number: string;
}
export interface CustomerFound {
  /** Null: nobody with this number has a call in the scope of whoever asks. */
  customer: CustomerView | null;
}

/** POST /customers/:id/reveal {reason} (`numbers:reveal`) → the full number. At most 20 at once, then two a minute. */
export interface RevealRequest {
  reason: RevealReason;
}
export interface RevealedNumber {
  /** E.164 where it could be read so, else the digits as received. */
  number: string;
}

/** GET /customers/:id/erasure and GET /agents/:id/erasure (`privacy:manage`): what would go and what would stay. */
export interface ErasurePreview {
  kind: 'customer' | 'agent';
  id: string;
  /** Masked number or name: what has to be typed to confirm is the id. */
  label: string;
  erasedAt: string | null;
  goes: {
    /** The number (customer), or name, own numbers and names in phone systems (agent). */
    identifiers: number;
    /** Received messages of the calls, as far as they still exist. */
    bodies: number;
    /** Accounts that are no longer linked (agent). */
    accounts: number;
  };
  stays: {
    /** Calls with their times and results, under the surrogate id. */
    calls: number;
    events: number;
  };
}

/** POST /customers/:id/erase {reason}, POST /agents/:id/erase {reason} (`privacy:manage`). Cannot be undone. */
export interface EraseRequest {
  reason: EraseReason;
}

/**
 * POST /customers/erase {number, reason} (`privacy:manage`): also for a number no call is known of. Parked messages that
 * name it lose their bodies, and what happened before stays out.
 */
export interface EraseNumberRequest extends EraseRequest {
  number: string;
}

export interface ErasureResult {
  /** Surrogate id; null for a number nobody had. */
  id: string | null;
  erasedAt: string;
  /** Bodies of logged events and of parked messages that were deleted. */
  bodies: number;
  parked: number;
}
