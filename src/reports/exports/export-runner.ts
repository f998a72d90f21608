/**
 * Runs exports. The row is the truth: whoever claims it holds a lease of 15 s and gives a sign of life twice a second. The
 * queue says at once that there is work; a look every second finds what it lost, what was left by a process that died, and
 * everything when the queue is off.
 */

import type { Pool } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import { loadZones } from '../../kpi/read/index.js';
import {
  AppError,
  type Clock,
  inTransaction,
  isoOf,
  jitter,
  type Logger,
  Rounds,
  type Task,
  type TaskQueue,
  uuid,
} from '../../platform/index.js';
import { LocalTime } from '../files/local-time.js';
import type { ExportRepository } from './export.repository.js';
import type { ExportFiles } from './export-files.js';
import type { ExportJob, Progress, WrittenFile } from './export-job.js';
import type { ExportWriter } from './export-writer.js';
import { fileNameOf } from './file-name.js';
import type { MakerRights } from './maker-rights.js';

export const EXPORT_QUEUE = 'exports';
/** At once in one process: each may hold a page of rows and a compressor. */
const CONCURRENCY = 2;
const LOOK_EVERY_MS = 1_000;
const SIGN_OF_LIFE_MS = 500;
const FAILURES_MAX = 5;
/** One that was begun so often is what ends its processes, not what happened to be there when they ended. */
const RESTARTS_MAX = 20;
const RETRY_FIRST_MS = 1_000;
const DAY_MS = 86_400_000;

class Cancelled extends Error {}
class Lost extends Error {}
class Stopping extends Error {}

export interface RunnerParts {
  pool: Pool;
  repository: ExportRepository;
  files: ExportFiles;
  writer: ExportWriter;
  rights: MakerRights;
  queue: TaskQueue;
  audit: AuditLog;
  clock: Clock;
  log: Logger;
  keepDays: number;
}

export class ExportRunner {
  private readonly running = new Map<string, AbortController>();
  private readonly ends = new Set<Promise<void>>();
  private readonly rounds = new Rounds(
    LOOK_EVERY_MS,
    () => this.takeDue(),
    (error) => this.parts.log.warn({ err: error }, 'Exports could not be looked at; tried again'),
  );

  constructor(private readonly parts: RunnerParts) {}

  start(): void {
    this.parts.queue.work((task) => this.taken(task), CONCURRENCY);
    this.rounds.start();
  }

  /** Ends what runs; it waits for another run. */
  async stop(): Promise<void> {
    const looked = this.rounds.stop();
    for (const run of this.running.values()) run.abort(new Stopping());
    await looked;
    await Promise.all(this.ends);
  }

  /** At once when it runs in this process; elsewhere its process finds out at its next sign of life. */
  cancel(id: string): void {
    this.running.get(id)?.abort(new Cancelled());
  }

  private async takeDue(): Promise<void> {
    const room = CONCURRENCY - this.running.size;
    if (room <= 0) return;
    for (const id of await this.parts.repository.due(room)) {
      if (!this.running.has(id)) void this.run(id);
    }
  }

  private async taken({ data, signal }: Task): Promise<void> {
    const { id } = data;
    // Without room it stays where it is: the next look takes it.
    if (typeof id !== 'string' || this.running.size >= CONCURRENCY || this.running.has(id)) return;
    const stop = () => this.running.get(id)?.abort(new Stopping());
    signal.addEventListener('abort', stop);
    await this.run(id).finally(() => signal.removeEventListener('abort', stop));
  }

  /** Resolves once it has ended in one way or another, here or elsewhere. */
  private run(id: string): Promise<void> {
    const control = new AbortController();
    if (this.rounds.stopped) return Promise.resolve();
    this.running.set(id, control);
    const end = this.runClaimed(id, control)
      .catch((error: unknown) => this.parts.log.warn({ err: error, export: id }, 'An export is tried again'))
      .finally(() => {
        this.running.delete(id);
        this.ends.delete(end);
      });
    this.ends.add(end);
    return end;
  }

  private async runClaimed(id: string, control: AbortController): Promise<void> {
    const run = uuid();
    const { repository, clock, files } = this.parts;
    const job = await repository.claim(id, run, clock.now());
    if (job === null) return;
    if (job.restarts > 0) this.parts.log.warn({ export: id, restarts: job.restarts }, 'An export begins again');
    try {
      if (job.restarts > RESTARTS_MAX) {
        throw new AppError('export_interrupted', { params: { attempts: job.restarts } });
      }
      await this.make(job, run, control);
    } catch (error) {
      await files.dropPart(id, run).catch(() => {});
      await this.failed(job, run, control.signal.aborted ? control.signal.reason : error);
    }
  }

  private async make(job: ExportJob, run: string, control: AbortController): Promise<void> {
    const { repository, rights, writer, files, clock } = this.parts;
    const { signal } = control;
    const makerName = await rights.require(job);
    const part = await files.begin(job.id, run);
    let progress: Progress = { rows: 0, rowsExpected: null };
    const life = setInterval(() => {
      repository
        .signOfLife(job.id, run, progress)
        .then((told) => {
          if (told === 'cancelled') control.abort(new Cancelled());
          if (told === 'lost') control.abort(new Lost());
        })
        // The database is away for a moment; when it stays away, reading fails too.
        .catch(() => {});
    }, SIGN_OF_LIFE_MS);
    try {
      const { rows, ...written } = await writer.write(job, part, {
        signal,
        makerName,
        now: clock.now(),
        progress: (now) => {
          progress = now;
        },
      });
      signal.throwIfAborted();
      await files.keep(job.id, run);
      const { timeZone } = (await loadZones(this.parts.pool)).at(clock.now());
      const name = fileNameOf({ ...job, ...written, madeAt: stampOf(clock.now(), timeZone) });
      await this.finish(job, run, { rows, bytes: part.bytes, sha256: part.digest(), name });
    } finally {
      clearInterval(life);
      part.destroy();
    }
  }

  private async finish(job: ExportJob, run: string, file: WrittenFile & { name: string }) {
    const { pool, repository, audit, clock, files, keepDays } = this.parts;
    const now = clock.now();
    const kept = await inTransaction(pool, async (tx) => {
      const done = await repository.finish(tx, job.id, run, { ...file, now, expiresAt: now + keepDays * DAY_MS });
      if (!done) return false;
      await audit.record(tx, {
        actor: { ...job.maker, address: null },
        action: 'export.made',
        subject: { kind: 'export', id: job.id },
        outcome: 'done',
        after: { rows: file.rows, bytes: file.bytes, sha256: file.sha256.toString('hex') },
      });
      return true;
    });
    if (kept) return;
    await files.remove(job.id, run);
    // Cancelled at the last moment, or somebody was erased while it was read: then it is read again.
    await repository.cancelled(job.id, run);
    await repository.give(job.id, run, { again: 0, failed: false });
  }

  private async failed(job: ExportJob, run: string, error: unknown): Promise<void> {
    const { repository, clock, log } = this.parts;
    if (error instanceof Lost) return;
    if (error instanceof Cancelled) return repository.cancelled(job.id, run);
    if (error instanceof Stopping) return repository.give(job.id, run, { again: 0, failed: false });
    if (error instanceof AppError && error.status !== 503 && error.code !== 'internal') {
      return repository.give(job.id, run, { code: error.code, params: error.params, now: clock.now() });
    }
    const attempts = job.failures + 1;
    if (attempts >= FAILURES_MAX) {
      log.error({ err: error, export: job.id, attempts }, 'An export failed for good');
      const params = { attempts };
      return repository.give(job.id, run, { code: 'export_interrupted', params, now: clock.now() });
    }
    log.warn({ err: error, export: job.id, attempts }, 'An export failed and is tried again');
    const again = RETRY_FIRST_MS * 2 ** (attempts - 1) * (0.5 + jitter());
    return repository.give(job.id, run, { again, failed: true });
  }
}

/** As the clock of a zone shows it: "20261122-1200". */
function stampOf(now: number, timeZone: string): string {
  return isoOf(new LocalTime(timeZone).localMs(now)).slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
}
