/**
 * Proves, in Chromium against the real server: a leaderboard puts rates in order by their estimate, gives a lucky 3 of 3 no
 * place, and opens the calls behind a figure; teams per head; a point of the quadrants opens the person; an agent sees the
 * own team without teams and quadrants, and a colleague who hides the name stands there without it; axe finds nothing
 * serious in either language, and the page fits a phone.
 */
import type { Page } from 'playwright-core';
import { seriousFindings } from '../support/pages.js';
import { openReportFloor, type ReportFloor } from './report-floor.js';

/** Dials, connects. */
const CALLS: Record<string, [dials: number, connects: number]> = { ann: [24, 14], bea: [22, 6], cy: [3, 3] };
let floor: ReportFloor;
let app: ReportFloor['app'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  floor = await openReportFloor(CALLS);
  ({ app, page, complaints } = floor);
});
afterAll(() => floor?.close());

const rowsOf = (of: Page): Promise<string[]> =>
  of.locator('.leaderboard tbody tr.ant-table-row').evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('td')]
        .slice(0, 3)
        .map((cell) => (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim())
        .join(' | '),
    ),
  );

it('rates by their estimate; too few calls give no place; a figure opens its calls', async () => {
  await page.goto(`${app.url}/compare?period=today&kpi=connect_rate`);
  await page.waitForSelector('.leaderboard tbody tr.ant-table-row');
  expect(await rowsOf(page)).toEqual([
    '1 | ann New agents | 58.3% 14 / 24',
    '2 | bea New agents | 27.3% 6 / 22',
    'No place | cy not enough calls yet New agents | 100.0% 3 / 3',
  ]);
  expect(await page.locator('.interval').count()).toBe(2);
  await page.click('text=How the places come about');
  await page.waitForSelector('text=2 people with 46 in all');
  await page.locator('a', { hasText: 'Calls of ann' }).click();
  await page.waitForURL(/\/calls\?.*measure=connects/);
  await page.waitForFunction(() => document.querySelectorAll('tbody tr.ant-table-row').length === 14);
});

it('teams are compared per head or as a total', async () => {
  await page.goto(`${app.url}/compare?period=today`);
  await page.locator('.compare-modes').getByText('Teams', { exact: true }).click();
  await page.waitForSelector('text=Per head');
  const cells = page.locator('.leaderboard tbody tr.ant-table-row td');
  await page.waitForFunction(() =>
    document.querySelector('.leaderboard tbody tr.ant-table-row')?.textContent?.includes('49'),
  );
  expect((await cells.allInnerTexts()).slice(0, 5)).toEqual(['1', 'New agents', '49', '3', '16.3']);
});

it('a point of the quadrants opens the person, and the table says the same', async () => {
  await page.goto(`${app.url}/compare?tab=quadrants&period=today&y=connect_rate`);
  await page.waitForSelector('.quadrant-plot canvas');
  const table = page.locator('section.scroll-x tbody tr.ant-table-row');
  expect(await table.count()).toBe(3);
  expect(await table.nth(0).innerText()).toContain('Role models');
  expect(await table.nth(2).innerText()).toContain('not enough calls yet');
  // Where the picture has the colour of role models is the point of the only one.
  const point = await page.locator('.quadrant-plot canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    const { data, width, height } = image ?? { data: [], width: 0, height: 0 };
    for (let i = 0; i < width * height; i++) {
      const [red, green, blue] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
      if (red === 0x00 && green === 0x79 && blue === 0x6b) {
        const ratio = canvas.width / canvas.clientWidth;
        return { x: (i % width) / ratio, y: Math.floor(i / width) / ratio + 3 };
      }
    }
    return null;
  });
  if (point === null) throw new Error('The picture has no point of a role model');
  await page.locator('.quadrant-plot canvas').click({ position: point });
  await page.waitForURL(/\/settings\/agents\/\d+$/);
  await page.waitForSelector('h1 >> text=ann');
});

it('an agent sees the own team; who hides the name stands there without it', async () => {
  const ann = await floor.agentsBrowser('ann');
  const bea = await floor.agentsBrowser('bea');
  const address = `${app.url}/compare?period=today`;
  await ann.page.goto(address);
  await ann.page.waitForSelector('text=You see your own team');
  expect((await rowsOf(ann.page))[1]).toBe('2 | bea New agents | 22');
  expect((await rowsOf(ann.page))[0]).toBe('1 | ann you New agents | 24');
  expect(await ann.page.getByText('Quadrants').count()).toBe(0);
  expect(await ann.page.locator('.compare-modes').getByText('Teams').count()).toBe(0);
  await bea.page.goto(`${app.url}/account`);
  await bea.page.click('text=Hide my name');
  await bea.page.waitForSelector('.ant-message >> text=Saved');
  await ann.page.goto(address);
  await ann.page.waitForSelector('text=A colleague');
  expect(await ann.page.content()).not.toContain('bea');
  expect(await ann.page.locator('a', { hasText: 'Calls of' }).count()).toBe(1);
  await ann.context.close();
  await bea.context.close();
});

it('is accessible and fits a phone, in both languages', async () => {
  for (const language of ['en', 'zh']) {
    for (const view of ['kpi=connect_rate', 'kpi=dials&mode=improved', 'tab=quadrants&y=connect_rate']) {
      await page.goto(`${app.url}/compare?period=today&${view}&lang=${language}`);
      await page.waitForSelector('tbody tr.ant-table-row');
      expect([view, language, await seriousFindings(page)]).toEqual([view, language, []]);
      await page.setViewportSize({ width: 390, height: 844 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([view, language, over]).toEqual([view, language, 0]);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  }
  expect(complaints).toEqual([]);
});
