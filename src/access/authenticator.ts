import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../platform/index.js';
import { KEY_SCOPES } from '../shared/keys.js';
import { sessionIdFrom } from './cookie.js';
import type { KeyService } from './keys/key.service.js';
import type { KeyPrincipal, Principal, ScreenPrincipal } from './principal.js';
import {
  type AddressMatcher,
  addressMatcher,
  clientAddress,
  isKnownSecure,
  isOwnOrigin,
  type RequestFacts,
  requestedHost,
} from './request-facts.js';
import type { SessionService } from './session.service.js';

export type AccessConfig = Pick<Config, 'publicUrl' | 'trustedProxies' | 'apiKey'>;

/** Who knows the paired screens. */
export interface ScreenSource {
  /** By the device cookie; null for none, a wrong one or one that was revoked. */
  authenticate(request: RequestFacts): Promise<ScreenPrincipal | null>;
  /** Whether the pairing still holds; an open socket asks about once a minute. */
  isLive(screen: ScreenPrincipal): Promise<boolean>;
}

/**
 * As whom a request wants to be known. A TV's device cookie counts only where a screen is asked for: the browser it
 * runs in may also have a person's session, and is nobody to everything else. `person, key or password`: a key counts also as
 * the password of HTTP Basic, which is all that some programs can send.
 */
export type AskedAs = 'person or key' | 'person, key or password' | 'screen';

/** From headers to a principal: a bearer key, a session cookie or a device cookie, over HTTP and sockets alike. */
export class Authenticator {
  readonly isProxy: AddressMatcher;
  private screens: ScreenSource | null = null;

  constructor(
    private readonly config: AccessConfig,
    private readonly sessions: SessionService,
    private readonly keys: Pick<KeyService, 'authenticate' | 'again' | 'onRevoked'>,
  ) {
    this.isProxy = addressMatcher(config.trustedProxies);
  }

  connectScreens(source: ScreenSource): void {
    this.screens = source;
  }

  /** Null = nobody. A bearer that is wrong is nobody too, whatever cookie comes with it. Throws `rate_limited` for a key. */
  async authenticate(request: RequestFacts, as: AskedAs = 'person or key'): Promise<Principal | null> {
    if (as === 'screen') return this.screens?.authenticate(request) ?? null;
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.fromKey(keyIn(authorization, as));
    const sessionId = this.sessionId(request);
    return sessionId === null ? null : this.sessions.authenticate(sessionId);
  }

  /**
   * For the live gateway, with the headers of the handshake. A cookie counts only from our own origin: browsers send
   * it along with a socket opened by any page.
   */
  async authenticateSocket(
    headers: RequestFacts['headers'],
    connection: Partial<Omit<RequestFacts, 'headers'>> = {},
    as: AskedAs = 'person or key',
  ): Promise<Principal | null> {
    const request = {
      headers,
      remoteAddress: connection.remoteAddress ?? '',
      encrypted: connection.encrypted ?? false,
    };
    return this.isOwnOrigin(request) ? this.authenticate(request, as) : null;
  }

  /** Network address a connection comes from, behind TRUSTED_PROXIES. */
  addressOf(headers: RequestFacts['headers'], connection: Omit<RequestFacts, 'headers'>): string {
    return clientAddress({ headers, ...connection }, this.isProxy);
  }

  /** Notes that a board is open; false when what it was opened with is over. Call it about once a minute. */
  async touchSession(principal: Principal): Promise<boolean> {
    switch (principal.kind) {
      case 'user':
        return this.sessions.touch(principal.session.idHash);
      case 'key':
        return (await this.keys.again(principal)) !== null;
      case 'screen':
        return this.screens?.isLive(principal) ?? false;
    }
  }

  /** What a key that opened a socket may do by now: its teams may have moved. Null: it is over. */
  keyAgain(principal: KeyPrincipal): Promise<KeyPrincipal | null> {
    return this.keys.again(principal);
  }

  /** A revoked key ends the sockets it opened. Other processes find out by touching. */
  onKeyRevoked(listener: (keyId: number) => void): void {
    this.keys.onRevoked(listener);
  }

  /** Signing out, or in again, ends a session: its open screens close at once. Other processes find out by touching. */
  onSessionEnded(listener: (idHash: Buffer) => void): void {
    this.sessions.onEnded(listener);
  }

  sessionId(request: RequestFacts): string | null {
    return sessionIdFrom(request.headers.cookie, isKnownSecure(request, this.config, this.isProxy));
  }

  /** The origin a client reached us by, for addresses in answers: `https://tally.example`. */
  originOf(request: RequestFacts): string {
    const host = requestedHost(request, this.isProxy);
    const { publicUrl } = this.config;
    if (publicUrl !== null && new URL(publicUrl).host === host) return new URL(publicUrl).origin;
    const scheme = isKnownSecure(request, this.config, this.isProxy) ? 'https' : 'http';
    return URL.canParse(`${scheme}://${host}`) ? new URL(`${scheme}://${host}`).origin : `${scheme}://localhost`;
  }

  isOwnOrigin(request: RequestFacts): boolean {
    return isOwnOrigin(request, this.config, this.isProxy);
  }

  private async fromKey(given: string | null): Promise<KeyPrincipal | null> {
    if (given === null) return null;
    const { apiKey } = this.config;
    if (apiKey !== null && equalInConstantTime(given, apiKey)) return bootstrapKey();
    return this.keys.authenticate(given);
  }
}

function keyIn(authorization: string, as: AskedAs): string | null {
  const basic =
    as === 'person, key or password' ? /^Basic +([A-Za-z0-9+/_-]+=*) *$/i.exec(authorization)?.[1] : undefined;
  if (basic === undefined) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? null : text.slice(at + 1);
}

function bootstrapKey(): KeyPrincipal {
  return { kind: 'key', keyId: null, name: 'API_KEY', permissions: new Set(KEY_SCOPES), scope: { kind: 'all' } };
}

function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}
