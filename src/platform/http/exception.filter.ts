import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorReply } from '../errors/index.js';
import type { Logger } from '../logging/index.js';

/** Turns whatever a handler throws into the coded body of `ApiErrorBody`; what is our fault goes to the log. */
@Catch()
export class AppExceptionFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendError(http.getResponse<FastifyReply>(), http.getRequest<FastifyRequest>(), error, this.log);
  }
}

export function sendError(reply: FastifyReply, request: FastifyRequest, error: unknown, log: Logger): void {
  const { status, body, unexpected } = errorReply(error);
  if (unexpected) log.error({ err: error, requestId: request.id, route: routeOf(request) }, 'A request failed');
  // The answer may be half-way out already; there is nothing better to say then.
  if (reply.sent) return;
  void reply.status(status).header('cache-control', 'no-store').type('application/json; charset=utf-8').send(body);
}

/** The pattern of the route, never the address asked for: that may hold a number or a token. */
export function routeOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url ?? '(none)'}`;
}
