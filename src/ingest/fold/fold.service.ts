/**
 * Reads the log and brings facts and sums up to date: up to about 1,000 events, one transaction. The to-do list is the
 * truth; a wake-up only makes it prompt, and a sweep every second makes a lost one harmless.
 *
 * One fold at a time per database (advisory lock): measured, the fold is not what limits a machine, and a single writer
 * of facts cannot deadlock. Order and repetition of events do not matter, so any process may fold any event.
 */
import type { Pool, PoolClient } from 'pg';
import { because } from '../../audit/index.js';
import { type CallChanges, causeOfEvents } from '../../calls/index.js';
import { loadSettings, type SettingsSnapshot, settingsVersion } from '../../organisation/index.js';
import { type Clock, delay, type Logger, type Signals } from '../../platform/index.js';
import { isPassingFault } from '../log/database-fault.js';
import type { RecentEvents } from '../log/recent-events.js';
import { byFamily, type PendingEvent } from '../log/stored-event.js';
import { applyEvents } from './apply-facts.js';
import { deletePending, parkLogged, takePending } from './fold.repository.js';
import { FOLD_LOCK, lockFold } from './fold-lock.js';

const PER_PARTITION = 160;
const SWEEP_MS = 1_000;
const FAULT_PAUSE_MS = 200;
/**
 * An idle fold starts at once. Under load a pass starts at most this often, and less often when passes are large: events
 * of one call then share a pass, and a number is late by no more than this.
 */
const PASS_EVERY_MS = 25;
const LARGE_PASS_EVERY_MS = 250;
const LARGE_PASS_EVENTS = 150;

/** What one pass did. `busy`: another process holds the fold. */
export type Pass = { kind: 'folded'; events: number; more: boolean } | { kind: 'busy' };

export class FoldService {
  private settings: SettingsSnapshot | null = null;
  private dirty = false;
  private looping: Promise<void> | null = null;
  private sweep: NodeJS.Timeout | null = null;
  private stopped = false;
  private upTo: number;
  private idleSince: number | null = null;
  /** A pass failed; whether its commit went through is not known. */
  private uncertain = false;
  private recovered: () => void = () => {};

  constructor(
    private readonly pool: Pool,
    private readonly sums: CallChanges,
    private readonly recent: RecentEvents,
    private readonly signals: Signals,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.upTo = 0;
  }

  /**
   * Called after the first pass that works again: the one that failed may have been committed with its answer lost, and
   * then nobody here was told what changed.
   */
  onRecovered(listener: () => void): void {
    this.recovered = listener;
  }

  start(): void {
    this.sweep = setInterval(() => this.wake(), SWEEP_MS);
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.sweep !== null) clearInterval(this.sweep);
    await this.looping;
  }

  wake(): void {
    this.dirty = true;
    this.idleSince = null;
    if (this.looping === null && !this.stopped) {
      this.looping = this.loop().finally(() => {
        this.looping = null;
        if (this.dirty && !this.stopped) this.wake();
      });
    }
  }

  /** Everything committed to the log before this instant (epoch ms) is folded. Now, while nothing is pending. */
  foldedUpTo(): number {
    return this.idleSince === null ? this.upTo : this.clock.now();
  }

  /** Settings as they are now: loaded again only when somebody changed them, also in another process. */
  async currentSettings(): Promise<SettingsSnapshot> {
    const known = this.settings;
    if (known !== null && known.data.version === (await settingsVersion(this.pool))) return known;
    const loaded = await loadSettings(this.pool);
    // Another reading, begun later, may have ended before.
    if (loaded.data.version >= (this.settings?.data.version ?? 0)) this.settings = loaded;
    return loaded;
  }

  latestSettings(): SettingsSnapshot | null {
    return this.settings;
  }

  private async loop(): Promise<void> {
    while (this.dirty && !this.stopped) {
      this.dirty = false;
      const began = this.clock.now();
      try {
        const pass = await this.pass();
        if (this.uncertain && pass.kind === 'folded') {
          this.uncertain = false;
          this.recovered();
        }
        if (pass.kind === 'busy') {
          await delay(FAULT_PAUSE_MS);
          this.dirty = true;
        } else if (pass.more) {
          this.dirty = true;
        } else {
          this.upTo = began;
          const every = pass.events >= LARGE_PASS_EVENTS ? LARGE_PASS_EVERY_MS : PASS_EVERY_MS;
          // A clock that is set back meanwhile must not hold up the fold.
          if (this.dirty) await delay(Math.min(every, Math.max(0, began + every - this.clock.now())));
        }
      } catch (error) {
        this.uncertain = true;
        this.log[isPassingFault(error) ? 'warn' : 'error']({ err: error }, 'A fold failed and is tried again');
        await delay(FAULT_PAUSE_MS);
        this.dirty = true;
      }
    }
    if (!this.stopped) this.idleSince = this.clock.now();
  }

  /** One transaction. A batch that fails for its content is halved until the event that cannot be folded is alone. */
  async pass(): Promise<Pass> {
    const failed = await this.transaction(async (tx) => {
      if (!(await this.lock(tx))) return { kind: 'busy' } as const;
      const settings = await this.freshSettings(tx);
      const { events, more } = await takePending(tx, PER_PARTITION, this.recent);
      if (events.length === 0) return { kind: 'folded', events: 0, more } as const;
      try {
        return { kind: 'folded', events: events.length, more, ...(await this.apply(tx, events, settings)) } as const;
      } catch (error) {
        if (isPassingFault(error)) throw error;
        return { kind: 'poisoned', events, more, error } as const;
      }
    });
    if (failed.kind !== 'poisoned') return failed;
    this.log.error({ err: failed.error }, 'A batch cannot be folded; looking for the event that stops it');
    await this.isolate(failed.events);
    return { kind: 'folded', events: failed.events.length, more: failed.more };
  }

  private async isolate(events: PendingEvent[]): Promise<void> {
    const half = Math.ceil(events.length / 2);
    for (const part of events.length === 1 ? [events] : [events.slice(0, half), events.slice(half)]) {
      const poisoned = await this.transaction(async (tx) => {
        await lockFold(tx);
        try {
          return { poisoned: false, ...(await this.apply(tx, part, await this.freshSettings(tx))) };
        } catch (error) {
          if (isPassingFault(error)) throw error;
          return { poisoned: true, kind: 'poisoned' };
        }
      });
      if (!poisoned.poisoned) continue;
      const [only] = part;
      if (part.length > 1) await this.isolate(part);
      else if (only !== undefined) {
        await this.transaction(async (tx) => {
          await parkLogged(tx, only, 'fold_failed');
          return {};
        });
      }
    }
  }

  private async apply(
    tx: PoolClient,
    events: PendingEvent[],
    settings: SettingsSnapshot,
  ): Promise<{ afterCommit: () => void }> {
    const cause = causeOfEvents(events, this.clock.now());
    const applied = await because(tx, cause, () => applyEvents(tx, byFamily(events), settings, this.sums));
    await deletePending(tx, events);
    await tx.query(this.signals.statement, this.signals.values('folded'));
    return {
      afterCommit: () => {
        this.settings = applied.settings;
        this.recent.remove(events);
        applied.afterCommit();
      },
    };
  }

  private async freshSettings(tx: PoolClient): Promise<SettingsSnapshot> {
    if (this.settings !== null && this.settings.data.version === (await settingsVersion(tx))) return this.settings;
    // Whoever changed them may have rewritten events as well (an erased agent).
    this.recent.clear();
    return loadSettings(tx);
  }

  private async lock(tx: PoolClient): Promise<boolean> {
    const { rows } = await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [FOLD_LOCK]);
    return rows[0]?.locked === true;
  }

  /** Commits unless `work` reports a poisoned batch; runs `afterCommit` only after a commit. */
  private async transaction<T extends object>(work: (tx: PoolClient) => Promise<T>): Promise<T> {
    const tx = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await tx.query('BEGIN');
      const result = await work(tx);
      const undo = 'kind' in result && result.kind === 'poisoned';
      await tx.query(undo ? 'ROLLBACK' : 'COMMIT');
      if ('afterCommit' in result && typeof result.afterCommit === 'function') result.afterCommit();
      return result;
    } catch (error) {
      await tx.query('ROLLBACK').catch((failed: Error) => {
        broken = failed;
      });
      throw error;
    } finally {
      tx.release(broken);
    }
  }
}
