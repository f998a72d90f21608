/**
 * Proves, in Chromium against the real server: Explore shows the figures of the API and its totals; figures are chosen,
 * grouped, filtered and compared, each step in the address and the back button leads through them; every figure opens
 * exactly as many calls as it says; columns sort and totals stay; a figure that is no calls says so; a report is saved,
 * changed, shared, copied, opened from the list and deleted; paper gets chart and table and nothing around them; bad
 * addresses get a coded error and lose nothing; three hundred agents are pages; a slow or broken line is told, and an older
 * answer never comes last; a date can be typed; axe finds nothing serious in either language, with and without data, and
 * the page fits a phone.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { ReportResult } from '../../src/shared/reports.js';
import { eventually } from '../support/index.js';
import { atRest, seriousFindings } from '../support/pages.js';
import { openReportFloor, type ReportFloor } from './report-floor.js';

/** Dials, connects. */
const CALLS: Record<string, [dials: number, connects: number]> = { ann: [7, 4], bea: [5, 1], cy: [3, 3] };
const TODAY = '/reports/explore?range=today&kpis=dials,connects,connect_rate&groupBy=agent';
let floor: ReportFloor;
let app: ReportFloor['app'];
let page: Page;
let complaints: string[];

beforeAll(async () => {
  floor = await openReportFloor(CALLS);
  ({ app, page, complaints } = floor);
});
afterAll(() => floor?.close());

const open = async (path: string) => {
  await page.goto(app.url + path);
  await page.waitForSelector('.explore-table tfoot td');
};
/** Cells of the table, a line a row, as they read. */
const table = (part: 'thead' | 'tbody' | 'tfoot' = 'tbody'): Promise<string[]> =>
  page
    .locator(`.explore-table ${part} tr`)
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map((cell) => (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim()).join(' | '),
      ),
    );
const shows = (rows: string[]) =>
  eventually(async () => {
    expect(await table()).toEqual(rows);
    return true;
  });
const choose = async (label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option })
    .first()
    .click();
};
const ROWS = ['ann | 7 | 4 | 57.1%', 'bea | 5 | 1 | 20.0%', 'cy | 3 | 3 | 100.0%'];

it('the figures of the API with their totals; a heading sorts them', async () => {
  await open(TODAY);
  await shows(ROWS);
  const answer = await app.get<ReportResult>(
    '/api/v1/reports/explore?range=today&kpis=dials,connects,connect_rate&groupBy=agent',
  );
  expect(answer.totals).toMatchObject({ dials: 15, connects: 8, connect_rate: 8 / 15 });
  expect(await table('tfoot')).toEqual(['Total | 15 | 8 | 53.3%']);
  await page.getByRole('button', { name: 'Connect rate' }).click();
  await shows(['cy | 3 | 3 | 100.0%', 'ann | 7 | 4 | 57.1%', 'bea | 5 | 1 | 20.0%']);
  expect(await page.locator('th[aria-sort=descending]').innerText()).toContain('Connect rate');
  expect(page.url()).toContain('sort=-connect_rate');
  // As the API said it once more, for those who cannot see the picture.
  await page.getByText('The same as a table').click();
  expect(await page.locator('.chart-table tbody').innerText()).toMatch(/cy\s+3/);
});

/** Figures that open something: what they say and where they lead. */
const linksOf = () =>
  page
    .locator('.explore-table :is(tbody, tfoot) td a')
    .evaluateAll((found) =>
      found.map((link) => ({ text: link.textContent ?? '', href: link.getAttribute('href') ?? '' })),
    );

it.each([
  'agent',
  'team,campaign',
  'hour_of_day,weekday',
  'interval,agent',
  'hour',
  'day,hour',
  'week,month',
  'disposition,agent',
  'caller_number',
])('every figure opens exactly as many calls as it says: %s', async (groupBy) => {
  await open(`/reports/explore?range=today&kpis=dials,connects&groupBy=${groupBy}`);
  const links = await linksOf();
  expect(links.length).toBeGreaterThanOrEqual(4);
  for (const { text, href } of links) {
    const { calls } = await app.get<{ calls: unknown[] }>(`/api/v1${href}`);
    expect([href, calls.length]).toEqual([href, Number(text)]);
  }
});

it('a cell of the heat map opens its calls, by the Enter key too', async () => {
  await open('/reports/explore?range=today&kpis=dials&groupBy=weekday,hour_of_day');
  const cell = page.locator('.heat td:has(a)').first();
  const dials = Number(await cell.locator('[aria-hidden]').innerText());
  await cell.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/calls\?.*hourOfDay=\d+&weekday=\d&measure=dials/);
  await eventually(async () => (await page.locator('tbody tr.ant-table-row').count()) === dials, { what: 'the calls' });
});

it('a figure leads to its calls and back', async () => {
  await open(TODAY);
  await page
    .locator('.explore-table tbody tr', { hasText: 'bea' })
    .getByRole('link', { name: '1', exact: true })
    .click();
  await page.waitForURL(/\/calls\?.*measure=connects/);
  await eventually(async () => (await page.locator('tbody tr.ant-table-row').count()) === 1, { what: 'the call' });
  await page.goBack();
  await shows(ROWS);
});

it('figures, groupings, filters and comparison, each a step in the address', async () => {
  await open(TODAY);
  await choose('Group by', 'Hour of day');
  await page.waitForURL(/groupBy=hour_of_day/);
  await eventually(async () => (await table('thead'))[0]?.startsWith('Hour of day'), { what: 'hours' });
  await choose('Then by', 'Agent');
  await page.waitForURL(/groupBy=hour_of_day%2Cagent/);
  await page.goBack();
  await page.goBack();
  await shows(ROWS);
  await page.getByRole('combobox', { name: 'Figures' }).fill('不存在');
  await page.getByText('Nothing found').waitFor();
  await page.getByRole('combobox', { name: 'Figures' }).fill('通话时长');
  await page.locator('.ant-select-item-option', { hasText: 'talk_s' }).first().click();
  await page.waitForURL(/talk_/);
  await page.keyboard.press('Escape');
  await choose('Add a filter…', 'Agents');
  await choose('Agent', 'bea');
  await eventually(async () => (await table()).length === 1 && (await table())[0]?.startsWith('bea | 5'), {
    what: 'bea alone',
  });
  await page.keyboard.press('Escape');
  await page.locator('.explore-compare').getByText('Period before').click();
  await page.waitForURL(/compare=previous/);
  await eventually(async () => (await table())[0]?.startsWith('bea | 5 — |'), { what: 'nothing before' });
  expect(await page.locator('.report-facts').innerText()).toMatch(/compared with[\s\S]*Agent: bea/);
});

it('a part of the team is told as a share, a rate as a difference', async () => {
  await open(`${TODAY}&compare=team`);
  await shows([
    'ann | 7 46.7% of 15 | 4 50.0% of 8 | 57.1% 53.3% ▲ +3.8 pp better',
    'bea | 5 33.3% of 15 | 1 12.5% of 8 | 20.0% 53.3% ▼ −33.3 pp worse',
    'cy | 3 20.0% of 15 | 3 37.5% of 8 | 100.0% 53.3% ▲ +46.7 pp better',
  ]);
});

it('time in states opens nothing and says why', async () => {
  await app.db.pool.query(
    `INSERT INTO rollup_day (business_date, agent_id, team_id, campaign_id, dials, available_ms, on_call_ms)
     SELECT current_date - 40, id, 1, 0, 1, 3600000, 3600000 FROM agent WHERE name = 'ann'`,
  );
  await open('/reports/explore?range=last_13_weeks&kpis=dials,logged_in_s&groupBy=agent');
  const [ann] = (await table()).filter((row) => row.startsWith('ann | '));
  expect(ann).toMatch(/2 h 00 m$/);
  const figure = page.locator('.explore-closed').first();
  await figure.hover();
  await page.getByText('Time in states is no call').waitFor();
});

it('a report is saved, changed, opened again, shared, copied and deleted', async () => {
  await open(TODAY);
  const saveAs = page.getByRole('button', { name: 'Save as…' });
  await saveAs.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Save as…');
  await saveAs.click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Give it a name.').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Morning figures');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Morning figures', level: 1 }).waitFor();
  expect(page.url()).toMatch(/saved=\d+/);
  // The same name again is refused at the field, and nothing typed is lost.
  await page.getByRole('button', { name: 'Save as…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Morning figures');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('You have a saved report "Morning figures" already.').waitFor();
  await page.keyboard.press('Escape');
  await choose('Then by', 'Weekday');
  await page.getByText('changed', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('changed', { exact: true }).waitFor({ state: 'detached' });

  await page.goto(`${app.url}/reports`);
  const row = page.locator('.saved-table tbody tr', { hasText: 'Morning figures' }).first();
  expect(await row.innerText()).toMatch(/Private\s+You/);
  await row.getByRole('button', { name: 'Rename, share: Morning figures' }).click();
  await page.getByText('Everybody who signs in').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Morning');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await eventually(
    async () => /^Morning\s+Organisation/.test(await page.locator('.saved-table tbody tr').first().innerText()),
    {
      what: 'the shared report',
    },
  );
  await page.getByRole('button', { name: 'Copy: Morning' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('link', { name: 'Morning (copy)' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('link', { name: 'Morning (copy)' }).click();
  await page.waitForURL(/groupBy=agent%2Cweekday/);
  await page.goBack();
  await page.getByRole('button', { name: 'Delete: Morning (copy)' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('link', { name: 'Morning (copy)' }).waitFor({ state: 'detached' });

  // However long its name is, what can be done with a report stays in sight.
  const long = '每周一早会合并版（含外包）'.repeat(6);
  await page.getByRole('button', { name: 'Copy: Morning' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(long);
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  const remove = page.getByRole('button', { name: `Delete: ${long}` });
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await remove.waitFor();
    const box = await remove.boundingBox();
    expect([width, (box?.x ?? width) + (box?.width ?? width) <= width]).toEqual([width, true]);
    expect(await seriousFindings(page)).toEqual([]);
  }
  await remove.click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await remove.waitFor({ state: 'detached' });
});

it('a bad address says what is wrong with it, and nothing of the question is lost', async () => {
  await page.goto(`${app.url}/reports/explore?from=2026-11-08&to=2026-11-01&kpis=dials&groupBy=team`);
  await page.getByText('Code range_empty').waitFor();
  expect(await page.locator('.explore-question').innerText()).toContain('Dials');
  await open('/reports/explore?range=today&kpis=dials,luck&groupBy=agent');
  await page.getByText('These figures do not exist in this version and were left out: luck').waitFor();
  await shows(['ann | 7', 'bea | 5', 'cy | 3']);
  await page.goto(`${app.url}/reports/explore?range=today&kpis=&groupBy=agent`);
  await page.getByText('Choose at least one figure above').waitFor();
});

it('a date is typed without the other one moving, and is asked for once', async () => {
  await page.goto(`${app.url}/reports/explore?from=2026-01-05&to=2026-02-01&kpis=dials&groupBy=team`);
  await page.getByText('Nothing was counted in this period.').waitFor();
  const steps = await page.evaluate(() => history.length);
  await page.getByLabel('To', { exact: true }).focus();
  await page.keyboard.type('01152026');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=2026-01-05&to=2026-01-16/);
  expect(await page.evaluate(() => history.length)).toBe(steps + 1);
});

it('paper: picture and every row, no controls', async () => {
  await open(TODAY);
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.bar', '.explore-question', '.page-head__actions']) {
    expect([gone, await page.locator(gone).isVisible()]).toEqual([gone, false]);
  }
  for (const there of ['.series-chart canvas', '.explore-table tfoot', 'h1']) {
    expect([there, await page.locator(there).first().isVisible()]).toEqual([there, true]);
  }
  await page.emulateMedia({ media: null });
});

it('three hundred agents: a page of rows, totals of all, the picture says what it leaves out', async () => {
  await app.db.pool.query(
    `WITH made AS (INSERT INTO agent (name, status) SELECT 'Agent ' || n, 'active' FROM generate_series(1, 300) n RETURNING id)
     INSERT INTO rollup_day (business_date, agent_id, team_id, campaign_id, dials) SELECT current_date - 60 - n, id, 1, 0, 2 FROM made, generate_series(0, 3) n`,
  );
  const [{ first, day, next }] = (
    await app.db.pool.query<Record<'first' | 'day' | 'next', string>>(
      'SELECT (current_date - 63)::text AS first, (current_date - 60)::text AS day, (current_date - 59)::text AS next',
    )
  ).rows as [Record<'first' | 'day' | 'next', string>];
  await open(`/reports/explore?from=${day}&to=${next}&kpis=dials&groupBy=agent&sort=key:0`);
  expect(await table()).toHaveLength(100);
  expect(await table('tfoot')).toEqual(['Total | 600']);
  await page.getByText('The first 15 of 300 rows, in the order of the table.').waitFor();
  await page.getByRole('listitem', { name: '3' }).click();
  await eventually(async () => (await table())[0] === 'Agent 201 | 2', { what: 'the last page' });
  // Paper has no pages to turn: as many rows as somebody reads, and where all of them are.
  await open(`/reports/explore?from=${first}&to=${next}&kpis=dials&groupBy=agent,day`);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.getByText('The first 1,000 of 1,200 rows, in the order of the table.').waitFor();
  expect(await table()).toHaveLength(1_000);
  expect(await table('tfoot')).toEqual(['Total | 2,400']);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await eventually(async () => (await table()).length === 100, { what: 'a page of rows again' });
});

describe('on a slow line', () => {
  const answers = /api\/v1\/reports\/explore\?/;
  /** Answers of a question are kept back until told. */
  const held = async (which: RegExp): Promise<() => void> => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(which, async (route) => {
      await released;
      // The page may no longer want it.
      await route.continue().catch(() => {});
    });
    return release;
  };

  it('says that it is loading; what can be done with the answer keeps its place', async () => {
    const release = await held(answers);
    await page.goto(app.url + TODAY);
    await page.locator('.report-waiting').getByText('Loading…').waitFor();
    const print = page.getByText('Print', { exact: true });
    const before = await print.boundingBox();
    expect(await page.locator('.report-actions').evaluate((element) => (element as HTMLElement).inert)).toBe(true);
    release();
    await shows(ROWS);
    expect(await print.boundingBox()).toEqual(before);
    expect(await page.locator('.report-actions').evaluate((element) => (element as HTMLElement).inert)).toBe(false);
    await page.unrouteAll();
  });

  it('the answer before stays and says so; one that nobody wants any more is not waited for', async () => {
    await open(TODAY);
    const release = await held(/reports\/explore\?.*groupBy=team/);
    await choose('Group by', 'Team');
    await page.getByText('Fetching the new figures.').waitFor();
    expect(await table()).toEqual(ROWS);
    const dropped = page.waitForEvent('requestfailed', (request) => request.url().includes('groupBy=team'));
    await choose('Group by', 'Weekday');
    await dropped;
    const isOfWeekdays = async () => (await table('thead'))[0]?.startsWith('Weekday') ?? false;
    await eventually(isOfWeekdays, { what: 'the newer answer' });
    release();
    await atRest(page);
    expect([await isOfWeekdays(), await page.getByText('Fetching the new figures.').count()]).toEqual([true, 0]);
    await page.unrouteAll();
  });

  it('without a network, too: nothing waits for one without saying so', async () => {
    await open(TODAY);
    await page.context().setOffline(true);
    await choose('Group by', 'Team');
    await page.getByText('Code unreachable').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await eventually(async () => (await table('thead'))[0]?.startsWith('Team') ?? false, { what: 'the answer' });
  });

  it('an answer that breaks off says so and comes with another try', async () => {
    const broken = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"rows":[', () => response.destroy());
    });
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
    const { port } = broken.address() as AddressInfo;
    await page.route(answers, (route) => route.continue({ url: `http://127.0.0.1:${port}/` }));
    await page.goto(app.url + TODAY);
    await page.getByText('Code unreachable').waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await shows(ROWS);
    await new Promise((resolve) => broken.close(resolve));
  });
});

describe('for everybody', () => {
  const shown = [
    TODAY,
    '/reports/explore?range=today&kpis=connect_rate&groupBy=weekday,hour_of_day',
    '/reports/explore?from=2020-01-01&to=2020-01-02&kpis=dials&groupBy=agent',
  ];
  it.each(['en', 'zh'])(
    'axe finds nothing serious, and a phone shows it without scrolling sideways: %s',
    async (language) => {
      for (const path of shown) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(`${app.url}${path}&lang=${language}`);
        await page.locator('.explore-table tfoot, .ant-empty').first().waitFor();
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
        await page.setViewportSize({ width: 390, height: 844 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    },
  );
  it('the browser complained about nothing', () => {
    expect(complaints).toEqual([]);
  });
});
