/**
 * Events that could not be used: listed with the reason, replayable once the reason is gone (a newer translator, a fixed
 * setting). A replay goes the way of a new request; the parked row stays, marked.
 */
import type { Pool } from 'pg';
import { AppError, type Clock, isoOf, type RawKeys } from '../../platform/index.js';
import type { ParkedPage } from '../../shared/api.js';
import { dayOf, type LogWriter } from '../log/log-writer.js';
import { unpackRaw } from '../log/raw-record.js';
import type { RawRequest, Translators } from '../translators.port.js';
import { parkReason } from './park-reasons.js';
import { previewOf } from './preview.js';

interface ParkedRow {
  id: string;
  event_id: string | null;
  provider: string;
  kind: string;
  reason: string;
  received: number;
  body: Buffer;
}

const COLUMNS = `id::text AS id, event_id::text AS event_id, provider, kind, reason,
  (extract(epoch FROM received_at) * 1000)::float8 AS received, body`;

export interface ReplayResult {
  replayed: number;
  stillParked: number;
}

export class ParkedService {
  constructor(
    private readonly pool: Pool,
    private readonly writer: LogWriter,
    private readonly rawKeys: RawKeys,
    private readonly translators: Translators,
    private readonly country: string,
    private readonly clock: Clock,
    private readonly logged: () => void,
  ) {}

  /** Oldest first by id; `cursor` is the last id seen. */
  async list(limit: number, cursor: string | null): Promise<ParkedPage> {
    const { rows } = await this.pool.query<ParkedRow>(
      `SELECT ${COLUMNS} FROM parked_event WHERE replayed_at IS NULL AND id > $1::bigint ORDER BY parked_event.id LIMIT $2`,
      [cursor ?? '0', limit + 1],
    );
    const page = rows.slice(0, limit);
    const parked = await Promise.all(
      page.map(async (row) => ({
        id: row.id,
        provider: row.provider,
        kind: row.kind,
        reason: row.reason,
        message: parkReason(row.reason),
        receivedAt: isoOf(row.received),
        preview: previewOf(await this.open(row)),
      })),
    );
    return { parked, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  async count(): Promise<number> {
    const { rows } = await this.pool.query<{ n: string }>(
      'SELECT count(*) AS n FROM parked_event WHERE replayed_at IS NULL',
    );
    return Number(rows[0]?.n ?? 0);
  }

  async replayOne(id: string): Promise<ReplayResult> {
    const { rows } = await this.pool.query<ParkedRow>(
      `SELECT ${COLUMNS} FROM parked_event WHERE replayed_at IS NULL AND id = $1::bigint`,
      [id],
    );
    if (rows.length === 0) throw new AppError('not_found');
    return this.replay(rows);
  }

  async replayAll(): Promise<ReplayResult> {
    const total: ReplayResult = { replayed: 0, stillParked: 0 };
    for (let last = '0'; ; ) {
      const { rows } = await this.pool.query<ParkedRow>(
        `SELECT ${COLUMNS} FROM parked_event WHERE replayed_at IS NULL AND id > $1::bigint ORDER BY parked_event.id LIMIT 200`,
        [last],
      );
      if (rows.length === 0) return total;
      const { replayed, stillParked } = await this.replay(rows);
      total.replayed += replayed;
      total.stillParked += stillParked;
      last = rows.at(-1)?.id ?? last;
    }
  }

  private async replay(rows: ParkedRow[]): Promise<ReplayResult> {
    const done: string[] = [];
    let relisted = 0;
    for (const row of rows) {
      // Logged once already: it only has to go back on the fold's list. Marked in the same statement, or a fold that
      // parks it again meanwhile would see its row closed afterwards.
      if (row.event_id !== null) {
        await this.pool.query(
          `WITH listed AS (
             INSERT INTO call_event_pending (partition, event_id) SELECT partition, id FROM call_event WHERE id = $1::bigint
             ON CONFLICT DO NOTHING
           )
           UPDATE parked_event SET replayed_at = $3 WHERE id = $2::bigint`,
          [row.event_id, row.id, isoOf(this.clock.now())],
        );
        relisted++;
        continue;
      }
      const opened = await this.open(row);
      if (opened === null) continue;
      // What lay too far ahead is judged by today's clock; everything else keeps its receipt time.
      const raw = row.reason === 'timestamp_future' ? { ...opened, receivedAt: this.clock.now() } : opened;
      const translation = this.translators.translate(raw, this.country);
      if (!translation.ok) continue;
      const [stored] = await this.writer.write([{ raw, translation }]);
      done.push(row.id);
      // Somebody who was erased, or a call that was removed: the body that names them goes too.
      if (stored === 'erased' || stored === 'expired')
        await this.pool.query(`UPDATE parked_event SET body = '' WHERE id = $1`, [row.id]);
    }
    if (done.length > 0) {
      await this.pool.query('UPDATE parked_event SET replayed_at = $2 WHERE id = ANY($1::bigint[])', [
        done,
        isoOf(this.clock.now()),
      ]);
    }
    const replayed = done.length + relisted;
    if (replayed > 0) this.logged();
    return { replayed, stillParked: rows.length - replayed };
  }

  private async open(row: ParkedRow): Promise<RawRequest | null> {
    const key = row.body.length === 0 ? null : await this.rawKeys.forReading(dayOf(row.received));
    if (key === null) return null;
    return {
      provider: row.provider,
      kind: row.kind,
      receivedAt: row.received,
      ...unpackRaw(key.decrypt(row.body)),
    };
  }
}
