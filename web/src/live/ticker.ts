/**
 * One timer for everything on the screen that counts seconds. It fires just after each whole second of the server's
 * clock, so all counters step together and with the clock in the corner.
 */
export class Ticker {
  private readonly listeners = new Set<(now: number) => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now epoch ms of the server */
  constructor(private readonly now: () => number) {}

  /** Calls at once, then every second, until the returned function is called. */
  add(listener: (now: number) => void): () => void {
    this.listeners.add(listener);
    listener(this.now());
    if (this.timer === undefined) this.schedule();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  private schedule(): void {
    const now = this.now();
    const untilNextSecond = 1_000 - (((now % 1_000) + 1_000) % 1_000);
    this.timer = setTimeout(() => {
      const at = this.now();
      for (const listener of this.listeners) listener(at);
      if (this.listeners.size > 0) this.schedule();
    }, untilNextSecond + 5);
  }
}
