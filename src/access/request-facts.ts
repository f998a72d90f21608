import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** What is known of a request before anything in it is trusted. */
export interface RequestFacts {
  headers: IncomingHttpHeaders;
  /** Address of the other end of the connection. */
  remoteAddress: string;
  /** The connection itself is TLS. */
  encrypted: boolean;
}

export interface Surroundings {
  /** Without a trailing slash; null = not set. */
  publicUrl: string | null;
  /** Addresses and ranges whose forwarded headers count. */
  trustedProxies: string[];
}

export type AddressMatcher = (address: string) => boolean;

export function addressMatcher(entries: string[]): AddressMatcher {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/** IPv4 that arrives on an IPv6 socket is written `::ffff:1.2.3.4`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Address of the client: the nearest one in `X-Forwarded-For` that is not a proxy of ours. */
export function clientAddress(request: RequestFacts, isProxy: AddressMatcher): string {
  const hops = (single(request.headers['x-forwarded-for']) ?? '').split(',').map((hop) => plainAddress(hop.trim()));
  let address = plainAddress(request.remoteAddress);
  while (isProxy(address)) {
    const previous = hops.pop();
    if (previous === undefined || isIP(previous) === 0) break;
    address = previous;
  }
  return address;
}

/** Host (with port) the client asked for. */
export function requestedHost(request: RequestFacts, isProxy: AddressMatcher): string {
  const forwarded = isProxy(request.remoteAddress) ? firstOf(single(request.headers['x-forwarded-host'])) : undefined;
  return (forwarded ?? request.headers.host ?? '').toLowerCase();
}

/** True when the client is certainly on https; false when it may or may not be. */
export function isKnownSecure(request: RequestFacts, around: Surroundings, isProxy: AddressMatcher): boolean {
  if (request.encrypted) return true;
  if (isProxy(request.remoteAddress)) {
    const protocol = firstOf(single(request.headers['x-forwarded-proto']));
    if (protocol !== undefined) return protocol.toLowerCase() === 'https';
  }
  if (around.publicUrl === null) return false;
  const url = new URL(around.publicUrl);
  return url.protocol === 'https:' && url.host === requestedHost(request, isProxy);
}

/**
 * Whether the cookie gets `Secure` and the `__Host-` prefix. The browser's own `Origin` says best what it sees; without
 * one, PUBLIC_URL decides. On plain http browsers would drop such a cookie, so there it falls away.
 */
export function wantsSecureCookie(request: RequestFacts, around: Surroundings, isProxy: AddressMatcher): boolean {
  if (isKnownSecure(request, around, isProxy)) return true;
  const origin = request.headers.origin;
  if (origin !== undefined) return origin.startsWith('https://');
  return around.publicUrl?.startsWith('https://') ?? false;
}

/** An absent `Origin` passes (not a browser, or a same-origin GET); a present one must be ours. */
export function isOwnOrigin(request: RequestFacts, around: Surroundings, isProxy: AddressMatcher): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  if (around.publicUrl !== null && origin === new URL(around.publicUrl).origin) return true;
  const host = requestedHost(request, isProxy);
  if (host === '') return false;
  if (sameOrigin(origin, `https://${host}`)) return true;
  // A proxy that ends TLS without saying so looks like plain http; only certain https rules http out.
  return !isKnownSecure(request, around, isProxy) && sameOrigin(origin, `http://${host}`);
}

/** Compared through URL so that default ports agree. */
function sameOrigin(origin: string, expected: string): boolean {
  const parsed = URL.canParse(expected) ? new URL(expected).origin : null;
  return parsed !== null && origin === parsed;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

function firstOf(list: string | undefined): string | undefined {
  return list?.split(',')[0]?.trim() || undefined;
}
