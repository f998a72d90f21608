/**
 * Proves in Chromium: one signs in at a real provider with one click and lands where one wanted to go, with the menu of
 * one's role; whoever may not in is told why; an administrator makes a key, uses it, revokes it, and it is refused; one of
 * a team gets what such a key can have, and the list says its limit.
 * Nothing on these pages is a serious obstacle to anybody.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { makeTeam } from '../integration/boards-world.js';
import { OIDC_CLIENT, startProvider, type TestProvider } from '../support/oidc.js';
import { complaintsOf, launchBrowser, seriousFindings, signIn } from '../support/pages.js';
import { startTestServer, type TestServer } from '../support/server.js';

let provider: TestProvider;
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  provider = await startProvider();
  const oidc = {
    issuer: provider.issuer,
    clientId: OIDC_CLIENT.id,
    clientSecret: OIDC_CLIENT.secret,
    name: 'Example ID',
    groupsClaim: 'groups',
    scopes: 'openid profile email groups',
    roles: [{ group: 'agents', role: 'agent' as const, team: null }],
  };
  server = await startTestServer({ config: { oidc } });
  provider.allow(`${server.url}/api/v1/session/oidc/callback`);
  provider.accounts.set('s-1', { email: 'su@example.com', name: 'Su Li', groups: ['agents'] });
  provider.signsIn = 's-1';
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await provider?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
});
afterEach(() => context.close());

it('one click at the provider leads to where one wanted to go', async () => {
  const complaints = complaintsOf(page);
  await page.goto(`${server.url}/kpis?lang=en`);
  await page.waitForURL(/\/sign-in\?next=%2Fkpis/);
  await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
  await page.waitForURL(/\/kpis/);
  await page.getByText('Su Li').first().waitFor();
  // An agent has no wallboard of the organisation in the menu, and no page that asks for more than they may see.
  await page.goto(`${server.url}/`);
  await page.getByText('What you see').waitFor();
  expect(await page.getByRole('link', { name: 'Wallboard' }).count()).toBe(0);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

it.each([
  ['en-US', 'none of your groups may use Tallyboard', 'Sign in with Example ID'],
  ['zh-CN', '所在的组均无权使用', '使用 Example ID 登录'],
])('whoever may not in is told why (%s)', async (locale, reason, button) => {
  await context.close();
  context = await browser.newContext({ locale });
  page = await context.newPage();
  provider.accounts.set('s-2', { email: 'li@example.com', name: 'Li', groups: [] });
  provider.signsIn = 's-2';
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole('link', { name: button }).click();
  await page.waitForURL(/sso=oidc_no_role/);
  await page.getByText(reason).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

it('a key is made, shown once, works, and is refused once it is revoked', async () => {
  const complaints = complaintsOf(page);
  await signIn(page, server.url, '/settings/keys?lang=en');
  await page.getByText('No keys yet').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Name').fill('Nightly export');
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make it' }).click();
  const shown = page.locator('.key-secret .copy__value');
  await shown.waitFor();
  const secret = (await shown.textContent()) ?? '';
  const use = async () =>
    (await fetch(`${server.url}/api/v1/kpis`, { headers: { authorization: `Bearer ${secret}` } })).status;
  expect(await use()).toBe(200);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByText('Nightly export').first().waitFor();
  expect(await page.content()).not.toContain(secret);
  // The form is gone, and the key that took its place: the keyboard is where it was before both.
  await page.waitForFunction(() => document.activeElement?.textContent === 'Make a key');
  await page.getByRole('button', { name: 'Revoke: Nightly export' }).click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.locator('.mark', { hasText: 'revoked' }).waitFor();
  expect(await use()).toBe(401);
  expect(await seriousFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

it('a key of a team says so, and what it cannot have cannot be chosen', async () => {
  const complaints = complaintsOf(page);
  const team = await makeTeam(server.url, 'North');
  await signIn(page, server.url, '/settings/keys?lang=en');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Name').fill('Workbook of North');
  await page.getByRole('button', { name: 'Everything for reading' }).click();
  const settings = page.getByRole('checkbox', { name: 'read settings' });
  expect(await settings.isChecked()).toBe(true);
  await page.getByText('Only some teams').click();
  expect([await settings.isChecked(), await settings.isDisabled()]).toEqual([false, true]);
  await page.getByText('What is greyed out concerns the whole organisation').waitFor();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('Choose at least one team.').waitFor();
  await page.getByRole('combobox', { name: 'Teams' }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-tree-title', { hasText: 'North' }).click();
  await page.getByLabel('Name').click();
  await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'detached' });
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make it' }).click();
  const secret = (await page.locator('.key-secret .copy__value').textContent()) ?? '';
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByText('Only North').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const response = await fetch(`${server.url}/api/v1/teams`, { headers: { authorization: `Bearer ${secret}` } });
  expect(((await response.json()) as { id: number }[]).map(({ id }) => id)).toEqual([team]);
  expect(complaints).toEqual([]);
});
