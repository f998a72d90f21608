/**
 * Proves, in Chromium against the real server: an administrator finds who changed what with both values, proves the log and
 * sees damage named; retention is saved only after its consequence was shown; axe finds nothing serious on either page in
 * either language, and they fit a phone.
 */
import type { Browser, Page } from 'playwright-core';
import { inTransaction } from '../../src/platform/index.js';
import { complaintsOf, launchBrowser, seriousFindings, signIn } from '../support/pages.js';
import { startTestServer, type TestServer } from '../support/server.js';

let app: TestServer;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  app = await startTestServer();
  browser = await launchBrowser();
  page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  complaints = complaintsOf(page);
  await signIn(page, app.url);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

it('a limit is saved after the preview, and the log says from what to what', async () => {
  await page.goto(`${app.url}/settings/retention`);
  await page.getByLabel('Days: Audit log').fill('100');
  await page.waitForSelector('text=180 to 3650 days');
  expect(await page.getByText('Check and save').isDisabled()).toBe(true);
  await page.getByLabel('Days: Audit log').fill('400');
  await page.click('text=Check and save');
  await page.waitForSelector('.ant-modal >> text=What the next run would remove');
  await page.click('text=Save these limits');
  await page.waitForSelector('text=What would go now?');

  await page.goto(`${app.url}/settings/audit?action=retention`);
  const row = page.locator('.audit-table tbody tr', { hasText: 'Retention limits changed' });
  await row.locator('.ant-table-row-expand-icon').click();
  await page.locator('.audit-changes tbody tr').first().waitFor();
  expect(await page.locator('.audit-changes tbody tr').allInnerTexts()).toEqual(['audit\t730\t400']);
});

it('the log is proved, and damage is named', async () => {
  await page.goto(`${app.url}/settings/audit`);
  await page.click('text=Prove it now');
  await page.waitForSelector('text=The log is whole');
  await inTransaction(app.db.pool, async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query("UPDATE audit_event SET address = '203.0.113.9' WHERE seq = 1");
  });
  await page.click('text=Prove it now');
  await page.waitForSelector('[role=alert] >> text=No. 1 or the one before it was changed');
});

it('both pages are accessible and fit a phone, in both languages', async () => {
  for (const language of ['en', 'zh']) {
    for (const path of ['audit?days=all', 'retention']) {
      await page.goto(`${app.url}/settings/${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await page.waitForSelector(path === 'retention' ? '.retention-row' : '.audit-table tbody tr.ant-table-row');
      expect([path, language, await seriousFindings(page)]).toEqual([path, language, []]);
      await page.setViewportSize({ width: 390, height: 844 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([path, language, over]).toEqual([path, language, 0]);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  }
  expect(complaints).toEqual([]);
});
