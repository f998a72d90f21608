/**
 * Proves: a key is shown once and kept as a hash; it does what its scopes say and no more, and its maker cannot give more
 * than they have; it is refused from the next request on once it is revoked or has expired, in every process, and its
 * sockets close; too many requests are told when to come back; its last use is written at most once a minute.
 */

import { startServer } from '../../src/main.js';
import { ManualClock, silentLogger } from '../../src/platform/index.js';
import type { KeyView, MadeKey } from '../../src/shared/keys.js';
import { eventually, testConfig } from '../support/index.js';
import { ADMIN, API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { Screen } from './live-client.js';

const START = Date.parse('2026-05-05T04:00:00Z');
const clock = new ManualClock(START);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock });
});
afterAll(() => server.close());
beforeEach(() => clock.advance(120_000));

interface Reply<T> {
  status: number;
  body: T;
  retryAfter: string | null;
}

async function call<T = { error?: { code: string; field?: string } }>(
  method: string,
  path: string,
  key: string,
  body?: unknown,
  url = server.url,
): Promise<Reply<T>> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = (text === '' ? null : JSON.parse(text)) as T;
  return { status: response.status, body: parsed, retryAfter: response.headers.get('retry-after') };
}

async function make(wish: object, by = API_KEY): Promise<MadeKey> {
  const { status, body } = await call<MadeKey>('POST', '/keys', by, { name: 'nightly export', ...wish });
  expect([status, body]).toEqual([201, expect.anything()]);
  return body;
}

const revoke = (id: number) => call('DELETE', `/keys/${id}`, API_KEY);

it('is shown once, of which only a hash is kept, and is listed with its maker and its state', async () => {
  const { key, secret } = await make({ scopes: ['kpis:read'] });
  expect(secret).toMatch(/^tb_[0-9a-f]{10}_[A-Za-z0-9_-]{43}$/);
  expect(secret.startsWith(key.prefix)).toBe(true);
  expect(key).toMatchObject({ name: 'nightly export', scopes: ['kpis:read'], state: 'active', lastUsedAt: null });
  const stored = await server.db.pool.query('SELECT k::text AS line FROM api_key k');
  expect(JSON.stringify(stored.rows)).not.toContain(secret.slice(14));
  const { body: list } = await call<KeyView[]>('GET', '/keys', API_KEY);
  expect(list.find(({ id }) => id === key.id)).toEqual(key);
  expect(JSON.stringify(list)).not.toContain(secret.slice(14));
});

it('does what its scopes say, and no more', async () => {
  const { secret } = await make({ scopes: ['kpis:read'] });
  expect((await call('GET', '/kpis', secret)).status).toBe(200);
  for (const path of ['/calls', '/keys', '/setup', '/ingest/status', '/session']) {
    expect([path, await call('GET', path, secret)]).toMatchObject([
      path,
      { status: 403, body: { error: { code: 'forbidden' } } },
    ]);
  }
  expect((await call('POST', '/keys', secret, { name: 'x', scopes: ['kpis:read'] })).status).toBe(403);
});

it('cannot be given more than its maker has, and never full phone numbers', async () => {
  const { secret } = await make({ scopes: ['keys:manage', 'kpis:read'] });
  await make({ scopes: ['kpis:read'] }, secret);
  const refused = { status: 403, body: { error: { code: 'key_scope_refused', field: 'scopes' } } };
  expect(await call('POST', '/keys', secret, { name: 'x', scopes: ['kpis:read', 'calls:read'] })).toMatchObject(
    refused,
  );
  expect(await call('POST', '/keys', API_KEY, { name: 'x', scopes: ['numbers:reveal'] })).toMatchObject(refused);
});

it.each([
  [{ name: '', scopes: ['kpis:read'] }, 'name'],
  [{ name: 'a\nb', scopes: ['kpis:read'] }, 'name'],
  [{ name: 'x'.repeat(81), scopes: ['kpis:read'] }, 'name'],
  [{ name: 'x', scopes: [] }, 'scopes'],
  [{ name: 'x', scopes: ['everything'] }, 'scopes.0'],
  [{ name: 'x', scopes: ['kpis:read'], ratePerMinute: 0 }, 'ratePerMinute'],
  [{ name: 'x', scopes: ['kpis:read'], expiresAt: 'tomorrow' }, 'expiresAt'],
  [{ name: 'x', scopes: ['kpis:read'], keyId: 3 }, 'body'],
])('a wrong wish is refused with its field: %j', async (wish, field) => {
  expect(await call('POST', '/keys', API_KEY, wish)).toMatchObject({
    status: 400,
    body: { error: { code: 'request_invalid', field } },
  });
});

it.each(['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])('an expiry of %s is refused', async (expiresAt) => {
  expect(await call('POST', '/keys', API_KEY, { name: 'x', scopes: ['kpis:read'], expiresAt })).toMatchObject({
    status: 400,
    body: { error: { code: 'key_expiry_invalid', field: 'expiresAt' } },
  });
});

it('an altered one is nobody', async () => {
  const { key, secret } = await make({ scopes: ['kpis:read'] });
  const altered = [
    `${secret}x`,
    secret.slice(0, -1),
    `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
    `${key.prefix}_${'A'.repeat(43)}`,
    secret.replace('tb_', 'tb-'),
    secret.toUpperCase(),
  ];
  for (const text of altered) expect([text, (await call('GET', '/kpis', text)).status]).toEqual([text, 401]);
});

it('expires at its hour', async () => {
  const expiresAt = new Date(clock.now() + 3_600_000).toISOString();
  const { key, secret } = await make({ scopes: ['kpis:read'], expiresAt });
  clock.advance(3_600_000 - 1);
  expect((await call('GET', '/kpis', secret)).status).toBe(200);
  clock.advance(1);
  expect((await call('GET', '/kpis', secret)).status).toBe(401);
  const { body: list } = await call<KeyView[]>('GET', '/keys', API_KEY);
  expect(list.find(({ id }) => id === key.id)?.state).toBe('expired');
});

it('revoking counts from the next request on, in every process, and closes its sockets in all of them', async () => {
  const config = testConfig({
    dataDir: server.db.dataDir,
    masterKeyFile: `${server.db.dataDir}/master.key`,
    apiKey: API_KEY,
    adminPassword: ADMIN.password,
    roles: ['api'],
  });
  const second = await startServer(config, { database: server.db, log: silentLogger, clock });
  const elsewhere = second.url ?? '';
  try {
    const { key, secret } = await make({ scopes: ['kpis:read'] });
    const headers = { authorization: `Bearer ${secret}` };
    const boards = [await Screen.open(server.url, { headers }), await Screen.open(elsewhere, { headers })];
    for (const board of boards) expect(await board.subscribe()).toEqual({ ok: true });
    expect((await call('GET', '/kpis', secret, undefined, elsewhere)).status).toBe(200);
    expect((await revoke(key.id)).status).toBe(204);
    expect((await call('GET', '/kpis', secret)).status).toBe(401);
    expect((await call('GET', '/kpis', secret, undefined, elsewhere)).status).toBe(401);
    await eventually(() => boards.every((board) => !board.connected), { what: 'closed sockets' });
    await expect(Screen.open(server.url, { headers })).rejects.toThrow('unauthenticated');
    // For good: there is no second time, and no way back.
    expect((await revoke(key.id)).status).toBe(404);
  } finally {
    await second.close();
  }
});

it('more requests than its rate are told when to come back, and other keys are not', async () => {
  const { secret } = await make({ scopes: ['kpis:read'], ratePerMinute: 3 });
  const { secret: other } = await make({ scopes: ['kpis:read'], ratePerMinute: 3 });
  for (let n = 0; n < 3; n++) expect((await call('GET', '/kpis/catalog', secret)).status).toBe(200);
  expect(await call('GET', '/kpis/catalog', secret)).toMatchObject({
    status: 429,
    retryAfter: '20',
    body: { error: { code: 'rate_limited' } },
  });
  expect((await call('GET', '/kpis/catalog', other)).status).toBe(200);
  clock.advance(20_000);
  expect((await call('GET', '/kpis/catalog', secret)).status).toBe(200);
  expect((await call('GET', '/kpis/catalog', secret)).status).toBe(429);
});

it('its last use is known to the minute, written once for many requests', async () => {
  const { key, secret } = await make({ scopes: ['kpis:read'] });
  const lastUse = async () => {
    const { rows } = await server.db.pool.query('SELECT last_used_at, xmin::text FROM api_key WHERE id = $1', [key.id]);
    return rows[0];
  };
  const use = () => call('GET', '/kpis/catalog', secret);
  await Promise.all([use(), use(), use(), use()]);
  const first = await lastUse();
  expect(first.last_used_at).toEqual(new Date(clock.now()));
  clock.advance(59_000);
  await use();
  expect(await lastUse()).toEqual(first);
  clock.advance(1_000);
  await use();
  expect((await lastUse()).last_used_at).toEqual(new Date(clock.now()));
});
