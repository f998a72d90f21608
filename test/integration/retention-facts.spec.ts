/**
 * Proves on replayed real calls: when a part of the calls is too old and goes, every total, every
 * distinct customer and every first attempt is what it was, `verify` and the self-audit find nothing, and a rebuild gives
 * the same; the preview counts exactly what goes. No replay and no latecomer brings a call back, a new call of an old
 * customer is no first attempt, a merge takes the sums of removed calls along, and people without calls can be erased.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldAll, forgetFacts } from '../../src/cli/rebuild.js';
import { callbacksOf } from '../../src/cli/replay.js';
import { callsOf } from '../../src/cli/replay-calls.js';
import { parseMapping } from '../../src/cli/replay-mapping.js';
import { parseTable } from '../../src/cli/replay-table.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { Core } from '../../src/core.js';
import type { Entry } from '../../src/ingest/index.js';
import { auditSlot } from '../../src/kpi/index.js';
import { inTransaction, ManualClock } from '../../src/platform/index.js';
import { removeCalls } from '../../src/retention/facts.js';
import type { AgentPage } from '../../src/shared/organisation.js';
import type { CustomerFound, ErasureResult } from '../../src/shared/privacy.js';
import type { RetentionPreview } from '../../src/shared/retention.js';
import { LEG_EVENTS, rawBodyOf } from '../../src/simulator/index.js';
import { translators } from '../../src/telephony/index.js';
import { testDataFolder } from '../golden/test-data.mjs';
import { eventually } from '../support/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned, sid } from '../support/twilio.js';
import { type Client, clientOf } from './organisation-client.js';

const GOLDEN = join(import.meta.dirname, '../golden');
const DAY = 86_400_000;
const FIRST = Date.parse('2026-01-10T03:00:00Z');
const SECOND = FIRST + 40 * DAY;
/** Calls of the list: some go, some stay. */
const OLD = 340;
const YOUNG = 160;
const KPIS =
  'dials,first_dials,connects,talk_s,handled,customers,customers_connected,effective,inbound,inbound_answered';
const VOICE = '/webhooks/twilio/voice';
const NUMBER = '+15557770001';
const clock = new ManualClock(FIRST);
let app: TestServer;
let api: Client;
let core: Core;
const entries: Entry[] = [];

const folder = testDataFolder('retention of real calls');
const suite = folder === null ? describe.skip : describe;

async function one<T = number>(sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await app.db.pool.query<{ n: T }>(`SELECT ${sql} AS n`, values);
  return rows[0]?.n as T;
}
const calls = () => one('(SELECT count(*)::int FROM call)');
const bareNumbers = () =>
  one('(SELECT count(*)::int FROM customer WHERE number_cipher IS NULL AND blind_index IS NOT NULL)');

async function totals(): Promise<Record<string, unknown>> {
  const range = 'from=2023-12-30&to=2026-12-30';
  const of = async (groupBy: string) => {
    const report = await app.kpis(`${range}&groupBy=${groupBy}&kpis=${KPIS}`);
    const rows = report.rows.filter(({ values }) => Object.values(values).some((value) => value !== 0));
    return { totals: report.totals, rows: Object.fromEntries(rows.map(({ key, values }) => [key, values])) };
  };
  return { agent: await of('agent'), team: await of('team'), campaign: await of('campaign'), day: await of('day') };
}

async function expectClean(): Promise<void> {
  const report = await verify(core.database, core.keys, { bodies: true });
  expect([report.differences, report.examples]).toEqual([0, []]);
  const { rows } = await app.db.pool.query<{ slot: number }>(
    'SELECT DISTINCT extract(epoch FROM slot_start)::float8 * 1000 AS slot FROM rollup_slot ORDER BY 1 LIMIT 60',
  );
  const differing = await inTransaction(app.db.pool, async (tx) => {
    const found: string[] = [];
    for (const { slot } of rows) found.push(...(await auditSlot(tx, slot)));
    return found;
  });
  expect(differing).toEqual([]);
}

async function rebuild(): Promise<void> {
  await forgetFacts(core.database);
  await foldAll(core.fold, () => {});
  await app.folded();
}

async function preview(days?: number): Promise<number | undefined> {
  const { body } = await api.post<RetentionPreview>('/retention/preview', days === undefined ? {} : { facts: days });
  return body.classes.find(({ id }) => id === 'facts')?.remove;
}

const run = () => core.retention.run('command');

async function send(...events: LegEvent[]): Promise<void> {
  for (const event of events) {
    expect(await postSigned(app.url, VOICE, callback(event))).toMatchObject({ status: 204 });
  }
  await app.folded();
}

/** An answered call of `agent` to a number. */
function dial(name: string, agent: string, to: string): LegEvent[] {
  const leg = { leg: `${name}-b`, parent: name, from: '+15550100000', to, direction: 'outbound-dial' as const };
  const at = clock.now();
  return [
    { leg: name, status: 'ringing', at, from: `client:${agent}`, to: '', direction: 'inbound' },
    { ...leg, status: 'initiated', at, sequence: 0 },
    { ...leg, status: 'in-progress', at: at + 5_000, sequence: 2 },
    { ...leg, status: 'completed', at: at + 65_000, sequence: 3, duration: 60 },
    { leg: name, status: 'completed', at: at + 65_000, from: `client:${agent}`, to: '', direction: 'inbound' },
  ];
}

async function bring(from: number, to: number): Promise<void> {
  const mapping = parseMapping(readFileSync(join(GOLDEN, 'car-insurance.mapping.json'), 'utf8'), 'car-insurance');
  const table = parseTable(readFileSync(join(folder ?? '', 'carInsurance_train.csv'), 'utf8'), mapping.separator);
  const options = { events: [...LEG_EVENTS], shuffle: true, seed: '5', duplicates: 0.1 };
  const made = [...callbacksOf(callsOf(table, mapping).slice(from, to), mapping.account, options)].map(
    ({ rawTarget, form }) => {
      const body = Buffer.from(rawBodyOf({ form }));
      const raw = { provider: 'twilio', kind: 'voice', target: rawTarget, body, receivedAt: clock.now() };
      return { raw, translation: translators.translate(raw, 'US') };
    },
  );
  entries.push(...made);
  for (let at = 0; at < made.length; at += 400) await core.writer.write(made.slice(at, at + 400));
  core.fold.wake();
  await app.folded();
}

beforeAll(async () => {
  if (folder === null) return;
  app = await startTestServer({ clock, config: { orgTimeZone: 'America/New_York', orgCountry: 'US' } });
  api = clientOf(app.url);
  core = app.server.core;
  await bring(0, OLD);
  // Somebody who is called then and later.
  await send(...dial('both-1', 'car-1', NUMBER));
  clock.set(SECOND);
  await bring(OLD, OLD + YOUNG);
  await send(...dial('both-2', 'car-2', NUMBER));
  clock.set(SECOND + 3 * DAY);
  await api.put('/retention', { facts: 31 });
});
afterAll(async () => {
  if (folder !== null) await app.close();
});

suite('calls that are too old', () => {
  let before: unknown;

  test('the preview counts them, and a limit that spares them spares them', async () => {
    before = await totals();
    expect(await calls()).toBe(OLD + YOUNG + 2);
    expect([await preview(44), await preview(42), await preview()]).toEqual([0, OLD + 1, OLD + 1]);
    await expectClean();
  });

  test('a run that is killed in a chunk or between chunks leaves every sum as it was', async () => {
    const { pool } = app.db;
    const keys = (
      await pool.query<{ key: string }>(
        'SELECT c.key FROM call c JOIN call_event e ON e.leg_id = c.key WHERE e.received_at < $1 GROUP BY 1 ORDER BY 1',
        [new Date(SECOND).toISOString()],
      )
    ).rows.map(({ key }) => key);
    const horizon = SECOND - 20 * DAY;
    const holder = await pool.connect();
    await holder.query('BEGIN; LOCK TABLE call_event IN ROW EXCLUSIVE MODE');
    const killed = removeCalls(pool, horizon, keys.slice(0, 50)).catch((error: Error) => error);
    const waiting = () =>
      one<number | null>(
        `(SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
          AND query LIKE 'LOCK TABLE%' LIMIT 1)`,
      );
    await eventually(async () => (await waiting()) !== null, { what: 'the chunk to wait for the log' });
    await pool.query('SELECT pg_terminate_backend($1)', [await waiting()]);
    expect(await killed).toBeInstanceOf(Error);
    await holder.query('ROLLBACK');
    holder.release();
    expect(await calls()).toBe(OLD + YOUNG + 2);
    expect(await removeCalls(pool, horizon, keys.slice(0, 50))).toBe(50);
    expect(await calls()).toBe(OLD + YOUNG - 48);
    expect(await totals()).toEqual(before);
    await expectClean();
    expect(await preview()).toBe(OLD + 1 - 50);
  });

  test('one that an event waits for stays, whatever end it names', async () => {
    const { pool } = app.db;
    const horizon = SECOND - 20 * DAY;
    await inTransaction(pool, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [0x7a11b0]);
      clock.advance(1_000);
      const { status } = await postSigned(
        app.url,
        VOICE,
        callback({ leg: 'late-child', parent: 'both-1', status: 'ringing', at: FIRST, from: '', to: NUMBER }),
      );
      expect(status).toBe(204);
      const { rows } = await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM call_event_pending');
      expect(rows[0]?.n).toBe(1);
      expect(await preview()).toBe(OLD - 50);
    });
    await app.folded();
    expect(await removeCalls(pool, horizon, [sid('both-1')])).toBe(0);
    // It joined the call, which is young again; for the rest of the proof it never came.
    await pool.query('DELETE FROM raw_body WHERE event_id = (SELECT max(id) FROM call_event)');
    await pool.query('DELETE FROM call_event WHERE id = (SELECT max(id) FROM call_event)');
    await rebuild();
    expect(await totals()).toEqual(before);
  });

  test('go with their events and bodies; all sums stay, and a rebuild gives the same', async () => {
    expect(await run()).toMatchObject({ removed: { facts: OLD + 1 - 50 }, failure: null });
    expect([await calls(), await preview()]).toEqual([YOUNG + 1, 0]);
    expect(await one('(SELECT count(*)::int FROM call_event WHERE received_at < $1)', [new Date(SECOND)])).toBe(0);
    expect(
      await one('(SELECT count(*)::int FROM call_leg l LEFT JOIN call c ON c.key = l.call_key WHERE c.key IS NULL)'),
    ).toBe(0);
    expect(await totals()).toEqual(before);
    await expectClean();
    await rebuild();
    expect(await totals()).toEqual(before);
    await expectClean();
  });

  test('their numbers go where nothing names them any more, and only there', async () => {
    const shared = await one<string>(
      '(SELECT count(*)::int FROM customer k WHERE EXISTS (SELECT 1 FROM call c WHERE c.customer_id = k.id) AND number_cipher IS NULL)',
    );
    expect(shared).toBe(0);
    expect(await bareNumbers()).toBeGreaterThan(100);
    const own = await one<string>(
      "(SELECT count(*)::int FROM customer k JOIN call_event e ON e.fields->'from'->>'ref' = k.id::text WHERE k.number_cipher IS NULL)",
    );
    expect(own).toBe(0);
    expect(await one('(SELECT count(*)::int FROM loose_number)')).toBe(0);
  });

  test('a replay of everything changes nothing, and latecomers make no second call', async () => {
    const counted = core.ingest.counters.expired;
    for (let at = 0; at < entries.length; at += 400) await core.writer.write(entries.slice(at, at + 400));
    await send(
      { leg: 'both-1-b', parent: 'both-1', status: 'completed', at: FIRST, to: NUMBER, sequence: 9 },
      { leg: 'a-new-leg', parent: 'both-1', status: 'completed', at: FIRST, to: NUMBER },
    );
    core.fold.wake();
    await app.folded();
    expect([await calls(), await totals()]).toEqual([YOUNG + 1, before]);
    expect(core.ingest.counters.expired).toBe(counted + 2);
    await expectClean();
    // What the replay gave back goes with the next run.
    const bare = await bareNumbers();
    clock.advance(DAY);
    await run();
    expect(await bareNumbers()).toBeGreaterThan(bare);
    expect(await totals()).toEqual(before);
  });

  test('a new call of an old customer is no first attempt, and its number is known again', async () => {
    const row = entries.find(({ translation }) => translation.ok && translation.event.to.kind === 'tel');
    const to = row?.translation.ok && row.translation.event.to.kind === 'tel' ? row.translation.event.to.number : '';
    const search = async () => (await api.post<CustomerFound>('/customers/search', { number: to })).body.customer;
    expect(await search()).toMatchObject({ number: null, calls: 0, erasedAt: null });
    const first = await one('(SELECT sum(first_dials)::int FROM rollup_day)');
    await send(...dial('again', 'car-3', to));
    expect(await one('(SELECT sum(first_dials)::int FROM rollup_day)')).toBe(first);
    expect(await search()).toMatchObject({ number: expect.stringMatching(/\*{4}/), calls: 1 });
    await expectClean();
    before = await totals();
    await rebuild();
    expect(await totals()).toEqual(before);
  });

  test('merging agents moves the sums of removed calls too', async () => {
    const { body } = await api.get<AgentPage>('/agents?limit=200');
    const id = (name: string): number => body.agents.find((agent) => agent.name === name)?.id ?? 0;
    const [from, into] = [id('car-5'), id('car-6')];
    const dials = (agent: number) =>
      one('(SELECT coalesce(sum(dials), 0)::int FROM rollup_day WHERE agent_id = $1)', [agent]);
    const customers = (agent: number) =>
      one('(SELECT count(DISTINCT customer_id)::int FROM customer_day WHERE dials > 0 AND agent_id = $1)', [agent]);
    const [a, b] = [await dials(from), await dials(into)];
    const people = (await customers(from)) + (await customers(into));
    expect(a).toBeGreaterThan(await one('(SELECT count(*)::int FROM call WHERE agent_id = $1)', [from]));
    expect((await api.post(`/agents/${from}/merge`, { into })).error).toBe('');
    expect([await dials(from), await dials(into), await customers(from)]).toEqual([0, a + b, 0]);
    expect(await customers(into)).toBe(people);
    await expectClean();
    await rebuild();
    expect([await dials(from), await dials(into)]).toEqual([0, a + b]);
    await expectClean();
  });

  test('an agent and a customer whose calls are gone can be erased', async () => {
    before = await totals();
    const customer = await one<string>(
      '(SELECT min(id)::text FROM customer WHERE number_cipher IS NULL AND blind_index IS NOT NULL)',
    );
    const erased = await api.post<ErasureResult>(`/customers/${customer}/erase`, { reason: 'subject_request' });
    expect([erased.error, erased.body.id]).toEqual(['', customer]);
    const again = await api.post(`/customers/${customer}/erase`, { reason: 'subject_request' });
    expect(again.error).toBe('already_erased');
    clock.advance(60 * DAY);
    await run();
    expect(await calls()).toBe(0);
    const { body } = await api.get<AgentPage>('/agents?limit=200');
    const agent = body.agents.find(({ name }) => name === 'car-7')?.id;
    expect((await api.post(`/agents/${agent}/erase`, { reason: 'subject_request' })).error).toBe('');
    expect(await totals()).toEqual(before);
    await rebuild();
    expect(await totals()).toEqual(before);
    await expectClean();
  });
});
