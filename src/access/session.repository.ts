import type { Pool } from 'pg';
import type { Queryable } from '../audit/index.js';
import type { Role } from '../shared/access.js';
import type { SessionMethod } from '../shared/accounts.js';

/** What a session knows of its person, read again at every request: a change of rights counts from the next one on. */
export interface SessionRow {
  userId: number;
  email: string;
  name: string;
  role: Role;
  agentId: number | null;
  seesNumbers: boolean;
  /** Teams led, with those below them. */
  teams: number[];
  language: 'en' | 'zh' | null;
  /** Epoch ms. */
  expiresAt: number;
  lastSeenAt: number;
}

export interface NewSession {
  idHash: Buffer;
  userId: number;
  method: SessionMethod;
  address: string;
  userAgent: string | null;
  /** Epoch ms. */
  now: number;
  expiresAt: number;
}

/** One of somebody's own sessions, as they see it. Times in epoch ms. */
export interface OwnSessionRow {
  id: string;
  method: SessionMethod;
  address: string | null;
  userAgent: string | null;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  current: boolean;
}

export const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/**
 * Recursive over the tree, so that a team moved below another comes with it at once. UNION ends even in a circle.
 * `first`: a query of the teams to begin with, as `team_id`.
 */
export const teamsBelow = (first: string): string => `ARRAY(
  WITH RECURSIVE led AS (
    ${first}
    UNION SELECT t.id FROM team t JOIN led ON t.parent_id = led.team_id
  ) SELECT team_id FROM led ORDER BY team_id)`;

/** All teams of `u`, an app_user. */
export const TEAMS_BELOW = teamsBelow('SELECT team_id FROM user_team WHERE user_id = u.id');

export class SessionRepository {
  constructor(private readonly pool: Pool) {}

  /** Returns the public id. */
  async insert(tx: Queryable, session: NewSession): Promise<string> {
    const { idHash, userId, method, address, userAgent, now, expiresAt } = session;
    const { rows } = await tx.query<{ id: string }>(
      `INSERT INTO session (id_hash, user_id, method, address, user_agent, created_at, last_seen_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6, $7) RETURNING id`,
      [idHash, userId, method, address, userAgent, new Date(now), new Date(expiresAt)],
    );
    return rows[0]?.id ?? '';
  }

  /** A session that has neither reached its end nor been idle since `idleSince`, of somebody who may still be here. */
  async findLive(
    idHash: Buffer,
    now: number,
    idleSince: number,
    on: Queryable = this.pool,
  ): Promise<SessionRow | null> {
    const { rows } = await on.query<SessionRow>(
      `SELECT u.id AS "userId", u.email, u.name, u.role, u.agent_id AS "agentId", u.sees_numbers AS "seesNumbers",
              u.language, CASE u.role WHEN 'supervisor' THEN ${TEAMS_BELOW} ELSE '{}' END AS teams,
              ${MS('s.expires_at')} AS "expiresAt", ${MS('s.last_seen_at')} AS "lastSeenAt"
       FROM session s JOIN app_user u ON u.id = s.user_id
       WHERE s.id_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3 AND u.disabled_at IS NULL`,
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

  /** Gives a session another id, in place; its public id, age and end stay. */
  async rotate(tx: Queryable, idHash: Buffer, newHash: Buffer): Promise<boolean> {
    const { rowCount } = await tx.query('UPDATE session SET id_hash = $2 WHERE id_hash = $1', [idHash, newHash]);
    return rowCount === 1;
  }

  async listOf(userId: number, current: Buffer, now: number, idleSince: number): Promise<OwnSessionRow[]> {
    const { rows } = await this.pool.query<OwnSessionRow>(
      `SELECT id, method, address, user_agent AS "userAgent", ${MS('created_at')} AS "createdAt",
              ${MS('last_seen_at')} AS "lastSeenAt", ${MS('expires_at')} AS "expiresAt", id_hash = $2 AS current
       FROM session WHERE user_id = $1 AND expires_at > $3 AND last_seen_at > $4
       ORDER BY id_hash = $2 DESC, last_seen_at DESC LIMIT 200`,
      [userId, current, new Date(now), new Date(idleSince)],
    );
    return rows;
  }

  async remove(tx: Queryable, idHash: Buffer): Promise<{ id: string; userId: number } | null> {
    const { rows } = await tx.query<{ id: string; userId: number }>(
      'DELETE FROM session WHERE id_hash = $1 RETURNING id, user_id AS "userId"',
      [idHash],
    );
    return rows[0] ?? null;
  }

  /** Null = no such session of this person. */
  async removeOwn(tx: Queryable, userId: number, id: string): Promise<Buffer | null> {
    const { rows } = await tx.query<{ idHash: Buffer }>(
      'DELETE FROM session WHERE user_id = $1 AND id = $2 RETURNING id_hash AS "idHash"',
      [userId, id],
    );
    return rows[0]?.idHash ?? null;
  }

  /** All sessions of a person but one; returns their hashes. */
  async removeAllOf(tx: Queryable, userId: number, except: Buffer | null): Promise<Buffer[]> {
    const { rows } = await tx.query<{ idHash: Buffer }>(
      'DELETE FROM session WHERE user_id = $1 AND id_hash IS DISTINCT FROM $2 RETURNING id_hash AS "idHash"',
      [userId, except],
    );
    return rows.map(({ idHash }) => idHash);
  }

  async removeOver(tx: Queryable, now: number, idleSince: number): Promise<void> {
    await tx.query('DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $2', [
      new Date(now),
      new Date(idleSince),
    ]);
  }
}
