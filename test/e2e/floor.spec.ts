/**
 * Proves, in Chromium against the real server: Floor with 1,000 agents draws no more than about 60 rows while 200 events a
 * second come in, and once it is quiet every figure of every row equals the API's; rows are sorted, searched and filtered,
 * and stay where they are under the pointer; keys go through them; the panel of an agent has the day's calls; whoever leads a team
 * sees that team; and an empty floor says how it fills. Accessible and translated.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { FLOOR_KPIS } from '../../src/shared/live.js';
import { eventually } from '../support/index.js';
import { atRest, complaintsOf, launchBrowser, noonZone, seriousFindings, signIn } from '../support/pages.js';
import { ADMIN, API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned, softphoneCall } from '../support/twilio.js';

const AGENTS = 1_000;
const ROWS_MOST = 60;
const EVENTS_A_SECOND = 200;
const CALLS = 320;
/** Time in a state goes on while it is compared. */
const COMPARED = FLOOR_KPIS.filter((kpi) => kpi !== 'logged_in_s' && kpi !== 'occupancy');

let app: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let made = 0;

beforeAll(async () => {
  app = await startTestServer({ config: { orgTimeZone: noonZone() } });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function send(path: string, body: string, type = 'application/json'): Promise<void> {
  const headers = { authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1', 'content-type': type };
  const reply = await fetch(`${app.url}/api/v1${path}`, { method: 'POST', headers, body });
  expect([path, reply.status, reply.ok ? '' : await reply.text()]).toEqual([path, expect.any(Number), '']);
}

const nameOf = (i: number): string => `Agent ${String(i).padStart(4, '0')}`;
const clientOf = (i: number): string => `agent.${i}`;

/** A call that began ten minutes ago. */
function callOf(i: number, talk = 60 + (i % 7) * 45): LegEvent[] {
  return softphoneCall(`floor.${made++}`, clientOf(i), Math.floor(Date.now() / 1000) * 1000 - 600_000, talk);
}

async function post(events: LegEvent[]): Promise<void> {
  for (const event of events)
    expect(await postSigned(app.url, '/webhooks/twilio/voice', callback(event))).toMatchObject({ status: 204 });
}

/** Posts at a steady rate, a tenth of a second's worth at a time; calls `meanwhile` between. */
async function postSteadily(events: LegEvent[], meanwhile: () => Promise<void>): Promise<void> {
  const step = EVENTS_A_SECOND / 10;
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (let i = 0; i < events.length; i += step) {
    sent.push(...events.slice(i, i + step).map((event) => post([event])));
    await meanwhile();
    const due = began + (i / EVENTS_A_SECOND) * 1_000;
    await eventually(() => performance.now() >= due, {
      everyMs: 5,
      withinMs: 30_000,
      what: 'the next tenth of a second',
    });
  }
  await Promise.all(sent);
  console.info(`${events.length} events in ${Math.round(performance.now() - began)} ms`);
}

const rows = () => page.locator('.fgrid tbody tr[data-agent]');
const firstName = () => rows().first().locator('th').innerText();
const box = () => page.locator('.fgrid');
const scrollTo = (top: number) => box().evaluate((element, to) => element.scrollTo(0, to), top);

/** Every row's figures, by agent, as read while scrolling from the top to the end. */
async function allCells(): Promise<Map<number, Record<string, unknown>>> {
  const cells = new Map<number, Record<string, unknown>>();
  const { height, whole } = await box().evaluate(({ clientHeight, scrollHeight }) => ({
    height: clientHeight - 76,
    whole: scrollHeight,
  }));
  for (let top = 0; top < whole; top += height) {
    await scrollTo(top);
    const read = await eventually(
      () =>
        page.evaluate((kpis) => {
          const grid = document.querySelector('.fgrid');
          const drawn = [...document.querySelectorAll<HTMLElement>('.fgrid tbody tr[data-agent]')];
          const [from, to] = [grid?.getBoundingClientRect().top ?? 0, grid?.getBoundingClientRect().bottom ?? 0];
          // Until the rows of this place are drawn there is a gap in sight.
          const [first, last] = [drawn[0], drawn.at(-1)];
          const isWhole = (element: Element | null) => element?.matches('.fgrid__gap *') === false;
          if (!first || !last || !isWhole(document.elementFromPoint(60, from + 60))) return false;
          if (!isWhole(document.elementFromPoint(60, to - 20))) return false;
          return drawn.map((row) => [
            Number(row.dataset.agent),
            Object.fromEntries(
              kpis.map((kpi) => {
                const text = row.querySelector<HTMLElement>(`[data-col="${kpi}"]`)?.dataset.value ?? '';
                return [kpi, text === '' ? null : JSON.parse(text)];
              }),
            ),
          ]) as [number, Record<string, unknown>][];
        }, COMPARED),
      { withinMs: 30_000, what: `the rows at ${top}` },
    );
    for (const [id, values] of read) cells.set(id, values);
  }
  return cells;
}

/** What the API says, by agent; whoever it does not list has done nothing. */
async function allFigures(): Promise<Map<number, Record<string, unknown>>> {
  const { rows: told } = await app.kpis(`groupBy=agent&kpis=${COMPARED.join(',')}`);
  return new Map(told.filter(({ key }) => key !== '0').map(({ key, values }) => [Number(key), values]));
}

async function gridEqualsApi(): Promise<void> {
  await app.folded();
  await eventually(
    async () => {
      const [cells, figures] = [await allCells(), await allFigures()];
      expect(cells.size).toBe(AGENTS);
      for (const [id, values] of figures) expect([id, cells.get(id)]).toEqual([id, values]);
      for (const [id, values] of cells) if (!figures.has(id)) expect([id, values.dials]).toEqual([id, 0]);
      return true;
    },
    { withinMs: 30_000, everyMs: 200, what: 'the rows to equal the API' },
  );
}

test('an empty floor says what will appear and how', async () => {
  await signIn(page, app.url, '/floor');
  await page.getByText('Nobody is on the floor yet.').waitFor();
  await page.getByText('Nobody right now.').waitFor();
  await page.getByRole('link', { name: 'To the agents' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

test('1,000 agents under 200 events a second: few rows are drawn, and all of them are right', async () => {
  for (const name of ['North', 'South']) await send('/teams', JSON.stringify({ name, siteId: 1 }));
  const lines = Array.from(
    { length: AGENTS },
    (_, i) => `${nameOf(i)},${i % 2 === 0 ? 'North' : 'South'},${clientOf(i)}`,
  );
  await send('/people/import', ['name,team,client', ...lines].join('\r\n'), 'text/csv');
  // All columns, so that every figure is there to be compared.
  await page.evaluate((ids) => {
    localStorage.setItem('tallyboard.floor.columns', JSON.stringify(['state', 'time', 'team', 'call', ...ids]));
  }, FLOOR_KPIS);
  await page.reload();
  await page.waitForSelector('.fgrid table[aria-rowcount="1001"]');
  await page.waitForSelector('.badge[data-look="live"]');

  let most = 0;
  let looks = 0;
  const events = Array.from({ length: CALLS }, (_, i) => callOf((i * 37) % AGENTS)).flat();
  await postSteadily(events, async () => {
    most = Math.max(most, await page.locator('.fgrid tr').count());
    if (++looks % 5 === 0) await scrollTo((looks * 1_700) % 36_000);
  });
  console.info(`At most ${most} rows drawn of ${AGENTS}`);
  expect(most).toBeGreaterThan(10);
  expect(most).toBeLessThanOrEqual(ROWS_MOST);
  await gridEqualsApi();
});

test('sorted by a column, both ways; searched; filtered by team and by state', async () => {
  await post([callOf(500), callOf(500), callOf(500)].flat());
  await app.folded();
  await page.getByRole('button', { name: 'Dials', exact: true }).click();
  await eventually(async () => (await firstName()) === nameOf(500), {
    withinMs: 30_000,
    what: 'the most dials on top',
  });
  expect(await page.getAttribute('th[data-col=dials]', 'aria-sort')).toBe('descending');
  await page.getByRole('button', { name: 'Dials', exact: true }).click();
  await eventually(async () => (await rows().first().locator('[data-col=dials]').innerText()) === '0', {
    what: 'the least',
  });

  await page.getByPlaceholder('Search agent or team').fill('agent 05');
  await page.waitForSelector('.fgrid table[aria-rowcount="101"]');
  await page.goto(`${app.url}/floor?team=2&sort=agent`);
  await page.waitForSelector('.fgrid table[aria-rowcount="501"]');
  const teams = await rows().locator('[data-col=team]').allInnerTexts();
  expect(new Set(teams).size).toBe(1);
  await page.goto(`${app.url}/floor?q=nobody-of-that-name`);
  await page.getByRole('button', { name: 'Show everybody' }).click();
  await page.waitForSelector('.fgrid table[aria-rowcount="1001"]');
});

test('while the pointer is at a row the order waits, and follows when it has gone', async () => {
  await page.goto(`${app.url}/floor?sort=dials&dir=desc`);
  await eventually(async () => (await firstName()) === nameOf(500), { what: 'the most dials on top' });
  await rows().nth(5).hover();
  // Somebody who reads: a pointer that rests for long holds nothing.
  for (let i = 0; i < 8; i++) {
    await page.mouse.move(200 + i, 600);
    await post(callOf(77));
  }
  const other = rows().filter({ hasText: nameOf(77) });
  await page.waitForSelector('.floor-head__note[data-held=true]');
  await app.folded();
  expect(await firstName()).toBe(nameOf(500));
  await page.mouse.move(700, 20);
  await eventually(async () => (await firstName()) === nameOf(77), { what: 'the new order' });
  await other.locator('[data-col=dials][data-value="8"]').waitFor();
});

test('keys go through the rows and open the panel, which has the day and the way to its calls', async () => {
  await page.goto(`${app.url}/floor?sort=dials&dir=desc`);
  await eventually(async () => (await firstName()) === nameOf(77), { what: 'the rows' });
  const grid = page.getByRole('grid', { name: 'Agents' });
  await grid.focus();
  await page.keyboard.press('End');
  await eventually(async () => (await page.locator('tr[data-active=true]').getAttribute('aria-rowindex')) === '1001', {
    what: 'the last row',
  });
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: `${nameOf(77)}, today` });
  await panel.getByRole('heading', { name: nameOf(77) }).waitFor();
  await panel.locator('.lane__span[data-phase=talk]').first().waitFor();
  expect(await panel.locator('tr[data-kpi=dials] td').first().innerText()).toBe('8');
  expect(await panel.locator('.panel-calls li').count()).toBe(8);
  expect(await seriousFindings(page)).toEqual([]);
  await panel.locator('tr[data-kpi=dials] a').click();
  await page.waitForURL(/\/calls\?.*measure=dials/);
  await eventually(async () => (await page.locator('tbody tr a').count()) === 8, { what: 'the calls of the figure' });
  await page.goBack();
  await panel.locator('.panel-calls a').first().waitFor();
  await page.keyboard.press('Tab');
  await panel.getByRole('button', { name: 'Close' }).click();
  await panel.waitFor({ state: 'detached' });
});

test.each([
  ['zh-CN', 390, 'dark', '现场监控'],
  ['en-US', 1920, 'light', 'Floor'],
])(
  '%s at %d px, %s: translated, accessible, and it fits',
  async (locale, width, theme, title) => {
    const other = await browser.newContext({
      locale,
      viewport: { width, height: 900 },
      storageState: await context.storageState(),
    });
    const tab = await other.newPage();
    const said = complaintsOf(tab);
    for (const path of ['/floor', '/floor?agent=78']) {
      await tab.goto(`${app.url}${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
      await tab.getByRole('heading', { level: 1, name: title }).waitFor();
      await tab.waitForSelector('.fgrid tbody tr[data-agent]');
      await atRest(tab);
      const text = await tab.locator('body').innerText();
      // A key of a message nobody wrote.
      expect(text).not.toMatch(/\b(floor|wall|calls)\.[a-z]+[A-Za-z.]*\b/);
      expect([path, await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([path, 0]);
      expect([path, await seriousFindings(tab)]).toEqual([path, []]);
    }
    expect(said).toEqual([]);
    await other.close();
  },
  180_000,
);

test('whoever leads a team begins here, with that team alone', async () => {
  const { rows: made } = await app.db.pool.query<{ id: number }>(
    // The administrator's own password, another role.
    `INSERT INTO app_user (email, name, role, password_hash)
     SELECT 'lead@example.com', 'Lead', 'supervisor', password_hash FROM app_user WHERE role = 'admin' LIMIT 1
     RETURNING id`,
  );
  await app.db.pool.query('INSERT INTO user_team (user_id, team_id) VALUES ($1, 3)', [made[0]?.id]);
  const other = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  const tab = await other.newPage();
  await tab.goto(`${app.url}/sign-in`);
  await tab.fill('input[type=email]', 'lead@example.com');
  await tab.fill('input[type=password]', ADMIN.password);
  await tab.click('button[type=submit]');
  await tab.waitForURL(`${app.url}/floor`);
  await tab.waitForSelector('.fgrid table[aria-rowcount="501"]');
  const names = await tab.locator('.fgrid tbody tr[data-agent] th').allInnerTexts();
  expect(names.filter((name) => Number(name.slice(6)) % 2 === 0)).toEqual([]);
  await other.close();
});

test('nothing here complained', () => {
  expect(complaints).toEqual([]);
});
