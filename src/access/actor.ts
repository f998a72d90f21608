import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AuditActor } from '../shared/audit.js';
import { type Principal, principalOf } from './principal.js';

const ADDRESSES = new WeakMap<object, string>();

/** The guard notes where a request came from (behind TRUSTED_PROXIES), for the audit log. */
export function rememberAddress(request: object, address: string): void {
  ADDRESSES.set(request, address);
}

export function actorFor(principal: Principal | null, address: string | null): AuditActor {
  switch (principal?.kind) {
    case 'user':
      return { kind: 'user', id: principal.userId, address };
    case 'key':
      return { kind: 'key', id: principal.keyId, address };
    case 'screen':
      return { kind: 'screen', id: principal.screenId, address };
    case undefined:
      return { kind: 'anonymous', id: null, address };
  }
}

export function actorOf(request: object): AuditActor {
  return actorFor(principalOf(request), ADDRESSES.get(request) ?? null);
}

/** Parameter decorator: the `AuditActor` of the request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
