/**
 * Why facts change in a transaction, and who made them: what adjustments of closed months say about themselves. Said by
 * whoever applies events or settings; found by whoever writes the sums. A transaction is known by its connection.
 */
import type { AuditActor } from '../shared/audit.js';

/** A person or a key, without where they came from. */
export type ChangeAuthor = Pick<AuditActor, 'kind' | 'id'>;

export interface ChangeCause {
  family: 'events' | 'settings';
  /** When the newest of the events in question was received, epoch ms. Null: now. */
  receivedAt: number | null;
  /** When it is applied, epoch ms, where everything it concerns is later than some months before; null: it may concern any. */
  foldedAt: number | null;
  /** Types of the events, or the actions of the audit log, e.g. `outcome.set`, `agent.merged`. */
  reason: string;
  /** Each once; nobody for events of a telephone system. */
  by: readonly ChangeAuthor[];
}

const REASON_MAX = 120;
const CAUSES = new WeakMap<object, ChangeCause>();

/** Runs `work` with this cause; connections are used again, so it ends with the work. */
export async function because<T>(tx: object, cause: ChangeCause | null, work: () => Promise<T>): Promise<T> {
  if (cause === null) return work();
  CAUSES.set(tx, cause);
  try {
    return await work();
  } finally {
    CAUSES.delete(tx);
  }
}

export function causeOf(tx: object): ChangeCause | null {
  return CAUSES.get(tx) ?? null;
}

/** `reasons` each once, in order. */
export function reasonText(reasons: readonly string[]): string {
  return [...new Set(reasons)].sort().join(', ').slice(0, REASON_MAX);
}

/** Each author once. */
export function authorsOf(authors: readonly ChangeAuthor[]): ChangeAuthor[] {
  return [...new Map(authors.map(({ kind, id }) => [`${kind}:${id}`, { kind, id }])).values()];
}

/** A cause that waits in the database until it is worked off. */
export interface KeptCause {
  reason: string;
  by: ChangeAuthor[];
}

export function keptCause(tx: object): KeptCause {
  const cause = causeOf(tx);
  return { reason: cause?.reason ?? '', by: [...(cause?.by ?? [])] };
}

/** Of changes of settings that are worked off together; null: of none. */
export function causeOfKept(kept: readonly KeptCause[]): ChangeCause | null {
  if (kept.length === 0) return null;
  return {
    family: 'settings',
    receivedAt: null,
    foldedAt: null,
    reason: reasonText(kept.flatMap(({ reason }) => (reason === '' ? [] : reason.split(', ')))),
    by: authorsOf(kept.flatMap(({ by }) => by)),
  };
}
