/**
 * A sign-in under way. What the provider's answer is held against stays in the browser that began it, sealed: no other
 * browser can finish it (login CSRF), and the server keeps nothing of sign-ins that never come back.
 */
import { z } from 'zod';
import type { Keys } from '../../platform/index.js';
import { cookiesOf } from '../cookie.js';

const SECURE_NAME = '__Host-tallyboard-sso';
const PLAIN_NAME = 'tallyboard-sso';
const CONTEXT = 'oidc attempt';
export const ATTEMPT_MS = 10 * 60_000;

const Attempt = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  /** Where to go afterwards: a path of ours. */
  next: z.string(),
  /** Epoch ms. */
  startedAt: z.number(),
});
export type Attempt = z.infer<typeof Attempt>;

type Sealer = Pick<Keys, 'encrypt' | 'decrypt'>;

export function attemptCookie(attempt: Attempt, keys: Sealer, secure: boolean): string {
  const value = keys.encrypt('session', JSON.stringify(attempt), CONTEXT).toString('base64url');
  return serialise(value, secure, ATTEMPT_MS / 1000);
}

/** Headers that make a browser forget the attempt: it is for one answer. */
export function expiredAttemptCookies(): string[] {
  return [serialise('', true, 0), serialise('', false, 0)];
}

/** Null without one, when it was altered, and when it is too old. */
export function readAttempt(
  header: string | undefined,
  keys: Sealer,
  around: { knownSecure: boolean; now: number },
): Attempt | null {
  const cookies = cookiesOf(header);
  const value = cookies.get(SECURE_NAME) ?? (around.knownSecure ? undefined : cookies.get(PLAIN_NAME));
  if (value === undefined) return null;
  try {
    const text = keys.decrypt('session', Buffer.from(value, 'base64url'), CONTEXT).toString('utf8');
    const attempt = Attempt.parse(JSON.parse(text));
    const age = around.now - attempt.startedAt;
    return age >= 0 && age <= ATTEMPT_MS ? attempt : null;
  } catch {
    return null;
  }
}

/** Lax: the provider sends the browser back by a link, and the cookie has to come along. */
function serialise(value: string, secure: boolean, maxAgeSeconds: number): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAgeSeconds}`, ...(secure ? ['Secure'] : [])];
  return [`${secure ? SECURE_NAME : PLAIN_NAME}=${value}`, ...attributes].join('; ');
}

/** `next` only as a path of this site, so that no link can lead elsewhere through a sign-in. */
export function localPath(next: unknown): string {
  if (typeof next !== 'string' || next.length > 2_000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return '/';
  return next.includes('\\') || next.startsWith('/sign-in') || next.startsWith('/api/') ? '/' : next;
}
