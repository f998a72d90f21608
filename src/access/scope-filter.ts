/**
 * Filters that name people or teams, held against a scope. A list without such a filter is silently limited
 * (scope-sql.ts); one that asks for somebody by name is told that they are not to be seen, instead of shown an empty
 * list that looks like "no calls". Whoever is unknown is answered like whoever is out of sight.
 */
import type { Pool, PoolClient } from 'pg';
import { AppError } from '../platform/index.js';
import type { Scope } from '../shared/access.js';

export interface NamedInFilter {
  agents?: readonly number[] | undefined;
  teams?: readonly number[] | undefined;
}

/** Throws `outside_scope`, naming the filter. Asks the database only when somebody with a limited scope names somebody. */
export async function requireInScope(
  db: Pick<Pool | PoolClient, 'query'>,
  scope: Scope,
  { agents, teams }: NamedInFilter,
): Promise<void> {
  if (scope.kind === 'all') return;
  if (agents !== undefined && !(await agentsInScope(db, scope, agents))) throw refusalOf('agent');
  if (teams !== undefined && !(await teamsInScope(db, scope, teams))) throw refusalOf('team');
}

type Limited = Exclude<Scope, { kind: 'all' }>;

/** Somebody who was in a team of the scope at any time: their calls of that time are in it. */
async function agentsInScope(db: Pick<Pool, 'query'>, scope: Limited, agents: readonly number[]): Promise<boolean> {
  if (scope.kind === 'agents') return agents.every((id) => scope.agents.includes(id));
  return hasAll(
    db,
    'SELECT DISTINCT agent_id AS id FROM team_membership WHERE team_id = ANY($1::integer[]) AND agent_id = ANY($2::integer[])',
    scope.teams,
    agents,
  );
}

/** To a person themself a team is known that they were ever in. */
async function teamsInScope(db: Pick<Pool, 'query'>, scope: Limited, teams: readonly number[]): Promise<boolean> {
  if (scope.kind === 'teams') return teams.every((id) => scope.teams.includes(id));
  return hasAll(
    db,
    'SELECT DISTINCT team_id AS id FROM team_membership WHERE agent_id = ANY($1::integer[]) AND team_id = ANY($2::integer[])',
    scope.agents,
    teams,
  );
}

async function hasAll(
  db: Pick<Pool, 'query'>,
  sql: string,
  seen: readonly number[],
  asked: readonly number[],
): Promise<boolean> {
  const { rows } = await db.query<{ id: number }>(sql, [[...seen], [...asked]]);
  const found = new Set(rows.map((row) => row.id));
  return asked.every((id) => found.has(id));
}

function refusalOf(name: 'agent' | 'team'): AppError {
  return new AppError('outside_scope', { field: name, params: { name } });
}
