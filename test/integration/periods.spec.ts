/**
 * Proves over HTTP: a closed month stays as it was; calls, sales, cancellations and merged people of later are adjustments that
 * say when, why and by whom; its export has the same figures; frozen + adjustments = facts, after a rebuild too, and damage is found.
 */
import { closedAgain, foldAll, forgetFacts } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import type { ExportLink, ExportView } from '../../src/shared/exports.js';
import type { MadeKey } from '../../src/shared/keys.js';
import type { AgentDetail, Changed, TeamView } from '../../src/shared/organisation.js';
import type { PeriodList, PeriodView, TargetView } from '../../src/shared/targets.js';
import { eventually } from '../support/index.js';
import { ADMIN, startTestServer, type TestServer } from '../support/server.js';
import { softphoneCall } from '../support/twilio.js';
import { unzip } from '../support/unzip.js';
import { JumpingClock } from './live-client.js';
import { type Client, clientOf, postCalls } from './organisation-client.js';

let server: TestServer;
let api: Client;
let ann: number;
let bo: number;
/** 5 May 2026, noon in Shanghai: April is over. */
const clock = new JumpingClock();
let calls = 0;

beforeAll(async () => {
  server = await startTestServer({ clock });
  api = clientOf(server.url);
  const team = (await api.post<Changed<TeamView>>('/teams', { name: 'Desk', siteId: 1 })).body.result.id;
  const agent = async (name: string) => {
    const addresses = [{ kind: 'client', value: name.toLowerCase() }];
    return (await api.post<Changed<AgentDetail>>('/agents', { name, teamId: team, addresses })).body.result.id;
  };
  ann = await agent('Ann');
  bo = await agent('Bo');
});
afterAll(() => server.close(), 30_000);

/** `count` calls of a minute each on a day, in the morning. */
async function call(agent: string, date: string, count: number): Promise<void> {
  const at = Date.parse(`${date}T02:00:00Z`);
  for (let i = 0; i < count; i++) {
    calls++;
    await postCalls(server, softphoneCall(`c${calls}`, agent, at + i * 300_000, 60));
  }
}

async function sell(externalId: string, agentId: number, at: string, amountMinor: number, more = {}): Promise<void> {
  const sale = { externalId, agentId, at, sale: { amountMinor }, disposition: null, ...more };
  const { status, error } = await api.post('/outcomes', sale);
  expect([status, error]).toEqual([200, '']);
  await server.folded();
}

/** Somebody who signed in. */
async function administrator(): Promise<Client> {
  const response = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tallyboard': '1' },
    body: JSON.stringify(ADMIN),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return clientOf(server.url, { cookie });
}

const april = async (): Promise<PeriodView> => (await api.get<PeriodView>('/periods/2026-04')).body;
const of = (view: PeriodView, agent: number, which: 'frozen' | 'adjusted', kpi: string): unknown =>
  view.rows.find((row) => row.agent.id === agent)?.[which][kpi];
const differences = async (): Promise<string[]> => {
  const report = await verify(server.db, server.server.core.keys, { bodies: false });
  return report.examples.map(({ kind }) => kind);
};
/** Of both tables and of the sums, straight from the database. */
async function dialsOfApril(): Promise<{ kept: number; present: number }> {
  const { rows } = await server.db.pool.query<{ kept: number; present: number }>(
    `SELECT (SELECT coalesce(sum(dials), 0) FROM closed_sum)::int + (SELECT coalesce(sum(dials), 0) FROM closed_adjustment)::int AS kept,
       (SELECT coalesce(sum(dials), 0) FROM rollup_day WHERE business_date BETWEEN '2026-04-01' AND '2026-04-30')::int AS present`,
  );
  return rows[0] ?? { kept: -1, present: -2 };
}

async function rebuild(): Promise<void> {
  await forgetFacts(server.db);
  await foldAll(server.server.core.fold, () => {});
  await server.folded();
  await closedAgain(server.db);
}

test('a month is closed once it is over, and only once', async () => {
  await call('ann', '2026-04-10', 3);
  await call('bo', '2026-04-30', 2);
  await call('bo', '2026-05-04', 1);
  await sell('s1', ann, '2026-04-10T03:00:00Z', 10_000);
  await sell('s2', bo, '2026-04-30T03:00:00Z', 30_000);
  const target = {
    scope: { kind: 'agent', id: ann },
    kpi: 'dials',
    period: 'month',
    value: 4,
    validFrom: '2026-04-01',
  };
  expect((await api.post<TargetView>('/targets', target)).status).toBe(201);
  expect((await api.get<PeriodList>('/periods')).body).toEqual({ periods: [], open: ['2026-04'] });
  expect((await api.get('/periods/2026-04')).error).toBe('not_found');
  expect((await api.post('/periods/close', { month: '2026-05' })).error).toBe('period_not_over month');
  expect((await api.post('/periods/close', { month: '2026-4' })).error).toBe('request_invalid month');
  expect((await api.post('/periods/close', { month: '2026-04', kpi: 'customers' })).error).toBe(
    'target_not_additive kpi',
  );
  const closed = await api.post<PeriodView>('/periods/close', { month: '2026-04', kpi: 'other_revenue' });
  expect([closed.status, closed.error]).toEqual([201, '']);
  expect(closed.body).toMatchObject({
    month: '2026-04',
    adjustments: 0,
    champions: [{ agent: { id: bo, name: 'Bo' }, team: { name: 'Desk' }, value: { amountMinor: 30_000 } }],
    targets: [{ label: 'Ann', kpi: 'dials', target: 4, actual: 3, attainment: 0.75 }],
    adjustmentList: [],
  });
  expect([of(closed.body, ann, 'frozen', 'dials'), of(closed.body, bo, 'frozen', 'dials')]).toEqual([3, 2]);
  expect(closed.body.totals.frozen.dials).toBe(5);
  expect((await api.post('/periods/close', { month: '2026-04' })).error).toBe('period_closed month');
  expect((await api.get<PeriodList>('/periods')).body).toMatchObject({ periods: [{ month: '2026-04' }], open: [] });
});

test('what comes later is an adjustment: calls, a cancellation, and people who are one', async () => {
  await call('ann', '2026-04-11', 2);
  await call('ann', '2026-05-05', 1);
  await sell('s2', bo, '2026-04-30T03:00:00Z', 30_000, { cancelled: true, sale: null });
  const view = await april();
  expect(view.champions).toMatchObject([{ agent: { id: bo } }]);
  expect([of(view, ann, 'frozen', 'dials'), of(view, ann, 'adjusted', 'dials')]).toEqual([3, 5]);
  expect(of(view, bo, 'adjusted', 'other_revenue')).toEqual({ amountMinor: 0, currency: 'CNY' });
  const cancelled = view.adjustmentList.find(({ delta }) => delta.other_revenue_minor !== undefined);
  expect(cancelled?.currency).toBe('CNY');
  expect(cancelled).toMatchObject({
    family: 'events',
    reason: 'outcome.set',
    date: '2026-04-30',
    agent: { id: bo },
    delta: { other_sales: -1, other_revenue_minor: -30_000 },
    by: [{ kind: 'key', id: null, name: null }],
  });
  expect(view.adjustmentList.find(({ delta }) => delta.dials !== undefined)?.by).toEqual([]);
  expect(Date.parse(cancelled?.at ?? '')).toBeGreaterThan(Date.parse('2026-05-05T03:59Z'));
  expect(view.adjustmentList.every(({ date }) => date.startsWith('2026-04'))).toBe(true);
  expect(await dialsOfApril()).toEqual({ kept: 7, present: 7 });
  const person = await administrator();
  expect((await person.post(`/agents/${bo}/merge`, { into: ann })).error).toBe('');
  const merged = await april();
  expect([of(merged, bo, 'frozen', 'dials'), of(merged, bo, 'adjusted', 'dials')]).toEqual([2, 0]);
  expect([of(merged, ann, 'frozen', 'dials'), of(merged, ann, 'adjusted', 'dials')]).toEqual([3, 7]);
  expect(merged.adjustmentList.filter(({ family }) => family === 'settings').map(({ delta }) => delta.dials)).toEqual(
    expect.arrayContaining([2, -2]),
  );
  const moved = merged.adjustmentList.filter(({ family }) => family === 'settings');
  expect(moved.length).toBeGreaterThan(0);
  for (const { reason, by } of moved) {
    expect({ reason, by }).toEqual({
      reason: 'agent.merged',
      by: [{ kind: 'user', id: expect.any(Number), name: expect.any(String) }],
    });
  }
  expect(await dialsOfApril()).toEqual({ kept: 7, present: 7 });
  expect(await differences()).toEqual([]);
});

test('its export has the figures of the page, as closed and with adjustments', async () => {
  const view = await april();
  const source = { kind: 'period', month: '2026-04' };
  const asked = await api.post<ExportView>('/exports', { source, format: 'csv', language: 'en' });
  expect([asked.status, asked.error]).toEqual([201, '']);
  const done = await eventually(
    async () => {
      const { body } = await api.get<ExportView>(`/exports/${asked.body.id}`);
      return body.finishedAt === null ? undefined : body;
    },
    { withinMs: 20_000, everyMs: 50, what: 'the end of the export' },
  );
  expect([done.state, done.fileName]).toEqual(['done', expect.stringContaining('Closed month 2026-04')]);
  const { body: link } = await api.post<ExportLink>(`/exports/${done.id}/link`, {});
  // A file a table.
  const files = unzip(Buffer.from(await (await fetch(server.url + link.url)).arrayBuffer()));
  const linesOf = (table: string): string[] => {
    const [, bytes] = [...files].find(([name]) => name.endsWith(`-${table}.csv`)) ?? [];
    return bytes?.toString('utf8').split('\r\n') ?? [];
  };
  const dialsOf = (table: string) =>
    linesOf(table)
      .find((line) => line.includes(',Total,'))
      ?.split(',')[2];
  expect([dialsOf('frozen'), dialsOf('adjusted')]).toEqual([
    String(view.totals.frozen.dials),
    String(view.totals.adjusted.dials),
  ]);
  expect(view.totals.frozen.dials).not.toBe(view.totals.adjusted.dials);
  expect(linesOf('adjustments').filter((line) => line.includes('Correction (')).length).toBeGreaterThan(0);
  expect(linesOf('targets_dials').some((line) => line.includes(',Ann,4,3,'))).toBe(true);
  const wrong = { source: { kind: 'period', month: '2026-13' }, format: 'pdf', language: 'zh' };
  expect((await api.post('/exports', wrong)).error).toBe('request_invalid source.month');
});

test('an adjustment names the key that entered what changed, also after the bodies were translated again', async () => {
  const made = await api.post<MadeKey>('/keys', { name: 'CRM', scopes: ['outcomes:write', 'outcomes:read'] });
  const crm = clientOf(server.url, { authorization: `Bearer ${made.body.secret}` });
  const sale = { externalId: 'late', agentId: ann, at: '2026-04-20T03:00:00Z', sale: { amountMinor: 500 } };
  expect((await crm.post('/outcomes', { ...sale, disposition: null })).error).toBe('');
  await server.folded();
  const [newest] = (await april()).adjustmentList;
  expect(newest).toMatchObject({
    reason: 'outcome.set',
    by: [{ kind: 'key', id: made.body.key.id, name: 'CRM' }],
    delta: { other_revenue_minor: 500 },
  });
  const report = await verify(server.db, server.server.core.keys, { bodies: true });
  expect(report.examples).toEqual([]);
});

test('a rebuild keeps what was frozen and what came after; damage is found and made good', async () => {
  const before = await april();
  await rebuild();
  expect(await april()).toEqual(before);
  expect(await differences()).toEqual([]);
  await server.db.pool.query('DELETE FROM closed_adjustment WHERE dials > 1');
  expect(await differences()).toContain('closed_period');
  await rebuild();
  expect(await differences()).toEqual([]);
  const healed = await april();
  expect(healed.adjustmentList[0]).toMatchObject({ family: 'rebuild' });
  expect(healed.totals).toEqual(before.totals);
});
