/**
 * Keeps the sums equal to the facts: fills the port `CallChanges` of calls, inside its transaction, and tells listeners
 * of this process what was committed (live boards). Nothing is told on a rollback.
 */
import type { PoolClient } from 'pg';
import type { CallChange, CallChanges, FactChanges, OutcomeChange, PresenceNow } from '../../calls/index.js';
import { contributionOf } from './contribution.js';
import { deriveCustomers } from './customer-derivation.js';
import { contributionOfOutcome } from './outcome-contribution.js';
import { moveRetained } from './retained.repository.js';
import { addDeltas, RollupDeltas, type RollupRow } from './rollup.repository.js';
import { contributionOfTime } from './state-contribution.js';

/** After a commit: calls, outcomes and what agents do now that changed, and the absolute slot rows they touched. */
export interface Committed {
  rows: RollupRow[];
  changes: CallChange[];
  outcomes: readonly OutcomeChange[];
  presence: readonly PresenceNow[];
}

export class RollupService implements CallChanges {
  private readonly listeners = new Set<(committed: Committed) => void>();

  onCommitted(listener: (committed: Committed) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async apply(tx: PoolClient, { calls, outcomes, presence }: FactChanges): Promise<() => void> {
    const deltas = new RollupDeltas();
    for (const { old, now } of calls) {
      if (old !== null) for (const part of contributionOf(old)) deltas.add(part, -1);
      if (now !== null) for (const part of contributionOf(now)) deltas.add(part, 1);
    }
    for (const { old, now } of outcomes) {
      if (old !== null) for (const part of contributionOfOutcome(old)) deltas.add(part, -1);
      if (now !== null) for (const part of contributionOfOutcome(now)) deltas.add(part, 1);
    }
    for (const { at, sign } of await deriveCustomers(tx, calls)) deltas.add(at, sign);
    for (const { old, now } of presence?.slots ?? []) {
      if (old !== null) deltas.add(contributionOfTime(old), -1);
      if (now !== null) deltas.add(contributionOfTime(now), 1);
    }
    return this.told(await addDeltas(tx, deltas), { calls, outcomes, presence });
  }

  async moveRemoved(tx: PoolClient, from: number, into: number): Promise<() => void> {
    return this.told(await moveRetained(tx, from, into), { calls: [], outcomes: [] });
  }

  private told(rows: RollupRow[], { calls, outcomes, presence }: FactChanges): () => void {
    return () => {
      for (const listener of this.listeners) {
        listener({ rows, changes: calls, outcomes, presence: presence?.now ?? [] });
      }
    };
  }
}
