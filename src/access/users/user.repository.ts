import type { Pool } from 'pg';
import type { Queryable } from '../../audit/index.js';
import type { Role } from '../../shared/access.js';
import type { Language, LinkKind, UserState } from '../../shared/accounts.js';
import { MS } from '../session.repository.js';

/** What a sign-in is checked against. */
export interface UserSecrets {
  id: number;
  passwordHash: string | null;
  disabled: boolean;
  hasTotp: boolean;
}

export interface UserRow {
  id: number;
  email: string;
  name: string;
  role: Role;
  teams: { id: number; name: string }[];
  agent: { id: number; name: string } | null;
  seesNumbers: boolean;
  state: UserState;
  hasPassword: boolean;
  hasSingleSignOn: boolean;
  hasTotp: boolean;
  language: Language | null;
  /** Epoch ms, all times. */
  createdAt: number;
  lastSignInAt: number | null;
  sessions: number;
  openLink: { kind: LinkKind; expiresAt: number } | null;
}

/** What decides what somebody may do. */
export interface UserRights {
  role: Role;
  teams: number[];
  agentId: number | null;
  seesNumbers: boolean;
  disabled: boolean;
}

export interface UserFilter {
  search?: string | undefined;
  role?: Role | undefined;
  state?: UserState | undefined;
  limit: number;
  /** Lower-case name and id of the last one of the page before. */
  after?: { name: string; id: number } | undefined;
}

const STATE = `CASE WHEN u.disabled_at IS NOT NULL THEN 'disabled'
  WHEN u.password_hash IS NULL AND NOT EXISTS (SELECT 1 FROM user_identity i WHERE i.user_id = u.id) THEN 'invited'
  ELSE 'active' END`;

/** `$1`: now, `$2`: sessions idle since then are over. */
const VIEW = `SELECT u.id, u.email, u.name, u.role, u.sees_numbers AS "seesNumbers", u.language,
  ${MS('u.created_at')} AS "createdAt", ${MS('u.last_sign_in_at')} AS "lastSignInAt",
  u.password_hash IS NOT NULL AS "hasPassword", u.totp_enabled_at IS NOT NULL AS "hasTotp",
  EXISTS (SELECT 1 FROM user_identity i WHERE i.user_id = u.id) AS "hasSingleSignOn", ${STATE} AS state,
  (SELECT json_build_object('id', a.id, 'name', a.name) FROM agent a WHERE a.id = u.agent_id) AS agent,
  (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name, t.id), '[]')
   FROM user_team l JOIN team t ON t.id = l.team_id WHERE l.user_id = u.id) AS teams,
  (SELECT count(*)::int FROM session s WHERE s.user_id = u.id AND s.expires_at > $1 AND s.last_seen_at > $2) AS sessions,
  (SELECT json_build_object('kind', k.kind, 'expiresAt', ${MS('k.expires_at')}) FROM access_link k
   WHERE k.user_id = u.id AND k.used_at IS NULL AND k.expires_at > $1 ORDER BY k.created_at DESC LIMIT 1) AS "openLink"
  FROM app_user u`;

export class UserRepository {
  constructor(private readonly pool: Pool) {}

  async findSecretsByEmail(email: string): Promise<UserSecrets | null> {
    return this.findSecrets('lower(email) = lower($1)', email);
  }

  async findSecretsById(id: number): Promise<UserSecrets | null> {
    return this.findSecrets('id = $1', id);
  }

  private async findSecrets(condition: string, value: string | number): Promise<UserSecrets | null> {
    const { rows } = await this.pool.query<UserSecrets>(
      `SELECT id, password_hash AS "passwordHash", disabled_at IS NOT NULL AS disabled,
              totp_enabled_at IS NOT NULL AS "hasTotp"
       FROM app_user WHERE ${condition}`,
      [value],
    );
    return rows[0] ?? null;
  }

  async list(filter: UserFilter, now: number, idleSince: number): Promise<UserRow[]> {
    const values: unknown[] = [new Date(now), new Date(idleSince)];
    const add = (value: unknown): string => `$${values.push(value)}`;
    const conditions = ['true'];
    if (filter.search) {
      const pattern = add(`%${filter.search.replace(/[\\%_]/g, '\\$&')}%`);
      conditions.push(`(u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})`);
    }
    if (filter.role) conditions.push(`u.role = ${add(filter.role)}`);
    if (filter.state) conditions.push(`${STATE} = ${add(filter.state)}`);
    if (filter.after) conditions.push(`(lower(u.name), u.id) > (${add(filter.after.name)}, ${add(filter.after.id)})`);
    const { rows } = await this.pool.query<UserRow>(
      `${VIEW} WHERE ${conditions.join(' AND ')} ORDER BY lower(u.name), u.id LIMIT ${add(filter.limit)}`,
      values,
    );
    return rows;
  }

  async find(id: number, now: number, idleSince: number): Promise<UserRow | null> {
    const { rows } = await this.pool.query<UserRow>(`${VIEW} WHERE u.id = $3`, [
      new Date(now),
      new Date(idleSince),
      id,
    ]);
    return rows[0] ?? null;
  }

  /** Locks the person until the end of the transaction. */
  async lockRights(tx: Queryable, id: number): Promise<UserRights | null> {
    const { rows } = await tx.query<UserRights>(
      `SELECT role, agent_id AS "agentId", sees_numbers AS "seesNumbers", disabled_at IS NOT NULL AS disabled,
              ARRAY(SELECT team_id FROM user_team WHERE user_id = u.id ORDER BY team_id) AS teams
       FROM app_user u WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Administrators who can sign in. */
  async countAdministrators(tx: Queryable): Promise<number> {
    const { rows } = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM app_user u WHERE role = 'admin' AND ${STATE} = 'active'`,
    );
    return rows[0]?.n ?? 0;
  }

  /** Null = somebody has this e-mail. */
  async insert(
    tx: Queryable,
    user: { email: string; name: string; language: Language | null } & Omit<UserRights, 'disabled'>,
    now: number,
  ): Promise<number | null> {
    const { rows } = await tx.query<{ id: number }>(
      `INSERT INTO app_user (email, name, role, agent_id, sees_numbers, language, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (lower(email)) DO NOTHING RETURNING id`,
      [user.email, user.name, user.role, user.agentId, user.seesNumbers, user.language, new Date(now)],
    );
    const id = rows[0]?.id ?? null;
    if (id !== null) await this.setTeams(tx, id, user.teams);
    return id;
  }

  async update(tx: Queryable, id: number, { name, ...rights }: UserRights & { name: string | null }, now: number) {
    await tx.query(
      `UPDATE app_user SET name = coalesce($2, name), role = $3, agent_id = $4, sees_numbers = $5,
              disabled_at = CASE WHEN $6 THEN coalesce(disabled_at, $7) END
       WHERE id = $1`,
      [id, name, rights.role, rights.agentId, rights.seesNumbers, rights.disabled, new Date(now)],
    );
    await this.setTeams(tx, id, rights.teams);
  }

  async remove(tx: Queryable, id: number): Promise<void> {
    await tx.query('DELETE FROM app_user WHERE id = $1', [id]);
  }

  async setPassword(tx: Queryable, id: number, passwordHash: string): Promise<void> {
    await tx.query('UPDATE app_user SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
  }

  async setProfile(tx: Queryable, id: number, change: { name?: string; language?: Language | null }): Promise<void> {
    if (change.name !== undefined) await tx.query('UPDATE app_user SET name = $2 WHERE id = $1', [id, change.name]);
    if (change.language !== undefined) {
      await tx.query('UPDATE app_user SET language = $2 WHERE id = $1', [id, change.language]);
    }
  }

  /** Team 0 and agent 0 mean "unassigned": nobody leads the one or is the other. */
  async teamsExist(tx: Queryable, ids: readonly number[]): Promise<boolean> {
    const { rows } = await tx.query('SELECT 1 FROM team WHERE id = ANY($1::integer[]) AND id <> 0', [ids]);
    return rows.length === ids.length;
  }

  async agentExists(tx: Queryable, id: number): Promise<boolean> {
    const { rows } = await tx.query(
      `SELECT 1 FROM agent WHERE id = $1 AND status NOT IN ('system', 'merged', 'erased')`,
      [id],
    );
    return rows.length === 1;
  }

  private async setTeams(tx: Queryable, id: number, teams: readonly number[]): Promise<void> {
    await tx.query('DELETE FROM user_team WHERE user_id = $1 AND team_id <> ALL($2::integer[])', [id, teams]);
    await tx.query('INSERT INTO user_team (user_id, team_id) SELECT $1, unnest($2::integer[]) ON CONFLICT DO NOTHING', [
      id,
      teams,
    ]);
  }
}
