/** Rows of exports. Whoever runs one holds a lease by the database's clock and gives a sign of life twice a second. */
import type { Pool, PoolClient } from 'pg';
import type { Scope } from '../../shared/access.js';
import type { ExportJob, ExportMaker, Progress, WrittenFile } from './export-job.js';

type Queryable = Pick<Pool | PoolClient, 'query'>;

const LEASE = `interval '15 seconds'`;
const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const COLUMNS = `e.id, json_build_object('kind', e.maker_kind, 'id', e.maker_id) AS maker,
  CASE e.maker_kind WHEN 'user' THEN (SELECT u.name FROM app_user u WHERE u.id = e.maker_id)
    ELSE (SELECT k.name FROM api_key k WHERE k.id = e.maker_id) END AS "makerName",
  e.scope, e.source, e.format, e.language, e.byte_order_mark AS "byteOrderMark", e.full_numbers AS "fullNumbers", e.state,
  e.run, e.rows::float8 AS rows, e.rows_expected::float8 AS "rowsExpected", e.bytes::float8 AS bytes, e.sha256,
  e.file_name AS "fileName", e.failures, e.restarts, e.downloads, ${MS('e.created_at')} AS "createdAt",
  ${MS('e.started_at')} AS "startedAt", ${MS('e.finished_at')} AS "finishedAt", ${MS('e.expires_at')} AS "expiresAt",
  e.error_code AS "errorCode", e.error_params AS "errorParams"`;
const OF_MAKER = 'e.maker_kind = $1 AND e.maker_id IS NOT DISTINCT FROM $2';
/** Erasures commit one after the other, in the order of their ids. */
const ERASURES = 'coalesce((SELECT max(id) FROM erasure), 0)';
/** Somebody was erased since it began to read: said by what was committed, for clocks differ and an erasure takes a while. */
const ERASED = `coalesce(e.erasures_seen, 0) < ${ERASURES}`;

/** At most so many rows in a list. */
export const LIST_MAX = 200;

export type NewExport = Pick<
  ExportJob,
  'id' | 'maker' | 'source' | 'format' | 'language' | 'byteOrderMark' | 'fullNumbers'
> & { scope: Scope; now: number };

export class ExportRepository {
  constructor(private readonly pool: Pool) {}

  /** Null: as many of the maker's wait or run as may. Holds the maker's others off until the end of the transaction. */
  async insert(tx: Queryable, job: NewExport, openMax: number): Promise<ExportJob | null> {
    const { kind, id } = job.maker;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7201))', [`export:${kind}:${id}`]);
    const { rows } = await tx.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM export_job e WHERE ${OF_MAKER} AND e.state IN ('waiting', 'running')`,
      [kind, id],
    );
    if ((rows[0]?.n ?? 0) >= openMax) return null;
    await tx.query(
      `INSERT INTO export_job (id, maker_kind, maker_id, scope, source, format, language, byte_order_mark, full_numbers,
                               created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        job.id,
        kind,
        id,
        JSON.stringify(job.scope),
        JSON.stringify(job.source),
        job.format,
        job.language,
        job.byteOrderMark,
        job.fullNumbers,
        new Date(job.now),
      ],
    );
    return this.find(job.id, tx);
  }

  async find(id: string, on: Queryable = this.pool): Promise<ExportJob | null> {
    const { rows } = await on.query<ExportJob>(`SELECT ${COLUMNS} FROM export_job e WHERE e.id = $1`, [id]);
    return rows[0] ?? null;
  }

  async lock(tx: Queryable, id: string): Promise<ExportJob | null> {
    const { rows } = await tx.query<ExportJob>(`SELECT ${COLUMNS} FROM export_job e WHERE e.id = $1 FOR UPDATE OF e`, [
      id,
    ]);
    return rows[0] ?? null;
  }

  /** Newest first. Null: everybody's. */
  async list(maker: ExportMaker | null): Promise<ExportJob[]> {
    const [where, values] = maker === null ? ['true', []] : [OF_MAKER, [maker.kind, maker.id]];
    const { rows } = await this.pool.query<ExportJob>(
      `SELECT ${COLUMNS} FROM export_job e WHERE ${where} ORDER BY e.created_at DESC, e.id LIMIT ${LIST_MAX}`,
      values,
    );
    return rows;
  }

  // ── running ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What waits for a run, or whose process gave no sign of life; oldest first. */
  async due(limit: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      `SELECT e.id FROM export_job e
       WHERE (e.state = 'waiting' AND coalesce(e.not_before, '-infinity') <= now())
          OR (e.state = 'running' AND e.lease_until < now())
       ORDER BY e.created_at LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes it for a run, or null when another has it. One that had been running is counted as begun again. */
  async claim(id: string, run: string, now: number): Promise<ExportJob | null> {
    const { rowCount } = await this.pool.query(
      `UPDATE export_job SET state = 'running', run = $2, lease_until = now() + ${LEASE}, rows = 0, rows_expected = NULL,
              restarts = restarts + (CASE WHEN state = 'running' OR started_at IS NOT NULL THEN 1 ELSE 0 END),
              started_at = coalesce(started_at, $3), read_from = now(), erasures_seen = ${ERASURES}
       WHERE id = $1 AND ((state = 'waiting' AND coalesce(not_before, '-infinity') <= now())
                          OR (state = 'running' AND lease_until < now() AND NOT cancel_asked))`,
      [id, run, new Date(now)],
    );
    return rowCount === 1 ? this.find(id) : null;
  }

  /** `lost`: it is another's by now. */
  async signOfLife(id: string, run: string, progress: Progress): Promise<'go on' | 'cancelled' | 'lost'> {
    const { rows } = await this.pool.query<{ asked: boolean }>(
      `UPDATE export_job SET lease_until = now() + ${LEASE}, rows = $3, rows_expected = $4
       WHERE id = $1 AND run = $2 AND state = 'running' RETURNING cancel_asked AS asked`,
      [id, run, progress.rows, progress.rowsExpected],
    );
    return rows[0] === undefined ? 'lost' : rows[0].asked ? 'cancelled' : 'go on';
  }

  /** False: it is another's, was cancelled, or somebody was erased meanwhile: the file must not be kept. */
  async finish(
    tx: Queryable,
    id: string,
    run: string,
    file: WrittenFile & { name: string; now: number; expiresAt: number },
  ): Promise<boolean> {
    const { rowCount } = await tx.query(
      `UPDATE export_job e SET state = 'done', rows = $3, rows_expected = $3, bytes = $4, sha256 = $5, file_name = $6, finished_at = $7,
              expires_at = $8, lease_until = NULL
       WHERE e.id = $1 AND e.run = $2 AND e.state = 'running' AND NOT e.cancel_asked AND NOT (${ERASED})`,
      [id, run, file.rows, file.bytes, file.sha256, file.name, new Date(file.now), new Date(file.expiresAt)],
    );
    return rowCount === 1;
  }

  /** Ends a run without a file. `again`: after so many milliseconds somebody begins anew. */
  async give(
    id: string,
    run: string,
    how: { again: number; failed: boolean } | { code: string; params: Record<string, string | number>; now: number },
  ): Promise<void> {
    if ('again' in how) {
      await this.pool.query(
        `UPDATE export_job SET state = 'waiting', run = NULL, lease_until = NULL, failures = failures + $3,
                not_before = now() + $4 * interval '1 millisecond'
         WHERE id = $1 AND run = $2 AND state = 'running' AND NOT cancel_asked`,
        [id, run, how.failed ? 1 : 0, how.again],
      );
      return;
    }
    await this.pool.query(
      `UPDATE export_job SET state = 'failed', run = NULL, lease_until = NULL, error_code = $3, error_params = $4,
              finished_at = $5
       WHERE id = $1 AND run = $2 AND state = 'running' AND NOT cancel_asked`,
      [id, run, how.code, JSON.stringify(how.params), new Date(how.now)],
    );
  }

  // ── cancelling, deleting ────────────────────────────────────────────────────────────────────────────────────────────

  async cancel(tx: Queryable, id: string, now: number): Promise<void> {
    await tx.query(
      `UPDATE export_job SET cancel_asked = true, finished_at = coalesce(finished_at, $2),
              state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END
       WHERE id = $1 AND state IN ('waiting', 'running')`,
      [id, new Date(now)],
    );
  }

  /** A running one that was cancelled has ended, or its process is gone. */
  async endCancelled(): Promise<void> {
    await this.pool.query(
      `UPDATE export_job SET state = 'cancelled', run = NULL, lease_until = NULL
       WHERE state = 'running' AND cancel_asked AND lease_until < now()`,
    );
  }

  async cancelled(id: string, run: string): Promise<void> {
    await this.pool.query(
      `UPDATE export_job SET state = 'cancelled', run = NULL, lease_until = NULL
       WHERE id = $1 AND run = $2 AND state = 'running' AND cancel_asked`,
      [id, run],
    );
  }

  async remove(tx: Queryable, id: string): Promise<void> {
    await tx.query('DELETE FROM export_job WHERE id = $1', [id]);
  }

  /** Those whose time is over, or that may hold somebody who was erased; they have no file from now on. */
  async expire(now: number): Promise<{ id: string; run: string }[]> {
    const { rows } = await this.pool.query<{ id: string; run: string }>(
      `UPDATE export_job e SET state = 'expired',
              error_code = CASE WHEN (${ERASED}) THEN 'export_erased' ELSE 'export_expired' END
       WHERE e.state = 'done' AND (e.expires_at <= $1 OR ${ERASED}) RETURNING e.id, e.run`,
      [new Date(now)],
    );
    return rows;
  }

  /** Rows nobody asks for any more, and links that are over. */
  async forget(before: number, now: number): Promise<void> {
    await this.pool.query(
      `DELETE FROM export_job WHERE state IN ('failed', 'cancelled', 'expired') AND created_at < $1`,
      [new Date(before)],
    );
    await this.pool.query('DELETE FROM export_link WHERE expires_at < $1', [new Date(now)]);
  }

  /** Those of the given runs whose file is there or being written. */
  async withFile(runs: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.pool.query<{ run: string }>(
      `SELECT run FROM export_job WHERE run = ANY($1::uuid[]) AND state IN ('done', 'running')`,
      [runs],
    );
    return new Set(rows.map(({ run }) => run));
  }

  // ── links ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  async insertLink(tx: Queryable, tokenHash: Buffer, id: string, expiresAt: number): Promise<void> {
    await tx.query('INSERT INTO export_link (token_hash, export_id, expires_at) VALUES ($1, $2, $3)', [
      tokenHash,
      id,
      new Date(expiresAt),
    ]);
  }

  async isLinkGood(tokenHash: Buffer, id: string, now: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'SELECT FROM export_link WHERE token_hash = $1 AND export_id = $2 AND used_at IS NULL AND expires_at > $3',
      [tokenHash, id, new Date(now)],
    );
    return rowCount === 1;
  }

  /** Uses a link up; false when it is no link of this export, used, or over. */
  async useLink(tx: Queryable, tokenHash: Buffer, id: string, now: number): Promise<boolean> {
    const { rowCount } = await tx.query(
      `UPDATE export_link SET used_at = $3 WHERE token_hash = $1 AND export_id = $2 AND used_at IS NULL AND expires_at > $3`,
      [tokenHash, id, new Date(now)],
    );
    if (rowCount !== 1) return false;
    await tx.query('UPDATE export_job SET downloads = downloads + 1 WHERE id = $1', [id]);
    return true;
  }

  /** Whether somebody was erased since it was read; the next look deletes it. */
  async mayHoldErased(id: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ erased: boolean }>(
      `SELECT (${ERASED}) AS erased FROM export_job e WHERE e.id = $1`,
      [id],
    );
    return rows[0]?.erased ?? true;
  }
}
