import type { Clock } from '../platform/index.js';

interface Bucket {
  tokens: number;
  /** Epoch ms `tokens` was right at. */
  at: number;
}

/**
 * Token buckets by key, in memory. A key may spend `capacity` at once and then one each `refillMs`; nobody is locked
 * out for good. Holds at most `maxKeys`: the buckets least recently used are dropped first.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: { capacity: number; refillMs: number; maxKeys?: number },
  ) {}

  /** Takes a token: 0 when there was one, else the milliseconds until there will be. */
  take(key: string): number {
    const bucket = this.current(key);
    const waitMs = bucket.tokens >= 1 ? 0 : Math.ceil((1 - bucket.tokens) * this.limit.refillMs);
    if (waitMs === 0) bucket.tokens -= 1;
    // Set again, so that the order of the map is the order of use.
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    this.evict();
    return waitMs;
  }

  /** Gives a token back (the attempt was no failure). */
  giveBack(key: string): void {
    const bucket = this.current(key);
    bucket.tokens = Math.min(this.limit.capacity, bucket.tokens + 1);
    if (this.buckets.has(key)) this.buckets.set(key, bucket);
  }

  private current(key: string): Bucket {
    const now = this.clock.now();
    const known = this.buckets.get(key);
    if (known === undefined) return { tokens: this.limit.capacity, at: now };
    const gained = Math.max(0, now - known.at) / this.limit.refillMs;
    return { tokens: Math.min(this.limit.capacity, known.tokens + gained), at: now };
  }

  private evict(): void {
    const maxKeys = this.limit.maxKeys ?? 10_000;
    while (this.buckets.size > maxKeys) {
      const oldest = this.buckets.keys().next();
      if (oldest.done) return;
      this.buckets.delete(oldest.value);
    }
  }
}
