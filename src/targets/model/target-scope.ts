/** Who may see and set targets of whom (access is decided here for every route of targets). */
import { hiddenByScope } from '../../access/index.js';
import { currentTeamSql } from '../../organisation/index.js';
import { AppError } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { TargetScope } from '../../shared/targets.js';
import type { Db } from './target.repository.js';

/** Whether the numbers of a scope are theirs: people by the team they are in now. */
export async function isVisible(db: Db, seen: Scope, scope: TargetScope, now: Date): Promise<boolean> {
  if (seen.kind === 'all') return true;
  if (scope.kind === 'organisation') return false;
  if (seen.kind === 'agents') return scope.kind === 'agent' && seen.agents.includes(scope.id);
  if (scope.kind === 'team') return seen.teams.includes(scope.id);
  const { rows } = await db.query<{ team: number | null }>(
    `SELECT ${currentTeamSql('$2')} AS team FROM agent a WHERE a.id = $1`,
    [scope.id, now],
  );
  return seen.teams.includes(rows[0]?.team ?? 0);
}

/** For a filter or a body that names somebody: throws `outside_scope`, or `not_found` for who does not exist. */
export async function requireNamed(db: Db, seen: Scope, scope: TargetScope, now: Date): Promise<void> {
  if (!(await isVisible(db, seen, scope, now))) {
    throw new AppError('outside_scope', { field: 'scope', params: { name: 'scope' } });
  }
  if (!(await exists(db, scope))) throw new AppError('not_found', { field: 'scope' });
}

/** For one target: outside the scope it does not exist. */
export async function requireSeen(db: Db, seen: Scope, scope: TargetScope, now: Date): Promise<void> {
  if (!(await isVisible(db, seen, scope, now))) throw hiddenByScope();
}

async function exists(db: Db, scope: TargetScope): Promise<boolean> {
  if (scope.kind === 'organisation') return true;
  const text =
    scope.kind === 'team'
      ? 'SELECT 1 FROM team WHERE id = $1 AND id <> 0'
      : `SELECT 1 FROM agent WHERE id = $1 AND status IN ('new', 'active', 'left')`;
  return ((await db.query(text, [scope.id])).rowCount ?? 0) > 0;
}
