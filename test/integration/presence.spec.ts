/**
 * Proves, over real HTTP: TaskRouter's events, calls and the status switch make the states of an agent with the arithmetic
 * written here; what is mapped, merged, forgotten by its owner, removed by retention or erased moves exactly that; and after
 * each of it verify is clean and a rebuild changes nothing.
 */
import { foldAll, forgetFacts } from '../../src/cli/rebuild.js';
import { verify } from '../../src/cli/verify/verify.js';
import { auditSlot } from '../../src/kpi/rollup/index.js';
import { inTransaction, ManualClock, READ_SNAPSHOT } from '../../src/platform/index.js';
import { removeCalls, removeOldStates } from '../../src/retention/facts.js';
import type { AgentTimeline, PresenceView, TaskRouterActivity } from '../../src/shared/presence.js';
import { ADMIN, startTestServer, type TestServer } from '../support/server.js';
import { ACCOUNT, postSigned, softphoneCall } from '../support/twilio.js';
import { type Client, clientOf, postCalls } from './organisation-client.js';

/** 10:00 in Shanghai. */
const TEN = Date.parse('2026-11-18T02:00:00Z');
const MINUTE = 60_000;
const clock = new ManualClock(TEN);
let app: TestServer;
let client: Client;
let alice = 0;

beforeAll(async () => {
  app = await startTestServer({ clock });
  client = clientOf(app.url);
});
afterAll(() => app.close());

let events = 0;
async function taskRouter(type: string, worker: string, at: number, more: Record<string, string> = {}): Promise<void> {
  const { status } = await postSigned(app.url, '/webhooks/twilio/taskrouter', [
    ['EventType', type],
    ['Sid', `EV${String(++events).padStart(32, '0')}`],
    ['AccountSid', ACCOUNT],
    ['Timestamp', String(Math.floor(at / 1000))],
    ['TimestampMs', String(at)],
    ['WorkerSid', `WK${worker}`],
    ['WorkerName', worker],
    ...Object.entries(more),
  ]);
  expect(status).toBe(204);
}
const activity = (worker: string, name: string, at: number) =>
  taskRouter('worker.activity.update', worker, at, { WorkerActivityName: name });

const KPIS = 'logged_in_s,available_s,on_call_s,wrap_up_s,paused_s';
async function seconds(agent: string): Promise<Record<string, number>> {
  const { rows } = await app.kpis(`groupBy=agent&kpis=${KPIS}&from=2026-11-18&to=2026-11-19`);
  const values = rows.find(({ label }) => label === agent)?.values ?? {};
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== 0)) as Record<string, number>;
}

async function differences(): Promise<unknown[]> {
  const { core } = app.server;
  const slots = await core.database.pool.query<{ slot: number }>(
    'SELECT DISTINCT (extract(epoch FROM slot_start) * 1000)::float8 AS slot FROM rollup_slot',
  );
  for (const { slot } of slots.rows) {
    const wrong = await inTransaction(core.database.pool, (tx) => auditSlot(tx, slot), READ_SNAPSHOT);
    expect(wrong).toEqual([]);
  }
  return (await verify(core.database, core.keys, { bodies: true })).examples;
}

/** Settles what changes of settings left to do. */
async function settled(): Promise<void> {
  const { reattribution, presenceJob } = app.server.core;
  await app.folded();
  while ((await reattribution.piece()) || (await presenceJob.piece()));
}

async function agentNamed(name: string): Promise<number> {
  const { rows } = await app.db.pool.query<{ id: number }>('SELECT id FROM agent WHERE name = $1', [name]);
  return rows[0]?.id ?? 0;
}

test('a morning of a worker: available 10:00, a call, wrap-up, lunch, sign-off at 12:00', async () => {
  clock.set(TEN + 120 * MINUTE);
  // Given in no order; the reservation begins when the call is offered and accepted, 10 s before the customer answers.
  await activity('alice', 'Offline', TEN + 120 * MINUTE);
  await taskRouter('reservation.completed', 'alice', TEN + 33 * MINUTE, { ReservationSid: 'WR0000000001' });
  await activity('alice', 'Lunch break', TEN + 60 * MINUTE);
  await taskRouter('reservation.accepted', 'alice', TEN + 20 * MINUTE, { ReservationSid: 'WR0000000001' });
  await activity('alice', 'Available', TEN);
  await activity('alice', 'Available', TEN + 100 * MINUTE);
  await taskRouter('reservation.wrapup', 'alice', TEN + 31 * MINUTE, { ReservationSid: 'WR0000000001' });
  await taskRouter('task.created', 'alice', TEN, { TaskSid: 'WT1' });
  await app.folded();
  alice = await agentNamed('alice');
  // On call 20–31, wrap-up 31–33, lunch (not mapped: a pause) 60–100, available 0–20, 33–60, 100–120.
  const morning = { logged_in_s: 7200, available_s: 4020, on_call_s: 660, wrap_up_s: 120, paused_s: 2400 };
  expect(await seconds('alice')).toEqual(morning);
  const { body } = await client.get<AgentTimeline>(`/agents/${alice}/timeline?date=2026-11-18`);
  const shown = body.spans.map(({ state, from, to }) => [
    state,
    (Date.parse(from) - TEN) / MINUTE,
    to === null ? null : (Date.parse(to) - TEN) / MINUTE,
  ]);
  expect(shown).toEqual([
    ['available', 0, 20],
    ['on_call', 20, 31],
    ['wrap_up', 31, 33],
    ['available', 33, 60],
    ['paused', 60, 100],
    ['available', 100, 120],
  ]);
  expect(await differences()).toEqual([]);
});

test('by campaign time in states is in the total alone', async () => {
  const asked = 'from=2026-11-18&to=2026-11-19&kpis=logged_in_s,occupancy';
  const { rows, totals } = await app.kpis(`groupBy=campaign&${asked}`);
  expect(rows.find(({ key }) => key === '0')).toBeUndefined();
  expect(totals.logged_in_s).toBe(7200);
  // Of what belongs to none: the time itself, and nothing that is made of calls as well.
  expect((await app.kpis(`groupBy=agent&campaign=0&${asked},aht_s`)).totals).toMatchObject({
    logged_in_s: 7200,
    aht_s: null,
  });
  for (const campaign of ['1', '0,1']) {
    const named = await app.kpis(`groupBy=agent&campaign=${campaign}&${asked},aht_s`);
    for (const values of [named.totals, ...named.rows.map((row) => row.values)]) {
      expect(values).toEqual({ logged_in_s: null, occupancy: null, aht_s: null });
    }
  }
});

test('an activity is listed until somebody says what it means, and then counts so for the past', async () => {
  const { body } = await client.get<TaskRouterActivity[]>('/taskrouter-activities');
  expect(body[0]).toMatchObject({ name: 'Lunch break', state: null, agents: 1 });
  const activities = [{ name: 'Lunch break', state: 'offline' }];
  expect(await client.put('/taskrouter-activities', { activities })).toMatchObject({ status: 200 });
  await settled();
  expect(await seconds('alice')).toEqual({ logged_in_s: 4800, available_s: 4020, on_call_s: 660, wrap_up_s: 120 });
  await client.put('/taskrouter-activities', {
    activities: [{ name: 'Lunch break', state: 'paused', reason: 'lunch' }],
  });
  await settled();
  expect(await seconds('alice')).toMatchObject({ logged_in_s: 7200, paused_s: 2400 });
  expect(await differences()).toEqual([]);
});

test('a late call unites with what the reservation said, and its agent is the worker of that name', async () => {
  // 10:25:00 dialled, answered 5 s later, 600 s of talk: 10:25:00–10:35:05, of which 10:31–10:33 was wrap-up.
  await postCalls(app, softphoneCall('late', 'alice', TEN + 25 * MINUTE, 600));
  expect(await agentNamed('alice')).toBe(alice);
  // On call 20:00–35:05 = 905 s; available lost 33:00–35:05 = 125 s, wrap-up all of its 120 s.
  expect(await seconds('alice')).toEqual({ logged_in_s: 7200, available_s: 3895, on_call_s: 905, paused_s: 2400 });
  expect(await differences()).toEqual([]);
});

test('the switch: an agent says so, once signed in; what lasts counts up to now', async () => {
  const user = await client.post<{ link: { token: string } }>('/users', {
    email: 'alice@example.com',
    name: 'Alice',
    role: 'agent',
    agentId: alice,
  });
  const own = await signIn(user.body.link.token);
  expect(await own.put('/me/state', { state: 'paused' })).toMatchObject({ error: 'reason_required reason' });
  expect(await own.put('/me/state', { state: 'paused', reason: 'x' })).toMatchObject({
    error: 'reason_unknown reason',
  });
  clock.set(TEN + 130 * MINUTE);
  const paused = await own.put<PresenceView>('/me/state', { state: 'paused', reason: 'meeting' });
  expect(paused.body).toMatchObject({ state: 'paused', reason: 'meeting', since: '2026-11-18T04:10:00.000Z' });
  await app.folded();
  clock.set(TEN + 140 * MINUTE);
  expect((await own.get<PresenceView>('/me/state')).body).toMatchObject({ state: 'paused', reason: 'meeting' });
  expect(await seconds('alice')).toMatchObject({ paused_s: 3000, logged_in_s: 7800 });
  const stored = await app.db.pool.query<{ ms: string }>('SELECT sum(paused_ms) AS ms FROM rollup_day');
  expect(Number(stored.rows[0]?.ms)).toBe(2_400_000);
  await own.put('/me/state', { state: 'offline' });
  await app.folded();
  expect(await seconds('alice')).toMatchObject({ paused_s: 3000 });
  expect(await differences()).toEqual([]);
});

test('a status nobody ends lasts 16 hours, and what is said later counts', async () => {
  await activity('bob', 'Available', TEN);
  await app.folded();
  clock.set(TEN + 17 * 60 * MINUTE);
  expect(await app.server.core.status.run()).toBe(1);
  expect(await app.server.core.status.run()).toBe(0);
  await app.folded();
  // 10:00 to midnight of the 16 hours are of that day.
  expect(await seconds('bob')).toEqual({ logged_in_s: 14 * 3600, available_s: 14 * 3600 });
  await activity('bob', 'Offline', TEN + 60 * MINUTE);
  await app.folded();
  expect(await seconds('bob')).toEqual({ logged_in_s: 3600, available_s: 3600 });
  expect(await differences()).toEqual([]);
});

test('two agents who are one: their times are united, not added', async () => {
  // Bob was available 10:00–11:00, in which Alice was on call 905 s.
  const before = await seconds('alice');
  const bob = await agentNamed('bob');
  expect(await client.post(`/agents/${bob}/merge`, { into: alice })).toMatchObject({ status: 200 });
  await settled();
  expect(await seconds('alice')).toEqual(before);
  expect(await seconds('bob')).toEqual({});
  expect(await differences()).toEqual([]);
});

test('a rebuild makes the same', async () => {
  const { core } = app.server;
  const sums = async () =>
    (
      await app.db.pool.query(
        'SELECT slot_start, agent_id, team_id, available_ms, on_call_ms, paused_ms FROM rollup_slot WHERE campaign_id = 0 AND available_ms + on_call_ms + wrap_up_ms + paused_ms > 0 ORDER BY 1, 2, 3',
      )
    ).rows;
  const before = await sums();
  await forgetFacts(core.database);
  await foldAll(core.fold, () => {});
  expect(await sums()).toEqual(before);
  expect(await differences()).toEqual([]);
});

test('an erased agent keeps time under a number; no event, mark or body names the worker', async () => {
  await activity('carol', 'Available', TEN);
  await activity('carol', 'Offline', TEN + 30 * MINUTE);
  await app.folded();
  const carol = await agentNamed('carol');
  expect(await client.post(`/agents/${carol}/erase`, { reason: 'subject_request' })).toMatchObject({ error: '' });
  expect(await seconds(`Former agent #${carol}`)).toEqual({ logged_in_s: 1800, available_s: 1800 });
  const named = await app.db.pool.query(
    `SELECT 1 FROM call_event WHERE fields::text LIKE '%carol%' UNION ALL
     SELECT 1 FROM agent_interval WHERE mark::text LIKE '%carol%' UNION ALL
     SELECT 1 FROM agent_address WHERE value LIKE '%carol%'`,
  );
  expect(named.rowCount).toBe(0);
  expect(await differences()).toEqual([]);
});

test('retention removes calls and statuses, and every sum stays', async () => {
  const before = await seconds('alice');
  const horizon = TEN + 48 * 60 * MINUTE;
  clock.set(horizon + MINUTE);
  const { rows } = await app.db.pool.query<{ key: string }>('SELECT key FROM call');
  expect(
    await removeCalls(
      app.db.pool,
      horizon,
      rows.map(({ key }) => key),
    ),
  ).toBe(1);
  expect(await seconds('alice')).toEqual(before);
  expect(await differences()).toEqual([]);
  expect(await removeOldStates(app.db.pool, horizon)).toBeGreaterThan(0);
  expect(await seconds('alice')).toEqual(before);
  expect(await differences()).toEqual([]);
  // What comes late for a settled quarter hour changes nothing.
  await activity('alice', 'Available', TEN + 5 * MINUTE);
  await activity('alice', 'Offline', TEN + 6 * MINUTE);
  await app.folded();
  expect(await seconds('alice')).toEqual(before);
  await forgetFacts(app.server.core.database);
  await foldAll(app.server.core.fold, () => {});
  expect(await seconds('alice')).toEqual(before);
  expect(await differences()).toEqual([]);
});

/** A browser of the agent. */
async function signIn(token: string): Promise<Client> {
  const headers = { 'content-type': 'application/json', 'x-tallyboard': '1', origin: app.url };
  const post = (path: string, body: object) =>
    fetch(`${app.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  await post('/links/redeem', { token, password: ADMIN.password });
  const answer = await post('/session', { email: 'alice@example.com', password: ADMIN.password });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return clientOf(app.url, { cookie, origin: app.url });
}
