/**
 * Proves: the list of calls pages through everything exactly once, newest first, with every filter; numbers leave the
 * server masked only; one call shows its legs, its events and what it adds to the sums, as the fold stored them.
 */
import { applyBatch, type CallEvent } from '../../src/calls/index.js';
import { CustomerNumbers } from '../../src/customers/index.js';
import { KpiReadModule, RollupService } from '../../src/kpi/index.js';
import { ensureOrganisation, loadSettings } from '../../src/organisation/index.js';
import type { CallDetail, CallPage, KpiReport } from '../../src/shared/api.js';
import { BARE_EVENT } from '../support/bare-event.js';
import { withDatabase } from '../support/index.js';
import { type ApiApp, startApi } from './access-app.js';

const test = withDatabase();
let api: ApiApp;
let customerRef = '';

const NUMBER = '+8613812341234';
const OWN_NUMBER = '+862154321234';
const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);

/** An outbound call of the softphone `ann`: her leg, and the customer leg below it, 310 s of talk. */
function softphoneCall(own: string): CallEvent[] {
  const base = {
    ...BARE_EVENT,
  } as const;
  const agent = {
    ...base,
    legId: 'CA-agent',
    parentLegId: null,
    direction: 'inbound',
    from: { kind: 'client', identity: 'ann' },
    to: { kind: 'none' },
  } as const;
  const customer = {
    ...base,
    legId: 'CA-customer',
    parentLegId: 'CA-agent',
    direction: 'outbound-dial',
    from: { kind: 'tel', ref: own },
    to: { kind: 'tel', ref: customerRef },
  } as const;
  return [
    { ...agent, type: 'leg.initiated', occurredAt: at('01:00:00') },
    { ...customer, type: 'leg.initiated', occurredAt: at('01:00:01') },
    { ...customer, type: 'leg.ringing', occurredAt: at('01:00:02.500') },
    { ...customer, type: 'leg.answered', occurredAt: at('01:00:10') },
    { ...customer, type: 'leg.ended', result: 'completed', durationMs: 310_000, occurredAt: at('01:05:20') },
    { ...agent, type: 'leg.ended', result: 'completed', durationMs: 320_000, occurredAt: at('01:05:20') },
  ];
}

async function fold(events: CallEvent[]): Promise<void> {
  const { pool } = test.db;
  const client = await pool.connect();
  await client.query('BEGIN');
  const { changes } = await applyBatch(client, events, await loadSettings(client));
  await new RollupService().apply(client, { calls: changes, outcomes: [] });
  for (const [n, event] of events.entries()) {
    await client.query(
      `INSERT INTO call_event (dedup_key, provider, account, type, leg_id, parent_leg_id, partition, occurred_at, received_at, fields)
       VALUES ($1, $2, $3, $4, $5, $6, 0, to_timestamp($7 / 1000.0), to_timestamp($7 / 1000.0 + 1), $8)`,
      [
        `k${n}`,
        event.provider,
        event.account,
        event.type,
        event.legId,
        event.parentLegId,
        event.occurredAt,
        { to: event.to },
      ],
    );
  }
  await client.query('COMMIT');
  client.release();
}

/** Facts by SQL: call `n` starts `n` minutes after 02:00, three of them in each instant. */
async function insertFacts(): Promise<void> {
  await test.db.pool.query(
    `INSERT INTO call (key, legs, direction, counted, outcome, started_at, talk_ms, stale, incomplete, customer_id, agent_id,
       team_id, campaign_id, handled, effective_ms, assume_human, time_zone, slot_start, business_date)
     SELECT 'F' || n, '[]', CASE WHEN n % 5 = 0 THEN 'inbound' ELSE 'outbound' END, true,
       CASE WHEN n % 2 = 0 THEN 'no_answer' ELSE 'answered' END,
       timestamptz '2026-11-22T02:00Z' + (n / 3) * interval '1 minute' + interval '0.000007 s',
       0, n % 7 = 0, CASE WHEN n % 4 = 0 THEN ARRAY['ring_unknown'] ELSE ARRAY[]::text[] END,
       CASE WHEN n % 3 = 0 THEN NULL ELSE $1::bigint END, n % 3 + 50, n % 2, 1, '[]', 300000, true, 'Asia/Shanghai',
       timestamptz '2026-11-22T02:00Z', CASE WHEN n < 30 THEN date '2026-11-22' ELSE date '2026-11-23' END
     FROM generate_series(1, 60) n`,
    [customerRef],
  );
  await test.db.pool.query(`UPDATE call SET agent_id = 0 WHERE key IN ('F10', 'F11')`);
}

beforeAll(async () => {
  api = await startApi(test.db, [KpiReadModule], { now: at('04:00:00') });
  const { pool } = test.db;
  await ensureOrganisation(
    pool,
    { timeZone: 'Asia/Shanghai', country: 'CN', currency: 'CNY' },
    new Date(at('00:00:00')),
  );
  await pool.query(`INSERT INTO agent (id, name, status) VALUES (50, 'Fifty', 'active'), (51, '五一', 'active'), (52, 'Fiftytwo', 'active');
    SELECT setval(pg_get_serial_sequence('agent', 'id'), 100)`);
  const client = await pool.connect();
  const refs = await new CustomerNumbers(api.keys).surrogates(client, [NUMBER, OWN_NUMBER]);
  client.release();
  customerRef = refs.get(NUMBER) ?? '';
  await fold(softphoneCall(refs.get(OWN_NUMBER) ?? ''));
  await insertFacts();
});
afterAll(() => api.close());

async function page(query: string): Promise<CallPage> {
  const { status, body } = await api.get(`/api/v1/calls?${query}`);
  expect([query, status, body]).toEqual([query, 200, expect.anything()]);
  return body as CallPage;
}

async function all(query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { calls, next } = await page(`${query}&limit=7${cursor}`);
    expect(calls.length).toBeLessThanOrEqual(7);
    ids.push(...calls.map((call) => call.id));
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  return ids;
}

const numbers = Array.from({ length: 60 }, (_, n) => n + 1);
/** Newest first; calls of one instant by key, descending. */
const expected = (keep: (n: number) => boolean) =>
  numbers
    .filter(keep)
    .sort((a, b) => Math.floor(b / 3) - Math.floor(a / 3) || (`F${a}` < `F${b}` ? 1 : -1))
    .map((n) => `F${n}`);
const isUnassigned = (n: number) => n === 10 || n === 11;

describe('the list of calls', () => {
  it('pages through everything once, newest first', async () => {
    expect(await all('direction=outbound')).toEqual([...expected((n) => n % 5 !== 0), 'CA-agent']);
    expect((await page('')).calls).toHaveLength(50);
    expect((await page('limit=200')).next).toBeNull();
  });

  it.each<[string, (n: number) => boolean]>([
    ['direction=inbound', (n) => n % 5 === 0],
    ['outcome=no_answer', (n) => n % 2 === 0],
    ['agent=50&outcome=answered', (n) => n % 3 === 0 && n % 2 === 1],
    ['agent=50,51', (n) => n % 3 < 2 && !isUnassigned(n)],
    ['unassigned=true', isUnassigned],
    ['agent=0', isUnassigned],
    ['stale=true', (n) => n % 7 === 0],
    ['incomplete=true', (n) => n % 4 === 0],
    ['team=0', (n) => n % 2 === 0],
    ['team=0&stale=true&incomplete=true', (n) => n % 28 === 0],
    // Calls 30 … 60 are of another team's business date.
    ['from=2026-11-23&to=2026-11-24', (n) => n >= 30],
    ['from=2026-11-22T02:05:00Z&to=2026-11-22T02:10:00Z', (n) => n >= 15 && n < 30],
    ['from=2026-11-22T02:19:00Z', (n) => n >= 57],
    ['to=2026-11-22T02:01:00.000Z&from=2026-11-22T02:00Z', (n) => n < 3],
  ])('%s', async (query, keep) => {
    expect(await all(query)).toEqual(expected(keep));
  });

  it('pages stay in place while calls come in', async () => {
    const first = await page('from=2026-11-22T02:00Z&limit=5');
    await test.db.pool.query(`UPDATE call SET started_at = started_at + interval '1 hour' WHERE key = 'F60'`);
    const second = await page(`from=2026-11-22T02:00Z&limit=5&cursor=${first.next}`);
    expect(second.calls.map((call) => call.id)).toEqual(expected(() => true).slice(5, 10));
    await test.db.pool.query(`UPDATE call SET started_at = started_at - interval '1 hour' WHERE key = 'F60'`);
  });

  it('shows a call as people read it, its number masked', async () => {
    const { calls } = await page('from=2026-11-22T01:00Z&to=2026-11-22T01:15Z');
    expect(calls).toEqual([
      {
        id: 'CA-agent',
        direction: 'outbound',
        outcome: 'answered',
        answeredBy: null,
        startedAt: '2026-11-22T01:00:01.000Z',
        answeredAt: '2026-11-22T01:00:10.000Z',
        endedAt: '2026-11-22T01:05:20.000Z',
        // 01:00:02.5 → 01:00:10
        ringSeconds: 7.5,
        talkSeconds: 310,
        // 310 s are over the threshold of 300 s.
        effective: true,
        stale: false,
        incomplete: [],
        agent: { id: 101, name: 'ann' },
        team: { id: 1, name: 'New agents' },
        campaign: { id: 1, name: 'default' },
        customer: '138****1234',
        disposition: null,
        sales: 0,
        doNotCall: false,
        businessDate: '2026-11-22',
        timeZone: 'Asia/Shanghai',
      },
    ]);
    const { calls: others } = await page('agent=0&limit=2');
    expect(others.map((call) => [call.agent, call.customer])).toEqual([
      [null, '138****1234'],
      [null, '138****1234'],
    ]);
  });

  it.each([
    ['limit=0', 'number_invalid', 'limit'],
    ['limit=201', 'number_invalid', 'limit'],
    ['outcome=won', 'choice_unknown', 'outcome'],
    ['direction=sideways', 'choice_unknown', 'direction'],
    ['stale=yes', 'choice_unknown', 'stale'],
    ['agent=1;2', 'id_invalid', 'agent'],
    ['sort=started_at', 'parameter_unknown', 'sort'],
    ['from=2026-11-23&to=2026-11-22', 'range_empty', 'to'],
    ['cursor=x', 'cursor_invalid', 'cursor'],
    [`cursor=${Buffer.from('["2026-02-30T00:00:00.000000Z","a"]').toString('base64url')}`, 'cursor_invalid', 'cursor'],
    [
      `cursor=${Buffer.from('["2026-11-22T00:00:00.000000Z","a\\u0000"]').toString('base64url')}`,
      'cursor_invalid',
      'cursor',
    ],
    [`cursor=${Buffer.from(`["now'; DROP TABLE call; --","a"]`).toString('base64url')}`, 'cursor_invalid', 'cursor'],
    [`cursor=${Buffer.from('[1,2]').toString('base64url')}`, 'cursor_invalid', 'cursor'],
  ])('%s → %s', async (query, code, field) => {
    const { status, body } = await api.get(`/api/v1/calls?${query}`);
    expect([status, body]).toMatchObject([400, { error: { code, field } }]);
  });
});

describe('one call', () => {
  it('shows its legs, its events, and how it counts', async () => {
    const { status, body } = await api.get('/api/v1/calls/CA-agent');
    expect(status).toBe(200);
    const call = body as CallDetail;
    expect(call.legs).toEqual([
      {
        id: 'CA-agent',
        parentId: null,
        role: 'agent',
        direction: 'inbound',
        from: 'client:ann',
        to: '',
        status: 'completed',
        initiatedAt: '2026-11-22T01:00:00.000Z',
        ringingAt: null,
        answeredAt: null,
        endedAt: '2026-11-22T01:05:20.000Z',
      },
      {
        id: 'CA-customer',
        parentId: 'CA-agent',
        role: 'customer',
        direction: 'outbound-dial',
        from: '+862****1234',
        to: '138****1234',
        status: 'completed',
        initiatedAt: '2026-11-22T01:00:01.000Z',
        ringingAt: '2026-11-22T01:00:02.500Z',
        answeredAt: '2026-11-22T01:00:10.000Z',
        endedAt: '2026-11-22T01:05:20.000Z',
      },
    ]);
    expect(call.events.map((event) => [event.leg, event.type])).toEqual([
      ['CA-agent', 'leg.initiated'],
      ['CA-customer', 'leg.initiated'],
      ['CA-customer', 'leg.ringing'],
      ['CA-customer', 'leg.answered'],
      ['CA-customer', 'leg.ended'],
      ['CA-agent', 'leg.ended'],
    ]);
    expect(call.events[1]).toMatchObject({
      occurredAt: '2026-11-22T01:00:01.000Z',
      receivedAt: '2026-11-22T01:00:02.000Z',
      fields: { to: { kind: 'tel', ref: customerRef } },
    });
    expect(call.explanation).toEqual({
      effectiveThresholdSeconds: 300,
      assumeHuman: true,
      timeZone: 'Asia/Shanghai',
      slotStart: '2026-11-22T01:00:00.000Z',
      contribution: {
        dials: 1,
        first_dials: 1,
        connects: 1,
        connects_ended: 1,
        humans: 1,
        effective: 1,
        talk_s: 310,
        ring_s: 7.5,
        handled: 1,
      },
    });
  });

  it('adds exactly what it says to the KPIs of its day', async () => {
    const { body } = await api.get('/api/v1/calls/CA-agent');
    const { contribution } = (body as CallDetail).explanation;
    const report = (
      await api.get(`/api/v1/kpis?from=2026-11-22&to=2026-11-23&kpis=${Object.keys(contribution).join()}`)
    ).body as KpiReport;
    expect(report.totals).toEqual(contribution);
  });

  it('no number leaves the server, whatever is asked', async () => {
    for (const path of ['/api/v1/calls?limit=200', '/api/v1/calls/CA-agent']) {
      const text = JSON.stringify((await api.get(path)).body);
      expect(text).not.toContain('13812341234');
      expect(text).not.toContain('2154321234');
    }
  });

  it.each(['nobody', '%00', '..%2f', encodeURIComponent(`' OR 1=1 --`), 'x'.repeat(400)])(
    '%s is not found',
    async (id) => {
      const { status, body } = await api.get(`/api/v1/calls/${id}`);
      expect([400, 404, 414]).toContain(status);
      expect(body).toHaveProperty('error.code');
    },
  );
});
