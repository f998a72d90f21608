/** Runs retention once a day, in one process of those that do background work. */
import { type Logger, Rounds } from '../platform/index.js';
import type { RetentionService } from './retention.service.js';

const LOOK_EVERY_MS = 10 * 60_000;

export class RetentionJob {
  private readonly rounds = new Rounds(
    LOOK_EVERY_MS,
    () => this.runIfDue(),
    (error) => this.log.warn({ err: error }, 'Retention could not run and is tried again'),
  );

  constructor(
    private readonly retention: RetentionService,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private async runIfDue(): Promise<void> {
    if (await this.retention.isDue()) await this.retention.run('schedule', true);
  }
}
