/**
 * Proves in Chromium: what a page shows is exported with two clicks, a notice says when the file is ready and fetches it, the
 * list of exports has it afterwards; full phone numbers are offered to whoever may, and written only after a confirmation;
 * nothing there is a serious obstacle to anybody, in both languages, empty and full.
 */
import { readFileSync } from 'node:fs';
import type { Browser, Page, Response as PageResponse } from 'playwright-core';
import type { ExportList } from '../../src/shared/exports.js';
import { insertCalls } from '../integration/exports-world.js';
import { eventually } from '../support/index.js';
import { complaintsOf, launchBrowser, seriousFindings, signIn } from '../support/pages.js';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  server = await startTestServer();
  await server.db.pool.query(`
    INSERT INTO team (id, name, site_id) VALUES (10, 'North', 1), (20, 'South', 1);
    INSERT INTO agent (id, name, status) VALUES (50, 'Ann', 'active'), (51, 'Bo', 'active'), (60, '小王', 'active')`);
  await insertCalls(server, 60);
  browser = await launchBrowser();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('the empty list says how to fill it', async () => {
  await signIn(page, server.url, '/exports');
  await page.goto(`${server.url}/exports?lang=en`);
  await page.getByText('Nothing exported yet').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

it('calls of a filter become a file that the notice fetches', async () => {
  await page.goto(`${server.url}/calls?agent=60&lang=en`);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV', exact: true }).click();
  await page.getByText('Ready: Calls').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('alert').getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^calls-\d{8}-\d{4}\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  const calls = await server.get<{ calls: unknown[] }>('/api/v1/calls?agent=60&limit=200');
  expect(lines).toHaveLength(calls.calls.length + 1);
});

it('the list has it, downloads it again, and deletes it; both languages, at a desk and on a phone', async () => {
  await page.goto(`${server.url}/exports?lang=en`);
  await page.getByRole('button', { name: 'Download: Calls' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.url}/exports?lang=zh`);
  const again = page.getByRole('button', { name: '下载: 通话明细' });
  await again.waitFor();
  // Within the screen, without scrolling sideways.
  const box = await again.boundingBox();
  expect((box?.x ?? 999) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
  expect(await seriousFindings(page)).toEqual([]);
  const [download] = await Promise.all([page.waitForEvent('download'), again.click()]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole('button', { name: '删除: 通话明细' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '删除', exact: true }).click();
  await page.getByText('暂无导出').waitFor();
  expect(complaints).toEqual([]);
});

it('full phone numbers: not offered without the right, off until confirmed, marked in the list', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const menu = async () => {
    await page.goto(`${server.url}/calls?agent=60&lang=en`);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'All exports' }).waitFor();
  };
  await menu();
  expect(await page.getByRole('menuitem', { name: /full phone numbers/ }).count()).toBe(0);
  await server.db.pool.query('UPDATE app_user SET sees_numbers = true');
  await menu();
  await page.getByRole('menuitem', { name: /full phone numbers/ }).click();
  await page.getByText(/The audit log notes that you made it/).waitFor();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Export' });
  expect(await confirm.isDisabled()).toBe(true);
  await page.getByRole('radio', { name: 'CSV', exact: true }).check();
  await page.getByRole('checkbox', { name: /full phone numbers/ }).check();
  expect(await seriousFindings(page)).toEqual([]);
  await confirm.click();
  await page.getByText('Ready: Calls').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('alert').getByRole('button', { name: 'Download' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toMatch(/\+86138000012\d\d/);
  expect(text).not.toContain('****');
  await page.goto(`${server.url}/exports?lang=en`);
  await page.getByText('Full phone numbers', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

it('a file that is ready before the page knows that it was asked for is announced all the same', async () => {
  const list = `${server.url}/api/v1/exports`;
  const before = ((await (await page.request.get(list)).json()) as ExportList).exports.length;
  await page.goto(`${server.url}/calls?agent=60&lang=en`);
  await page.route(/api\/v1\/exports$/, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const answer = await route.fetch();
    await eventually(
      async () => {
        const { exports } = (await (await page.request.get(list)).json()) as ExportList;
        return exports.length > before && exports.every(({ state }) => state === 'done');
      },
      { withinMs: 30_000, what: 'the file' },
    );
    // Whoever comes back to the page has the list looked at once more, unless that was a moment ago: then the next time.
    const listed: PageResponse[] = [];
    const note = (response: PageResponse): void => {
      if (response.url().startsWith(list) && response.request().method() === 'GET') listed.push(response);
    };
    page.on('response', note);
    await eventually(
      async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
        return listed.length > 0 && (await listed[0]?.finished()) === null;
      },
      { what: 'a look at the list' },
    );
    page.off('response', note);
    await route.fulfill({ response: answer });
  });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV', exact: true }).click();
  await page.getByText('Ready: Calls').waitFor();
  await page.unrouteAll({ behavior: 'wait' });
  expect(complaints).toEqual([]);
});
