/**
 * Proves with real processes ended by SIGKILL: a pack that was being made is made anew and goes out once; one that was being
 * sent goes out again, with the same id and the same body, and the history says that it may have arrived twice. Leases are
 * waited out, about 20 s.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MadeSchedule, RunView, ScheduleList } from '../../src/shared/schedules.js';
import { type ServerProcess, startProcess } from '../support/children.js';
import { createTestDatabase, eventually, type TestDatabase } from '../support/index.js';
import { ADMIN, childEnvironment } from '../support/server.js';

const SOURCE = {
  kind: 'explore',
  spec: { range: { preset: 'yesterday' }, kpis: ['dials'], groupBy: ['team'], filters: {}, compare: 'none' },
};
const WITHIN_MS = 60_000;

interface Message {
  path: string;
  id: string;
  body: string;
}

let db: TestDatabase;
let receiver: Server;
let receiverUrl = '';
let running: ServerProcess | undefined;
let cookie = '';
const messages: Message[] = [];
/** While true whoever sends gets no answer. */
let isMute = false;

beforeAll(async () => {
  db = await createTestDatabase();
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const id = String(request.headers['webhook-id']);
      messages.push({ path: request.url ?? '', id, body: Buffer.concat(chunks).toString('utf8') });
      if (!isMute) response.writeHead(200).end('ok');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await running?.stop();
  receiver?.closeAllConnections();
  await new Promise((resolve) => receiver?.close(resolve));
  await db?.close();
});

async function start(): Promise<void> {
  running = await startProcess(childEnvironment(db.dataDir, { DATABASE_URL: db.url, OUTBOUND_ALLOW: '127.0.0.1' }));
}

async function kill(): Promise<void> {
  expect(await running?.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${running?.url}/api/v1${path}`, {
    method,
    headers: {
      'x-tallyboard': '1',
      cookie,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  const set = response.headers.get('set-cookie')?.split(';')[0];
  if (set !== undefined) cookie = set;
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function schedule(path: string): Promise<number> {
  const { schedule: made } = await call<MadeSchedule>('POST', '/schedules', {
    name: 'Killed',
    sources: [SOURCE],
    format: 'csv',
    language: 'en',
    rhythm: { every: 'day', at: '08:30' },
    zone: null,
    workingDaysOnly: false,
    active: false,
    destinations: [{ kind: 'webhook', url: receiverUrl + path }],
  });
  return made.id;
}

const runOf = async (id: number): Promise<RunView | undefined> =>
  (await call<RunView[]>('GET', `/schedules/${id}/deliveries`))[0];
const messagesTo = (path: string): Message[] => messages.filter((one) => one.path === path);

test('killed while sending, and again while making: the one arrives twice and says so, the other once', async () => {
  await start();
  await call('POST', '/session', ADMIN);
  const sent = await schedule('/sent');
  const made = await schedule('/made');

  isMute = true;
  await call('POST', `/schedules/${sent}/run`);
  await eventually(() => messagesTo('/sent').length === 1, { withinMs: WITHIN_MS, everyMs: 20, what: 'the message' });
  await kill();
  isMute = false;

  await start();
  const blocker = await db.pool.connect();
  await blocker.query('BEGIN; LOCK TABLE rollup_day, rollup_slot IN ACCESS EXCLUSIVE MODE');
  await call('POST', `/schedules/${made}/run`);
  await eventually(
    async () =>
      (await db.pool.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%rollup_%'`))
        .rows.length > 0 && (await runOf(made))?.state === 'making',
    { withinMs: WITHIN_MS, everyMs: 20, what: 'a pack being made' },
  );
  await kill();
  await blocker.query('ROLLBACK');
  blocker.release();

  await start();
  const whole = await eventually(
    async () => {
      const runs = [await runOf(sent), await runOf(made)];
      return runs.every((run) => run?.deliveries[0]?.state === 'sent') ? runs : undefined;
    },
    { withinMs: WITHIN_MS, everyMs: 200, what: 'both messages' },
  );
  expect(whole).toMatchObject([
    { state: 'made', deliveries: [{ attempts: 2, maybeTwice: true }] },
    { state: 'made', deliveries: [{ attempts: 1, maybeTwice: false }] },
  ]);
  const [first, second, ...more] = messagesTo('/sent');
  expect(more).toEqual([]);
  expect(second).toEqual(first);
  expect(messagesTo('/made')).toHaveLength(1);
  const { schedules } = await call<ScheduleList>('GET', '/schedules');
  expect(schedules.map(({ lastRun }) => lastRun?.state)).toEqual(['sent', 'sent']);
}, 480_000);
