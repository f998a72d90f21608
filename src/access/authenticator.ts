import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../platform/index.js';
import { sessionIdFrom } from './cookie.js';
import { KEY_SCOPES } from './policy.js';
import type { Principal } from './principal.js';
import { type AddressMatcher, addressMatcher, isKnownSecure, isOwnOrigin, type RequestFacts } from './request-facts.js';
import type { SessionService } from './session.service.js';

export type AccessConfig = Pick<Config, 'publicUrl' | 'trustedProxies' | 'apiKey'>;

/** From headers to a principal: a bearer key or a session cookie, over HTTP and sockets alike. */
export class Authenticator {
  readonly isProxy: AddressMatcher;

  constructor(
    private readonly config: AccessConfig,
    private readonly sessions: SessionService,
  ) {
    this.isProxy = addressMatcher(config.trustedProxies);
  }

  /** Null = nobody. A bearer that is wrong is nobody too, whatever cookie comes with it. */
  async authenticate(request: RequestFacts): Promise<Principal | null> {
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
  ): Promise<Principal | null> {
    const request = {
      headers,
      remoteAddress: connection.remoteAddress ?? '',
      encrypted: connection.encrypted ?? false,
    };
    return this.isOwnOrigin(request) ? this.authenticate(request) : null;
  }

  /** Notes that a screen is open; false when its session is over. Keys never end. Call it about once a minute. */
  async touchSession(principal: Principal): Promise<boolean> {
    return principal.kind !== 'user' || this.sessions.touch(principal.session.idHash);
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

  private fromBearer(authorization: string): Principal | null {
    const given = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const { apiKey } = this.config;
    if (given === undefined || apiKey === null || !equalInConstantTime(given, apiKey)) return null;
    return { kind: 'key', keyId: null, name: 'API_KEY', permissions: new Set(KEY_SCOPES), scope: { kind: 'all' } };
  }
}

function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}
