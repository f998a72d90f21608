/** The session cookie. Pure. */
export const SECURE_COOKIE = '__Host-tallyboard';
export const PLAIN_COOKIE = 'tallyboard';

export function serialiseCookie(value: string, options: { secure: boolean; maxAgeSeconds: number }): string {
  const name = options.secure ? SECURE_COOKIE : PLAIN_COOKIE;
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${options.maxAgeSeconds}`];
  return [`${name}=${value}`, ...attributes, ...(options.secure ? ['Secure'] : [])].join('; ');
}

/** Headers that make a browser forget the session under either name. */
export function expiredCookies(): string[] {
  return [true, false].map((secure) => serialiseCookie('', { secure, maxAgeSeconds: 0 }));
}

/**
 * Session id of a Cookie header. On certain https the plain name is ignored: anybody on the network could have set it
 * over http, while a `__Host-` cookie can only come from this host over https.
 */
export function sessionIdFrom(header: string | undefined, knownSecure: boolean): string | null {
  const cookies = cookiesOf(header);
  const id = cookies.get(SECURE_COOKIE) ?? (knownSecure ? undefined : cookies.get(PLAIN_COOKIE));
  return id !== undefined && /^[A-Za-z0-9_-]{43}$/.test(id) ? id : null;
}

/** Cookies by name; of equal names the first counts. */
export function cookiesOf(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    if (!cookies.has(name)) cookies.set(name, part.slice(equals + 1).trim());
  }
  return cookies;
}
