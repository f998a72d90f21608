/**
 * Background work that somebody waits for: exports, packs. A queue says when to look and tries again; it is never the only
 * place that knows of the work. Whoever adds a task keeps a row of their own, and sweeps those rows: a task that was lost,
 * or a queue that is switched off, costs a moment and nothing else.
 *
 * Promises, on every backend: a task runs at least once while a process works on its queue; a failed one is tried again
 * with growing, jittered pauses; one whose process died is given to another within about 20 s; of one id there is at most
 * one that waits or runs.
 *
 * Not in here: results and progress (they belong into the row), order, priorities, events for a screen (they can be lost).
 */
export type TaskData = Record<string, string | number>;

export interface Task {
  name: string;
  data: TaskData;
  /** 1 for the first. */
  attempt: number;
  /** Aborted when the process is stopping: end soon; the task is then tried again. */
  signal: AbortSignal;
}

/** Resolves when it is done, whatever came of it; what it throws has the task tried again. May run twice at once. */
export type TaskHandler = (task: Task) => Promise<void>;

export interface AddOptions {
  /** While a task of this id waits or runs, no other of it is added. Neither all digits nor with a colon. */
  id?: string;
  /** Not before so many milliseconds. */
  delayMs?: number;
}

export type QueueKind = 'postgres' | 'redis' | 'off';

export interface TaskQueue {
  /** False: the queue is off or cannot be reached, and a sweep has to find the work. Never throws. */
  add(name: string, data: TaskData, options?: AddOptions): Promise<boolean>;
  /** From now on takes tasks, so many at a time; keeps trying while the backend is away. At most once for each queue. */
  work(handler: TaskHandler, concurrency: number): void;
}

export interface Queues {
  readonly kind: QueueKind;
  /** The same object for the same name: letters, digits and dashes. */
  queue(name: string): TaskQueue;
  /** Aborts what runs, waits for it up to 20 s, and lets go of the backend. */
  close(): Promise<void>;
}
