/**
 * Targets for live boards. `load` reads a business day, from then on everything is pure; `onChanged` tells when targets,
 * calendars or people are others, here or in another process, so that whoever holds a day loads it again.
 *
 * What is looked at is one row of versions: at a signal, and every few seconds whatever is watched.
 */
import type { Pool } from 'pg';
import { type Clock, inTransaction, type Logger, READ_SNAPSHOT, type Signals } from '../platform/index.js';
import { currentVersion } from './model/target.repository.js';
import { loadDay } from './pace/load-day.js';
import type { LoadOnly, TargetsOfDay } from './targets-of-day.js';
import type { Zone } from './zone.js';

const LOOK_EVERY_MS = 10_000;
/** People who are seen for the first time change the organisation; a start-up of many is told once. */
const TELL_EVERY_MS = 2_000;

export class TargetBook {
  private readonly listeners = new Set<() => void>();
  private version: string | null = null;
  private timer: NodeJS.Timeout | null = null;
  private pause: NodeJS.Timeout | null = null;
  private again = false;

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** Targets of a business day in a zone. One read of the database; holds nothing of it here. */
  load(date: string, zone: Zone, only?: LoadOnly): Promise<TargetsOfDay> {
    const query = { date, zone, now: this.clock.now(), scopes: only?.scopes ?? null };
    return inTransaction(this.pool, (tx) => loadDay(tx, query), READ_SNAPSHOT);
  }

  onChanged(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(signals: Pick<Signals, 'on'>): void {
    signals.on('targets', () => this.look());
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
    this.look();
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    if (this.pause !== null) clearTimeout(this.pause);
    this.timer = null;
  }

  /** Somebody may have changed something: looks, at most every two seconds. */
  look(): void {
    if (this.pause !== null) {
      this.again = true;
      return;
    }
    this.pause = setTimeout(() => {
      this.pause = null;
      if (this.again) this.look();
    }, TELL_EVERY_MS);
    this.pause.unref();
    this.again = false;
    void this.compare();
  }

  private async compare(): Promise<void> {
    try {
      const version = await currentVersion(this.pool);
      const before = this.version;
      this.version = version;
      if (before !== null && before !== version) for (const listener of this.listeners) listener();
    } catch (error) {
      this.log.warn({ err: error }, 'Whether targets have changed could not be read; looking again');
    }
  }
}
