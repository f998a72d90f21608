/**
 * Proves, in Chromium against the real server with a real mail server: the weekly pack is one click away, its next times and
 * its preview are shown before anything is kept, it is sent, a refused delivery is tried again from its history; the link of
 * its message gives the file without sign-in as often as was chosen, and then asks for one; pages and dialogs are accessible
 * in both languages and fit a phone; the signing secret of a webhook is shown wherever one is added.
 */
import type { Browser, Page } from 'playwright-core';
import { type Mailbox, mailbox, type Receiver, receiver } from '../integration/schedules-world.js';
import { complaintsOf, launchBrowser, noonZone, seriousFindings, signIn } from '../support/pages.js';
import { ADMIN, startTestServer, type TestServer } from '../support/server.js';

/** A robot that answers late is asked again half a minute later. */
const SENT = { timeout: 90_000 };

let app: TestServer;
let mail: Mailbox;
let robot: Receiver;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  mail = await mailbox();
  robot = await receiver();
  app = await startTestServer({
    config: {
      // No Monday morning, when the pack would be sent by itself.
      orgTimeZone: noonZone(),
      smtpUrl: mail.url,
      mailFrom: 'reports@example.com',
      outboundAllow: ['127.0.0.1'],
      publicUrl: 'http://calls.example.com',
    },
  });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await signIn(page, app.url);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await mail?.close();
  await robot?.close();
});

async function add(kind: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Add a destination' }).click();
  await page.locator('.ant-select-item-option', { hasText: kind }).click();
}

it('the weekly pack: made from its template, previewed, sent, tried again', async () => {
  await page.goto(`${app.url}/schedules?lang=en`);
  await page.getByText('No scheduled reports yet.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Weekly pack' }).click();
  await page.getByText(/Every Monday at 08:30 · Next: /).waitFor();
  await add('Mail');
  await page.getByRole('combobox', { name: 'E-mail addresses' }).fill('boss@example.com,');
  await add('WeCom robot');
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(`${robot.url}/send?key=k`);
  await page.getByRole('combobox', { name: 'Link to the pack' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'Without sign-in' }).click();
  await page.getByText(/Anybody who has the message can fetch the file, once within 7 days/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('tab', { name: 'WeCom robot' }).click();
  await page.getByText('## Weekly pack').waitFor();
  expect(robot.received).toEqual([]);
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  // Until somebody tries again by hand: however long this takes, the tries that come by themselves are refused, too.
  const { body: taken } = robot.usual;
  robot.usual.body = '{"errcode":45009,"errmsg":"api freq out of limit"}';
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Send now: Weekly pack' }).click();
  await page.getByText('45009 api freq out of limit').waitFor();
  await page
    .getByRole('dialog')
    .getByText(/^Waits for try 2 of 6, at /)
    .waitFor();
  // Each destination is a delivery of its own: the mail may take longer than the refusal of the robot.
  await page.waitForFunction(
    () => document.querySelectorAll('.schedule-deliveries [data-tone="good"]').length >= 1,
    undefined,
    SENT,
  );
  expect(mail.mails.map(({ to }) => to)).toEqual([['boss@example.com']]);
  expect(await seriousFindings(page)).toEqual([]);
  robot.usual.body = taken;
  const refused = robot.received.length;
  await page.getByRole('button', { name: /Try again: WeCom robot/ }).click();
  await page.waitForFunction(
    () => document.querySelectorAll('.schedule-deliveries [data-tone="good"]').length === 2,
    undefined,
    SENT,
  );
  expect(robot.received).toHaveLength(refused + 1);
  expect(mail.mails).toHaveLength(1);
  expect(complaints).toEqual([]);
});

it('the link of a message: the file once without sign-in, looks not counted, then after a sign-in', async () => {
  const [, token = ''] = /http:\/\/calls\.example\.com\/pack#([\w-]{43})/.exec(robot.received.at(-1)?.body ?? '') ?? [];
  const stranger = await (
    await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  ).newPage();
  const open = async (lang: string) => {
    await stranger.goto('about:blank');
    await stranger.goto(`${app.url}/pack?lang=${lang}#${token}`);
  };
  for (let look = 0; look < 3; look++) {
    await open('zh');
    await stranger.getByText('可免登录下载，还剩 1 次').waitFor();
  }
  expect(await seriousFindings(stranger)).toEqual([]);
  expect(await stranger.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const [download] = await Promise.all([
    stranger.waitForEvent('download'),
    stranger.getByRole('button', { name: '下载文件' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^Weekly pack \d{4}-\d{2}-\d{2}\.pdf$/);
  await open('en');
  await stranger.getByText(/If you are not signed in you are asked to/).waitFor();
  await stranger.getByRole('button', { name: 'Download' }).click();
  await stranger.waitForURL(/\/sign-in/);
  await stranger.fill('input[type=email]', ADMIN.email);
  await stranger.fill('input[type=password]', ADMIN.password);
  await stranger.click('button[type=submit]');
  await stranger.waitForURL(/\/pack#/);
  const [again] = await Promise.all([
    stranger.waitForEvent('download'),
    stranger.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(again.suggestedFilename()).toBe(download.suggestedFilename());
  await stranger.context().close();
});

it('reads in Chinese, fits a phone, and what is kept of an address is not shown', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${app.url}/schedules?lang=zh`);
  await page.getByText('每星期一 08:30').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: '编辑: Weekly pack' }).click();
  const address = page.getByRole('textbox', { name: '地址', exact: true });
  await address.waitFor();
  expect(await address.inputValue()).toBe('');
  expect(await address.getAttribute('placeholder')).toContain('已保存（127.0.0.1');
  expect(await page.content()).not.toContain('key=k');
  // What the server refuses is said of the field by its name here, and nothing typed is lost.
  const name = page.getByRole('textbox', { name: '名称', exact: true });
  await name.fill('  ');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('“名称”填写有误。名称不能为空').waitFor();
  await name.fill('Weekly pack');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const before = robot.received.length;
  await page.getByRole('button', { name: '立即发送: Weekly pack' }).click();
  await page.waitForFunction(
    () => document.querySelectorAll('.schedule-deliveries [data-tone="good"]').length === 4,
    undefined,
    SENT,
  );
  expect(robot.received).toHaveLength(before + 1);
  expect(complaints).toEqual([]);
});

it('from a report: what applies to it is offered, and the secret of a webhook is shown before it goes on', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${app.url}/reports/ready/daily_floor?range=yesterday&lang=en`);
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Floor by itself');
  await page.getByRole('combobox', { name: 'How often' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'Every day' }).click();
  await page.getByRole('checkbox', { name: 'On working days only' }).check();
  await page.locator('.schedule-item', { hasText: 'Last working day' }).waitFor();
  await add('Webhook');
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(`${robot.url}/hook`);
  const link = page.getByRole('checkbox', { name: 'Add a link to the pack as well' });
  await link.check();
  await page.getByRole('combobox', { name: 'Link to the pack' }).click();
  await page.locator('.ant-select-item-option', { hasText: 'None' }).click();
  await link.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const secret = page.getByRole('dialog', { name: 'Signing secret' });
  await secret.waitFor();
  expect(new URL(page.url()).pathname).toBe('/reports/ready/daily_floor');
  expect(await secret.locator('.copy__value').innerText()).toMatch(/^whsec_/);
  expect(await seriousFindings(page)).toEqual([]);
  await secret.getByRole('button', { name: 'I have kept it' }).click();
  await page.waitForURL(/\/schedules$/);
  const listed = page.locator('.schedule-cards > li', { hasText: 'Floor by itself' });
  await listed.getByText('Every day at 08:30 · On working days only').waitFor();
  expect(complaints).toEqual([]);
});
