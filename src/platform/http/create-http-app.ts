import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import fastifyCompress, { type FastifyCompressOptions } from '@fastify/compress';
import fastifyHelmet from '@fastify/helmet';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { uuid } from '../clock/index.js';
import type { Config } from '../config/index.js';
import { AppError } from '../errors/index.js';
import { registerHealth } from '../health/index.js';
import { type Logger, NestLogger } from '../logging/index.js';
import { projectRoot } from '../project-root.js';
import { answerClientError } from './client-errors.js';
import { AppExceptionFilter, routeOf, sendError } from './exception.filter.js';
import { securityHeaders } from './security-headers.js';
import { serveWeb } from './web-files.js';

/** Ids of outcomes hold those of other systems, each character of which may be written with nine. */
const PARAMETER_MAX = 1_500;
/** Largest JSON body; webhooks set a smaller limit of their own. */
const BODY_LIMIT_BYTES = 256 * 1024;
const HEADER_LIMIT_BYTES = 16 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than load balancers keep an idle connection, so that they and not we close it. */
const KEEP_ALIVE_MS = 72_000;

export interface HttpAppOptions {
  log: Logger;
  /** Directory of the built web. */
  webDirectory?: string;
  /**
   * Routes of machines, by the first part of their path: a Fastify of their own behind the same port. They get none of
   * the headers, cookies, guards and filters below, which cost more than their own work, and bring their own limits and
   * errors. (A plugin would not do: Fastify passes later hooks on to children that exist.)
   */
  machineRoutes?: { prefix: string; register: (server: FastifyInstance) => Promise<void> };
}

/**
 * Large JSON answers go out compressed: the figures of thousands of rows are a twentieth of their length, half a minute less
 * on a slow line. In zlib's own threads, not in ours (`syncThreshold`), and the frequent small answers are spared. No answer
 * holds a secret beside what a stranger could put into it: a request from a foreign page is nobody's (SameSite cookies, and
 * a header no such page can send). What comes in compressed is refused as before: it could grow without end.
 */
const LONG_ANSWERS: FastifyCompressOptions = {
  threshold: 32 * 1024,
  syncThreshold: 0,
  encodings: ['gzip'],
  customTypes: /^application\/json\b/,
  globalDecompression: false,
};

/**
 * The NestJS application with everything that every route shares: security headers, limits, coded errors,
 * request ids, the web and `/health/*`. Not listening yet.
 *
 * - Form-encoded bodies arrive as an untouched `Buffer`: only webhooks take them, and they sign every byte.
 * - `trustProxy` is off: forwarded headers are read where they matter, and only from TRUSTED_PROXIES.
 */
export async function createHttpApp(
  module: Type<unknown>,
  config: Config,
  options: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const { log } = options;
  const machines = await machineServer(options);
  const adapter = new FastifyAdapter({
    logger: false,
    trustProxy: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: PARAMETER_MAX },
    serverFactory: (handler: (request: IncomingMessage, response: ServerResponse) => void) => {
      const server = createServer({
        maxHeaderSize: HEADER_LIMIT_BYTES,
        requestTimeout: REQUEST_TIMEOUT_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
      });
      server.on('request', (request, response) => {
        if (machines !== null && request.url?.startsWith(machines.prefix)) machines.routing(request, response);
        else handler(request, response);
      });
      return server;
    },
    genReqId: () => uuid(),
    clientErrorHandler: answerClientError,
    // Addresses the router cannot even read; without this its own words would go out.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendError(reply, request, error, log),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(log),
    bodyParser: false,
    abortOnError: false,
  });
  // biome-ignore lint/correctness/useHookAtTopLevel: NestJS, not React
  app.useGlobalFilters(new AppExceptionFilter(log));
  const server: FastifyInstance = adapter.getInstance();
  await server.register(fastifyHelmet, securityHeaders(config.publicUrl));
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  await server.register(fastifyCompress, LONG_ANSWERS);
  logRequests(server, log);
  registerHealth(server, app);
  await serveWeb(server, options.webDirectory ?? join(projectRoot(), 'dist/web'), log);
  return app;
}

async function machineServer({ machineRoutes, log }: HttpAppOptions): Promise<MachineServer | null> {
  if (machineRoutes === undefined) return null;
  const server = Fastify({
    logger: false,
    trustProxy: false,
    genReqId: () => uuid(),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendError(reply, request, error, log),
  });
  server.setNotFoundHandler((request, reply) => sendError(reply, request, new AppError('not_found'), log));
  await machineRoutes.register(server);
  await server.ready();
  return { prefix: machineRoutes.prefix, routing: server.routing.bind(server) };
}

interface MachineServer {
  prefix: string;
  routing: FastifyInstance['routing'];
}

/** Starts listening; returns the address people use. Throws `port_in_use`. */
export async function listen(app: NestFastifyApplication, config: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new AppError('port_in_use', { params: { port: config.port, host: config.host }, cause: error });
  }
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** One debug line a request: method, route pattern, status, time. No address, no query, no body, no person. */
function logRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  if (!log.isLevelEnabled('debug')) return;
  server.addHook('onResponse', (request, reply, done) => {
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    log.debug({ requestId: request.id, status: reply.statusCode, ms }, routeOf(request));
    done();
  });
}
