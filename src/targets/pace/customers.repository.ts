/** Distinct customers of a scope over a period up to a day, exact. */
import type { PoolClient } from 'pg';
import type { TargetPeriod, TargetScope } from '../../shared/targets.js';
import { periodOf, plusDays } from '../calendar/periods.js';

/** `teams`: of a team's scope, those below included. By the front of the key of customer_day. */
export async function countCustomers(
  db: Pick<PoolClient, 'query'>,
  { scope, period }: { scope: TargetScope; period: TargetPeriod },
  teams: readonly number[] | null,
  date: string,
): Promise<{ customers: number; customersConnected: number }> {
  const { from } = periodOf(period, date);
  const { rows } = await db.query<{ customers: number; customersConnected: number }>(
    `SELECT count(*)::float8 AS customers, count(*) FILTER (WHERE connected)::float8 AS "customersConnected"
     FROM (SELECT bool_or(connects > 0) AS connected FROM customer_day
           WHERE business_date >= $1 AND business_date < $2 AND dials > 0
             AND ($3::integer[] IS NULL OR team_id = ANY($3::integer[])) AND ($4::integer IS NULL OR agent_id = $4)
           GROUP BY customer_id) c`,
    [from, plusDays(date, 1), teams, scope.kind === 'agent' ? scope.id : null],
  );
  return rows[0] ?? { customers: 0, customersConnected: 0 };
}
