import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Cryptographically strong; seeded simulations bring their own generator. */
export function secureBytes(count: number): Buffer {
  return randomBytes(count);
}

const POOL_BYTES = 8_192;
let pool = Buffer.alloc(0);
let used = 0;

/** Like `secureBytes`, for many small values: asks the system once for thousands of them. Each byte is given out once. */
export function pooledSecureBytes(count: number): Buffer {
  if (used + count > pool.length) {
    pool = randomBytes(Math.max(POOL_BYTES, count));
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** URL-safe text of `byteCount` random bytes. */
export function secureToken(byteCount = 32): string {
  return randomBytes(byteCount).toString('base64url');
}

export function uuid(): string {
  return randomUUID();
}

/** A password people can read out and type: 20 characters (≈ 98 bits), no look-alikes, in groups of five. */
export function readablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const characters = Array.from({ length: 20 }, () => alphabet.charAt(randomInt(alphabet.length)));
  return (characters.join('').match(/.{5}/g) ?? []).join('-');
}

/** 0 ≤ x < 1, for jitter only. */
export function jitter(): number {
  return Math.random();
}

/** Decimal digits, each equally likely, leading zeros included. */
export function secureDigits(count: number): string {
  return Array.from({ length: count }, () => String(randomInt(10))).join('');
}
