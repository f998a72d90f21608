/**
 * Port: what must change with facts, in the same transaction (design.md, invariant 3). Owned by calls, filled by kpi.
 *
 * `apply` is called inside the transaction, after the facts are written, with everything whose fact changed; it may lock
 * customers, then sums, in key order. The function it returns runs after the commit and never on a rollback.
 *
 * `moveRemoved`: what calls that retention has removed still count for one agent counts for another from now on.
 */
import type { PoolClient } from 'pg';
import type { CallFact } from './call-fact.js';
import type { OutcomeChange } from './outcomes/outcome-fact.js';
import type { PresenceChanges } from './presence-changes.js';

export interface CallChange {
  old: CallFact | null;
  now: CallFact | null;
}

export interface FactChanges {
  /** Each call once, with the fact as it was before the transaction. */
  calls: CallChange[];
  outcomes: OutcomeChange[];
  /** Time in agent states; left out: none changed. */
  presence?: PresenceChanges;
}

export interface CallChanges {
  apply(tx: PoolClient, changes: FactChanges): Promise<() => void>;
  moveRemoved(tx: PoolClient, from: number, into: number): Promise<() => void>;
}

export const CALL_CHANGES = Symbol('CallChanges');
