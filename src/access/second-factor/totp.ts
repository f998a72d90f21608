/**
 * Time-based one-time passwords (RFC 6238 with the values every authenticator app knows: SHA-1, 6 digits, 30 seconds).
 * Pure: the time comes as a parameter, the secret from the caller.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const STEP_MS = 30_000;
export const SECRET_BYTES = 20;
const DIGITS = 6;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The time step an instant (epoch ms) is in. */
export function stepAt(epochMs: number): number {
  return Math.floor(epochMs / STEP_MS);
}

export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step whose code this is, of the present one and its two neighbours (clocks differ); null when none is. */
export function matchingStep(secret: Buffer, code: string, epochMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = stepAt(epochMs);
  let found: number | null = null;
  // All three are computed, so that the time taken tells nothing.
  for (const step of [now - 1, now, now + 1]) {
    if (step >= 0 && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) found = step;
  }
  return found;
}

export function base32(bytes: Buffer): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/** What the QR code says; apps list the entry as "Tallyboard (e-mail)". */
export function otpauthUri(secret: Buffer, email: string): string {
  const label = `${encodeURIComponent('Tallyboard')}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Tallyboard&algorithm=SHA1&digits=6&period=30`;
}
