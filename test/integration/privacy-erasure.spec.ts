/**
 * Proves on replayed real calls: after erasing a customer and an agent every total is what it was,
 * `verify` finds nothing, before and after a rebuild; their number and name are in no column of any table; and no replay
 * brings them back: not over HTTP, not from the spool, not from parked messages, not through a process that had not heard
 * of it. What is really new makes a new customer, and a new agent.
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
import { type Entry, IngestService, type RawRequest } from '../../src/ingest/index.js';
import { openCore } from '../../src/main.js';
import { ManualClock, silentLogger } from '../../src/platform/index.js';
import type { CustomerFound, ErasurePreview, ErasureResult } from '../../src/shared/privacy.js';
import { LEG_EVENTS, rawBodyOf } from '../../src/simulator/index.js';
import { translators } from '../../src/telephony/index.js';
import { testDataFolder } from '../golden/test-data.mjs';
import { eventually } from '../support/index.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, encoded, type LegEvent, postSigned, softphoneCall } from '../support/twilio.js';
import { placesOf } from './plaintext.js';

const GOLDEN = join(import.meta.dirname, '../golden');
const NOW = Date.parse('2026-11-18T02:30:00Z');
const VOICE = '/webhooks/twilio/voice';
const CALLS = 240;
/** Row 7 of the list, and the agent of its rows 3, 23, 43, … */
const ROW = 7;
const AGENT = 'car-3';
const MINUTE = 60_000;
const clock = new ManualClock(NOW);
let app: TestServer;
let core: Core;
let entries: Entry[];
let number: string;

const folder = testDataFolder('erasure on real calls');
const suite = folder === null ? describe.skip : describe;

function entryOf(raw: RawRequest): Entry {
  return { raw, translation: translators.translate(raw, core.config.orgCountry) };
}

function rawOf(target: string, form: readonly (readonly [string, string])[], receivedAt = NOW): RawRequest {
  return { provider: 'twilio', kind: 'voice', target, body: Buffer.from(encoded(form)), receivedAt };
}

async function post<T>(path: string, body: unknown): Promise<{ status: number; body: T }> {
  const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
  const response = await fetch(app.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as T };
}

const search = async (text: string) =>
  (await post<CustomerFound>('/api/v1/customers/search', { number: text })).body.customer;

const send = (event: LegEvent, target = VOICE) => postSigned(app.url, target, callback(event));

const KPIS = 'dials,first_dials,connects,talk_s,handled,customers,customers_connected,effective';

/** A row that lost all it had is gone after a rebuild. */
const counts = ({ values }: { values: Record<string, unknown> }): boolean =>
  Object.values(values).some((value) => value !== 0);

/** Totals by agent, team and day, names left out. */
async function totals(): Promise<unknown> {
  const of = async (groupBy: string) => {
    const range = 'from=2024-01-01&to=2026-11-18';
    const { rows, totals } = await app.kpis(`${range}&groupBy=${groupBy}&kpis=${KPIS}`);
    return { totals, rows: Object.fromEntries(rows.filter(counts).map(({ key, values }) => [key, values])) };
  };
  return { byAgent: await of('agent'), byTeam: await of('team'), byDay: await of('day') };
}

async function expectClean(): Promise<void> {
  const report = await verify(core.database, core.keys, { bodies: true });
  expect([report.differences, report.examples]).toEqual([0, []]);
}

async function rebuild(): Promise<void> {
  await forgetFacts(core.database);
  await foldAll(core.fold, () => {});
  await app.folded();
}

async function count(sql: string): Promise<number> {
  const { rows } = await app.db.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`);
  return rows[0]?.n ?? 0;
}

beforeAll(async () => {
  if (folder === null) return;
  app = await startTestServer({ clock, config: { orgTimeZone: 'America/New_York', orgCountry: 'US' } });
  core = app.server.core;
  const mapping = parseMapping(readFileSync(join(GOLDEN, 'car-insurance.mapping.json'), 'utf8'), 'car-insurance');
  const table = parseTable(readFileSync(join(folder, 'carInsurance_train.csv'), 'utf8'), mapping.separator);
  const calls = callsOf(table, mapping).slice(0, CALLS);
  const options = { events: [...LEG_EVENTS], shuffle: true, seed: '3', duplicates: 0.1 };
  entries = [...callbacksOf(calls, mapping.account, options)].map(({ rawTarget, form }) =>
    entryOf({ ...rawOf(rawTarget, []), body: Buffer.from(rawBodyOf({ form })) }),
  );
  number = calls[ROW]?.at(-1)?.to ?? '';
  for (let at = 0; at < entries.length; at += 400) await core.writer.write(entries.slice(at, at + 400));
  core.fold.wake();
  await app.folded();
});
afterAll(async () => {
  if (folder !== null) await app.close();
});

suite('a customer', () => {
  let before: unknown;
  let id: string;
  let other: { core: Core; close(): Promise<void> };

  test('is found by number, written in any way, and shown masked', async () => {
    const local = `(${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`;
    const found = await search(local);
    id = found?.id ?? '';
    expect(found).toMatchObject({ calls: 1, erasedAt: null, number: expect.stringMatching(/\*{4}/) });
    expect(await search('+15559999999')).toBeNull();
  });

  test('is erased: number and bodies gone, totals the same, verify clean, also after a rebuild', async () => {
    // Another process, that knows the number and hears no signals.
    other = await openCore(core.config, { database: app.db, log: silentLogger, clock, applySettings: false });
    await other.core.writer.write(entries);
    // Parked: one message with the number, one with another.
    const unknown = (to: string, leg: string): LegEvent => ({ leg, status: 'what', at: NOW, to });
    await send(unknown(number, 'parked-theirs'));
    await send(unknown('+15550001234', 'parked-other'));
    before = await totals();

    const preview = await app.get<ErasurePreview>(`/api/v1/customers/${id}/erasure`);
    expect(preview).toMatchObject({ kind: 'customer', goes: { identifiers: 1 }, stays: { calls: 1 } });
    expect(preview.goes.bodies).toBeGreaterThan(3);
    clock.advance(MINUTE);
    const erased = await post<ErasureResult>(`/api/v1/customers/${id}/erase`, { reason: 'subject_request' });
    expect(erased).toMatchObject({ status: 200, body: { id, bodies: preview.goes.bodies, parked: 1 } });
    clock.advance(MINUTE);

    expect(await search(number)).toBeNull();
    expect(await app.get(`/api/v1/customers/${id}`)).toMatchObject({ number: null, calls: 1 });
    expect(await placesOf(app.db.pool, number.slice(1))).toEqual([]);
    expect(await count(`parked_event WHERE body = ''`)).toBe(1);
    await expectClean();
    expect(await totals()).toEqual(before);
    await rebuild();
    await expectClean();
    expect(await totals()).toEqual(before);
  });

  test('stays away when everything is replayed, in any process', async () => {
    const customers = await count('customer WHERE blind_index IS NOT NULL');
    const events = await count('call_event');
    expect(new Set(await other.core.writer.write(entries))).toEqual(new Set(['duplicate']));
    expect(new Set(await core.writer.write(entries))).toEqual(new Set(['duplicate']));
    expect(await count('customer WHERE blind_index IS NOT NULL')).toBe(customers);
    expect(await count('call_event')).toBe(events);

    // The same calls under ids nobody has seen: a replay of another export of the same history.
    const renamed = entries
      .filter(({ raw }) => raw.body.toString().includes(number.slice(1)))
      .map(({ raw }) => entryOf({ ...raw, body: Buffer.from(raw.body.toString().replaceAll('Sid=CA', 'Sid=CB')) }));
    expect(renamed.length).toBeGreaterThan(3);
    expect(new Set(await other.core.writer.write(renamed))).toEqual(new Set(['erased']));

    // Over HTTP: acknowledged and counted, nothing kept.
    expect(await send({ leg: 'old', status: 'ringing', at: NOW - MINUTE, to: number })).toMatchObject({ status: 204 });
    expect(await send({ leg: 'old', status: 'what', at: NOW - MINUTE, to: number })).toMatchObject({ status: 204 });
    expect(await app.status()).toMatchObject({ erased: 2 });

    // From the spool.
    await other.core.spool.append([rawOf(VOICE, callback({ leg: 'spooled', status: 'ringing', at: NOW, to: number }))]);
    const { writer, spool, config, log } = other.core;
    const draining = new IngestService(writer, spool, translators, config.orgCountry, clock, log);
    draining.start();
    await eventually(async () => spool.size === 0, { what: 'a drained spool' });
    expect(draining.counters).toMatchObject({ erased: 1, accepted: 0 });
    await draining.stop();

    expect(await count('customer WHERE blind_index IS NOT NULL')).toBe(customers);
    expect(await count('call_event')).toBe(events);
    await app.post('/api/v1/ingest/parked/replay');
    expect(await placesOf(app.db.pool, number.slice(1))).toEqual([]);
    expect(await totals()).toEqual(before);
  });

  test('keeps what comes late for a call that was known, and is a new customer in a new one', async () => {
    const known = entries.find(({ raw }) => raw.body.toString().includes(number.slice(1)));
    const late = new URLSearchParams(known?.raw.body.toString());
    late.set('SequenceNumber', '77');
    late.set('CallStatus', 'ringing');
    const bodies = await count('raw_body');
    expect(await postSigned(app.url, VOICE, [...late])).toMatchObject({ status: 204 });
    await app.folded();
    expect(await count('raw_body')).toBe(bodies);
    expect(await search(number)).toBeNull();
    await expectClean();

    for (const event of softphoneCall('fresh', 'car-1', clock.now(), 30)) {
      const to = event.to === '+8613800001111' ? number : (event.to ?? '');
      expect(await send({ ...event, to, from: event.from ?? '' })).toMatchObject({ status: 204 });
    }
    await app.folded();
    const back = await search(number);
    expect(back).toMatchObject({ calls: 1, erasedAt: null });
    expect(back?.id).not.toBe(id);
    expect(await app.get(`/api/v1/customers/${id}`)).toMatchObject({ number: null, calls: 1 });
    await expectClean();
    // And can be erased again.
    clock.advance(MINUTE);
    expect(await post(`/api/v1/customers/erase`, { number, reason: 'subject_request' })).toMatchObject({ status: 200 });
    await expectClean();
    await rebuild();
    await expectClean();
    await other.close();
  });

  test('nobody ever called can be erased too, and one of our own numbers cannot', async () => {
    const stranger = '+15557654321';
    const request = { number: stranger, reason: 'collected_by_mistake' };
    expect(await post('/api/v1/customers/erase', request)).toMatchObject({ status: 200, body: { id: null } });
    expect(await send({ leg: 'stranger', status: 'ringing', at: NOW - MINUTE, to: stranger })).toMatchObject({
      status: 204,
    });
    expect(await search(stranger)).toBeNull();
    expect(await post(`/api/v1/customers/${id}/erase`, { reason: 'subject_request' })).toMatchObject({ status: 409 });
    const company = await search('+15550100000');
    await app.db.pool.query('INSERT INTO campaign_caller_number VALUES ($1, 1)', [company?.id]);
    const refused = await post<{ error: { code: string } }>(`/api/v1/customers/${company?.id}/erase`, {
      reason: 'subject_request',
    });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'number_in_use']);
    await app.db.pool.query('DELETE FROM campaign_caller_number');
  });
});

suite('an agent', () => {
  let before: unknown;
  let id: number;

  test('is erased: name and addresses gone, totals the same, verify clean, also after a rebuild', async () => {
    // A leg whose events contradict each other about who is on it: the name that sorts first counts.
    const at = clock.now() - 10 * MINUTE;
    for (const agent of ['zz-other', AGENT]) {
      for (const event of softphoneCall('torn', 'x', at, 60)) {
        const from = event.from === 'client:x' ? `client:${agent}` : (event.from ?? '');
        await send({ ...event, from }, `${VOICE}?agent=${agent}`);
      }
    }
    for (const agent of ['aa-other', AGENT]) {
      for (const event of softphoneCall('torn2', 'x', at, 60)) {
        const from = event.from === 'client:x' ? `client:${agent}` : (event.from ?? '');
        await send({ ...event, from }, `${VOICE}?agent=${agent}`);
      }
    }
    await send({ leg: 'parked-agent', status: 'what', at, from: `client:${AGENT}` });
    await app.folded();
    const { rows } = await app.db.pool.query<{ id: number }>('SELECT id FROM agent WHERE name = $1', [AGENT]);
    id = rows[0]?.id ?? 0;
    // A phone of their own, that a message nobody could use names.
    const phone = '+15558880000';
    const refs = await core.numbers.surrogates(app.db.pool, [phone]);
    await app.db.pool.query(`INSERT INTO agent_address (scheme, value, agent_id) VALUES ('tel', $1, $2)`, [
      refs.get(phone),
      id,
    ]);
    await app.db.pool.query('UPDATE organisation SET version = version + 1');
    await send({ leg: 'parked-phone', status: 'what', at, to: phone });
    before = await totals();
    const preview = await app.get<ErasurePreview>(`/api/v1/agents/${id}/erasure`);
    expect(preview).toMatchObject({ kind: 'agent', label: AGENT, goes: { identifiers: 3 } });
    expect(preview.stays.calls).toBeGreaterThan(10);

    clock.advance(MINUTE);
    const erased = await post<ErasureResult>(`/api/v1/agents/${id}/erase`, { reason: 'subject_request' });
    expect(erased).toMatchObject({ status: 200, body: { id: String(id), parked: 2 } });
    expect(await search(phone)).toBeNull();
    expect(await post(`/api/v1/agents/${id}/erase`, { reason: 'subject_request' })).toMatchObject({ status: 409 });
    clock.advance(MINUTE);
    const agent = await app.db.pool.query('SELECT name, status FROM agent WHERE id = $1', [id]);
    expect(agent.rows).toEqual([{ name: `Former agent #${id}`, status: 'erased' }]);
    expect(await placesOf(app.db.pool, AGENT, { whole: true })).toEqual([]);
    await expectClean();
    expect(await totals()).toEqual(before);
    await rebuild();
    await expectClean();
    expect(await totals()).toEqual(before);
  });

  test('stays away when everything is replayed; who has the name later is somebody else', async () => {
    const agents = await count('agent');
    expect(new Set(await core.writer.write(entries))).toEqual(new Set(['duplicate']));
    await app.folded();
    expect(await count('agent')).toBe(agents);
    await send({
      leg: 'old-agent',
      status: 'ringing',
      at: NOW - MINUTE,
      from: `client:${AGENT}`,
      direction: 'inbound',
    });
    await app.folded();
    expect(await placesOf(app.db.pool, AGENT, { whole: true })).toEqual([]);
    expect(await totals()).toEqual(before);

    for (const event of softphoneCall('successor', AGENT, clock.now(), 40)) await send(event);
    await app.folded();
    const { rows } = await app.db.pool.query<{ id: number }>('SELECT id FROM agent WHERE name = $1', [AGENT]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.id).not.toBe(id);
    await expectClean();
    await rebuild();
    await expectClean();
  });
});
