/**
 * Proves: nobody gets in without a session or the key; sessions are kept as hashes, rotate, go idle and end; forged
 * requests of other pages are refused; guessing is slowed down without locking anybody out; every route says who may
 * use it, and an application with one that does not refuses to start.
 */
import { createHash } from 'node:crypto';
import { Controller, Get, Module } from '@nestjs/common';
import { Access, Authenticator, DeclaredRoutes } from '../../src/access/index.js';
import { KpiReadModule } from '../../src/kpi/index.js';
import { withDatabase } from '../support/index.js';
import { API_KEY, type ApiApp, EMAIL, PASSWORD, startApi } from './access-app.js';

const test = withDatabase();
let api: ApiApp;
beforeAll(async () => {
  api = await startApi(test.db, [KpiReadModule], { config: { trustedProxies: ['127.0.0.1', '::1'] } });
});
afterAll(() => api.close());
// Refills every bucket of the throttle.
beforeEach(() => api.clock.advance(3_600_000));

interface SignIn {
  status: number;
  body: { error?: { code: string }; user?: unknown; expiresAt?: string };
  cookie: string;
  setCookie: string;
  retryAfter: string | null;
}

async function signIn(credentials: unknown, headers: Record<string, string> = {}): Promise<SignIn> {
  const response = await fetch(`${api.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tallyboard': '1', ...headers },
    body: JSON.stringify(credentials),
  });
  const setCookie = response.headers.get('set-cookie') ?? '';
  return {
    status: response.status,
    body: (await response.json()) as SignIn['body'],
    cookie: setCookie.split(';')[0] ?? '',
    setCookie,
    retryAfter: response.headers.get('retry-after'),
  };
}

const good = { email: EMAIL, password: PASSWORD };
const from = (address: string) => ({ 'x-forwarded-for': address });

async function call(method: string, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(api.url + path, { method, headers });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : null };
}

describe('routes', () => {
  it('every route says who may use it, and only signing in and its links are public', () => {
    const routes = api.app.get(DeclaredRoutes, { strict: false }).list();
    expect(routes.length).toBeGreaterThanOrEqual(7);
    expect(routes.filter((route) => route.level === undefined)).toEqual([]);
    const open = routes.filter((route) => route.level === 'public').map((route) => route.name);
    expect(open.filter((name) => !/^(SessionController\.signIn|(Link|Oidc)Controller\.\w+)$/.test(name))).toEqual([]);
  });

  it('every other route answers 401 to nobody', async () => {
    const routes = api.app.get(DeclaredRoutes, { strict: false }).list();
    for (const { method, paths, level } of routes) {
      for (const path of paths) {
        if (level !== 'public') {
          expect([path, (await call(method, path.replace(/:\w+/g, '1'))).status]).toEqual([path, 401]);
        }
      }
    }
  });

  it('refuses to start with a route that declares nothing', async () => {
    @Controller('forgotten')
    class ForgottenController {
      @Get()
      read() {
        return 'secret';
      }

      @Get('fine')
      @Access('kpis:read')
      fine() {
        return '';
      }
    }
    @Module({ controllers: [ForgottenController] })
    class ForgottenModule {}
    await expect(startApi(test.db, [ForgottenModule])).rejects.toThrow(/add @Access\(…\): ForgottenController.read$/);
  });

  it.each([
    '//api/v1/calls',
    '/api/v1/calls/',
    '/api//v1/calls',
    '/API/v1/calls',
    '/api/v1/./calls',
    '/api/v1/session/../calls',
    '/api/v1/%63alls',
    '/api/v1/calls%2f',
    '/api/v1/calls;a=b',
    '/api/v1/calls?x=/api/v1/session',
  ])('CVE-2025-57819 (FreePBX): %s does not go round the guard', async (path) => {
    const { status, body } = await call('GET', path, {
      'x-original-url': '/api/v1/session',
      'x-rewrite-url': '/health/live',
    });
    expect([400, 401, 404]).toContain(status);
    expect(body).not.toHaveProperty('calls');
  });
});

describe('the key', () => {
  it('lets in with every scope, and a wrong one nobody, whatever cookie comes with it', async () => {
    const { cookie } = await signIn(good);
    const path = '/api/v1/kpis/catalog';
    expect((await call('GET', path, { authorization: `Bearer ${API_KEY}` })).status).toBe(200);
    for (const authorization of [`Bearer ${API_KEY}x`, 'Bearer ', API_KEY, `Basic ${API_KEY}`]) {
      expect((await call('GET', path, { authorization, cookie })).status).toBe(401);
    }
  });

  it('has no session to show', async () => {
    expect((await call('GET', '/api/v1/session', { authorization: `Bearer ${API_KEY}` })).status).toBe(403);
  });
});

describe('sign-in', () => {
  it('gives a cookie the page cannot read, of which only the hash is kept', async () => {
    const { status, body, cookie, setCookie } = await signIn(good);
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ email: EMAIL, name: 'Administrator', role: 'admin' });
    expect(body.expiresAt).toBe(new Date(api.clock.now() + 12 * 3_600_000).toISOString());
    expect(setCookie).toMatch(/^tallyboard=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
    const id = cookie.split('=')[1] ?? '';
    const { rows } = await test.db.pool.query('SELECT encode(id_hash, $1) AS hash FROM session', ['hex']);
    expect(rows.map((row) => row.hash)).toContain(createHash('sha256').update(id).digest('hex'));
    const dump = await test.db.pool.query('SELECT s::text AS session, u::text AS app_user FROM session s, app_user u');
    expect(JSON.stringify(dump.rows)).not.toContain(id);
    expect(JSON.stringify(dump.rows)).not.toContain(PASSWORD);
    expect(await call('GET', '/api/v1/session', { cookie })).toMatchObject({ status: 200, body });
  });

  it('rotates the id: signing in again ends the session of the same browser', async () => {
    const first = await signIn(good);
    const second = await signIn({ ...good, email: EMAIL.toUpperCase() }, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect((await call('GET', '/api/v1/session', { cookie: first.cookie })).status).toBe(401);
    expect((await call('GET', '/api/v1/session', { cookie: second.cookie })).status).toBe(200);
  });

  it('ends with sign-out', async () => {
    const { cookie } = await signIn(good);
    expect((await call('DELETE', '/api/v1/session', { cookie, 'x-tallyboard': '1' })).status).toBe(204);
    expect((await call('GET', '/api/v1/session', { cookie })).status).toBe(401);
  });

  it.each([
    [{}],
    [{ email: EMAIL }],
    [{ email: [EMAIL], password: PASSWORD }],
    [{ email: 'a\u0000@b.c', password: PASSWORD }],
    [{ email: EMAIL, password: 'x'.repeat(2000) }],
    [null],
    [[good]],
  ])('refuses a body of another shape: %j', async (body) => {
    expect(await signIn(body)).toMatchObject({ status: 400, body: { error: { code: 'request_invalid' } } });
  });

  it('refuses a field that does not belong', async () => {
    const refused = await signIn({ ...good, role: 'admin' });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'parameter_unknown', field: 'role' } } });
  });

  it('CVE-2024-8503 (VICIdial): SQL in the user name is a user name', async () => {
    const before = await test.db.pool.query('SELECT count(*) FROM app_user');
    for (const email of [`'OR'1'='1'--@x`, `${EMAIL}';DROP/**/TABLE/**/session;--`, `%@%`, '_@_']) {
      expect((await signIn({ email, password: PASSWORD })).status).toBe(401);
    }
    expect((await test.db.pool.query('SELECT count(*) FROM app_user')).rows).toEqual(before.rows);
  });

  it('CVE-2021-43175 (GOautodial): no other password will do', async () => {
    for (const password of ['x', PASSWORD.toUpperCase(), `${PASSWORD} `, PASSWORD.slice(0, -1)]) {
      expect(await signIn({ email: EMAIL, password })).toMatchObject({
        status: 401,
        body: { error: { code: 'login_failed' } },
      });
    }
  });

  it('takes as long for an unknown user, and says the same', async () => {
    const time = async (email: string, n: number) => {
      const started = performance.now();
      const result = await signIn({ email, password: 'wrong' }, from(`10.9.8.${n}`));
      return { ms: performance.now() - started, body: result.body };
    };
    const known = [];
    const unknown = [];
    for (let n = 0; n < 15; n++) {
      known.push(await time(EMAIL, n));
      unknown.push(await time(`nobody${n}@example.com`, n));
    }
    const median = (runs: { ms: number }[]) => runs.map((run) => run.ms).sort((a, b) => a - b)[7] ?? 0;
    // Without the decoy hash an unknown user is answered some twenty times faster.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.4);
    expect(median(unknown) / median(known)).toBeLessThan(2.5);
    expect(unknown[0]?.body).toEqual(known[0]?.body);
  });
});

describe('the life of a session', () => {
  it('goes idle after 30 minutes without activity, and activity keeps it', async () => {
    const { cookie } = await signIn(good);
    const alive = async () => (await call('GET', '/api/v1/session', { cookie })).status;
    api.clock.advance(29 * 60_000);
    expect(await alive()).toBe(200);
    api.clock.advance(29 * 60_000);
    expect(await alive()).toBe(200);
    api.clock.advance(30 * 60_000);
    expect(await alive()).toBe(401);
  });

  it('ends after 12 hours whatever the activity; an open screen is activity', async () => {
    const { cookie } = await signIn(good);
    const authenticator = api.app.get(Authenticator, { strict: false });
    const principal = await authenticator.authenticateSocket({ cookie, host: 'tally.test' });
    expect(principal).toMatchObject({ kind: 'user', email: EMAIL });
    if (principal === null) return;
    const live: boolean[] = [];
    for (let minutes = 20; minutes <= 12 * 60; minutes += 20) {
      api.clock.advance(20 * 60_000);
      live.push(await authenticator.touchSession(principal));
    }
    // 36 steps of 20 minutes; the last one is the twelfth hour.
    expect(live.indexOf(false)).toBe(35);
    expect((await call('GET', '/api/v1/session', { cookie })).status).toBe(401);
  });

  it('a screen of a session that was ended elsewhere is told', async () => {
    const { cookie } = await signIn(good);
    const authenticator = api.app.get(Authenticator, { strict: false });
    const principal = await authenticator.authenticateSocket({
      cookie,
      host: 'tally.test',
      origin: 'http://tally.test',
    });
    expect(principal && (await authenticator.touchSession(principal))).toBe(true);
    const ended: Buffer[] = [];
    authenticator.onSessionEnded((idHash) => ended.push(idHash));
    await call('DELETE', '/api/v1/session', { cookie, 'x-tallyboard': '1' });
    expect(principal && (await authenticator.touchSession(principal))).toBe(false);
    expect(ended).toEqual([principal?.kind === 'user' ? principal.session.idHash : null]);
  });

  it('a socket opened by another page brings its cookie in vain; a key works from anywhere', async () => {
    const { cookie } = await signIn(good);
    const authenticator = api.app.get(Authenticator, { strict: false });
    expect(
      await authenticator.authenticateSocket({ cookie, host: 'tally.test', origin: 'https://evil.test' }),
    ).toBeNull();
    expect(await authenticator.authenticateSocket({ host: 'tally.test' })).toBeNull();
    expect(await authenticator.authenticateSocket({ authorization: `Bearer ${API_KEY}` })).toMatchObject({
      kind: 'key',
    });
  });
});

describe('requests forged by other pages', () => {
  it.each([
    ['without the header', {}, 'csrf_header_missing'],
    ['from another origin', { 'x-tallyboard': '1', origin: 'https://evil.test' }, 'origin_not_allowed'],
    ['from a sandboxed page', { 'x-tallyboard': '1', origin: 'null' }, 'origin_not_allowed'],
  ])('%s they change nothing', async (_, headers, code) => {
    const { cookie } = await signIn(good);
    expect(await call('DELETE', '/api/v1/session', { cookie, ...headers })).toMatchObject({
      status: 403,
      body: { error: { code } },
    });
    expect((await call('GET', '/api/v1/session', { cookie })).status).toBe(200);
  });

  it('cannot sign a browser in either', async () => {
    const response = await fetch(`${api.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(good),
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('our own page may', async () => {
    const { cookie, status } = await signIn(good, { origin: api.url });
    expect(status).toBe(200);
    const headers = { cookie, 'x-tallyboard': '1', origin: api.url };
    expect((await call('DELETE', '/api/v1/session', headers)).status).toBe(204);
  });
});

describe('guessing', () => {
  const wrong = { email: EMAIL, password: 'wrong' };

  it('is slowed for one user from one address, says for how long, and locks nobody else out', async () => {
    for (let n = 0; n < 5; n++) expect((await signIn(wrong, from('203.0.113.7'))).status).toBe(401);
    const refused = await signIn(good, from('203.0.113.7'));
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'login_throttled' } }, retryAfter: '30' });
    expect((await signIn(good, from('203.0.113.8'))).status).toBe(200);
    api.clock.advance(30_000);
    expect((await signIn(good, from('203.0.113.7'))).status).toBe(200);
  });

  it('is slowed for one address over many users', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 25; n++) {
      statuses.push((await signIn({ email: `u${n}@example.com`, password: 'x' }, from('198.51.100.1'))).status);
    }
    expect(statuses.indexOf(429)).toBe(20);
    expect((await signIn(good, from('198.51.100.2'))).status).toBe(200);
  });

  it('a spelling of the user or a made-up forwarded address gives no second chance', async () => {
    for (let n = 0; n < 5; n++) {
      await signIn({ email: n % 2 ? EMAIL : EMAIL.toUpperCase(), password: 'x' }, from(`1.2.3.${n}, 203.0.113.9`));
    }
    expect((await signIn(good, from('9.9.9.9, 203.0.113.9'))).status).toBe(429);
  });
});
