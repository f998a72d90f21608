/**
 * Calls that retention has removed, as far as they must be known: a hash of the id of each of their legs. Any event that
 * names one, as itself or as its parent, is a repetition or comes too late; its dedup key need not be kept for that.
 */
import type { PoolClient } from 'pg';

type Tx = Pick<PoolClient, 'query'>;

const hashOf = (leg: string): string => `sha256(convert_to(${leg}, 'UTF8'))`;

/**
 * True for an event of a removed call. Lookups in the primary key, written as subqueries so that no plan made while the
 * table was small scans it later; while nothing was ever removed it is one look into an empty table a statement.
 */
export function isForgottenSql(leg: string, parent: string): string {
  const known = (id: string): string => `(SELECT true FROM forgotten_leg WHERE leg_hash = ${hashOf(id)})`;
  return `CASE WHEN (SELECT EXISTS (SELECT 1 FROM forgotten_leg)) THEN coalesce(${known(leg)}, ${known(parent)}, false)
    ELSE false END`;
}

/** From now on nobody can append to the log or put an event of it back on the fold's list, until the transaction ends. */
export async function holdLog(tx: Tx): Promise<void> {
  await tx.query('LOCK TABLE call_event, call_event_pending IN SHARE ROW EXCLUSIVE MODE');
}

/** Of these legs, those that an event waiting for the fold names, as itself or as its parent. */
export async function legsAwaited(tx: Tx, legs: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ leg: string }>(
    `SELECT DISTINCT u.leg FROM call_event_pending p JOIN call_event e ON e.id = p.event_id
     CROSS JOIN LATERAL (VALUES (e.leg_id), (e.parent_leg_id)) AS u(leg) WHERE u.leg = ANY($1::text[])`,
    [[...legs]],
  );
  return new Set(rows.map(({ leg }) => leg));
}

/**
 * Removes these legs from the log for good: their events, what was received of them and what the fold had refused of
 * them. Numbers they had named become loose ones. The caller holds the log. Returns how many refused events went.
 */
export async function forgetLegs(tx: Tx, legs: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ refused: number }>(
    `WITH gone AS (
       DELETE FROM call_event WHERE leg_id = ANY($1::text[])
       RETURNING id, received_at, fields->'from'->>'ref' AS from_ref, fields->'to'->>'ref' AS to_ref
     ), bodies AS (
       DELETE FROM raw_body r USING gone WHERE r.event_id = gone.id AND r.received_at = gone.received_at
     ), refused AS (
       DELETE FROM parked_event p USING gone WHERE p.event_id = gone.id RETURNING p.replayed_at
     ), notes AS (
       DELETE FROM outcome_note n USING gone WHERE n.event_id = gone.id
     ), loose AS (
       INSERT INTO loose_number (customer_id) SELECT DISTINCT u.ref::bigint FROM gone
       CROSS JOIN LATERAL (VALUES (from_ref), (to_ref)) AS u(ref) WHERE u.ref IS NOT NULL ON CONFLICT DO NOTHING
     ), remembered AS (
       INSERT INTO forgotten_leg SELECT DISTINCT ${hashOf('leg')} FROM unnest($1::text[]) AS leg ON CONFLICT DO NOTHING
     )
     SELECT count(*) FILTER (WHERE replayed_at IS NULL)::integer AS refused FROM refused`,
    [[...legs]],
  );
  return rows[0]?.refused ?? 0;
}
