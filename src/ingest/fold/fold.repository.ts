/** The fold's view of the log. */
import type { PoolClient } from 'pg';
import type { RecentEvents } from '../log/recent-events.js';
import type { PendingEvent } from '../log/stored-event.js';

export const EVENT_COLUMNS = `e.id::text AS id, e.provider, e.account, e.type, e.leg_id AS "legId",
  e.parent_leg_id AS "parentLegId", e.partition, (extract(epoch FROM e.occurred_at) * 1000)::float8 AS "occurredAt",
  (extract(epoch FROM e.received_at) * 1000)::float8 AS "receivedAt", e.fields`;

/** Taken from every partition alike, oldest first, so that a backlog in one cannot starve another. */
const TAKE = `
  SELECT array_agg(due.event_id)::text[] AS ids
  FROM generate_series(0, 15) AS g(partition)
  CROSS JOIN LATERAL (
    SELECT p.event_id FROM call_event_pending p WHERE p.partition = g.partition ORDER BY p.event_id LIMIT $1
  ) AS due
  GROUP BY g.partition`;

export interface Taken {
  events: PendingEvent[];
  /** A partition gave all it was asked for: there may be more. */
  more: boolean;
}

/** Events at the head of the to-do list; only those this process did not log itself are read from the log. */
export async function takePending(tx: PoolClient, perPartition: number, recent: RecentEvents): Promise<Taken> {
  const { rows } = await tx.query<{ ids: string[] }>({ name: 'fold-take', text: TAKE, values: [perPartition] });
  const events: PendingEvent[] = [];
  const unknown: string[] = [];
  for (const id of rows.flatMap((row) => row.ids)) {
    const known = recent.get(id);
    if (known === undefined) unknown.push(id);
    else events.push(known);
  }
  if (unknown.length > 0) events.push(...(await readEvents(tx, unknown)));
  return { events, more: rows.some(({ ids }) => ids.length >= perPartition) };
}

async function readEvents(tx: PoolClient, ids: string[]): Promise<PendingEvent[]> {
  const { rows } = await tx.query<PendingEvent>({
    name: 'fold-read',
    text: `SELECT ${EVENT_COLUMNS} FROM call_event e WHERE e.id = ANY($1::bigint[])`,
    values: [ids],
  });
  return rows;
}

export async function deletePending(tx: PoolClient, events: PendingEvent[]): Promise<void> {
  await tx.query({
    name: 'fold-done',
    text: `DELETE FROM call_event_pending p USING unnest($1::smallint[], $2::bigint[]) AS d(partition, id)
     WHERE p.partition = d.partition AND p.event_id = d.id`,
    values: [events.map((event) => event.partition), events.map((event) => event.id)],
  });
}

/** Moves a logged event the fold cannot use to the parked ones, with its body where that still exists. */
export async function parkLogged(tx: PoolClient, event: PendingEvent, reason: string): Promise<void> {
  await tx.query(
    `INSERT INTO parked_event (dedup_key, event_id, provider, kind, reason, received_at, body)
     SELECT e.dedup_key, e.id, e.provider, coalesce(r.kind, e.type), $2, e.received_at, coalesce(r.body, '')
     FROM call_event e LEFT JOIN raw_body r ON r.event_id = e.id AND r.received_at = e.received_at
     WHERE e.id = $1
     ON CONFLICT (dedup_key) DO UPDATE SET event_id = excluded.event_id, reason = excluded.reason, replayed_at = NULL`,
    [event.id, reason],
  );
  await deletePending(tx, [event]);
}

export interface Backlog {
  pending: number;
  /** Epoch ms. */
  oldestReceivedAt: number | null;
}

export async function backlogOf(db: Pick<PoolClient, 'query'>): Promise<Backlog> {
  const { rows } = await db.query<{ pending: string; oldest: number | null }>(
    `SELECT count(*) AS pending, (extract(epoch FROM min(e.received_at)) * 1000)::float8 AS oldest
     FROM call_event_pending p JOIN call_event e ON e.id = p.event_id`,
  );
  return { pending: Number(rows[0]?.pending ?? 0), oldestReceivedAt: rows[0]?.oldest ?? null };
}
