/**
 * Who sees which people: a supervisor the agents who are in their teams now, an agent themself (design.md, invariant 9).
 * Calls are different: those keep the team they were made in.
 */
import { type AddParameter, hiddenByScope, scopeSql } from '../access/index.js';
import { AppError } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import { currentTeamSql, type Queryable } from './teams/teams.repository.js';

/** Condition on `agent a`; null: everybody. */
export function visibleAgentsSql(scope: Scope, now: Date, add: AddParameter): string | null {
  if (scope.kind === 'all') return null;
  const team = scope.kind === 'teams' ? currentTeamSql(add(now, 'timestamptz')) : 'NULL';
  return scopeSql(scope, { agent: 'a.id', team }, add);
}

/** Throws `not_found` for an agent that does not exist, is none, or is not to be seen. */
export async function requireAgent(db: Queryable, scope: Scope, id: number, now: Date): Promise<void> {
  const values: unknown[] = [id];
  const visible = visibleAgentsSql(scope, now, (value, type) => `$${values.push(value)}::${type}`);
  const { rows } = await db.query<{ visible: boolean | null }>(
    `SELECT ${visible ?? 'true'} AS visible FROM agent a WHERE a.id = $1 AND a.status <> 'system'`,
    values,
  );
  const [found] = rows;
  if (found === undefined) throw new AppError('not_found');
  if (found.visible !== true) throw hiddenByScope();
}

/** Ids of the teams somebody sees; null: all. An agent sees the team they are in. */
export async function visibleTeams(db: Queryable, scope: Scope, now: Date): Promise<Set<number> | null> {
  if (scope.kind === 'all') return null;
  if (scope.kind === 'teams') return new Set(scope.teams);
  const { rows } = await db.query<{ team: number | null }>(
    `SELECT ${currentTeamSql('$2')} AS team FROM agent a WHERE a.id = ANY($1::integer[])`,
    [[...scope.agents], now],
  );
  return new Set(rows.flatMap(({ team }) => team ?? []));
}
