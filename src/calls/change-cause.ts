/**
 * Why facts change in a transaction: what adjustments of closed months say about themselves. Said by whoever applies events;
 * without a cause it was a change of settings.
 */

export interface ChangeCause {
  /** When the newest of the events in question was received, epoch ms. */
  receivedAt: number;
  /** When they are folded, epoch ms. */
  foldedAt: number;
  /** Their types, e.g. `outcome.set`. */
  reason: string;
}

interface Received {
  type: string;
  occurredAt: number;
  receivedAt: number;
}

const REASON_MAX = 120;
const DAY_MS = 86_400_000;
const CAUSES = new WeakMap<object, ChangeCause>();

/**
 * First day (YYYY-MM-DD) of the earliest month that cannot be over anywhere at `now`: nothing from it on can be closed. A day
 * begins at most 14 hours before it does in UTC.
 */
export function firstOpenMonth(now: number): string {
  return `${new Date(now + DAY_MS).toISOString().slice(0, 7)}-01`;
}

/** Of a batch: the events about a month that may be closed, where there are any. */
export function causeOfEvents(events: readonly Received[], now: number): ChangeCause {
  const open = Date.parse(firstOpenMonth(now)) + DAY_MS;
  const late = events.filter(({ occurredAt }) => occurredAt < open);
  const concerned = late.length > 0 ? late : events;
  const types = [...new Set(concerned.map(({ type }) => type))].sort().join(', ');
  return {
    receivedAt: concerned.reduce((newest, { receivedAt }) => Math.max(newest, receivedAt), 0),
    foldedAt: now,
    reason: types.slice(0, REASON_MAX),
  };
}

/** Runs `work` with this cause; connections are used again, so it ends with the work. */
export async function because<T>(tx: object, cause: ChangeCause, work: () => Promise<T>): Promise<T> {
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
