/** A browser in front of a real server: signing in, reading a board, weighing a page, accessibility. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './browser.js';
import { ADMIN } from './server.js';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
}

/** A zone in which it is noon now, so that the calls of the last minutes are today's at whatever hour this runs. */
export function noonZone(): string {
  const ahead = 12 - new Date().getUTCHours();
  // The names of these zones count the other way round.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** Signs in through the form and waits until the server's answer has led somewhere else. */
export async function signIn(page: Page, url: string, next = '/', password = ADMIN.password): Promise<void> {
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}`);
  await page.fill('input[type=email]', ADMIN.email);
  await page.fill('input[type=password]', password);
  await page.click('button[type=submit]');
  await page.waitForURL(url + next);
}

/** What stands where something is still to come. */
const WAITING = '.loading, .ant-spin-spinning, [aria-busy=true]';

/** Waits until nothing is fetched any more and nothing says that it is still to come: a slow page is quiet in between. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction((waiting) => document.querySelector(waiting) === null, WAITING);
}

/** What the page complained about: exceptions, and error lines that are not about the network. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isNetwork = /net::ERR|WebSocket|Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !isNetwork) complaints.push(message.text());
  });
  return complaints;
}

/** Headline figures as the board holds them; null = no value. */
export function figuresOf(page: Page): Promise<Record<string, number | null>> {
  return page.$$eval('[data-kpi]', (elements) =>
    Object.fromEntries(
      elements.map((element) => {
        const value = element.getAttribute('data-value') ?? '';
        return [element.getAttribute('data-kpi') ?? '', value === '' ? null : Number(value)];
      }),
    ),
  );
}

/** Bytes of everything a first visit of an address loads, each part gzipped as a server would send it. */
export async function gzippedWeight(context: BrowserContext, address: string, ready: string): Promise<number> {
  const page = await context.newPage();
  const parts: Promise<number>[] = [];
  page.on('response', (response) => {
    const isPart = ['document', 'script', 'stylesheet', 'font', 'image'].includes(response.request().resourceType());
    if (isPart && response.status() === 200) parts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(address);
  await page.waitForSelector(ready);
  await page.waitForLoadState('networkidle');
  const total = (await Promise.all(parts)).reduce((sum, bytes) => sum + bytes, 0);
  await page.close();
  return total;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Findings of axe that are serious or critical, as `rule: where`. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Where the pointer happens to be, something is lit up; the page at rest is what is judged.
  await page.mouse.move(0, 0);
  // What turns for ever (a spinner) has no rest to wait for.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { target: unknown[] }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
