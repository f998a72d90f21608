/**
 * Who is on the do-not-call list when: a pure function of what was entered and what was removed, so that it is the same in
 * whatever order things become known. A customer is listed at an instant when an entry lies before it (a refusal that is
 * not cancelled, or an entry by hand or from a file) and no removal between the two.
 *
 * Nothing of it is kept beside the facts: a corrected refusal, a late call or a merged history cannot leave it wrong.
 */

/** Entries as rows {customer_id, at, source, reason, outcome_id, call_key}. */
export const ENTRIES = `(
  SELECT customer_id, at, source, reason, NULL::text AS outcome_id, NULL::text AS call_key
  FROM do_not_call_change WHERE kind = 'listed'
  UNION ALL
  SELECT customer_id, at, 'outcome', '', id, call_key
  FROM outcome WHERE 'dnc' = ANY(flags) AND NOT cancelled AND customer_id IS NOT NULL)`;

/** No removal from the entry `e` up to an instant. */
const stands = (until: string): string => `NOT EXISTS (
  SELECT 1 FROM do_not_call_change r
  WHERE r.customer_id = e.customer_id AND r.kind = 'removed' AND r.at >= e.at AND r.at <= ${until})`;

/** Condition: the entry `e` counts at an instant. */
export const entryStandsSql = (at: string): string => `(e.at <= ${at} AND ${stands(at)})`;

/**
 * Condition on rows of `call`, under an alias: an outbound attempt to somebody who was listed when it began. The call in
 * which somebody refused is none, whatever time the refusal says.
 */
export function calledWhileListedSql(call: string): string {
  return `(${call}.direction = 'outbound' AND ${call}.counted AND EXISTS (
    SELECT 1 FROM ${ENTRIES} e
    WHERE e.customer_id = ${call}.customer_id AND e.at < ${call}.started_at
      AND e.call_key IS DISTINCT FROM ${call}.key AND ${stands(`${call}.started_at`)}))`;
}

/** Narrows a list of calls to customers that were ever listed, of whom there are few. */
export function everListedSql(call: string): string {
  return `${call}.customer_id IN (SELECT e.customer_id FROM ${ENTRIES} e)`;
}
