/** What a key may do now: for a request, for its open sockets, and for work that is done in its name later. */
import type { Pool } from 'pg';
import type { Permission, Scope } from '../../shared/access.js';
import { KEY_SCOPES, mayBeOfTeams } from '../../shared/keys.js';
import { type KeyInUse, KeyRepository, type KeyRow } from './key.repository.js';

export interface KeyStanding {
  name: string;
  permissions: ReadonlySet<Permission>;
  scope: Scope;
}

/** Pure. What a key of its kind can no longer have counts for nothing. */
export function grantOf({ name, scopes, teams }: Pick<KeyInUse, 'name' | 'scopes' | 'teams'>): KeyStanding {
  const permissions = new Set(
    scopes.filter((one) => KEY_SCOPES.includes(one) && (teams === null || mayBeOfTeams(one))),
  );
  return { name, permissions, scope: teams === null ? { kind: 'all' } : { kind: 'teams', teams } };
}

/** @param keyId null: the bootstrap key of the settings @param now epoch ms. Null: revoked, expired or gone. */
export async function keyStandingOf(pool: Pool, keyId: number | null, now: number): Promise<KeyStanding | null> {
  if (keyId === null) return grantOf({ name: 'API_KEY', scopes: [...KEY_SCOPES], teams: null });
  const row = await new KeyRepository(pool).findInUse(keyId);
  return row !== null && isInUse(row, now) ? grantOf(row) : null;
}

export function isInUse({ revokedAt, expiresAt }: Pick<KeyRow, 'revokedAt' | 'expiresAt'>, now: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}
