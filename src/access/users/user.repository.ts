import type { Pool } from 'pg';

/** What a sign-in is checked against. */
export interface UserSecrets {
  id: number;
  passwordHash: string | null;
  disabled: boolean;
}

export class UserRepository {
  constructor(private readonly pool: Pool) {}

  async findSecretsByEmail(email: string): Promise<UserSecrets | null> {
    const { rows } = await this.pool.query<UserSecrets>(
      `SELECT id, password_hash AS "passwordHash", disabled_at IS NOT NULL AS disabled
       FROM app_user WHERE lower(email) = lower($1)`,
      [email],
    );
    return rows[0] ?? null;
  }
}
