/**
 * Proves that holes other call-centre products were broken into through are not here. Each of these was seen to fail with
 * the defence taken out; what was taken out is said above it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { DeclaredRoutes } from '../../src/access/index.js';
import { appModule } from '../../src/app.module.js';
import { createHttpApp, silentLogger } from '../../src/platform/index.js';
import { ADMIN, API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';
import { SteppingClock } from './matrix-world.js';

const clock = new SteppingClock();
let server: TestServer;
let routes: { method: string; path: string }[] = [];

beforeAll(async () => {
  server = await startTestServer({ clock });
  const { core } = server.server;
  const app = await createHttpApp(appModule(core), core.config, { log: silentLogger, webDirectory: '/nonexistent' });
  await app.init();
  routes = app
    .get(DeclaredRoutes, { strict: false })
    .list()
    .filter(({ level }) => level !== 'public')
    .flatMap(({ method, paths }) => paths.map((path) => ({ method, path: path.replace(/:\w+/g, '1') })));
  await app.close();
});
afterAll(() => server.close());
beforeEach(() => clock.step(3_600_000));

interface Raw {
  status: number;
  type: string;
  text: string;
  ms: number;
}

/** The path goes out byte for byte: `fetch` would tidy it up first. */
function send(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Raw> {
  const { hostname, port } = new URL(server.url);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, headers: { 'x-tallyboard': '1', ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - started,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const withKey = { authorization: `Bearer ${API_KEY}` };
const json = { 'content-type': 'application/json' };
const signIn = (email: unknown, password: unknown, headers: Record<string, string> = {}) =>
  send('POST', '/api/v1/session', { ...json, ...headers }, JSON.stringify({ email, password }));

/** Fails with what was asked when the status is none of these. */
function among(allowed: number[], status: number, ...asked: string[]): void {
  expect([...asked, allowed.includes(status) ? 'as it should be' : status]).toEqual([...asked, 'as it should be']);
}

/** Every table but the audit log, with the number of its rows. */
async function tables(): Promise<Record<string, number>> {
  const { pool } = server.db;
  const { rows } = await pool.query<{ name: string }>(
    // The audit log grows by itself: refused accesses are noted a moment later.
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'audit_event' ORDER BY 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const { rows: count } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`);
    counts[name] = count[0]?.n ?? -1;
  }
  return counts;
}

const SLEEP_SECONDS = 3;
const INJECTIONS = [
  `x' OR '1'='1`,
  `x'||(SELECT pg_sleep(${SLEEP_SECONDS}))||'`,
  `x'; DELETE FROM app_user; --`,
  `x"; DROP TABLE session; --`,
  `(SELECT CASE WHEN true THEN pg_sleep(${SLEEP_SECONDS})::text END)`,
  `name; SELECT pg_sleep(${SLEEP_SECONDS})`,
  `1 DESC, (SELECT pg_sleep(${SLEEP_SECONDS}))`,
  `\\'; SELECT pg_sleep(${SLEEP_SECONDS}); --`,
];

describe('VICIdial CVE-2024-8503: a user name that was logged became SQL', () => {
  /**
   * Taken out: the parameter of `findSecrets` in src/access/users/user.repository.ts, its value written into the text of
   * the statement instead. Red: a sign-in was answered 500.
   */
  it('what is typed or sent when signing in is a value, before and after it is written down', async () => {
    const before = await tables();
    for (const text of INJECTIONS) {
      clock.step(600_000);
      const email = `${text.replaceAll(' ', '/**/')}@example.com`;
      const answers = [
        await signIn(email, ADMIN.password),
        await signIn(ADMIN.email, text),
        await signIn(ADMIN.email, 'wrong', {
          'user-agent': text,
          'x-forwarded-for': text,
          cookie: `tallyboard=${text}`,
        }),
      ];
      for (const { status, ms } of answers) {
        among([400, 401], status, text);
        expect(ms).toBeLessThan(SLEEP_SECONDS * 1_000);
      }
    }
    const after = await tables();
    // Failures are noted in the audit log, and nothing else happened.
    expect(after).toEqual(before);
    const audit = await send('GET', '/api/v1/audit', withKey);
    expect(audit.status).toBe(200);
    expect(audit.text).not.toContain('pg_sleep');
  });

  /**
   * Taken out: the parameter of `search` in src/organisation/agents/agents.read-model.ts, its text written into the
   * statement instead. Red: a search slept for as long as the name said.
   */
  it('what a phone system names comes back as it was sent, wherever it is read again', async () => {
    const now = clock.now();
    for (const [n, name] of INJECTIONS.entries()) {
      for (const event of softphoneCall(`inj${n}`, 'unused', now - 600_000, 20)) {
        const target = `/webhooks/twilio/voice?agent=${encodeURIComponent(name)}`;
        expect((await postSigned(server.url, target, callback(event))).status).toBeLessThan(300);
      }
    }
    await server.folded();
    const pages = [
      '/api/v1/kpis?groupBy=agent',
      '/api/v1/calls',
      '/api/v1/agents',
      '/api/v1/organisation/attention',
      '/api/v1/agents?search=pg_sleep',
    ];
    for (const path of pages) {
      const { status, text, ms } = await send('GET', path, withKey);
      expect([path, status]).toEqual([path, 200]);
      expect(ms).toBeLessThan(SLEEP_SECONDS * 1_000);
      expect(text).toContain(JSON.stringify(`name; SELECT pg_sleep(${SLEEP_SECONDS})`).slice(1, -1));
    }
    for (const name of INJECTIONS) {
      const { status, ms } = await send('GET', `/api/v1/agents?search=${encodeURIComponent(name)}`, withKey);
      expect([name, status]).toEqual([name, 200]);
      expect(ms).toBeLessThan(SLEEP_SECONDS * 1_000);
    }
  });
});

describe('VICIdial CVE-2024-8504: a file name reached a shell', () => {
  const src = join(import.meta.dirname, '../../src');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file));

  /** Taken out: nothing is there to take out; `execSync(\`ls ${directory}\`)` was put into src/platform/http/web-files.ts. Red. */
  it('the server has no shell, and starts only programs of its own by a list of arguments', () => {
    const starting = sources.filter((file) => /child_process/.test(readFileSync(join(src, file), 'utf8')));
    // Starting and initialising the embedded PostgreSQL; the demo's own commands.
    for (const file of starting) expect(file).toMatch(/^(platform\/database|cli)\//);
    for (const file of starting) {
      const text = readFileSync(join(src, file), 'utf8');
      expect([file, /\bexec(Sync)?\(|shell:\s*(true|['"`])/.test(text)]).toEqual([file, false]);
    }
  });

  /** Taken out: the same `execSync`, with the name of the agent, put into `create` of src/organisation/agents/agents.service.ts. Red. */
  it('names of files, people and recordings run nothing', async () => {
    const marks = ['a', 'b', 'c', 'd'].map((letter) => join(server.db.dataDir, `ran-${letter}`));
    const [a, b, c, d] = marks;
    const names = [`x; touch ${a}`, `$(touch ${b})`, `\`touch ${c}\``, `x | touch ${d} #`];
    for (const [n, name] of names.entries()) {
      const body = JSON.stringify({ name, teamId: 1 });
      expect((await send('POST', '/api/v1/agents', { ...withKey, ...json }, body)).status).toBe(201);
      const recording: [string, string][] = [
        ...callback({ leg: `rec${n}`, status: 'completed', at: clock.now() - 60_000 }),
        ['RecordingSid', `RE${n}`],
        ['RecordingUrl', `https://example.com/${name}.wav`],
      ];
      await postSigned(server.url, '/webhooks/twilio/recording', recording);
      for (const path of [`/assets/${encodeURIComponent(name)}`, `/${encodeURIComponent(`../../${name}`)}`]) {
        expect((await send('GET', path)).status).toBeLessThan(500);
      }
    }
    const files = routes.filter(({ method, path }) => method === 'GET' && path.endsWith('.csv'));
    for (const { path } of files) {
      const { status } = await send('GET', `${path}?filename=${encodeURIComponent(names.join())}`, withKey);
      among([200, 400], status, path);
    }
    expect(marks.filter((mark) => existsSync(mark))).toEqual([]);
  });
});

/**
 * Taken out: the closed list of `groupBy` in src/kpi/read/kpi-query.ts, so that what was sent became the column. Red: it
 * was answered 500 by the database.
 */
describe('FreePBX CVE-2026-44238: a report’s ORDER BY was what was sent', () => {
  it.each([
    ['kpis', 'groupBy', 400],
    ['kpis', 'kpis', 400],
    ['kpis', 'agent', 400],
    ['kpis', 'from', 400],
    ['calls', 'measure', 400],
    ['calls', 'outcome', 400],
    ['calls', 'team', 400],
    ['calls', 'limit', 400],
    ['calls', 'cursor', 400],
  ])('%s?%s= takes values of a list only', async (path, name, expected) => {
    await server.folded();
    const before = await tables();
    for (const text of [...INJECTIONS, 'agent_id', 'r.agent_id', 'constructor', '__proto__']) {
      const { status, ms } = await send('GET', `/api/v1/${path}?${name}=${encodeURIComponent(text)}`, withKey);
      expect([text, status]).toEqual([text, expected]);
      expect(ms).toBeLessThan(SLEEP_SECONDS * 1_000);
    }
    expect(await tables()).toEqual(before);
  });

  it('no list of the server sorts by what is sent, nor sleeps because of it', async () => {
    const lists = routes.filter(({ method, path }) => method === 'GET' && !path.includes('/screen'));
    expect(lists.length).toBeGreaterThan(20);
    for (const { path } of lists) {
      for (const name of ['sort', 'order', 'orderBy', 'groupBy', 'cursor', 'search', 'limit', 'from']) {
        const text = `1 DESC, (SELECT pg_sleep(${SLEEP_SECONDS}))`;
        const { status, ms } = await send('GET', `${path}?${name}=${encodeURIComponent(text)}`, withKey);
        among([200, 400, 403, 404], status, path, name);
        expect(ms).toBeLessThan(SLEEP_SECONDS * 1_000);
      }
    }
  });
});

describe('GOautodial CVE-2021-43175: the API took any password', () => {
  /** Taken out: `keyMatches` in src/access/keys/key-token.ts answers true. Red: the prefix alone was somebody. */
  it('no route takes a key by its beginning, or no key at all', async () => {
    const wish = JSON.stringify({ name: 'real', scopes: ['kpis:read', 'calls:read'], ratePerMinute: 60_000 });
    const made = await send('POST', '/api/v1/keys', { ...withKey, ...json }, wish);
    const { secret, key } = JSON.parse(made.text) as { secret: string; key: { prefix: string } };
    expect((await send('GET', '/api/v1/kpis', { authorization: `Bearer ${secret}` })).status).toBe(200);
    const wrong = [
      `Bearer ${key.prefix}_${'A'.repeat(43)}`,
      `Bearer ${API_KEY.slice(0, -1)}`,
      `Bearer ${key.prefix}`,
      'Bearer undefined',
      'Bearer',
      `Basic ${Buffer.from(`${ADMIN.email}:${ADMIN.password}`).toString('base64')}`,
    ];
    for (const { method, path } of routes) {
      for (const authorization of wrong) {
        const { status, text } = await send(method, path, { authorization });
        expect([method, path, authorization, status, text]).toEqual([
          method,
          path,
          authorization,
          401,
          expect.stringContaining('unauthenticated'),
        ]);
      }
    }
  });

  /**
   * Taken out: `&& passwordHash !== null` in src/access/passwords.ts, the other way round: somebody without a password
   * was let in. Red.
   */
  it('no password will do for somebody who has none, and only the right one for somebody who has', async () => {
    const invited = { email: 'invited@example.com', name: 'Invited', role: 'admin' };
    expect((await send('POST', '/api/v1/users', { ...withKey, ...json }, JSON.stringify(invited))).status).toBe(201);
    for (const password of [
      'x',
      'null',
      'undefined',
      'false',
      ADMIN.password,
      ' ',
      '0',
      '$argon2id$v=19$m=1,t=1,p=1$',
    ]) {
      clock.step(600_000);
      expect([password, (await signIn(invited.email, password)).status]).toEqual([password, 401]);
    }
    for (const password of [null, true, 0, [], {}, [ADMIN.password], { $ne: '' }, '']) {
      clock.step(600_000);
      expect([password, (await signIn(ADMIN.email, password)).status]).toEqual([password, 400]);
    }
    for (const password of [ADMIN.password.toUpperCase(), `${ADMIN.password} `, ADMIN.password.slice(0, -1)]) {
      clock.step(600_000);
      expect([password, (await signIn(ADMIN.email, password)).status]).toEqual([password, 401]);
    }
    clock.step(600_000);
    expect((await signIn(ADMIN.email, ADMIN.password)).status).toBe(200);
  });
});

/**
 * Taken out: the guard of src/access/access.guard.ts decides by the address as it was sent, and lets pass whatever does not
 * begin with `/api/v1/` and a letter, as FreePBX did by a list of paths. Red: other spellings were answered with data.
 */
describe('FreePBX CVE-2025-57819: a path went round the guard', () => {
  const encoded = (text: string): string => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`;
  const variants = (path: string): string[] => {
    const parts = path.split('/').slice(1);
    const last = parts.at(-1) ?? '';
    const before = parts.slice(0, -1).join('/');
    return [
      `/${parts.join('//')}`,
      `/${path}`,
      `/.${path}`,
      `/x/..${path}`,
      `/${before}/./${last}`,
      `/${before}/${encoded(last)}`,
      `/%61pi/${parts.slice(1).join('/')}`,
      `/${before}%2f${last}`,
      `/${before}%2F${last}`,
      `/${before}/%2e/${last}`,
      `/${before}/x/%2e%2e/${last}`,
      `/${before}/..;/${before}/${last}`,
      `${path}/`,
      `${path}//`,
      `${path};a=b`,
      `${path}%00`,
      `${path}%20`,
      `${path}.json`,
      `${path}?x=/api/v1/session`,
      `${path}#/api/v1/session`,
      path.toUpperCase(),
      path.replace('/api/v1', '/API/v1'),
      path.replaceAll('/', '\\'),
      `http://evil.test${path}`,
    ];
  };
  const headers = {
    'x-original-url': '/health/live',
    'x-rewrite-url': '/api/v1/session',
    'x-forwarded-prefix': '/health',
    'x-http-method-override': 'GET',
  };

  it('however an address is written, nobody is answered like somebody', async () => {
    expect(routes.length).toBeGreaterThan(50);
    for (const { method, path } of routes) {
      const answers = await Promise.all(
        variants(path).map(async (variant) => [variant, await send(method, variant, headers)] as const),
      );
      for (const [variant, { status, type, text }] of answers) {
        // The web's own page is for everybody; nothing of the organisation is in it.
        const isPage = status === 200 && type.startsWith('text/html');
        const isRefused = status >= 400 && status < 500;
        expect([method, variant, isPage || isRefused ? 'refused' : `${status} ${text.slice(0, 100)}`]).toEqual([
          method,
          variant,
          'refused',
        ]);
      }
    }
  });

  it('another method is no way in', async () => {
    for (const { path } of routes) {
      for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'get']) {
        const { status } = await send(method, path, headers).catch(() => ({ status: 400 }));
        expect([method, path, status >= 400]).toEqual([method, path, true]);
      }
    }
  });
});
