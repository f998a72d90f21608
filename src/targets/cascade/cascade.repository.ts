/** Whom a target can be shared among, and what they did before. */
import type { PoolClient } from 'pg';
import { currentTeamSql } from '../../organisation/index.js';
import type { TargetScope } from '../../shared/targets.js';
import type { Dates } from '../calendar/periods.js';
import type { Figure } from '../figures.js';
import type { DayTotal } from './seasonality.js';

type Db = Pick<PoolClient, 'query'>;

/** People who work in one of these teams now (null: anywhere), by name. */
export async function peopleIn(
  db: Db,
  teams: readonly number[] | null,
  now: Date,
): Promise<{ id: number; name: string }[]> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `SELECT a.id, a.name FROM agent a WHERE a.status IN ('new', 'active')
       AND ($1::integer[] IS NULL OR ${currentTeamSql('$2')} = ANY($1::integer[])) ORDER BY lower(a.name), a.id`,
    [teams, now],
  );
  return rows;
}

/** What a scope did on each date. Columns and factors come from the catalog. `teams`: of a team, with those below. */
export async function totalsByDate(
  db: Db,
  figure: Figure,
  currency: string | null,
  { scope, teams }: { scope: TargetScope; teams: readonly number[] | null },
  { from, until }: Dates,
): Promise<DayTotal[]> {
  const terms = figure.parts.map(({ column, factor }) => `r.${column} * ${factor}::float8`);
  const { rows } = await db.query<DayTotal>(
    `SELECT r.business_date::text AS date, sum(${terms.join(' + ')})::float8 AS value
     FROM rollup_day r LEFT JOIN campaign c ON c.id = r.campaign_id
     WHERE r.business_date >= $1 AND r.business_date < $2 AND ($3::integer[] IS NULL OR r.team_id = ANY($3::integer[]))
       AND ($4::integer IS NULL OR r.agent_id = $4) AND ($5::text IS NULL OR c.currency = $5) GROUP BY 1`,
    [from, until, teams, scope.kind === 'agent' ? scope.id : null, figure.isMoney ? currency : null],
  );
  return rows;
}
