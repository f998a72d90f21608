/** Targets in the database. */
import type { Pool, PoolClient } from 'pg';
import { type AddParameter, scopeSql } from '../../access/index.js';
import { currentTeamSql } from '../../organisation/index.js';
import type { Scope } from '../../shared/access.js';
import {
  scopeKey,
  type TargetCreate,
  type TargetPeriod,
  type TargetScope,
  type TargetView,
} from '../../shared/targets.js';

export type Db = Pick<Pool | PoolClient, 'query'>;

const COLUMNS = `t.id, t.revision, t.team_id AS "teamId", t.agent_id AS "agentId", t.kpi, t.period, t.value, t.currency,
  t.valid_from::text AS "validFrom", t.valid_until::text AS "validUntil", t.locked,
  coalesce(tm.name, a.name, '') AS label`;
const FROM = 'FROM target t LEFT JOIN team tm ON tm.id = t.team_id LEFT JOIN agent a ON a.id = t.agent_id';
/** Nobody expects anything of somebody who became another person, or was erased. */
const ALIVE = `(a.id IS NULL OR a.status IN ('new', 'active', 'left'))`;

/** As `scopeKey` makes it. */
const SCOPE_KEY = `CASE WHEN t.team_id IS NOT NULL THEN 'team:' || t.team_id
  WHEN t.agent_id IS NOT NULL THEN 'agent:' || t.agent_id ELSE 'organisation' END`;

interface Row extends Omit<TargetView, 'scope'> {
  teamId: number | null;
  agentId: number | null;
}

function viewOf({ teamId, agentId, ...rest }: Row): TargetView {
  return { ...rest, scope: scopeOf(teamId, agentId) };
}

export function scopeOf(teamId: number | null, agentId: number | null): TargetScope {
  if (teamId !== null) return { kind: 'team', id: teamId };
  return agentId === null ? { kind: 'organisation' } : { kind: 'agent', id: agentId };
}

const teamOf = (scope: TargetScope): number | null => (scope.kind === 'team' ? scope.id : null);
const agentOf = (scope: TargetScope): number | null => (scope.kind === 'agent' ? scope.id : null);

export interface TargetFilter {
  scope?: TargetScope | undefined;
  kpi?: string | undefined;
  period?: TargetPeriod | undefined;
  /** In force on this date. */
  at?: string | undefined;
}

/**
 * Of the scope of whoever asks: people by the team they are in now. The organisation's and other teams' are seen by those
 * who see all numbers.
 */
export async function listTargets(
  db: Db,
  seen: Scope,
  filter: TargetFilter,
  now: Date,
  limit: number,
): Promise<TargetView[]> {
  const values: unknown[] = [];
  const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
  const conditions = [ALIVE];
  if (seen.kind !== 'all') {
    const team =
      seen.kind === 'teams' ? `coalesce(t.team_id, ${currentTeamSql(add(now, 'timestamptz'))})` : 't.team_id';
    conditions.push(scopeSql(seen, { agent: 't.agent_id', team }, add) ?? 'true');
  }
  if (filter.scope !== undefined) {
    conditions.push(`t.team_id IS NOT DISTINCT FROM ${add(teamOf(filter.scope), 'integer')}`);
    conditions.push(`t.agent_id IS NOT DISTINCT FROM ${add(agentOf(filter.scope), 'integer')}`);
  }
  if (filter.kpi !== undefined) conditions.push(`t.kpi = ${add(filter.kpi, 'text')}`);
  if (filter.period !== undefined) conditions.push(`t.period = ${add(filter.period, 'text')}`);
  if (filter.at !== undefined) conditions.push(inForce(add(filter.at, 'date')));
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE ${conditions.join(' AND ')}
     ORDER BY t.agent_id IS NOT NULL, t.team_id IS NOT NULL, lower(coalesce(tm.name, a.name)), t.team_id, t.agent_id, t.kpi,
       t.period, t.valid_from LIMIT ${add(limit, 'integer')}`,
    values,
  );
  return rows.map(viewOf);
}

function inForce(date: string): string {
  return `t.valid_from <= ${date} AND (t.valid_until IS NULL OR t.valid_until >= ${date})
    AND NOT EXISTS (
      SELECT FROM target n WHERE n.team_id IS NOT DISTINCT FROM t.team_id AND n.agent_id IS NOT DISTINCT FROM t.agent_id
        AND n.kpi = t.kpi AND n.period = t.period AND n.valid_from > t.valid_from AND n.valid_from <= ${date}
        AND (n.valid_until IS NULL OR n.valid_until >= ${date}))`;
}

/** In force on a date; of these scopes only, where given. */
export async function targetsInForce(
  db: Db,
  date: string,
  scopes: readonly TargetScope[] | null,
): Promise<TargetView[]> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE ${ALIVE} AND ${inForce('$1::date')} AND ($2::text[] IS NULL OR ${SCOPE_KEY} = ANY($2::text[]))`,
    [date, scopes?.map(scopeKey) ?? null],
  );
  return rows.map(viewOf);
}

/** Of these scopes whenever they are in force, in the order in which they begin. */
export async function targetsAbout(
  db: Db,
  scopes: readonly TargetScope[],
  kpi: string,
  period: TargetPeriod,
): Promise<TargetView[]> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE ${ALIVE} AND ${SCOPE_KEY} = ANY($1::text[]) AND t.kpi = $2 AND t.period = $3
     ORDER BY t.valid_from`,
    [scopes.map(scopeKey), kpi, period],
  );
  return rows.map(viewOf);
}

export async function findTarget(db: Db, id: number, forUpdate = false): Promise<TargetView | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE t.id = $1${forUpdate ? ' FOR UPDATE OF t' : ''}`,
    [id],
  );
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

/** The one that begins on exactly this date. */
export async function findSame(
  db: Db,
  { scope, kpi, period, validFrom }: Pick<TargetCreate, 'scope' | 'kpi' | 'period' | 'validFrom'>,
): Promise<TargetView | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE t.team_id IS NOT DISTINCT FROM $1 AND t.agent_id IS NOT DISTINCT FROM $2
       AND t.kpi = $3 AND t.period = $4 AND t.valid_from = $5`,
    [teamOf(scope), agentOf(scope), kpi, period, validFrom],
  );
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

export type TargetRow = Required<{ [K in keyof TargetCreate]: Exclude<TargetCreate[K], undefined> }>;

/** Null: there is one of the same scope, KPI, period and date. */
export async function insertTarget(tx: Db, row: TargetRow): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO target (team_id, agent_id, kpi, period, value, currency, valid_from, valid_until, locked)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (team_id, agent_id, kpi, period, valid_from) DO NOTHING RETURNING id`,
    [
      teamOf(row.scope),
      agentOf(row.scope),
      row.kpi,
      row.period,
      row.value,
      row.currency,
      row.validFrom,
      row.validUntil,
      row.locked,
    ],
  );
  return rows[0]?.id ?? null;
}

export type Changeable = Pick<TargetView, 'value' | 'currency' | 'validFrom' | 'validUntil' | 'locked'>;

/** False: another one begins on that date. */
export async function updateTarget(tx: Db, id: number, row: Changeable): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE target t SET value = $2, currency = $3, valid_from = $4, valid_until = $5, locked = $6, revision = revision + 1
     WHERE id = $1 AND NOT EXISTS (
       SELECT FROM target o WHERE o.id <> t.id AND o.team_id IS NOT DISTINCT FROM t.team_id
         AND o.agent_id IS NOT DISTINCT FROM t.agent_id AND o.kpi = t.kpi AND o.period = t.period AND o.valid_from = $4)`,
    [id, row.value, row.currency, row.validFrom, row.validUntil, row.locked],
  );
  return rowCount === 1;
}

export async function deleteTarget(tx: Db, id: number): Promise<void> {
  await tx.query('DELETE FROM target WHERE id = $1', [id]);
}

/** With every change, in its transaction. */
export async function raiseVersion(tx: Db): Promise<void> {
  await tx.query('UPDATE target_version SET version = version + 1');
}

/** Changes with targets, calendars and whatever else of the organisation they stand on. */
export async function currentVersion(db: Db): Promise<string> {
  const { rows } = await db.query<{ version: string }>(
    `SELECT o.version || '/' || t.version AS version FROM organisation o CROSS JOIN target_version t`,
  );
  return rows[0]?.version ?? '';
}
