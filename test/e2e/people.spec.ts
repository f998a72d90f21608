/**
 * Proves, in Chromium against the real server, what an administrator does with people: a team is made, an agent a signed
 * webhook named is confirmed into it, an address nobody has is assigned, an agent is moved, two are merged and the numbers
 * on /kpis move with them; a file with an error changes nothing and one without is applied; a mistake is said at its
 * field; who may only read sees no button; every page is accessible in both languages and fits a phone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../support/index.js';
import { atRest, complaintsOf, launchBrowser, noonZone, seriousFindings, signIn } from '../support/pages.js';
import { ADMIN, startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned, softphoneCall } from '../support/twilio.js';

const VOICE = '/webhooks/twilio/voice';

let app: TestServer;
let browser: Browser;
let page: Page;
let complaints: string[];
let calls = 0;

beforeAll(async () => {
  app = await startTestServer({ config: { orgTimeZone: noonZone() } });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function post(events: LegEvent[]): Promise<void> {
  for (const event of events) expect(await postSigned(app.url, VOICE, callback(event))).toMatchObject({ status: 204 });
}

/** So many calls of an agent, each a minute long and begun `ago` milliseconds before now. */
async function dial(agent: string, count: number, ago = 600_000): Promise<void> {
  const begun = Math.floor((Date.now() - ago) / 1000) * 1000;
  for (let i = 0; i < count; i++) await post(softphoneCall(`people.${calls++}`, agent, begun, 60));
  await app.folded();
}

/** A call from a customer that was put through to a phone nobody is known to have. */
async function putThrough(name: string, phone: string): Promise<void> {
  const at = Date.now() - 900_000;
  const root = { leg: name, direction: 'inbound', from: '+8613811110000', to: '+862100000001' };
  const child = { leg: `${name}c`, parent: name, direction: 'outbound-dial', from: '+8613811110000', to: phone };
  await post([
    { ...root, status: 'in-progress', at },
    { ...child, status: 'in-progress', at: at + 3_000 },
    { ...child, status: 'completed', at: at + 63_000, sequence: 1, duration: 60 },
    { ...root, status: 'completed', at: at + 63_000, sequence: 1, duration: 63 },
  ]);
  await app.folded();
}

/** Dials or answered inbound calls of today by what the page /kpis shows, read from its table. */
async function figures(by: 'Agent' | 'Team'): Promise<Record<string, string>> {
  await page.goto(`${app.url}/kpis`);
  await page.locator('.ant-segmented').getByText(by, { exact: true }).click();
  const table = page.locator('section.card').first();
  await table.locator('tbody tr td a').first().waitFor();
  await atRest(page);
  return table
    .locator('tbody tr:has(td a)')
    .evaluateAll((rows) =>
      Object.fromEntries(rows.map((row) => [...row.querySelectorAll('td')].slice(0, 2).map((cell) => cell.innerText))),
    );
}

/** Waits until the page /kpis says so: the numbers follow a change by themselves. */
async function shows(by: 'Agent' | 'Team', expected: Record<string, string>): Promise<void> {
  await eventually(
    async () => {
      expect(await figures(by)).toMatchObject(expected);
      return true;
    },
    { withinMs: 30_000, everyMs: 300, what: `${by}: ${JSON.stringify(expected)}` },
  );
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');

/** Chooses from a list that opens: types what is looked for and takes the one so called. */
async function choose(label: string, wanted: string): Promise<void> {
  const input = page.getByLabel(label, { exact: true }).last();
  const option = page.locator(
    '.ant-select-dropdown:visible :is(.ant-select-tree-title, .ant-select-item-option-content)',
  );
  await eventually(
    async () => {
      await input.fill(wanted);
      await option.filter({ hasText: wanted }).first().click({ timeout: 3_000 });
      // A list that was just being filtered can move away under the pointer.
      const chosen = input.locator('xpath=ancestor::*[contains(@class, "ant-select-content")][1]');
      expect(await chosen.innerText({ timeout: 1_000 })).toContain(wanted);
      return true;
    },
    { what: `${wanted} as ${label}` },
  );
}

/** In an open form: a change that is still to come however long the test takes. */
async function fromTheDayAfterTomorrow(): Promise<void> {
  await dialog().getByText('From a later time').click();
  await dialog()
    .getByLabel('Date', { exact: true })
    .fill(new Date(Date.now() + 172_800_000).toISOString().slice(0, 10));
}

async function openAgent(name: string): Promise<void> {
  await page.goto(`${app.url}/settings/agents`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

test('a team is made, below another', async () => {
  await signIn(page, app.url, '/settings/teams');
  for (const name of ['North', 'South']) {
    await button('New team').click();
    await dialog().getByLabel('Name').fill(name);
    await dialog().getByRole('button', { name: 'Create' }).click();
    await page.locator(`[data-team="${name}"]`).waitFor();
  }
  await button('Add below: North').click();
  await dialog().getByLabel('Name').fill('North 1');
  await dialog().getByRole('button', { name: 'Create' }).click();
  await page.locator('[data-team="North"] [data-team="North 1"]').waitFor();
});

test('a new agent is confirmed with its name and team, and its calls follow', async () => {
  await putThrough('through', '+8613700001234');
  await dial('li.na', 3);
  await dial('li.na.phone', 2);
  await shows('Team', { 'New agents': '5' });
  await page.goto(`${app.url}/settings/attention`);
  const row = page.locator('[data-agent="li.na"]');
  await row.getByLabel('Real name of li.na').fill('Li Na');
  await choose('Team of li.na', 'North 1');
  await row.getByRole('button', { name: 'Confirm li.na' }).click();
  await row.waitFor({ state: 'detached' });
  await page.locator('.settings__count', { hasText: '2' }).waitFor();
  await shows('Team', { 'North 1': '3', 'New agents': '2' });
});

test('an address nobody has is assigned, and its calls follow', async () => {
  await page.goto(`${app.url}/settings/attention`);
  const row = page.locator('[data-address="137****1234"]');
  await row.getByRole('link', { name: 'Call 1' }).waitFor();
  await choose('Agent who has 137****1234', 'Li Na');
  await row.getByRole('button', { name: 'Assign' }).click();
  await row.waitFor({ state: 'detached' });
  const report = await app.kpis('groupBy=agent&kpis=inbound_answered');
  expect(report.rows.find(({ label }) => label === 'Li Na')?.values.inbound_answered).toBe(1);
  await openAgent('Li Na');
  await page.getByText('137****1234').waitFor();
});

test('what the server refuses is said at its field, and nothing typed is lost', async () => {
  await openAgent('Li Na');
  await button('Add address').click();
  await dialog().getByLabel('Address').fill('li.na.phone');
  await dialog().getByRole('button', { name: 'Add address' }).click();
  await dialog().locator('.ant-form-item-explain-error').waitFor();
  expect(await dialog().getByLabel('Address').inputValue()).toBe('li.na.phone');
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('an agent is moved from now on: old calls stay, new ones count for the new team', async () => {
  await openAgent('Li Na');
  await button('Move').click();
  await choose('To which team', 'South');
  await dialog().getByText('At once').click();
  await dialog().getByRole('button', { name: 'Move' }).click();
  await page.locator('.history li[data-state=current]', { hasText: 'South' }).waitFor();
  // Surely after the move, whose moment is to the millisecond.
  await dial('li.na', 1, -5_000);
  await shows('Team', { 'North 1': '3', South: '1', 'New agents': '2' });
});

test('two agents are merged after a look at what moves, and the numbers move', async () => {
  await shows('Agent', { 'Li Na': '4', 'li.na.phone': '2' });
  await openAgent('li.na.phone');
  await button('Merge…').click();
  await choose('The agent that stays', 'Li Na');
  await dialog().locator('.preview', { hasText: '2 calls' }).waitFor();
  await dialog().getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('heading', { level: 1, name: 'Li Na' }).waitFor();
  await shows('Agent', { 'Li Na': '6' });
  expect((await figures('Agent'))['li.na.phone'] ?? '0').toBe('0');
});

test('a file with an error changes nothing; without, it is checked and then applied', async () => {
  await page.goto(`${app.url}/settings/files`);
  const choosing = page.locator('input[type=file]');
  const file = (name: string, rows: string[]) => {
    const path = join(app.db.dataDir, name);
    writeFileSync(path, `${['name,team,client', ...rows].join('\r\n')}\r\n`);
    return path;
  };
  await choosing.setInputFiles(file('wrong.csv', ['Wang Fang,North / North 1,wang.fang', 'Bob,Nowhere,bob']));
  await page.getByRole('alert').getByText('Nothing was changed').waitFor();
  expect(await page.locator('tbody').innerText()).toContain('3');
  expect(await page.locator('tbody').innerText()).toContain('team');
  expect(await button('Apply').count()).toBe(0);

  await choosing.setInputFiles(file('right.csv', ['Wang Fang,North / North 1,wang.fang', 'Bob,South,bob']));
  await button('Apply').click();
  await page.getByRole('status').getByText('2 rows were applied').waitFor();
  expect(await page.locator('[data-count=created] dd').innerText()).toBe('2');
  await page.goto(`${app.url}/settings/agents?search=wang.fang`);
  await page.getByRole('link', { name: 'Wang Fang' }).waitFor();
});

test('shifts, leave and holidays are entered', async () => {
  await openAgent('Li Na');
  await button('New week of shifts').click();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText('Monday – Friday').first().waitFor();
  await button('Add leave').click();
  await dialog().getByLabel('First day').fill('2026-12-24');
  await dialog().getByLabel('Last day').fill('2026-12-27');
  await dialog().getByRole('button', { name: 'Add leave' }).click();
  await page.getByText('Dec 24, 2026 – Dec 27, 2026').waitFor();
  await page.goto(`${app.url}/settings/sites/1`);
  await button('Add day').click();
  await dialog().getByLabel('Date').fill(`${new Date().getUTCFullYear()}-02-14`);
  await dialog().getByLabel('Name').fill('Make-up for Spring Festival');
  await dialog().getByText('Make-up day', { exact: true }).click();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText('Works like a Monday').waitFor();
});

test("a site's clock and a campaign's threshold change from then on, and can be taken back", async () => {
  await page.goto(`${app.url}/settings/campaigns/1`);
  await button('Change').click();
  await dialog().getByRole('button', { name: '30 s', exact: true }).click();
  await fromTheDayAfterTomorrow();
  await dialog().getByRole('button', { name: 'Save' }).click();
  const toCome = page.locator('.history li[data-state=to-come]', { hasText: 'Effective from 30 s' });
  await toCome.getByRole('button', { name: /^Take back/ }).click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: 'Take back' }).click();
  await toCome.waitFor({ state: 'detached' });

  await page.goto(`${app.url}/settings/sites/1`);
  await button('Change').click();
  await choose('Time zone', 'Europe/Warsaw');
  await fromTheDayAfterTomorrow();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.locator('.history li[data-state=to-come]', { hasText: 'Europe/Warsaw' }).waitFor();
});

const PAGES = [
  '/settings/attention',
  '/settings/agents',
  '/settings/agents/1',
  '/settings/teams',
  '/settings/teams/2',
  '/settings/sites',
  '/settings/sites/1',
  '/settings/campaigns',
  '/settings/campaigns/1',
  '/settings/organisation',
  '/settings/files',
];

test.each([
  ['en-US', 1440, 'light'],
  ['zh-CN', 390, 'dark'],
])(
  'every page is accessible, translated and fits: %s, %d px, %s',
  async (locale, width, theme) => {
    await dial('somebody.new', 1);
    await putThrough(`again.${locale}`, '+8613700009999');
    const context = await browser.newContext({
      locale,
      viewport: { width, height: 844 },
      storageState: await page.context().storageState(),
    });
    const other = await context.newPage();
    const said = complaintsOf(other);
    for (const path of PAGES) {
      await other.goto(`${app.url}${path}?theme=${theme}`);
      await other.locator('.settings__page h1').waitFor();
      await atRest(other);
      const text = await other.locator('body').innerText();
      if (locale === 'zh-CN') expect([path, /[\u4e00-\u9fff]{2}/.test(text)]).toEqual([path, true]);
      // A key of a message nobody wrote.
      expect([path, text.match(/\b(people|settings)\.[a-z]+[A-Za-z.]*\b/)]).toEqual([path, null]);
      expect([path, await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([path, 0]);
      expect([path, await seriousFindings(other)]).toEqual([path, []]);
    }
    expect(said).toEqual([]);
    await context.close();
  },
  180_000,
);

test('who may only read sees everything and no way to change it', async () => {
  // The administrator's own password, another role.
  await app.db.pool.query(
    `INSERT INTO app_user (email, name, role, password_hash)
     SELECT 'auditor@example.com', 'Auditor', 'auditor', password_hash FROM app_user WHERE role = 'admin' LIMIT 1`,
  );
  const context = await browser.newContext({ locale: 'en-US' });
  const auditor = await context.newPage();
  await auditor.goto(`${app.url}/sign-in?next=/settings/agents`);
  await auditor.fill('input[type=email]', 'auditor@example.com');
  await auditor.fill('input[type=password]', ADMIN.password);
  await auditor.click('button[type=submit]');
  await auditor.getByRole('link', { name: 'Li Na', exact: true }).click();
  await auditor.getByRole('heading', { level: 1, name: 'Li Na' }).waitFor();
  for (const path of PAGES.filter((one) => one !== '/settings/files')) {
    await auditor.goto(app.url + path);
    await auditor.locator('.settings__page .card').first().waitFor();
    await atRest(auditor);
    const offered = await auditor.locator('.settings__page').getByRole('button').allInnerTexts();
    // The search of the list has a button without words.
    expect([path, offered.filter((text) => text.trim() !== '')]).toEqual([path, []]);
  }
  await auditor.goto(`${app.url}/settings/files`);
  await auditor.getByRole('button', { name: 'Download people' }).waitFor();
  expect(await auditor.locator('input[type=file]').count()).toBe(0);
  await context.close();
});

test('nothing in these pages complained', () => {
  expect(complaints).toEqual([]);
});
