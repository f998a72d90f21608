/**
 * Closes a status nobody ended: after the organisation's limit a synthetic event goes into the log like any other, so a
 * rebuild keeps it. Its content depends on the status alone; what is really said later, of before or after, counts.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock, Logger } from '../../platform/index.js';
import { appendEvents, type LogRow } from '../log/event-log.repository.js';
import { partitionOf } from '../log/stored-event.js';
import { backlogOf } from './fold.repository.js';

const EVERY_MS = 60_000;
const BATCH_MAX = 500;
/** Events that wait longer than this are a backlog and not the last second's. */
const BACKLOG_MS = 60_000;

interface OpenStatus {
  stream: string;
  from: number;
  limitMs: number;
  mark: { name?: string; identity?: string; worker?: string; agentId?: number };
}

export class StatusJob {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
    private readonly logged: () => void,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.run().catch((error: unknown) => this.log.warn({ err: error }, 'Open statuses could not be checked'));
    }, EVERY_MS);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Returns how many were closed. Uses the index agent_interval_open. */
  async run(): Promise<number> {
    const now = this.clock.now();
    // While old events wait for the fold (an import, a rebuild), what ended a status may be among them.
    const { oldestReceivedAt } = await backlogOf(this.pool);
    if (oldestReceivedAt !== null && now - oldestReceivedAt > BACKLOG_MS) return 0;
    const { rows } = await this.pool.query<OpenStatus>(
      `SELECT i.stream, (extract(epoch FROM i.from_at) * 1000)::float8 AS "from", o.status_hours * 3600000 AS "limitMs", i.mark
       FROM agent_interval i CROSS JOIN organisation o
       WHERE i.to_at = 'infinity' AND i.state <> 'offline' AND i.mark IS NOT NULL
         AND i.from_at < to_timestamp($1::float8 / 1000) - make_interval(hours => o.status_hours)
       ORDER BY i.from_at LIMIT $2`,
      [now, BATCH_MAX],
    );
    const events = rows.map((status) => statusEnd(status, now));
    events.sort((a, b) => Buffer.compare(a.dedupKey, b.dedupKey));
    const { fresh } = await appendEvents(this.pool, events);
    if (fresh.size > 0) {
      this.log.info({ statuses: fresh.size }, 'Statuses nobody had ended were closed');
      this.logged();
    }
    return fresh.size;
  }
}

function statusEnd({ stream, from, limitMs, mark }: OpenStatus, receivedAt: number): LogRow {
  const at = from + limitMs;
  const { name, identity, worker, agentId } = mark;
  return {
    dedupKey: createHash('sha256').update(`tallyboard|status|${stream}|${at}`).digest(),
    event: {
      provider: 'tallyboard',
      account: 'tallyboard',
      type: 'presence.stale',
      legId: stream,
      parentLegId: null,
      partition: partitionOf(stream),
      occurredAt: at,
      fields: {
        country: '',
        ...(name === undefined ? {} : { agent: name }),
        ...(identity === undefined ? {} : { from: { kind: 'client', identity } }),
        presence: {
          state: 'offline',
          ...(worker === undefined ? {} : { worker }),
          ...(agentId === undefined ? {} : { agentId }),
        },
      },
    },
    receivedAt,
    raw: null,
  };
}
