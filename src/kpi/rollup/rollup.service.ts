/**
 * Keeps the sums equal to the facts: fills the port `CallChanges` of calls, inside its transaction, and tells listeners
 * of this process what was committed (live boards). Nothing is told on a rollback.
 */
import type { PoolClient } from 'pg';
import type { CallChange, CallChanges } from '../../calls/index.js';
import { contributionOf } from './contribution.js';
import { deriveCustomers } from './customer-derivation.js';
import { moveRetained } from './retained.repository.js';
import { addDeltas, RollupDeltas, type RollupRow } from './rollup.repository.js';

/** After a commit: calls that changed and the absolute slot rows they touched. */
export interface Committed {
  rows: RollupRow[];
  changes: CallChange[];
}

export class RollupService implements CallChanges {
  private readonly listeners = new Set<(committed: Committed) => void>();

  onCommitted(listener: (committed: Committed) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async apply(tx: PoolClient, changes: CallChange[]): Promise<() => void> {
    const deltas = new RollupDeltas();
    for (const { old, now } of changes) {
      if (old !== null) for (const part of contributionOf(old)) deltas.add(part, -1);
      if (now !== null) for (const part of contributionOf(now)) deltas.add(part, 1);
    }
    for (const { at, sign } of await deriveCustomers(tx, changes)) deltas.add(at, sign);
    return this.told(await addDeltas(tx, deltas), changes);
  }

  async moveRemoved(tx: PoolClient, from: number, into: number): Promise<() => void> {
    return this.told(await moveRetained(tx, from, into), []);
  }

  private told(rows: RollupRow[], changes: CallChange[]): () => void {
    return () => {
      for (const listener of this.listeners) listener({ rows, changes });
    };
  }
}
