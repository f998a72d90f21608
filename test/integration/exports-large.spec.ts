/**
 * Proves the size: a real process exports 1,000,000 calls, as CSV and as XLSX, within 300 MB of memory; killed half-way it
 * begins again, says so, and the file is complete, counted and of one moment though calls move while it is written; what is
 * cancelled ends within a second; without the queue and with processes of separate roles it is the same.
 */
import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportLink, ExportView } from '../../src/shared/exports.js';
import { type ServerProcess, startProcess } from '../support/children.js';
import { createTestDatabase, eventually, type TestDatabase } from '../support/index.js';
import { API_KEY, childEnvironment } from '../support/server.js';
import { sheetsOf } from '../support/sheets.js';
import { insertCallsOf } from './exports-world.js';

const ROWS = 1_000_000;
const LIMIT_KB = 300 * 1024;
/** Place of a row, its first cell (the call) and, when it is a number, its second (the start). */
const ROW = /^<row r="(\d+)"[^>]*><c r="A\d+"[^>]*><is><t>([^<]*)<\/t><\/is><\/c>(?:<c r="B\d+"[^>]*><v>([^<]*)<\/v>)?/;

let db: TestDatabase;
const processes: ServerProcess[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query(`
    INSERT INTO team (id, name, site_id) VALUES (10, 'North', 1), (20, 'South', 1);
    INSERT INTO agent (id, name, status) VALUES (50, 'Ann', 'active'), (51, 'Bo', 'active'), (60, '小王', 'active')`);
  const { rows } = await db.pool.query<{ id: string }>(
    'INSERT INTO customer (blind_index, index_key_id, number_cipher) VALUES (NULL, NULL, NULL) RETURNING id::text AS id',
  );
  await insertCallsOf(db, [rows[0]?.id ?? ''], ROWS);
  await db.pool.query('ANALYZE call');
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.stop()));
  await db.pool.query('DELETE FROM export_job');
});
afterAll(() => db?.close());

async function start(more: Record<string, string> = {}): Promise<ServerProcess> {
  const process = await startProcess(childEnvironment(db.dataDir, { DATABASE_URL: db.url, ...more }));
  processes.push(process);
  return process;
}

async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${url}/api/v1/exports${path}`, {
    method,
    headers: {
      authorization: `Bearer ${API_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const ask = (url: string, query: string, format: string) =>
  call<ExportView>(url, 'POST', '', { source: { kind: 'calls', query }, format, language: 'en' });
const look = (url: string, id: string) => call<ExportView>(url, 'GET', `/${id}`);

/** The most memory a process had at once, kB. */
function peakKb(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function until(
  url: string,
  id: string,
  is: (view: ExportView) => boolean,
  withinMs: number,
): Promise<ExportView> {
  return eventually(
    async () => {
      const view = await look(url, id);
      if (view.state === 'failed') throw new Error(JSON.stringify(view.error));
      return is(view) ? view : undefined;
    },
    { withinMs, everyMs: 20, what: 'the export' },
  );
}

/** Milliseconds from the answer to the wish until it has ended. */
async function cancelledAfter(url: string, id: string): Promise<number> {
  await call(url, 'POST', `/${id}/cancel`);
  const at = performance.now();
  await until(url, id, ({ state }) => state === 'cancelled', 5_000);
  return performance.now() - at;
}
const isDone = (view: ExportView) => view.state === 'done';

test('1,000,000 calls as CSV: killed half-way, begun again, complete, in 300 MB', async () => {
  const first = await start();
  const { id } = await ask(first.url, '', 'csv');
  await until(first.url, id, ({ rows }) => rows > ROWS / 3, 120_000);
  await first.stop('SIGKILL');
  const second = await start();
  await until(second.url, id, ({ rows, restarts }) => restarts === 1 && rows > ROWS / 20, 60_000);
  // What was read moves to the end, what was not to the front, and some go: none of it is of the moment that is written.
  await db.pool.query(`UPDATE call SET started_at = started_at - interval '1 day' WHERE key > 'CA00999000'`);
  await db.pool.query(`UPDATE call SET started_at = started_at + interval '1 day' WHERE key < 'CA00001000'`);
  await db.pool.query(`DELETE FROM call WHERE key BETWEEN 'CA00100000' AND 'CA00100004'`);
  const seen: number[] = [];
  const view = await until(
    second.url,
    id,
    (now) => {
      seen.push(now.rows);
      return isDone(now);
    },
    300_000,
  );
  expect(view).toMatchObject({ rows: ROWS, rowsExpected: ROWS, restarts: 1 });
  // Progress was to be seen on the way.
  expect(new Set(seen).size).toBeGreaterThan(5);
  expect(peakKb(second.pid)).toBeLessThan(LIMIT_KB);
  const { url: link } = await call<ExportLink>(second.url, 'POST', `/${id}/link`);
  const response = await fetch(second.url + link);
  if (response.body === null) throw new Error('No file');
  const hash = createHash('sha256');
  let rows = -1;
  let bytes = 0;
  let last = '\uffff';
  let rest = '';
  for await (const chunk of Readable.fromWeb(response.body as never) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      rows += 1;
      if (rows === 0) continue;
      // Keys were given in order of time: the list is in its order, and no call is in it twice.
      const key = line.slice(0, line.indexOf(','));
      if (key >= last) throw new Error(`${key} stands behind ${last}`);
      last = key;
    }
  }
  expect(rows).toBe(ROWS);
  expect(hash.digest('hex')).toBe(view.sha256);
  expect(bytes).toBe(view.bytes);
  // Sending it needs no memory either.
  expect(peakKb(second.pid)).toBeLessThan(LIMIT_KB);
}, 480_000);

test('1,000,000 calls as XLSX in 300 MB; another that is cancelled ends within a second', async () => {
  const server = await start();
  const { id } = await ask(server.url, '', 'xlsx');
  const view = await until(server.url, id, isDone, 300_000);
  const { rows } = await db.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM call');
  expect(view).toMatchObject({ rows: rows[0]?.n, rowsExpected: rows[0]?.n });
  expect(peakKb(server.pid)).toBeLessThan(LIMIT_KB);
  await proveWorkbook(server.url, view);
  const other = await ask(server.url, '', 'xlsx');
  await until(server.url, other.id, ({ rows }) => rows > 1_000, 60_000);
  expect(await cancelledAfter(server.url, other.id)).toBeLessThan(1_000);
}, 360_000);

/** The file itself, unpacked and read by other code than wrote it: every call is in it once, in the order of the list. */
async function proveWorkbook(url: string, { id, rows, bytes }: ExportView): Promise<void> {
  const { url: link } = await call<ExportLink>(url, 'POST', `/${id}/link`);
  const response = await fetch(url + link);
  if (response.body === null) throw new Error('No file');
  const path = join(db.dataDir, 'calls.xlsx');
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(path));
  expect(statSync(path).size).toBe(bytes);
  const ends = await db.pool.query<{ key: string }>(
    `(SELECT key FROM call ORDER BY started_at DESC, key DESC LIMIT 1) UNION ALL (SELECT key FROM call ORDER BY started_at, key LIMIT 1)`,
  );
  let rowsRead = 0;
  let first = '';
  let before = { at: Number.POSITIVE_INFINITY, key: '' };
  for (const sheet of await sheetsOf(path)) {
    let number = 0;
    for await (const xml of sheet.rowXml()) {
      number += 1;
      const [, place, key = '', started] = ROW.exec(xml) ?? [];
      if (Number(place) !== number) throw new Error(`the ${number}th row is ${xml.slice(0, 300)}`);
      // Each sheet begins with the names of its columns.
      if (number === 1) {
        expect([key, started]).toEqual(['Call', undefined]);
        continue;
      }
      const at = Number(started);
      // Keys were given in order of time, so that calls of one instant stand by their keys and none is there twice.
      if (!(at < before.at || (at === before.at && key < before.key))) throw new Error(`${key} behind ${before.key}`);
      before = { at, key };
      if (first === '') first = key;
      rowsRead += 1;
    }
  }
  expect([rowsRead, first, before.key]).toEqual([rows, ends.rows[0]?.key, ends.rows[1]?.key]);
}

test('asked for in a process for requests, made in one for work, without the queue', async () => {
  const shared = {
    QUEUE: 'off',
    EXPORT_DIR: join(db.dataDir, 'exports'),
    MASTER_KEY_FILE: join(db.dataDir, 'master.key'),
  };
  const api = await start({ ...shared, ROLES: 'api' });
  await start({ ...shared, ROLES: 'worker', DATA_DIR: join(db.dataDir, 'worker') });
  const { id } = await ask(api.url, 'agent=50', 'csv');
  const view = await until(api.url, id, isDone, 60_000);
  expect(view.rows).toBeGreaterThan(100_000);
  expect(view.rows).toBe(view.rowsExpected);
  const other = await ask(api.url, '', 'csv');
  await until(api.url, other.id, ({ rows }) => rows > 1_000, 60_000);
  // It hears of it at its next sign of life.
  expect(await cancelledAfter(api.url, other.id)).toBeLessThan(1_500);
}, 180_000);
