/** Sums of scopes over business dates, money by currency. */
import type { PoolClient } from 'pg';
import { CurrencySums, MEASURE_COLUMNS, type Measures } from '../../kpi/index.js';
import type { TeamTree } from '../../organisation/index.js';
import { scopeKey, type TargetScope, type TargetScopeKey } from '../../shared/targets.js';
import type { Dates } from '../calendar/periods.js';

const SUMS = MEASURE_COLUMNS.map((column) => `sum(r.${column})::float8 AS ${column}`).join(', ');

export class ScopeSums {
  private readonly sums = new Map<TargetScopeKey, CurrencySums>();

  /** Of nobody: zeros. */
  of(scope: TargetScope): CurrencySums {
    return this.sums.get(scopeKey(scope)) ?? new CurrencySums();
  }

  add(scope: TargetScopeKey, currency: string | null, measures: Measures): void {
    const sums = this.sums.get(scope) ?? new CurrencySums();
    sums.add(currency, measures);
    this.sums.set(scope, sums);
  }
}

/**
 * By the front of the key of rollup_day. Teams hold what was done in them and below, whoever did it; people what they did
 * anywhere. `agents`: null = everybody. `peopleOnly`: nothing but those people's, for whoever needs no team's.
 */
export async function sumsOf(
  db: Pick<PoolClient, 'query'>,
  { from, until }: Dates,
  tree: TeamTree,
  agents: readonly number[] | null = null,
  peopleOnly = false,
): Promise<ScopeSums> {
  const { rows } = await db.query<{ agent: number; team: number; currency: string | null } & Measures>(
    `SELECT CASE WHEN $3::integer[] IS NULL OR r.agent_id = ANY($3::integer[]) THEN r.agent_id ELSE 0 END AS agent,
       r.team_id AS team, c.currency, ${SUMS}
     FROM rollup_day r LEFT JOIN campaign c ON c.id = r.campaign_id
     WHERE r.business_date >= $1 AND r.business_date < $2 ${peopleOnly ? 'AND r.agent_id = ANY($3::integer[])' : ''}
     GROUP BY 1, 2, 3`,
    [from, until, agents],
  );
  const sums = new ScopeSums();
  for (const { agent, team, currency, ...measures } of rows) {
    sums.add('organisation', currency, measures);
    for (const { id } of tree.lineOf(team)) sums.add(`team:${id}`, currency, measures);
    if (agent !== 0) sums.add(`agent:${agent}`, currency, measures);
  }
  return sums;
}
