/**
 * From the request to the number in the browser: 200 signed events a second (one in four begins a call), 50 boards open,
 * one of them a real Chromium. The n-th call posted is on the screen when the tile shows the count before plus n; the
 * time is taken in the animation frame after the change.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { io } from 'socket.io-client';
import { provide } from '../../scripts/lib/tools.mjs';
import { PUBLIC_URL, requestOf, TOKEN } from './events.mjs';
import { API_KEY, verify } from './ingest.mjs';
import { startProcess } from './processes.mjs';

const BOARDS = 50;
const EVENTS_PER_SECOND = 200;

export async function benchLatency({ seconds }) {
  const scratch = mkdtempSync(join(tmpdir(), 'tallyboard-bench-'));
  const dataDir = join(scratch, 'data');
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  const browser = await chromium.launch({ executablePath: provide('chromium'), args: ['--no-sandbox'] });
  const sockets = [];
  try {
    const base = `http://127.0.0.1:${server.port}`;
    await post(server.port, dial(0));
    const page = await openBoard(browser, base);
    for (let i = 1; i < BOARDS; i++) sockets.push(await openSocket(base));
    const sent = await postAll(server.port, seconds);
    await page.waitForFunction(
      (n) => Number(document.querySelector('[data-kpi="dials"]')?.dataset.value) >= n,
      sent.length + 1,
    );
    const seen = await page.evaluate(() => window.seenDials);
    const latencies = sent.map((at, i) => seen.find(([, value]) => value >= i + 2)[0] - at).sort((a, b) => a - b);
    const report = verify(dataDir);
    if (!report.clean || report.counts.pending > 0) throw new Error('verify is not clean');
    const share = (p) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * p))];
    return { calls: sent.length, p50: share(0.5), p99: share(0.99), max: latencies.at(-1) };
  } finally {
    for (const socket of sockets) socket.close();
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function openBoard(browser, base) {
  const context = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    extraHTTPHeaders: { authorization: `Bearer ${API_KEY}` },
  });
  const page = await context.newPage();
  await page.goto(`${base}/wall/default`);
  await page.waitForFunction(() => document.querySelector('[data-kpi="dials"]')?.dataset.value === '1');
  await page.evaluate(() => {
    window.seenDials = [];
    const tile = document.querySelector('[data-kpi="dials"]');
    const look = () => requestAnimationFrame(() => window.seenDials.push([Date.now(), Number(tile.dataset.value)]));
    new MutationObserver(look).observe(tile, { attributes: true });
  });
  return page;
}

function openSocket(base) {
  const socket = io(base, {
    path: '/live',
    transports: ['websocket'],
    extraHeaders: { authorization: `Bearer ${API_KEY}` },
  });
  socket.on('delta', (_frame, ack) => ack());
  return new Promise((resolve, reject) => {
    socket.on('connect_error', reject);
    socket.on('snapshot', (_frame, ack) => {
      ack();
      resolve(socket);
    });
    socket.emit('subscribe', { scope: 'board:default' }, () => {});
  });
}

/** Open loop: the time of each request is fixed. Returns when each call's first event was sent. */
async function postAll(port, seconds) {
  const calls = (EVENTS_PER_SECOND / 4) * seconds;
  const sent = [];
  const pending = [];
  const begun = performance.now();
  for (let i = 0; i < calls * 4; i++) {
    const wait = begun + (i * 1000) / EVENTS_PER_SECOND - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const call = Math.floor(i / 4) + 1;
    const step = i % 4;
    if (step === 0) sent.push(Date.now());
    // The other three events of earlier calls keep the fold busy with what floors mostly send.
    pending.push(post(port, dial(step === 0 ? call : Math.max(0, call - step), step)));
  }
  await Promise.all(pending);
  return sent;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });

function dial(number, step = 0) {
  const status = ['initiated', 'ringing', 'in-progress', 'completed'][step];
  const sid = (kind) => `CA${kind}${number.toString(16).padStart(31, '0')}`;
  const form = [
    ['AccountSid', `AC${'0'.repeat(32)}`],
    ['CallSid', sid('c')],
    ['ParentCallSid', sid('a')],
    ['CallStatus', status],
    ['Direction', 'outbound-dial'],
    ['From', '+861115400001'],
    ['To', `+86154${String(number).padStart(8, '0')}`],
    ['Timestamp', new Date().toUTCString().replace('GMT', '+0000')],
    ['SequenceNumber', String(step)],
    ...(step === 3 ? [['CallDuration', '1']] : []),
  ];
  return { rawTarget: `/webhooks/twilio/voice?agent=agent${number % 40}&campaign=bench`, form };
}

function post(port, webhook) {
  const { path, headers, body } = requestOf(webhook);
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent }, (response) => {
      response.resume();
      if (response.statusCode !== 204) reject(new Error(`HTTP ${response.statusCode}`));
      else response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}
