/**
 * Proves, in Chromium against the real server: a sale appears on the ticker and in the leaderboard and interrupts the wall
 * exactly once, not after a reload, not for somebody who does not want to be shown, not when entered hours later; one that
 * is taken back goes; figures stand beside the organisation's targets with what should be reached by now.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/index.js';
import { complaintsOf, launchBrowser, noonZone, seriousFindings, signIn } from '../support/pages.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, sid, softphoneCall } from '../support/twilio.js';

let app: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  app = await startTestServer({ config: { orgTimeZone: noonZone() } });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1920, height: 1080 } });
  // Every card that is ever shown, also one that nobody looks at in time.
  await context.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node instanceof HTMLElement && node.classList.contains('celebration__card'))
            shown.push(node.textContent ?? '');
    }).observe(document, { childList: true, subtree: true });
  });
  page = await context.newPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function send<T>(method: string, path: string, body: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1', 'content-type': 'application/json' };
  const reply = await fetch(`${app.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await reply.text();
  expect([path, reply.ok, reply.ok ? '' : text]).toEqual([path, true, '']);
  return JSON.parse(text) as T;
}

async function call(name: string, agent: string, talk = 60): Promise<void> {
  const began = Math.floor(Date.now() / 1000) * 1000 - (talk + 10) * 1000;
  for (const event of softphoneCall(name, agent, began, talk)) {
    expect(await postSigned(app.url, '/webhooks/twilio/voice', callback(event))).toMatchObject({ status: 204 });
  }
}

/** What an agent sold in their call of this morning. */
const CALLS: Record<string, string> = { 'ada.lin': sid('one'), 'bo.chen': sid('two') };
const sale = (externalId: string, agent: string, amountMinor: number, more: object = {}): Promise<unknown> =>
  send('POST', '/outcomes', { externalId, agent, call: CALLS[agent], sale: { amountMinor }, ...more });

const shownCards = (): Promise<string[]> => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
const tickerNames = (): Promise<string[]> =>
  page.$$eval('.ticker__name', (names) => names.map((one) => one.textContent ?? ''));

it('a sale is on the ticker and in the leaderboard, and interrupts once', async () => {
  await call('one', 'ada.lin');
  await call('two', 'bo.chen');
  await app.folded();
  await signIn(page, app.url, '/wall/default');
  await page.waitForSelector('.badge[data-look=live]');
  await page.waitForSelector('.cell');
  await sale('s-1', 'ada.lin', 128_000);
  await page.waitForSelector('.celebration__card');
  expect(await page.textContent('.celebration__card')).toMatch(/ada\.lin.*1,280/);
  expect(await seriousFindings(page)).toEqual([]);
  await page.waitForSelector('.ticker__sale');
  await page.waitForSelector('[data-kpi=sales][data-value="1"]');
  await page.waitForSelector('.leader[data-rank="1"] [data-measure=sales][data-value="1"]');
  // Corrected: another amount on the ticker, no second card.
  await sale('s-1', 'ada.lin', 99_000, { version: Date.now() + 10_000 });
  await eventually(async () => (await page.textContent('.ticker__amount'))?.includes('990'));
  await page.waitForSelector('.celebration__card', { state: 'detached' });
  expect(await shownCards()).toHaveLength(1);
});

it('not after a reload, and not for what is no news; the next one again', async () => {
  await page.reload();
  await page.waitForSelector('.badge[data-look=live]');
  await page.waitForSelector('.ticker__sale');
  const early = new Date(Date.now() - 3_600_000).toISOString();
  await sale('s-old', 'bo.chen', 50_000, { at: early });
  await page.waitForSelector('[data-kpi=sales][data-value="2"]');
  await sale('s-2', 'bo.chen', 77_700);
  await page.waitForSelector('.celebration__card');
  expect(await shownCards()).toEqual([expect.stringMatching(/bo\.chen.*777/)]);
  expect((await tickerNames()).slice(0, 2)).toEqual(['bo.chen', 'ada.lin']);
});

it('one that is taken back goes; whoever does not want to be shown is not', async () => {
  await sale('s-2', 'bo.chen', 77_700, { cancelled: true, version: Date.now() + 20_000 });
  await eventually(async () => (await tickerNames()).join() === 'ada.lin,bo.chen');
  await page.waitForSelector('[data-kpi=sales][data-value="2"]');
  const { agents } = await app.get<{ agents: { id: number; name: string }[] }>('/api/v1/agents');
  const bo = agents.find(({ name }) => name === 'bo.chen');
  await send('PATCH', `/agents/${bo?.id}`, { display: 'hidden' });
  await eventually(async () => !(await tickerNames()).includes('bo.chen'));
  const before = (await shownCards()).length;
  await sale('s-hidden', 'bo.chen', 66_600);
  await sale('s-3', 'ada.lin', 55_500);
  await eventually(async () => (await shownCards()).length > before, { withinMs: 30_000 });
  expect((await shownCards()).slice(before)).toEqual([expect.stringMatching(/ada\.lin.*555/)]);
  await page.waitForSelector('[data-kpi=sales][data-value="4"]');
});

it('figures stand beside the organisation’s targets, as soon as there are any', async () => {
  const validFrom = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const target = (kpi: string, value: number) =>
    send('POST', '/targets', { scope: { kind: 'organisation' }, kpi, period: 'day', value, validFrom });
  await target('sales', 10);
  await target('connect_rate', 0.5);
  await eventually(async () => (await page.textContent('.slot[data-tile=sales]'))?.includes('target 10'), {
    withinMs: 30_000,
  });
  await eventually(async () => (await page.textContent('.slot[data-tile=connect-rate]'))?.includes('target 50.0%'));
  expect(complaints).toEqual([]);
});
