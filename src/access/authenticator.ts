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
 * runs in may also have a person's session, and is nobody to everything else.
 */
export type AskedAs = 'person or key' | 'screen';

/** From headers to a principal: a bearer key, a session cookie or a device cookie, over HTTP and sockets alike. */
export class Authenticator {
  readonly isProxy: AddressMatcher;
  private screens: ScreenSource | null = null;

  constructor(
    private readonly config: AccessConfig,
    private readonly sessions: SessionService,
    private readonly keys: Pick<KeyService, 'authenticate' | 'isLive' | 'onRevoked'>,
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
    if (authorization !== undefined) return this.fromBearer(authorization);
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
        return this.keys.isLive(principal.keyId);
      case 'screen':
        return this.screens?.isLive(principal) ?? false;
    }
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

  isOwnOrigin(request: RequestFacts): boolean {
    return isOwnOrigin(request, this.config, this.isProxy);
  }

  private async fromBearer(authorization: string): Promise<KeyPrincipal | null> {
    const given = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (given === undefined) return null;
    const { apiKey } = this.config;
    if (apiKey !== null && equalInConstantTime(given, apiKey)) return bootstrapKey();
    return this.keys.authenticate(given);
  }
}

function bootstrapKey(): KeyPrincipal {
  return { kind: 'key', keyId: null, name: 'API_KEY', permissions: new Set(KEY_SCOPES), scope: { kind: 'all' } };
}

function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}
