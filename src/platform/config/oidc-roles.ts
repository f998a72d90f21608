import { z } from 'zod';
import { ROLES, type Role } from '../../shared/access.js';

/** One line of OIDC_ROLES: who is in the group gets the role. */
export interface OidcRole {
  group: string;
  role: Role;
  /** Name of the team a supervisor leads; null for other roles. */
  team: string | null;
}

const SHAPE = 'must be group=role or group=supervisor:Team name, comma-separated';

/** Text of OIDC_ROLES to its lines. The last `=` of a line counts: names of groups may hold some. */
export const oidcRoles = z.string().transform((text, context): OidcRole[] => {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const read = entries.map((entry) => ({ entry, line: lineOf(entry) }));
  const bad = read.find(({ line }) => typeof line === 'string');
  if (bad !== undefined || read.length === 0) {
    const why = bad === undefined ? '' : `; "${bad.entry}" ${bad.line}`;
    context.addIssue({ code: 'custom', message: `${SHAPE}${why}` });
    return z.NEVER;
  }
  return read.flatMap(({ line }) => (typeof line === 'string' ? [] : [line]));
});

/** Or what is wrong with it. */
function lineOf(entry: string): OidcRole | string {
  const equals = entry.lastIndexOf('=');
  if (equals < 1) return 'names no role';
  const group = entry.slice(0, equals).trim();
  const [given = '', ...rest] = entry.slice(equals + 1).split(':');
  const role = ROLES.find((known) => known === given.trim());
  const team = rest.join(':').trim() || null;
  if (role === undefined) return `names a role that is none of ${ROLES.join(', ')}`;
  if (role === 'supervisor' && team === null) return 'says not which team: write supervisor:Team name';
  if (role !== 'supervisor' && team !== null) return 'names a team, which only a supervisor has';
  return { group, role, team };
}
