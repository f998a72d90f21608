/** A queue on BullMQ. Settings and their reasons: docs/exports.md, "The queue". */
import type { Queue, Worker } from 'bullmq';
import { delay, jitter } from '../clock/index.js';
import type { Logger } from '../logging/index.js';
import { type Backend, type BackendConnection, REDIS_PREFIX } from './backends.js';
import type { AddOptions, TaskData, TaskHandler, TaskQueue } from './task-queue.js';

const ATTEMPTS = 5;
const FAILED_KEPT_S = 7 * 86_400;
/** With BullMQ's default of 1 a task fails for good at the second kill. */
const STALLED_MAX = 100;
const READY_WITHIN_MS = 10_000;
const ADD_WITHIN_MS = 2_000;
const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 15_000;

export interface QueueTimings {
  /** A task whose lock was not renewed for so long belongs to a process that died … */
  lockMs: number;
  /** … which is looked for so often: together the longest that such a task waits. */
  stalledLookMs: number;
  /** Before the second attempt; doubled for each further one. */
  firstPauseMs: number;
}
export const QUEUE_TIMINGS: QueueTimings = { lockMs: 15_000, stalledLookMs: 5_000, firstPauseMs: 1_000 };

/** What both kinds of BullMQ's objects can. */
interface Built {
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

export class BullQueue implements TaskQueue {
  private queue: Promise<Queue> | null = null;
  private worker: Worker | null = null;
  private readonly running = new AbortController();
  private starting: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly backend: Promise<Backend>,
    private readonly log: Logger,
    private readonly timings: QueueTimings = QUEUE_TIMINGS,
  ) {
    // Whoever waits for it hears of a failure.
    backend.catch(() => {});
  }

  async add(name: string, data: TaskData, options: AddOptions = {}): Promise<boolean> {
    try {
      return await within(ADD_WITHIN_MS, this.adding(name, data, options));
    } catch (error) {
      this.log.debug({ err: error, queue: this.name }, 'A task could not be added; the sweep finds it');
      return false;
    }
  }

  work(handler: TaskHandler, concurrency: number): void {
    this.starting ??= this.keepTrying(handler, concurrency);
  }

  /** @param withinMs how long what runs may take to end after it was told */
  async close(withinMs: number): Promise<void> {
    this.running.abort(new Error('The process is stopping'));
    await this.starting;
    const { worker } = this;
    if (worker !== null) {
      await within(withinMs, worker.close()).catch(() => within(withinMs, worker.close(true)).catch(() => {}));
    }
    const queue = await this.queue?.catch(() => null);
    await within(withinMs, queue?.close() ?? Promise.resolve()).catch(() => {});
  }

  private async adding(name: string, data: TaskData, { id, delayMs }: AddOptions): Promise<boolean> {
    this.queue ??= this.build(async ({ Queue }, base) => {
      const { connection, factory } = (await this.backend).forAdding();
      const made = new Queue(this.name, { connection, ...base }, factory as undefined);
      return made as unknown as Queue;
    }).catch((error: unknown) => {
      // What was built on a backend that is away would stay dead: the next one builds anew.
      this.queue = null;
      throw error;
    });
    const queue = await this.queue;
    await queue.add(name, data, {
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: this.timings.firstPauseMs, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: { age: FAILED_KEPT_S },
      ...(id === undefined ? {} : { deduplication: { id } }),
      ...(delayMs === undefined ? {} : { delay: delayMs }),
    });
    return true;
  }

  private async keepTrying(handler: TaskHandler, concurrency: number): Promise<void> {
    const { signal } = this.running;
    for (let pauseMs = RETRY_FIRST_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS)) {
      try {
        this.worker = await this.build(async ({ Worker }, base) => this.makeWorker(Worker, base, handler, concurrency));
        return;
      } catch (error) {
        this.log.warn({ err: error, queue: this.name }, 'The queue cannot be reached; tried again, sweeps go on');
      }
      await delay(pauseMs * (0.5 + jitter()), { signal, keepAlive: false }).catch(() => {});
    }
  }

  private async makeWorker(
    WorkerClass: typeof Worker,
    base: { prefix: string },
    handler: TaskHandler,
    concurrency: number,
  ): Promise<Worker> {
    const { connection, factory }: BackendConnection = (await this.backend).forWorking();
    const { signal } = this.running;
    const worker = new WorkerClass(
      this.name,
      ({ name, data, attemptsMade }) => handler({ name, data: data as TaskData, attempt: attemptsMade + 1, signal }),
      {
        connection,
        ...base,
        concurrency,
        lockDuration: this.timings.lockMs,
        stalledInterval: this.timings.stalledLookMs,
        maxStalledCount: STALLED_MAX,
      },
      factory as undefined,
    );
    worker.on('stalled', (id) => this.log.warn({ queue: this.name, id }, 'A task of a process that died is run again'));
    return worker as unknown as Worker;
  }

  /** Probes, builds, waits until it is ready; what is not is thrown away. */
  private async build<T extends Built>(
    make: (bull: typeof import('bullmq'), base: { prefix: string }) => Promise<T>,
  ): Promise<T> {
    const backend = await this.backend;
    await within(READY_WITHIN_MS, backend.probe());
    const made = await make(await import('bullmq'), { prefix: REDIS_PREFIX });
    made.on('error', (error: Error) => this.log.debug({ err: error, queue: this.name }, 'The queue had a failure'));
    try {
      await within(READY_WITHIN_MS, made.waitUntilReady());
      return made;
    } catch (error) {
      await within(READY_WITHIN_MS, made.close()).catch(() => {});
      throw error;
    }
  }
}

/** Rejects when `work` takes longer; `work` itself goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = delay(ms, { signal: over.signal, keepAlive: false }).then(
    () => {
      throw new Error(`Nothing came within ${ms} ms`);
    },
    () => new Promise<never>(() => {}),
  );
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
