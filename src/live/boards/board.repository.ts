/** Boards as they are kept, and what of the organisation their rules need. */
import type { Pool, PoolClient } from 'pg';
import { isoOf } from '../../platform/index.js';
import type { BoardDefinition, BoardView } from '../../shared/boards.js';
import type { TrendColours } from '../../shared/organisation.js';
import type { StateThresholds } from '../../shared/presence.js';

type Queryable = Pick<Pool | PoolClient, 'query'>;

/** How the organisation is drawn: read with the boards, whenever either changes. */
export interface Surroundings {
  /** Team → the one above it. */
  parents: Map<number, number | null>;
  trendColours: TrendColours;
  /** Agents who are not to be shown by name. */
  hidden: Set<number>;
  /** Null: those everybody begins with. */
  thresholds: StateThresholds | null;
}

const COLUMNS = `id, revision, name, teams, audience, theme, trend_colours AS "trendColours", names, language,
  rotation_seconds AS "rotationSeconds", celebrate, pages, (extract(epoch FROM updated_at) * 1000)::float8 AS "updatedAt"`;

type Row = Omit<BoardView, 'updatedAt'> & { updatedAt: number };

const viewOf = (row: Row): BoardView => ({ ...row, updatedAt: isoOf(row.updatedAt) });

export class BoardRepository {
  constructor(private readonly db: Queryable) {}

  async all(): Promise<BoardView[]> {
    const { rows } = await this.db.query<Row>(
      `SELECT ${COLUMNS} FROM board ORDER BY (id = 'default') DESC, lower(name), id`,
    );
    return rows.map(viewOf);
  }

  async find(id: string): Promise<BoardView | null> {
    const { rows } = await this.db.query<Row>(`SELECT ${COLUMNS} FROM board WHERE id = $1`, [id]);
    return rows[0] === undefined ? null : viewOf(rows[0]);
  }

  async surroundings(): Promise<Surroundings> {
    const teams = await this.db.query<{ id: number; parent: number | null }>(
      'SELECT id, parent_id AS parent FROM team',
    );
    const organisation = await this.db.query<{ colours: TrendColours; thresholds: StateThresholds | null }>(
      'SELECT trend_colours AS colours, state_thresholds AS thresholds FROM organisation',
    );
    const hidden = await this.db.query<{ id: number }>(`SELECT id FROM agent WHERE display = 'hidden'`);
    return {
      parents: new Map(teams.rows.map(({ id, parent }) => [id, parent])),
      trendColours: organisation.rows[0]?.colours ?? 'green_up',
      thresholds: organisation.rows[0]?.thresholds ?? null,
      hidden: new Set(hidden.rows.map(({ id }) => id)),
    };
  }

  /** The row as it is, locked for a change of it. */
  async lock(id: string): Promise<BoardView | null> {
    const { rows } = await this.db.query<Row>(`SELECT ${COLUMNS} FROM board WHERE id = $1 FOR UPDATE`, [id]);
    return rows[0] === undefined ? null : viewOf(rows[0]);
  }

  async count(): Promise<number> {
    const { rows } = await this.db.query<{ n: number }>('SELECT count(*)::int AS n FROM board');
    return rows[0]?.n ?? 0;
  }

  /** Of these teams, those that do not exist. */
  async unknownTeams(ids: readonly number[]): Promise<number[]> {
    const { rows } = await this.db.query<{ id: number }>(
      'SELECT u.id FROM unnest($1::integer[]) AS u(id) WHERE NOT EXISTS (SELECT FROM team t WHERE t.id = u.id)',
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Null = the id is taken. */
  async insert(id: string, board: BoardDefinition, now: number): Promise<BoardView | null> {
    const { rows } = await this.db.query<Row>(
      `INSERT INTO board (id, name, teams, audience, theme, trend_colours, names, language, rotation_seconds, celebrate, pages, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12) ON CONFLICT (id) DO NOTHING RETURNING ${COLUMNS}`,
      [id, ...valuesOf(board, now)],
    );
    return rows[0] === undefined ? null : viewOf(rows[0]);
  }

  async update(id: string, board: BoardDefinition, now: number): Promise<BoardView | null> {
    const { rows } = await this.db.query<Row>(
      `UPDATE board SET revision = revision + 1, name = $2, teams = $3, audience = $4, theme = $5, trend_colours = $6,
              names = $7, language = $8, rotation_seconds = $9, celebrate = $10::jsonb, pages = $11::jsonb, updated_at = $12
       WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, ...valuesOf(board, now)],
    );
    return rows[0] === undefined ? null : viewOf(rows[0]);
  }

  async remove(id: string): Promise<void> {
    await this.db.query('DELETE FROM board WHERE id = $1', [id]);
  }

  /** Paired screens by board. */
  async screens(): Promise<Map<string, number>> {
    const { rows } = await this.db.query<{ id: string; n: number }>(
      'SELECT board_id AS id, count(*)::int AS n FROM screen GROUP BY board_id',
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  }
}

function valuesOf(board: BoardDefinition, now: number): unknown[] {
  const { name, teams, audience, theme, trendColours, names, language, rotationSeconds, celebrate, pages } = board;
  return [
    name,
    teams,
    audience,
    theme,
    trendColours,
    names,
    language,
    rotationSeconds,
    JSON.stringify(celebrate),
    JSON.stringify(pages),
    new Date(now),
  ];
}
