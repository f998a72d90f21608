/**
 * Closes the windows of promised callbacks (kpi.md section 4): once the time around a due time is over, a synthetic
 * `outcome.callback_closed` goes into the log like any other event, so that a callback counts as due from then on, for good
 * and after a rebuild, too. Its content depends on the outcome and the due time alone.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { OUTCOME_PROVIDER } from '../../calls/index.js';
import type { Clock, Logger } from '../../platform/index.js';
import { appendEvents, type LogRow } from '../log/event-log.repository.js';
import { partitionOf } from '../log/stored-event.js';

const EVERY_MS = 15_000;
const BATCH_MAX = 500;

export class CallbackJob {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
    private readonly logged: () => void,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.run().catch((error: unknown) => this.log.warn({ err: error }, 'Promised callbacks could not be checked'));
    }, EVERY_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Returns how many windows were closed. Uses outcome_open_callback. What is known late counts late, never twice. */
  async run(): Promise<number> {
    const now = this.clock.now();
    const { rows } = await this.pool.query<{ id: string; account: string; due: number; until: number }>(
      `SELECT o.id, split_part(o.id, '|', 1) AS account, (extract(epoch FROM o.callback_at) * 1000)::float8 AS due,
         (extract(epoch FROM o.callback_at + w.size) * 1000)::float8 AS until
       FROM outcome o CROSS JOIN (SELECT make_interval(mins => callback_window_minutes) AS size FROM organisation) AS w
       WHERE o.callback_at IS NOT NULL AND NOT o.callback_closed AND NOT o.cancelled
         AND o.callback_at < to_timestamp($1::float8 / 1000) - w.size
       ORDER BY o.callback_at LIMIT $2`,
      [now, BATCH_MAX],
    );
    const events = rows.map(({ id, account, due, until }) => closedEvent({ id, account, due, until }, now));
    events.sort((a, b) => Buffer.compare(a.dedupKey, b.dedupKey));
    const { fresh } = await appendEvents(this.pool, events);
    if (fresh.size > 0) this.logged();
    return fresh.size;
  }
}

/** Instants are epoch ms. */
export function closedEvent(
  callback: { id: string; account: string; due: number; until: number },
  receivedAt: number,
): LogRow {
  const { id, account, due, until } = callback;
  return {
    dedupKey: createHash('sha256').update(`tallyboard|callback|${id}|${due}`).digest(),
    event: {
      provider: OUTCOME_PROVIDER,
      account,
      type: 'outcome.callback_closed',
      legId: id,
      parentLegId: null,
      partition: partitionOf(id),
      occurredAt: until,
      fields: { country: '', outcome: { version: 0, closed: due } },
    },
    receivedAt,
    raw: null,
  };
}
