import { closeAllEmbedded, type Logger, monotonicMs, startedByNpm } from '../platform/index.js';

/** A shutdown that takes longer is cut off; nothing acknowledged depends on it. */
const SHUTDOWN_WITHIN_MS = 25_000;
/** A start that does not notice the wish to stop gets this long. */
const GIVE_UP_START_WITHIN_MS = 8_000;
const PARENT_EVERY_MS = 500;
/** npm passes on a Ctrl-C that the terminal has sent us already: only a later one means "now". */
const IMPATIENT_AFTER_MS = 1_500;

/** The one way out: a signal or a fatal failure closes in order, a second signal or the deadline ends at once. */
export class Shutdown {
  private readonly wish = new AbortController();
  private close: (() => Promise<void>) | undefined;
  private beganMs: number | undefined;

  constructor(private readonly log: Logger) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.onSignal());
    if (startedByNpm()) this.stopWithParent();
    process.on('uncaughtException', (error) => this.onFatal(error));
    process.on('unhandledRejection', (error) => this.onFatal(error));
  }

  /** Aborted when stopping was asked for. */
  get signal(): AbortSignal {
    return this.wish.signal;
  }

  /** From here on stopping means this. */
  closeWith(close: () => Promise<void>): void {
    this.close = close;
    if (this.beganMs !== undefined) void this.finish(process.exitCode === 1 ? 1 : 0);
  }

  /** Ends the process now that nothing is left to serve, closing what a failed start opened. */
  end(exitCode: number): void {
    void this.finish(exitCode);
  }

  /** npm runs us below a shell that dies of a SIGTERM without passing it on: its end is then all we hear of it. */
  private stopWithParent(): void {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      this.onSignal();
    }, PARENT_EVERY_MS);
    watch.unref();
  }

  private onSignal(): void {
    const now = monotonicMs();
    if (this.beganMs === undefined) {
      console.error('Stopping …');
      this.begin(0);
    } else if (now - this.beganMs > IMPATIENT_AFTER_MS) {
      process.exit(130);
    }
  }

  private onFatal(error: unknown): void {
    this.log.fatal({ err: error }, 'Unexpected failure; stopping');
    if (this.beganMs === undefined) this.begin(1);
    else process.exit(1);
  }

  private begin(exitCode: number): void {
    this.beganMs = monotonicMs();
    process.exitCode = exitCode;
    this.wish.abort(new Error('Stopped before the start was complete'));
    setTimeout(() => process.exit(1), SHUTDOWN_WITHIN_MS).unref();
    if (this.close !== undefined) void this.finish(exitCode);
    else setTimeout(() => void this.finish(exitCode), GIVE_UP_START_WITHIN_MS).unref();
  }

  private async finish(exitCode: number): Promise<void> {
    try {
      await this.close?.();
    } catch (error) {
      this.log.error({ err: error }, 'The shutdown was not clean');
      exitCode = 1;
    }
    await closeAllEmbedded();
    process.exit(exitCode);
  }
}
