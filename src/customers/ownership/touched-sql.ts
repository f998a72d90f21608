/**
 * Customer touch rate: of the customers somebody looked after, how many they dialled meanwhile.
 *
 * Counted are spans of ownership that reach into the period: those there at its start and those given during it. A
 * customer is touched when, within the span and on a business day of the period, an outbound attempt to them was made
 * that counts for the owner. A span is in the team its owner was in when it began, or at the period's start where that
 * is later; so numerator and denominator of every row speak of the same customers. Merged agents are one.
 */
import type { AddParameter } from '../../access/index.js';

export interface TouchedRange {
  /** Epoch ms, half-open. */
  from: number;
  to: number;
  /** Business dates, half-open. */
  dates: { from: string; to: string };
}

/** `agent_team`: both ids, joined by `|`. */
export type TouchedGrouping = 'organisation' | 'team' | 'agent' | 'agent_team';

const KEY: Record<TouchedGrouping, string> = {
  organisation: `''`,
  team: 's.team_id::text',
  agent: 's.agent_id::text',
  agent_team: `s.agent_id || '|' || s.team_id`,
};

/** Business days of other zones begin and end up to this much before and after ours: bounds for the index alone. */
const SPREAD = `interval '36 hours'`;

/**
 * Rows {key, touched, owned}: by key, and under the key '' of all of them together. `where`: conditions on `s.agent_id` and
 * `s.team_id`.
 */
export function touchedSql(
  range: TouchedRange,
  groupBy: TouchedGrouping,
  where: readonly string[],
  add: AddParameter,
): string {
  const from = `to_timestamp(${add(range.from, 'float8')} / 1000)`;
  const to = `to_timestamp(${add(range.to, 'float8')} / 1000)`;
  const dates = `c.business_date >= ${add(range.dates.from, 'date')} AND c.business_date < ${add(range.dates.to, 'date')}`;
  return `WITH span AS MATERIALIZED (
      SELECT o.customer_id, o.valid_from, o.valid_until, o.agent_id AS given_to, coalesce(a.merged_into, a.id) AS agent_id,
        greatest(o.valid_from, ${from}) AS since
      FROM customer_owner o JOIN agent a ON a.id = o.agent_id
      WHERE o.valid_from < ${to} AND (o.valid_until IS NULL OR o.valid_until > ${from})
    ), place AS (
      SELECT d.agent_id, d.since, coalesce((SELECT m.team_id FROM team_membership m
        WHERE m.agent_id = d.agent_id AND m.valid_from <= d.since ORDER BY m.valid_from DESC LIMIT 1), 0) AS team_id
      FROM (SELECT DISTINCT agent_id, since FROM span) d
    ), s AS (
      SELECT span.*, place.team_id FROM span JOIN place USING (agent_id, since)
    ), touched AS (
      SELECT DISTINCT s.customer_id, s.valid_from FROM s JOIN call c ON c.customer_id = s.customer_id
      WHERE c.direction = 'outbound' AND c.counted AND ${dates} AND c.agent_id IN (s.agent_id, s.given_to)
        AND c.started_at >= s.valid_from AND (s.valid_until IS NULL OR c.started_at < s.valid_until)
        AND c.started_at >= ${from} - ${SPREAD} AND c.started_at < ${to} + ${SPREAD}
    ), counted AS (
      SELECT ${KEY[groupBy]} AS key, s.customer_id, t.customer_id IS NOT NULL AS touched
      FROM s LEFT JOIN touched t ON t.customer_id = s.customer_id AND t.valid_from = s.valid_from
      ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
    )
    SELECT ${groupBy === 'organisation' ? `''` : `coalesce(key, '')`} AS key, count(DISTINCT customer_id)::float8 AS owned,
      count(DISTINCT customer_id) FILTER (WHERE touched)::float8 AS touched
    FROM counted GROUP BY GROUPING SETS (${groupBy === 'organisation' ? '()' : '(key), ()'})`;
}
