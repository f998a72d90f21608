/**
 * Proves: a second factor is in force from its first code on; sign-in then takes a code of the app (the present one or a
 * neighbour, each once) or one of ten recovery codes (each once); guessing codes is slowed down though the password is
 * right; the secret is kept sealed, recovery codes as hashes; turning it off needs the password.
 */
import { createHmac } from 'node:crypto';
import type { AccountView, NewUser, RecoveryCodes, TotpSetup } from '../../src/shared/accounts.js';
import { withDatabase } from '../support/index.js';
import { type ApiApp, EMAIL, PASSWORD, startApi } from './access-app.js';
import { Person, passwordOf } from './access-people.js';

const test = withDatabase();
let api: ApiApp;
beforeAll(async () => {
  api = await startApi(test.db, [], { config: { trustedProxies: ['127.0.0.1', '::1'] } });
});
afterAll(() => api.close());
beforeEach(() => api.clock.advance(3_600_000));

/** RFC 6238, written again: what an authenticator app shows. */
function codeOf(secret: string, atMs: number): string {
  const bits = [...secret]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(atMs / 30_000), 4);
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const now = (steps = 0) => api.clock.now() + steps * 30_000;
const password = passwordOf('factor');
let people = 0;

/** Somebody signed in, with a second factor. */
async function somebody() {
  const admin = new Person(api.url);
  await admin.signIn(EMAIL, PASSWORD);
  const email = `factor${++people}@example.com`;
  const made = await admin.call<NewUser>('POST', '/users', { email, name: 'F', role: 'ops' });
  const browser = new Person(api.url);
  await browser.call('POST', '/links/redeem', { token: made.body.link.token, password });
  await browser.signIn(email, password);
  const setup = await browser.call<TotpSetup>('POST', '/account/totp', { password });
  const { secret, uri } = setup.body;
  return { id: made.body.user.id, email, browser, secret, uri, admin };
}

async function enabled() {
  const person = await somebody();
  const code = codeOf(person.secret, now());
  const { status, body } = await person.browser.call<RecoveryCodes>('POST', '/account/totp/confirm', { code });
  expect(status).toBe(200);
  return { ...person, codes: body.codes, firstCode: code };
}

describe('setting it up', () => {
  it('needs the password, and is not in force before its first code', async () => {
    const { email, browser, secret, uri } = await somebody();
    expect((await browser.call('POST', '/account/totp', { password: 'wrong' })).code).toBe('password_wrong');
    expect(uri).toBe(
      `otpauth://totp/Tallyboard:${encodeURIComponent(email)}?secret=${secret}&issuer=Tallyboard&algorithm=SHA1&digits=6&period=30`,
    );
    expect((await new Person(api.url).signIn(email, password)).status).toBe(200);
    const confirm = (code: string) => browser.call('POST', '/account/totp/confirm', { code });
    expect((await confirm(codeOf(secret, now(5)))).code).toBe('totp_code_wrong');
    const before = browser.cookie;
    expect((await confirm(codeOf(secret, now()))).status).toBe(200);
    // The id of the session changed with the rights it stands for.
    expect(browser.cookie).not.toBe(before);
    expect(await browser.isIn()).toBe(true);
    browser.cookie = before;
    expect(await browser.isIn()).toBe(false);
  });

  it('is done once: another device needs it to be turned off first', async () => {
    const { browser, secret } = await enabled();
    expect((await browser.call('POST', '/account/totp', { password })).code).toBe('totp_already_on');
    const code = codeOf(secret, now(1));
    expect((await browser.call('POST', '/account/totp/confirm', { code })).code).toBe('totp_already_on');
  });

  it('keeps the secret sealed and recovery codes as hashes', async () => {
    const { id, secret, codes } = await enabled();
    const { rows } = await test.db.pool.query(
      `SELECT encode(totp_secret, 'hex') AS sealed, (SELECT string_agg(encode(code_hash, 'hex'), ',') FROM recovery_code
         WHERE user_id = u.id) AS hashes FROM app_user u WHERE id = $1`,
      [id],
    );
    const bits = [...secret]
      .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
      .join('');
    const plain = (bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2).toString(16).padStart(2, '0')).join('');
    expect(rows[0].sealed).not.toContain(plain);
    expect(rows[0].hashes.split(',')).toHaveLength(10);
    for (const code of codes) expect(rows[0].hashes).not.toContain(Buffer.from(code.replace('-', '')).toString('hex'));
  });
});

describe('signing in with it', () => {
  it('asks for the code only after the right password, and takes it', async () => {
    const { email, secret } = await enabled();
    const browser = new Person(api.url);
    expect(await browser.signIn(email, 'wrong password here')).toMatchObject({ status: 401, code: 'login_failed' });
    expect(await browser.signIn(email, password)).toMatchObject({ status: 401, code: 'totp_required', field: 'totp' });
    expect(browser.cookie).toBe('');
    expect(await browser.signIn(email, password, '000000')).toMatchObject({ status: 401, code: 'totp_wrong' });
    const spaced = codeOf(secret, now(1)).replace(/(...)/, '$1 ');
    expect((await browser.signIn(email, password, spaced)).status).toBe(200);
    const account = await browser.call<AccountView>('GET', '/account');
    expect(account.body.sessions[0]).toMatchObject({ current: true, method: 'totp' });
  });

  it('takes a code once, and nothing older than it', async () => {
    const { email, secret, firstCode } = await enabled();
    const attempt = (code: string) => new Person(api.url).signIn(email, password, code);
    expect((await attempt(firstCode)).code).toBe('totp_wrong');
    const next = codeOf(secret, now(1));
    const both = await Promise.all([attempt(next), attempt(next)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await attempt(codeOf(secret, now()))).code).toBe('totp_wrong');
  });

  it.each([-2, 2])('takes no code of %i steps away', async (steps) => {
    const { email, secret } = await enabled();
    api.clock.advance(600_000);
    expect((await new Person(api.url).signIn(email, password, codeOf(secret, now(steps)))).code).toBe('totp_wrong');
    expect((await new Person(api.url).signIn(email, password, codeOf(secret, now(Math.sign(steps))))).status).toBe(200);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { email, codes, browser } = await enabled();
    expect(codes).toHaveLength(10);
    const [one = '', two = ''] = codes;
    const attempt = (code: string) => new Person(api.url).signIn(email, password, code);
    expect((await attempt(one.toUpperCase().replace('-', ' '))).status).toBe(200);
    expect((await attempt(one)).code).toBe('totp_wrong');
    expect((await attempt(two)).status).toBe(200);
    expect(api.audited.filter(({ action }) => action === 'account.recovery_code_used')).toHaveLength(2);
    const { body } = await browser.call<AccountView>('GET', '/account');
    expect(body.totp?.recoveryCodesLeft).toBe(8);
    expect(body.sessions.filter(({ method }) => method === 'recovery')).toHaveLength(2);
    const renewed = await browser.call<RecoveryCodes>('POST', '/account/recovery-codes', { password });
    expect((await attempt(codes[2] ?? '')).code).toBe('totp_wrong');
    expect((await attempt(renewed.body.codes[0] ?? '')).status).toBe(200);
  });

  it('guessing codes is slowed down from however many addresses, and nobody is locked out for good', async () => {
    const { email, secret } = await enabled();
    const answers: (string | undefined)[] = [];
    for (let n = 0; n < 12; n++) {
      const guesser = new Person(api.url, { 'x-forwarded-for': `10.1.${n}.1` });
      answers.push((await guesser.signIn(email, password, '123456')).code);
    }
    expect(answers.slice(0, 10)).toEqual(Array(10).fill('totp_wrong'));
    expect(answers.slice(10)).toEqual(['login_throttled', 'login_throttled']);
    api.clock.advance(60_000);
    expect((await new Person(api.url).signIn(email, password, codeOf(secret, now()))).status).toBe(200);
  });

  it('asking for the code costs no attempt', async () => {
    const { email } = await enabled();
    for (let n = 0; n < 12; n++) expect((await new Person(api.url).signIn(email, password)).code).toBe('totp_required');
  });
});

describe('without it', () => {
  it('turning it off needs the password', async () => {
    const { email, browser } = await enabled();
    expect((await browser.call('POST', '/account/totp/remove', { password: 'wrong' })).code).toBe('password_wrong');
    expect((await browser.call('POST', '/account/totp/remove', { password })).status).toBe(204);
    expect((await new Person(api.url).signIn(email, password)).status).toBe(200);
    expect((await browser.call('POST', '/account/totp/remove', { password })).code).toBe('totp_off');
    expect((await browser.call('POST', '/account/recovery-codes', { password })).code).toBe('totp_off');
    expect(api.audited.map(({ action }) => action)).toContain('account.totp_disabled');
  });

  it('an administrator removes that of somebody who lost phone and codes; a reset of the password does not', async () => {
    const { id, email, admin } = await enabled();
    const link = await admin.call<{ token: string }>('POST', `/users/${id}/link`);
    const fresh = passwordOf('fresh');
    await new Person(api.url).call('POST', '/links/redeem', { token: link.body.token, password: fresh });
    expect((await new Person(api.url).signIn(email, fresh)).code).toBe('totp_required');
    expect((await admin.call('DELETE', `/users/${id}/totp`)).status).toBe(204);
    expect((await new Person(api.url).signIn(email, fresh)).status).toBe(200);
    expect((await admin.call('DELETE', `/users/${id}/totp`)).code).toBe('totp_off');
  });
});
