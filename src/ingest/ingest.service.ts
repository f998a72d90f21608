/**
 * The way into the log. `accept` resolves only once its request is durable: committed in PostgreSQL, or, while that is
 * away, fdatasynced in the spool (design.md, invariant 1). Requests of the same few milliseconds share one commit.
 *
 * Contract: never rejects for bad content (that is parked); rejects with `unavailable` when neither store can take it,
 * so that the sender retries.
 */
import { OWN_PROVIDER } from '../calls/index.js';
import { AppError, type Clock, delay, type Logger } from '../platform/index.js';
import { isPassingFault } from './log/database-fault.js';
import type { Entry, LogWriter, Stored } from './log/log-writer.js';
import { type Spool, SpoolFullError } from './log/spool.js';
import type { RawRequest, Translation, Translators } from './translators.port.js';

const BATCH_MAX = 400;
const IN_FLIGHT_MAX = 2;
/**
 * With one commit under way the next waits for it, or until there is a whole batch: fewer and larger commits cost less, and
 * two at once mostly wait for each other, because the legs of one call name the same number.
 */
const SECOND_AT = BATCH_MAX;
/** A caller is held this long over a database fault before the spool takes its request (Twilio gives 15 s in all). */
const HOLD_MS = 5_000;
const RETRY_MS = 100;
/** A database that neither answers nor refuses (a hung disk, a frozen machine) counts as away after this long. */
const SILENCE_MS = 8_000;
/** Nobody waits for a drain, but one that never ends would keep the spool full for ever. */
const DRAIN_SILENCE_MS = 30_000;
const DRAIN_EVERY_MS = 1_000;
/** More waiting than this and new requests are told to come back; a few seconds' worth. */
const QUEUE_MAX = 20_000;

interface Waiting extends Entry {
  resolve: (stored: Stored) => void;
  reject: (error: unknown) => void;
}

export interface IngestCounters {
  accepted: number;
  duplicates: number;
  parked: number;
  rejected: number;
  spooled: number;
  /** Of somebody who was erased, from before that: acknowledged and not kept. */
  erased: number;
  /** Of a call that retention has removed: acknowledged and not kept. */
  expired: number;
}

export class IngestService {
  readonly counters: IngestCounters = {
    accepted: 0,
    duplicates: 0,
    parked: 0,
    rejected: 0,
    spooled: 0,
    erased: 0,
    expired: 0,
  };
  private readonly rejections = new Map<string, number>();
  private queue: Waiting[] = [];
  private readonly inFlight = new Set<Waiting[]>();
  private scheduled = false;
  private degraded: boolean;
  private drainTimer: NodeJS.Timeout | null = null;
  private draining: Promise<void> | null = null;
  private listener: () => void = () => {};
  private lastReceived: number | null = null;
  private stopped = false;

  constructor(
    private readonly writer: LogWriter,
    private readonly spool: Spool,
    private readonly translators: Translators,
    private readonly country: string,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.degraded = spool.size > 0;
  }

  /** Called after every commit that added events: the fold's wake-up. */
  onLogged(listener: () => void): void {
    this.listener = listener;
  }

  start(): void {
    if (this.degraded) this.scheduleDrain();
  }

  /** A request that was refused before it reached the log: counted, nothing else. */
  countRejection(code: string): void {
    this.counters.rejected++;
    this.rejections.set(code, (this.rejections.get(code) ?? 0) + 1);
  }

  rejectionsByCode(): Record<string, number> {
    return Object.fromEntries([...this.rejections].sort());
  }

  accept(raw: RawRequest, translation: Translation): Promise<Stored> {
    if (this.stopped || this.queue.length >= QUEUE_MAX) return Promise.reject(new AppError('unavailable'));
    // What people enter says nothing about the phone system being there.
    if (raw.provider !== OWN_PROVIDER) this.lastReceived = raw.receivedAt;
    return new Promise((resolve, reject) => {
      this.queue.push({ raw, translation, resolve, reject });
      this.schedule();
    });
  }

  /** A request of our own (what people enter here), or one that was kept: translated on the way. */
  acceptRaw(raw: RawRequest): Promise<Stored> {
    return this.accept(raw, this.translators.translate(raw, this.country));
  }

  /** Receipt time of the oldest request that is not in the database yet, epoch ms; null when there is none. */
  oldestUnlogged(): number | null {
    let oldest = this.spool.oldest;
    const see = (at: number): void => {
      if (oldest === null || at < oldest) oldest = at;
    };
    const first = this.queue[0];
    if (first !== undefined) see(first.raw.receivedAt);
    for (const batch of this.inFlight) for (const { raw } of batch) see(raw.receivedAt);
    return oldest;
  }

  get lastReceivedAt(): number | null {
    return this.lastReceived;
  }

  get spoolSize(): number {
    return this.spool.size;
  }

  /** Everything taken so far is durable when this resolves; nothing is taken afterwards. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.drainTimer !== null) clearTimeout(this.drainTimer);
    while (this.queue.length > 0 || this.inFlight.size > 0) await delay(5);
    await this.draining;
    await this.spool.close();
  }

  private schedule(): void {
    if (this.scheduled || this.inFlight.size >= IN_FLIGHT_MAX || this.queue.length === 0) return;
    if (this.inFlight.size > 0 && this.queue.length < SECOND_AT) return;
    this.scheduled = true;
    // Everything the event loop has read from its sockets by then goes into one commit.
    setImmediate(() => {
      this.scheduled = false;
      const batch = this.queue.splice(0, BATCH_MAX);
      this.inFlight.add(batch);
      void this.flush(batch).finally(() => {
        this.inFlight.delete(batch);
        this.schedule();
      });
      this.schedule();
    });
  }

  private async flush(batch: Waiting[]): Promise<void> {
    const heldSince = this.clock.now();
    for (;;) {
      if (this.degraded) return this.intoSpool(batch);
      try {
        // A write that is given up may still succeed: the event is then logged twice under one key, which is once.
        this.settle(batch, await withinMs(SILENCE_MS, this.writer.write(batch)));
        return;
      } catch (error) {
        if (!(error instanceof SilentDatabaseError) && !isPassingFault(error)) return this.isolate(batch, error);
        if (error instanceof SilentDatabaseError || this.clock.now() - heldSince > HOLD_MS || this.stopped) {
          this.log.error({ err: error }, 'The database is away; events go to the spool until it is back');
          this.degraded = true;
          this.scheduleDrain();
        } else {
          await delay(RETRY_MS);
        }
      }
    }
  }

  private settle(batch: Waiting[], stored: Stored[]): void {
    let logged = false;
    batch.forEach((entry, i) => {
      const outcome = stored[i] ?? 'duplicate';
      this.count(outcome);
      logged ||= outcome === 'accepted';
      entry.resolve(outcome);
    });
    if (logged) this.listener();
  }

  private count(outcome: Stored): void {
    this.counters[outcome === 'duplicate' ? 'duplicates' : outcome]++;
  }

  /** One request the database refuses must not take others with it: halve until it is alone, then park it. */
  private async isolate(batch: Waiting[], error: unknown): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      if (!only.translation.ok) {
        this.log.error({ err: error }, 'A request can neither be logged nor parked');
        only.reject(new AppError('internal', { cause: error }));
        return;
      }
      this.log.error({ err: error }, 'The database refuses an event; it is parked');
      return this.flush([{ ...only, translation: { ok: false, reason: 'store_refused' } }]);
    }
    const half = Math.ceil(batch.length / 2);
    await this.flush(batch.slice(0, half));
    await this.flush(batch.slice(half));
  }

  private async intoSpool(batch: Waiting[]): Promise<void> {
    try {
      await this.spool.append(batch.map(({ raw }) => raw));
      this.counters.spooled += batch.length;
      for (const entry of batch) entry.resolve('accepted');
      // The drain that let go of the spool may have ended before this batch was in it.
      this.scheduleDrain();
    } catch (error) {
      if (!(error instanceof SpoolFullError)) this.log.error({ err: error }, 'The spool cannot be written');
      for (const entry of batch) entry.reject(new AppError('unavailable', { cause: error }));
    }
  }

  private scheduleDrain(): void {
    if (this.drainTimer !== null || this.draining !== null || this.stopped) return;
    this.drainTimer = setTimeout(() => {
      this.drainTimer = null;
      this.draining = this.drain().finally(() => {
        this.draining = null;
        if (this.degraded || this.spool.size > 0) this.scheduleDrain();
      });
    }, DRAIN_EVERY_MS);
  }

  /** Stores what waits. Once a pass went through, new requests go to the database again and the rest follows. */
  private async drain(): Promise<void> {
    try {
      const store = async (requests: RawRequest[]): Promise<void> => {
        const entries = requests.map((raw) => ({ raw, translation: this.translators.translate(raw, this.country) }));
        const stored = await withinMs(DRAIN_SILENCE_MS, this.writer.write(entries));
        for (const outcome of stored) this.count(outcome);
        this.degraded = false;
        this.listener();
      };
      // Knocks first: while the database is away no segment is closed and none is read.
      if (this.degraded) await store([]);
      const drained = await this.spool.drain(store);
      if (drained > 0) this.log.info({ drained }, 'Events that waited in the spool are in the log');
    } catch (error) {
      const passes = error instanceof SilentDatabaseError || isPassingFault(error);
      if (!passes) this.log.error({ err: error }, 'The spool cannot be drained');
    }
  }
}

class SilentDatabaseError extends Error {}

/** Rejects after `limitMs`; what `work` does later is nobody's concern any more. */
function withinMs<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SilentDatabaseError(`No answer within ${limitMs} ms`)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
