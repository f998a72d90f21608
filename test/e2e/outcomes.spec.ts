/**
 * Proves in Chromium against the real server: how a call went is entered on its page with one tap, corrected and taken back;
 * a disposition is made and archived, and the flags of a used one say why they stay; files are checked line by line and then
 * taken; the do-not-call list is kept by hand. Both languages, on a phone and at a desk, without serious findings.
 */
import type { Browser, Page } from 'playwright-core';
import type { OutcomePage } from '../../src/shared/outcomes.js';
import { complaintsOf, launchBrowser, seriousFindings, signIn } from '../support/pages.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, sid, softphoneCall } from '../support/twilio.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESK = { viewport: { width: 1440, height: 900 } };

let app: TestServer;
let browser: Browser;
let complaints: string[] = [];

beforeAll(async () => {
  app = await startTestServer();
  for (const event of softphoneCall('talk', 'wang', Date.now() - 120_000, 60)) {
    await postSigned(app.url, '/webhooks/twilio/voice', callback(event));
  }
  await app.folded();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function open(path: string, locale: string, more: object = DESK): Promise<Page> {
  const page = await (await browser.newContext({ locale, ...more })).newPage();
  complaints = complaintsOf(page);
  await signIn(page, app.url, path);
  return page;
}

async function close(page: Page): Promise<void> {
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
  await page.context().close();
}

const outcomes = async (): Promise<string[]> => {
  const { outcomes: all } = await app.get<OutcomePage>('/api/v1/outcomes');
  return all.map((one) => [one.disposition?.key, one.sale?.amountMinor, one.note, one.cancelled].join('|'));
};
const csvHeaders = { authorization: `Bearer ${API_KEY}` };

test('on the page of a call, on a phone: one tap, a sale with its amount, a correction, taking back', async () => {
  const page = await open(`/calls/${sid('talk')}`, 'en-US', PHONE);
  const card = page.locator('[data-part=outcomes]');
  await card.getByText('Nobody has said how this call went').waitFor();
  await card.getByRole('button', { name: 'Enter the outcome' }).click();
  await page.locator('.outcome__choice[data-key=interested]').click();
  await card.getByText('Interested').waitFor();
  expect(await outcomes()).toEqual(['interested|||false']);

  await card.getByRole('button', { name: 'Correct' }).click();
  await page.locator('.outcome__choice[data-key=sale]').click();
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await page.getByText('Say what was sold for how much.').waitFor();
  await page.getByLabel('Amount').fill('1,299.5');
  await page.getByRole('button', { name: 'Add a note' }).click();
  await page.getByLabel('Note').fill('by post');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await card.getByText('1,299.50').waitFor();
  expect(await outcomes()).toEqual(['sale|129950|by post|false']);

  await card.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: 'Take back' }).click();
  await card.getByText('Taken back').waitFor();
  await card.getByRole('button', { name: 'Count it again' }).click();
  await card.getByRole('button', { name: 'Take back' }).waitFor();
  expect(await outcomes()).toEqual(['sale|129950|by post|false']);
  await close(page);
});

test('the outcomes behind a number, and one with who said what', async () => {
  const page = await open('/outcomes?measure=sales', 'zh-CN');
  await page.getByText('成交').first().waitFor();
  await page.locator('tbody a').first().click();
  await page.getByRole('heading', { name: '登记历史' }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.outcomes__said').length === 4);
  await page.getByText('by post').waitFor();
  await close(page);
});

test('dispositions: made, archived; the flags of one in use stay and the form says why', async () => {
  const page = await open('/settings/dispositions', 'zh-CN');
  await page.getByRole('button', { name: '新建通话结果' }).click();
  await page.getByLabel('标识').fill('trial');
  await page.getByLabel('英文名称').fill('Trial');
  await page.getByLabel('中文名称').fill('试用');
  await page.getByRole('button', { name: '新建', exact: true }).click();
  const row = page.getByRole('row', { name: /试用/ });
  await row.waitFor();
  await row.getByRole('button', { name: '归档' }).click();
  await row.getByText('已归档').waitFor();
  await page.getByRole('button', { name: '修改“成交”' }).click();
  await page.getByText('统计口径不可修改').waitFor();
  expect(await page.getByRole('checkbox', { name: '投诉' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '取消' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await close(page);
});

test('a file of outcomes: every wrong line is named, then the right file is taken', async () => {
  const page = await open('/settings/outcome-files', 'en-US');
  const area = page.locator('[data-area=outcomes]');
  const choose = (text: string) =>
    area
      .locator('input[type=file]')
      .setInputFiles({ name: 'crm.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('external_id,call,disposition\n1,,nonsense\n2,,sale\n');
  await area.getByText('2 rows are wrong. Nothing was taken over.').waitFor();
  await area.getByText('There is no disposition with the key "nonsense".').waitFor();
  await choose(`external_id,call,disposition\n1,${sid('talk')},complaint\n`);
  await area.getByText('1 row checked. Nothing is taken over yet.').waitFor();
  await area.getByRole('button', { name: 'Take over' }).click();
  await area.getByText('1 row taken over.').waitFor();
  await app.folded();
  expect((await outcomes()).sort()).toEqual(['complaint|||false', 'sale|129950|by post|false']);
  await close(page);
});

test('the do-not-call list, on a phone: empty, a number added, removed with a reason', async () => {
  const page = await open('/settings/do-not-call', 'zh-CN', PHONE);
  await page.getByText('名单为空').waitFor();
  await page.getByRole('button', { name: '添加号码' }).click();
  await page.getByLabel('电话号码').fill('nobody');
  await page.locator('.ant-modal button[type=submit]').click();
  await page.getByText('无法识别为电话号码').waitFor();
  await page.getByLabel('电话号码').fill('138 0000 1111');
  await page.locator('.ant-modal button[type=submit]').click();
  await page.getByText('138****1111').waitFor();
  const listed = await fetch(`${app.url}/api/v1/do-not-call/export.csv`, { headers: csvHeaders });
  expect((await listed.text()).split('\r\n').length).toBe(3);
  await page.getByRole('button', { name: '移出' }).click();
  await page.getByLabel('移出原因').fill('客户要求恢复联系');
  await page.getByRole('dialog').getByRole('button', { name: '移出' }).click();
  await page.getByText('名单为空').waitFor();
  await close(page);
});
