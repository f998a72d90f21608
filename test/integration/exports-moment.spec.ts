/**
 * Proves that a list is a file of one moment: while it is read, calls change their start, come and go, and each call of the
 * moment is in it exactly once, as it was; and the moment begins no earlier than it can be written. An erasure, a lost connection
 * or a cancel meanwhile is dealt with, and nothing is left open in the database.
 */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { PoolClient } from 'pg';
import { callList } from '../../src/reports/exports/call-list.js';
import type { ExportJob } from '../../src/reports/exports/export-job.js';
import { ExportWriter } from '../../src/reports/exports/export-writer.js';
import { callsQueryOf, type List, outcomesQueryOf } from '../../src/reports/exports/lists.js';
import { atOneMoment } from '../../src/reports/exports/one-moment.js';
import { outcomeList } from '../../src/reports/exports/outcome-list.js';
import { whenThreadIsFree, writeDocument } from '../../src/reports/files/index.js';
import type { ExportView } from '../../src/shared/exports.js';
import { eventually } from '../support/index.js';
import type { Person } from './access-people.js';
import { CALLS as ALL_CALLS, ask, type ExportsWorld, ended, exportsWorld, insertCalls, NOW } from './exports-world.js';

const CALLS = 2_600;
const OUTCOMES = 4_500;
const OPTIONS = { language: 'en' as const, numbers: async () => new Map<string, string>(), max: 1_000_000 };
/** A list of all calls as a run has it. */
const LISTED: ExportJob = {
  id: '00000000-0000-4000-8000-000000000001',
  maker: { kind: 'user', id: 1 },
  makerName: 'Ann',
  scope: { kind: 'all' },
  source: ALL_CALLS,
  format: 'csv',
  language: 'en',
  byteOrderMark: false,
  fullNumbers: false,
  state: 'running',
  run: null,
  rows: 0,
  rowsExpected: null,
  bytes: null,
  sha256: null,
  fileName: null,
  failures: 0,
  restarts: 0,
  downloads: 0,
  createdAt: NOW,
  startedAt: NOW,
  finishedAt: null,
  expiresAt: null,
  errorCode: null,
  errorParams: null,
};

let world: ExportsWorld;
let ops: Person;
beforeAll(async () => {
  world = await exportsWorld();
  ops = await world.person('ops');
  await pool().query('DELETE FROM call');
  await insertCalls(world.server, CALLS);
});
afterAll(() => world?.close());

const pool = () => world.server.db.pool;

/** Keys of a list, in its order, of which some are read before and some after `meanwhile`. */
async function readOf(
  kind: 'calls' | 'outcomes',
  before: number,
  meanwhile: () => Promise<void>,
): Promise<{ count: number; keys: string[] }> {
  return atOneMoment(world.server.db, new AbortController().signal, async (moment) => {
    const scope = { kind: 'all' } as const;
    const list: List =
      kind === 'calls'
        ? await callList(pool(), moment, callsQueryOf(''), scope, OPTIONS)
        : await outcomeList(pool(), moment, outcomesQueryOf(''), scope, OPTIONS);
    const keys: string[] = [];
    for await (const [key] of list.rows) {
      if (keys.length === before) await meanwhile();
      keys.push(String(key));
    }
    return { count: list.count, keys };
  });
}

const keysOf = async (sql: string) => (await pool().query<{ key: string }>(sql)).rows.map(({ key }) => key);

/** Runs while everybody who reads the dispositions, as a list does first, has to wait. */
async function whileListsWait(work: (blocker: PoolClient) => Promise<void>): Promise<void> {
  const blocker = await pool().connect();
  try {
    await blocker.query('BEGIN; LOCK TABLE disposition IN ACCESS EXCLUSIVE MODE');
    await work(blocker);
    await blocker.query('COMMIT');
  } finally {
    blocker.release(true);
  }
}

async function waitingReader(): Promise<number> {
  return eventually(async () => {
    const { rows } = await pool().query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
         AND query LIKE 'SELECT id, key, name_en%'`,
    );
    return rows[0]?.pid;
  });
}

async function openReadings(): Promise<number> {
  const { rows } = await pool().query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
  );
  return rows[0]?.n ?? -1;
}

test('calls that move, come and go while they are read: each of the moment once, in its order', async () => {
  const before = await keysOf('SELECT key FROM call ORDER BY started_at DESC, key DESC');
  expect(before).toHaveLength(CALLS);
  const { count, keys } = await readOf('calls', 700, async () => {
    // What was read goes to the end, where it would be read again; what was not goes to where reading has been.
    await pool().query(`UPDATE call SET started_at = started_at - interval '1 day' WHERE key = ANY($1)`, [
      before.slice(0, 300),
    ]);
    await pool().query(`UPDATE call SET started_at = started_at + interval '1 day' WHERE key = ANY($1)`, [
      before.slice(1_500, 2_100),
    ]);
    await pool().query('DELETE FROM call WHERE key = ANY($1)', [before.slice(2_100, 2_200)]);
    await pool().query(
      `INSERT INTO call SELECT (json_populate_record(c, json_build_object('key', 'NEW' || key))).* FROM call c
       WHERE key = ANY($1)`,
      [before.slice(2_200, 2_300)],
    );
  });
  expect(keys).toEqual(before);
  expect(count).toBe(CALLS);
  // The next one sees all of that.
  const after = await keysOf('SELECT key FROM call ORDER BY started_at DESC, key DESC');
  expect(after).not.toEqual(before);
  expect((await readOf('calls', -1, async () => {})).keys).toEqual(after);
});

test('outcomes likewise', async () => {
  await pool().query(
    `INSERT INTO outcome (id, state, at, agent_id, team_id, campaign_id, time_zone, slot_start, business_date, origin, flags,
       sold, amount_minor, revenue, callback_closed, callback_kept, has_note, cancelled, version, problems)
     SELECT 'api|' || lpad(n::text, 6, '0'), '{}', timestamptz '2026-11-21T02:00Z' + (n / 2) * interval '1 second', 50, 10, 0,
       'Asia/Shanghai', '2026-11-21T02:00Z', '2026-11-21', 'other', '{}', false, 0, '[]', false, false, false, false, 1, '{}'
     FROM generate_series(1, $1) n`,
    [OUTCOMES],
  );
  const listed = 'SELECT id AS key FROM outcome ORDER BY at DESC, id DESC';
  const before = await keysOf(listed);
  const { count, keys } = await readOf('outcomes', 1_000, async () => {
    await pool().query(`UPDATE outcome SET at = at - interval '1 day' WHERE id = ANY($1)`, [before.slice(0, 900)]);
    await pool().query(`UPDATE outcome SET at = at + interval '1 day' WHERE id = ANY($1)`, [
      before.slice(3_000, 4_000),
    ]);
    await pool().query('DELETE FROM outcome WHERE id = ANY($1)', [before.slice(4_000, 4_100)]);
  });
  expect(keys).toHaveLength(OUTCOMES);
  expect(new Set(keys)).toEqual(new Set(before));
  expect(count).toBe(OUTCOMES);
});

test('an erasure that was dated before it began to read and committed after: the file is made anew', async () => {
  let id = '';
  await whileListsWait(async () => {
    ({ id } = (await ask(ops)).body);
    await waitingReader();
    await pool().query(
      `INSERT INTO erasure (kind, subject_id, reason, erased_at, bodies, parked)
       VALUES ('customer', 1, 'asked', now() - interval '1 minute', 0, 0)`,
    );
  });
  expect(await ended(ops, id)).toMatchObject({ state: 'done', restarts: 1 });
});

test('one whose connection is lost is tried again', async () => {
  let id = '';
  await whileListsWait(async () => {
    ({ id } = (await ask(ops)).body);
    await pool().query('SELECT pg_terminate_backend($1)', [await waitingReader()]);
  });
  expect(await ended(ops, id)).toMatchObject({ state: 'done', error: null });
});

test('cancelled while the database works for it, it ends at once and leaves nothing open', async () => {
  await whileListsWait(async () => {
    const { id } = (await ask(ops)).body;
    await waitingReader();
    const at = performance.now();
    await ops.call<ExportView>('POST', `/exports/${id}/cancel`);
    expect(await ended(ops, id)).toMatchObject({ state: 'cancelled' });
    // It would have waited for the lock until the lock's time limit.
    expect(performance.now() - at).toBeLessThan(5_000);
  });
  await eventually(async () => ((await openReadings()) === 0 ? true : undefined));
});

test('told to stop between two statements, it asks the database nothing more', async () => {
  const stop = new AbortController();
  const at = performance.now();
  const reading = atOneMoment(world.server.db, stop.signal, async ({ db }) => {
    await db.query('SELECT 1');
    stop.abort();
    // As long as it takes to cancel a statement, of which there is none.
    for (let asked = 0; asked < 20; asked++) await pool().query('SELECT 1');
    await db.query('SELECT pg_sleep(10)');
  });
  await expect(reading).rejects.toThrow();
  expect(performance.now() - at).toBeLessThan(5_000);
  await eventually(async () => ((await openReadings()) === 0 ? true : undefined));
});

/** Every thread that writes files is taken, and one waits for the first that is free, until it is said. */
function takeThreads(): { free(): Promise<void> } {
  let free = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const holders: Promise<void>[] = [];
  for (let began = true; began; ) {
    began = false;
    const hold = (): Promise<void> => {
      began = true;
      return held;
    };
    holders.push(whenThreadIsFree(hold));
  }
  return {
    free: async () => {
      free();
      await Promise.all(holders);
    },
  };
}

test('while other files take every thread its moment does not begin: what comes meanwhile is in the file', async () => {
  let connections = 0;
  const writer = new ExportWriter({
    get url() {
      connections += 1;
      return world.server.db.url;
    },
    pool: pool(),
    keys: world.server.server.core.keys,
    rowsMax: 1_000_000,
    modules: {
      get: () => {
        throw new Error('A list is no report');
      },
    },
    writeDocument,
  });
  const [before] = await keysOf('SELECT key FROM call ORDER BY started_at DESC, key DESC');
  const threads = takeThreads();
  const out = new PassThrough();
  const file = text(out);
  const writing = writer.write(LISTED, out, {
    signal: new AbortController().signal,
    progress: () => {},
    makerName: 'Ann',
    now: NOW,
  });
  try {
    expect(connections).toBe(0);
    await pool().query(
      `INSERT INTO call SELECT (json_populate_record(c, json_build_object('key', 'LATE'))).* FROM call c WHERE key = $1`,
      [before],
    );
  } finally {
    await threads.free();
  }
  const { rows } = await writing;
  expect(connections).toBe(1);
  expect(rows).toBe((await keysOf('SELECT key FROM call')).length);
  expect((await file).split('\r\n').filter((line) => line.startsWith('LATE,'))).toHaveLength(1);
});
