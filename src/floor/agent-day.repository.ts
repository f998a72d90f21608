/** One agent's sums by quarter hour, on days of their team. */
import type { PoolClient } from 'pg';
import { hiddenByScope, scopeSql } from '../access/index.js';
import { MEASURE_COLUMNS, type Measures } from '../kpi/index.js';
import { DEFAULT_SITE } from '../organisation/index.js';
import { AppError } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import { SLOT_MS, type SlotSums } from './usual-day.js';

const SUMS = MEASURE_COLUMNS.map((column) => `sum(r.${column})::float8 AS ${column}`).join(', ');

export interface Zone {
  timeZone: string;
  dayStartMinutes: number;
}

/** A business day with its bounds, epoch ms, half-open. */
export interface Day {
  date: string;
  start: number;
  end: number;
}

/**
 * Throws `not_found` for whoever is no agent, and, telling nothing more, for whoever was never in a team of the scope.
 * Whoever has left it stays visible with what they did there, like their calls.
 */
export async function requireSeen(client: PoolClient, scope: Scope, agentId: number): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM agent WHERE id = $1 AND status <> 'system'", [agentId]);
  if (rowCount === 0) throw new AppError('not_found');
  if (scope.kind === 'all') return;
  if (scope.kind === 'agents') {
    if (!scope.agents.includes(agentId)) throw hiddenByScope();
    return;
  }
  const { rowCount: shared } = await client.query(
    'SELECT 1 FROM team_membership WHERE agent_id = $1 AND team_id = ANY($2::integer[]) LIMIT 1',
    [agentId, [...scope.teams]],
  );
  if (shared === 0) throw hiddenByScope();
}

/** How the agent's team counts its days at an instant; in no team, as the main site does. */
export async function zoneOfAgent(client: PoolClient, agentId: number, at: number): Promise<Zone> {
  const { rows } = await client.query<Zone>(
    `SELECT v.time_zone AS "timeZone", v.day_start_minutes AS "dayStartMinutes"
     FROM site_version v
     WHERE v.site_id = coalesce((
       SELECT t.site_id FROM team_membership m JOIN team t ON t.id = m.team_id
       WHERE m.agent_id = $1 AND m.valid_from <= to_timestamp($2::float8 / 1000)
       ORDER BY m.valid_from DESC LIMIT 1), $3)
     ORDER BY v.valid_from <= to_timestamp($2::float8 / 1000) DESC, abs(extract(epoch FROM v.valid_from) - $2 / 1000)
     LIMIT 1`,
    [agentId, at, DEFAULT_SITE],
  );
  const [zone] = rows;
  if (zone === undefined) throw new Error('The site of an agent has no version: the organisation was never set up');
  return zone;
}

/**
 * Sums of the agent within the scope on these days. Each slot is looked up by the front of the primary key of rollup_slot
 * (slot_start, business_date, agent_id), so that neither the other agents nor the days between cost anything.
 */
export async function slotsOfDays(
  client: PoolClient,
  scope: Scope,
  agentId: number,
  days: readonly Day[],
): Promise<SlotSums[]> {
  const slots = days.flatMap(({ date, start, end }) => {
    const starts: { date: string; start: number; offset: number }[] = [];
    for (let at = start; at < end; at += SLOT_MS) starts.push({ date, start: at, offset: at - start });
    return starts;
  });
  const values: unknown[] = [
    slots.map(({ date }) => date),
    slots.map(({ start }) => start / 1000),
    slots.map(({ offset }) => offset),
    agentId,
  ];
  const seen = scopeSql(
    scope,
    { agent: 'r.agent_id', team: 'r.team_id' },
    (value, type) => `$${values.push(value)}::${type}`,
  );
  const { rows } = await client.query<{ date: string; offset: number; currency: string | null } & Measures>(
    `SELECT s.date::text AS date, s.at AS "offset", c.currency, ${SUMS}
     FROM unnest($1::date[], $2::float8[], $3::float8[]) AS s (date, start, at)
     JOIN rollup_slot r ON r.slot_start = to_timestamp(s.start) AND r.business_date = s.date AND r.agent_id = $4
     LEFT JOIN campaign c ON c.id = r.campaign_id
     ${seen === null ? '' : `WHERE ${seen}`}
     GROUP BY s.date, s.at, c.currency`,
    values,
  );
  return rows.map(({ date, offset, currency, ...measures }) => ({ date, offset, currency, measures }));
}

/** The organisation's, for amounts of nothing. */
export async function organisationCurrency(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ currency: string }>('SELECT currency FROM organisation');
  return rows[0]?.currency ?? '';
}
