/**
 * Proves: several boards at once equal the API, each for its own teams; names that a board keeps back are in no frame; a
 * changed layout reaches open screens at once; who may watch is asked again; viewers cost the database nothing.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type RunningServer, startServer } from '../../src/main.js';
import { silentLogger } from '../../src/platform/index.js';
import type { BoardView, LiveBoard } from '../../src/shared/boards.js';
import type { BoardAgent, BoardMeta, LiveScope } from '../../src/shared/live.js';
import { eventually, temporaryDirectory } from '../support/index.js';
import { SEED } from '../support/seed.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import type { Person } from './access-people.js';
import {
  everyKpi,
  figure,
  floorTile,
  keyHolder,
  layout,
  leaders,
  makeAgent,
  makeBoard,
  makeTeam,
  makeUser,
} from './boards-world.js';
import { JumpingClock, Screen } from './live-client.js';
import { Floor } from './live-floor.js';

const KEY = { authorization: `Bearer ${API_KEY}` };
const clock = new JumpingClock();
const screens: Screen[] = [];
/** Of the agent `mo`, who calls in North A; in no other text of these tests. */
const CANARY = 'Zhaocanary Xiulan';
let server: TestServer;
let floor: Floor;
let key: Person;
let north: number;
let below: number;
let south: number;
let hiddenAgent: number;

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  const { url } = server;
  floor = new Floor(server, () => clock.now());
  key = keyHolder(url);
  north = await makeTeam(url, 'North');
  below = await makeTeam(url, 'North A', north);
  south = await makeTeam(url, 'South');
  await makeAgent(url, 'ada', { name: 'Ada Lin', teamId: north });
  await makeAgent(url, 'mo', { name: CANARY, teamId: below });
  await makeAgent(url, 'chen', { name: '陈晨', teamId: south });
  hiddenAgent = await makeAgent(url, 'sid', { name: 'Sidcanary Ma', teamId: south, display: 'hidden' });
});
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close();
});
afterAll(() => server.close());

async function watching(scope: LiveScope, headers: Record<string, string> = KEY, url = server.url): Promise<Screen> {
  const screen = await Screen.open(url, { headers });
  screens.push(screen);
  expect(await screen.subscribe({ scope })).toEqual({ ok: true });
  await eventually(() => screen.frames.length > 0);
  return screen;
}

const agentsOf = (screen: Screen): BoardAgent[] =>
  Object.entries(screen.state).flatMap(([name, value]) => (name.startsWith('agent:') ? [value as BoardAgent] : []));

async function change(board: BoardView, more: Partial<BoardView>): Promise<BoardView> {
  const { id, updatedAt: _, ...definition } = { ...board, ...more };
  const answer = await key.call<BoardView>('PUT', `/boards/${id}`, definition);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

test('boards of all, of teams with those below, and of one team equal the API at the same time', async () => {
  const pages = await everyKpi(server.url);
  await makeBoard(server.url, layout('all', { pages }));
  await makeBoard(server.url, layout('north', { pages, teams: [north] }));
  await makeBoard(server.url, layout('south', { pages, teams: [south] }));
  const [all, inNorth, inSouth] = [
    await watching('board:all'),
    await watching('board:north'),
    await watching('board:south'),
  ];
  const same = async () => {
    await floor.sameAsApi(all);
    await floor.sameAsApi(inNorth, [north, below]);
    await floor.sameAsApi(inSouth, [south]);
  };
  const call = fc.record({
    agent: fc.constantFrom('ada', 'mo', 'chen', 'nobody knows'),
    talk: fc.constantFrom<number | null | undefined>(null, undefined, 4, 31),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 5 }), async (round) => {
      await Promise.all(round.map((one) => floor.dial(one)));
      await same();
    }),
    { seed: SEED, numRuns: 5, endOnFailure: true },
  );
  await floor.dial({ agent: 'ada', talk: 5 });
  await same();
  for (const screen of [all, inNorth, inSouth]) expect(screen.gaps).toBe(0);
  expect(agentsOf(inNorth).map(({ team }) => team)).not.toContain('South');
  for (const agent of agentsOf(all)) {
    expect(agent.values).toEqual({ talk_total_s: agent.talkSeconds, dials: agent.dials });
  }
  // Opened later, the same board says the same.
  const late = await watching('board:north');
  await eventually(() => isDeepStrictEqual(late.state, inNorth.state), { what: 'the same state on both' });
});

test('a board of teams elsewhere counts by their own day', async () => {
  const site = { name: 'Honolulu', timeZone: 'Pacific/Honolulu' };
  const { body } = await key.call<{ result: { id: number } }>('POST', '/sites', site);
  const team = await makeTeam(server.url, 'Islanders', null, body.result.id);
  await makeAgent(server.url, 'kai', { name: 'Kai', teamId: team });
  await makeBoard(server.url, layout('islands', { teams: [team] }));
  await makeBoard(server.url, layout('mixed', { teams: [team, south] }));
  const [islands, mixed] = [await watching('board:islands'), await watching('board:mixed')];
  await floor.dial({ agent: 'kai', talk: 11 });
  // Both boards may have been opened before the site was known to them.
  await eventually(() => (islands.state.meta as BoardMeta).timeZone === 'Pacific/Honolulu');
  await floor.sameAsApi(islands, [team]);
  const [there, here] = [islands.state.meta, mixed.state.meta] as BoardMeta[];
  expect(there).toMatchObject({ timeZone: 'Pacific/Honolulu', dayEnd: (there?.dayStart ?? 0) + 86_400_000 });
  // Teams of several zones together: the main site's day.
  expect(here?.timeZone).toBe('Asia/Shanghai');
  expect(there?.dayStart).not.toBe(here?.dayStart);
  expect(islands.state['kpi:dials']).toBe(1);
});

test('a board that asks for less is told less', async () => {
  await makeBoard(server.url, layout('lean', { pages: [{ id: 'one', tiles: [figure('a', 'dials')] }] }));
  const screen = await watching('board:lean');
  const kinds = new Set(Object.keys(screen.state).map((name) => name.replace(/^hour:\d+$/, 'hour')));
  expect([...kinds].sort()).toEqual(['board', 'hour', 'kpi-ref:dials', 'kpi:dials', 'meta']);
});

describe('names', () => {
  test.each([
    ['off', ''],
    ['initials', 'ZX'],
  ] as const)('%s: the real ones are in no frame', async (names, shown) => {
    await makeBoard(server.url, layout(`names-${names}`, { names }));
    const screen = await watching(`board:names-${names}`);
    await floor.dial({ agent: 'mo', talk: 3 });
    await floor.sameAsApiTotals(screen);
    const agent = await eventually(() => agentsOf(screen).find(({ team }) => team === 'North A'));
    expect(agent.name).toBe(shown);
    expect(screen.raw.length).toBeGreaterThan(2);
    expect(screen.raw.join('\n')).not.toMatch(/canary|xiulan|陈晨/i);
  });

  test('taken back while the board is open: it forgets them at once, and no later frame has them', async () => {
    const board = await makeBoard(server.url, layout('closing', { teams: [below] }));
    const screen = await watching('board:closing');
    await floor.dial({ agent: 'mo', talk: 3 });
    await eventually(() => JSON.stringify(screen.state).includes(CANARY));
    await change(board, { names: 'off' });
    await eventually(() => (screen.state.board as LiveBoard).names === 'off');
    await eventually(() => !JSON.stringify(screen.state).includes('canary'));
    const before = screen.raw.length;
    await floor.dial({ agent: 'mo', talk: 8 });
    await floor.sameAsApiTotals(screen, [below]);
    const seen = screen.frames.length;
    screen.resync();
    await eventually(() => screen.frames.slice(seen).some(({ kind }) => kind === 'snapshot'));
    expect(screen.raw.slice(before).join('\n')).not.toContain('canary');
  });

  test('of somebody who does not want to be shown: on no board, and in no leaderboard', async () => {
    const screen = await watching('board:default');
    await floor.dial({ agent: 'sid', talk: 6 });
    const agent = await eventually(() => screen.state[`agent:${hiddenAgent}`] as BoardAgent | undefined);
    expect([agent.name, agent.ranked]).toEqual(['', false]);
    expect(screen.raw.join('\n')).not.toContain('Sidcanary');
    expect(agentsOf(screen).find(({ name }) => name === 'Ada Lin')?.ranked).toBe(true);
  });

  test('a new wish of theirs is heard on open boards', async () => {
    const screen = await watching('board:default');
    await key.call('PATCH', `/agents/${hiddenAgent}`, { display: 'public' });
    const isShown = () => (screen.state[`agent:${hiddenAgent}`] as BoardAgent).name === 'Sidcanary Ma';
    await eventually(isShown);
    await key.call('PATCH', `/agents/${hiddenAgent}`, { display: 'hidden' });
    await eventually(() => !isShown());
  });
});

test('two agents become one, another is erased: neither is on an open board any more, and its sums are those of the API', async () => {
  const [first, second] = [
    await makeAgent(server.url, 'ivy', { name: 'Ivy Tan', teamId: south }),
    await makeAgent(server.url, 'ivy2', { name: 'Ivy Tan again', teamId: south }),
  ];
  const erased = await makeAgent(server.url, 'gone', { name: 'Gonecanary Wu', teamId: south });
  await makeBoard(server.url, layout('changing', { teams: [south] }));
  const screen = await watching('board:changing');
  for (const agent of ['ivy', 'ivy2', 'gone', 'chen']) await floor.dial({ agent, talk: 20 });
  await floor.sameAsApiTotals(screen, [south]);
  expect(agentsOf(screen).map(({ name }) => name)).toEqual(expect.arrayContaining(['Ivy Tan again', 'Gonecanary Wu']));
  expect((await key.call('POST', `/agents/${second}/merge`, { into: first })).status).toBeLessThan(300);
  expect((await key.call('POST', `/agents/${erased}/erase`, { reason: 'subject_request' })).status).toBeLessThan(300);
  await eventually(() => [second, erased].every((id) => screen.state[`agent:${id}`] === undefined));
  await eventually(() => (screen.state[`agent:${first}`] as BoardAgent).dials === 2);
  await floor.sameAsApiTotals(screen, [south]);
  expect(JSON.stringify(screen.state)).not.toMatch(/Ivy Tan again|Gonecanary/);
  const late = await watching('board:changing');
  await eventually(() => isDeepStrictEqual(late.state, screen.state), { what: 'the same state on both' });
});

test('a changed layout arrives on the open screen, with its figures and without those it dropped', async () => {
  const board = await makeBoard(server.url, layout('moving'));
  const screen = await watching('board:moving');
  expect(screen.state.board).toMatchObject({ id: 'moving', revision: 1, trendColours: expect.any(String) });
  const tiles = [figure('a', 'effective', { options: { kpi: 'effective', usual: false, target: 30 } }), leaders];
  const changed = await change(board, { name: 'Moved', theme: 'festive', pages: [{ id: 'one', tiles }] });
  await eventually(() => (screen.state.board as LiveBoard).revision === 2);
  expect(screen.state.board).toMatchObject({ name: 'Moved', theme: 'festive', pages: changed.pages });
  expect(screen.state.meta).toMatchObject({ name: 'Moved' });
  const keys = Object.keys(screen.state).filter((name) => name.startsWith('kpi'));
  expect(keys.sort()).toEqual(['kpi-pace:effective', 'kpi-ref:effective', 'kpi:effective']);
  await change(changed, { teams: [north], pages: [{ id: 'one', tiles: [...tiles, floorTile] }] });
  await eventually(() => (screen.state.board as LiveBoard).revision === 3);
  await floor.sameAsApi(screen, [north, below]);
  expect([screen.connected, screen.gaps, screen.frames.filter(({ kind }) => kind === 'snapshot').length]).toEqual([
    true,
    0,
    1,
  ]);
});

test('another process hears of a changed layout, and shows the same', async () => {
  const directory = temporaryDirectory();
  const { config, database } = server.server.core;
  const other: RunningServer = await startServer(
    { ...config, dataDir: directory.path, port: 0 },
    { database, clock, log: silentLogger },
  );
  try {
    const board = await makeBoard(server.url, layout('shared', { teams: [north] }));
    await eventually(() => other.core.board.directory.get('shared') !== undefined);
    const screen = await watching('board:shared', KEY, other.url ?? '');
    await change(board, { theme: 'light' });
    await eventually(() => (screen.state.board as LiveBoard).theme === 'light');
    await floor.dial({ agent: 'ada', talk: 9 });
    await floor.sameAsApi(screen, [north, below]);
  } finally {
    await other.close();
    directory.remove();
  }
});

describe('who may watch', () => {
  const mayOpen = async (person: Person, scope: LiveScope): Promise<boolean> => {
    const screen = await Screen.open(server.url, { headers: { cookie: person.cookie, origin: server.url } });
    screens.push(screen);
    const reply = await screen.subscribe({ scope });
    if (!reply.ok) expect([reply.code, screen.frames]).toEqual(['scope_unknown', []]);
    return reply.ok;
  };
  const watchable = async (person: Person): Promise<string[]> => {
    const { body } = await person.call<{ boards: { id: string }[] }>('GET', '/boards/watch');
    return body.boards.map(({ id }) => id);
  };

  test('a supervisor those of their teams, an agent those for everyone; nobody one that does not exist', async () => {
    await makeBoard(server.url, layout('for-north', { teams: [north] }));
    await makeBoard(server.url, layout('for-all', { audience: 'everyone' }));
    const lead = await makeUser(server, 'lead@example.com', { role: 'supervisor', teams: [north] });
    const agent = await makeUser(server, 'agent@example.com', { role: 'agent' });
    const opens = async (person: Person) => [
      await mayOpen(person, 'board:default'),
      await mayOpen(person, 'board:for-north'),
      await mayOpen(person, 'board:for-all'),
      await mayOpen(person, 'board:nowhere'),
      await mayOpen(person, 'screen'),
    ];
    expect(await opens(lead)).toEqual([false, true, true, false, false]);
    expect(await opens(agent)).toEqual([false, false, true, false, false]);
    expect(await watchable(agent)).toEqual(['for-all']);
    expect(await watchable(lead)).toEqual(expect.arrayContaining(['for-north', 'for-all']));
    expect(await watchable(lead)).not.toContain('default');
  });

  test('a board taken from everyone, or from a team, closes for those it is not for any more, and for no others', async () => {
    const board = await makeBoard(server.url, layout('narrowing', { audience: 'everyone' }));
    const agent = await makeUser(server, 'narrow@example.com', { role: 'agent' });
    const screen = await watching('board:narrowing', { cookie: agent.cookie, origin: server.url });
    const stays = await watching('board:narrowing');
    await change(board, { audience: 'scope' });
    await eventually(() => !screen.connected);
    expect([screen.revocations, stays.connected]).toEqual([['access_changed'], true]);
  });

  test('a team that moves under another one closes for those who led it', async () => {
    const team = await makeTeam(server.url, 'Wandering', south);
    await makeBoard(server.url, layout('wandering', { teams: [team] }));
    const lead = await makeUser(server, 'south@example.com', { role: 'supervisor', teams: [south] });
    const screen = await watching('board:wandering', { cookie: lead.cookie, origin: server.url });
    await key.call('PATCH', `/teams/${team}`, { parentId: north });
    await eventually(() => !screen.connected);
    expect(screen.revocations).toEqual(['access_changed']);
    expect(await mayOpen(lead, 'board:wandering')).toBe(false);
  });

  test('a deleted board closes', async () => {
    await makeBoard(server.url, layout('short-lived'));
    const screen = await watching('board:short-lived');
    expect((await key.call('DELETE', '/boards/short-lived?revision=1')).status).toBe(204);
    await eventually(() => !screen.connected);
    expect(screen.revocations).toEqual(['access_changed']);
    const again = await Screen.open(server.url, { headers: KEY });
    screens.push(again);
    expect(await again.subscribe({ scope: 'board:short-lived' })).toMatchObject({ ok: false });
  });
});

test('viewers cost the database nothing: a hundred more of an open board ask it no more than one', async () => {
  const first = await watching('board:default');
  const { pool } = server.db;
  const asked: string[] = [];
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  const watched = (...given: unknown[]): unknown => {
    const [statement] = given as [string | { text: string }];
    asked.push(typeof statement === 'string' ? statement : statement.text);
    return query(...given);
  };
  Object.assign(pool, { query: watched });
  try {
    const many = await Promise.all(Array.from({ length: 100 }, () => watching('board:default')));
    await floor.dial({ agent: 'ada', talk: 2 });
    await floor.sameAsApiTotals(first);
    await eventually(() => many.every((screen) => screen.seq === first.seq));
    await eventually(() => many.every((screen) => isDeepStrictEqual(screen.state, first.state)));
  } finally {
    Object.assign(pool, { query });
  }
  // What was asked is of the fold, of settings changed before and of what looks round now and then, the same with one viewer,
  // however long all this took; a question of each would have been asked a hundred times.
  const times = new Map<string, number>();
  for (const statement of asked) times.set(statement, (times.get(statement) ?? 0) + 1);
  expect([...times].filter(([, count]) => count >= 100)).toEqual([]);
});
