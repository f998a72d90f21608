import type { Pool } from 'pg';
import { AppError } from '../errors/index.js';
import { createKeyFile, readKeyFile } from './key-file.js';
import { Keys } from './keys.js';

/**
 * The keys of this installation. Makes the key file at the first start; refuses to go on when the database was
 * written with another key, because new numbers would then get other blind indexes and split customers in two.
 * Needs a migrated database. Throws `master_key_missing`, `master_key_mismatch`, `master_key_unsafe`.
 */
export async function openKeys(file: string, pool: Pick<Pool, 'query'>): Promise<Keys> {
  const expected = await recordedKeyId(pool);
  const existing = readKeyFile(file);
  if (existing === null && expected !== null) {
    throw new AppError('master_key_missing', { params: { file, expected } });
  }
  const [current, ...older] = existing ?? createKeyFile(file);
  const keys = new Keys(current, older, () => readKeyFile(file) ?? []);
  if (expected === null) {
    await pool.query('INSERT INTO instance (key_id) VALUES ($1) ON CONFLICT DO NOTHING', [keys.keyId]);
  }
  const recorded = expected ?? (await recordedKeyId(pool));
  // The first line may be newer than what is recorded: a rotation that has just begun, or was cut off and can go on.
  if (recorded === null || !keys.keyIds.includes(recorded)) {
    throw new AppError('master_key_mismatch', { params: { file, found: keys.keyId, expected: recorded ?? 'unknown' } });
  }
  keys.switchTo(recorded);
  return keys;
}

async function recordedKeyId(pool: Pick<Pool, 'query'>): Promise<number | null> {
  const { rows } = await pool.query<{ key_id: number }>('SELECT key_id FROM instance');
  return rows[0]?.key_id ?? null;
}
