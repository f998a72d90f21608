/**
 * Proves: an invitation works once and for a week, a reset once and for an hour, and what leaks of them is a hash; a
 * password is at least 12 characters and not one that would be guessed; changing it needs the present one and ends all
 * other sessions; one's sessions are listed and ended one by one; failures are audited without what was typed.
 */
import type { AccessLink, AccountView, LinkView, NewUser } from '../../src/shared/accounts.js';
import { withDatabase } from '../support/index.js';
import { API_KEY, type ApiApp, EMAIL, PASSWORD, startApi } from './access-app.js';
import { Person, passwordOf } from './access-people.js';

const test = withDatabase();
let api: ApiApp;
let admin: Person;
beforeAll(async () => {
  api = await startApi(test.db, []);
});
afterAll(() => api.close());
beforeEach(async () => {
  api.clock.advance(3_600_000);
  admin = new Person(api.url);
  await admin.signIn(EMAIL, PASSWORD);
});

const HOUR = 3_600_000;
const nobody = () => new Person(api.url);
let people = 0;

async function invite(): Promise<{ id: number; email: string; token: string; expiresAt: string }> {
  const email = `li.na${++people}@example.com`;
  const { body } = await admin.call<NewUser>('POST', '/users', { email, name: 'Li Na', role: 'agent', language: 'zh' });
  return { id: body.user.id, email, token: body.link.token, expiresAt: body.link.expiresAt };
}

async function somebody(password = passwordOf('account')) {
  const invited = await invite();
  const browser = nobody();
  await browser.call('POST', '/links/redeem', { token: invited.token, password });
  expect((await browser.signIn(invited.email, password)).status).toBe(200);
  return { ...invited, browser, password };
}

const view = async (browser: Person) => (await browser.call<AccountView>('GET', '/account')).body;

describe('a link', () => {
  it('says whom it is for, lets them in once, and is over after a week', async () => {
    const { email, token, expiresAt } = await invite();
    expect(Date.parse(expiresAt) - api.clock.now()).toBe(7 * 24 * HOUR);
    const inspected = await nobody().call<LinkView>('POST', '/links/inspect', { token });
    expect(inspected.body).toEqual({ kind: 'invitation', email, name: 'Li Na', language: 'zh', expiresAt });
    const redeem = (name: string) =>
      nobody().call('POST', '/links/redeem', { token, password: passwordOf(name), name });
    const both = await Promise.all([redeem('first'), redeem('second')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await redeem('third')).code).toBe('link_invalid');
    const late = await invite();
    api.clock.advance(7 * 24 * HOUR);
    expect((await nobody().call('POST', '/links/inspect', { token: late.token })).code).toBe('link_invalid');
  });

  it('to reset works for an hour and ends every session', async () => {
    const { id, email, browser } = await somebody();
    const make = async () => (await admin.call<AccessLink>('POST', `/users/${id}/link`)).body;
    const late = await make();
    api.clock.advance(HOUR);
    await admin.signIn(EMAIL, PASSWORD);
    const redeem = (token: string) => nobody().call('POST', '/links/redeem', { token, password: passwordOf('new') });
    expect((await redeem(late.token)).code).toBe('link_invalid');
    await browser.signIn(email, passwordOf('account'));
    expect(await browser.isIn()).toBe(true);
    expect((await redeem((await make()).token)).status).toBe(200);
    expect(await browser.isIn()).toBe(false);
    expect((await nobody().signIn(email, passwordOf('account'))).code).toBe('login_failed');
    expect((await nobody().signIn(email, passwordOf('new'))).status).toBe(200);
    expect(api.audited.find(({ after }) => JSON.stringify(after) === '{"by":"reset"}')?.actor).toMatchObject({
      kind: 'user',
      id,
    });
  });

  it('is nothing without its token, and still works after a password that was refused', async () => {
    const { token } = await invite();
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, token.toLowerCase()]) {
      const { status } = await nobody().call('POST', '/links/inspect', { token: wrong });
      expect([400, 404]).toContain(status);
    }
    expect((await nobody().call('POST', '/links/redeem', { token, password: 'short' })).code).toBe(
      'password_too_short',
    );
    expect((await nobody().call('POST', '/links/redeem', { token, password: passwordOf('ok') })).status).toBe(200);
  });

  it('is asked about by one address only so often', async () => {
    const answers = [];
    for (let n = 0; n < 31; n++) answers.push((await nobody().call('POST', '/links/inspect', { token: 'x' })).status);
    expect(answers.slice(-2)).toEqual([404, 429]);
  });
});

describe('a password', () => {
  it.each([
    ['elevenchars', 'password_too_short'],
    ['😀'.repeat(11), 'password_too_short'],
    ['x7-'.repeat(86), 'password_too_long'],
    ['passwordpassword', 'password_common'],
    ['123456789012', 'password_common'],
    ['20261122199001', 'password_common'],
    ['1qaz2wsx3edc4rfv', 'password_common'],
    ['qwertyuiop[]', 'password_common'],
    ['woaini1314520', 'password_common'],
    ['P@ssw0rd1234', 'password_common'],
    ['Tallyboard2026', 'password_common'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'password_common'],
    ['abcabcabcabcabc', 'password_common'],
    ['(their e-mail)', 'password_common'],
    ['Li-Na-Li-Na-2026', 'password_common'],
  ])('%s is refused: %s', async (chosen, code) => {
    const { browser, email, password: current } = await somebody();
    const password = chosen === '(their e-mail)' ? email : chosen;
    const { status, code: answered, field } = await browser.call('POST', '/account/password', { current, password });
    expect({ status, answered, field }).toEqual({ status: 400, answered: code, field: 'password' });
  });

  it.each([
    'four words are enough here',
    '我们今天去湖边看日落好吗朋友',
    'kx9-vmq2-ttr8',
    `  ${'y'.repeat(3)} spaces  stay é`,
  ])('%s is taken as it is', async (password) => {
    const { email } = await somebody(password);
    expect((await nobody().signIn(email, `${password} `)).code).toBe('login_failed');
  });

  it('is changed with the present one; other sessions end and this one gets another id', async () => {
    const { email, browser, password } = await somebody();
    const other = nobody();
    await other.signIn(email, password);
    const before = browser.cookie;
    const fresh = passwordOf('fresh');
    expect(await browser.call('POST', '/account/password', { current: 'not it', password: fresh })).toMatchObject({
      status: 403,
      code: 'password_wrong',
      field: 'current',
    });
    expect((await browser.call('POST', '/account/password', { current: password, password: fresh })).status).toBe(204);
    expect(browser.cookie).not.toBe(before);
    expect([await browser.isIn(), await other.isIn()]).toEqual([true, false]);
    expect((await nobody().signIn(email, password)).code).toBe('login_failed');
    expect((await nobody().signIn(email, fresh)).status).toBe(200);
  });

  it('chosen by oneself ends the link somebody made meanwhile', async () => {
    const { id, browser, password } = await somebody();
    const link = await admin.call<AccessLink>('POST', `/users/${id}/link`);
    await browser.call('POST', '/account/password', { current: password, password: passwordOf('fresh') });
    expect((await nobody().call('POST', '/links/inspect', { token: link.body.token })).code).toBe('link_invalid');
  });

  it('asked for again and again is slowed down like a sign-in', async () => {
    const { browser } = await somebody();
    const codes = [];
    for (let n = 0; n < 7; n++) codes.push((await browser.call('POST', '/account/totp', { password: 'no' })).code);
    expect(new Set(codes.slice(0, 5))).toEqual(new Set(['password_wrong']));
    expect(codes.at(-1)).toBe('login_throttled');
  });
});

describe('one’s own account', () => {
  it('shows who one is and changes name and language', async () => {
    const { email, browser } = await somebody();
    expect(await view(browser)).toMatchObject({ email, name: 'Li Na', role: 'agent', language: 'zh', totp: null });
    const changed = await browser.call<AccountView>('PATCH', '/account', { name: ' 李娜 ', language: 'en' });
    expect(changed.body).toMatchObject({ name: '李娜', language: 'en' });
    expect((await browser.call('PATCH', '/account', { role: 'admin' })).code).toBe('parameter_unknown');
    expect((await browser.call('PATCH', '/account', { email: 'x@example.com' })).code).toBe('parameter_unknown');
    expect(api.audited.at(-1)).toMatchObject({ action: 'account.changed', after: { name: '•', language: 'en' } });
  });

  it('lists one’s sessions and ends them', async () => {
    const { email, browser, password } = await somebody();
    const phone = new Person(api.url, { 'user-agent': `Phone/1.0 ${'x'.repeat(400)}` });
    await phone.signIn(email, password);
    const sessions = (await view(browser)).sessions;
    expect(sessions.map(({ current }) => current)).toEqual([true, false]);
    expect(sessions[1]?.userAgent).toHaveLength(300);
    expect(sessions[1]?.address).toMatch(/127\.0\.0\.1|::1/);
    expect(JSON.stringify(sessions)).not.toContain(browser.cookie.split('=')[1]);
    const stranger = await somebody();
    expect((await stranger.browser.call('DELETE', `/account/sessions/${sessions[1]?.id}`)).status).toBe(404);
    expect((await browser.call('DELETE', `/account/sessions/${sessions[1]?.id}`)).status).toBe(204);
    expect(await phone.isIn()).toBe(false);
    expect((await browser.call('DELETE', '/account/sessions/x')).status).toBe(404);
    await phone.signIn(email, password);
    expect((await browser.call('DELETE', '/account/sessions')).body).toEqual({ ended: 1 });
    expect([await browser.isIn(), await phone.isIn(), await stranger.browser.isIn()]).toEqual([true, false, true]);
  });

  it('is for people: a key has none', async () => {
    const key = new Person(api.url, { authorization: `Bearer ${API_KEY}` });
    for (const [method, path] of [
      ['GET', '/account'],
      ['POST', '/account/password'],
      ['DELETE', '/account/sessions'],
    ] as const) {
      expect((await key.call(method, path)).status).toBe(403);
    }
  });
});

it('sign-ins are audited: who and from where; failures without what was typed', async () => {
  const { id, email, browser } = await somebody();
  await nobody().signIn(email, 'a wrong password of mine');
  expect(api.audited.at(-1)).toEqual({
    actor: { kind: 'anonymous', id: null, address: expect.stringMatching(/127\.0\.0\.1|::1/) },
    action: 'session.sign_in_failed',
    subject: { kind: 'user', id: String(id) },
    outcome: 'refused',
    after: { reason: 'password' },
  });
  await nobody().signIn('stranger@example.com', 'a wrong password of mine');
  expect(api.audited.at(-1)?.subject).toBeNull();
  await browser.call('DELETE', '/session');
  expect(api.audited.at(-1)).toMatchObject({ actor: { kind: 'user', id }, action: 'session.signed_out' });
  expect(JSON.stringify(api.audited)).not.toMatch(/wrong password|stranger|@example/);
});
