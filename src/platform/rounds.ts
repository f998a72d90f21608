/** Work that is looked for now and then and when somebody asks: one round at a time, and its end waited for. */
export class Rounds {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private ended = false;

  /**
   * @param everyMs between two looks
   * @param round does what there is to do; one that may take long looks at `stopped` now and then
   * @param failed of a round nobody waits for; the next look tries again
   */
  constructor(
    private readonly everyMs: number,
    private readonly round: () => Promise<unknown>,
    private readonly failed: (error: unknown) => void,
  ) {}

  get started(): boolean {
    return this.timer !== null;
  }

  /** Nothing new is begun any more. */
  get stopped(): boolean {
    return this.ended;
  }

  /** The first look is one interval away. Also after `stop`. */
  start(): void {
    this.ended = false;
    this.timer ??= setInterval(() => {
      if (this.running === null) this.wake();
    }, this.everyMs);
  }

  /** Resolves when the round under way is over, however it ends. */
  async stop(): Promise<void> {
    this.ended = true;
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.running?.catch(() => {});
  }

  /** Looks now, or once more after the round under way. */
  wake(): void {
    if (this.running !== null) this.again = true;
    else this.run().catch(this.failed);
  }

  /** Like `wake`, and resolves when it is done; rejects as the round does. */
  run(): Promise<void> {
    if (this.ended) return Promise.resolve();
    if (this.running !== null) {
      this.again = true;
      return this.running;
    }
    this.running = this.rounds();
    return this.running;
  }

  private async rounds(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.begun();
      } while (this.again && !this.ended);
    } finally {
      // In the same step as the last look at `again`: whoever asks later begins a round of their own.
      this.running = null;
    }
  }

  /** One that throws before it waits for anything fails like any other. */
  private async begun(): Promise<void> {
    await this.round();
  }
}
