/** Pages in a real Chromium, and when each of their numbers changed. */
import { chromium } from 'playwright-core';
import { provide } from '../../scripts/lib/tools.mjs';
import { SESSION_COOKIE } from './connections.mjs';
import { API_KEY } from './ingest.mjs';

export function launch() {
  return chromium.launch({ executablePath: provide('chromium'), args: ['--no-sandbox'] });
}

/** A page of its own window, full HD, for whoever has the session; without one, for the key. */
export async function openPage(browser, base, path, session) {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1920, height: 1080 },
    ...(session === undefined ? { extraHTTPHeaders: { authorization: `Bearer ${API_KEY}` } } : {}),
  });
  if (session !== undefined) await context.addCookies([{ name: SESSION_COOKIE, value: session, url: base }]);
  const page = await context.newPage();
  await page.goto(base + path);
  return page;
}

/**
 * Notes what stands in places of a page, `[name, selector]` each, in the animation frame after each change of the page:
 * the attribute `data-value` where there is one, else the text.
 */
export async function watch(page, places) {
  await page.evaluate((watched) => {
    const last = new Map();
    window.seen = [];
    let isAsked = false;
    const look = () => {
      isAsked = false;
      const at = Date.now();
      for (const [name, selector] of watched) {
        const element = document.querySelector(selector);
        const value = element?.dataset.value ?? element?.textContent ?? '';
        if (last.get(name) === value) continue;
        last.set(name, value);
        window.seen.push({ at, name, value });
      }
    };
    new MutationObserver(() => {
      if (!isAsked) requestAnimationFrame(look);
      isAsked = true;
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  }, places);
}

/** What `watch` noted of one place, from the first on. */
export async function seenAt(page, name) {
  const all = await page.evaluate(() => window.seen);
  return all.filter((one) => one.name === name);
}

const count = (text) => Number(text.replace(/\D/g, '') || '0');

/**
 * Milliseconds from each request to the frame that counted it: the n-th of `sent` is there when the place shows what it
 * showed at first and n more. Waits for the last of them.
 */
export async function latenciesOf(page, name, sent) {
  const whole = count((await seenAt(page, name))[0].value) + sent.length;
  await page.waitForFunction(
    ([place, wanted]) =>
      window.seen.some((one) => one.name === place && Number(one.value.replace(/\D/g, '')) >= wanted),
    [name, whole],
  );
  const seen = (await seenAt(page, name)).map(({ at, value }) => ({ at, value: count(value) }));
  return sent.map((at, i) => seen.find(({ value }) => value >= seen[0].value + i + 1).at - at);
}

export function shares(latencies) {
  const sorted = [...latencies].sort((a, b) => a - b);
  const share = (p) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
  return { count: sorted.length, p50: share(0.5), p99: share(0.99), max: sorted.at(-1) };
}
