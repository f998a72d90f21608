/**
 * Proves an agent's day in Chromium, on a 390 px phone and on a laptop, against the real server: from the sign-in to a
 * sale that appears on an open wallboard; the state switch; outcomes entered with one tap, kept while there is no connection, corrected and
 * taken back; targets with their pace; a due callback; both languages, empty and full, and no serious accessibility finding.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { MyCalls } from '../../src/shared/me.js';
import { eventually } from '../support/index.js';
import { complaintsOf, launchBrowser, noonZone, seriousFindings, signIn } from '../support/pages.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, sid } from '../support/twilio.js';

const EMAIL = 'wang.fang@example.com';
const PASSWORD = 'purple otters climb nine hills';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const LAPTOP = { viewport: { width: 1440, height: 900 } };
const zone = noonZone();

let app: TestServer;
let browser: Browser;
let phone: BrowserContext;
let page: Page;
let wall: Page;
let complaints: string[];
let team = 0;
const agents = { wang: 0, li: 0 };

beforeAll(async () => {
  app = await startTestServer({ config: { orgTimeZone: zone } });
  team = await made('/teams', { name: 'North', siteId: 1, parentId: null });
  const agent = (name: string, value: string) =>
    made('/agents', { name, teamId: team, addresses: [{ kind: 'client', value }] });
  agents.wang = await agent('王芳', 'wang');
  agents.li = await agent('Li Na', 'li');
  const user = { email: EMAIL, name: '王芳', role: 'agent', agentId: agents.wang };
  const { link } = await api<{ link: { token: string } }>('POST', '/users', user);
  await api('POST', '/links/redeem', { token: link.token, password: PASSWORD });

  browser = await launchBrowser();
  wall = await (await browser.newContext({ locale: 'en-US', viewport: { width: 1920, height: 1080 } })).newPage();
  await signIn(wall, app.url, '/wall/default');
  phone = await browser.newContext({ locale: 'en-US', ...PHONE });
  page = await phone.newPage();
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}

const made = async (path: string, body: unknown): Promise<number> =>
  (await api<{ result: { id: number } }>('POST', path, body)).result.id;

/** A call of a softphone, answered `seconds` ago; `ended`: it is over now. */
async function phoneCall(name: string, agent: string, seconds: number, ended: boolean): Promise<void> {
  const at = Date.now() - seconds * 1_000 - 5_000;
  const to = `+8613${String(800_000_000 + ([...name].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7) % 99_999_999))}`;
  const root = { leg: name, direction: 'inbound', from: `client:${agent}`, to };
  const customer = { leg: `${name}c`, parent: name, direction: 'outbound-dial', from: '+862100000001', to };
  const events = [
    { ...root, status: 'in-progress', at },
    { ...customer, status: 'initiated', at },
    { ...customer, status: 'in-progress', at: at + 5_000 },
    ...(ended
      ? [
          { ...customer, status: 'completed', at: at + 5_000 + seconds * 1_000, duration: seconds },
          { ...root, status: 'completed', at: at + 5_000 + seconds * 1_000, duration: seconds },
        ]
      : []),
  ];
  for (const event of events) {
    const answer = await postSigned(app.url, '/webhooks/twilio/voice', callback(event));
    expect(answer.status).toBeLessThan(300);
  }
}

/** Outcomes of the agent's calls, as their own page is told. */
async function entered(): Promise<Record<string, unknown[]>> {
  const answer = await phone.request.get(`${app.url}/api/v1/me/calls`, { headers: { 'x-tallyboard': '1' } });
  const { calls } = (await answer.json()) as MyCalls;
  return Object.fromEntries(
    calls.map(({ id, outcomes }) => [
      id,
      outcomes.map(({ disposition, sale, cancelled }) => [disposition?.key, sale?.amountMinor ?? null, cancelled]),
    ]),
  );
}

const row = (name: string): string => `.me-row[data-call="${sid(name)}"]`;
const tap = (scope: string, key: string): string => `${scope} .outcome__choice[data-key=${key}]`;
const fitsPhone = (at: Page): Promise<boolean> =>
  at.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test('an agent begins with an empty day that says what will be there', async () => {
  await page.goto(`${app.url}/sign-in`);
  await page.fill('input[type=email]', EMAIL);
  await page.fill('input[type=password]', PASSWORD);
  await page.click('button[type=submit]');
  await page.waitForURL(`${app.url}/me`);
  await page.waitForSelector('.me-head .badge[data-look=live]');
  await page.waitForSelector('text=You have no targets of your own yet.');
  await page.waitForSelector('text=Your calls of today appear here with the first one');
  await page.waitForSelector('text=Callbacks you promise appear here');
  expect(await page.textContent('.me-figures [data-kpi=connect_rate] dd')).toBe('—');
  expect([await page.title(), await fitsPhone(page)]).toEqual(['My day · Tallyboard', true]);
  for (const language of ['zh', 'en']) {
    await page.goto(`${app.url}/me?lang=${language}`);
    await page.waitForSelector('.me-figures');
    expect([language, await seriousFindings(page)]).toEqual([language, []]);
  }
});

test('a call, a sale in two taps while it goes on, and the wallboard shows it', async () => {
  await wall.waitForSelector('.badge[data-look=live]');
  await page.tap('.state-switch button:has-text("Available")');
  await page.waitForSelector('.state-switch[data-state=available]');
  await phoneCall('first', 'wang', 42, false);
  await page.waitForSelector('.state-switch[data-state=on_call]');
  await page.waitForSelector('.now[data-running=true] >> text=On a call');
  await page.tap(tap('.now', 'sale'));
  await page.tap('.now .outcome__save');
  // Without the amount nothing is sent, and the field says so.
  await page.waitForSelector('.now [role=alert]');
  await page.fill('.now input[inputmode=decimal]', '3,880');
  await page.tap('.now .outcome__save');
  await page.waitForSelector('.now .mark:has-text("CN¥3,880")');
  await page.waitForSelector('.me-figures [data-kpi=sales] dd a:text-is("1")');
  await wall.waitForSelector('[data-kpi=sales][data-value="1"]');
  await phoneCall('first', 'wang', 42, true);
  await page.waitForSelector('.now', { state: 'detached' });
  await page.waitForSelector('.state-switch:not([data-state=on_call])');
  expect(await entered()).toEqual({ [sid('first')]: [['sale', 388_000, false]] });
});

test('one tap after the call; the other form stays where it is while somebody types', async () => {
  await phoneCall('second', 'wang', 30, true);
  await page.waitForSelector('.now >> text=How did it go?');
  await page.tap(tap('.now', 'callback'));
  await phoneCall('third', 'wang', 20, true);
  await page.waitForSelector(`.now:nth-child(2)`);
  // The one being typed is still open at its time.
  await page.waitForSelector('.now .outcome__quick');
  await page.tap(`.now:has(#now-${sid('third')}) .outcome__choice[data-key=not_interested]`);
  await page.waitForSelector(`${row('third')} .mark:has-text("Not interested")`);
  await page.tap('.now .outcome__chip');
  await page.tap('.now .outcome__save');
  await page.waitForSelector('.me-callbacks .me-row[data-urgency=later]');
  await eventually(async () => (await entered())[sid('third')]?.length === 1);
  expect(await entered()).toMatchObject({ [sid('third')]: [['not_interested', null, false]] });
});

test('what is entered without a connection is kept, and counts once', async () => {
  await phoneCall('fourth', 'wang', 25, true);
  await page.waitForSelector(tap('.now', 'interested'));
  await phone.setOffline(true);
  await page.tap(tap('.now', 'interested'));
  await page.waitForSelector('text=No connection: one entry is kept here');
  await page.waitForSelector(`${row('fourth')} .mark:has-text("kept, no connection")`);
  await phone.setOffline(false);
  await page.waitForSelector('text=No connection: one entry is kept here', { state: 'detached' });
  await eventually(async () => (await entered())[sid('fourth')]?.length === 1);
  await page.waitForSelector(`${row('fourth')} .mark:has-text("Interested")`);
});

test('targets with their pace, the place in the team, and a callback that is due', async () => {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(Date.now());
  const scope = { kind: 'agent', id: agents.wang };
  const target = { scope, period: 'day', validFrom: today };
  await api('POST', '/targets', { ...target, kpi: 'dials', value: 50 });
  await api('POST', '/targets', { ...target, kpi: 'sales', value: 1 });
  await phoneCall('colleague', 'li', 30, true);
  await page.waitForSelector('.target[data-kpi=dials] .target__value strong:text-is("4")');
  await page.waitForSelector('.target[data-kpi=sales][data-tone=reached]');
  await page.waitForSelector('.me-rank >> text=No. 1');
  await page.waitForSelector('.me-rank >> text=of 2');

  // Of somebody who was not dialled yet: a dial around the time would keep it.
  const promised = { externalId: 'crm-1', agentId: agents.wang, customer: '+8613900001234', disposition: 'callback' };
  await api('POST', '/outcomes', { ...promised, callbackAt: new Date(Date.now() + 2_000).toISOString() });
  await page.waitForSelector('.ant-notification-notice >> text=Callback due');
  await page.waitForSelector('.me-callbacks .me-row[data-urgency=now]');
  await page.waitForFunction(() => document.title.startsWith('(1)'));
  for (const language of ['zh', 'en']) {
    await page.goto(`${app.url}/me?lang=${language}`);
    await page.waitForSelector('.target');
    await page.waitForSelector('.me-row');
    expect([language, await fitsPhone(page), await seriousFindings(page)]).toEqual([language, true, []]);
  }
});

test('on a laptop: correcting, taking back, and moving a callback', async () => {
  const laptop = await (await browser.newContext({ locale: 'en-US', ...LAPTOP })).newPage();
  const grumbles = complaintsOf(laptop);
  await laptop.goto(`${app.url}/sign-in`);
  await laptop.fill('input[type=email]', EMAIL);
  await laptop.fill('input[type=password]', PASSWORD);
  await laptop.click('button[type=submit]');
  await laptop.waitForURL(`${app.url}/me`);

  await laptop.click(`${row('first')} button`);
  await laptop.fill('.ant-modal input[inputmode=decimal]', '4000');
  await laptop.click('.ant-modal .outcome__save');
  await laptop.waitForSelector(`${row('first')} .mark:has-text("CN¥4,000")`);
  await eventually(async () => JSON.stringify((await entered())[sid('first')]).includes('400000'));
  await laptop.waitForSelector('.me-figures [data-kpi=revenue] dd:has-text("4,000")');

  await laptop.click(`${row('fourth')} button`);
  await laptop.waitForSelector('.ant-modal .me-dialog__back');
  expect(await seriousFindings(laptop)).toEqual([]);
  await laptop.click('.ant-modal .me-dialog__back button');
  await laptop.waitForSelector(`${row('fourth')}[data-to-enter=true]`);
  await eventually(async () => JSON.stringify((await entered())[sid('fourth')]).includes('true'));

  await laptop.click('.me-callbacks .me-row[data-urgency=now] button');
  await laptop.click('.ant-modal .outcome__chip >> nth=-1');
  await laptop.click('.ant-modal button:has-text("Save the time")');
  await laptop.waitForFunction(() => document.querySelectorAll('.me-row[data-urgency=later]').length === 2);
  await laptop.waitForFunction(() => document.title === 'My day · Tallyboard');
  expect([grumbles, complaints]).toEqual([[], []]);
});

test('whoever makes no calls is told what the page is for', async () => {
  await wall.goto(`${app.url}/me`);
  await wall.waitForSelector('h1:has-text("My day is for people who make calls")');
  expect(await wall.locator('.bar__nav >> text=My day').count()).toBe(0);
  expect(await seriousFindings(wall)).toEqual([]);
});
