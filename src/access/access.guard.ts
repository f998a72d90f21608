import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/index.js';
import { ACCESS_METADATA, BASIC_METADATA } from './access.decorator.js';
import { rememberAddress } from './actor.js';
import { type AskedAs, Authenticator } from './authenticator.js';
import { KeyThrottled } from './keys/key.service.js';
import { type AccessLevel, Policy } from './policy.js';
import { type Principal, rememberPrincipal } from './principal.js';
import { RefusalLog } from './refusal-log.js';
import { clientAddress, type RequestFacts } from './request-facts.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The one guard of every route: deny by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(Policy) private readonly policy: Policy,
    @Inject(RefusalLog) private readonly refusals: RefusalLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const level = this.reflector.getAllAndOverride<AccessLevel | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    // A webhook proves itself by its signature; cookies and keys are nothing to it.
    if (level === 'webhook') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // What a session or a key opens belongs in no cache, of a browser or on the way.
    http.getResponse<FastifyReply>().header('cache-control', 'no-store');
    const facts = factsOf(request);
    rememberAddress(request, clientAddress(facts, this.authenticator.isProxy));
    if (level === 'public') {
      if (!SAFE_METHODS.has(request.method)) this.requireOwnPage(facts);
      return true;
    }
    const basic = this.reflector.get<true | undefined>(BASIC_METADATA, context.getClass()) === true;
    const as = level === 'screen' ? 'screen' : basic ? 'person, key or password' : 'person or key';
    const principal = await this.identify(http.getResponse<FastifyReply>(), facts, as);
    if (principal !== null) rememberPrincipal(request, principal);
    const decision = this.policy.decide(principal, level);
    if (decision !== 'allow' || principal === null) {
      // An expired cookie is everyday; a credential that is wrong, or not enough, is not.
      if (decision === 'forbidden' || facts.headers.authorization !== undefined) this.refusals.noteRequest(request);
      throw new AppError(decision === 'forbidden' ? 'forbidden' : 'unauthenticated');
    }
    if (principal.kind !== 'key' && !SAFE_METHODS.has(request.method)) this.requireOwnPage(facts);
    return true;
  }

  private async identify(reply: FastifyReply, facts: RequestFacts, as: AskedAs): Promise<Principal | null> {
    try {
      return await this.authenticator.authenticate(facts, as);
    } catch (error) {
      if (error instanceof KeyThrottled) reply.header('retry-after', String(error.seconds));
      throw error;
    }
  }

  /** Against requests forged by another page: a header only our own page can set, and our own origin. */
  private requireOwnPage(facts: RequestFacts): void {
    if (facts.headers['x-tallyboard'] === undefined) throw new AppError('csrf_header_missing');
    if (!this.authenticator.isOwnOrigin(facts)) throw new AppError('origin_not_allowed');
  }
}

export function factsOf(request: FastifyRequest): RequestFacts {
  const { socket } = request;
  return {
    headers: request.headers,
    remoteAddress: socket.remoteAddress ?? '',
    encrypted: 'encrypted' in socket && socket.encrypted === true,
  };
}
