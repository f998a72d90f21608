/**
 * Proves: an administrator invites, changes, locks out and removes people; whatever somebody may do is read again at
 * every request, teams below a led one included, and a change of it ends their sessions; nobody raises their own rights
 * or gives away more than they have, and the last administrator stays; each change is in the audit log without a name.
 */
import { Authenticator } from '../../src/access/index.js';
import type { NewUser, UserPage, UserView } from '../../src/shared/accounts.js';
import type { SessionView } from '../../src/shared/api.js';
import { withDatabase } from '../support/index.js';
import { API_KEY, type ApiApp, EMAIL, PASSWORD, startApi } from './access-app.js';
import { type Answer, Person, passwordOf } from './access-people.js';

const test = withDatabase();
let api: ApiApp;
let admin: Person;
const TEAMS = { north: 11, northEast: 12, northEastOne: 13, south: 14 };
const AGENT = 21;

beforeAll(async () => {
  api = await startApi(test.db, []);
  await test.db.pool.query(
    `INSERT INTO team (id, name, site_id, parent_id) VALUES (11, 'North', 1, NULL), (12, 'North East', 1, 11),
       (13, 'North East 1', 1, 12), (14, 'South', 1, NULL)`,
  );
  await test.db.pool.query(`INSERT INTO agent (id, name, status) VALUES (21, 'li.na', 'active')`);
});
afterAll(() => api.close());
beforeEach(async () => {
  api.clock.advance(3_600_000);
  admin = new Person(api.url);
  expect((await admin.signIn(EMAIL, PASSWORD)).status).toBe(200);
});

let made = 0;
async function invite(more: Record<string, unknown> = {}, by = admin): Promise<Answer<NewUser>> {
  const name = `person${++made}`;
  return by.call<NewUser>('POST', '/users', { email: `${name}@example.com`, name, role: 'agent', ...more });
}

/** Somebody who has accepted and is signed in. */
async function person(more: Record<string, unknown> = {}): Promise<{ id: number; email: string; browser: Person }> {
  const { body } = await invite(more);
  const { email, id } = body.user;
  const browser = new Person(api.url);
  expect(
    (await browser.call('POST', '/links/redeem', { token: body.link.token, password: passwordOf('x') })).status,
  ).toBe(200);
  expect((await browser.signIn(email, passwordOf('x'))).status).toBe(200);
  return { id, email, browser };
}

const session = async (browser: Person): Promise<SessionView> =>
  (await browser.call<SessionView>('GET', '/session')).body;

describe('inviting', () => {
  it('makes a person without a password, and a link that is told once', async () => {
    const { status, body } = await invite({ role: 'supervisor', teams: [12, 11, 11], agentId: AGENT, language: 'zh' });
    expect(status).toBe(201);
    expect(body.user).toMatchObject({
      role: 'supervisor',
      teams: [
        { id: 11, name: 'North' },
        { id: 12, name: 'North East' },
      ],
      agent: { id: AGENT, name: 'li.na' },
      state: 'invited',
      hasPassword: false,
      language: 'zh',
      openLink: { kind: 'invitation' },
    });
    expect(body.link.token).toMatch(/^[\w-]{43}$/);
    const dump = await test.db.pool.query('SELECT l::text FROM access_link l');
    expect(JSON.stringify(dump.rows)).not.toContain(body.link.token);
    const entry = api.audited.findLast(({ action }) => action === 'user.invited');
    expect(entry?.after).toEqual({
      role: 'supervisor',
      teams: [11, 12],
      agentId: 21,
      seesNumbers: false,
      email: '•',
      name: '•',
    });
    expect(entry?.subject).toEqual({ kind: 'user', id: String(body.user.id) });
  });

  it.each([
    [{ email: EMAIL.toUpperCase() }, 409, 'email_taken', 'email'],
    [{ email: 'nobody' }, 400, 'request_invalid', 'email'],
    [{ name: ' ' }, 400, 'request_invalid', 'name'],
    [{ role: 'root' }, 400, 'choice_unknown', 'role'],
    [{ role: 'supervisor', teams: [0] }, 400, 'request_invalid', 'teams'],
    [{ role: 'supervisor', teams: [999] }, 400, 'user_team_unknown', 'teams'],
    [{ agentId: 0 }, 400, 'request_invalid', 'agentId'],
    [{ agentId: 999 }, 400, 'user_agent_unknown', 'agentId'],
    [{ password: 'x' }, 400, 'parameter_unknown', 'password'],
  ])('refuses %j', async (more, status, code, field) => {
    expect(await invite(more)).toMatchObject({ status, code, field });
  });

  it('is for whoever has users:write', async () => {
    for (const role of ['agent', 'supervisor', 'ops', 'auditor'] as const) {
      const { browser } = await person({ role });
      expect((await invite({}, browser)).status).toBe(403);
      expect((await browser.call('GET', '/users')).status).toBe(role === 'auditor' ? 200 : 403);
    }
  });
});

describe('what somebody may do', () => {
  it('is read again at every request: the teams below a led one come with it, wherever they are moved', async () => {
    const { browser } = await person({ role: 'supervisor', teams: [TEAMS.northEast] });
    const scope = async () => {
      const request = { headers: { cookie: browser.cookie }, remoteAddress: '127.0.0.1', encrypted: false };
      return (await api.app.get(Authenticator, { strict: false }).authenticate(request))?.scope;
    };
    const move = (team: number, below: number | null) =>
      test.db.pool.query('UPDATE team SET parent_id = $2 WHERE id = $1', [team, below]);
    expect(await scope()).toEqual({ kind: 'teams', teams: [12, 13] });
    await move(TEAMS.south, TEAMS.northEastOne);
    expect(await scope()).toEqual({ kind: 'teams', teams: [12, 13, 14] });
    await move(TEAMS.northEastOne, TEAMS.north);
    expect(await scope()).toEqual({ kind: 'teams', teams: [12] });
    await move(TEAMS.northEastOne, TEAMS.northEast);
    await move(TEAMS.south, null);
    const { user } = await session(browser);
    expect(user).toMatchObject({ role: 'supervisor', agentId: null });
    expect(user.permissions).toEqual(expect.arrayContaining(['kpis:read', 'exports:make']));
  });

  it('numbers:reveal comes with the person, not with the role', async () => {
    const { browser } = await person({ role: 'agent', agentId: AGENT, seesNumbers: true });
    const { user } = await session(browser);
    expect(user.permissions).toContain('numbers:reveal');
    expect(user.agentId).toBe(AGENT);
    expect((await session(admin)).user.permissions).not.toContain('numbers:reveal');
  });

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ role: 'ops' }, { role: 'agent' }],
    [{ role: 'supervisor', teams: [11] }, { teams: [14] }],
    [{ role: 'agent' }, { agentId: AGENT }],
    [{ role: 'agent' }, { seesNumbers: true }],
    [{ role: 'auditor' }, { disabled: true }],
  ])('changing it ends their sessions: %j → %j', async (before, change) => {
    const { id, browser } = await person(before);
    const changed = await admin.call<UserView>('PATCH', `/users/${id}`, change);
    expect(changed.status).toBe(200);
    expect(changed.body.sessions).toBe(0);
    expect(await browser.isIn()).toBe(false);
    const entry = api.audited.findLast(
      ({ action }) => action === ('disabled' in change ? 'user.disabled' : 'user.changed'),
    );
    expect(entry).toMatchObject({ subject: { kind: 'user', id: String(id) }, after: change });
    expect(Object.keys(Object(entry?.after))).toEqual(Object.keys(change));
  });

  it('a new name changes nothing of it', async () => {
    const { id, browser } = await person();
    expect((await admin.call<UserView>('PATCH', `/users/${id}`, { name: '王芳' })).body.name).toBe('王芳');
    expect(await browser.isIn()).toBe(true);
    expect(api.audited.at(-1)).toMatchObject({ action: 'user.changed', before: { name: '•' }, after: { name: '•' } });
  });

  it('teams mean something for supervisors only', async () => {
    const { id } = await person({ role: 'supervisor', teams: [11] });
    expect((await admin.call<UserView>('PATCH', `/users/${id}`, { role: 'ops' })).body.teams).toEqual([]);
  });

  it('somebody disabled neither signs in nor uses a link, and comes back when enabled', async () => {
    const { id, email } = await person();
    const link = await admin.call<{ token: string }>('POST', `/users/${id}/link`);
    await admin.call('PATCH', `/users/${id}`, { disabled: true });
    const browser = new Person(api.url);
    expect((await browser.signIn(email, passwordOf('x'))).code).toBe('login_failed');
    expect((await browser.call('POST', '/links/inspect', { token: link.body.token })).code).toBe('link_invalid');
    expect((await admin.call<UserView>('PATCH', `/users/${id}`, { disabled: false })).body.state).toBe('active');
    expect((await browser.signIn(email, passwordOf('x'))).status).toBe(200);
  });
});

describe('guard rails', () => {
  it('nobody changes their own rights, or lets themself in by a link', async () => {
    const { browser, id } = await person({ role: 'admin' });
    for (const change of [{ role: 'agent' }, { seesNumbers: true }, { agentId: AGENT }, { disabled: true }]) {
      expect((await browser.call('PATCH', `/users/${id}`, change)).code).toBe('own_rights');
    }
    expect((await browser.call('PATCH', `/users/${id}`, { name: 'Myself' })).status).toBe(200);
    expect((await browser.call('DELETE', `/users/${id}`)).code).toBe('own_rights');
    expect((await browser.call('POST', `/users/${id}/link`)).code).toBe('own_account');
    expect((await browser.call('DELETE', `/users/${id}/totp`)).code).toBe('own_account');
  });

  it('the last administrator who can sign in is not demoted, disabled or deleted; an invited one does not count', async () => {
    const others = await test.db.pool.query<{ id: number }>(
      `SELECT id FROM app_user WHERE role = 'admin' AND email <> $1`,
      [EMAIL],
    );
    for (const { id } of others.rows) expect((await admin.call('DELETE', `/users/${id}`)).status).toBe(204);
    const first = (await session(admin)).user.id;
    await invite({ role: 'admin' });
    const key = new Person(api.url, { authorization: `Bearer ${API_KEY}` });
    for (const change of [{ role: 'ops' }, { disabled: true }]) {
      expect((await key.call('PATCH', `/users/${first}`, change)).code).toBe('last_administrator');
    }
    expect((await key.call('DELETE', `/users/${first}`)).code).toBe('last_administrator');
    expect(await admin.isIn()).toBe(true);
    const second = await person({ role: 'admin' });
    expect((await key.call('PATCH', `/users/${first}`, { role: 'ops' })).status).toBe(200);
    expect((await key.call('PATCH', `/users/${second.id}`, { role: 'ops' })).code).toBe('last_administrator');
    expect((await second.browser.call('PATCH', `/users/${first}`, { role: 'admin' })).status).toBe(200);
  });

  it('two administrators cannot demote each other at once', async () => {
    const [one, two] = await Promise.all([person({ role: 'admin' }), person({ role: 'admin' })]);
    const all = await test.db.pool.query<{ id: number }>(`SELECT id FROM app_user WHERE role = 'admin'`);
    const rest = all.rows.map(({ id }) => id).filter((id) => id !== one.id && id !== two.id);
    await test.db.pool.query(`UPDATE app_user SET role = 'ops' WHERE id = ANY($1)`, [rest]);
    const answers = await Promise.all([
      one.browser.call('PATCH', `/users/${two.id}`, { role: 'agent' }),
      two.browser.call('PATCH', `/users/${one.id}`, { role: 'agent' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await test.db.pool.query(`SELECT 1 FROM app_user WHERE role = 'admin'`);
    expect(left.rows).toHaveLength(1);
    await test.db.pool.query(`UPDATE app_user SET role = 'admin' WHERE id = ANY($1)`, [rest]);
  });

  it('a key gives no right to see numbers, and touches nobody who has it', async () => {
    const key = new Person(api.url, { authorization: `Bearer ${API_KEY}` });
    expect((await invite({ seesNumbers: true }, key)).code).toBe('rights_exceed_own');
    const { id } = await person({ seesNumbers: true });
    expect((await key.call('POST', `/users/${id}/link`)).code).toBe('rights_exceed_own');
    expect((await key.call('PATCH', `/users/${id}`, { role: 'ops' })).code).toBe('rights_exceed_own');
    expect((await invite({ role: 'admin' }, key)).status).toBe(201);
  });
});

describe('links, sessions and removal', () => {
  it('a new link replaces the one before', async () => {
    const { id } = await person();
    const [first, second] = [
      await admin.call<{ kind: string; token: string }>('POST', `/users/${id}/link`),
      await admin.call<{ kind: string; token: string }>('POST', `/users/${id}/link`),
    ];
    expect(first.body.kind).toBe('reset');
    const nobody = new Person(api.url);
    expect((await nobody.call('POST', '/links/inspect', { token: first.body.token })).status).toBe(404);
    expect((await nobody.call('POST', '/links/inspect', { token: second.body.token })).status).toBe(200);
  });

  it('somebody who signs in at a provider gets no password beside it', async () => {
    const { body } = await invite();
    await test.db.pool.query(
      `INSERT INTO user_identity (issuer, subject, user_id) VALUES ('https://id.example', 'x', $1)`,
      [body.user.id],
    );
    expect((await admin.call('POST', `/users/${body.user.id}/link`)).code).toBe('password_missing');
  });

  it('ends all sessions of somebody', async () => {
    const { id, email, browser } = await person();
    const second = new Person(api.url);
    await second.signIn(email, passwordOf('x'));
    expect((await admin.call('DELETE', `/users/${id}/sessions`)).body).toEqual({ ended: 2 });
    expect([await browser.isIn(), await second.isIn()]).toEqual([false, false]);
    expect(api.audited.at(-1)).toMatchObject({ action: 'session.ended', after: { sessions: 2 } });
  });

  it('removes somebody with everything that lets them in', async () => {
    const { id, email, browser } = await person();
    expect((await admin.call('DELETE', `/users/${id}`)).status).toBe(204);
    expect(await browser.isIn()).toBe(false);
    expect((await new Person(api.url).signIn(email, passwordOf('x'))).code).toBe('login_failed');
    expect((await admin.call('GET', `/users/${id}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/users/${id}`)).status).toBe(404);
    expect((await admin.call('GET', '/users/x')).status).toBe(404);
  });
});

it('the list is searched, filtered and paged by name', async () => {
  for (const name of ['Zoë', 'anton', '100%_sure', 'Zack']) await invite({ name, email: `${made}@list.example` });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const path: string = `/users?search=list.example&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page: Answer<UserPage> = await admin.call<UserPage>('GET', path);
    seen.push(...page.body.users.map(({ name }) => name));
    cursor = page.body.next;
  } while (cursor !== null);
  expect(seen).toEqual(['100%_sure', 'anton', 'Zack', 'Zoë']);
  const names = async (query: string) =>
    (await admin.call<UserPage>('GET', `/users?${query}`)).body.users.map(({ name }) => name);
  expect(await names('search=%25_')).toEqual(['100%_sure']);
  expect(await names('search=list.example&state=active')).toEqual([]);
  expect(await names('search=list.example&state=invited&role=agent')).toHaveLength(4);
  for (const [query, code] of [
    ['limit=0', 'request_invalid'],
    ['limit=1&limit=2', 'request_invalid'],
    ['state=gone', 'choice_unknown'],
    ['order=email;--', 'parameter_unknown'],
    ['cursor=WzFd', 'cursor_invalid'],
  ] as const) {
    expect([query, (await admin.call('GET', `/users?${query}`)).code]).toEqual([query, code]);
  }
});

it('no audit entry names anybody', () => {
  const text = JSON.stringify(api.audited);
  expect(text).not.toMatch(/@example\.com|person\d|王芳|Zack/);
});
