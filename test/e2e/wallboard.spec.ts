/**
 * Proves, in Chromium against the real server in a process of its own: a posted event
 * changes the right tile at once; every number on the page equals the API's; a board whose server is gone says so, turns
 * amber, then grey, and is live again without a reload when the server is back; both languages; no serious accessibility
 * finding; the first load is small; the home page shows where to point Twilio and when the first event arrives.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SetupView } from '../../src/shared/api.js';
import { type ServerProcess, startProcess } from '../support/children.js';
import { freePort } from '../support/free-port.js';
import { eventually, withDatabase } from '../support/index.js';
import {
  atRest,
  complaintsOf,
  figuresOf,
  gzippedWeight,
  launchBrowser,
  noonZone,
  seriousFindings,
  signIn,
} from '../support/pages.js';
import { type Api, apiOf, childEnvironment } from '../support/server.js';
import { callback, type LegEvent, postSigned, softphoneCall } from '../support/twilio.js';

const FIGURES = ['dials', 'connects', 'connect_rate', 'talk_s', 'effective', 'sales'];
const GZIPPED_MAX = 300_000;

const test = withDatabase();
let environment: Record<string, string>;
let server: ServerProcess;
let api: Api;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  // The next start must be at the same address.
  const settings = { DATABASE_URL: test.db.url, ORG_TIME_ZONE: noonZone(), PORT: String(await freePort()) };
  environment = childEnvironment(test.db.dataDir, settings);
  server = await startProcess(environment);
  api = apiOf(server.url);
  browser = await launchBrowser();
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1920, height: 1080 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A call that ended some seconds ago. */
const softphone = (name: string, agent: string, talk: number): LegEvent[] =>
  softphoneCall(name, agent, Math.floor(Date.now() / 1000) * 1000 - (talk + 10) * 1000, talk);

async function send(...events: LegEvent[]): Promise<void> {
  for (const event of events) {
    const answer = await postSigned(server.url, '/webhooks/twilio/voice', callback(event));
    expect(answer).toMatchObject({ status: 204 });
  }
}

/** Posts, and returns after how many milliseconds the page showed the value. */
async function until(kpi: string, value: number, act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  await page.waitForSelector(`[data-kpi="${kpi}"][data-value="${value}"]`);
  return Math.round(performance.now() - began);
}

const badge = (look: string): Promise<unknown> =>
  page.waitForSelector(`.badge[data-look="${look}"]`, { timeout: 60_000 });

/** Every number the board shows, against the API's. */
async function boardEqualsApi(): Promise<void> {
  await eventually(
    async () => {
      const { totals } = await api.kpis(`kpis=${FIGURES.join(',')}`);
      expect(await figuresOf(page)).toEqual(totals);
      const agents = await api.kpis('groupBy=agent&kpis=sales,effective');
      const leaders = await page.$$eval('.leader', (rows) =>
        rows.map((row) => ({
          name: row.querySelector('.leader__name')?.textContent,
          sales: Number(row.querySelector('[data-measure="sales"]')?.getAttribute('data-value')),
          effective: Number(row.querySelector('[data-measure="effective"]')?.getAttribute('data-value')),
        })),
      );
      const listed = agents.rows.map(({ label, values }) => ({ name: label, ...values }));
      expect(leaders.length).toBeGreaterThan(0);
      expect(listed).toEqual(expect.arrayContaining(leaders));
      const hours = await api.kpis('groupBy=hour&kpis=dials,connects');
      const columns = await page.$$eval('tr[data-hour]', (rows) =>
        rows.map((row) => ['hour', 'dials', 'connects'].map((name) => Number(row.getAttribute(`data-${name}`)))),
      );
      const expected = hours.rows
        .filter(({ values }) => values.dials !== 0)
        .map(({ key, values }) => [Date.parse(key), values.dials, values.connects]);
      expect(columns.filter(([, dials]) => dials !== 0)).toEqual(expected);
      return true;
    },
    { withinMs: 30_000, everyMs: 100, what: 'the numbers of the page to equal the API' },
  );
}

it('nobody sees a board without signing in', async () => {
  await page.goto(`${server.url}/wall/default`);
  await page.waitForURL(/\/sign-in/);
  await page.waitForSelector('input[type=password]');
  expect(await page.locator('[data-kpi]').count()).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
});

it('the home page shows where to point Twilio, and the arrival of the first event', async () => {
  await signIn(page, server.url);
  const setup = await api.get<SetupView>('/api/v1/setup');
  for (const address of Object.values(setup.webhooks)) await page.getByText(address, { exact: true }).waitFor();
  await page.waitForSelector('[data-arrives="no"]');
  expect(await seriousFindings(page)).toEqual([]);
  await send({
    leg: 'hello',
    status: 'initiated',
    at: Date.now(),
    direction: 'inbound',
    from: 'client:zoe',
    to: '100',
  });
  await page.waitForSelector('[data-arrives="yes"]');
});

it('a posted event changes the right tile and no other', async () => {
  await page.goto(`${server.url}/wall/default`);
  await badge('live');
  const [begun, ringing, answered, ended, closed] = softphone('one', 'li.na', 400);
  if (!begun || !ringing || !answered || !ended || !closed) throw new Error('A call has five events');
  const before = await figuresOf(page);
  const ms = [await until('dials', 1, () => send(begun, ringing))];
  expect(await figuresOf(page)).toEqual({ ...before, dials: 1, connect_rate: 0 });
  await page.waitForSelector('.cell[data-activity="dialing"]');
  ms.push(await until('connects', 1, () => send(answered)));
  expect(await figuresOf(page)).toMatchObject({ dials: 1, connects: 1, connect_rate: 1, talk_s: 0, effective: 0 });
  await page.waitForSelector('.cell[data-activity="talking"]');
  ms.push(await until('talk_s', 400, () => send(ended, closed)));
  expect(await figuresOf(page)).toMatchObject({ dials: 1, connects: 1, talk_s: 400, effective: 1, sales: 0 });
  console.info(`From the post to the number on the page: ${ms.join(', ')} ms`);
  expect(Math.min(...ms)).toBeLessThan(2_000);
});

it('every number on the page equals the API', async () => {
  const calls = [30, 45, 310, 12, 600, 95].map((talk, i) => softphone(`many${i}`, `agent.${i % 4}`, talk));
  await send(...calls.flat());
  await until('dials', 7, () =>
    send({ ...softphone('busy', 'agent.1', 0)[0], leg: 'x', status: 'initiated', at: Date.now() }),
  );
  await boardEqualsApi();
  expect(await seriousFindings(page)).toEqual([]);
});

it('a server that is gone: reconnecting, amber, grey; back: live and right without a reload', async () => {
  await page.evaluate(() => Object.assign(window, { stillThere: true }));
  expect(await server.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
  await page.waitForSelector('.badge[data-phase="reconnecting"]');
  await page.waitForSelector('.wall[data-freshness="delayed"] .badge[data-look="reconnecting"]');
  await page.waitForSelector('.wall[data-freshness="frozen"] .badge[data-look="frozen"]');
  expect(await page.textContent('.badge')).toMatch(/as of \d\d:\d\d:\d\d/);
  const { dials } = await figuresOf(page);
  server = await startProcess(environment);
  await send(...softphone('after', 'li.na', 61));
  await badge('live');
  await page.waitForSelector(`[data-kpi="dials"][data-value="${Number(dials) + 1}"]`);
  await boardEqualsApi();
  expect(await page.evaluate(() => 'stillThere' in window)).toBe(true);
  expect(complaints).toEqual([]);
});

it.each([
  ['en-US', 'Dials', 'en'],
  ['zh-CN', '拨打', 'zh'],
])(
  'in the language of the browser: %s',
  async (locale, word, lang) => {
    const other = await browser.newContext({ locale, storageState: await context.storageState() });
    const board = await other.newPage();
    const said = complaintsOf(board);
    await board.goto(`${server.url}/wall/default`);
    await board.waitForSelector('.badge[data-look="live"]');
    expect(await board.textContent('.pages')).toContain(word);
    expect(await board.getAttribute('html', 'lang')).toContain(lang);
    for (const path of ['/', '/calls', '/kpis', '/wall/default']) {
      await board.goto(server.url + path);
      await atRest(board);
      const text = (await board.textContent('body')) ?? '';
      expect([path, lang === 'zh' ? /[\u4e00-\u9fff]/.test(text) : /[A-Za-z]{3}/.test(text)]).toEqual([path, true]);
      // A key of a message nobody wrote.
      expect(text).not.toMatch(/\b(wall|home|signIn|calls|kpis|common)\.[a-z]+[A-Za-z.]*\b(?!@)/);
      expect([path, await seriousFindings(board)]).toEqual([path, []]);
    }
    expect(said).toEqual([]);
    await other.close();
  },
  180_000,
);

it('the first load of the board is small', async () => {
  const fresh = await browser.newContext({ storageState: await context.storageState() });
  const bytes = await gzippedWeight(fresh, `${server.url}/wall/default`, '.badge[data-look="live"]');
  console.info(`First load of the wallboard: ${Math.round(bytes / 1000)} kB gzipped`);
  expect(bytes).toBeLessThan(GZIPPED_MAX);
  expect(bytes).toBeGreaterThan(50_000);
  await fresh.close();
});
