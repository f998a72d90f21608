/** Groups of the provider to a role here. Pure. */
import type { OidcRole } from '../../platform/index.js';
import { ROLES, type Role } from '../../shared/access.js';

export interface Granted {
  role: Role;
  /** Names of the teams a supervisor leads. */
  teams: string[];
}

/** The strongest role of the groups; supervisors lead the teams of all of theirs. Null = nobody here. */
export function roleOfGroups(groups: readonly string[], rules: readonly OidcRole[]): Granted | null {
  const met = rules.filter(({ group }) => groups.includes(group));
  const role = ROLES.findLast((candidate) => met.some((rule) => rule.role === candidate));
  if (role === undefined) return null;
  const teams = role === 'supervisor' ? met.flatMap(({ team }) => team ?? []) : [];
  return { role, teams: [...new Set(teams)] };
}

/** The groups of a claim: a list of texts, or one text. Anything else holds none. */
export function groupsOf(claim: unknown): string[] {
  const list: unknown[] = Array.isArray(claim) ? claim : [claim];
  return list.filter((item) => typeof item === 'string');
}
