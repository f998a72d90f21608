/**
 * Who did what. Append-only and chained: see docs/privacy.md for what an entry may hold (surrogate ids, never a name or a
 * number). `record` runs in the transaction of the change itself, so that a change without its entry cannot be committed.
 */
import type { PoolClient } from 'pg';
import type { AuditAction, AuditActor } from '../shared/audit.js';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  // A field that is undefined is left out.
  | { readonly [key: string]: Json | undefined };

export interface AuditEntry {
  actor: AuditActor;
  action: AuditAction;
  /** What it was done to; the id is a surrogate. */
  subject: { kind: string; id: string } | null;
  outcome: 'done' | 'refused';
  /** The fields that changed, as they were and as they are. Personal ones as `'•'`: that they changed, not to what. */
  before?: Json;
  after?: Json;
}

export type Queryable = Pick<PoolClient, 'query'>;

export interface AuditLog {
  /** Inside the transaction that makes the change. */
  record(tx: Queryable, entry: AuditEntry): Promise<void>;
  /** For what changes nothing (a refused access, a failed sign-in): its own transaction, never throws, may be merged. */
  note(entry: AuditEntry): void;
}

/** Until the log itself is wired, and in tests of parts that do not look at it. */
export const silentAudit: AuditLog = { record: async () => {}, note: () => {} };

/** Nest token of the `AuditLog`. */
export const AUDIT = Symbol('AUDIT');
