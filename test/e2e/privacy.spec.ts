/**
 * Proves, in Chromium against the real server, what an administrator does with personal data: a number is searched and
 * leads to its masked customer with their calls; somebody who may sees it in full, gives a reason, and it is masked again;
 * the customer is erased after a preview and a typed confirmation, and cannot be found any more while their call stays; the
 * agent of that call is erased on their page. The number is in no address and in no title. Axe finds nothing serious on any
 * of it, in both languages, and nothing is wider than a phone.
 */
import type { Browser, Page } from 'playwright-core';
import { atRest, complaintsOf, launchBrowser, noonZone, seriousFindings, signIn } from '../support/pages.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, sid, softphoneCall } from '../support/twilio.js';

const NUMBER = '+8613800001111';
let app: TestServer;
let browser: Browser;
let page: Page;
let complaints: string[];
const addresses: string[] = [];

beforeAll(async () => {
  app = await startTestServer({ config: { orgTimeZone: noonZone() } });
  for (const event of softphoneCall('call', 'ann', Date.now() - 600_000, 60)) {
    await postSigned(app.url, '/webhooks/twilio/voice', callback(event));
  }
  await app.folded();
  await app.db.pool.query('UPDATE app_user SET sees_numbers = true');
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('request', (request) => addresses.push(request.url()));
  complaints = complaintsOf(page);
  await signIn(page, app.url, '/settings/privacy');
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function expectSound(): Promise<void> {
  for (const language of ['en', 'zh']) {
    await page.goto(`${page.url().split('?')[0]}?lang=${language}`);
    await page.waitForSelector('h1');
    await atRest(page);
    expect([language, await seriousFindings(page)]).toEqual([language, []]);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([language, width, over]).toEqual([language, width, 0]);
    }
  }
  await page.goto(`${page.url().split('?')[0]}?lang=en`);
  await page.waitForSelector('h1');
}

async function search(number: string): Promise<void> {
  await page.goto(`${app.url}/settings/privacy`);
  await page.fill('input[type=tel]', number);
  await page.click('button[type=submit]');
}

async function choose(option: string): Promise<void> {
  await page.click('.ant-modal .ant-select');
  await page.click(`.ant-select-item-option:has-text("${option}")`);
}

/** A date so many days from now. */
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const dialog = () => page.locator('.ant-modal');

test('a number leads to its customer, masked', async () => {
  await expectSound();
  await search('139 9999 9999');
  await page.getByText('No customer with this number').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await search('138 0000 1111');
  await page.waitForURL(/\/settings\/privacy\/\d+$/);
  await page.getByRole('heading', { name: '138****1111' }).waitFor();
  await page.locator('tbody tr.ant-table-row').first().waitFor();
  expect(await page.locator('tbody tr.ant-table-row').count()).toBe(1);
  await expectSound();
});

test('the full number is shown for a reason, and masked again', async () => {
  await page.getByRole('button', { name: 'Show number' }).click();
  await dialog().getByRole('button', { name: 'Show number' }).click();
  await dialog().getByText('Choose a reason.').waitFor();
  await choose('Complaint');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Show number' }).click();
  await dialog().getByText(NUMBER).waitFor();
  await dialog().getByRole('button', { name: 'Hide number' }).click();
  await dialog().waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(NUMBER);
  // The call's own page offers the same, and leads back here.
  await page.goto(`${app.url}/calls/${sid('call')}`);
  await page.getByRole('button', { name: 'Show number' }).waitFor();
  await page.getByRole('link', { name: '138****1111' }).click();
  await page.waitForURL(/\/settings\/privacy\/\d+$/);
});

test('a customer is erased after a preview and a typed confirmation; the call stays', async () => {
  const id = page.url().split('/').at(-1) ?? '';
  await page.getByRole('button', { name: 'Erase…' }).click();
  await dialog().getByText('5 received messages').waitFor();
  await dialog().getByText('1 call with its times and result').waitFor();
  const confirm = dialog().getByRole('button', { name: 'Erase for good' });
  expect(await confirm.isDisabled()).toBe(true);
  await dialog().getByLabel(`Type ${id} to confirm`).fill(id);
  await choose('The person asks for it');
  expect(await seriousFindings(page)).toEqual([]);
  await confirm.click();
  await page.getByText('Erased on').waitFor();
  await page.getByRole('heading', { name: `Customer ${id}` }).waitFor();
  expect(await page.getByRole('button', { name: 'Show number' }).count()).toBe(0);
  await expectSound();
  await search(NUMBER);
  await page.getByText('No customer with this number').waitFor();
  expect((await app.kpis(`from=${day(-2)}&to=${day(2)}&kpis=dials,first_dials`)).totals).toEqual({
    dials: 1,
    first_dials: 1,
  });
});

test('an agent is erased on their page', async () => {
  const { rows } = await app.db.pool.query<{ id: number }>(`SELECT id FROM agent WHERE name = 'ann'`);
  const id = String(rows[0]?.id);
  await page.goto(`${app.url}/settings/agents/${id}`);
  await page.getByRole('button', { name: 'Erase…' }).click();
  await dialog().getByLabel(`Type ${id} to confirm`).fill(id);
  await choose('The person asks for it');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Erase for good' }).click();
  await page.getByRole('heading', { name: `Former agent #${id}` }).waitFor();
  expect(await page.getByRole('button', { name: 'Erase…' }).count()).toBe(0);
});

test('the number was in no address, and no page complained', () => {
  expect(addresses.filter((address) => /1380000|1399999/.test(decodeURIComponent(address)))).toEqual([]);
  expect(complaints).toEqual([]);
});
