/**
 * Proves, in Chromium against the real server: ready-made reports are found by their question, show the figures of the API
 * and open the calls behind them; the period lives in the address; a chart has its figures as a table; the heat map is
 * walked through with the arrow keys; paper gets the document and nothing around it; the way back finds a table as it was
 * left; targets are one list that folds; a phone shows two figures a row and all of them at a press; a scorecard is reached
 * from comparison; an agent sees their own without being asked for whom; axe finds nothing serious in either language, with
 * and without data, and the pages fit a phone.
 */
import type { Page } from 'playwright-core';
import type { CallDetail, CallPage } from '../../src/shared/api.js';
import type { ReadyReportView, ReportDocument } from '../../src/shared/reports.js';
import { seriousFindings } from '../support/pages.js';
import { API_KEY } from '../support/server.js';
import { openReportFloor, type ReportFloor } from './report-floor.js';

/** Dials, connects. */
const CALLS: Record<string, [dials: number, connects: number]> = { ann: [24, 14], bea: [16, 4] };
let floor: ReportFloor;
let app: ReportFloor['app'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  floor = await openReportFloor(CALLS);
  ({ app, page, complaints } = floor);
});
afterAll(() => floor?.close());

async function open(path: string, of = page): Promise<void> {
  await of.goto(app.url + path);
  await of.waitForSelector('.ready-report[aria-busy="false"] .report-section');
}

const headlineOf = (kpi: string, of = page): Promise<string> =>
  of.locator(`.headline [data-kpi="${kpi}"] .headline__value`).innerText();

it('reports stand in the menu by their question, and a figure opens the calls it counts', async () => {
  await page.goto(app.url);
  await page.locator('.bar__nav').getByText('Reports').click();
  await page.waitForSelector('h2 >> text=Are we on course?');
  const views = await app.get<ReadyReportView[]>('/api/v1/reports/ready');
  expect(await page.locator('.ready-list a').count()).toBe(views.length);
  await page.locator('.ready-list').getByText('Daily floor summary').click();
  await page.waitForSelector('.headline');
  const figures = await app.get<ReportDocument>('/api/v1/reports/ready/daily_floor?range=today');
  expect(figures.headline.find(({ kpi }) => kpi === 'dials')?.value).toBe(40);
  expect([await headlineOf('dials'), await headlineOf('connects'), await headlineOf('connect_rate')]).toEqual([
    '40',
    '18',
    '45.0%',
  ]);
  await page.locator('.headline [data-kpi="connects"] a').click();
  await page.waitForURL(/\/calls\?.*measure=connects/);
  await page.waitForFunction(() => document.querySelectorAll('tbody tr.ant-table-row').length === 18);
});

it('the period lives in the address, and the way back leads to the one before', async () => {
  await open('/reports/ready/daily_floor');
  await page.getByLabel('Period').click();
  await page.locator('.ant-select-item').getByText('Yesterday', { exact: true }).click();
  await page.waitForURL(/range=yesterday/);
  await page.waitForSelector('.headline [data-kpi="dials"] .headline__value >> text=/^(0|—)$/');
  await page.goBack();
  await page.waitForSelector('.headline [data-kpi="dials"] .headline__value >> text=40');
});

it('a chart says its figures in a table, a heat map cell by cell with the arrow keys', async () => {
  await open('/reports/ready/daily_floor');
  await page.locator('[data-section="hours"] summary').click();
  const cells = await page.locator('[data-section="hours"] .chart-table tbody td:first-of-type').allInnerTexts();
  expect(cells.reduce((sum, text) => sum + (Number(text) || 0), 0)).toBe(40);
  await open('/reports/ready/best_hours?range=today');
  const map = page.locator('.heat').first();
  await map.locator('td[tabindex="0"]').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-cell'));
  const columns = await map.locator('thead th').count();
  expect(focused).toBe(`1:${columns - 1}`);
  expect(await page.locator('.chart-note').count()).toBe(1);
  await page.keyboard.press('Escape');
  expect(await page.locator('.chart-note').count()).toBe(0);
});

it('paper gets the document and nothing around it', async () => {
  await open('/reports/ready/daily_floor');
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.bar', '.no-print', '.page-head__actions', '.chart-table']) {
    expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
  }
  for (const shown of ['h1', '.headline', '.report-definitions']) {
    expect([shown, await page.locator(shown).first().isVisible()]).toEqual([shown, true]);
  }
  expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
  await page.emulateMedia({ media: 'screen' });
});

it('the way back finds a table as it was left: sorted, opened, where one was reading', async () => {
  await open('/reports/ready/team_comparison?range=today');
  await page.locator('.report-table thead button').last().click();
  const sorted = () => page.locator('th[aria-sort="descending"]').first().innerText();
  const before = await sorted();
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const top = await page.evaluate(() => window.scrollY);
  expect(top).toBeGreaterThan(0);
  await page.locator('.report-definitions a').first().click();
  await page.waitForURL(/\/kpis#/);
  await page.waitForSelector('.ant-table-expanded-row');
  await page.goBack();
  await page.waitForFunction((wanted) => Math.abs(window.scrollY - wanted) < 3, top);
  expect(await sorted()).toBe(before);
  // Another period is a step, too: what is sorted otherwise there changes nothing here.
  await page.getByLabel('Period').click();
  await page.locator('.ant-select-item').getByText('This week', { exact: true }).click();
  await page.waitForURL(/range=this_week/);
  await page.waitForSelector('.ready-report[aria-busy="false"] .report-section');
  await page.locator('.report-table thead button').last().click();
  await page.waitForSelector('th[aria-sort="ascending"]');
  await page.goBack();
  await page.waitForURL(/range=today/);
  await page.waitForSelector('th[aria-sort="descending"]');
  expect([await sorted(), await page.locator('th[aria-sort="ascending"]').count()]).toEqual([before, 0]);
});

it('a link to one customer shows the calls with them and no others, and says so', async () => {
  const { calls } = await app.get<CallPage>('/api/v1/calls?limit=1');
  const { customerId, customer } = await app.get<CallDetail>(`/api/v1/calls/${calls[0]?.id}`);
  const own = await app.get<CallPage>(`/api/v1/calls?customer=${customerId}`);
  await page.goto(`${app.url}/calls?customer=${customerId}`);
  const tag = page.locator('.filters .ant-tag', { hasText: `Customer: ${customer}` });
  await tag.waitFor();
  const rows = page.locator('tbody tr.ant-table-row');
  expect(await rows.count()).toBe(own.calls.length);
  await tag.locator('.ant-tag-close-icon').click();
  await page.waitForURL(/\/calls$/);
  await page.waitForFunction(() => document.querySelectorAll('tbody tr.ant-table-row').length === 40);
});

it('targets are one list: what is done of how much, groups that fold, on a phone without scrolling sideways', async () => {
  const [ann] = (await app.get<{ agents: { id: number }[] }>('/api/v1/agents?search=ann')).agents;
  const { dates } = await app.get<ReportDocument>('/api/v1/reports/ready/daily_floor?range=today');
  const target = (scope: object, value: number) => ({
    scope,
    kpi: 'dials',
    period: 'day',
    value,
    validFrom: dates?.from,
  });
  const made = await fetch(`${app.url}/api/v1/targets/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1' },
    body: JSON.stringify({
      targets: [target({ kind: 'organisation' }, 20), target({ kind: 'agent', id: ann?.id }, 500)],
    }),
  });
  expect(made.status).toBeLessThan(300);
  await open('/reports/ready/target_attainment?range=today');
  const list = page.locator('[data-section="standings"]');
  // Of the organisation 40 of 20: reached, and folded away.
  await list.locator('button[aria-expanded="false"]', { hasText: 'Reached' }).click();
  await list.locator('tr', { hasText: 'Organisation' }).getByText('of 20').waitFor();
  await list.getByText('People').click();
  for (const folded of await list.locator('button[aria-expanded="false"]').all()) await folded.click();
  await list.locator('tr', { hasText: 'ann' }).getByText('of 500').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await list.locator('li', { hasText: 'ann' }).getByText('of 500').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('on a phone a row of many figures opens to all of them', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open('/reports/ready/team_comparison?range=today');
  const table = page.locator('[data-section="teams"]');
  await table.locator('button[aria-expanded="false"]').first().click();
  await table.locator('dt', { hasText: 'Talk time' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('a scorecard asks for whom, and is reached from comparison', async () => {
  await page.goto(`${app.url}/reports/ready/agent_scorecard`);
  await page.waitForSelector('text=Choose an agent above');
  await page.goto(`${app.url}/compare?period=today`);
  await page.locator('.leaderboard a', { hasText: 'Scorecard: ann' }).click();
  await page.waitForURL(/\/reports\/ready\/agent_scorecard\?agent=\d+/);
  await page.waitForSelector('h1 >> text=ann');
  await page.waitForSelector('.report-document');
  expect(await page.getByText('ann · New agents').count()).toBeGreaterThan(0);
});

it('an agent sees their own without choosing anybody', async () => {
  const ann = await floor.agentsBrowser('ann');
  await ann.page.goto(`${app.url}/reports`);
  await ann.page.waitForSelector('.ready-list a');
  expect((await ann.page.locator('.ready-list a').allInnerTexts()).sort()).toEqual([
    'Agent scorecard',
    'Best hours to call',
  ]);
  await open('/reports/ready/agent_scorecard?range=today', ann.page);
  expect(await headlineOf('dials', ann.page)).toBe('24');
  expect(await ann.page.getByLabel('Agent', { exact: true }).count()).toBe(0);
  await ann.page.goto(`${app.url}/reports/ready/daily_floor`);
  await ann.page.waitForSelector('[role="alert"] >> text=ready_report_closed');
  await ann.context.close();
});

it('is accessible and fits a phone, in both languages, with and without data', async () => {
  const views = await app.get<ReadyReportView[]>('/api/v1/reports/ready');
  const [ann] = (await app.get<{ agents: { id: number; name: string }[] }>('/api/v1/agents?search=ann')).agents;
  // Every report once: languages and periods (today with calls, yesterday without) take turns.
  for (const [index, { id, takes }] of views.entries()) {
    const agent = takes.includes('agent_required') ? `&agent=${ann?.id}` : '';
    const language = index % 2 === 0 ? 'en' : 'zh';
    const range = index % 3 === 0 ? 'yesterday' : 'today';
    await open(`/reports/ready/${id}?range=${range}&lang=${language}${agent}`);
    expect([id, language, await seriousFindings(page)]).toEqual([id, language, []]);
    await page.setViewportSize({ width: 390, height: 844 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([id, language, over]).toEqual([id, language, 0]);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  // Also with somebody whose name is longer than a field of the filters.
  await app.db.pool.query("UPDATE agent SET name = 'Annabelle-Konstantinopoulou van der Berg' WHERE id = $1", [
    ann?.id,
  ]);
  await page.setViewportSize({ width: 390, height: 844 });
  await open(`/reports/ready/daily_floor?range=today&agent=${ann?.id}`);
  await page.locator('.report-field', { hasText: 'Annabelle' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  expect(complaints).toEqual([]);
});
