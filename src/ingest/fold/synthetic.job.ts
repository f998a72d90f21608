/**
 * What nobody reports becomes an event of its own once its time has passed: it goes into the log like any other, so that a
 * rebuild keeps it. Its content depends on its subject alone, so that finding it again adds nothing.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type Clock, type Logger, Rounds } from '../../platform/index.js';
import { appendEvents, type LogRow } from '../log/event-log.repository.js';
import { partitionOf, type StoredEvent } from '../log/stored-event.js';
import { backlogOf } from './fold.repository.js';

const BATCH_MAX = 500;
/** Events that wait longer than this are a backlog and not the last second's. */
const BACKLOG_MS = 60_000;

export interface SyntheticRules {
  everyMs: number;
  /** While old events wait for the fold (an import, a rebuild), what would make the event wrong may be among them. */
  waitsForBacklog: boolean;
  /** What is logged when a look fails. */
  failure: string;
}

export abstract class SyntheticJob {
  private rounds: Rounds | null = null;
  protected abstract readonly rules: SyntheticRules;

  constructor(
    protected readonly pool: Pool,
    private readonly clock: Clock,
    private readonly logged: () => void,
    protected readonly log: Logger,
  ) {}

  /** Events that are due at `now` (epoch ms), at most `limit`. */
  protected abstract due(now: number, limit: number): Promise<LogRow[]>;

  /** Called with how many were new, when any were. */
  protected added(_count: number): void {}

  start(): void {
    const { everyMs, failure } = this.rules;
    this.rounds ??= new Rounds(
      everyMs,
      () => this.run(),
      (error) => this.log.warn({ err: error }, failure),
    );
    this.rounds.start();
  }

  async stop(): Promise<void> {
    await this.rounds?.stop();
  }

  /** Returns how many events were new. */
  async run(): Promise<number> {
    const now = this.clock.now();
    if (this.rules.waitsForBacklog) {
      const { oldestReceivedAt } = await backlogOf(this.pool);
      if (oldestReceivedAt !== null && now - oldestReceivedAt > BACKLOG_MS) return 0;
    }
    const events = await this.due(now, BATCH_MAX);
    events.sort((a, b) => Buffer.compare(a.dedupKey, b.dedupKey));
    const { fresh } = await appendEvents(this.pool, events);
    if (fresh.size > 0) {
      this.added(fresh.size);
      this.logged();
    }
    return fresh.size;
  }
}

/** @param key tells it from every other synthetic event @param receivedAt epoch ms */
export function syntheticRow(
  key: string,
  event: Omit<StoredEvent, 'parentLegId' | 'partition'>,
  receivedAt: number,
): LogRow {
  return {
    dedupKey: createHash('sha256').update(`tallyboard|${key}`).digest(),
    event: { ...event, parentLegId: null, partition: partitionOf(event.legId) },
    receivedAt,
    raw: null,
  };
}
