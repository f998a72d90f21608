/** What somebody may do now, although they are not the one who asks: for work that is done in their name later. */
import type { Queryable } from '../../audit/index.js';
import type { Permission, Role, Scope } from '../../shared/access.js';
import type { Language } from '../../shared/accounts.js';
import { permissionsOf, scopeOf } from '../policy.js';
import { TEAMS_BELOW } from '../session.repository.js';

export interface Standing {
  userId: number;
  name: string;
  role: Role;
  permissions: ReadonlySet<Permission>;
  scope: Scope;
  language: Language | null;
}

interface StandingRow extends Omit<Standing, 'permissions' | 'scope'> {
  seesNumbers: boolean;
  agentId: number | null;
  teams: number[];
}

/** Null: disabled, or gone. */
export async function standingOf(db: Queryable, userId: number): Promise<Standing | null> {
  const { rows } = await db.query<StandingRow>(
    `SELECT u.id AS "userId", u.name, u.role, u.agent_id AS "agentId", u.sees_numbers AS "seesNumbers", u.language,
            CASE u.role WHEN 'supervisor' THEN ${TEAMS_BELOW} ELSE '{}' END AS teams
     FROM app_user u WHERE u.id = $1 AND u.disabled_at IS NULL`,
    [userId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { seesNumbers, agentId, teams, ...rest } = row;
  return { ...rest, permissions: permissionsOf(row.role, seesNumbers), scope: scopeOf(row.role, agentId, teams) };
}
