import { BlockList, isIP } from 'node:net';

/**
 * The exact URL a provider requested, which is what it signed.
 *
 * With a configured public address: that address + the raw request target (a proxy that strips a path prefix is met
 * by a prefix in the address). Without one: the connection's own scheme and Host, or what forwarded headers say when
 * they come from a configured proxy. The target is never decoded, re-encoded or normalised.
 */

export interface TrustedProxies {
  /** True when this peer address is a configured hop. */
  trusts(address: string): boolean;
}

export interface RequestOrigin {
  /** Request target as received: path and query, unchanged (an absolute form is reduced to its path). */
  rawTarget: string;
  /** Address of the connection's other end. */
  peer: string;
  /** True when this connection is TLS. */
  encrypted: boolean;
  /** Lower-case names, as Node gives them. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * @param entries IP addresses and CIDR blocks, IPv4 or IPv6.
 * @throws RangeError naming the entry that is neither.
 */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry.trim());
  return {
    trusts(address) {
      // A link-local peer comes with its interface (`fe80::1%eth0`).
      const plain = unmapped(address.split('%')[0] ?? '');
      const family = isIP(plain);
      return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

/** Null when the request does not say which host it was meant for, or says it in a form no URL can have. */
export function publicUrlOf(request: RequestOrigin, publicUrl: string | null, proxies: TrustedProxies): string | null {
  const target = originForm(request.rawTarget);
  if (target === null) return null;
  if (publicUrl !== null && publicUrl !== '') return publicUrl.replace(/\/+$/, '') + target;
  const own = { proto: request.encrypted ? 'https' : 'http', host: header(request, 'host') };
  const { proto, host } = proxies.trusts(request.peer) ? { ...own, ...forwarded(request, proxies) } : own;
  if (host === undefined || !/^[A-Za-z0-9._~-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/.test(host)) return null;
  if (proto !== 'http' && proto !== 'https') return null;
  return `${proto}://${host}${target}`;
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix, ...more] = entry.split('/');
  const family = isIP(address);
  const bits = prefix === undefined ? null : Number(prefix);
  const valid = bits === null || (/^\d{1,3}$/.test(prefix ?? '') && bits <= (family === 6 ? 128 : 32));
  if (family === 0 || !valid || more.length > 0) {
    throw new RangeError(`"${entry}" is neither an IP address nor a CIDR block such as 10.0.0.0/8`);
  }
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (bits === null) list.addAddress(address, type);
  else list.addSubnet(address, bits, type);
}

function unmapped(address: string): string {
  const match = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return match?.[1] ?? address;
}

function originForm(rawTarget: string): string | null {
  if (rawTarget.startsWith('/')) return rawTarget;
  const absolute = /^https?:\/\/[^/?#]+(\/.*)$/i.exec(rawTarget);
  return absolute?.[1] ?? null;
}

function header(request: RequestOrigin, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

interface Forwarded {
  proto?: string;
  host?: string;
}

/** `Forwarded` (RFC 7239) wins over `X-Forwarded-*`; what neither says stays as the connection has it. */
function forwarded(request: RequestOrigin, proxies: TrustedProxies): Forwarded {
  const standard = header(request, 'forwarded');
  return standard === undefined ? xForwarded(request, proxies) : rfc7239(standard, proxies);
}

/** Each hop appends its element, so the farthest one believed is the first whose predecessor is not a trusted hop. */
function rfc7239(value: string, proxies: TrustedProxies): Forwarded {
  const elements = splitQuoted(value, ',').map(element);
  let index = elements.length - 1;
  while (index > 0 && proxies.trusts(bareAddress(elements[index]?.get('for') ?? ''))) index--;
  const chosen = elements[index];
  return definedOnly({ proto: chosen?.get('proto')?.toLowerCase(), host: chosen?.get('host') });
}

function element(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of splitQuoted(text, ';')) {
    const equals = part.indexOf('=');
    if (equals === -1) continue;
    const raw = part.slice(equals + 1).trim();
    const quoted = /^"(.*)"$/.exec(raw);
    const plain = quoted === null ? raw : (quoted[1] ?? '').replace(/\\(.)/g, '$1');
    pairs.set(part.slice(0, equals).trim().toLowerCase(), plain);
  }
  return pairs;
}

function splitQuoted(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\\' && quoted) i++;
    else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function bareAddress(node: string): string {
  const bracketed = /^\[([^\]]+)\]/.exec(node);
  if (bracketed !== null) return bracketed[1] ?? '';
  return isIP(node) !== 0 ? node : node.replace(/:\d+$/, '');
}

/** Values are matched to hops by their position from the right; a proxy that overwrites leaves a single value. */
function xForwarded(request: RequestOrigin, proxies: TrustedProxies): Forwarded {
  const hops = list(header(request, 'x-forwarded-for'));
  let trusted = 0;
  while (trusted < hops.length && proxies.trusts(bareAddress(hops[hops.length - 1 - trusted] ?? ''))) trusted++;
  const pick = (values: string[]): string | undefined => values[Math.max(0, values.length - 1 - trusted)];
  const proto = pick(list(header(request, 'x-forwarded-proto')))?.toLowerCase();
  return definedOnly({ proto, host: pick(list(header(request, 'x-forwarded-host'))) });
}

function list(value: string | undefined): string[] {
  if (value === undefined || value.trim() === '') return [];
  return value.split(',').map((part) => part.trim());
}

function definedOnly(found: { proto: string | undefined; host: string | undefined }): Forwarded {
  return {
    ...(found.proto === undefined ? {} : { proto: found.proto }),
    ...(found.host === undefined ? {} : { host: found.host }),
  };
}
