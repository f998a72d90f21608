import { isIPv6 } from 'node:net';
import type { Clock } from '../platform/index.js';
import { TokenBuckets } from './token-bucket.js';

/**
 * Slows guessing without locking anybody out. Three limits, narrowest first: one user from one address, one address,
 * one user from everywhere. The last refills faster than a single address can spend, so one attacker cannot keep the
 * real user from signing in elsewhere.
 */
export class LoginThrottle {
  private readonly pairs: TokenBuckets;
  private readonly addresses: TokenBuckets;
  private readonly users: TokenBuckets;

  constructor(clock: Clock) {
    this.pairs = new TokenBuckets(clock, { capacity: 5, refillMs: 30_000 });
    this.addresses = new TokenBuckets(clock, { capacity: 20, refillMs: 10_000 });
    this.users = new TokenBuckets(clock, { capacity: 100, refillMs: 3_000 });
  }

  /** Counts an attempt before it is checked: 0, or the seconds to wait. */
  attempt(user: string, address: string): number {
    const { pair, network } = keysOf(user, address);
    // The address comes first: what it refuses makes no buckets for the users it names.
    const waits = [() => this.addresses.take(network), () => this.pairs.take(pair), () => this.users.take(user)];
    for (const wait of waits) {
      const waitMs = wait();
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
    }
    return 0;
  }

  succeeded(user: string, address: string): void {
    const { pair, network } = keysOf(user, address);
    this.addresses.giveBack(network);
    this.pairs.giveBack(pair);
    this.users.giveBack(user);
  }
}

function keysOf(user: string, address: string): { pair: string; network: string } {
  const network = networkOf(address);
  return { pair: `${network} ${user}`, network };
}

/** A single subscriber holds a whole IPv6 /64. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
