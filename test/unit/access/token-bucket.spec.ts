/** Proves: a bucket never allows more than its capacity plus its refill, always opens again, and stays small. */
import fc from 'fast-check';
import { TokenBuckets } from '../../../src/access/token-bucket.js';
import { ManualClock } from '../../../src/platform/index.js';

describe('token buckets', () => {
  it('never allow more than capacity + time ÷ refill, and tell exactly when to come back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { maxLength: 60 }), (pauses) => {
        const clock = new ManualClock(0);
        const buckets = new TokenBuckets(clock, { capacity: 3, refillMs: 1_000 });
        let allowed = 0;
        for (const pause of pauses) {
          clock.advance(pause);
          const waitMs = buckets.take('k');
          if (waitMs === 0) allowed++;
          else expect(waitMs).toBeLessThanOrEqual(1_000);
          expect(allowed).toBeLessThanOrEqual(3 + clock.now() / 1_000);
        }
        const wait = buckets.take('k');
        clock.advance(Math.max(wait, 1));
        if (wait > 0) expect(buckets.take('k')).toBe(0);
      }),
    );
  });

  it('keys do not touch each other, and a token given back is there again', () => {
    const buckets = new TokenBuckets(new ManualClock(0), { capacity: 1, refillMs: 1_000 });
    expect([buckets.take('a'), buckets.take('b'), buckets.take('a')]).toEqual([0, 0, 1_000]);
    buckets.giveBack('a');
    buckets.giveBack('a');
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 1_000]);
  });

  it('forget the keys least recently used', () => {
    const buckets = new TokenBuckets(new ManualClock(0), { capacity: 1, refillMs: 1_000, maxKeys: 2 });
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key);
    // b went, a was used later and stayed.
    expect([buckets.take('a') > 0, buckets.take('b')]).toEqual([true, 0]);
  });
});
