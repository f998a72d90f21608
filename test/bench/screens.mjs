/**
 * The screens of people at work, all at once in a real Chromium, while 200 signed events a second come in from a floor of
 * 300 agents and 4 sales a second are entered: the wallboard, Floor as a supervisor has it, My day of one agent. Measured
 * as latency.mjs does: from the request to the animation frame after the number has changed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { legOf, postCalls, steadily } from './calls.mjs';
import { openSocket } from './connections.mjs';
import { PUBLIC_URL, TOKEN } from './events.mjs';
import { agentName, api, makeFloor, signIn } from './floor.mjs';
import { API_KEY, cleanOrThrow } from './ingest.mjs';
import { latenciesOf, launch, openPage, seenAt, shares, watch } from './pages.mjs';
import { startProcess } from './processes.mjs';

const AGENTS = 300;
const CONNECTIONS = 50;
const SALES_PER_SECOND = 4;
/** The agent whose My day is open. */
const OWN = AGENTS - 1;

export async function benchScreens({ seconds }) {
  const scratch = mkdtempSync(join(tmpdir(), 'tallyboard-bench-'));
  const dataDir = join(scratch, 'data');
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  const browser = await launch();
  const sockets = [];
  try {
    const floor = await makeFloor(server, AGENTS);
    const wall = await openWall(browser, floor.base);
    const { page: grid, inSight } = await openFloor(browser, server, floor);
    const me = await openMyDay(browser, server, floor);
    for (let i = 3; i < CONNECTIONS; i++) {
      sockets.push(await openSocket(floor.base, { scope: i % 2 === 0 ? 'floor' : 'board:default' }));
    }
    const agentAt = scheduleOf(inSight);
    const agentOf = (call) => agentName(agentAt(call));
    const [sent, sales] = await Promise.all([
      postCalls(server.port, { seconds, first: AGENTS, agentOf }),
      postSales(floor.base, seconds),
    ]);
    const sentOf = (agent) => sent.filter((_, i) => agentAt(AGENTS + i) === agent);
    const rows = [];
    for (const agent of inSight) rows.push(...(await latenciesOf(grid, agentName(agent), sentOf(agent))));
    const result = {
      wall: shares(await latenciesOf(wall, 'dials', sent)),
      floor: shares(rows),
      me: shares(await latenciesOf(me, 'dials', sentOf(OWN))),
      sales: shares(await latenciesOf(wall, 'sales', sales)),
      ticker: shares(await tickerLatencies(wall, sales)),
    };
    await cleanOrThrow(server.port, dataDir);
    return result;
  } finally {
    for (const socket of sockets) socket.close();
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Who begins a call: every tenth the agent with My day, every second somebody in sight on Floor. */
function scheduleOf(inSight) {
  const others = Array.from({ length: OWN }, (_, i) => i).filter((i) => !inSight.includes(i));
  return (call) => {
    // The floor's first calls, one each.
    if (call < AGENTS) return call;
    if (call % 10 === 0) return OWN;
    const turn = Math.floor(call / 2);
    return call % 2 === 1 ? inSight[turn % inSight.length] : others[turn % others.length];
  };
}

async function openWall(browser, base) {
  const page = await openPage(browser, base, '/wall/default');
  await page.waitForSelector(`[data-kpi="dials"][data-value="${AGENTS}"]`);
  await watch(page, [
    ['dials', '[data-kpi="dials"]'],
    ['sales', '[data-kpi="sales"]'],
    ['ticker', '.ticker__list'],
  ]);
  return page;
}

async function openFloor(browser, server, { base, team }) {
  const session = await signIn(server, base, { role: 'supervisor', teams: [team] }, 'lead');
  const page = await openPage(browser, base, '/floor', session);
  await page.waitForSelector(`.fgrid table[aria-rowcount="${AGENTS + 1}"]`);
  const names = await page.$$eval('.fgrid tbody tr[data-agent]', (rows) => {
    const bottom = document.querySelector('.fgrid').getBoundingClientRect().bottom;
    const whole = rows.filter((row) => row.getBoundingClientRect().bottom <= bottom);
    return whole.map((row) => [row.dataset.agent, row.querySelector('.who__name').textContent]);
  });
  await watch(
    page,
    names.map(([id, name]) => [name, `tr[data-agent="${id}"] [data-col="dials"]`]),
  );
  const numbers = new Map(Array.from({ length: AGENTS }, (_, i) => [agentName(i), i]));
  return { page, inSight: names.map(([, name]) => numbers.get(name)).filter((i) => i !== OWN) };
}

async function openMyDay(browser, server, { base, agents }) {
  const session = await signIn(server, base, { role: 'agent', agentId: agents[OWN] }, 'agent');
  const page = await openPage(browser, base, '/me', session);
  await page.waitForSelector('.me-head .badge[data-look="live"]');
  const place = '.me-figures [data-kpi="dials"] dd';
  await page.waitForFunction((selector) => document.querySelector(selector)?.textContent === '1', place);
  await watch(page, [['dials', place]]);
  return page;
}

/** Amount of the i-th sale: four digits, each its own. */
const amountOf = (i) => 1_000 + i;

/** Of the floor's first calls in turn, in open loop. Returns when each was sent. */
async function postSales(base, seconds) {
  const sent = [];
  const replies = [];
  await steadily(SALES_PER_SECOND, SALES_PER_SECOND * seconds, (i) => {
    const sale = { amountMinor: amountOf(i) * 100 };
    sent.push(Date.now());
    replies.push(api(base, 'POST', '/outcomes', { externalId: `sale-${i}`, call: legOf(i % AGENTS), sale }));
  });
  for (const [{ result }] of await Promise.all(replies)) {
    if (result !== 'accepted') throw new Error(`An outcome was ${result}`);
  }
  return sent;
}

/** Until a sale, or one after it, stands on the ticker: there is room for a few, and a frame may bring several. */
async function tickerLatencies(page, sent) {
  const seen = (await seenAt(page, 'ticker')).map(({ at, value }) => {
    const amounts = (value.match(/\d,\d{3}/g) ?? []).map((amount) => Number(amount.replace(',', '')));
    return { at, newest: Math.max(0, ...amounts) };
  });
  return sent.map((at, i) => seen.find(({ newest }) => newest >= amountOf(i)).at - at);
}
