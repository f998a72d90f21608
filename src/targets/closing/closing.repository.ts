/** Closed months in the database. Sums are frozen row by row as rollup_day has them. */
import type { Pool, PoolClient } from 'pg';
import { type AddParameter, scopeSql } from '../../access/index.js';
import { MEASURE_COLUMNS, type MeasureColumn, type Measures } from '../../kpi/index.js';
import type { Scope } from '../../shared/access.js';
import type { AdjustmentView } from '../../shared/targets.js';

export type Db = Pick<Pool | PoolClient, 'query'>;

const KEY = 'business_date, agent_id, team_id, campaign_id';
const NAMES = MEASURE_COLUMNS.join(', ');
const SUMS = MEASURE_COLUMNS.map((column) => `sum(r.${column})::float8 AS ${column}`).join(', ');
const ADJUSTMENTS_MAX = 500;
const MONTHS_OPEN_MAX = 24;

export interface ClosedRow {
  /** Its first day. */
  month: string;
  closedAt: number;
  closedBy: string | null;
  kpi: string;
  adjustments: number;
}

export interface ClosedBy {
  kind: string;
  id: number | null;
}

/** False: it is closed already. */
export async function insertClosed(
  tx: PoolClient,
  month: string,
  { at, by, kpi }: { at: number; by: ClosedBy; kpi: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO closed_period (month, closed_at, closed_by_kind, closed_by_id, kpi)
     VALUES ($1, to_timestamp($2::float8 / 1000), $3, $4, $5) ON CONFLICT DO NOTHING`,
    [month, at, by.kind, by.id, kpi],
  );
  return rowCount === 1;
}

export async function freezeSums(tx: PoolClient, from: string, until: string): Promise<void> {
  await tx.query(
    `INSERT INTO closed_sum (${KEY}, ${NAMES}) SELECT ${KEY}, ${NAMES} FROM rollup_day
     WHERE business_date >= $1 AND business_date < $2`,
    [from, until],
  );
}

export interface FrozenRow {
  targetId: number;
  teamId: number | null;
  agentId: number | null;
  kpi: string;
  currency: string | null;
  fullTarget: number;
  target: number;
  actual: number | null;
  attainment: number | null;
}

export async function freezeTargets(tx: PoolClient, month: string, rows: readonly FrozenRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO closed_target (month, target_id, team_id, agent_id, kpi, currency, full_target, target, actual, attainment)
     SELECT $1, x."targetId", x."teamId", x."agentId", x.kpi, x.currency, x."fullTarget", x.target, x.actual, x.attainment
     FROM json_to_recordset($2::json) AS x("targetId" integer, "teamId" integer, "agentId" integer, kpi text, currency text,
       "fullTarget" float8, target float8, actual float8, attainment float8)`,
    [month, JSON.stringify(rows)],
  );
}

/** Newest first; adjustments as far as whoever asks may see them. */
export async function closedPeriods(db: Db, seen: Scope): Promise<ClosedRow[]> {
  const { add, values } = parameters();
  const visible = seenSql(seen, 'd', add);
  const { rows } = await db.query<ClosedRow>(
    `SELECT p.month::text, (extract(epoch FROM p.closed_at) * 1000)::float8 AS "closedAt", p.kpi,
       CASE p.closed_by_kind WHEN 'user' THEN u.name WHEN 'key' THEN k.name END AS "closedBy",
       (SELECT count(*)::integer FROM closed_adjustment d
        WHERE d.business_date >= p.month AND d.business_date < p.month + interval '1 month'${visible}) AS adjustments
     FROM closed_period p LEFT JOIN app_user u ON p.closed_by_kind = 'user' AND u.id = p.closed_by_id
       LEFT JOIN api_key k ON p.closed_by_kind = 'key' AND k.id = p.closed_by_id ORDER BY p.month DESC`,
    values,
  );
  return rows;
}

/** First days of months with figures that are not closed, newest first. */
export async function monthsWithFigures(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ month: string }>(
    `SELECT DISTINCT date_trunc('month', business_date)::date::text AS month FROM rollup_day
     WHERE date_trunc('month', business_date)::date NOT IN (SELECT month FROM closed_period)
     ORDER BY 1 DESC LIMIT $1`,
    [MONTHS_OPEN_MAX],
  );
  return rows.map(({ month }) => month);
}

export interface SumRow {
  agentId: number;
  currency: string | null;
  measures: Measures;
}

/** By person and currency, of the scope of whoever asks. */
export async function closedSums(
  db: Db,
  table: 'closed_sum' | 'closed_adjustment',
  seen: Scope,
  from: string,
  until: string,
): Promise<SumRow[]> {
  const { add, values } = parameters();
  const where = `r.business_date >= ${add(from, 'date')} AND r.business_date < ${add(until, 'date')}${seenSql(seen, 'r', add)}`;
  const { rows } = await db.query<{ agentId: number; currency: string | null } & Measures>(
    `SELECT r.agent_id AS "agentId", c.currency, ${SUMS} FROM ${table} r LEFT JOIN campaign c ON c.id = r.campaign_id
     WHERE ${where} GROUP BY 1, 2`,
    values,
  );
  return rows.map(({ agentId, currency, ...measures }) => ({ agentId, currency, measures }));
}

/** Names of people, and the team each had most calls in that month, of the teams somebody sees: who left has others as well. */
export async function namesOf(
  db: Db,
  seen: Scope,
  agents: readonly number[],
  from: string,
  until: string,
): Promise<Map<number, { name: string; team: { id: number; name: string } }>> {
  const { add, values } = parameters();
  const where = `r.business_date >= ${add(from, 'date')} AND r.business_date < ${add(until, 'date')}${seenSql(seen, 'r', add)}`;
  const { rows } = await db.query<{ id: number; name: string; teamId: number; team: string }>(
    `SELECT a.id, a.name, coalesce(t.id, 0) AS "teamId", coalesce(t.name, '') AS team FROM agent a
     LEFT JOIN LATERAL (
       SELECT r.team_id FROM closed_sum r WHERE r.agent_id = a.id AND ${where}
       GROUP BY r.team_id ORDER BY sum(r.dials + r.inbound) DESC, r.team_id LIMIT 1) most ON true
     LEFT JOIN team t ON t.id = most.team_id WHERE a.id = ANY(${add([...agents], 'integer[]')})`,
    values,
  );
  return new Map(rows.map(({ id, name, teamId, team }) => [id, { name, team: { id: teamId, name: team } }]));
}

export async function frozenTargets(db: Db, seen: Scope, month: string): Promise<(FrozenRow & { label: string })[]> {
  const { add, values } = parameters();
  // People by the team they were frozen in: the one most of their calls were made in is not looked for here.
  const visible = seenSql(seen, 'x', add);
  const { rows } = await db.query<FrozenRow & { label: string }>(
    `SELECT f.target_id AS "targetId", f.team_id AS "teamId", f.agent_id AS "agentId", f.kpi, f.currency,
       f.full_target AS "fullTarget", f.target, f.actual, f.attainment, coalesce(t.name, a.name, '') AS label
     FROM closed_target f LEFT JOIN team t ON t.id = f.team_id LEFT JOIN agent a ON a.id = f.agent_id
     WHERE f.month = ${add(month, 'date')}${
       visible === ''
         ? ''
         : ` AND EXISTS (SELECT FROM (
             SELECT f.agent_id, f.team_id UNION ALL
             SELECT s.agent_id, s.team_id FROM closed_sum s WHERE s.agent_id = f.agent_id
               AND s.business_date >= f.month AND s.business_date < f.month + interval '1 month') x WHERE true${visible})`
     } ORDER BY f.agent_id IS NOT NULL, f.team_id IS NOT NULL, label, f.target_id`,
    values,
  );
  return rows;
}

type AdjustmentRow = Omit<AdjustmentView, 'at' | 'agent' | 'team' | 'delta'> & {
  at: number;
  agentId: number;
  agent: string;
  teamId: number;
  team: string;
} & Measures;

export async function adjustmentsOf(db: Db, seen: Scope, from: string, until: string): Promise<AdjustmentRow[]> {
  const { add, values } = parameters();
  const columns = MEASURE_COLUMNS.map((column: MeasureColumn) => `r.${column}::float8 AS ${column}`).join(', ');
  const { rows } = await db.query<AdjustmentRow>(
    `SELECT r.id::text, (extract(epoch FROM r.at) * 1000)::float8 AS at, r.family, r.reason,
       (SELECT coalesce(json_agg(json_build_object('kind', b.kind, 'id', b.id,
          'name', CASE b.kind WHEN 'user' THEN u.name WHEN 'key' THEN k.name END) ORDER BY b.kind, b.id), '[]')
        FROM jsonb_to_recordset(r.by) AS b(kind text, id integer)
          LEFT JOIN app_user u ON b.kind = 'user' AND u.id = b.id LEFT JOIN api_key k ON b.kind = 'key' AND k.id = b.id) AS by,
       r.business_date::text AS date,
       r.agent_id AS "agentId", coalesce(a.name, '') AS agent, r.team_id AS "teamId", coalesce(t.name, '') AS team,
       coalesce(c.currency, (SELECT currency FROM organisation)) AS currency, ${columns}
     FROM closed_adjustment r LEFT JOIN agent a ON a.id = r.agent_id LEFT JOIN team t ON t.id = r.team_id
       LEFT JOIN campaign c ON c.id = r.campaign_id
     WHERE r.business_date >= ${add(from, 'date')} AND r.business_date < ${add(until, 'date')}${seenSql(seen, 'r', add)}
     ORDER BY r.id DESC LIMIT ${add(ADJUSTMENTS_MAX, 'integer')}`,
    values,
  );
  return rows;
}

function parameters(): { add: AddParameter; values: unknown[] } {
  const values: unknown[] = [];
  return { values, add: (value, type) => `$${values.push(value)}::${type}` };
}

/** ` AND …`, or nothing. */
function seenSql(seen: Scope, alias: string, add: AddParameter): string {
  const sql = scopeSql(seen, { agent: `${alias}.agent_id`, team: `${alias}.team_id` }, add);
  return sql === null ? '' : ` AND ${sql}`;
}
