/** Saved reports as they are kept, and who may see which. */
import type { Pool, PoolClient } from 'pg';
import type { Scope } from '../../shared/access.js';
import type { ReportSource } from '../../shared/reports.js';
import type { SavedReportVisibility } from '../../shared/saved-reports.js';

type Queryable = Pick<Pool | PoolClient, 'query'>;

export interface KeptReport {
  id: number;
  name: string;
  ownerId: number | null;
  ownerName: string | null;
  visibility: SavedReportVisibility;
  teamId: number | null;
  teamName: string | null;
  /** Whatever was written, perhaps by another version. */
  source: unknown;
  createdAt: Date;
  updatedAt: Date;
}

export interface KeptFields {
  name: string;
  ownerId: number | null;
  visibility: SavedReportVisibility;
  teamId: number | null;
  source: ReportSource;
}

/** Who looks: a person, or a key (`userId` null). */
export interface Reader {
  userId: number | null;
  scope: Scope;
}

const COLUMNS = `r.id, r.name, r.owner_id AS "ownerId", u.name AS "ownerName", r.visibility, r.team_id AS "teamId",
  t.name AS "teamName", r.source, r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;
const FROM = 'saved_report r LEFT JOIN app_user u ON u.id = r.owner_id LEFT JOIN team t ON t.id = r.team_id';
/** $1: whose own, $2: sees the organisation, $3: teams one sees. */
const VISIBLE = `(r.owner_id = $1 OR r.visibility = 'organisation'
  OR (r.visibility = 'team' AND ($2 OR r.team_id = ANY($3::integer[]))))`;

const readerOf = ({ userId, scope }: Reader): unknown[] => [
  userId,
  scope.kind === 'all',
  scope.kind === 'teams' ? scope.teams : [],
];

export class SavedReportRepository {
  constructor(private readonly db: Queryable) {}

  async visibleTo(reader: Reader): Promise<KeptReport[]> {
    const { rows } = await this.db.query<KeptReport>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE ${VISIBLE} ORDER BY lower(r.name), r.id`,
      readerOf(reader),
    );
    return rows;
  }

  async find(id: number, reader: Reader): Promise<KeptReport | null> {
    const { rows } = await this.db.query<KeptReport>(`SELECT ${COLUMNS} FROM ${FROM} WHERE ${VISIBLE} AND r.id = $4`, [
      ...readerOf(reader),
      id,
    ]);
    return rows[0] ?? null;
  }

  /** Whoever may see it. */
  async read(id: number): Promise<KeptReport | null> {
    const { rows } = await this.db.query<KeptReport>(`SELECT ${COLUMNS} FROM ${FROM} WHERE r.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** As `find`; nobody else changes it until the transaction ends. */
  async lock(id: number, reader: Reader): Promise<KeptReport | null> {
    await this.db.query('SELECT FROM saved_report WHERE id = $1 FOR UPDATE', [id]);
    return this.find(id, reader);
  }

  async countOf(ownerId: number): Promise<number> {
    const { rows } = await this.db.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM saved_report WHERE owner_id = $1',
      [ownerId],
    );
    return rows[0]?.n ?? 0;
  }

  async hasTeam(id: number): Promise<boolean> {
    const { rows } = await this.db.query('SELECT FROM team WHERE id = $1 AND archived_at IS NULL', [id]);
    return rows.length > 0;
  }

  /** Null: this owner has one of that name. */
  async insert(fields: KeptFields, now: number): Promise<number | null> {
    const { rows } = await this.db.query<{ id: number }>(
      `INSERT INTO saved_report (name, owner_id, visibility, private_to, team_id, source, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $7) ON CONFLICT (owner_id, lower(name)) DO NOTHING RETURNING id`,
      [...valuesOf(fields), new Date(now)],
    );
    return rows[0]?.id ?? null;
  }

  /** False: its owner has another of that name. */
  async update(id: number, fields: Omit<KeptFields, 'source'> & { source: unknown }, now: number): Promise<boolean> {
    const { rowCount } = await this.db.query(
      `UPDATE saved_report SET name = $1, owner_id = $2, visibility = $3, private_to = $4, team_id = $5,
              source = $6::jsonb, updated_at = $7
       WHERE id = $8 AND NOT EXISTS (SELECT FROM saved_report o
         WHERE o.owner_id = $2 AND lower(o.name) = lower($1) AND o.id <> $8)`,
      [...valuesOf(fields), new Date(now), id],
    );
    return rowCount === 1;
  }

  async remove(id: number): Promise<void> {
    await this.db.query('DELETE FROM saved_report WHERE id = $1', [id]);
  }
}

function valuesOf(fields: Omit<KeptFields, 'source'> & { source: unknown }): unknown[] {
  const { name, ownerId, visibility, teamId, source } = fields;
  return [name, ownerId, visibility, visibility === 'private' ? ownerId : null, teamId, JSON.stringify(source)];
}
