/** Notes in the audit log that somebody asked for what they may not have: from the guard, and from refusals by scope. */
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, type Observable, throwError } from 'rxjs';
import { AUDIT, type AuditLog } from '../audit/index.js';
import { CLOCK, type Clock, routeOf } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import { actorOf } from './actor.js';
import { isRefusal } from './refusal.js';
import { TokenBuckets } from './token-bucket.js';

@Injectable()
export class RefusalLog implements NestInterceptor {
  /** Somebody who tries a thousand addresses is one story, not a thousand: a few at once, then one every ten seconds. */
  private readonly buckets: TokenBuckets;

  constructor(
    @Inject(AUDIT) private readonly audit: AuditLog,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.buckets = new TokenBuckets(clock, { capacity: 10, refillMs: 10_000 });
  }

  /** `asked`: a route (`GET /api/v1/calls/:id`) or a scope of a socket; never an address with its values. */
  note(actor: AuditActor, kind: 'route' | 'board', asked: string): void {
    if (this.buckets.take(`${actor.kind} ${actor.id} ${actor.address}`) > 0) return;
    this.audit.note({ actor, action: 'access.refused', subject: { kind, id: asked }, outcome: 'refused' });
  }

  noteRequest(request: FastifyRequest): void {
    this.note(actorOf(request), 'route', routeOf(request));
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (isRefusal(error)) this.noteRequest(context.switchToHttp().getRequest<FastifyRequest>());
        return throwError(() => error);
      }),
    );
  }
}
