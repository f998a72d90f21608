import type { Pool } from 'pg';
import type { Queryable } from '../../audit/index.js';
import type { Permission } from '../../shared/access.js';
import type { KeyTeam } from '../../shared/keys.js';
import { teamsBelow } from '../session.repository.js';

interface KeyFields {
  id: number;
  name: string;
  scopes: Permission[];
  ratePerMinute: number;
  /** Epoch ms. */
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

/** A key as it is listed. */
export interface KeyRow extends KeyFields {
  prefix: string;
  createdById: number | null;
  createdByName: string | null;
  createdAt: number;
  /** As they were chosen; null: the whole organisation. */
  teams: KeyTeam[] | null;
}

/** A key as it is used. */
export interface KeyInUse extends KeyFields {
  secretHash: Buffer;
  /** With those below them by now; null: the whole organisation. */
  teams: number[] | null;
}

export interface NewKeyRow {
  name: string;
  prefix: string;
  secretHash: Buffer;
  scopes: readonly Permission[];
  teams: readonly number[] | null;
  ratePerMinute: number;
  createdBy: number | null;
  now: number;
  expiresAt: number | null;
}

/** Any constant: makes the count of keys hold while two are made at once. */
const MAKE_LOCK = 7_413_010;
const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const FIELDS = `k.id, k.name, k.scopes, k.rate_per_minute AS "ratePerMinute", ${MS('k.expires_at')} AS "expiresAt",
  ${MS('k.last_used_at')} AS "lastUsedAt", ${MS('k.revoked_at')} AS "revokedAt"`;
/** The aggregate of no rows, of a key without teams, is null. */
const TEAMS = `(SELECT jsonb_agg(jsonb_build_object('id', named.id, 'name', t.name) ORDER BY t.name, named.id)
  FROM unnest(k.team_ids) AS named (id) LEFT JOIN team t ON t.id = named.id)`;
const COLUMNS = `${FIELDS}, k.prefix, k.created_by AS "createdById", u.name AS "createdByName",
  ${MS('k.created_at')} AS "createdAt", ${TEAMS} AS teams`;
/** A team that is gone gives nothing; null stays null, whatever becomes of the teams. */
const IN_USE_COLUMNS = `${FIELDS}, k.secret_hash AS "secretHash", CASE WHEN k.team_ids IS NOT NULL
  THEN ${teamsBelow('SELECT id AS team_id FROM team WHERE id = ANY(k.team_ids)')} END AS teams`;
const FROM = 'FROM api_key k LEFT JOIN app_user u ON u.id = k.created_by';
const IN_USE = 'k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $1)';

export class KeyRepository {
  constructor(private readonly pool: Pool) {}

  async list(now: number): Promise<KeyRow[]> {
    const { rows } = await this.pool.query<KeyRow>(
      `SELECT ${COLUMNS} ${FROM} ORDER BY (${IN_USE}) DESC, k.id DESC LIMIT 500`,
      [new Date(now)],
    );
    return rows;
  }

  async find(id: number, on: Queryable = this.pool): Promise<KeyRow | null> {
    const { rows } = await on.query<KeyRow>(`SELECT ${COLUMNS} ${FROM} WHERE k.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** One look at a unique index, at every request: that is how revoking counts at the next one in every process. */
  async findByPrefix(prefix: string): Promise<KeyInUse | null> {
    const { rows } = await this.pool.query<KeyInUse>(`SELECT ${IN_USE_COLUMNS} FROM api_key k WHERE k.prefix = $1`, [
      prefix,
    ]);
    return rows[0] ?? null;
  }

  /** For what is done in the name of a key later, and for its open sockets. */
  async findInUse(id: number): Promise<KeyInUse | null> {
    const { rows } = await this.pool.query<KeyInUse>(`SELECT ${IN_USE_COLUMNS} FROM api_key k WHERE k.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** Of these, those that are no team. Team 0 means "unassigned": a key is not for it. */
  async unknownTeams(tx: Queryable, ids: readonly number[]): Promise<number[]> {
    const { rows } = await tx.query<{ id: number }>(
      `SELECT named.id FROM unnest($1::integer[]) WITH ORDINALITY AS named (id, place)
       WHERE named.id = 0 OR NOT EXISTS (SELECT FROM team t WHERE t.id = named.id) ORDER BY named.place`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Keys in use; holds back others who make one until the transaction ends. */
  async countInUse(tx: Queryable, now: number): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [MAKE_LOCK]);
    const { rows } = await tx.query<{ n: number }>(`SELECT count(*)::int AS n FROM api_key k WHERE ${IN_USE}`, [
      new Date(now),
    ]);
    return rows[0]?.n ?? 0;
  }

  async insert(tx: Queryable, key: NewKeyRow): Promise<number> {
    const { rows } = await tx.query<{ id: number }>(
      `INSERT INTO api_key (name, prefix, secret_hash, scopes, rate_per_minute, created_by, created_at, expires_at, team_ids)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
      [
        key.name,
        key.prefix,
        key.secretHash,
        key.scopes,
        key.ratePerMinute,
        key.createdBy,
        new Date(key.now),
        key.expiresAt === null ? null : new Date(key.expiresAt),
        key.teams,
      ],
    );
    return rows[0]?.id ?? 0;
  }

  /** Written by at most one of many requests at once; what happens within `everyMs` is not written at all. */
  async touch(id: number, now: number, everyMs: number): Promise<void> {
    await this.pool.query(
      'UPDATE api_key SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)',
      [id, new Date(now), new Date(now - everyMs)],
    );
  }

  /** False when it is revoked already. */
  async revoke(tx: Queryable, id: number, now: number): Promise<boolean> {
    const { rowCount } = await tx.query('UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [
      id,
      new Date(now),
    ]);
    return rowCount === 1;
  }
}
