/**
 * Proves, in Chromium against the real server, that the wallboard fits every screen it is made for (1080p, 4K, a laptop,
 * a phone, a screen turned upright) with nobody, one, forty and three hundred agents in both languages: nothing outside
 * the picture, nothing to scroll, no figure cut; that a change repaints only its own tiles; and that every number opens
 * the calls behind it, down to one call's raw events; and that the files of the web come compressed.
 */
import type { Browser, Page } from 'playwright-core';
import { type BoardCreate, type BoardPage, type BoardTile, emptyBoard } from '../../src/shared/boards.js';
import { eventually } from '../support/index.js';
import { launchBrowser, noonZone, seriousFindings } from '../support/pages.js';
import { ADMIN, API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned } from '../support/twilio.js';

const VOICE = '/webhooks/twilio/voice';
const SCREENS = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1440, height: 900 },
  { width: 1080, height: 1920 },
  { width: 390, height: 844 },
];
const NAMES = ['li.na', '王芳', 'maximiliane.von-hohenstein', 'bob'];

let app: TestServer;
let browser: Browser;
let page: Page;
let agents = 0;

beforeAll(async () => {
  app = await startTestServer({ config: { orgTimeZone: noonZone() } });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'en-US' });
  page = await context.newPage();
  await page.goto(`${app.url}/sign-in`);
  await page.fill('input[type=email]', ADMIN.email);
  await page.fill('input[type=password]', ADMIN.password);
  await page.click('button[type=submit]');
  await page.waitForURL(`${app.url}/`);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** An answered outbound call of an agent: begun ten minutes ago, five minutes of talk. */
function callOf(name: string, from: string): LegEvent[] {
  const begun = Date.now() - 600_000;
  const root = { leg: name, direction: 'inbound', from: `client:${from}`, to: '+8613800001111' };
  const customer = {
    leg: `${name}c`,
    parent: name,
    direction: 'outbound-dial',
    from: '+862100000001',
    to: '+8613800001111',
  };
  return [
    { ...root, status: 'in-progress', at: begun },
    { ...customer, status: 'ringing', at: begun, sequence: 1 },
    { ...customer, status: 'in-progress', at: begun + 5_000, sequence: 2 },
    { ...customer, status: 'completed', at: begun + 305_000, sequence: 3, duration: 300 },
    { ...root, status: 'completed', at: begun + 305_000, sequence: 1, duration: 305 },
  ];
}

async function post(events: LegEvent[]): Promise<void> {
  for (const event of events) expect(await postSigned(app.url, VOICE, callback(event))).toMatchObject({ status: 204 });
}

async function growTo(count: number): Promise<void> {
  const names: string[] = [];
  while (agents < count) names.push(`${NAMES[agents % NAMES.length]}.${agents++}`);
  // A few at a time, as a phone system would.
  for (let i = 0; i < names.length; i += 20) {
    await Promise.all(names.slice(i, i + 20).map((name, k) => post(callOf(`c${agents}x${i + k}`, name))));
  }
  await app.folded();
}

async function openWall(language: 'en' | 'zh'): Promise<void> {
  await page.goto(`${app.url}/wall/default?lang=${language}`);
  await page.waitForSelector('.badge[data-look=live]');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction((count) => document.querySelectorAll('.cell').length === count, agents);
}

/** What sticks out of the screen, can be scrolled, or is cut though it must not be. */
function misfits(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push('the page scrolls');
    for (const element of document.querySelectorAll<HTMLElement>('.wall *')) {
      if (element.closest('.sr-only')) continue;
      const box = element.getBoundingClientRect();
      const name = `${element.tagName}.${element.getAttribute('class')}`;
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) found.push(name);
    }
    for (const whole of document.querySelectorAll<HTMLElement>(
      '.figure__value, .figure__usual, .count, .badge, .top__clock',
    )) {
      if (whole.scrollWidth > whole.clientWidth + 1) found.push(`cut: ${whole.className} “${whole.textContent}”`);
    }
    return found;
  });
}

test.each([0, 1, 40, 300])(
  'with %d agents the board fits every screen in both languages',
  async (count) => {
    await growTo(count);
    for (const language of ['zh', 'en'] as const) {
      await page.setViewportSize(SCREENS[0] ?? { width: 1920, height: 1080 });
      await openWall(language);
      for (const screen of SCREENS) {
        await page.setViewportSize(screen);
        // The floor measures itself again; its cells say when it is done.
        await eventually(async () => (await misfits()).length === 0, {
          what: `a fit at ${screen.width}×${screen.height}`,
        }).catch(async () =>
          expect({ screen, language, misfits: await misfits() }).toEqual({ screen, language, misfits: [] }),
        );
      }
    }
  },
  180_000,
);

/** A page with every kind of tile, small and large, with long words. */
function everyKind(): BoardPage {
  const place = (x: number, y: number, w: number, h: number, title: string | null = null) => ({ x, y, w, h, title });
  const figure = (id: string, kpi: string, at: ReturnType<typeof place>, target: number | null): BoardTile => {
    return { id, kind: 'figure', ...at, options: { kpi, usual: true, target } };
  };
  return {
    id: 'all',
    tiles: [
      figure('large', 'talk_total_s', place(0, 0, 24, 13), 3_600_000),
      figure('small', 'customer_connect_rate', place(24, 0, 6, 4), 0.5),
      figure('low', 'avg_talk_s', place(30, 0, 18, 4, 'A heading that is as long as it may get'), null),
      figure('narrow', 'talk_s', place(24, 4, 6, 9), null),
      { id: 'hours', kind: 'hours', ...place(30, 4, 18, 9), options: {} },
      {
        id: 'leaders',
        kind: 'leaderboard',
        ...place(0, 13, 9, 13),
        options: { kpi: 'talk_s', second: 'avg_talk_s', top: 30 },
      },
      { id: 'floor', kind: 'floor', ...place(9, 13, 15, 13), options: {} },
      { id: 'clock', kind: 'clock', ...place(24, 13, 6, 3), options: { date: true } },
      { id: 'note', kind: 'text', ...place(24, 16, 4, 2), options: { text: '加油！明天继续', size: 'figure' } },
      {
        id: 'words',
        kind: 'text',
        ...place(30, 13, 18, 13),
        options: { text: 'Well done. '.repeat(25).trim(), size: 'figure' },
      },
    ],
  };
}

async function create(board: BoardCreate): Promise<void> {
  const answer = await fetch(`${app.url}/api/v1/boards`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'x-tallyboard': '1' },
    body: JSON.stringify(board),
  });
  expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([201, '']);
}

test.each(['dark', 'light', 'festive'] as const)(
  'every kind of tile fits, and can be read: %s',
  async (theme) => {
    const settings = { theme, language: 'zh' as const, pages: [everyKind()] };
    await create({ ...emptyBoard('Every kind'), ...settings, id: `every-${theme}` });
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.goto(`${app.url}/wall/every-${theme}`);
    await page.waitForSelector('.badge[data-look=live]');
    await page.waitForSelector('.leader');
    for (const screen of SCREENS.filter(({ width, height }) => width > height)) {
      await page.setViewportSize(screen);
      await eventually(async () => (await misfits()).length === 0, { what: `a fit at ${screen.width}` }).catch(
        async () => expect({ screen, misfits: await misfits() }).toEqual({ screen, misfits: [] }),
      );
    }
    expect(await seriousFindings(page)).toEqual([]);
  },
  180_000,
);

it('its files come compressed, as the build left them', async () => {
  const entry = /\/assets\/[^"]+\.js/.exec(await (await fetch(app.url)).text())?.[0];
  const { headers } = await fetch(app.url + entry, { headers: { 'accept-encoding': 'gzip' } });
  expect(headers.get('content-encoding')).toBe('gzip');
});

test('pages turn by themselves, and wait while somebody is at the board', async () => {
  const pages = ['one', 'two'].map((id) => ({
    ...everyKind(),
    id,
    tiles: everyKind().tiles.map((tile) => ({ ...tile, id: `${tile.id}-${id}` })),
  }));
  await create({ ...emptyBoard('Turning'), id: 'turning', pages, rotationSeconds: 10 });
  // A context of its own: its clock is set by hand.
  const context = await browser.newContext({ storageState: await page.context().storageState() });
  const other = await context.newPage();
  await other.clock.install();
  await other.goto(`${app.url}/wall/turning`);
  const shown = (id: string) => other.waitForSelector(`.page-layer[data-page="${id}"][data-shown="true"]`);
  await shown('one');
  await other.clock.runFor(10_500);
  await shown('two');
  await other.mouse.move(300, 300);
  await other.clock.runFor(25_000);
  await shown('two');
  await other.clock.runFor(20_000);
  await shown('one');
  await context.close();
});

test('a call changes only its own tiles', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await openWall('en');
  await page.evaluate(() => {
    const touched = new Set<string>();
    (window as unknown as { touched: Set<string> }).touched = touched;
    // The attribute of a cell changes with its agent's activity; texts that count seconds are left out.
    new MutationObserver((list) => {
      for (const { target } of list) {
        const cell = (target instanceof Element ? target : target.parentElement)?.closest('.cell');
        if (cell) touched.add(cell.getAttribute('data-agent') ?? '');
      }
    }).observe(document.querySelector('.floor') ?? document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: ['data-activity'],
    });
  });
  const dials = Number(await page.getAttribute('[data-kpi=dials]', 'data-value'));
  const [first, second, third] = callOf('live', `${NAMES[0]}.0`).map((event) => ({ ...event, at: Date.now() }));
  for (const event of [first, second, third]) if (event) await post([event]);
  await page.waitForSelector(`[data-kpi=dials][data-value="${dials + 1}"]`);
  await page.waitForSelector('.cell[data-activity=talking]');
  expect(await page.evaluate(() => (window as unknown as { touched: Set<string> }).touched.size)).toBe(1);
  expect(await page.locator('.cell[data-activity=talking]').count()).toBe(1);
});

test('every number opens its calls, and a call its raw events', async () => {
  await openWall('en');
  const connects = Number(await page.getAttribute('[data-kpi=connects]', 'data-value'));
  await page.click('.figure:has([data-kpi=connects])');
  await page.waitForURL(/\/calls\?.*measure=connects(&|$)/);
  await eventually(
    async () => {
      const more = page.getByRole('button', { name: 'Load more' });
      // With the last of them the button goes, also under the pointer.
      if (await more.isVisible()) await more.click({ timeout: 1_000 }).catch(() => undefined);
      return (await page.locator('tbody a').count()) === connects;
    },
    { withinMs: 30_000, what: `${connects} calls` },
  );
  await page.locator('tbody a').last().click();
  await page.waitForSelector('text=What this call adds');
  await page.waitForSelector('code:has-text("completed")');
  await page.goBack();

  await openWall('en');
  const leader = page.locator('.leader').first();
  const id = await leader.getAttribute('data-agent');
  await leader.locator('a').click();
  await page.waitForURL(new RegExp(`agent=${id}(&|$)`));
  await page.waitForSelector('tbody a');
});

test('after a wall in Chinese, a desk in Chinese has all its texts', async () => {
  await page.goto(`${app.url}/wall/every-dark`);
  await page.waitForSelector('.badge[data-look=live]');
  await page.locator('.leader a').first().click();
  await page.waitForURL(/\/calls\?/);
  await page.getByRole('button', { name: '中文' }).click();
  await page.locator('.bar__nav').getByText('对比').click();
  await page.waitForURL(/\/compare/);
  await page.waitForSelector('.compare-modes');
  expect(await page.textContent('main')).not.toMatch(/\b(compare|reports|exports)\.[a-z]+[A-Za-z.]*\b/);
});
