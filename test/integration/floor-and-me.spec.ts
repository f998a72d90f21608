/**
 * Proves: Floor equals the API, for everybody and for a supervisor's own teams, by campaign too; one's own day; what was set
 * a moment ago is there; who sees what when rights and teams change; states of agents; viewers of both cost the database nothing.
 */
import type { FloorAgent, FloorMeta, LiveScope, MyRank } from '../../src/shared/live.js';
import { FLOOR_KPIS } from '../../src/shared/live.js';
import type { TargetView } from '../../src/shared/targets.js';
import { eventually } from '../support/index.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import type { Person } from './access-people.js';
import { keyHolder, makeAgent, makeTeam, makeUser } from './boards-world.js';
import { JumpingClock, Screen } from './live-client.js';
import { Floor } from './live-floor.js';

const KEY = { authorization: `Bearer ${API_KEY}` };
/** Time in states goes on between two looks at it. */
const STILL = FLOOR_KPIS.filter((kpi) => kpi !== 'logged_in_s' && kpi !== 'occupancy');
const clock = new JumpingClock();
const screens: Screen[] = [];
let server: TestServer;
let floor: Floor;
let key: Person;
const teams = { north: 0, below: 0, south: 0 };
const agents = { ada: 0, mo: 0, chen: 0, lazy: 0 };
let lead: Person & { id: number };
let ada: Person & { id: number };

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  const { url } = server;
  floor = new Floor(server, () => clock.now());
  key = keyHolder(url);
  teams.north = await makeTeam(url, 'North');
  teams.below = await makeTeam(url, 'North A', teams.north);
  teams.south = await makeTeam(url, 'South');
  agents.ada = await makeAgent(url, 'ada', { name: 'Ada Lin', teamId: teams.north });
  agents.mo = await makeAgent(url, 'mo', { name: 'Mo Zhao', teamId: teams.below });
  agents.chen = await makeAgent(url, 'chen', { name: '陈晨', teamId: teams.south });
  agents.lazy = await makeAgent(url, 'lazy', { name: 'Lazy Lu', teamId: teams.north });
  lead = await makeUser(server, 'lead@example.com', { role: 'supervisor', teams: [teams.north] });
  ada = await makeUser(server, 'ada@example.com', { role: 'agent', agentId: agents.ada });
});
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close();
});
afterAll(() => server.close());

const headersOf = (person: Person): Record<string, string> => ({ cookie: person.cookie, origin: server.url });

async function watching(scope: LiveScope, headers: Record<string, string> = KEY): Promise<Screen> {
  const screen = await Screen.open(server.url, { headers });
  screens.push(screen);
  expect(await screen.subscribe({ scope })).toEqual({ ok: true });
  await eventually(() => screen.frames.length > 0);
  return screen;
}

const rowsOf = ({ state }: Screen): FloorAgent[] =>
  Object.entries(state).flatMap(([name, value]) => (name.startsWith('agent:') ? [value as FloorAgent] : []));
const rowOf = ({ state }: Screen, id: number): FloorAgent | undefined => state[`agent:${id}`] as FloorAgent | undefined;

/** Every row with calls, as the API tells it. */
async function sameAsApi(screen: Screen, filter = ''): Promise<void> {
  await server.folded();
  const { businessDate } = screen.state.meta as FloorMeta;
  const next = new Date(Date.parse(businessDate) + 86_400_000).toISOString().slice(0, 10);
  await eventually(
    async () => {
      const report = await server.kpis(
        `from=${businessDate}&to=${next}&groupBy=agent&kpis=${STILL.join(',')}${filter}`,
      );
      const told = report.rows.filter(({ key: id, values }) => id !== '0' && values.dials !== 0);
      const shown = rowsOf(screen).filter(({ values }) => values.dials !== 0);
      expect(Object.fromEntries(shown.map(({ id, values }) => [id, only(values)]))).toEqual(
        Object.fromEntries(told.map(({ key: id, values }) => [id, only(values)])),
      );
      return true;
    },
    { what: 'the floor to equal the API' },
  );
}

const only = (values: FloorAgent['values']) => Object.fromEntries(STILL.map((kpi) => [kpi, values[kpi]]));

test('the floor of all, of a supervisor and of a campaign equal the API; everybody employed has a row', async () => {
  const [all, own] = [await watching('floor'), await watching('floor', headersOf(lead))];
  expect(rowsOf(all).map(({ id }) => id)).toEqual(expect.arrayContaining(Object.values(agents)));
  expect(
    rowsOf(own)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([agents.ada, agents.mo, agents.lazy].sort());
  for (const [agent, talk] of [
    ['ada', 12],
    ['ada', null],
    ['mo', 400],
    ['chen', 7],
    ['mo', undefined],
  ] as const) {
    await floor.dial({ agent, talk });
  }
  await sameAsApi(all);
  await sameAsApi(own, `&team=${teams.north},${teams.below}`);
  expect(rowsOf(own).map(({ name }) => name)).not.toContain('陈晨');
  expect(own.raw.join('')).not.toContain('陈晨');
  // What a call does now follows the sums of its pass.
  await eventually(() => rowOf(own, agents.mo)?.call?.answered === true);
  expect(rowOf(own, agents.mo)).toMatchObject({ activity: 'talking', teamId: teams.below });
  expect(rowOf(own, agents.lazy)).toMatchObject({ activity: 'absent', since: null, call: null });
  const meta = own.state.meta as FloorMeta;
  expect(meta.teams).toEqual([
    { id: teams.north, name: 'North', parentId: null },
    { id: teams.below, name: 'North A', parentId: teams.north },
  ]);
  const [campaign] = meta.campaigns;
  const inCampaign = await watching(`floor:${campaign?.id ?? 0}`, headersOf(lead));
  await sameAsApi(inCampaign, `&team=${teams.north},${teams.below}&campaign=${campaign?.id}`);
  // Opened later it says the same; and nothing was missed on the way.
  const late = await watching('floor', headersOf(lead));
  expect(only(rowOf(late, agents.mo)?.values ?? {})).toEqual(only(rowOf(own, agents.mo)?.values ?? {}));
  expect([all.gaps, own.gaps]).toEqual([0, 0]);
});

test('one’s own day: figures, calls that changed, and the place in the team where it is shown', async () => {
  const me = await watching('me', headersOf(ada));
  expect(me.state).toMatchObject({ agent: { id: agents.ada }, 'kpi:dials': 2, rank: { rank: 1, of: 1 } });
  const before = me.state.calls as number;
  await floor.dial({ agent: 'ada', talk: 31 });
  await floor.dial({ agent: 'lazy', talk: null });
  await eventually(() => (me.state.calls as number) > before && me.state['kpi:dials'] === 3);
  expect((me.state.agent as FloorAgent).values.dials).toBe(3);
  expect(JSON.stringify(me.state)).not.toContain('Lazy');
  const rank = () => me.state.rank as MyRank | null;
  await eventually(() => rank()?.of === 2);
  expect(rank()).toEqual({ kpi: 'dials', rank: 1, of: 2, value: 3, gap: null });
  expect((await key.call('PATCH', `/teams/${teams.north}`, { showsRanks: false })).status).toBeLessThan(300);
  await eventually(() => rank() === null);
});

test('what is reached of a target is what somebody did anywhere, on the floor of a campaign, too', async () => {
  const all = await watching('floor');
  const made = await key.call<{ result: { id: number } }>('POST', '/campaigns', { key: 'spring' });
  const campaign = made.body.result.id;
  await eventually(() => (all.state.meta as FloorMeta).campaigns.some(({ id }) => id === campaign));
  const validFrom = (all.state.meta as FloorMeta).businessDate;
  const target = { scope: { kind: 'agent', id: agents.ada }, kpi: 'dials', period: 'day', value: 10, validFrom };
  expect((await key.call('POST', '/targets', target)).status).toBe(201);
  const inCampaign = await watching(`floor:${campaign}`);
  for (const screen of [all, inCampaign]) {
    await eventually(() => rowOf(screen, agents.ada)?.attainment === 0.3, { withinMs: 30_000 });
  }
  expect(rowOf(inCampaign, agents.ada)?.values.dials).toBe(0);
});

test('of two readings of the targets the one that began later counts, whichever ends last', async () => {
  const all = await watching('floor');
  await eventually(() => rowOf(all, agents.ada)?.attainment === 0.3, { withinMs: 30_000 });
  const { targetBook } = server.server.core;
  const real = targetBook.load.bind(targetBook);
  const ends = new Map<number | undefined, () => void>();
  // As they are read, but they end when they are told to.
  targetBook.load = async (...asked) => {
    const read = await real(...asked);
    const value = read.all().find(({ scope, kpi }) => scope.kind === 'agent' && kpi === 'dials')?.fullValue;
    await new Promise<void>((resolve) => ends.set(value, resolve));
    return read;
  };
  let [target] = (await key.call<TargetView[]>('GET', `/targets?scope=agent:${agents.ada}&kpi=dials`)).body;
  try {
    for (const value of [20, 30]) {
      const change = { value, revision: target?.revision };
      target = (await key.call<TargetView>('PATCH', `/targets/${target?.id}`, change)).body;
      await eventually(() => ends.has(value), { withinMs: 30_000 });
    }
    ends.get(30)?.();
    await eventually(() => rowOf(all, agents.ada)?.attainment === 0.1);
    ends.get(20)?.();
    // A tick later than everything that was to come of it.
    await floor.dial({ agent: 'chen', talk: 1 });
    await sameAsApi(all);
    expect(rowOf(all, agents.ada)?.attainment).toBe(0.1);
  } finally {
    targetBook.load = real;
    for (const end of ends.values()) end();
  }
});

test('whoever was just made has their own day at once, and is on the floor', async () => {
  for (const name of ['nova', 'otto', 'pia']) {
    const id = await makeAgent(server.url, name, { name, teamId: teams.south });
    const own = await makeUser(server, `${name}@example.com`, { role: 'agent', agentId: id });
    expect((await watching('me', headersOf(own))).state).toMatchObject({ agent: { id, name } });
    const all = await watching('floor');
    // Others may be watching it already: then it comes with their next tick.
    await eventually(() => rowOf(all, id)?.teamId === teams.south);
  }
});

test('whoever leads other teams sees the other floor at once; whose rights end is shown out', async () => {
  const screen = await watching('floor', headersOf(lead));
  expect(rowOf(screen, agents.chen)).toBeUndefined();
  const move = (parentId: number | null) => key.call('PATCH', `/teams/${teams.south}`, { parentId });
  const before = screen.frames.length;
  expect((await move(teams.north)).status).toBeLessThan(300);
  await eventually(() => rowOf(screen, agents.chen) !== undefined);
  expect(screen.frames.slice(before)).toContainEqual(expect.objectContaining({ kind: 'snapshot', scope: 'floor' }));
  await move(null);
  await eventually(() => rowOf(screen, agents.chen) === undefined);
  await key.call('PATCH', `/users/${lead.id}`, { role: 'agent', teams: [] });
  await eventually(() => !screen.connected);
});

test('viewers of both cost the database nothing while calls come in', async () => {
  const open = await Promise.all([watching('floor'), watching('floor:1'), watching('me', headersOf(ada))]);
  await floor.dial({ agent: 'ada', talk: 3 });
  await server.folded();
  const { pool } = server.db;
  const queries: string[] = [];
  const { query } = pool;
  // What looks for overdue callbacks and forgotten calls now and then is no viewer, and asks the same tables.
  const { callbacks, stale } = server.server.core;
  await Promise.all([callbacks.stop(), stale.stop()]);
  // Everything the process asks while nothing is folded: the sweep of the fold, and nothing of a viewer's.
  pool.query = ((...args: Parameters<typeof query>) => {
    const [asked] = args as unknown[];
    queries.push(typeof asked === 'string' ? asked : String((asked as { text?: string }).text));
    return query.apply(pool, args);
  }) as typeof query;
  try {
    const heard = open.map(({ heartbeats }) => heartbeats.length);
    await eventually(() => open.every(({ heartbeats }, at) => heartbeats.length >= (heard[at] ?? 0) + 2));
  } finally {
    pool.query = query;
  }
  // Looked at every ten seconds and twice a minute, whoever watches: targets changed elsewhere, calls to listed numbers.
  const ofAll = /target_version|resolution_task|do_not_call_change/;
  const ofViewers = queries.filter(
    (text) => /\b(rollup_|FROM call\b|agent_presence|outcome|target)/.test(text) && !ofAll.test(text),
  );
  expect(ofViewers).toEqual([]);
});
