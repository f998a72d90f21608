/**
 * Proves, in Chromium against the real server: a template is applied and says what it comes to; a team's target is shared
 * out, one part is set by hand and the sum stays the target's to the last unit; a month is closed, its champion stands, and
 * a later correction appears beside the frozen figures; every page is accessible in both languages and fits a phone.
 */
import type { Browser, Page } from 'playwright-core';
import type { TargetView } from '../../src/shared/targets.js';
import { eventually } from '../support/index.js';
import { atRest, complaintsOf, launchBrowser, seriousFindings, signIn } from '../support/pages.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, sid, softphoneCall } from '../support/twilio.js';

const NAMES = ['Ada', 'Bo', 'Chen'];
const HEADERS = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };

let app: TestServer;
let browser: Browser;
let page: Page;
let complaints: string[];
/** The month before this one, as the organisation (UTC) counts it. */
let month: string;

beforeAll(async () => {
  app = await startTestServer({ config: { orgTimeZone: 'UTC' } });
  const now = new Date();
  month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15)).toISOString().slice(0, 7);
  await lastMonth();
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await signIn(page, app.url);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function send(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect([path, response.status < 300, text]).toEqual([path, true, text]);
  return JSON.parse(text);
}

/** Ada sells twice, Bo once; each has a call on the 10th of the month. */
async function lastMonth(): Promise<void> {
  for (const [i, name] of NAMES.entries()) {
    const at = Date.parse(`${month}-10T10:0${i}:00Z`);
    for (const event of softphoneCall(`m.${name}`, name, at, 120)) {
      expect(await postSigned(app.url, '/webhooks/twilio/voice', callback(event))).toMatchObject({ status: 204 });
    }
  }
  await app.folded();
  const sale = (externalId: string, name: string) => ({
    externalId,
    call: sid(`m.${name}`),
    at: `${month}-10T11:00:00Z`,
    disposition: 'sale',
    sale: { amountMinor: 100_000 },
  });
  await send('/outcomes', [sale('s1', 'Ada'), sale('s2', 'Ada'), sale('s3', 'Bo')]);
  await app.folded();
}

const targets = () => app.get<TargetView[]>('/api/v1/targets');

async function choose(label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).last().click();
  await page.locator('.ant-select-dropdown:visible').getByText(option).first().click();
}

test('nothing there yet: the page says how to begin', async () => {
  await page.goto(`${app.url}/settings/targets`);
  await page.getByText('begin with a template').waitFor();
});

test('the template for one person: 50 dials, and what it comes to', async () => {
  await page.getByRole('button', { name: 'Use a template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/50/).first().waitFor();
  await dialog.locator('.implied').getByText('Sales', { exact: true }).waitFor();
  await dialog.locator('.scope-field .ant-select').click();
  await page.locator('.ant-select-dropdown:visible').getByText(/^Ada/).click();
  await dialog.getByRole('button', { name: 'Set' }).click();
  await dialog.waitFor({ state: 'detached' });
  await eventually(async () =>
    (await targets()).some(({ kpi, value, label }) => kpi === 'dials' && value === 50 && label === 'Ada'),
  );
});

test('a team’s 100 sales a month are shared out among three people: 34, 33, 33; one set by hand, the sum stays', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const made = (await send('/targets', {
    scope: { kind: 'team', id: 1 },
    kpi: 'sales',
    period: 'month',
    value: 100,
    validFrom: `${today.slice(0, 7)}-01`,
  })) as TargetView;
  await page.goto(`${app.url}/settings/targets/${made.id}`);
  await choose('To', 'Everybody in it');
  await choose('By', 'Equal parts');
  await page.getByRole('button', { name: 'Propose' }).click();
  await page.getByText('Sum 100 of 100').waitFor();
  const part = (name: string) => page.getByRole('spinbutton', { name: `Target of ${name}` });
  const values = () => Promise.all(NAMES.map((name) => part(name).inputValue()));
  expect((await values()).map(Number).sort()).toEqual([33, 33, 34]);
  await part('Ada').fill('51');
  await part('Ada').blur();
  await eventually(async () => (await values()).join() === '51,25,24' || (await values()).join() === '51,24,25');
  await page.getByText('Sum 100 of 100').waitFor();
  await page.getByRole('button', { name: 'Set 3 targets' }).click();
  await page.getByText('3 targets set.').waitFor();
  const set = (await targets()).filter(({ scope, kpi }) => scope.kind === 'agent' && kpi === 'sales');
  expect(set.map(({ value }) => value).sort()).toEqual([24, 25, 51]);
  await page.getByRole('button', { name: 'From people' }).click();
  await page.getByText('3 targets below come to 100; this one is 100.').waitFor();
});

test('last month is closed; a sale taken back later is an adjustment beside the frozen figures', async () => {
  await page.goto(`${app.url}/settings/periods`);
  await page.getByRole('button', { name: 'Close', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('cannot be undone').waitFor();
  await dialog.getByRole('button', { name: 'Close the month' }).click();
  await page.getByRole('link', { name: new RegExp(month.slice(0, 4)) }).click();
  await page.locator('.champion').getByText('Ada').waitFor();
  await page.getByText('Nothing has changed since the month was closed.').waitFor();
  await send('/outcomes', [{ externalId: 's2', cancelled: true }]);
  await app.folded();
  await page.reload();
  const row = page.locator('section.card', { hasText: 'With adjustments' }).locator('tr', { hasText: 'Ada' });
  await row.waitFor();
  expect((await row.locator('td').allInnerTexts()).slice(1, 3)).toEqual(['2', '1']);
  await page.getByText(/Sales −1/).waitFor();
  await page.locator('.champion').getByText('Ada').waitFor();
});

test.each(['en', 'zh'])(
  'every page is accessible and fits a phone (%s)',
  async (language) => {
    const [own] = await targets();
    for (const path of ['targets', `targets/${own?.id}`, 'periods', `periods/${month}`]) {
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${app.url}/settings/${path}?lang=${language}`);
        await page.locator('section.card').first().waitFor();
        await atRest(page);
        expect([path, width, await seriousFindings(page)]).toEqual([path, width, []]);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([path, width, beyond <= 0]).toEqual([path, width, true]);
      }
    }
  },
  180_000,
);

test('nothing was complained about on the way', () => {
  expect(complaints).toEqual([]);
});
