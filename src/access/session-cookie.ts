import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLOCK, type Clock, CONFIG, type Config } from '../platform/index.js';
import { factsOf } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { expiredCookies, serialiseCookie } from './cookie.js';
import { clientAddress, wantsSecureCookie } from './request-facts.js';
import type { SignedIn } from './session.service.js';

/** Where the browser of a request comes from and what it is, and the cookie it gets. */
@Injectable()
export class SessionCookie {
  constructor(
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  browserOf(request: FastifyRequest): { address: string; userAgent: string | null; previousId: string | null } {
    const facts = factsOf(request);
    return {
      address: clientAddress(facts, this.authenticator.isProxy),
      userAgent: facts.headers['user-agent'] ?? null,
      previousId: this.authenticator.sessionId(facts),
    };
  }

  /** Lives as long as the session may at most. */
  set(request: FastifyRequest, reply: FastifyReply, sessionId: string, expiresAt: number): void {
    const secure = wantsSecureCookie(factsOf(request), this.config, this.authenticator.isProxy);
    const maxAgeSeconds = Math.max(0, Math.ceil((expiresAt - this.clock.now()) / 1000));
    reply.header('set-cookie', serialiseCookie(sessionId, { secure, maxAgeSeconds }));
  }

  setFor(request: FastifyRequest, reply: FastifyReply, { sessionId, principal }: SignedIn): void {
    this.set(request, reply, sessionId, principal.session.expiresAt);
  }

  clear(reply: FastifyReply): void {
    reply.header('set-cookie', expiredCookies());
  }
}
