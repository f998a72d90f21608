/** The only reader of the browser's clock. Pure except for `browserNow`. */
export function browserNow(): number {
  return Date.now();
}

const SAMPLES = 15;

/**
 * How far the server's clock is ahead of this one, in milliseconds, estimated from the frames it sent.
 * A frame's delay only ever makes `sentAt − receivedAt` smaller, so the largest of the last samples is the best one;
 * a short window lets the estimate follow when either clock is set.
 */
export class ClockOffset {
  private readonly samples: number[] = [];
  private best = 0;

  sample(sentAt: number, receivedAt: number): void {
    this.samples.push(sentAt - receivedAt);
    if (this.samples.length > SAMPLES) this.samples.shift();
    this.best = Math.max(...this.samples);
  }

  get milliseconds(): number {
    return this.best;
  }
}
