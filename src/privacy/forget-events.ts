/** Takes the received bodies away from events that name somebody, in the caller's transaction. */
import type { Queryable } from '../audit/index.js';
import type { Erasures } from '../customers/index.js';

/** Events looked at in one statement. */
export const SCAN_CHUNK = 20_000;
/** An id may be committed this much later than ones above it. */
export const SCAN_MARGIN = 20_000;

export interface FoundEvent {
  id: string;
  legId: string;
  dedupKey: Buffer;
}

/** Events with an id in (`after`, `upTo`] that name a customer as either end. */
export async function eventsOfCustomer(tx: Queryable, id: string, after: number, upTo: number): Promise<FoundEvent[]> {
  const { rows } = await tx.query<FoundEvent>(
    `SELECT id::text AS id, leg_id AS "legId", dedup_key AS "dedupKey" FROM call_event
     WHERE id > $2::bigint AND id <= $3::bigint AND (fields->'from'->>'ref' = $1 OR fields->'to'->>'ref' = $1)`,
    [id, after, upTo],
  );
  return rows;
}

export async function lastId(tx: Queryable, table: 'call_event' | 'parked_event'): Promise<number> {
  const { rows } = await tx.query<{ last: string }>(`SELECT coalesce(max(id), 0) AS last FROM ${table}`);
  return Number(rows[0]?.last ?? 0);
}

/** All legs of the calls these legs belong to, themselves included, and what was entered about those calls. */
export async function legsOfCalls(tx: Queryable, legs: string[]): Promise<string[]> {
  const { rows } = await tx.query<{ leg: string }>(
    `SELECT unnest($1::text[]) AS leg
     UNION SELECT o->>'id' FROM call_leg l JOIN call c ON c.key = l.call_key CROSS JOIN jsonb_array_elements(c.legs) AS o
     WHERE l.leg_id = ANY($1::text[])
     UNION SELECT o.id FROM call_leg l JOIN outcome o ON o.call_key = l.call_key WHERE l.leg_id = ANY($1::text[])`,
    [legs],
  );
  return rows.map(({ leg }) => leg);
}

/** Deletes the bodies and notes of all events of these legs, also where the fold had parked one. Returns how many bodies. */
export async function forgetBodies(tx: Queryable, legs: string[]): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    `WITH gone AS (
       DELETE FROM raw_body r USING call_event e
       WHERE e.leg_id = ANY($1::text[]) AND r.event_id = e.id AND r.received_at = e.received_at RETURNING 1
     ), notes AS (
       DELETE FROM outcome_note n USING call_event e WHERE e.leg_id = ANY($1::text[]) AND n.event_id = e.id
     ), emptied AS (
       UPDATE parked_event p SET body = '' FROM call_event e
       WHERE e.leg_id = ANY($1::text[]) AND p.event_id = e.id AND p.body <> ''
     )
     SELECT count(*)::integer AS n FROM gone`,
    [legs],
  );
  return rows[0]?.n ?? 0;
}

/** Makes the dedup keys of these events keyed ones (Erasures.keyedDedupKey); a repetition that slipped in keeps its own. */
export async function keyDedupKeys(
  tx: Queryable,
  events: FoundEvent[],
  erasures: Erasures,
  keyId: number,
): Promise<void> {
  const plain = events.filter(({ dedupKey }) => dedupKey.length <= 32);
  if (plain.length === 0) return;
  await tx.query(
    `UPDATE call_event e SET dedup_key = u.k FROM unnest($1::bigint[], $2::bytea[]) AS u(id, k)
     WHERE e.id = u.id AND NOT EXISTS (SELECT 1 FROM call_event o WHERE o.dedup_key = u.k)`,
    [plain.map(({ id }) => id), plain.map(({ dedupKey }) => erasures.keyedDedupKey(dedupKey, keyId))],
  );
}
