/**
 * What said what an erased agent did keeps its times and states and names nobody: each event is the agent's by surrogate id
 * from now on. The caller holds fold and log.
 */
import type { Queryable } from '../audit/index.js';

/** Returns how many bodies went. */
export async function forgetStates(tx: Queryable, agentId: number): Promise<number> {
  const { rows } = await tx.query<{ bodies: number }>(
    `WITH own AS (
       SELECT stream, from_at FROM agent_interval WHERE agent_id = $1 AND mark IS NOT NULL
     ), events AS (
       UPDATE call_event e SET fields = (e.fields - 'agent' - 'from') || jsonb_build_object('presence',
         ((e.fields->'presence') - 'worker') || jsonb_build_object('agentId', $1::integer))
       FROM own WHERE e.leg_id = own.stream AND e.occurred_at = own.from_at AND e.type LIKE 'presence.%'
       RETURNING e.id, e.received_at
     ), bodies AS (
       DELETE FROM raw_body r USING events e WHERE r.event_id = e.id AND r.received_at = e.received_at RETURNING 1
     )
     SELECT count(*)::integer AS bodies FROM bodies`,
    [agentId],
  );
  await tx.query(
    `UPDATE agent_interval SET mark = (mark - 'worker' - 'name' - 'identity') || jsonb_build_object('agentId', $1::integer)
     WHERE agent_id = $1 AND mark IS NOT NULL`,
    [agentId],
  );
  return rows[0]?.bodies ?? 0;
}
