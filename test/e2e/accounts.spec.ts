/**
 * Proves, in Chromium against the real server: an administrator invites somebody, who opens the link, chooses a password
 * and is in; they turn the second step on, sign in with it and with a recovery code; the account page changes name,
 * language and password and ends sessions; a demotion closes an open board; axe finds nothing serious on any of these
 * pages in either language, and they fit a phone.
 */
import { createHmac } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { complaintsOf, launchBrowser, seriousFindings, signIn } from '../support/pages.js';
import { ADMIN, startTestServer, type TestServer } from '../support/server.js';

let app: TestServer;
let browser: Browser;
let admin: Page;
let complaints: string[];
beforeAll(async () => {
  app = await startTestServer();
  browser = await launchBrowser();
  admin = await (await browser.newContext({ locale: 'en-US' })).newPage();
  complaints = complaintsOf(admin);
  await signIn(admin, app.url);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const FIRST = 'purple otters climb nine hills';
const SECOND = 'seven kettles hum in the harbour';

/** RFC 6238, written again: what an authenticator app shows. */
function codeOf(secret: string, steps = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(Date.now() / 30_000) + steps, 4);
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE((digest[19] ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Invites somebody through the page; returns the link to hand over. */
async function invite(name: string, email: string, role: string): Promise<string> {
  await admin.goto(`${app.url}/settings/users`);
  await admin.click('text=Invite somebody');
  await admin.fill('.ant-modal input#name', name);
  await admin.fill('.ant-modal input#email', email);
  await admin.click(`.ant-modal input[type=radio][value=${role}]`);
  await admin.click('text=Make the invitation');
  const link = await admin.textContent('.link-box .copy__value');
  await admin.click('.ant-modal-footer >> text=Done');
  await admin.waitForSelector(`tbody >> text=${email}`);
  return link ?? '';
}

async function newBrowser(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  return { context, page };
}

async function accept(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.fill('input#password', password);
  await page.fill('input#again', password);
  await page.click('button[type=submit]');
  await page.waitForURL(`${app.url}/`);
}

async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${app.url}/sign-in`);
  await page.fill('input[type=email]', email);
  await page.fill('input[type=password]', password);
  await page.click('button[type=submit]');
}

test('from the invitation to the second step, and back in with a recovery code', async () => {
  const link = await invite('Li Na', 'li.na@example.com', 'ops');
  expect(link).toMatch(new RegExp(`^${app.url}/welcome#[\\w-]{43}$`));

  const { page } = await newBrowser();
  await page.goto(link);
  // What would be guessed is said at the field, and the link still works.
  await page.fill('input#password', 'Li Na Li Na 2026');
  await page.fill('input#again', 'Li Na Li Na 2026');
  await page.click('button[type=submit]');
  await page.waitForSelector('.ant-form-item-explain-error:has-text("would be guessed")');
  await accept(page, link, FIRST);
  expect(await page.textContent('.account-menu__name')).toBe('Li Na');

  const second = await newBrowser();
  await second.page.goto(link);
  await second.page.waitForSelector('text=This link does not work any more');

  await page.click('.account-menu');
  await page.click('text=My account');
  await page.waitForURL(`${app.url}/account`);
  await page.click('.account__actions >> text=Turn on');
  await page.fill('.ant-modal input[type=password]', FIRST);
  await page.click('.ant-modal button[type=submit]');
  await page.waitForSelector('.account__qr svg');
  const secret = (await page.textContent('.ant-modal .copy__value')) ?? '';
  await page.fill('.ant-modal input#code', codeOf(secret));
  await page.click('.ant-modal button[type=submit]');
  await page.waitForSelector('.recovery-codes code');
  const codes = await page.locator('.recovery-codes code').allTextContents();
  expect(codes).toHaveLength(10);
  expect(await page.isDisabled('.ant-modal-footer button')).toBe(true);
  await page.check('text=I have kept them.');
  await page.click('.ant-modal-footer button');
  await page.waitForSelector('text=10 recovery codes are left.');

  await typePassword(second.page, 'li.na@example.com', FIRST);
  await second.page.waitForSelector('text=Second step');
  await second.page.fill('input#totp', '000000');
  await second.page.click('button[type=submit]');
  await second.page.waitForSelector('text=This code is wrong or was used already.');
  // The step after this one: that of the setup is used up.
  await second.page.fill('input#totp', codeOf(secret, 1));
  await second.page.click('button[type=submit]');
  await second.page.waitForURL(`${app.url}/`);

  const third = await newBrowser();
  await typePassword(third.page, 'li.na@example.com', FIRST);
  await third.page.click('text=Use a recovery code');
  await third.page.fill('input#totp', codes[0] ?? '');
  await third.page.click('button[type=submit]');
  await third.page.waitForURL(`${app.url}/`);

  // All three are listed; ending the others signs them out.
  await page.reload();
  await page.waitForSelector('text=9 recovery codes are left.');
  expect(await page.locator('.sessions li').count()).toBe(3);
  await page.click('button:has-text("End all others")');
  await page.click('.ant-popconfirm button:has-text("End all others")');
  await page.waitForFunction(() => document.querySelectorAll('.sessions li').length === 1);
  await second.page.goto(`${app.url}/account`);
  await second.page.waitForURL(/\/sign-in/);
});

test('name, language and password are one’s own to change', async () => {
  const link = await invite('Wang Fang', 'wang.fang@example.com', 'agent');
  const { page } = await newBrowser();
  await accept(page, link, FIRST);
  await page.goto(`${app.url}/account`);
  await page.fill('input#current', 'not my password at all');
  await page.fill('input#password', SECOND);
  await page.fill('input#again', SECOND);
  await page.click('text=Change the password');
  await page.waitForSelector('.ant-form-item-explain-error:has-text("not your present password")');
  await page.fill('input#current', FIRST);
  await page.click('text=Change the password');
  await page.waitForSelector('text=The password is changed');
  await page.fill('input#name', '王芳');
  await page.click('.ant-select:has(#language)');
  await page.click('.ant-select-item:has-text("中文")');
  await page.click('button:has-text("Save")');
  await page.waitForSelector('h1:has-text("我的账号")');
  await page.waitForSelector('.account-menu__name:has-text("王芳")');

  // In another browser too: her language comes with her.
  const other = await newBrowser();
  await typePassword(other.page, 'wang.fang@example.com', SECOND);
  await other.page.waitForURL(`${app.url}/`);
  await other.page.waitForSelector('.account-menu__name:has-text("王芳")');
  expect(await other.page.getAttribute('html', 'lang')).toBe('zh-CN');
});

test('whoever is demoted or disabled loses the open board', async () => {
  const link = await invite('Bob', 'bob@example.com', 'ops');
  const { page } = await newBrowser();
  await accept(page, link, FIRST);
  await page.goto(`${app.url}/wall/default`);
  await page.waitForSelector('.badge[data-look=live]');
  await admin.click('tbody >> text=Bob');
  await admin.waitForSelector('.user-form');
  await admin.click('.user-form input[type=radio][value=agent]');
  await admin.click('.user-form button[type=submit]');
  await page.waitForURL(/\/sign-in/);
  await admin.waitForSelector('dd:has-text("Agent")');
  await admin.click('button:has-text("Disable")');
  await admin.click('.ant-popconfirm button:has-text("Disable")');
  await admin.waitForSelector('.mark:has-text("Disabled")');
  await typePassword(page, 'bob@example.com', FIRST);
  await page.waitForSelector('text=E-mail or password is wrong.');
});

test('every page is usable with the keyboard’s helpers, in both languages and on a phone', async () => {
  const link = await invite('Zoë', 'zoe@example.com', 'supervisor');
  const id = await admin.getAttribute('tbody a:has-text("Zoë")', 'href');
  const { page: stranger } = await newBrowser();
  for (const language of ['en', 'zh']) {
    for (const address of [
      `${app.url}/sign-in?lang=${language}`,
      `${app.url}/welcome?lang=${language}#${link.split('#')[1]}`,
    ]) {
      await stranger.goto(address);
      await stranger.waitForSelector('input[type=password]');
      expect([address, await seriousFindings(stranger)]).toEqual([address, []]);
    }
    for (const [path, ready] of [
      ['/account', '.sessions li'],
      ['/settings/users', 'tbody a'],
      [id ?? '', '.user-form'],
    ] as const) {
      await admin.setViewportSize({ width: 1440, height: 900 });
      await admin.goto(`${app.url}${path}?lang=${language}`);
      await admin.waitForSelector(ready);
      expect([path, language, await seriousFindings(admin)]).toEqual([path, language, []]);
      await admin.setViewportSize({ width: 390, height: 844 });
      expect([path, await admin.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([
        path,
        true,
      ]);
    }
  }
  await admin.setViewportSize({ width: 1440, height: 900 });
  await admin.goto(`${app.url}/settings/users?lang=en`);
  await admin.click('text=Invite somebody');
  await admin.waitForSelector('.ant-modal input#email');
  expect(await seriousFindings(admin)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('an administrator signs in as before', async () => {
  const { page } = await newBrowser();
  await signIn(page, app.url);
  expect(await page.textContent('.account-menu__name')).toBe('Administrator');
  await page.click('.account-menu');
  await page.waitForSelector(`text=${ADMIN.email}`);
  await page.click('text=Sign out');
  await page.waitForURL(/\/sign-in/);
});
