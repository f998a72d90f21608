/** Requests that carry a CSV file. Only routes that say so take one, and larger bodies than others. */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.js';

const FILE_BYTES_MAX = 5 * 1024 * 1024;
const ROUTES = new WeakMap<FastifyInstance, Set<string>>();

/** From then on `path` takes `text/csv` up to 5 MB; its body arrives as a Buffer. */
export function takesCsv(server: FastifyInstance, path: string): void {
  const known = ROUTES.get(server);
  if (known !== undefined) {
    known.add(path);
    return;
  }
  const routes = new Set([path]);
  ROUTES.set(server, routes);
  server.addContentTypeParser(
    'text/csv',
    { bodyLimit: FILE_BYTES_MAX },
    async (request: FastifyRequest, payload: IncomingMessage) => {
      if (!routes.has(request.url.split('?')[0] ?? '')) throw new AppError('unsupported_media_type');
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of payload as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > FILE_BYTES_MAX) throw new AppError('body_too_large', { params: { limit: FILE_BYTES_MAX } });
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    },
  );
}
