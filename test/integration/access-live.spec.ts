/**
 * Proves: when somebody's rights change, they are disabled, their password or their session ends, the live connections
 * of their sessions close at once, in this process and in another one; others stay; the command line lets a locked-out
 * administrator in again, and says so in the audit log.
 */
import type { AccountView, NewUser } from '../../src/shared/accounts.js';
import { tallyboard } from '../support/children.js';
import { eventually } from '../support/index.js';
import { ADMIN, childEnvironment, startTestServer, type TestServer } from '../support/server.js';
import { Person, passwordOf } from './access-people.js';
import { Screen } from './live-client.js';

let app: TestServer;
let admin: Person;
beforeAll(async () => {
  app = await startTestServer();
  admin = new Person(app.url);
  expect((await admin.signIn(ADMIN.email, ADMIN.password)).status).toBe(200);
});
afterAll(() => app.close());

let people = 0;
async function watching() {
  const email = `live${++people}@example.com`;
  const { body } = await admin.call<NewUser>('POST', '/users', { email, name: 'Live', role: 'ops' });
  const browser = new Person(app.url);
  const password = passwordOf('live');
  await browser.call('POST', '/links/redeem', { token: body.link.token, password });
  await browser.signIn(email, password);
  const screen = await Screen.open(app.url, { headers: { cookie: browser.cookie, origin: app.url } });
  expect(await screen.subscribe()).toMatchObject({ ok: true });
  return { id: body.user.id, email, password, browser, screen };
}

/** At once, told by what ended the session: a look at all of them comes once a minute. */
async function closes(screen: Screen): Promise<void> {
  await eventually(() => !screen.connected, { what: 'a closed connection' });
  expect(screen.revocations).toEqual(['session_ended']);
}

it.each<[string, Record<string, unknown>]>([
  ['demoted', { role: 'agent' }],
  ['given numbers', { seesNumbers: true }],
  ['disabled', { disabled: true }],
])('of somebody %s', async (_, change) => {
  const [one, other] = [await watching(), await watching()];
  expect((await admin.call('PATCH', `/users/${one.id}`, change)).status).toBe(200);
  await closes(one.screen);
  expect(other.screen.connected).toBe(true);
  other.screen.close();
});

it('of somebody deleted, signed out everywhere, or with a new password', async () => {
  for (const end of [
    (id: number) => admin.call('DELETE', `/users/${id}`),
    (id: number) => admin.call('DELETE', `/users/${id}/sessions`),
    async (id: number) => {
      const { body } = await admin.call<{ token: string }>('POST', `/users/${id}/link`);
      return new Person(app.url).call('POST', '/links/redeem', { token: body.token, password: passwordOf('other') });
    },
  ]) {
    const { id, screen } = await watching();
    expect((await end(id)).status).toBeLessThan(300);
    await closes(screen);
  }
});

it('of a session ended from another one, which stays', async () => {
  const { email, password, screen, browser } = await watching();
  const second = new Person(app.url);
  await second.signIn(email, password);
  const { sessions } = (await second.call<AccountView>('GET', '/account')).body;
  const first = sessions.find(({ current }) => !current);
  await second.call('DELETE', `/account/sessions/${first?.id}`);
  await closes(screen);
  expect([await browser.isIn(), await second.isIn()]).toEqual([false, true]);
});

it('of one’s own old session id after a change of the password; it opens again with the new one', async () => {
  const { password, screen, browser } = await watching();
  await browser.call('POST', '/account/password', { current: password, password: passwordOf('fresh') });
  await closes(screen);
  const again = await Screen.open(app.url, { headers: { cookie: browser.cookie, origin: app.url } });
  expect(await again.subscribe()).toMatchObject({ ok: true });
  again.close();
});

it('in another process too, told by a signal', async () => {
  const { id, screen } = await watching();
  // What another process does: the change in the database, and the signal with it.
  await app.db.pool.query('DELETE FROM session WHERE user_id = $1', [id]);
  await app.db.pool.query('SELECT pg_notify($1, $2)', ['tallyboard', 'sessions:somebody-else']);
  await closes(screen);
});

describe('tallyboard user reset-password', () => {
  const run = (...args: string[]) =>
    tallyboard(
      ['user', 'reset-password', ...args],
      childEnvironment(app.db.dataDir, { DATABASE_URL: app.db.url, PUBLIC_URL: 'https://calls.example.com' }),
    );

  it('prints a link beside a running server, with which a locked-out administrator gets in again', async () => {
    const { email, id, browser, password } = await watching();
    await app.db.pool.query(`UPDATE app_user SET totp_secret = 'x', totp_enabled_at = now() WHERE id = $1`, [id]);
    const { code, stdout, stderr } = await run(email.toUpperCase(), '--remove-totp');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('works once') });
    const token = /^https:\/\/calls\.example\.com\/welcome#([\w-]{43})\n$/.exec(stdout)?.[1];
    expect((await browser.signIn(email, password)).code).toBeUndefined();
    const redeemed = await new Person(app.url).call('POST', '/links/redeem', { token, password: passwordOf('again') });
    expect(redeemed.body).toEqual({ email });
    expect((await new Person(app.url).signIn(email, passwordOf('again'))).status).toBe(200);
    const { rows } = await app.db.pool.query<{ action: string }>(
      `SELECT action FROM audit_event WHERE actor_kind = 'system' AND subject_id = $1 ORDER BY seq`,
      [String(id)],
    );
    expect(rows.map(({ action }) => action)).toEqual(['account.totp_disabled', 'user.link_made']);
  });

  it('says who is not there', async () => {
    const { code, stdout, stderr } = await run('nobody@example.com');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Nobody signs in with this e-mail');
  });
});
