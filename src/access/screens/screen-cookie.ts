/** The device cookie of a paired TV. Pure. Named like the session cookie: `__Host-` wherever the page came over https. */
import { cookiesOf } from '../cookie.js';

const SECURE_COOKIE = '__Host-tallyboard-screen';
const PLAIN_COOKIE = 'tallyboard-screen';
/** The longest browsers keep a cookie; the TV gets it anew each time its page is loaded. */
const MAX_AGE_SECONDS = 400 * 86_400;

export function serialiseScreenCookie(token: string, secure: boolean): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${MAX_AGE_SECONDS}`];
  return [`${secure ? SECURE_COOKIE : PLAIN_COOKIE}=${token}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}

/** Device token of a Cookie header; on certain https the plain name is ignored, as for sessions. */
export function screenTokenFrom(header: string | undefined, knownSecure: boolean): string | null {
  const cookies = cookiesOf(header);
  const token = cookies.get(SECURE_COOKIE) ?? (knownSecure ? undefined : cookies.get(PLAIN_COOKIE));
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}
