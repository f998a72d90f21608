/**
 * Resolves calls and outcomes again when the settings they were resolved with change: fills the port
 * `AttributionChanged`. Calls first: outcomes of theirs that stand on what changed go with them.
 *
 * The change and as many of its calls as fit into half a second are one transaction, which holds the fold's lock, so
 * that nothing is folded with the old settings in between. The rest is a task in the database that the worker takes up in
 * pieces of the same length, each one transaction that moves the task's cursor with the calls: it can be killed anywhere.
 */
import type { Pool, PoolClient } from 'pg';
import { because, causeOfKept } from '../../audit/index.js';
import type { CallChanges } from '../../calls/index.js';
import {
  type Affected,
  type AttributionChanged,
  loadSettings,
  type Reattributed,
  type SettingsSnapshot,
} from '../../organisation/index.js';
import { delay, inTransaction, type Logger, monotonicMs, Rounds, type Signals } from '../../platform/index.js';
import { queueAffected } from '../../presence/index.js';
import { resolveCallsAgain, resolveOutcomesAgain } from '../fold/apply-facts.js';
import { lockFold } from '../fold/fold-lock.js';
import {
  addTask,
  affectedBetween,
  type Cursor,
  closeTask,
  moveTask,
  openTasks,
  placeOf,
  startOf,
  stretchBehind,
  type WalkedFamily,
} from './resolution.repository.js';

/** How long the fold may be kept waiting; a piece ends with the batch it is in. */
const PIECE_MS = 300;
/** Calls looked at with one statement, and calls resolved with one. */
const STRETCH = 5_000;
const BATCH = 250;
/** Longer than the fold waits before it tries its lock again, so that it gets its turn between two pieces. */
const PAUSE_MS = 250;
const LOOK_EVERY_MS = 2_000;

const FAMILIES: readonly WalkedFamily[] = ['call', 'outcome'];

/** Neither calls nor agent states stand on what outcomes say or on where they look. */
function onlyOutcomes({ dispositions, windows }: Affected): boolean {
  return dispositions !== undefined || windows !== undefined;
}

/** Names in other systems are named by no call. */
function concernsCalls(affected: Affected): boolean {
  const { agents, addresses } = affected;
  if (onlyOutcomes(affected)) return false;
  if (addresses === undefined || (agents?.length ?? 0) > 0) return true;
  return addresses.some(({ scheme }) => scheme === 'identity' || scheme === 'tel');
}

interface Walk {
  family: WalkedFamily;
  affected: Affected;
}

interface Progress {
  settings: SettingsSnapshot;
  calls: number;
  changed: boolean;
  afterCommit: (() => void)[];
}

export class Reattribution implements AttributionChanged {
  private readonly rounds = new Rounds(
    LOOK_EVERY_MS,
    () => this.workOff(),
    (error) => this.log.warn({ err: error }, 'Calls could not be resolved again yet; trying again'),
  );
  private moved: () => void = () => {};

  constructor(
    private readonly pool: Pool,
    private readonly sums: CallChanges,
    private readonly signals: Pick<Signals, 'statement' | 'values'>,
    private readonly log: Logger,
    /** How long a piece may take; tests make it short. */
    private readonly pieceMs = PIECE_MS,
  ) {}

  lock(tx: PoolClient): Promise<void> {
    return lockFold(tx);
  }

  async apply(tx: PoolClient, affected: readonly Affected[]): Promise<Reattributed> {
    const until = monotonicMs() + this.pieceMs;
    const progress: Progress = { settings: await loadSettings(tx), calls: 0, changed: false, afterCommit: [] };
    let done = true;
    for (const part of affected) {
      if (!onlyOutcomes(part)) await queueAffected(tx, part);
      for (const family of FAMILIES) {
        if (family === 'call' && !concernsCalls(part)) continue;
        const left = await this.advance(
          tx,
          { family, affected: part },
          await startOf(tx, family, part),
          until,
          progress,
        );
        if (left === null) continue;
        await addTask(tx, family, part, left);
        done = false;
      }
    }
    return { recount: { calls: progress.calls, done }, afterCommit: () => this.committed(progress) };
  }

  merge(tx: PoolClient, from: number, into: number): Promise<() => void> {
    return this.sums.moveRemoved(tx, from, into);
  }

  async waiting(db: Pick<PoolClient, 'query'>): Promise<{ tasks: number; since: number | null }> {
    const { rows } = await db.query<{ tasks: number; since: number | null }>(
      `SELECT count(*)::integer AS tasks, (extract(epoch FROM min(created_at)) * 1000)::float8 AS since FROM resolution_task`,
    );
    return rows[0] ?? { tasks: 0, since: null };
  }

  /** Called in this process after calls were moved by the worker. */
  onMoved(listener: () => void): void {
    this.moved = listener;
  }

  start(): void {
    this.rounds.start();
    this.rounds.wake();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private async workOff(): Promise<void> {
    while (!this.rounds.stopped && (await this.piece())) {
      await delay(PAUSE_MS);
    }
  }

  /** One piece of the oldest task; false when there is none left. */
  async piece(): Promise<boolean> {
    // Without the lock first: nearly always there is nothing to do.
    if ((await openTasks(this.pool)).length === 0) return false;
    const progress = await inTransaction(this.pool, async (tx) => {
      await lockFold(tx);
      const [task] = await openTasks(tx);
      if (task === undefined) return null;
      const state: Progress = { settings: await loadSettings(tx), calls: 0, changed: false, afterCommit: [] };
      const left = await because(tx, causeOfKept([task.cause]), () =>
        this.advance(tx, task, task.after, monotonicMs() + this.pieceMs, state),
      );
      if (left === null) await closeTask(tx, task.id);
      else await moveTask(tx, task.id, left);
      await tx.query(this.signals.statement, this.signals.values('folded'));
      return state;
    });
    if (progress !== null) this.committed(progress);
    return progress !== null;
  }

  /** Goes on until the time is up; returns where, or null at the end. Always makes some progress. */
  private async advance(
    tx: PoolClient,
    { family, affected }: Walk,
    start: Cursor,
    until: number,
    progress: Progress,
  ): Promise<Cursor | null> {
    let after = start;
    do {
      const stretch = await stretchBehind(tx, family, after, STRETCH);
      if (stretch === null) return null;
      const keys = await affectedBetween(tx, family, affected, after, stretch.end);
      for (let at = 0; at < keys.length; at += BATCH) {
        const batch = keys.slice(at, at + BATCH);
        const last = batch.at(-1);
        // Looked at before: being resolved never moves one, and a call may become part of another.
        const place = last === undefined ? null : await placeOf(tx, family, last);
        await this.resolve(tx, family, batch, progress);
        if (monotonicMs() >= until && at + BATCH < keys.length && place !== null) return place;
      }
      if (stretch.last) return null;
      after = stretch.end;
    } while (monotonicMs() < until);
    return after;
  }

  private async resolve(tx: PoolClient, family: WalkedFamily, keys: string[], progress: Progress): Promise<void> {
    const again = family === 'call' ? resolveCallsAgain : resolveOutcomesAgain;
    const applied = await again(tx, keys, progress.settings, this.sums);
    progress.settings = applied.settings;
    progress.calls += applied.calls;
    progress.changed ||= applied.changed;
    progress.afterCommit.push(applied.afterCommit);
  }

  private committed(progress: Progress): void {
    for (const tell of progress.afterCommit) tell();
    if (progress.changed) this.moved();
    // What is left over is the worker's; in a process of both roles it need not wait for its next look.
    if (this.rounds.started) this.rounds.wake();
  }
}
