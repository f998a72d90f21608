/** Runs retention once a day, in one process of those that do background work. */
import type { Logger } from '../platform/index.js';
import type { RetentionService } from './retention.service.js';

const LOOK_EVERY_MS = 10 * 60_000;

export class RetentionJob {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly retention: RetentionService,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.running;
  }

  private look(): void {
    this.running ??= this.runIfDue()
      .catch((error: unknown) => this.log.warn({ err: error }, 'Retention could not run and is tried again'))
      .finally(() => {
        this.running = null;
      });
  }

  private async runIfDue(): Promise<void> {
    if (await this.retention.isDue()) await this.retention.run('schedule', true);
  }
}
