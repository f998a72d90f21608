import type { Pool } from 'pg';
import type { Queryable } from '../../audit/index.js';
import { MS } from '../session.repository.js';

export interface SecondFactorRow {
  /** Sealed; null when there is none, not even one waiting for its first code. */
  secret: Buffer | null;
  /** Epoch ms; null = not in force. */
  enabledAt: number | null;
  recoverySalt: Buffer | null;
  recoveryCodesLeft: number;
}

export class SecondFactorRepository {
  constructor(private readonly pool: Pool) {}

  async find(userId: number): Promise<SecondFactorRow | null> {
    const { rows } = await this.pool.query<SecondFactorRow>(
      `SELECT totp_secret AS secret, ${MS('totp_enabled_at')} AS "enabledAt", recovery_salt AS "recoverySalt",
              (SELECT count(*)::int FROM recovery_code c WHERE c.user_id = u.id AND c.used_at IS NULL)
                AS "recoveryCodesLeft"
       FROM app_user u WHERE id = $1`,
      [userId],
    );
    return rows[0] ?? null;
  }

  /** A secret that waits for its first code; false when one is in force already. */
  async keepWaiting(userId: number, sealed: Buffer): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'UPDATE app_user SET totp_secret = $2, totp_last_step = NULL WHERE id = $1 AND totp_enabled_at IS NULL',
      [userId, sealed],
    );
    return rowCount === 1;
  }

  /** False when it is in force already, or was set up anew meanwhile. */
  async enable(tx: Queryable, userId: number, sealed: Buffer, step: number, now: number): Promise<boolean> {
    const { rowCount } = await tx.query(
      `UPDATE app_user SET totp_enabled_at = $4, totp_last_step = $3
       WHERE id = $1 AND totp_enabled_at IS NULL AND totp_secret = $2`,
      [userId, sealed, step, new Date(now)],
    );
    return rowCount === 1;
  }

  /** False when there was none in force. */
  async remove(tx: Queryable, userId: number): Promise<boolean> {
    const { rows } = await tx.query<{ was: boolean }>(
      `UPDATE app_user u SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL, recovery_salt = NULL
       FROM (SELECT totp_enabled_at FROM app_user WHERE id = $1 FOR UPDATE) before
       WHERE u.id = $1 RETURNING before.totp_enabled_at IS NOT NULL AS was`,
      [userId],
    );
    await tx.query('DELETE FROM recovery_code WHERE user_id = $1', [userId]);
    return rows[0]?.was ?? false;
  }

  /** Uses a step up: false when it, or a later one, was used before. */
  async spendStep(userId: number, step: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE app_user SET totp_last_step = $2
       WHERE id = $1 AND totp_enabled_at IS NOT NULL AND (totp_last_step IS NULL OR totp_last_step < $2)`,
      [userId, step],
    );
    return rowCount === 1;
  }

  async replaceRecoveryCodes(tx: Queryable, userId: number, salt: Buffer, hashes: Buffer[]): Promise<void> {
    await tx.query('UPDATE app_user SET recovery_salt = $2 WHERE id = $1', [userId, salt]);
    await tx.query('DELETE FROM recovery_code WHERE user_id = $1', [userId]);
    await tx.query('INSERT INTO recovery_code (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [userId, hashes]);
  }

  /** Uses a code up: false when there is no such one, or it was used before. */
  async spendRecoveryCode(tx: Queryable, userId: number, hash: Buffer, now: number): Promise<boolean> {
    const { rowCount } = await tx.query(
      'UPDATE recovery_code SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL',
      [userId, hash, new Date(now)],
    );
    return rowCount === 1;
  }
}
