/**
 * Proves, for the whole application as it is started: every route is either declared to the guard or on the short list
 * below, and every declared one refuses whoever is nobody; webhooks are the only routes that prove themselves.
 */
import type { FastifyInstance } from 'fastify';
import { type DeclaredRoute, DeclaredRoutes } from '../../src/access/index.js';
import { openApi } from '../../src/api-docs.js';
import { appModule } from '../../src/app.module.js';
import { openCore } from '../../src/main.js';
import { createHttpApp, listen, silentLogger } from '../../src/platform/index.js';
import { testConfig, withDatabase } from '../support/index.js';

/** Registered beside the guard, with why nobody has to be known there: no data of the organisation is in them. */
const BESIDE_THE_GUARD = [
  /^\/health\/(live|ready)$/,
  /^\/api\/docs(-json|-yaml|\/|$)/,
  // The web's own files and its page for every other address; never for /api, /webhooks and /live.
  /^\*$/,
];

/** The ways to sign in, and the walk of a browser to a provider and back. */
const SINGLE_SIGN_ON = [
  'GET /api/v1/session/options',
  'GET /api/v1/session/oidc/start',
  'GET /api/v1/session/oidc/callback',
];

const test = withDatabase();
let routes: DeclaredRoute[] = [];
let addresses: string[] = [];
let url = '';
let close = async () => {};

beforeAll(async () => {
  const config = testConfig({ dataDir: test.db.dataDir, masterKeyFile: `${test.db.dataDir}/master.key` });
  const { core } = await openCore(config, { database: test.db, log: silentLogger });
  const app = await createHttpApp(appModule(core), config, { log: silentLogger });
  openApi(app);
  url = await listen(app, config);
  close = async () => {
    await app.close();
    await core.queues.close();
  };
  routes = app.get(DeclaredRoutes, { strict: false }).list();
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  addresses = addressesOf(server.printRoutes({ commonPrefix: false }));
});
afterAll(() => close());

/** The lines of the printed tree, joined to whole addresses. */
function addressesOf(tree: string): string[] {
  const stack: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = /^([│├└─ ]*)(.*?)( \([A-Z, ]+\))?$/.exec(line);
    const [, indent = '', part = '', methods] = match ?? [];
    if (part === '') return [];
    stack.length = indent.length / 4 - 1;
    stack.push(part);
    return methods === undefined ? [] : [stack.join('')];
  });
}

it('every address is declared or beside the guard on purpose', () => {
  const declared = new Set(routes.flatMap((route) => route.paths));
  expect(addresses).toEqual(expect.arrayContaining(['/api/v1/kpis', '/api/v1/calls/:id', '/health/live']));
  // A wildcard is printed without the slash in front of it.
  const others = addresses.filter((address) => !declared.has(address) && !declared.has(address.replace(/\*$/, '/*')));
  expect(others.filter((address) => !BESIDE_THE_GUARD.some((pattern) => pattern.test(address)))).toEqual([]);
});

it('webhooks, and only they, are declared to prove themselves; only signing in and waiting to be paired are public', () => {
  const of = (level: string) => routes.filter((route) => route.level === level);
  for (const route of of('webhook')) for (const path of route.paths) expect(path).toMatch(/^\/webhooks\//);
  expect(
    of('public')
      .map((route) => `${route.method} ${route.paths}`)
      .filter((route) => !SINGLE_SIGN_ON.includes(route))
      .sort(),
  ).toEqual([
    // A file that was asked for: the token of the link, good once and for minutes, is the right to it.
    'GET /api/v1/exports/:id/file',
    // A pack from a message: the link says whether it works without sign-in, the ticket is good for minutes.
    'GET /api/v1/packs/file',
    // Links to hand over: the token in the body is what lets somebody in.
    'POST /api/v1/links/inspect',
    'POST /api/v1/links/redeem',
    // What a message links to: the token in the body is the right to it, where the schedule's owner chose so.
    'POST /api/v1/packs/inspect',
    'POST /api/v1/packs/open',
    // A TV that nobody has signed in to: it gets six digits to show, and asks whether somebody typed them.
    'POST /api/v1/screens/pairings',
    'POST /api/v1/screens/pairings/poll',
    'POST /api/v1/session',
  ]);
  expect(routes.filter((route) => route.level === undefined)).toEqual([]);
});

it('nobody gets past any other route, with any method or body', async () => {
  for (const { method, paths, level } of routes) {
    if (level === 'public' || level === 'webhook') continue;
    for (const path of paths) {
      const response = await fetch(url + path.replace(/:\w+/g, '1'), { method, headers: { 'x-tallyboard': '1' } });
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated' } });
    }
  }
});

it('webhooks take nothing unsigned', async () => {
  for (const { method, paths, level } of routes) {
    if (level !== 'webhook') continue;
    for (const path of paths) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(url + path, { method, headers, body: 'CallSid=CA1' });
      expect([path, response.status]).toEqual([path, 403]);
    }
  }
});
