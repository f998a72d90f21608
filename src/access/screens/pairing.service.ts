/**
 * How a TV gets in without anybody typing on it: it shows six digits, an administrator types them here, and the TV's next
 * poll brings its device token. The token is made at that moment, kept nowhere but in the TV's cookie (here only its
 * sha256), and made anew at every poll until the TV has used one: an answer that was lost costs nothing.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { AppError, type Clock, inTransaction, isoOf, secureDigits, secureToken } from '../../platform/index.js';
import type { PairingStart, PairingState } from '../../shared/boards.js';
import { networkOf } from '../login-throttle.js';
import { TokenBuckets } from '../token-bucket.js';
import { ScreenRepository } from './screen.repository.js';

export const PAIRING_MS = 10 * 60_000;
const POLL_SECONDS = 2;
const CODE_DIGITS = 6;
/** With this many open, hitting any of them by guessing takes thousands of tries, and ten a few minutes are allowed. */
const OPEN_MAX = 200;
const CODE_TRIES = 10;
const BUSY_RETRY_SECONDS = 60;

/** Carries the wait for the header Retry-After. */
export class PairingRefused extends AppError {
  constructor(
    code: 'pairing_throttled' | 'pairing_busy' | 'pairing_code_throttled',
    readonly seconds: number,
  ) {
    super(code, { params: { seconds } });
  }
}

export class PairingService {
  /** A floor of TVs behind one address after a power cut, and one more each quarter of a minute. */
  private readonly starts: TokenBuckets;
  /** Fifty TVs of one address, each every two seconds. */
  private readonly polls: TokenBuckets;

  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {
    this.starts = new TokenBuckets(clock, { capacity: 40, refillMs: 15_000 });
    this.polls = new TokenBuckets(clock, { capacity: 200, refillMs: 40 });
  }

  /** Throws `pairing_throttled` or `pairing_busy`. */
  async start(address: string): Promise<PairingStart> {
    refuseWhile(this.starts.take(networkOf(address)));
    const now = this.clock.now();
    const repository = new ScreenRepository(this.pool);
    if ((await repository.openPairings(now)) >= OPEN_MAX) throw new PairingRefused('pairing_busy', BUSY_RETRY_SECONDS);
    const secret = secureToken(32);
    const expiresAt = now + PAIRING_MS;
    for (let left = CODE_TRIES; left > 0; left--) {
      const code = secureDigits(CODE_DIGITS);
      if (await repository.addPairing(hashOf(secret), code, expiresAt)) {
        return { code, secret, expiresAt: isoOf(expiresAt), pollSeconds: POLL_SECONDS };
      }
    }
    throw new PairingRefused('pairing_busy', POLL_SECONDS);
  }

  /** The state of a pairing and, once it is paired, a token for the cookie. Throws `pairing_over`. */
  poll(secret: string, address: string): Promise<{ state: PairingState; token: string | null }> {
    refuseWhile(this.polls.take(networkOf(address)));
    const now = this.clock.now();
    return inTransaction(this.pool, async (tx) => {
      const repository = new ScreenRepository(tx);
      const pairing = await repository.findPairing(hashOf(secret), now);
      if (pairing === null) throw new AppError('pairing_over');
      if (pairing.screenId === null) {
        return { state: { status: 'waiting', expiresAt: isoOf(pairing.expiresAt) }, token: null };
      }
      const token = secureToken(32);
      const screen = await repository.setToken(pairing.screenId, hashOf(token));
      // The TV has used its token: whoever else asks with this secret is too late.
      if (screen === null) throw new AppError('pairing_over');
      return { state: { status: 'paired', screen }, token };
    });
  }
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

function refuseWhile(waitMs: number): void {
  if (waitMs > 0) throw new PairingRefused('pairing_throttled', Math.ceil(waitMs / 1000));
}
