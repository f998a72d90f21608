/**
 * Closes calls nobody ever ended (kpi.md section 4): after the limit a synthetic `call.stale` event goes into the log
 * like any other, so a rebuild keeps it and a later real end corrects it. Its content depends on the call alone.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock, Logger } from '../../platform/index.js';
import { appendEvents, type LogRow } from '../log/event-log.repository.js';
import { partitionOf } from '../log/stored-event.js';
import { backlogOf } from './fold.repository.js';

/** Longer than Twilio lets a dialled call last (`timeLimit` 14,400 s) by five minutes. */
export const STALE_AFTER_MS = (4 * 60 + 5) * 60_000;
const EVERY_MS = 60_000;
const BATCH_MAX = 500;
/** Events that wait longer than this are a backlog and not the last second's. */
const BACKLOG_MS = 60_000;

export class StaleJob {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
    private readonly logged: () => void,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.run().catch((error: unknown) => this.log.warn({ err: error }, 'Open calls could not be checked'));
    }, EVERY_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Returns how many calls were closed. Uses the index call_open. */
  async run(): Promise<number> {
    const now = this.clock.now();
    // While old events wait for the fold (an import, a rebuild), a call's end may be among them.
    const { oldestReceivedAt } = await backlogOf(this.pool);
    if (oldestReceivedAt !== null && now - oldestReceivedAt > BACKLOG_MS) return 0;
    const { rows } = await this.pool.query<{ key: string; startedAt: number }>(
      `SELECT key, (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt" FROM call
       WHERE ended_at IS NULL AND NOT stale AND started_at < to_timestamp($1::float8 / 1000)
       ORDER BY started_at LIMIT $2`,
      [now - STALE_AFTER_MS, BATCH_MAX],
    );
    const events = rows.map(({ key, startedAt }) => staleEvent(key, startedAt, now));
    events.sort((a, b) => Buffer.compare(a.dedupKey, b.dedupKey));
    const { fresh: added } = await appendEvents(this.pool, events);
    if (added.size > 0) {
      this.log.warn({ calls: added.size }, 'Calls without an end were closed as stale');
      this.logged();
    }
    return added.size;
  }
}

export function staleEvent(key: string, startedAt: number, receivedAt: number): LogRow {
  return {
    dedupKey: createHash('sha256').update(`tallyboard|stale|${key}`).digest(),
    event: {
      provider: 'tallyboard',
      account: 'tallyboard',
      type: 'call.stale',
      legId: key,
      parentLegId: null,
      partition: partitionOf(key),
      occurredAt: startedAt + STALE_AFTER_MS,
      fields: { country: '' },
    },
    receivedAt,
    raw: null,
  };
}
