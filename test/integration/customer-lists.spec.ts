/**
 * Proves over HTTP: who refused is on the do-not-call list, and a call to them is flagged, whatever became known first;
 * promised callbacks are open, due, missed or kept; the touch rate counts each owned customer once, where it belongs.
 */
import type { CallPage } from '../../src/shared/api.js';
import type {
  DoNotCallCheck,
  DoNotCallEntry,
  DoNotCallPage,
  ListImport,
  OwnerCount,
  OwnerSpan,
} from '../../src/shared/customer-lists.js';
import type { CallbackView, OutcomePage } from '../../src/shared/outcomes.js';
import type { ReportResult } from '../../src/shared/reports.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';
import { World } from './matrix-world.js';
import { type Client, clientOf } from './organisation-client.js';

let world: World;
let key: Client;
let agent: Client;
let supervisor: Client;

beforeAll(async () => {
  world = await World.build();
  key = clientOf(world.server.url);
  agent = clientOf(world.server.url, (await world.session(world.users.agent)).headers);
  supervisor = clientOf(world.server.url, (await world.session(world.users.supervisor)).headers);
});
afterAll(() => world.server.close());

async function call(name: string, who: string, to: string, at: number): Promise<void> {
  for (const event of softphoneCall(name, who, at, 20)) {
    await postSigned(world.server.url, '/webhooks/twilio/voice', callback({ ...event, to }));
  }
  await world.server.folded();
}
const flagged = async (as = key): Promise<string[]> => {
  await world.server.folded();
  const { body } = await as.get<CallPage>('/calls?dnc=true');
  const all = (await as.get<CallPage>('/calls?limit=200')).body.calls;
  // The mark of a row says what the filter says.
  expect(all.filter(({ doNotCall }) => doNotCall).map(({ id }) => id)).toEqual(body.calls.map(({ id }) => id));
  return body.calls.map(({ agent: owner }) => owner?.name ?? '');
};
const listed = async (): Promise<DoNotCallEntry[]> => (await key.get<DoNotCallPage>('/do-not-call')).body.entries;

describe('the do-not-call list', () => {
  const REFUSER = '+8613800007001';
  const minute = 60_000;

  test('a refusal lists the customer from then on; the call in which they refused is no breach, the next one is', async () => {
    const now = world.clock.now();
    await call('r1', 'ann', REFUSER, now - 30 * minute);
    const at = new Date(now - 29 * minute).toISOString();
    await key.post('/outcomes', { externalId: 'refusal', at, customer: REFUSER, disposition: 'refused' });
    expect(await flagged()).toEqual([]);
    await call('r2', 'bo', REFUSER, now - 10 * minute);
    expect(await flagged()).toEqual(['Bo Below']);
    // A call from before that is reported only now.
    await call('r0', 'cy', REFUSER, now - 50 * minute);
    expect(await flagged()).toEqual(['Bo Below']);
    expect(await flagged(agent)).toEqual([]);
    const [entry, ...others] = await listed();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      number: '138****7001',
      since: at,
      source: 'outcome',
      calls: 1,
      outcomeId: 'key:bootstrap|refusal',
    });
    expect((await supervisor.get<DoNotCallPage>('/do-not-call')).body.entries[0]?.outcomeId).toBeNull();
  });

  test('a refusal taken back was none: the list and the flag follow', async () => {
    await key.patch(`/outcomes/${encodeURIComponent('key:bootstrap|refusal')}`, { cancelled: true });
    expect(await flagged()).toEqual([]);
    expect(await listed()).toEqual([]);
    await key.patch(`/outcomes/${encodeURIComponent('key:bootstrap|refusal')}`, { cancelled: false });
    expect(await flagged()).toEqual(['Bo Below']);
  });

  test('by hand: added once, removed with a reason, and asked about before dialling', async () => {
    const number = '+8613800007002';
    expect((await supervisor.post('/do-not-call', { number })).error).toBe('forbidden');
    expect((await key.post('/do-not-call', { number: 'nobody' })).error).toBe('number_unreadable number');
    expect((await key.post('/do-not-call', { number, since: '2027-01-01T00:00:00Z' })).error).toBe(
      'time_in_future since',
    );
    const made = await key.post<DoNotCallEntry>('/do-not-call', { number, reason: 'asked in writing' });
    expect([made.status, made.body.source, made.body.reason]).toEqual([201, 'manual', 'asked in writing']);
    expect((await key.post<DoNotCallEntry>('/do-not-call', { number })).body.since).toBe(made.body.since);

    const numbers = [number, '138 0000 7001', '+8613800007999', 'nobody'];
    const { body: checks } = await agent.post<DoNotCallCheck[]>('/do-not-call/check', { numbers });
    expect(checks.map(({ listed: is, readable }) => [is, readable])).toEqual([
      [true, true],
      [true, true],
      [false, true],
      [false, false],
    ]);

    const removal = `/do-not-call/${made.body.customerId}/removal`;
    expect((await key.post(removal, { reason: '' })).error).toBe('do_not_call_reason_missing reason');
    world.clock.step(1_000);
    expect((await key.post(removal, { reason: 'changed their mind' })).status).toBe(204);
    expect((await key.post(removal, { reason: 'again' })).error).toBe('not_listed');
    expect((await listed()).map(({ number: shown }) => shown)).toEqual(['138****7001']);
    // A new refusal lists them again.
    world.clock.step(1_000);
    await key.post('/do-not-call', { number });
    expect((await listed()).map(({ number: shown }) => shown)).toEqual(['138****7002', '138****7001']);
  });

  test('from a file: every wrong line is named; the same file twice changes nothing; the export holds no number', async () => {
    const wrong = await key.csv<ListImport>(
      '/do-not-call/import',
      'number,since\nnobody,\n+8613800007003,2026-02-31\n+8613800007003,2027-01-01\n',
    );
    expect(wrong.body.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'number', 'number_unreadable'],
      [3, 'since', 'time_invalid'],
      [4, 'since', 'time_in_future'],
    ]);
    const file = 'number,since,reason\n+8613800007003,2026-05-04,list of the regulator\n+8613800007001,,\n';
    const counts = ({ dryRun, ok, added, unchanged }: ListImport) => [dryRun, ok, added, unchanged];
    expect(counts((await key.csv<ListImport>('/do-not-call/import?dryRun=true', file)).body)).toEqual([
      true,
      true,
      1,
      1,
    ]);
    expect((await listed()).length).toBe(2);
    expect(counts((await key.csv<ListImport>('/do-not-call/import', file)).body)).toEqual([false, true, 1, 1]);
    expect(counts((await key.csv<ListImport>('/do-not-call/import', file)).body)).toEqual([false, true, 0, 2]);
    // A date is the beginning of the business day, in Shanghai.
    expect((await listed()).at(-1)?.since).toBe('2026-05-03T16:00:00.000Z');
    const exported = (await key.get<string>('/do-not-call/export.csv')).body;
    expect(exported.split('\r\n').length).toBe(5);
    expect(exported).not.toMatch(/1380000/);
    const template = (await key.get<string>('/do-not-call/template.csv')).body;
    expect((await key.csv<ListImport>('/do-not-call/import?dryRun=true', template)).body.ok).toBe(true);
  });

  test('is shown by pages', async () => {
    const first = (await key.get<DoNotCallPage>('/do-not-call?limit=2')).body;
    const rest = (await key.get<DoNotCallPage>(`/do-not-call?limit=2&cursor=${first.next}`)).body;
    expect([first.total, first.entries.length, rest.entries.length, rest.next]).toEqual([3, 2, 1, null]);
    expect((await key.get('/do-not-call?cursor=nonsense')).error).toBe('cursor_invalid cursor');
  });
});

describe('callbacks', () => {
  test('are open, due, missed or kept, for whom they concern', async () => {
    const now = world.clock.now();
    const due = { missed: -60, kept: -45, due: 5, open: 180 };
    for (const [state, minutes] of Object.entries(due)) {
      const number = `+86138000080${String(minutes + 100)
        .padStart(2, '0')
        .slice(0, 2)}`;
      const callbackAt = new Date(now + minutes * 60_000).toISOString();
      await key.post('/outcomes', {
        externalId: `callback-${state}`,
        at: new Date(now - 7_200_000).toISOString(),
        customer: number,
        agentId: world.agents[state === 'open' ? 'cy' : 'ann'],
        disposition: 'callback',
        callbackAt,
        note: `${state} note`,
      });
      if (state === 'kept') await call('kept', 'bo', number, now + minutes * 60_000 + 600_000);
    }
    await world.server.folded();
    const states = async (query: string, as = key) => {
      const { body } = await as.get<CallbackView[]>(`/callbacks${query}`);
      return body.map(({ state, note, agent: who }) => [state, note, who?.name]);
    };
    expect(await states('')).toEqual([
      ['missed', 'missed note', 'Ann Anders'],
      ['kept', 'kept note', 'Ann Anders'],
      ['due', 'due note', 'Ann Anders'],
      ['open', 'open note', 'Cy Beyond'],
    ]);
    expect((await states('', agent)).map(([state]) => state)).toEqual(['missed', 'kept', 'due']);
    expect((await states('?state=open')).length).toBe(1);
    expect((await states(`?agent=${world.agents.cy}`)).length).toBe(1);
    expect((await agent.get(`/callbacks?agent=${world.agents.cy}`)).error).toBe('outside_scope agent');
    expect((await key.get('/callbacks?from=yesterday')).error).toBe('time_invalid from');
  });
});

describe('ownership', () => {
  const number = (n: number): string => `+8613800009${String(n).padStart(3, '0')}`;
  const rate = async (query: string, as = key): Promise<Record<string, unknown>> => {
    const { body } = await as.get<{
      rows: { label: string; values: Record<string, unknown> }[];
      totals: Record<string, unknown>;
    }>(`/kpis?kpis=touch_rate&from=2026-05-04&to=2026-05-06${query}`);
    const rows = body.rows.map(({ label, values }) => [label, values.touch_rate] as const);
    return Object.fromEntries([...rows.filter(([, value]) => value !== null), ['total', body.totals.touch_rate]]);
  };

  test('comes from a file, agents by id, address or name; wrong lines are named', async () => {
    const wrong = await key.csv<ListImport>(
      '/owners/import',
      `number,agent,from,until\nnobody,ann,,\n${number(1)},nobody,,\n${number(1)},ann,2026-05-04,2026-05-03\n`,
    );
    expect(wrong.body.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'number', 'number_unreadable'],
      [3, 'agent', 'outcome_agent_unknown'],
      [4, 'until', 'owner_span_reversed'],
    ]);
    // 1–4 are Ann's, 5 and 6 Bo's, 7 Cy's, 8 was Cy's before the period only.
    const rows = [
      ...[1, 2, 3].map((n) => `${number(n)},ann,2026-05-01,`),
      `${number(4)},Ann Anders,2026-05-01,`,
      `${number(5)},${world.agents.bo},2026-05-01,`,
      `${number(6)},bo,2026-05-05,`,
      `${number(7)},cy,2026-05-01,`,
      `${number(8)},cy,2026-05-01,2026-05-03`,
    ];
    const file = `number,agent,from,until\n${rows.join('\n')}\n`;
    const counts = ({ ok, added, unchanged }: ListImport) => [ok, added, unchanged];
    expect(counts((await key.csv<ListImport>('/owners/import', file)).body)).toEqual([true, 8, 0]);
    expect(counts((await key.csv<ListImport>('/owners/import', file)).body)).toEqual([true, 0, 8]);
    const { body } = await supervisor.get<OwnerCount[]>('/owners');
    expect(body.map(({ agent: who, customers }) => [who.name, customers])).toEqual([
      ['Ann Anders', 4],
      ['Bo Below', 2],
    ]);
  });

  test('the touch rate: owned at the start or given meanwhile, dialled by their then owner', async () => {
    const day = Date.parse('2026-05-04T02:00:00Z');
    expect(await rate('')).toEqual({ Organisation: 0, total: 0 });
    await call('t1', 'ann', number(1), day);
    await call('t1b', 'ann', number(1), day + 60_000);
    await call('t2', 'bo', number(2), day); // not its owner
    await call('t5', 'bo', number(5), day);
    await call('t6', 'bo', number(6), day); // before it was theirs
    await call('t7', 'cy', number(7), day);
    await call('t8', 'cy', number(8), day); // not theirs any more
    // Ann 1 of 4, Bo 1 of 2, Cy 1 of 1: 3 of 7.
    expect(await rate('&groupBy=agent')).toEqual({
      'Ann Anders': 1 / 4,
      'Bo Below': 1 / 2,
      'Cy Beyond': 1,
      total: 3 / 7,
    });
    expect(await rate('&groupBy=team')).toEqual({ North: 1 / 4, 'North-East': 1 / 2, South: 1, total: 3 / 7 });
    expect(await rate('&groupBy=agent', supervisor)).toEqual({ 'Ann Anders': 1 / 4, 'Bo Below': 1 / 2, total: 2 / 6 });
    expect(await rate('', agent)).toEqual({ Organisation: 1 / 4, total: 1 / 4 });
    expect(await rate(`&team=${world.teams.cy}`)).toEqual({ Organisation: 1, total: 1 });
    // By day there is a total and no rows; ownership knows no campaign, and no part of a day.
    expect(await rate('&groupBy=day')).toEqual({ total: 3 / 7 });
    expect(await rate('&campaign=1')).toEqual({ total: null });
    const part = await key.get<{ totals: object }>(
      '/kpis?kpis=touch_rate&from=2026-05-04T01:00:00Z&to=2026-05-04T05:00:00Z',
    );
    expect(part.body.totals).toEqual({ touch_rate: null });
  });

  test('in reports each day, week and month is a period of its own; what ownership does not know says so', async () => {
    const explore = async (query: string, as = key) => {
      const { body, error } = await as.get<ReportResult>(
        `/reports/explore?kpis=touch_rate,dials&from=2026-05-04&to=2026-05-06${query}`,
      );
      expect(error).toBe('');
      const rows = body.rows.map(({ labels, values }) => [labels.map(({ en }) => en).join(' '), values.touch_rate]);
      const gaps = body.gaps?.map(({ code, where, kpis }) => `${code} ${where} ${kpis.join()}`) ?? [];
      return { rows: rows.filter(([, value]) => value !== null), total: body.totals.touch_rate, gaps };
    };
    // Bo's second customer is theirs from the second day on; nobody dialled on that.
    expect((await explore('&groupBy=day')).rows.map(([, value]) => value)).toEqual([3 / 6, 0 / 7]);
    expect(await explore('&groupBy=week')).toMatchObject({
      rows: [[expect.any(String), 3 / 7]],
      total: 3 / 7,
      gaps: [],
    });
    expect(await explore('&groupBy=month')).toMatchObject({ rows: [[expect.any(String), 3 / 7]], total: 3 / 7 });
    const byBoth = await explore('&groupBy=agent,day');
    expect(byBoth.rows.map(([label, value]) => [String(label).slice(0, 3), value])).toEqual([
      ['Ann', 1 / 4],
      ['Ann', 0],
      ['Bo ', 1],
      ['Bo ', 0],
      ['Cy ', 1],
      ['Cy ', 0],
    ]);
    expect(byBoth).toMatchObject({ total: 3 / 7, gaps: [] });
    const people = [
      ['Ann Anders North', 1 / 4],
      ['Bo Below North-East', 1 / 2],
      ['Cy Beyond South', 1],
    ];
    expect((await explore('&groupBy=agent,team')).rows).toEqual(people);
    expect((await explore('&groupBy=team,agent')).rows.map(([, value]) => value)).toEqual([1 / 4, 1 / 2, 1]);
    expect((await explore('&groupBy=day', supervisor)).rows.map(([, value]) => value)).toEqual([2 / 5, 0 / 6]);
    expect((await explore('&groupBy=day&compare=previous')).rows.map(([, value]) => value)).toEqual([3 / 6, 0 / 7]);
    // A weekday has no beginning; a campaign, an hour and a disposition own nobody: no rows, the total stands.
    for (const groupBy of ['weekday', 'campaign', 'hour_of_day', 'disposition', 'agent,campaign']) {
      const answer = await explore(`&groupBy=${groupBy}`);
      expect([groupBy, answer]).toEqual([groupBy, { rows: [], total: 3 / 7, gaps: ['ownership rows touch_rate'] }]);
    }
    for (const filter of ['&campaign=1', '&weekday=1', '&hourOfDay=10']) {
      expect(await explore(filter)).toEqual({ rows: [], total: null, gaps: ['ownership everywhere touch_rate'] });
    }
  });

  test('a customer handed over counts once in all, and for each who had their turn', async () => {
    const handed = await key.put<OwnerSpan>('/owners', {
      number: number(1),
      agentId: world.agents.cy,
      from: '2026-05-04T04:00:00Z',
    });
    expect(handed.body).toEqual({
      agent: { id: world.agents.cy, name: 'Cy Beyond' },
      from: '2026-05-04T04:00:00.000Z',
      until: null,
    });
    // Ann's turn held the call, Cy's has none yet: Cy 1 of 2; in all still 3 of 7.
    expect(await rate('&groupBy=agent')).toEqual({
      'Ann Anders': 1 / 4,
      'Bo Below': 1 / 2,
      'Cy Beyond': 1 / 2,
      total: 3 / 7,
    });
    const { body: page } = await key.get<CallPage>(`/calls?limit=200`);
    expect(page.calls.length).toBeGreaterThan(0);
    const { rows } = await world.pool.query<{ id: string }>(
      'SELECT customer_id::text AS id FROM customer_owner GROUP BY 1 HAVING count(*) = 2',
    );
    const owners = `/customers/${rows[0]?.id}/owners`;
    expect((await key.get<OwnerSpan[]>(owners)).body.map(({ agent: who, until }) => [who.name, until])).toEqual([
      ['Ann Anders', '2026-05-04T04:00:00.000Z'],
      ['Cy Beyond', null],
    ]);
    expect((await agent.get<OwnerSpan[]>(owners)).body.map(({ agent: who }) => who.name)).toEqual(['Ann Anders']);
    expect((await key.put('/owners', { agentId: world.agents.cy })).error).toBe('request_invalid number');
    expect((await agent.put('/owners', { number: number(1), agentId: world.agents.ann })).error).toBe('forbidden');
  });

  test('two agents who become one have their customers and calls together', async () => {
    await world.make('POST', `/api/v1/agents/${world.agents.bo}/merge`, { into: world.agents.ann });
    // 1 (her own turn), 5, and 2 that the other of the two had dialled, of 1–6.
    expect(await rate('&groupBy=agent')).toEqual({ 'Ann Anders': 3 / 6, 'Cy Beyond': 1 / 2, total: 4 / 7 });
  });

  test('an erased customer keeps what was counted, loses the words about them and has no owner from then on', async () => {
    const { rows } = await world.pool.query<{ id: string }>(
      `SELECT customer_id::text AS id FROM do_not_call_change WHERE reason = 'list of the regulator'`,
    );
    const id = rows[0]?.id ?? '';
    await key.put('/owners', { customerId: id, agentId: world.agents.cy, from: '2026-05-04T00:00:00Z' });
    const before = await rate('&groupBy=agent');
    await world.make('POST', `/api/v1/customers/${id}/erase`, { reason: 'subject_request' });
    expect(await rate('&groupBy=agent')).toEqual(before);
    expect((await key.get<OwnerSpan[]>(`/customers/${id}/owners`)).body[0]?.until).not.toBeNull();
    const entry = (await listed()).find(({ customerId }) => customerId === id);
    expect([entry?.number, entry?.reason]).toEqual([null, '']);
    const page = (await key.get<OutcomePage>('/outcomes?measure=dnc')).body.outcomes;
    expect(page.map(({ externalId }) => externalId)).toEqual(['refusal']);
  });
});
