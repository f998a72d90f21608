/** Of events: what adjustments of closed months say about themselves (audit/change-cause.ts). Pure. */
import { authorsOf, type ChangeAuthor, type ChangeCause, reasonText } from '../audit/index.js';

interface Received {
  type: string;
  occurredAt: number;
  receivedAt: number;
  /** Of outcomes: who entered them (`OutcomeTold.by`). */
  fields: { outcome?: { by?: string } };
}

const DAY_MS = 86_400_000;

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
  return {
    family: 'events',
    receivedAt: concerned.reduce((newest, { receivedAt }) => Math.max(newest, receivedAt), 0),
    foldedAt: now,
    reason: reasonText(concerned.map(({ type }) => type)),
    by: authorsOf(concerned.flatMap(({ fields }) => authorOf(fields.outcome?.by) ?? [])),
  };
}

function authorOf(by: string | undefined): ChangeAuthor | null {
  const [, kind, id] = /^(user|key):(\d{0,9})$/.exec(by ?? '') ?? [];
  return kind === undefined ? null : { kind: kind === 'user' ? 'user' : 'key', id: id === '' ? null : Number(id) };
}
