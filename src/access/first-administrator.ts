import type { Pool } from 'pg';
import { type AuditLog, silentAudit } from '../audit/index.js';
import { type Config, inTransaction, readablePassword } from '../platform/index.js';
import { hashPassword } from './passwords.js';

export interface FirstAdministrator {
  /** Sign-in name of the oldest administrator. */
  email: string;
  /** Only when it was made up just now: print it once, it is kept nowhere. */
  generatedPassword?: string;
}

/** Any constant; one change of people at a time, and one administrator of two processes that start together. */
export const USERS_LOCK = 7_413_002;

/** Makes the administrator of the settings when there is no user at all; changes nothing later. */
export async function ensureFirstAdministrator(
  database: { pool: Pool },
  config: Pick<Config, 'adminEmail' | 'adminPassword'>,
  audit: AuditLog = silentAudit,
): Promise<FirstAdministrator> {
  return inTransaction(database.pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [USERS_LOCK]);
    const { rows } = await client.query<{ email: string }>(
      `SELECT email FROM app_user ORDER BY role = 'admin' AND disabled_at IS NULL DESC, id LIMIT 1`,
    );
    const existing = rows[0];
    if (existing !== undefined) return { email: existing.email };
    const password = config.adminPassword ?? readablePassword();
    const made = await client.query<{ id: number }>(
      `INSERT INTO app_user (email, name, role, password_hash) VALUES ($1, 'Administrator', 'admin', $2) RETURNING id`,
      [config.adminEmail, await hashPassword(password)],
    );
    await audit.record(client, {
      actor: { kind: 'system', id: null, address: null },
      action: 'user.created',
      subject: { kind: 'user', id: String(made.rows[0]?.id) },
      outcome: 'done',
      after: { role: 'admin', by: 'first start' },
    });
    return { email: config.adminEmail, ...(config.adminPassword === null ? { generatedPassword: password } : {}) };
  });
}
