import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Of less a slow line feels nothing, and the frequent small answers are spared. */
const LEAST_BYTES = 32 * 1024;
/** `gzip` among what a client takes, unless with `q=0`. */
const TAKES_GZIP = /(^|,)\s*gzip\s*(;(?!\s*q=0(\.0*)?\s*(,|$))[^,]*)?(,|$)/i;

const compressed = promisify(gzip);

/**
 * Large JSON answers go out compressed: the figures of thousands of rows are a twentieth of their length, half a minute less
 * on a slow line. Worked out on zlib's own threads. No answer holds a secret beside what a stranger could put into it: a
 * request from a foreign page is nobody's (SameSite cookies, and a header no such page can send).
 */
export function compressAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload: unknown) => {
    const isJson = /^application\/json\b/.test(String(reply.getHeader('content-type') ?? ''));
    if (!isJson || reply.hasHeader('content-encoding') || request.method === 'HEAD') return payload;
    const isStream = payload instanceof Readable;
    const isLong =
      (typeof payload === 'string' || Buffer.isBuffer(payload)) && Buffer.byteLength(payload) >= LEAST_BYTES;
    if (!isStream && !isLong) return payload;
    vary(reply);
    if (!TAKES_GZIP.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    // A stream that breaks takes the other with it, and the connection.
    return isStream ? pipeline(payload, createGzip(), () => {}) : compressed(payload as string | Buffer);
  });
}

/** What is kept of the answer anywhere is for those who take the same. */
function vary(reply: FastifyReply): void {
  const held = reply.getHeader('vary');
  reply.header('vary', held === undefined ? 'accept-encoding' : `${held}, accept-encoding`);
}
