import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorReply, routeOf } from '../../platform/index.js';
import { OdataError } from './syntax/odata-error.js';

/**
 * Errors in the shape OData clients know: `{"error": {"code", "message", "target"?, "innererror"?}}`. One sentence, Chinese
 * for who prefers that; the place in the query, from 1, is in `innererror`. Whoever is not known is asked for a password.
 */
@Catch()
export class OdataExceptionFilter implements ExceptionFilter {
  private readonly log = new Logger('OData');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { status, body, unexpected } = errorReply(error);
    if (unexpected) this.log.error(error instanceof Error ? error : `${routeOf(request)} failed`, routeOf(request));
    if (reply.sent) return;
    const language = /^\s*zh\b/i.test(request.headers['accept-language'] ?? '') ? 'zh' : 'en';
    const { code, message, field, fix } = body.error;
    const position = error instanceof OdataError ? error.position : null;
    const innererror = {
      ...(position === null ? {} : { position: position + 1 }),
      ...(fix === undefined ? {} : { fix: fix[language] }),
    };
    const shown = {
      code,
      message: message[language],
      ...(field === undefined ? {} : { target: field }),
      ...(Object.keys(innererror).length === 0 ? {} : { innererror }),
    };
    if (status === 401) reply.header('www-authenticate', 'Basic realm="Tallyboard", charset="UTF-8"');
    void reply
      .status(status)
      .header('cache-control', 'no-store')
      .header('odata-version', '4.0')
      .type('application/json;odata.metadata=minimal;charset=utf-8')
      .send(JSON.stringify({ error: shown }));
  }
}
