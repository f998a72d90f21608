/**
 * Proves: the HTTP shell alone, over a real socket: headers, coded errors, limits, compression, the web's files and pages,
 * health.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Controller, Get, Module, Post, Req, Res, StreamableFile } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, createHttpApp, createLogger, DATABASE, FOLD_LAG, listen } from '../../src/platform/index.js';
import { temporaryDirectory, testConfig, withDatabase } from '../support/index.js';

const SECRET = 'hunter2';
const directory = temporaryDirectory();
const web = join(directory.path, 'web');
const database = withDatabase();
const logLines: string[] = [];
let app: NestFastifyApplication;
let base: string;
let lagMs: number | null = null;

@Controller('api/v1')
class SampleController {
  @Get('boom')
  boom(): never {
    throw new Error(`the password is ${SECRET}`);
  }

  @Get('refused')
  refused(): never {
    throw new AppError('request_invalid', { field: 'from', params: { reason: 'no date' } });
  }

  @Get('long')
  long(): unknown {
    return { rows: Array.from({ length: 4_000 }, (_, row) => ({ row, dials: row * 7 })) };
  }

  @Get('streamed')
  streamed(@Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    reply.header('content-type', 'application/json; charset=utf-8');
    return new StreamableFile(Readable.from(['{"rows":', '[1,2]}']));
  }

  @Post('echo')
  echo(@Req() request: FastifyRequest): unknown {
    return Buffer.isBuffer(request.body) ? { bytes: request.body.toString('latin1') } : { json: request.body };
  }
}

beforeAll(async () => {
  mkdirSync(join(web, 'assets'), { recursive: true });
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(web, 'assets/app-1a2b.js'), 'console.log(1)');
  writeFileSync(join(web, 'assets/app-1a2b.js.gz'), gzipSync('console.log(1)'));
  writeFileSync(join(directory.path, 'outside.txt'), SECRET);
  @Module({
    controllers: [SampleController],
    providers: [
      { provide: DATABASE, useValue: database.db },
      { provide: FOLD_LAG, useValue: { oldestPendingAgeMs: async () => lagMs } },
    ],
  })
  class SampleModule {}
  const log = createLogger({ level: 'debug', destination: { write: (line: string) => void logLines.push(line) } });
  app = await createHttpApp(SampleModule, testConfig(), { log, webDirectory: web });
  base = await listen(app, { host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await app.close();
  directory.remove();
});

const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

test('every answer carries the security headers, scripts only from ourselves, no HSTS on a plain address', async () => {
  const { headers } = await fetch(`${base}/`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/script-src[^;]*unsafe|upgrade-insecure/);
  expect(policy).toContain("connect-src 'self' ws: wss:");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('strict-transport-security')).toBeNull();
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('x-powered-by')).toBeNull();
});

describe('compression', () => {
  const asked = async (path: string, takes: string) => {
    const response = await fetch(`${base}${path}`, { headers: { 'accept-encoding': takes } });
    const { headers } = response;
    return { encoding: headers.get('content-encoding'), vary: headers.get('vary'), text: await response.text() };
  };
  const LONG = JSON.stringify({ rows: Array.from({ length: 4_000 }, (_, row) => ({ row, dials: row * 7 })) });

  test.each([
    ['gzip', 'gzip'],
    ['br, gzip;q=0.8', 'gzip'],
    ['gzip;q=0', null],
    ['gzip;q=0.0, br', null],
    ['identity', null],
  ])('a long answer to whoever takes %s: %s', async (takes, encoding) => {
    const vary = encoding === null ? null : 'accept-encoding';
    expect(await asked('/api/v1/long', takes)).toEqual({ encoding, vary, text: LONG });
  });

  test('a streamed answer, too; a short one and a refusal stay as they are', async () => {
    expect(await asked('/api/v1/streamed', 'gzip')).toMatchObject({ encoding: 'gzip', text: '{"rows":[1,2]}' });
    expect(await asked('/api/v1/refused', 'gzip')).toMatchObject({ encoding: null });
  });

  test('files of the web as the build compressed them', async () => {
    expect(await asked('/assets/app-1a2b.js', 'gzip')).toMatchObject({ encoding: 'gzip', text: 'console.log(1)' });
    expect(await asked('/assets/app-1a2b.js', 'identity')).toMatchObject({ encoding: null, text: 'console.log(1)' });
  });
});

test('files of the web are served for ever, pages never cached, everything else is a coded 404', async () => {
  const asset = await fetch(`${base}/assets/app-1a2b.js`);
  expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  for (const page of ['/', '/wall/default', '/calls?from=2026-11-22', '/index.html']) {
    const response = await fetch(base + page);
    expect([page, response.status, response.headers.get('cache-control')]).toEqual([page, 200, 'no-cache']);
    expect(await response.text()).toContain('<title>page</title>');
  }
  for (const missing of ['/api/nothing', '/webhooks/x', '/live', '/health/x', '/assets/gone.js']) {
    const response = await fetch(base + missing);
    expect([missing, response.status, await codeOf(response)]).toEqual([missing, 404, 'not_found']);
  }
  expect((await fetch(`${base}/wall/default`, { method: 'POST' })).status).toBe(404);
});

test.each([
  '/../outside.txt',
  '/%2e%2e/outside.txt',
  '/..%2foutside.txt',
  '/assets/../../outside.txt',
  '//outside.txt',
])('no address reaches out of the directory: %s', async (path) => {
  const { port } = new URL(base);
  const body = await new Promise<string>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    request.on('error', reject).end();
  });
  expect(body).not.toContain(SECRET);
});

test('a failure of ours is a 500 without a word of it, and is in the log', async () => {
  const response = await fetch(`${base}/api/v1/boom?token=${SECRET}`);
  const text = await response.text();
  expect([response.status, text.includes('"code":"internal"'), text.includes(SECRET)]).toEqual([500, true, false]);
  expect(logLines.some((line) => line.includes('A request failed') && line.includes('GET /api/v1/boom'))).toBe(true);
});

test('a refusal keeps its code and field', async () => {
  const response = await fetch(`${base}/api/v1/refused`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'request_invalid', field: 'from' } });
});

test('bodies: JSON is parsed, forms stay bytes, broken and huge and unknown ones get their codes', async () => {
  const post = (type: string, body: string) =>
    fetch(`${base}/api/v1/echo`, { method: 'POST', headers: { 'content-type': type }, body });
  expect(await (await post('application/json', '{"a":1}')).json()).toEqual({ json: { a: 1 } });
  expect(await (await post('application/x-www-form-urlencoded', 'a=%2B&a=1+2')).json()).toEqual({
    bytes: 'a=%2B&a=1+2',
  });
  for (const [type, body, status, code] of [
    ['application/json', '{"a":', 400, 'request_invalid'],
    ['application/json', '{"__proto__":{"x":1}}', 400, 'request_invalid'],
    ['application/json', JSON.stringify('x'.repeat(300_000)), 413, 'body_too_large'],
    ['text/xml', '<x/>', 415, 'unsupported_media_type'],
  ] as const) {
    const response = await post(type, body);
    expect([code, response.status, await codeOf(response)]).toEqual([code, status, code]);
  }
});

/** Writes bytes to the port and returns everything that comes back until the server closes. */
function talk(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text)).on('error', reject);
  });
}

test('what is not even HTTP, and addresses that cannot be read, get a coded refusal', async () => {
  expect(await codeOf(await fetch(`${base}/%zz`))).toBe('request_invalid');
  expect(await talk('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"request_invalid"/);
  const long = `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
  expect(await talk(long)).toMatch(/^HTTP\/1\.1 431 [\s\S]*"code":"request_invalid"/);
});

test('the log holds patterns, never what was asked', async () => {
  await fetch(`${base}/wall/13800001234?number=13800001234`);
  await fetch(`${base}/api/v1/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '"13800001234"',
  });
  const all = logLines.join('');
  expect(all).toContain('GET /*');
  expect(all).not.toContain('13800001234');
});

test('health: live always; ready says how far the fold is behind', async () => {
  expect(await (await fetch(`${base}/health/live`)).json()).toEqual({ status: 'live' });
  for (const [age, status] of [
    [null, 'ready'],
    [2_000, 'ready'],
    [60_000, 'lagging'],
  ] as const) {
    lagMs = age;
    const response = await fetch(`${base}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status, checks: { fold: { oldestPendingAgeMs: age } } });
  }
});

test('a taken port is said to be taken', async () => {
  const { port } = new URL(base);
  const other = await createHttpApp(class Empty {}, testConfig(), {
    log: createLogger({ level: 'fatal' }),
    webDirectory: web,
  });
  await expect(listen(other, { host: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({ code: 'port_in_use' });
  await other.close();
});
