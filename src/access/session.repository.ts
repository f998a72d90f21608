import type { Pool } from 'pg';
import type { Role } from '../shared/access.js';

export interface UserRow {
  id: number;
  email: string;
  name: string;
  role: Role;
  passwordHash: string;
}

export interface SessionRow {
  userId: number;
  email: string;
  name: string;
  role: Role;
  /** Epoch ms. */
  expiresAt: number;
  lastSeenAt: number;
}

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

export class SessionRepository {
  constructor(private readonly pool: Pool) {}

  async findUserByEmail(email: string): Promise<UserRow | null> {
    const { rows } = await this.pool.query<UserRow>(
      'SELECT id, email, name, role, password_hash AS "passwordHash" FROM app_user WHERE lower(email) = lower($1)',
      [email],
    );
    return rows[0] ?? null;
  }

  async insert(idHash: Buffer, userId: number, now: number, expiresAt: number): Promise<void> {
    await this.pool.query(
      `INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)`,
      [idHash, userId, new Date(now), new Date(expiresAt)],
    );
  }

  /** A session that has neither reached its end nor been idle since `idleSince`. */
  async findLive(idHash: Buffer, now: number, idleSince: number): Promise<SessionRow | null> {
    const { rows } = await this.pool.query<SessionRow>(
      `SELECT u.id AS "userId", u.email, u.name, u.role,
              ${MS('s.expires_at')} AS "expiresAt", ${MS('s.last_seen_at')} AS "lastSeenAt"
       FROM session s JOIN app_user u ON u.id = s.user_id
       WHERE s.id_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3`,
      [idHash, new Date(now), new Date(idleSince)],
    );
    return rows[0] ?? null;
  }

  /** Notes activity; false when the session is over. */
  async touch(idHash: Buffer, now: number, idleSince: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE session SET last_seen_at = greatest(last_seen_at, $2)
       WHERE id_hash = $1 AND expires_at > $2 AND last_seen_at > $3`,
      [idHash, new Date(now), new Date(idleSince)],
    );
    return rowCount === 1;
  }

  async remove(idHash: Buffer): Promise<void> {
    await this.pool.query('DELETE FROM session WHERE id_hash = $1', [idHash]);
  }

  async removeOver(now: number, idleSince: number): Promise<void> {
    await this.pool.query('DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $2', [
      new Date(now),
      new Date(idleSince),
    ]);
  }
}
