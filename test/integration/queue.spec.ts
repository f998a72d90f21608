/**
 * Proves that the queue keeps the promises of platform/queue/task-queue.ts on PostgreSQL and on Redis alike: retries, delays,
 * one task of an id, tasks of killed and of stopped processes, and backends that are away at first.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createQueues, migrateQueue, type Queues, silentLogger, type Task } from '../../src/platform/index.js';
import { createTestDatabase, eventually, type TestDatabase } from '../support/index.js';
import { type OwnRedis, ownRedis } from '../support/redis.js';

/** Shorter than in production, so that a killed process is missed sooner. */
const TIMINGS = { lockMs: 2_000, stalledLookMs: 500, firstPauseMs: 200 };

let db: TestDatabase;
let redis: OwnRedis;
beforeAll(async () => {
  [db, redis] = await Promise.all([createTestDatabase(), ownRedis()]);
  await Promise.all([redis.start(), migrateQueue(db.pool)]);
});
afterAll(async () => {
  await redis?.kill();
  await db?.close();
});

const settingsOf = (kind: 'postgres' | 'redis') => ({
  queue: 'on' as const,
  redisUrl: kind === 'redis' ? redis.url : null,
  databaseUrl: db.url,
});

describe.each(['postgres', 'redis'] as const)('%s', (kind) => {
  const opened: Queues[] = [];
  let name: string;
  let number = 0;
  beforeEach(() => {
    name = `q-${kind}-${number++}`;
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queues) => queues.close()));
  });
  const open = () => {
    const queues = createQueues(settingsOf(kind), silentLogger, TIMINGS);
    opened.push(queues);
    return queues;
  };
  const ran = (tasks: Task[], count: number) =>
    eventually(() => tasks.length >= count, { withinMs: 20_000, what: `${count} runs` });

  test('a task runs once, with what was given', async () => {
    const tasks: Task[] = [];
    const queue = open().queue(name);
    queue.work(async (task) => void tasks.push(task), 1);
    expect(await queue.add('make', { id: '7', n: 3 })).toBe(true);
    expect(await open().queue(name).add('make', { id: '8', n: 4 })).toBe(true);
    await ran(tasks, 2);
    expect(tasks.map(({ name, data, attempt }) => ({ name, data, attempt }))).toEqual([
      { name: 'make', data: { id: '7', n: 3 }, attempt: 1 },
      { name: 'make', data: { id: '8', n: 4 }, attempt: 1 },
    ]);
  });

  test('what fails is tried again after growing pauses', async () => {
    const at: number[] = [];
    const tasks: Task[] = [];
    const queue = open().queue(name);
    queue.work(async (task) => {
      at.push(performance.now());
      tasks.push(task);
      if (task.attempt < 3) throw new Error('not yet');
    }, 1);
    await queue.add('make', {});
    await ran(tasks, 3);
    expect(tasks.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const [first = 0, second = 0, third = 0] = at;
    // Jitter takes off half at most.
    expect(second - first).toBeGreaterThanOrEqual(TIMINGS.firstPauseMs / 2);
    expect(third - second).toBeGreaterThanOrEqual(TIMINGS.firstPauseMs);
  });

  test('a delayed task does not run before its time', async () => {
    const tasks: Task[] = [];
    const queue = open().queue(name);
    let at = 0;
    queue.work(async (task) => {
      at = performance.now();
      tasks.push(task);
    }, 1);
    const asked = performance.now();
    await queue.add('later', {}, { delayMs: 600 });
    await ran(tasks, 1);
    expect(at - asked).toBeGreaterThanOrEqual(595);
  });

  test('of one id there is one that waits or runs, and another afterwards', async () => {
    const tasks: Task[] = [];
    const queue = open().queue(name);
    const add = (n: number) => queue.add('make', { n }, { id: 'export-1' });
    await add(1);
    await add(2);
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    queue.work(async (task) => {
      tasks.push(task);
      await finished;
    }, 2);
    await ran(tasks, 1);
    await add(3);
    await queue.add('make', { n: 4 }, { id: 'export-2' });
    await ran(tasks, 2);
    finish();
    await eventually(async () => {
      await add(5);
      return tasks.length >= 3;
    });
    expect(tasks.map(({ data }) => data.n)).toEqual([1, 4, 5]);
  });

  test('the task of a process that was killed is given to another', async () => {
    const config = JSON.stringify({ settings: settingsOf(kind), timings: TIMINGS, name });
    const child = spawn(process.execPath, [join(import.meta.dirname, '../support/queue-worker.mjs'), config]);
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    const queue = open().queue(name);
    await queue.add('make', { n: 1 });
    await eventually(() => printed.includes('taken'), { withinMs: 20_000, what: 'the child to have it' });
    child.kill('SIGKILL');
    const tasks: Task[] = [];
    queue.work(async (task) => void tasks.push(task), 1);
    await ran(tasks, 1);
    expect(tasks[0]?.data).toEqual({ n: 1 });
  });

  test('stopping tells the task, waits for it, and another process runs it again', async () => {
    const first = open();
    let ended = false;
    let begun = false;
    first.queue(name).work(async ({ signal }) => {
      begun = true;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
      throw new Error('stopped half-way');
    }, 1);
    const second = open().queue(name);
    await second.add('make', { n: 1 });
    await eventually(() => begun);
    await first.close();
    expect(ended).toBe(true);
    const tasks: Task[] = [];
    second.work(async (task) => void tasks.push(task), 1);
    await ran(tasks, 1);
    expect(tasks[0]?.attempt).toBe(2);
  });
});

test('a queue whose Redis is away at first says so at once and works once it is there', async () => {
  const late = await ownRedis();
  const queues = createQueues({ queue: 'on', redisUrl: late.url, databaseUrl: db.url }, silentLogger, TIMINGS);
  try {
    const tasks: Task[] = [];
    const queue = queues.queue('late');
    queue.work(async (task) => void tasks.push(task), 1);
    expect(await queue.add('make', { n: 1 })).toBe(false);
    await late.start();
    await eventually(() => queue.add('make', { n: 2 }), { withinMs: 20_000, what: 'the queue to take a task' });
    await eventually(() => tasks.some(({ data }) => data.n === 2), { withinMs: 20_000, what: 'the task' });
    await late.kill();
    expect(await queue.add('make', { n: 3 })).toBe(false);
    await late.start();
    await eventually(() => queue.add('make', { n: 4 }), { withinMs: 20_000, what: 'the queue to take a task again' });
    await eventually(() => tasks.some(({ data }) => data.n === 4), { withinMs: 20_000, what: 'the task' });
  } finally {
    await queues.close();
    await late.kill();
  }
});

test('a queue whose database is not there at first works once it is', async () => {
  const url = new URL(db.url);
  url.pathname = `${url.pathname}_late`;
  const queues = createQueues({ queue: 'on', redisUrl: null, databaseUrl: url.href }, silentLogger, TIMINGS);
  const name = url.pathname.slice(1);
  try {
    const tasks: Task[] = [];
    const queue = queues.queue('late');
    queue.work(async (task) => void tasks.push(task), 1);
    expect(await queue.add('make', { n: 1 })).toBe(false);
    await db.pool.query(`CREATE DATABASE ${name} TEMPLATE tallyboard_template`);
    await eventually(() => queue.add('make', { n: 2 }), { withinMs: 20_000, what: 'the queue to take a task' });
    await eventually(() => tasks.some(({ data }) => data.n === 2), { withinMs: 20_000, what: 'the task' });
  } finally {
    await queues.close();
    await db.pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
});

test('switched off it takes nothing and says so', async () => {
  const queues = createQueues({ queue: 'off', redisUrl: redis.url, databaseUrl: db.url }, silentLogger);
  queues.queue('any').work(() => Promise.reject(new Error('never')), 1);
  expect(await queues.queue('any').add('make', {})).toBe(false);
  await queues.close();
});
