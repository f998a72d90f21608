/**
 * Proves: `start --demo` on an empty directory loads its history (how fast is printed, not asserted: the machine of a
 * test run is busy with others), prints a password that signs in and shows a wallboard that moves by itself, whose figures are the API's and stand beside what is usual; `verify --demo`
 * finds no difference; Ctrl-C ends everything.
 */
import type { Browser, Page } from 'playwright-core';
import type { KpiReport } from '../../src/shared/api.js';
import { endPostgres, postmasterPid, type ServerProcess, startProcess, tallyboard } from '../support/children.js';
import { eventually, temporaryDirectory } from '../support/index.js';
import { figuresOf, launchBrowser } from '../support/pages.js';

const directory = temporaryDirectory('own');
const dataDir = `${directory.path}/demo`;
let server: ServerProcess | undefined;
let browser: Browser | undefined;

afterAll(async () => {
  await browser?.close();
  await server?.stop('SIGKILL');
  await endPostgres(dataDir);
  directory.remove();
});

async function signIn(page: Page, url: string, output: string): Promise<void> {
  const found = /(\S+@\S+)\s+Password\s+(\S.*?)\s{2,}/s.exec(output);
  await page.goto(`${url}/sign-in?next=/wall/default`);
  await page.fill('input[type=email]', found?.[1] ?? '');
  await page.fill('input[type=password]', found?.[2] ?? '');
  await page.click('button[type=submit]');
  await page.waitForURL(`${url}/wall/default`);
}

it('a floor in shift on the wall, from nothing', async () => {
  const began = performance.now();
  server = await startProcess({ DATA_DIR: dataDir }, ['--demo']);
  const { url, output } = server;
  const seconds = (performance.now() - began) / 1000;
  console.info(`The demo was up after ${seconds.toFixed(1)} s`);
  await eventually(() => output().includes('Ctrl-C stops everything'), { what: 'the whole greeting' });

  browser = await launchBrowser();
  const page = await (await browser.newContext({ locale: 'en-US', viewport: { width: 1920, height: 1080 } })).newPage();
  await signIn(page, url, output());
  await page.waitForSelector('.badge[data-look="live"]');
  // The cells come when their place was measured.
  await page.waitForFunction(() => document.querySelectorAll('.cell').length === 40);
  await page.waitForFunction(() => document.querySelectorAll('.trend').length > 3);
  const before = await figuresOf(page);
  expect(before.dials).toBeGreaterThan(100);
  await page.waitForFunction(
    (dials) => Number(document.querySelector('[data-kpi="dials"]')?.getAttribute('data-value')) > dials,
    Number(before.dials),
    { timeout: 60_000 },
  );
  await page.waitForSelector('.cell[data-activity="talking"]');

  // The floor goes on while we look: equal at some instant is equal.
  await eventually(
    async () => {
      const answer = await page.request.get(`${url}/api/v1/kpis?kpis=${Object.keys(before).join(',')}`);
      expect(await figuresOf(page)).toEqual(((await answer.json()) as KpiReport).totals);
      return true;
    },
    { withinMs: 120_000, everyMs: 50, what: 'the figures of the page to equal the API' },
  );
  const answer = await page.request.get(`${url}/api/v1/kpis?groupBy=team&kpis=dials`);
  const teams = ((await answer.json()) as KpiReport).rows.filter(({ values }) => values.dials !== 0);
  // Predictive dials that nobody answered are no team's.
  expect(teams.filter(({ key }) => key !== '0')).toHaveLength(4);

  expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null });
  expect(postmasterPid(dataDir)).toBeNull();
  const verified = await tallyboard(['verify', '--demo', '--json'], { DATA_DIR: dataDir });
  expect(JSON.parse(verified.stdout)).toMatchObject({ clean: true, differences: 0 });
}, 600_000);
