/**
 * API keys: named, limited, revocable credentials of scripts. Shapes of /api/v1/keys (keys:manage); times are ISO 8601
 * in UTC. A key is sent as `Authorization: Bearer tb_<prefix>_<secret>`; only a hash of it is kept.
 */
import { PERMISSIONS, type Permission } from './access.js';

/** What a key may be given. Full numbers are for people: a key could not answer for having looked. */
export const KEY_SCOPES: readonly Permission[] = PERMISSIONS.filter((permission) => permission !== 'numbers:reveal');

/**
 * What a key limited to teams may be given: what a supervisor of them may do, whose way of seeing everything else of the
 * product knows. The rest is of the whole organisation.
 */
export const TEAM_KEY_SCOPES = [
  'kpis:read',
  'calls:read',
  'outcomes:read',
  'outcomes:write',
  'targets:write',
  'people:read',
  'boards:read',
  'exports:make',
] as const satisfies readonly Permission[];

export const mayBeOfTeams = (scope: Permission): boolean => TEAM_KEY_SCOPES.some((one) => one === scope);

/** Teams one key may name; those below come with them. */
export const KEY_TEAMS_MAX = 50;
export const KEY_NAME_MAX = 80;
/** Keys in use at once. */
export const KEYS_MAX = 100;
export const KEY_RATE_DEFAULT = 600;
export const KEY_RATE_MAX = 60_000;
/** A key that outlives the people who know of it is a risk: five years at most. */
export const KEY_LIFETIME_MAX_DAYS = 5 * 366;

/** GET /keys → KeyView[], those in use first, newest first. */
export interface KeyView {
  id: number;
  name: string;
  /** How the key begins, `tb_9f86d081ab`: tells which one a script has. */
  prefix: string;
  scopes: Permission[];
  /** The teams it is limited to, beside those below them. Null: it sees the whole organisation. */
  teams: KeyTeam[] | null;
  /** Requests a minute in each process; a burst may use a minute's worth at once. */
  ratePerMinute: number;
  /** Null: made by the bootstrap key, by another key, or by somebody who is gone. */
  createdBy: { id: number; name: string } | null;
  createdAt: string;
  expiresAt: string | null;
  /** To the minute. */
  lastUsedAt: string | null;
  revokedAt: string | null;
  state: 'active' | 'expired' | 'revoked';
}

export interface KeyTeam {
  id: number;
  /** Null: the team is gone. The key shows nothing of it, and is not widened. */
  name: string | null;
}

/**
 * POST /keys → MadeKey. `scopes` are a subset of KEY_SCOPES and of what the maker may do (403 `key_scope_refused`); with
 * `teams` one of TEAM_KEY_SCOPES (403 `key_team_scope_refused`). 400 `key_team_unknown`: no such team.
 * DELETE /keys/:id revokes: the next request with it is refused in every process, its sockets close; → 204.
 */
export interface NewKeyRequest {
  name: string;
  scopes: Permission[];
  /** Null or absent: does not expire. */
  expiresAt?: string | null;
  ratePerMinute?: number;
  /** Ids, 1 to KEY_TEAMS_MAX: it sees these teams and those below, as a supervisor does. Null or absent: the organisation. */
  teams?: number[] | null;
}

export interface MadeKey {
  key: KeyView;
  /** Shown this once and kept nowhere. */
  secret: string;
}
