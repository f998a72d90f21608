/**
 * Outcomes that go by age. Those of a call go with it, as late as it does; those of none go on their own. Either way what
 * they counted is kept, and a refusal among them stays on the do-not-call list.
 */
import type { PoolClient } from 'pg';
import type { OutcomeFact } from '../calls/index.js';
import { OUTCOME_COLUMNS, type OutcomeRow, toOutcomeFact } from '../calls/index.js';

/** An outcome `o` something is still to come of: later events, one that waits for the fold, a callback not due yet. */
const YOUNG = `(
    (SELECT max(e.received_at) FROM call_event e WHERE e.leg_id = o.id) >= $1
    OR o.id IN (SELECT leg FROM waits)
    OR (o.callback_at IS NOT NULL AND NOT o.callback_closed AND NOT o.cancelled))`;

/**
 * Condition on `call c` beside its own age; `$1` is the horizon. It stays while an outcome of its own does, and while it
 * is what kept a callback of an outcome that stays.
 */
export const callIsFree = (settled: string): string => `NOT EXISTS (
    SELECT 1 FROM outcome o WHERE o.call_key = c.key AND (${YOUNG} OR NOT (${settled})))
  AND NOT EXISTS (
    SELECT 1 FROM outcome k CROSS JOIN organisation g
    WHERE k.customer_id = c.customer_id AND k.call_key IS DISTINCT FROM c.key
      AND k.callback_at BETWEEN c.started_at - make_interval(mins => g.callback_window_minutes)
        AND c.started_at + make_interval(mins => g.callback_window_minutes))`;

/** Outcomes of no call that are over. `waits`: legs the fold's list names. */
export const LOOSE_OVER = (settled: string): string =>
  `SELECT o.id FROM outcome o WHERE o.call_key IS NULL AND o.at < $1 AND NOT ${YOUNG} AND ${settled}`;

export async function factsOfOutcomes(tx: Pick<PoolClient, 'query'>, ids: readonly string[]): Promise<OutcomeFact[]> {
  const { rows } = await tx.query<OutcomeRow>(
    `SELECT ${OUTCOME_COLUMNS} FROM outcome o WHERE o.id = ANY($1::text[]) ORDER BY o.id`,
    [[...ids]],
  );
  return rows.map(toOutcomeFact);
}

/** Their events are forgotten with the legs of calls (forgetLegs). The caller has kept what they counted and the refusals. */
export async function deleteOutcomes(tx: Pick<PoolClient, 'query'>, outcomes: readonly OutcomeFact[]): Promise<void> {
  if (outcomes.length === 0) return;
  const ids = outcomes.map(({ id }) => id);
  await tx.query('DELETE FROM outcome WHERE id = ANY($1::text[])', [ids]);
}
