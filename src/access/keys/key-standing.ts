/** What a key may do now, for work that is done in its name later. */
import type { Pool } from 'pg';
import type { Permission, Scope } from '../../shared/access.js';
import { KEY_SCOPES } from '../../shared/keys.js';
import { KeyRepository } from './key.repository.js';
import { isInUse } from './key.service.js';

export interface KeyStanding {
  name: string;
  permissions: ReadonlySet<Permission>;
  scope: Scope;
}

/** @param keyId null: the bootstrap key of the settings @param now epoch ms. Null: revoked, expired or gone. */
export async function keyStandingOf(pool: Pool, keyId: number | null, now: number): Promise<KeyStanding | null> {
  if (keyId === null) return { name: 'API_KEY', permissions: new Set(KEY_SCOPES), scope: { kind: 'all' } };
  const row = await new KeyRepository(pool).find(keyId);
  if (row === null || !isInUse(row, now)) return null;
  const permissions = new Set(row.scopes.filter((scope) => KEY_SCOPES.includes(scope)));
  return { name: row.name, permissions, scope: { kind: 'all' } };
}
