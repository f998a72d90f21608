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

export interface ScreenCookie {
  token: string;
  /** It came under the `__Host-` name: renewed, it keeps it, whatever else is known of the connection. */
  secure: boolean;
}

/** Device token of a Cookie header; on certain https the plain name is ignored, as for sessions. */
export function screenCookieFrom(header: string | undefined, knownSecure: boolean): ScreenCookie | null {
  const cookies = cookiesOf(header);
  const bound = cookies.get(SECURE_COOKIE);
  const token = bound ?? (knownSecure ? undefined : cookies.get(PLAIN_COOKIE));
  if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return { token, secure: bound !== undefined };
}
