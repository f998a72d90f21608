import type { Logger } from '../logging/index.js';
import { type Backend, postgresBackend, redisBackend } from './backends.js';
import { BullQueue, QUEUE_TIMINGS, type QueueTimings } from './bull-queue.js';
import type { QueueKind, Queues, TaskQueue } from './task-queue.js';

/** How long running tasks have to end when the process stops. */
const CLOSE_WITHIN_MS = 20_000;

export interface QueueSettings {
  /** `off`: everything is left to the sweeps. */
  queue: 'on' | 'off';
  redisUrl: string | null;
  databaseUrl: string;
}

export function queueKind({ queue, redisUrl }: Pick<QueueSettings, 'queue' | 'redisUrl'>): QueueKind {
  if (queue === 'off') return 'off';
  return redisUrl === null ? 'postgres' : 'redis';
}

/** The queues of a process. Nothing is connected before the first use. */
export function createQueues(settings: QueueSettings, log: Logger, timings = QUEUE_TIMINGS): Queues {
  const kind = queueKind(settings);
  return kind === 'off' ? SWITCHED_OFF : new BullQueues(kind, settings, log, timings);
}

const SWITCHED_OFF: Queues = {
  kind: 'off',
  queue: () => ({ add: async () => false, work: () => {} }),
  close: async () => {},
};

class BullQueues implements Queues {
  private readonly queues = new Map<string, BullQueue>();
  private backend: Promise<Backend> | null = null;
  private closing: Promise<void> | null = null;

  constructor(
    readonly kind: 'postgres' | 'redis',
    private readonly settings: QueueSettings,
    private readonly log: Logger,
    private readonly timings: QueueTimings,
  ) {}

  queue(name: string): TaskQueue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    this.backend ??= this.connect();
    const made = new BullQueue(name, this.backend, this.log, this.timings);
    this.queues.set(name, made);
    return made;
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close(CLOSE_WITHIN_MS)));
    const backend = await this.backend?.catch(() => null);
    await backend?.close();
  }

  private connect(): Promise<Backend> {
    const { redisUrl, databaseUrl } = this.settings;
    return redisUrl === null ? postgresBackend(databaseUrl, this.log) : redisBackend(redisUrl, this.log);
  }
}
