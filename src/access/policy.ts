import { PERMISSIONS, type Permission, type Role, type Scope } from '../shared/access.js';
import { KEY_SCOPES } from '../shared/keys.js';
import type { Principal } from './principal.js';

/**
 * What a route asks for.
 * - `public`: nobody needs to be known (health, sign-in).
 * - `webhook`: the route itself verifies a provider's signature; nothing else may use this.
 * - `signed-in`: a person with a session, whoever it is: their own account. Keys and screens have none.
 * - `screen`: a paired TV.
 * - `feed`: a person or a key that may read figures, calls or outcomes: what such a feed is made of.
 * - a permission: whoever has it, and then only within their scope.
 */
export type AccessLevel = 'public' | 'webhook' | 'signed-in' | 'screen' | 'feed' | Permission;

export type Decision = 'allow' | 'unauthenticated' | 'forbidden';

/** Any of these opens the description of a feed; each of its parts asks for its own. */
const OF_FEEDS: readonly Permission[] = ['kpis:read', 'calls:read', 'outcomes:read'];

const READ_NUMBERS: readonly Permission[] = ['kpis:read', 'calls:read', 'outcomes:read', 'people:read'];

/** What each role may do. `numbers:reveal` comes with nobody's role: it is given to a person. */
const OF_ROLE: Record<Role, readonly Permission[]> = {
  agent: [...READ_NUMBERS, 'outcomes:write'],
  supervisor: [...READ_NUMBERS, 'outcomes:write', 'targets:write', 'boards:read', 'exports:make'],
  ops: [...READ_NUMBERS, 'boards:read', 'boards:write', 'exports:make', 'ingest:read'],
  auditor: [...READ_NUMBERS, 'boards:read', 'settings:read', 'users:read', 'audit:read', 'exports:make', 'ingest:read'],
  admin: PERMISSIONS.filter((permission) => permission !== 'numbers:reveal'),
};

export { KEY_SCOPES };

export function permissionsOf(role: Role, seesNumbers: boolean): ReadonlySet<Permission> {
  return new Set([...OF_ROLE[role], ...(seesNumbers ? (['numbers:reveal'] as const) : [])]);
}

/** `teams`: all teams a supervisor leads, with those below. */
export function scopeOf(role: Role, agentId: number | null, teams: readonly number[]): Scope {
  switch (role) {
    case 'agent':
      return { kind: 'agents', agents: agentId === null ? [] : [agentId] };
    case 'supervisor':
      return { kind: 'teams', teams };
    case 'ops':
    case 'auditor':
    case 'admin':
      return { kind: 'all' };
  }
}

/** What a live board shows: the teams it is limited to (null = the organisation) and whom it is meant for. */
export interface WatchedBoard {
  id: string;
  /** With the teams below them. */
  teams: readonly number[] | null;
  /** `everyone`: the organisation shows it to anybody signed in, like a TV on the floor. */
  audience: 'scope' | 'everyone';
}

/** The one place that decides who may do what; HTTP, sockets and exports all ask it. Pure. */
export class Policy {
  decide(principal: Principal | null, level: AccessLevel | undefined): Decision {
    // Undeclared routes stop the start; should one appear later all the same, nobody gets in.
    if (level === undefined) return 'forbidden';
    if (level === 'public' || level === 'webhook') return 'allow';
    if (principal === null) return 'unauthenticated';
    if (level === 'signed-in') return principal.kind === 'user' ? 'allow' : 'forbidden';
    if (level === 'screen') return principal.kind === 'screen' ? 'allow' : 'forbidden';
    if (level === 'feed') return OF_FEEDS.some((one) => principal.permissions.has(one)) ? 'allow' : 'forbidden';
    return principal.permissions.has(level) ? 'allow' : 'forbidden';
  }

  /** Whether a live board may be watched: a TV its own, a person one of their scope or one shown to everyone. */
  mayWatch(principal: Principal, board: WatchedBoard): boolean {
    if (principal.kind === 'screen') return principal.boardId === board.id;
    if (principal.kind === 'user' && board.audience === 'everyone') return true;
    return principal.permissions.has('kpis:read') && this.isWithin(principal.scope, board);
  }

  /** Whether a board shows nobody outside a scope. */
  isWithin(scope: Scope, { teams }: Pick<WatchedBoard, 'teams'>): boolean {
    if (scope.kind === 'all') return true;
    return scope.kind === 'teams' && teams !== null && isSubset(teams, scope.teams);
  }

  /** Whose rows a floor shows: teams, or null for everybody. Undefined: no floor is for them. */
  floorOf({ kind, permissions, scope }: Principal): readonly number[] | null | undefined {
    if (kind === 'screen' || !permissions.has('kpis:read')) return undefined;
    if (scope.kind === 'all') return null;
    return scope.kind === 'teams' ? scope.teams : undefined;
  }
}

function isSubset(part: readonly number[], whole: readonly number[]): boolean {
  return part.every((id) => whole.includes(id));
}
