/**
 * Requests to addresses that people typed. What makes them safe: https; the name is looked up once, every address it has
 * is checked, and the connection is made to one of those and to nothing else; no redirect is followed; the answer is
 * short, soon, and stays here but for its code. Hosts named in OUTBOUND_ALLOW may be http and inside the network.
 */
import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { AppError } from '../errors/index.js';
import { isPublicAddress } from './addresses.js';

const TIMEOUT_MS = 5_000;
const REPLY_MAX_BYTES = 64 * 1024;
const ADDRESS_MAX_LENGTH = 2_000;

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Every address of a host name. */
export type Resolve = (host: string) => Promise<ResolvedAddress[]>;

export interface OutboundReply {
  status: number;
  /** Seconds or a date, as the other side gave it. */
  retryAfter: string | null;
  body: string;
}

export interface OutboundOptions {
  /** `host` or `host:port`, lower case: may be http and inside the network. */
  allow: readonly string[];
  resolve?: Resolve;
  timeoutMs?: number;
}

export class Outbound {
  private readonly allow: ReadonlySet<string>;
  private readonly resolve: Resolve;
  private readonly timeoutMs: number;

  constructor({ allow, resolve, timeoutMs }: OutboundOptions) {
    this.allow = new Set(allow.map((entry) => entry.toLowerCase()));
    this.resolve = resolve ?? ((host) => lookup(host, { all: true, verbatim: true }));
    this.timeoutMs = timeoutMs ?? TIMEOUT_MS;
  }

  /**
   * The address as it will be used, when its form is acceptable; nothing is looked up.
   * Throws `outbound_address_invalid`, `outbound_address_refused`.
   */
  accept(address: string, field?: string): URL {
    const url = address.length > ADDRESS_MAX_LENGTH ? null : URL.parse(address.trim());
    const named = field === undefined ? {} : { field };
    if (url === null || url.username !== '' || url.password !== '' || url.hostname === '') {
      throw new AppError('outbound_address_invalid', named);
    }
    const isAllowed = this.names(url);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed)) {
      throw new AppError('outbound_address_invalid', named);
    }
    const literal = hostOf(url);
    if (!isAllowed && isIP(literal) !== 0 && !isPublicAddress(literal)) {
      throw new AppError('outbound_address_refused', named);
    }
    return url;
  }

  /**
   * Sends a body. An answer that is not 2xx is an answer. Throws what `accept` throws, `outbound_unreachable`,
   * `outbound_timeout`, `outbound_redirected`, `outbound_reply_too_large`.
   * @param withinMs for a body that takes longer than messages do
   */
  async post(
    address: string,
    body: string | Buffer,
    headers: Record<string, string>,
    withinMs = this.timeoutMs,
  ): Promise<OutboundReply> {
    const url = this.accept(address);
    const deadline = AbortSignal.timeout(withinMs);
    try {
      const target = await this.checkedAddress(url, deadline);
      return await this.exchange(url, target, body, headers, deadline);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (deadline.aborted) throw new AppError('outbound_timeout', { params: { seconds: withinMs / 1_000 } });
      throw new AppError('outbound_unreachable', { cause: error, params: { reason: systemCode(error) } });
    }
  }

  /** Whether the host is one of those named in the settings. */
  names(url: URL): boolean {
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return this.allow.has(url.hostname) || this.allow.has(`${url.hostname}:${port}`);
  }

  /** One address of the host, after all of them were found acceptable: a name with one inner address is not sent to. */
  private async checkedAddress(url: URL, deadline: AbortSignal): Promise<ResolvedAddress> {
    const host = hostOf(url);
    const family = isIP(host);
    const found = family === 0 ? await orAborted(this.resolve(host), deadline) : [{ address: host, family }];
    const [first] = found;
    if (first === undefined) throw new AppError('outbound_unreachable', { params: { reason: 'ENOTFOUND' } });
    if (!this.names(url) && !found.every(({ address }) => isPublicAddress(address))) {
      throw new AppError('outbound_address_refused');
    }
    return first;
  }

  private exchange(
    url: URL,
    { address, family }: ResolvedAddress,
    body: string | Buffer,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<OutboundReply> {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(
        url,
        {
          method: 'POST',
          agent: false,
          signal,
          headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Tallyboard' },
          // Whatever the name means by now: the address that was checked is the one that is used.
          lookup: (_host, options, found) =>
            options.all === true ? found(null, [{ address, family }]) : found(null, address, family),
        },
        (reply) => readReply(reply).then(resolve, reject),
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}

async function readReply(reply: IncomingMessage): Promise<OutboundReply> {
  const status = reply.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    reply.destroy();
    throw new AppError('outbound_redirected', { params: { status } });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > REPLY_MAX_BYTES) {
      reply.destroy();
      throw new AppError('outbound_reply_too_large', { params: { limit: REPLY_MAX_BYTES } });
    }
    chunks.push(chunk);
  }
  return { status, retryAfter: reply.headers['retry-after'] ?? null, body: Buffer.concat(chunks).toString('utf8') };
}

/** IPv6 literals stand in brackets in a URL. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** Of a system or TLS error its code, e.g. `ECONNREFUSED`; never its words, which may hold the address. */
function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'ERROR';
}
