/** What specs of reports stand on: a server with calls of named agents, an administrator's page, browsers of agents. */
import { createHash } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { complaintsOf, launchBrowser, noonZone, signIn } from '../support/pages.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned, softphoneCall } from '../support/twilio.js';

export interface ReportFloor {
  app: TestServer;
  browser: Browser;
  /** The administrator's, signed in. */
  page: Page;
  complaints: string[];
  /** A browser of an agent, signed in, on a phone. */
  agentsBrowser: (name: string) => Promise<{ context: BrowserContext; page: Page }>;
  close: () => Promise<void>;
}

/** @param calls by agent: dials, and how many of them connect */
export async function openReportFloor(calls: Record<string, [dials: number, connects: number]>): Promise<ReportFloor> {
  const app = await startTestServer({ config: { orgTimeZone: noonZone() } });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await app.close();
  };
  try {
    await makeCalls(app, calls);
    browser = await launchBrowser();
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await signIn(page, app.url);
    const opened = browser;
    return { app, browser, page, complaints, agentsBrowser: (name) => agentsBrowser(app, opened, name), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeCalls({ url, folded }: TestServer, calls: Record<string, [number, number]>): Promise<void> {
  const at = Math.floor((Date.now() - 1_800_000) / 1000) * 1000;
  await Promise.all(
    Object.entries(calls).map(async ([agent, [dials, connects]]) => {
      for (let i = 0; i < dials; i++) await post(url, i < connects ? answered(agent, i, at) : unanswered(agent, i, at));
    }),
  );
  await folded();
}

const answered = (agent: string, index: number, at: number): LegEvent[] =>
  softphoneCall(`${agent}.${index}`, agent, at + index * 1_000, 20);

function unanswered(agent: string, index: number, at: number): LegEvent[] {
  return answered(agent, index, at).flatMap((event) => {
    if (event.parent === undefined) return event;
    if (event.status === 'in-progress') return [];
    const { duration: _, ...ended } = event;
    return event.status === 'completed' ? { ...ended, status: 'no-answer', sequence: 1 } : event;
  });
}

async function post(url: string, events: LegEvent[]): Promise<void> {
  for (const event of events) {
    const { status } = await postSigned(url, '/webhooks/twilio/voice', callback(event));
    if (status >= 300) throw new Error(`The webhook was answered ${status}`);
  }
}

async function agentsBrowser(
  app: TestServer,
  browser: Browser,
  name: string,
): Promise<{ context: BrowserContext; page: Page }> {
  const { pool } = app.db;
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO app_user (email, name, role, agent_id) SELECT $1 || '@example.com', $1, 'agent', id FROM agent WHERE name = $1 RETURNING id`,
    [name],
  );
  const secret = name.padEnd(43, 'x');
  await pool.query(
    `INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, now(), now(), now() + interval '1 hour')`,
    [createHash('sha256').update(secret).digest(), rows[0]?.id],
  );
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 844 } });
  await context.addCookies([{ name: 'tallyboard', value: secret, url: app.url }]);
  const own = await context.newPage();
  return { context, page: own };
}
