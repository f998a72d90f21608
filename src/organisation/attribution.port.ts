/**
 * Port: calls and outcomes that a change of settings concerns (design.md, invariant 2). Owned by organisation, filled by ingest.
 *
 * A call keeps agent, team, campaign, threshold, zone and day as they were resolved. When what they were resolved from
 * changes for the past too, or from an instant on that calls have already reached, they are resolved again.
 *
 * - `lock` is taken before the first change of a transaction: no call is folded meanwhile with the old settings.
 * - `apply` runs in the same transaction, after the change: it resolves as many calls as fit its time and leaves a task
 *   for the rest, so that a change and the calls it moves can only be committed together. What it returns runs after
 *   the commit and never on a rollback.
 * - `merge`: of calls that retention has removed only sums are left; those of one agent become another's.
 */
import type { PoolClient } from 'pg';
import type { Recount } from '../shared/organisation.js';

/** A call or an outcome is concerned when it is at or after `from` and, where lists are given, is in one of them. */
export interface Affected {
  /** Epoch ms; null: all of the past. */
  from: number | null;
  /** What these agents own or had a part in. */
  agents?: readonly number[];
  /** What names one of these anywhere, whoever has it: what it means was not known before. */
  addresses?: readonly { scheme: 'identity' | 'tel' | 'worker' | 'crm'; value: string }[];
  /** Outcomes that gave one of these keys, which meant nothing before. No calls but theirs. */
  dispositions?: readonly string[];
  /** Outcomes that stand on a window in time: those whose call is found by their customer, or promised callbacks. */
  windows?: 'calls' | 'callbacks';
}

export interface Reattributed {
  recount: Recount;
  afterCommit: () => void;
}

export interface AttributionChanged {
  lock(tx: PoolClient): Promise<void>;
  apply(tx: PoolClient, affected: readonly Affected[]): Promise<Reattributed>;
  merge(tx: PoolClient, from: number, into: number): Promise<() => void>;
  /** Work that is left in the background. */
  waiting(db: Pick<PoolClient, 'query'>): Promise<{ tasks: number; since: number | null }>;
}

/** Nest token of the `AttributionChanged`. */
export const ATTRIBUTION = Symbol('AttributionChanged');
