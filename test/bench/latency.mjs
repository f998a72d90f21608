/**
 * From the request to the number in the browser: 200 signed events a second (one in four begins a call), 50 boards open,
 * one of them a real Chromium. The n-th call posted is on the screen when the tile shows the count before plus n; the
 * time is taken in the animation frame after the change.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventOf, post, postCalls } from './calls.mjs';
import { openSocket } from './connections.mjs';
import { PUBLIC_URL, TOKEN } from './events.mjs';
import { API_KEY, cleanOrThrow } from './ingest.mjs';
import { latenciesOf, launch, openPage, shares, watch } from './pages.mjs';
import { startProcess } from './processes.mjs';

const BOARDS = 50;
const DIALS = '[data-kpi="dials"]';
const agentOf = (call) => `agent${call % 40}`;

export async function benchLatency({ seconds }) {
  const scratch = mkdtempSync(join(tmpdir(), 'tallyboard-bench-'));
  const dataDir = join(scratch, 'data');
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  const browser = await launch();
  const sockets = [];
  try {
    const base = `http://127.0.0.1:${server.port}`;
    await post(server.port, eventOf(0, 0, agentOf(0)));
    const page = await openPage(browser, base, '/wall/default');
    await page.waitForSelector(`${DIALS}[data-value="1"]`);
    await watch(page, [['dials', DIALS]]);
    for (let i = 1; i < BOARDS; i++) sockets.push(await openSocket(base));
    const sent = await postCalls(server.port, { seconds, first: 1, agentOf });
    const latencies = await latenciesOf(page, 'dials', sent);
    await cleanOrThrow(server.port, dataDir);
    return shares(latencies);
  } finally {
    for (const socket of sockets) socket.close();
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
