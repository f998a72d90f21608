/** The guard rails of who may change whom. Pure; whether a change may be made at all is the policy's (`users:write`). */
import { AppError } from '../../platform/index.js';
import { permissionsOf } from '../policy.js';
import type { Principal } from '../principal.js';
import type { UserRights } from './user.repository.js';

/** Sorted and without repetitions; teams only where they mean something. */
export function normaliseRights(rights: UserRights): UserRights {
  const teams = rights.role === 'supervisor' ? [...new Set(rights.teams)].sort((a, b) => a - b) : [];
  return { ...rights, teams };
}

/** The fields in which two sets of rights differ. */
export function changedRights(before: UserRights, after: UserRights): (keyof UserRights)[] {
  const keys: (keyof UserRights)[] = ['role', 'teams', 'agentId', 'seesNumbers', 'disabled'];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/**
 * Whoever hands out a role, or a link that lets somebody in with it, holds all of it: a key for managing users must not
 * become an administrator by inviting one. Full numbers are for people, so only a person may give them.
 * Throws `rights_exceed_own`.
 */
export function requireHolds(by: Principal, rights: Pick<UserRights, 'role' | 'seesNumbers'>): void {
  const held = [...permissionsOf(rights.role, false)].every((permission) => by.permissions.has(permission));
  if (!held || (rights.seesNumbers && by.kind !== 'user')) throw new AppError('rights_exceed_own');
}

export function isSelf(by: Principal, userId: number): boolean {
  return by.kind === 'user' && by.userId === userId;
}
