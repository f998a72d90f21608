/**
 * The routes of Twilio's callbacks, straight on Fastify: they are the hot path, and what every other route needs (NestJS
 * pipeline, cookies, the headers of a page) is nothing to a phone system. What they need instead stands here in full:
 * an untouched body, a size limit, coded errors. Access: the signature, and nothing else (docs/architecture.md).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type Logger, sendError } from '../../platform/index.js';
import { FORM_LIMITS } from './parse-form.js';
import type { TwilioKind, TwilioWebhook } from './twilio-webhook.js';

export const TWILIO_KINDS: readonly TwilioKind[] = ['voice', 'amd', 'recording', 'taskrouter'];

export function twilioRoutes(webhook: TwilioWebhook, log: Logger): (server: FastifyInstance) => Promise<void> {
  return async (server) => {
    server.removeAllContentTypeParsers();
    // Whatever the type says: the form parser decides, and says so with a code.
    server.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: FORM_LIMITS.bodyBytesMax },
      (_request, body, done) => done(null, body),
    );
    server.setErrorHandler((error, request, reply) => {
      const refusal = bodyRefusal(error);
      if (refusal !== null) webhook.countRejection(refusal);
      sendError(reply, request, refusal === null ? error : new AppError(refusal), log);
    });
    for (const kind of TWILIO_KINDS) {
      server.post(`/webhooks/twilio/${kind}`, (request, reply) => receive(kind, webhook, request, reply));
    }
  };
}

/** What Fastify refuses before the body is ours, in our words; null for everything else. */
function bodyRefusal(error: unknown): 'form_too_large' | 'form_media_type' | 'form_not_utf8' | null {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (typeof code !== 'string' || !code.startsWith('FST_ERR_CTP_')) return null;
  if (statusCode === 413) return 'form_too_large';
  return statusCode === 415 ? 'form_media_type' : 'form_not_utf8';
}

/** 204 means committed, or in the spool; Twilio ignores the body. */
async function receive(
  kind: TwilioKind,
  webhook: TwilioWebhook,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { socket, headers, body } = request;
  await webhook.receive({
    kind,
    target: request.raw.url ?? '',
    headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    remoteAddress: socket.remoteAddress ?? '',
    encrypted: 'encrypted' in socket && socket.encrypted === true,
  });
  return reply.code(204).send();
}
