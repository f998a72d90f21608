/**
 * Proves My day over HTTP: one's own calls of a day, running ones first, also those one only talked in, with one's own
 * outcomes and nobody else's; promised callbacks as they become due, are kept and are missed; best hours against sums
 * added up here; and the answer to whoever is no agent.
 */
import type { BestHours, MyCallbacks, MyCalls } from '../../src/shared/me.js';
import type { OutcomeInput } from '../../src/shared/outcomes.js';
import { eventually } from '../support/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned, sid } from '../support/twilio.js';
import type { Person } from './access-people.js';
import { makeAgent, makeTeam, makeUser } from './boards-world.js';
import { JumpingClock } from './live-client.js';
import { clientOf } from './organisation-client.js';

const MINUTE = 60_000;
const clock = new JumpingClock();
/** Four hours of calling. */
const hoursFrom = (hour: number) => ({ startMinutes: hour * 60, endMinutes: (hour + 4) * 60 });
let server: TestServer;
let ann: Person;
let bo: Person;
let lead: Person;
const agents = { ann: 0, bo: 0, cy: 0, di: 0 };

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  const { url } = server;
  const team = await makeTeam(url, 'North');
  for (const name of ['ann', 'bo', 'cy', 'di'] as const) {
    agents[name] = await makeAgent(url, name, { name, teamId: team });
  }
  ann = await makeUser(server, 'ann@example.com', { role: 'agent', agentId: agents.ann });
  bo = await makeUser(server, 'bo@example.com', { role: 'agent', agentId: agents.bo });
  lead = await makeUser(server, 'lead@example.com', { role: 'supervisor', teams: [team] });
});
afterAll(() => server.close());

const post = async (event: LegEvent): Promise<void> => {
  const { status } = await postSigned(server.url, '/webhooks/twilio/voice', callback(event));
  expect(status).toBeLessThan(300);
};

interface Dial {
  agent: string;
  /** Minutes before now. */
  ago: number;
  to: string;
  /** Seconds; null: still talking. */
  talk: number | null;
  /** Who takes the call over on a leg of their own. */
  closer?: string;
}

async function dial(name: string, { agent, ago, to, talk, closer }: Dial): Promise<void> {
  const at = clock.now() - ago * MINUTE;
  const root = { leg: name, direction: 'inbound', from: `client:${agent}`, to };
  const customer = { leg: `${name}c`, parent: name, direction: 'outbound-dial', from: '+862100000001', to };
  const took = { leg: `${name}x`, parent: name, direction: 'outbound-dial', from: to, to: `client:${closer}` };
  const end = at + 5_000 + (talk ?? 0) * 1_000;
  await post({ ...root, status: 'in-progress', at });
  await post({ ...customer, status: 'initiated', at });
  await post({ ...customer, status: 'in-progress', at: at + 5_000 });
  if (closer !== undefined) {
    await post({ ...took, status: 'in-progress', at: at + 10_000 });
    await post({ ...took, status: 'completed', at: end, duration: 20 });
  }
  if (talk === null) return;
  await post({ ...customer, status: 'completed', at: end, duration: talk });
  await post({ ...root, status: 'completed', at: end, duration: talk });
}

/** Nobody's session goes idle on the way. */
async function jump(minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 20) {
    clock.jump(Math.min(left, 20) * MINUTE);
    for (const person of [ann, bo, lead]) expect(await person.isIn()).toBe(true);
  }
}

/** As the page of one person sends it. */
async function enter(person: Person, outcome: OutcomeInput): Promise<void> {
  expect(await person.call('POST', '/outcomes', outcome)).toMatchObject({
    status: 200,
    body: [{ result: 'accepted' }],
  });
  await server.folded();
}

const myCalls = async (person: Person, query = ''): Promise<MyCalls> =>
  (await person.call<MyCalls>('GET', `/me/calls${query}`)).body;
const myCallbacks = async (person: Person): Promise<MyCallbacks> =>
  (await person.call<MyCallbacks>('GET', '/me/callbacks')).body;

test('own calls, running ones first, each with one’s own outcomes', async () => {
  await dial('a1', { agent: 'ann', ago: 30, to: '+8613800001111', talk: 90 });
  await dial('a2', { agent: 'ann', ago: 20, to: '+8613800002222', talk: null });
  await dial('a3', { agent: 'ann', ago: 10, to: '+8613800003333', talk: 40, closer: 'bo' });
  await dial('b1', { agent: 'bo', ago: 5, to: '+8613800004444', talk: 60 });
  await server.folded();
  const sold = { agentId: agents.ann, call: sid('a1'), disposition: 'sale', note: 'two cars' };
  await enter(ann, { externalId: 'ann-1', version: 1, ...sold, sale: { amountMinor: 388_000 } });
  await enter(bo, { externalId: 'bo-3', version: 1, agentId: agents.bo, call: sid('a3'), disposition: 'interested' });

  const own = await myCalls(ann);
  expect(own).toMatchObject({ agentId: agents.ann, date: '2026-05-05', timeZone: 'Asia/Shanghai', more: false });
  expect(own.calls.map(({ id }) => id)).toEqual([sid('a2'), sid('a3'), sid('a1')]);
  expect(own.calls[0]).toMatchObject({ endedAt: null, customer: '138****2222', currency: 'CNY', outcomes: [] });
  expect(own.calls[2]?.outcomes).toMatchObject([
    {
      externalId: 'ann-1',
      id: 'me|ann-1',
      disposition: { key: 'sale', name: { en: 'Sale', zh: '成交' } },
      sale: { amountMinor: 388_000, currency: 'CNY' },
      note: 'two cars',
      customer: '138****1111',
      version: 1,
      cancelled: false,
    },
  ]);
  // The colleague who took it over has it, too, with their own word on it; the other half is not theirs to see.
  const theirs = await myCalls(bo);
  expect(theirs.calls.map(({ id, outcomes }) => [id, outcomes.map(({ externalId }) => externalId)])).toEqual([
    [sid('b1'), []],
    [sid('a3'), ['bo-3']],
  ]);
  expect(own.calls[1]?.outcomes).toEqual([]);

  await enter(ann, { externalId: 'ann-1', version: 2, cancelled: true });
  expect((await myCalls(ann)).calls[2]?.outcomes).toMatchObject([{ cancelled: true, version: 2 }]);
  expect((await myCalls(ann, '?date=2026-05-04')).calls).toEqual([]);
});

test('callbacks: to come, due, kept by a dial, missed, and gone when somebody dialled after all', async () => {
  const due = clock.now() + 60 * MINUTE;
  const promise = (externalId: string, call: string, at: number): OutcomeInput => ({
    externalId,
    agentId: agents.ann,
    call: sid(call),
    disposition: 'callback',
    callbackAt: new Date(at).toISOString(),
  });
  await enter(ann, { ...promise('cb-1', 'a1', due), note: 'after lunch' });
  await enter(ann, promise('cb-3', 'a3', due + 5 * MINUTE));
  const states = async (): Promise<[string, string][]> =>
    (await myCallbacks(ann)).callbacks.map(({ externalId, state }) => [externalId, state]);
  expect(await states()).toEqual([
    ['cb-1', 'open'],
    ['cb-3', 'open'],
  ]);
  expect((await myCallbacks(ann)).callbacks[0]).toMatchObject({
    outcomeId: 'me|cb-1',
    at: new Date(due).toISOString(),
    customer: '138****1111',
    note: 'after lunch',
  });
  expect((await myCallbacks(bo)).callbacks).toEqual([]);
  await jump(55);
  expect(await states()).toEqual([
    ['cb-1', 'due'],
    ['cb-3', 'due'],
  ]);
  await dial('back', { agent: 'ann', ago: 0, to: '+8613800001111', talk: 30 });
  await server.folded();
  expect((await states())[0]).toEqual(['cb-1', 'kept']);
  await jump(40);
  expect((await states())[1]).toEqual(['cb-3', 'missed']);
  // Once the window is over for good, a late dial takes it off the list.
  await dial('late', { agent: 'bo', ago: 0, to: '+8613800003333', talk: 30 });
  await eventually(async () => (await states()).every(([id]) => id !== 'cb-3'), { withinMs: 20_000 });
});

test('best hours: own and the team’s sums by hour of the day, of complete days, honest about few calls', async () => {
  const { pool } = server.db;
  // Ann, 20 days: 10 dials and 6 connects at 10, 10 and 2 at 14, 1 and 1 at 16 of the first day alone.
  const insert = `INSERT INTO rollup_slot (slot_start, business_date, agent_id, team_id, campaign_id, dials, connects, sales)
    VALUES ($1::timestamptz, $2::date, $3, $4, 1, $5, $6, $7)`;
  const day = `INSERT INTO rollup_day (business_date, agent_id, team_id, campaign_id, dials) VALUES ($1::date, $2, $3, 1, $4)`;
  const { rows } = await pool.query<{ team: number }>(
    'SELECT team_id AS team FROM team_membership WHERE agent_id = $1',
    [agents.ann],
  );
  const team = rows[0]?.team;
  for (let n = 1; n <= 20; n++) {
    const date = new Date(Date.parse('2026-05-05') - n * 86_400_000).toISOString().slice(0, 10);
    await pool.query(insert, [`${date}T10:15+08`, date, agents.ann, team, 10, 6, 1]);
    await pool.query(insert, [`${date}T14:45+08`, date, agents.ann, team, 10, 2, 0]);
    if (n === 1) await pool.query(insert, [`${date}T16:00+08`, date, agents.ann, team, 1, 1, 0]);
    for (const other of [agents.bo, agents.cy]) {
      await pool.query(insert, [`${date}T10:00+08`, date, other, team, 5, 2, 0]);
      await pool.query(day, [date, other, team, 5]);
    }
  }
  const hours = async () => (await ann.call<BestHours>('GET', '/me/best-hours')).body;
  const two = await hours();
  expect(two).toMatchObject({ from: '2026-04-07', until: '2026-05-05', timeZone: 'Asia/Shanghai' });
  // Today's calls are not in it; two colleagues could be told apart, so there is no team.
  expect(two.total).toMatchObject({ own: { dials: 401, connects: 161, sales: 20 }, team: null });
  expect(two.hours.map(({ hour, own }) => [hour, own.dials, own.connects, own.sales])).toEqual([
    [10, 200, 120, 20],
    [14, 200, 40, 0],
    [16, 1, 1, 0],
  ]);
  expect(two.hours[2]?.own.connectRate).toBeNull();
  expect(two.hours[0]?.own.connectRate?.value).toBe(0.6);
  // 60 % of 200 lies between 53.1 % and 66.5 % (Wilson), above the 40.1 % of all hours.
  expect(two.hours[0]?.own.connectRate?.low).toBeCloseTo(0.5308, 3);
  expect(two.hours[0]?.own.connectRate?.high).toBeCloseTo(0.6654, 3);
  expect([two.bestConnect, two.bestConversion]).toEqual([10, null]);
  // It is Tuesday: an hour that is inside at weekends only is not recommended.
  const [morning, afternoon] = [hoursFrom(9), hoursFrom(13)];
  const api = clientOf(server.url);
  for (const [callingHours, best] of [
    [{ weekdays: afternoon, weekends: morning }, null],
    [{ weekdays: morning, weekends: afternoon }, 10],
  ] as const) {
    expect((await api.patch('/organisation', { callingHours })).error).toBe('');
    expect((await hours()).bestConnect).toBe(best);
  }
  await pool.query(day, ['2026-05-01', agents.di, team, 3]);
  // 2 colleagues × 20 days × 5 dials, 2 connects.
  expect((await hours()).hours[0]?.team).toMatchObject({ dials: 200, connects: 80 });
});

test('whoever is no agent is told so; a wrong date is named', async () => {
  for (const path of ['/me/calls', '/me/callbacks', '/me/best-hours']) {
    const { status, code } = await lead.call('GET', path);
    expect([path, status, code]).toEqual([path, 404, 'not_an_agent']);
  }
  for (const [query, code] of [
    ['?date=yesterday', 'request_invalid'],
    ['?date=0000-01-01', 'request_invalid'],
    ['?when=2026-05-05', 'parameter_unknown'],
  ]) {
    const answer = await ann.call('GET', `/me/calls${query}`);
    expect([query, answer.status, answer.code]).toEqual([query, 400, code]);
  }
});
