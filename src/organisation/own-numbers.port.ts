/**
 * Port: phone numbers of agents and of campaigns. Owned by organisation, filled from customers and telephony: a number is
 * read as an event would be, and kept as the same surrogate id, so that both mean the same end of a call.
 */
import type { PoolClient } from 'pg';

export interface OwnNumbers {
  /** Surrogate ids by number as given; null for what is no number. Makes rows for new ones inside `tx`. */
  refsOf(tx: Pick<PoolClient, 'query'>, numbers: readonly string[]): Promise<Map<string, string | null>>;
  /** Masked numbers by surrogate id; an id nothing is known of, or whose number was erased, is left out. */
  masked(db: Pick<PoolClient, 'query'>, refs: readonly string[]): Promise<Map<string, string>>;
}

/** Nest token of the `OwnNumbers`. */
export const OWN_NUMBERS = Symbol('OwnNumbers');
