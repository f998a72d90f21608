/** Paired screens and pairings under way. */
import type { Pool, PoolClient } from 'pg';
import { isoOf } from '../../platform/index.js';
import type { ScreenView } from '../../shared/boards.js';

type Queryable = Pick<Pool | PoolClient, 'query'>;

export interface PairingRow {
  screenId: number | null;
  /** Epoch ms. */
  expiresAt: number;
}

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

export class ScreenRepository {
  constructor(private readonly db: Queryable) {}

  /** Adds a pairing under a code nobody else shows; false when this one is taken. */
  async addPairing(secretHash: Buffer, code: string, expiresAt: number): Promise<boolean> {
    const { rowCount } = await this.db.query(
      `INSERT INTO screen_pairing (secret_hash, code, expires_at) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING`,
      [secretHash, code, new Date(expiresAt)],
    );
    return rowCount === 1;
  }

  /** Removes what is over; returns how many wait. */
  async openPairings(now: number): Promise<number> {
    await this.db.query('DELETE FROM screen_pairing WHERE expires_at <= $1', [new Date(now)]);
    const { rows } = await this.db.query<{ n: number }>('SELECT count(*)::int AS n FROM screen_pairing');
    return rows[0]?.n ?? 0;
  }

  async findPairing(secretHash: Buffer, now: number): Promise<PairingRow | null> {
    const { rows } = await this.db.query<PairingRow>(
      `SELECT screen_id AS "screenId", ${MS('expires_at')} AS "expiresAt" FROM screen_pairing
       WHERE secret_hash = $1 AND expires_at > $2 FOR UPDATE`,
      [secretHash, new Date(now)],
    );
    return rows[0] ?? null;
  }

  async removePairing(secretHash: Buffer): Promise<void> {
    await this.db.query('DELETE FROM screen_pairing WHERE secret_hash = $1', [secretHash]);
  }

  /** Uses a code up; returns whose pairing it was, or null when nobody shows it. */
  async useCode(code: string, now: number, collectUntil: number): Promise<Buffer | null> {
    const { rows } = await this.db.query<{ secretHash: Buffer }>(
      `UPDATE screen_pairing SET code = NULL, expires_at = $3 WHERE code = $1 AND expires_at > $2
       RETURNING secret_hash AS "secretHash"`,
      [code, new Date(now), new Date(collectUntil)],
    );
    return rows[0]?.secretHash ?? null;
  }

  async bindPairing(secretHash: Buffer, screenId: number): Promise<void> {
    await this.db.query('UPDATE screen_pairing SET screen_id = $2 WHERE secret_hash = $1', [secretHash, screenId]);
  }

  /** Null = there is no such board. */
  async add(name: string, boardId: string, now: number): Promise<number | null> {
    const { rows } = await this.db.query<{ id: number }>(
      `INSERT INTO screen (name, board_id, paired_at) SELECT $1, id, $3 FROM board WHERE id = $2 RETURNING id`,
      [name, boardId, new Date(now)],
    );
    return rows[0]?.id ?? null;
  }

  /** A new token for a TV that has not used one yet; null when it has. */
  async setToken(id: number, tokenHash: Buffer): Promise<{ id: number; name: string; boardId: string } | null> {
    const { rows } = await this.db.query<{ id: number; name: string; boardId: string }>(
      `UPDATE screen SET token_hash = $2 WHERE id = $1 AND last_seen_at IS NULL
       RETURNING id, name, board_id AS "boardId"`,
      [id, tokenHash],
    );
    return rows[0] ?? null;
  }

  async findByToken(tokenHash: Buffer): Promise<{ id: number; name: string; boardId: string } | null> {
    const { rows } = await this.db.query<{ id: number; name: string; boardId: string }>(
      'SELECT id, name, board_id AS "boardId" FROM screen WHERE token_hash = $1',
      [tokenHash],
    );
    return rows[0] ?? null;
  }

  /** Of these screens, those that still are paired, with their boards. */
  async boardsOf(ids: readonly number[]): Promise<Map<number, string>> {
    const { rows } = await this.db.query<{ id: number; boardId: string }>(
      'SELECT id, board_id AS "boardId" FROM screen WHERE id = ANY($1::integer[])',
      [ids],
    );
    return new Map(rows.map(({ id, boardId }) => [id, boardId]));
  }

  async list(now: number, id: number | null = null): Promise<ScreenView[]> {
    const { rows } = await this.db.query<
      Omit<ScreenView, 'pairedAt' | 'lastSeenAt'> & { pairedAt: number; lastSeenAt: number | null }
    >(
      `SELECT s.id, s.name, s.board_id AS "boardId", b.name AS "boardName",
              ${MS('s.paired_at')} AS "pairedAt", ${MS('s.last_seen_at')} AS "lastSeenAt",
              coalesce(s.online_until > $1, false) AS connected
       FROM screen s JOIN board b ON b.id = s.board_id
       WHERE $2::integer IS NULL OR s.id = $2
       ORDER BY lower(s.name), s.id`,
      [new Date(now), id],
    );
    return rows.map((row) => ({
      ...row,
      pairedAt: isoOf(row.pairedAt),
      lastSeenAt: row.lastSeenAt === null ? null : isoOf(row.lastSeenAt),
    }));
  }

  /** For a change of it: the row as it is, locked. */
  async lock(id: number): Promise<{ name: string; boardId: string } | null> {
    const { rows } = await this.db.query<{ name: string; boardId: string }>(
      'SELECT name, board_id AS "boardId" FROM screen WHERE id = $1 FOR UPDATE',
      [id],
    );
    return rows[0] ?? null;
  }

  /** False = there is no such board. */
  async change(id: number, { name, boardId }: { name: string; boardId: string }): Promise<boolean> {
    const { rowCount } = await this.db.query(
      'UPDATE screen SET name = $2, board_id = b.id FROM board b WHERE screen.id = $1 AND b.id = $3',
      [id, name, boardId],
    );
    return rowCount === 1;
  }

  async remove(id: number): Promise<void> {
    await this.db.query('DELETE FROM screen WHERE id = $1', [id]);
  }

  /** Notes that these screens show their boards through `process`, until `until` at least. */
  async seen(ids: readonly number[], process: string, now: number, until: number): Promise<void> {
    await this.db.query(
      `UPDATE screen SET last_seen_at = greatest(last_seen_at, $3), online_until = $4, online_process = $2
       WHERE id = ANY($1::integer[])`,
      [ids, process, new Date(now), new Date(until)],
    );
  }

  /** Its last connection to `process` is gone; another process may have it by now. */
  async left(id: number, process: string, now: number): Promise<void> {
    await this.db.query(
      'UPDATE screen SET last_seen_at = $3, online_until = $3 WHERE id = $1 AND online_process = $2',
      [id, process, new Date(now)],
    );
  }

  /** A TV that asks about itself is there, connected or not. */
  async touched(id: number, now: number): Promise<void> {
    await this.db.query('UPDATE screen SET last_seen_at = greatest(last_seen_at, $2) WHERE id = $1', [
      id,
      new Date(now),
    ]);
  }
}
