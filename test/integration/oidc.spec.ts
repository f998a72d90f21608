/**
 * Proves, against a real provider: single sign-on lets in whoever has a group with a role, as that role and no more, by
 * issuer and subject and never by e-mail; only the browser that began can finish, once, with the answer it waits for; a
 * provider that is down keeps nobody out who has a password, and is used again once it is back.
 */
import { OidcModule } from '../../src/access/oidc/index.js';
import type { SessionView } from '../../src/shared/api.js';
import { withDatabase } from '../support/index.js';
import { OIDC_CLIENT, startProvider, type TestProvider, WalkingBrowser } from '../support/oidc.js';
import { type ApiApp, EMAIL, PASSWORD, startApi } from './access-app.js';

const test = withDatabase();
let provider: TestProvider;
let api: ApiApp;
let north = 0;

beforeAll(async () => {
  provider = await startProvider();
  const { rows } = await test.db.pool.query<{ id: number }>(
    `INSERT INTO team (name, site_id) VALUES ('North', 1), ('Twin', 1), ('Twin', 1) RETURNING id`,
  );
  north = rows[0]?.id ?? 0;
  api = await startApi(test.db, [OidcModule], { now: Date.now(), config: { oidc: oidcOf(provider.issuer) } });
  provider.allow(`${api.url}/api/v1/session/oidc/callback`);
});
afterAll(async () => {
  await api.close();
  await provider.stop();
});

const isBack = (next: string) => next.startsWith(api.url) && !next.includes('/oidc/');
const start = (next = '/calls?agent=1') => `${api.url}/api/v1/session/oidc/start?next=${encodeURIComponent(next)}`;

/** Where the browser ends up. */
async function signIn(subject: string, browser = new WalkingBrowser(), next?: string): Promise<string> {
  provider.signsIn = subject;
  const steps = await browser.walk(start(next), isBack);
  return (steps.at(-1) ?? '').slice(api.url.length);
}

async function sessionOf(browser: WalkingBrowser): Promise<SessionView['user'] | null> {
  const response = await browser.get(`${api.url}/api/v1/session`);
  return response.status === 200 ? ((await response.json()) as SessionView).user : null;
}

const users = async () => (await test.db.pool.query('SELECT id, email, role FROM app_user ORDER BY id')).rows;

it('is offered with its name', async () => {
  const response = await fetch(`${api.url}/api/v1/session/options`);
  expect(await response.json()).toEqual({ password: true, oidc: { name: 'Example ID' } });
});

it('makes a person at their first sign-in, with the role and the teams of their groups', async () => {
  provider.accounts.set('s-1', { email: 'su@example.com', name: 'Su Li', groups: ['floor-north', 'agents', 'other'] });
  const browser = new WalkingBrowser();
  expect(await signIn('s-1', browser)).toBe('/calls?agent=1');
  expect(await sessionOf(browser)).toMatchObject({ email: 'su@example.com', name: 'Su Li', role: 'supervisor' });
  const { rows } = await test.db.pool.query(
    `SELECT i.issuer, i.subject, ARRAY(SELECT team_id FROM user_team t WHERE t.user_id = u.id) AS teams, u.password_hash
     FROM app_user u JOIN user_identity i ON i.user_id = u.id`,
  );
  expect(rows).toEqual([{ issuer: provider.issuer, subject: 's-1', teams: [north], password_hash: null }]);
  expect(browser.cookies(api.url).size).toBe(1);
});

it('is the same person at the next one, whatever their address is then, with the role of that day', async () => {
  const before = await users();
  const open = new WalkingBrowser();
  await signIn('s-1', open);
  provider.accounts.set('s-1', { email: 'su.li@example.com', name: 'Su Li', groups: 'tally-admins' });
  const browser = new WalkingBrowser();
  await signIn('s-1', browser);
  expect(await sessionOf(browser)).toMatchObject({ email: 'su.li@example.com', role: 'admin' });
  expect((await users()).map((user) => user.id)).toEqual(before.map((user) => user.id));
  // What was opened with other rights is over.
  expect(await sessionOf(open)).toBeNull();
  expect(api.audited).toContainEqual(
    expect.objectContaining({
      action: 'user.changed',
      before: { role: 'supervisor', teams: [north] },
      after: { role: 'admin', teams: [] },
    }),
  );
});

it('somebody else with the address of a local account does not get that account', async () => {
  const before = await users();
  provider.accounts.set('thief', { email: EMAIL.toUpperCase(), name: 'Administrator', groups: ['tally-admins'] });
  const browser = new WalkingBrowser();
  expect(await signIn('thief', browser)).toBe('/sign-in?sso=oidc_email_taken&next=%2Fcalls%3Fagent%3D1');
  expect(await sessionOf(browser)).toBeNull();
  expect(await users()).toEqual(before);
});

it.each([
  ['in no group with a role', { email: 'x@example.com', groups: ['others'] }, 'oidc_no_role'],
  ['with no groups at all', { email: 'y@example.com' }, 'oidc_no_role'],
  ['whose group leads two teams of one name', { email: 'z@example.com', groups: ['floor-twin'] }, 'oidc_team_unknown'],
])('somebody %s does not get in', async (subject, account, code) => {
  const before = await users();
  provider.accounts.set(subject, account);
  const browser = new WalkingBrowser();
  expect(await signIn(subject, browser, '/')).toBe(`/sign-in?sso=${code}`);
  expect(await sessionOf(browser)).toBeNull();
  expect(await users()).toEqual(before);
});

it('whoever loses their groups, or is disabled, is out: their open sessions end with the attempt to come back', async () => {
  provider.accounts.set('leaver', { email: 'leaver@example.com', groups: ['agents'] });
  const open = new WalkingBrowser();
  await signIn('leaver', open);
  expect(await sessionOf(open)).toMatchObject({ role: 'agent' });
  provider.accounts.set('leaver', { email: 'leaver@example.com', groups: [] });
  expect(await signIn('leaver', new WalkingBrowser(), '/')).toBe('/sign-in?sso=oidc_no_role');
  expect(await sessionOf(open)).toBeNull();
  provider.accounts.set('leaver', { email: 'leaver@example.com', groups: ['agents'] });
  await test.db.pool.query(`UPDATE app_user SET disabled_at = now() WHERE email = 'leaver@example.com'`);
  expect(await signIn('leaver', new WalkingBrowser(), '/')).toBe('/sign-in?sso=oidc_account_disabled');
});

it('a person without an address gets one of their own', async () => {
  provider.accounts.set('no mail', { groups: ['agents'] });
  const browser = new WalkingBrowser();
  await signIn('no mail', browser);
  expect(await sessionOf(browser)).toMatchObject({ email: 'no%20mail@127.0.0.1', name: 'no mail' });
});

describe('only the browser that began can finish', () => {
  /** A whole answer of the provider, not yet brought to us. */
  async function answered(browser: WalkingBrowser): Promise<string> {
    provider.signsIn = 's-1';
    const steps = await browser.walk(start('/'), (next) => next.includes('/oidc/callback'));
    return steps.at(-1) ?? '';
  }

  it('a link to another browser’s answer signs nobody in', async () => {
    const answer = await answered(new WalkingBrowser());
    const victim = new WalkingBrowser();
    expect((await victim.get(answer)).headers.get('location')).toBe('/sign-in?sso=oidc_attempt_unknown');
    expect(await sessionOf(victim)).toBeNull();
  });

  it('nor does an answer to another attempt of the same browser', async () => {
    const browser = new WalkingBrowser();
    const first = await answered(browser);
    await answered(browser);
    expect((await browser.get(first)).headers.get('location')).toBe('/sign-in?sso=oidc_refused');
    expect(await sessionOf(browser)).toBeNull();
  });

  it('an answer counts once', async () => {
    const browser = new WalkingBrowser();
    const answer = await answered(browser);
    const attempt = new Map(browser.cookies(api.url));
    expect((await browser.get(answer)).headers.get('location')).toBe('/');
    // Even with the attempt kept by hand: the provider takes a code once.
    const again = new WalkingBrowser();
    for (const [name, value] of attempt) again.cookies(api.url).set(name, value);
    expect((await again.get(answer)).headers.get('location')).toBe('/sign-in?sso=oidc_refused');
  });

  it.each([
    [
      'an error of the provider',
      (url: URL) => {
        url.searchParams.delete('code');
        url.searchParams.set('error', 'access_denied');
      },
    ],
    ['another code', (url: URL) => url.searchParams.set('code', 'made-up')],
    ['another state', (url: URL) => url.searchParams.set('state', 'made-up')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.test')],
    [
      'nothing',
      (url: URL) => {
        url.search = '';
      },
    ],
  ])('%s is refused', async (_, change) => {
    const browser = new WalkingBrowser();
    const answer = new URL(await answered(browser));
    change(answer);
    expect((await browser.get(answer.href)).headers.get('location')).toBe('/sign-in?sso=oidc_refused');
    expect(await sessionOf(browser)).toBeNull();
  });

  it('an altered attempt is none, and an old one neither', async () => {
    const browser = new WalkingBrowser();
    const answer = await answered(browser);
    const [name = '', value = ''] = [...browser.cookies(api.url)][0] ?? [];
    const other = new WalkingBrowser();
    const at = value.length >> 1;
    other.cookies(api.url).set(name, `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`);
    expect((await other.get(answer)).headers.get('location')).toBe('/sign-in?sso=oidc_attempt_unknown');
    api.clock.advance(10 * 60_000 + 1);
    expect((await browser.get(answer)).headers.get('location')).toBe('/sign-in?sso=oidc_attempt_unknown');
  });
});

it.each([
  'https://evil.test/',
  '//evil.test/',
  '/\\evil.test',
  '/\t/evil.test',
  '/x\\..\\..',
  'javascript:alert(1)',
  '/sign-in?next=/',
  '/api/v1/session/oidc/start',
])('after it one is at home, not at %s', async (next) => {
  expect(await signIn('s-1', new WalkingBrowser(), next)).toBe('/');
});

it('the cookie of an attempt cannot be read by the page, and shows nothing', async () => {
  const response = await fetch(start('/'), { redirect: 'manual' });
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^tallyboard-sso=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
  const address = new URL(response.headers.get('location') ?? '');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: `${api.url}/api/v1/session/oidc/callback`,
    state: expect.stringMatching(/.{20}/),
    nonce: expect.stringMatching(/.{20}/),
  });
  expect(Buffer.from(cookie.split(/[=;]/)[1] ?? '', 'base64url').toString('latin1')).not.toContain('nonce');
});

it('while the provider is down people are told, passwords work, and it is used again once it is back', async () => {
  const fresh = await startApi(test.db, [OidcModule], {
    now: Date.now(),
    config: { oidc: oidcOf(provider.issuer) },
  });
  provider.allow(`${fresh.url}/api/v1/session/oidc/callback`);
  await provider.stop();
  try {
    const address = `${fresh.url}/api/v1/session/oidc/start`;
    const told = await new WalkingBrowser().get(address);
    expect([told.status, told.headers.get('location')]).toEqual([302, '/sign-in?sso=oidc_unreachable']);
    const signedIn = await fetch(`${fresh.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tallyboard': '1' },
      body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
    });
    expect(signedIn.status).toBe(200);
    await provider.restart();
    // Not everybody who tries asks a provider that is down.
    expect((await new WalkingBrowser().get(address)).headers.get('location')).toBe('/sign-in?sso=oidc_unreachable');
    fresh.clock.advance(3_000);
    expect((await new WalkingBrowser().get(address)).headers.get('location')).toMatch(provider.issuer);
  } finally {
    await fresh.close();
  }
});

it('a provider that tells everything in the ID token is as good', async () => {
  const other = await startProvider({ claimsInIdToken: true });
  const app = await startApi(test.db, [OidcModule], { now: Date.now(), config: { oidc: oidcOf(other.issuer) } });
  other.allow(`${app.url}/api/v1/session/oidc/callback`);
  try {
    // The same subject at another provider is somebody else.
    other.accounts.set('s-1', { email: 'other@example.com', name: 'Other', groups: ['agents'] });
    other.signsIn = 's-1';
    const browser = new WalkingBrowser();
    await browser.walk(`${app.url}/api/v1/session/oidc/start`, (next) => next === `${app.url}/`);
    const response = await browser.get(`${app.url}/api/v1/session`);
    expect(await response.json()).toMatchObject({ user: { email: 'other@example.com', role: 'agent' } });
  } finally {
    await app.close();
    await other.stop();
  }
});

it('is not there when it is not set up', async () => {
  const app = await startApi(test.db, [OidcModule]);
  try {
    const options = await fetch(`${app.url}/api/v1/session/options`);
    expect(await options.json()).toEqual({ password: true, oidc: null });
    for (const path of ['start', 'callback?code=x&state=y']) {
      const response = await fetch(`${app.url}/api/v1/session/oidc/${path}`, { redirect: 'manual' });
      expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'oidc_not_configured' } }]);
    }
  } finally {
    await app.close();
  }
});

function oidcOf(issuer: string) {
  return {
    issuer,
    clientId: OIDC_CLIENT.id,
    clientSecret: OIDC_CLIENT.secret,
    name: 'Example ID',
    groupsClaim: 'groups',
    scopes: 'openid profile email groups',
    roles: [
      { group: 'floor-north', role: 'supervisor' as const, team: 'North' },
      { group: 'floor-twin', role: 'supervisor' as const, team: 'Twin' },
      { group: 'tally-admins', role: 'admin' as const, team: null },
      { group: 'agents', role: 'agent' as const, team: null },
    ],
  };
}
