/**
 * Files are written in a thread of their own, one for each: the server goes on answering meanwhile, what goes wrong there
 * ends that file only, and its memory goes with it.
 */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { Slots } from './slots.js';
import { THREAD_FILE } from './thread-file.js';
import type { FromThread, Piece, ThreadWork, ToThread } from './thread-work.js';

/** Two exports, a pack that is due, a preview: others wait for one of them. */
const THREADS_MAX = 4;
/** Lists need the same for any length, and with room they would use it. */
const MEMORY_MB = { documents: 1_024, rows: 64 };
const YOUNG_MB = 16;

const slots = new Slots(THREADS_MAX);

/** Writes one file in the thread that was waited for. */
export type WriteAside = (
  work: ThreadWork,
  pieces: AsyncIterator<Piece>,
  out: Writable,
  signal?: AbortSignal,
) => Promise<void>;

/**
 * Waits for a thread before `work` begins: for what should not be held open while others are written, a moment of the
 * database above all. Aborted while it waits, it is not begun.
 */
export function whenThreadIsFree<T>(work: (write: WriteAside) => Promise<T>, signal?: AbortSignal): Promise<T> {
  return slots.with(
    () =>
      work((file, pieces, out, stop) =>
        wholly(pieces, out, () => throughThread({ work: file, memoryMb: MEMORY_MB[file.kind] }, pieces, out, stop)),
      ),
    signal,
  );
}

/**
 * Writes everything and ends `out`. Whatever fails, `pieces`, the thread or `out`, or an aborted `signal`: the thread is
 * ended, `out` destroyed, and that is what it rejects with.
 * @param memoryMb what the thread may fill with objects; with more it is ended
 */
export function writeAside(
  work: ThreadWork,
  pieces: AsyncIterator<Piece>,
  out: Writable,
  signal?: AbortSignal,
  memoryMb = MEMORY_MB[work.kind],
): Promise<void> {
  return wholly(pieces, out, () => slots.with(() => throughThread({ work, memoryMb }, pieces, out, signal), signal));
}

async function wholly(pieces: AsyncIterator<Piece>, out: Writable, work: () => Promise<void>): Promise<void> {
  // What `out` fails with is what this rejects with; unheard it would end the process.
  out.on('error', () => undefined);
  try {
    await work();
  } catch (error) {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    // What stands still at a page of the database is ended by whoever ends that.
    void Promise.resolve(pieces.return?.()).catch(() => undefined);
  }
}

async function throughThread(
  { work, memoryMb }: { work: ThreadWork; memoryMb: number },
  pieces: AsyncIterator<Piece>,
  out: Writable,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  // Nothing of the server's settings is for it to know.
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB };
  const thread = new Worker(THREAD_FILE, { name: 'file', workerData: work, env: {}, resourceLimits });
  let stop = (): void => undefined;
  const gone = finished(out, { readable: false });
  try {
    await new Promise<void>((resolve, reject) => {
      stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop);
      gone.catch(reject);
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`The thread that wrote the file ended with ${code}`)));
      thread.on('message', (said: FromThread) => answer(said, { thread, pieces, out, resolve, reject }));
    });
    out.end();
    await gone;
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

interface Conversation {
  thread: Worker;
  pieces: AsyncIterator<Piece>;
  out: Writable;
  resolve: () => void;
  reject: (error: unknown) => void;
}

function answer(said: FromThread, { thread, pieces, out, resolve, reject }: Conversation): void {
  const say = (what: ToThread): void => thread.postMessage(what);
  switch (said.kind) {
    case 'wants':
      // Also of a piece that cannot be handed to a thread: unheard it would end the process.
      pieces
        .next()
        .then(({ done, value }) => say(done ? { kind: 'end' } : value))
        .catch(reject);
      return;
    case 'bytes':
      // What goes wrong with `out` is heard of at its end.
      out.write(said.bytes, (error) => {
        if (error == null) say({ kind: 'taken' });
      });
      return;
    case 'done':
      resolve();
      return;
    case 'failed':
      reject(Object.assign(new Error(said.message), { name: said.name, stack: said.stack }));
  }
}
