import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import { sendError } from './exception.filter.js';

/** First parts of addresses that are never a page of the web app. */
const NOT_PAGES = new Set(['api', 'webhooks', 'live', 'health', 'assets', 'odata']);
const PAGE = 'index.html';

/**
 * Serves the built web: its files by name, and for every other address the page, whose router knows the rest. Only
 * files that were there at the start are served, so no address can reach out of the directory.
 */
export async function serveWeb(server: FastifyInstance, directory: string, log: Logger): Promise<void> {
  const files = new Set(listFiles(directory));
  if (!files.has(PAGE)) log.warn('The web is not built (npm run build); only the API is served');
  await server.register(fastifyStatic, { root: directory, serve: false, preCompressed: true, cacheControl: false });
  server.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: (request, reply) => answer(request, reply, files, log),
  });
}

function answer(request: FastifyRequest, reply: FastifyReply, files: Set<string>, log: Logger): FastifyReply {
  const path = (request.url.split('?', 1)[0] ?? '').slice(1);
  if (files.has(path) && path !== PAGE) {
    // Vite puts a digest of the content into the names below assets/: those never change.
    const lifetime = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return reply.header('cache-control', lifetime).sendFile(path);
  }
  if (files.has(PAGE) && !NOT_PAGES.has(path.split('/', 1)[0] ?? '')) {
    return reply.header('cache-control', 'no-cache').sendFile(PAGE);
  }
  sendError(reply, request, new AppError('not_found'), log);
  return reply;
}

function listFiles(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
