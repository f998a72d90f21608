/** Deletes files whose time is over or that may hold somebody who was erased, rows nobody asks for, and what crashes left. */
import { type Clock, type Logger, Rounds, type Signals } from '../../platform/index.js';
import type { ExportRepository } from './export.repository.js';
import type { ExportFiles } from './export-files.js';

/** An erasure is a signal too; this finds one whose signal was lost. */
const LOOK_EVERY_MS = 5_000;
const ORPHANS_EVERY = 120;
const FORGET_AFTER_MS = 90 * 86_400_000;

export class ExportKeeper {
  private readonly rounds = new Rounds(
    LOOK_EVERY_MS,
    () => this.tidy(),
    (error) => this.log.warn({ err: error }, 'Exports could not be tidied; tried again'),
  );
  private looks = 0;

  constructor(
    private readonly repository: ExportRepository,
    private readonly files: ExportFiles,
    private readonly signals: Pick<Signals, 'on'>,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.signals.on('erased', () => this.rounds.wake());
    this.rounds.start();
    this.rounds.wake();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private async tidy(): Promise<void> {
    const now = this.clock.now();
    await this.repository.endCancelled();
    for (const { id, run } of await this.repository.expire(now)) await this.files.remove(id, run);
    if (this.looks++ % ORPHANS_EVERY !== 0) return;
    await this.repository.forget(now - FORGET_AFTER_MS, now);
    await this.files.sweep((runs) => this.repository.withFile(runs), now);
  }
}
