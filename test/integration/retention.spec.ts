/**
 * Proves: each class goes when its limit says so, by receipt time and no sooner; the preview counts exactly what a run
 * then removes; keys of days go with their bodies, but not while a parked request needs them; what is derived from the
 * log stays and verifies; limits are checked, audited and never let the audit log be erased early.
 */

import { verify } from '../../src/cli/verify/verify.js';
import { ensureRawPartitions } from '../../src/ingest/index.js';
import { ManualClock } from '../../src/platform/index.js';
import type { AuditPage } from '../../src/shared/audit.js';
import type { RetentionClass, RetentionPreview, RetentionView } from '../../src/shared/retention.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 5, 1, 12);
const clock = new ManualClock(START);
let server: TestServer;

const pool = () => server.db.pool;
const one = async (sql: string): Promise<number> => (await pool().query<{ n: number }>(sql)).rows[0]?.n ?? 0;
const bodies = () => one('SELECT count(*)::int AS n FROM raw_body');
const keys = () => one('SELECT count(*)::int AS n FROM raw_key');
const send = (path: string, method: string, body?: unknown) =>
  fetch(`${server.url}/api/v1/retention${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, 'x-tallyboard': '1', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const preview = async (days: Partial<Record<RetentionClass, number>>) => {
  const response = await send('/preview', 'POST', days);
  expect(response.status).toBe(200);
  const { classes } = (await response.json()) as RetentionPreview;
  return Object.fromEntries(classes.map(({ id, remove }) => [id, remove]));
};

beforeAll(async () => {
  server = await startTestServer({ clock });
  // Three days with a partition each, and one day in the default partition.
  await ensureRawPartitions(pool(), START, 3);
  for (let day = 0; day < 4; day++) {
    clock.set(START + day * DAY);
    for (const name of [`a${day}`, `b${day}`]) {
      for (const event of softphoneCall(name, 'ada', clock.now(), 60)) {
        await postSigned(server.url, '/webhooks/twilio/voice', callback(event));
      }
    }
  }
  await server.folded();
});
afterAll(() => server.close());

const totals = () =>
  pool().query(
    'SELECT sum(dials)::int AS dials, sum(talk_ms)::float8 AS talk, sum(first_dials)::int AS first FROM rollup_day',
  );

it('says what is kept for how long', async () => {
  const view = await server.get<RetentionView>('/api/v1/retention');
  expect(view.classes.map(({ id, days }) => [id, days])).toEqual([
    ['raw', 90],
    ['facts', 762],
    ['parked', 90],
    ['access', 30],
    ['audit', 730],
  ]);
  expect(view.classes[0]?.oldest).toBe(new Date(START).toISOString());
  expect(view).toMatchObject({ lastRun: null });
});

it('raw bodies go by whole days, with their keys; calls and sums stay and verify', async () => {
  expect([await bodies(), await keys()]).toEqual([40, 4]);
  const before = (await totals()).rows;
  // Ninety days after the second day, one minute before midnight: the first day is older, the second is not.
  clock.set(Math.floor(START / DAY) * DAY + 91 * DAY + DAY - 60_000);
  expect(await preview({})).toMatchObject({ raw: 10 });
  expect(await preview({ raw: 89 })).toMatchObject({ raw: 20 });
  expect(await bodies()).toBe(40);
  expect(await server.server.core.retention.run('command')).toMatchObject({ removed: { raw: 10 }, failure: null });
  expect([await bodies(), await keys()]).toEqual([30, 3]);
  clock.advance(DAY);
  expect(await server.server.core.retention.run('command')).toMatchObject({ removed: { raw: 10 } });
  expect([await bodies(), await keys()]).toEqual([20, 2]);
  expect(await one("SELECT count(*)::int AS n FROM pg_class WHERE relname = 'raw_body_20260602'")).toBe(0);
  expect((await totals()).rows).toEqual(before);
  const report = await verify(server.db, server.server.core.keys, { bodies: true });
  expect(report).toMatchObject({ differences: 0, counts: { calls: 8, bodies: 20 } });
});

it('a parked request keeps the key of its day; what the fold refused stays as a row, without its body', async () => {
  const { core } = server.server;
  const received = START + 2 * DAY;
  const day = '2026-06-03';
  const key = await core.rawKeys.forWriting(day);
  const insert = (dedup: string, event: string) =>
    pool().query(
      `INSERT INTO parked_event (dedup_key, event_id, provider, kind, reason, received_at, body)
       VALUES ($1, ${event}, 'twilio', 'voice', 'fold_failed', $2, $3)`,
      [Buffer.from(dedup), new Date(received).toISOString(), key.encrypt(Buffer.from('body'))],
    );
  await insert('refused by the fold', '(SELECT min(id) FROM call_event)');
  await insert('not translated', 'NULL');
  await pool().query("INSERT INTO retention_setting VALUES ('parked', 200)");
  clock.set(START + 100 * DAY);
  expect(await preview({})).toMatchObject({ raw: 20, parked: 0 });
  await core.retention.run('command');
  expect([await bodies(), await keys()]).toEqual([0, 1]);
  clock.set(START + 203 * DAY);
  expect(await preview({})).toMatchObject({ parked: 2 });
  expect(await core.retention.run('command')).toMatchObject({ removed: { parked: 2 } });
  expect(await keys()).toBe(0);
  const { rows } = await pool().query('SELECT reason, length(body) AS bytes FROM parked_event');
  expect(rows).toEqual([{ reason: 'fold_failed', bytes: 0 }]);
  expect(await preview({})).toMatchObject({ parked: 0 });
  expect((await server.get<{ parked: { preview: unknown }[] }>('/api/v1/ingest/parked')).parked).toMatchObject([
    { preview: {} },
  ]);
  await pool().query('DELETE FROM retention_setting; DELETE FROM parked_event');
});

it('ended sessions and links go, open ones stay', async () => {
  const at = (days: number) => new Date(clock.now() + days * DAY).toISOString();
  await pool().query(
    `INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES
       ('\\x01', 1, $1, $1, $1), ('\\x02', 1, $2, $2, $2), ('\\x03', 1, $3, $3, $3)`,
    [at(-31), at(-29), at(1)],
  );
  expect(await preview({})).toMatchObject({ access: 1 });
  expect(await preview({ access: 1 })).toMatchObject({ access: 2 });
  expect(await server.server.core.retention.run('command')).toMatchObject({ removed: { access: 1 } });
  expect(await one('SELECT count(*)::int AS n FROM session')).toBe(2);
});

it('the audit log loses its oldest part to a checkpoint and still proves itself', async () => {
  const { core } = server.server;
  const status = async () =>
    await server.post<{ verification: { ok: boolean }; origin: unknown }>('/api/v1/audit/verify');
  const old = await one('SELECT count(*)::int AS n FROM audit_event');
  expect(old).toBeGreaterThan(0);
  clock.advance(731 * DAY);
  expect(await preview({})).toMatchObject({ audit: old });
  expect(await core.retention.run('command')).toMatchObject({ removed: { audit: old }, failure: null });
  expect(await status()).toMatchObject({ verification: { ok: true }, origin: { seq: expect.any(String) } });
  const { events } = await server.get<AuditPage>('/api/v1/audit?action=retention,audit.checkpointed');
  expect(events.map(({ action }) => action)).toEqual(['retention.applied', 'audit.checkpointed']);
  expect(events[0]).toMatchObject({ actor: { kind: 'system' }, after: { removed: { audit: old } } });
});

it('limits are changed with their entry, refused with the field, and never let the audit log go early', async () => {
  const changed = await send('', 'PUT', { raw: 30, parked: 200 });
  expect(changed.status).toBe(200);
  expect(((await changed.json()) as RetentionView).classes.map(({ days }) => days)).toEqual([30, 762, 200, 30, 730]);
  await send('', 'PUT', { raw: 30 });
  const { events } = await server.get<AuditPage>('/api/v1/audit?action=retention.changed');
  expect(events).toMatchObject([{ before: { raw: 90, parked: 90 }, after: { raw: 30, parked: 200 } }]);
  for (const [body, field] of [
    [{ audit: 179 }, 'audit'],
    [{ raw: 0 }, 'raw'],
    [{ raw: 1.5 }, 'raw'],
    [{ raw: '30' }, 'raw'],
    [{ facts: 30 }, 'facts'],
    [{ calls: 90 }, 'calls'],
  ] as const) {
    const response = await send('', 'PUT', body);
    expect([field, response.status]).toEqual([field, 400]);
    expect(await response.json()).toMatchObject({ error: { code: 'request_invalid', field } });
  }
});

it('is due once a day, and only one process does it', async () => {
  const { retention } = server.server.core;
  expect(await retention.isDue()).toBe(false);
  clock.advance(DAY);
  expect(await retention.isDue()).toBe(true);
  const runs = await Promise.all([retention.run('schedule', true), retention.run('schedule', true)]);
  expect(runs.filter((run) => run !== null)).toHaveLength(1);
  expect(await retention.isDue()).toBe(false);
  expect(await server.get('/api/v1/retention')).toMatchObject({
    lastRun: { startedBy: 'schedule', failure: null, finishedAt: expect.any(String) },
    nextRunAt: new Date(clock.now() + DAY).toISOString(),
  });
});
