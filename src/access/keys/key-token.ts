/** What an API key looks like. Pure but for the randomness. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { secureBytes, secureToken } from '../../platform/index.js';

const TOKEN = /^(tb_[0-9a-f]{10})_([A-Za-z0-9_-]{43})$/;

export interface KeyToken {
  /** `tb_9f86d081ab`: finds the row, and tells people which key it is. */
  prefix: string;
  /** Prefix and 256 random bits. */
  secret: string;
}

export function newKeyToken(): KeyToken {
  const prefix = `tb_${secureBytes(5).toString('hex')}`;
  return { prefix, secret: `${prefix}_${secureToken(32)}` };
}

/** Null for what is no key of ours. */
export function readKeyToken(text: string): KeyToken | null {
  const prefix = TOKEN.exec(text)?.[1];
  return prefix === undefined ? null : { prefix, secret: text };
}

/** A fast hash is enough: 256 random bits cannot be guessed. */
export function keyHash(secret: string): Buffer {
  return createHash('sha256').update(secret, 'ascii').digest();
}

export function keyMatches(secret: string, hash: Buffer): boolean {
  return timingSafeEqual(keyHash(secret), hash);
}
