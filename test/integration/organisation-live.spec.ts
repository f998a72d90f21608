/**
 * Proves: a change of the organisation is on the boards of every process at once: names, and figures that a merge or an
 * address moves, also of a call that is still going on; what a change leaves to the worker arrives too.
 */
import { type RunningServer, startServer } from '../../src/main.js';
import { silentLogger } from '../../src/platform/index.js';
import type { AgentPage, Changed, TeamView } from '../../src/shared/organisation.js';
import { eventually, type TemporaryDirectory, temporaryDirectory } from '../support/index.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { fromScreen, JumpingClock, Screen } from './live-client.js';
import { Floor } from './live-floor.js';
import { type Client, clientOf } from './organisation-client.js';

const KEY = { authorization: `Bearer ${API_KEY}` };
const clock = new JumpingClock();
let server: TestServer;
let second: RunningServer;
let directory: TemporaryDirectory;
let screens: Screen[] = [];
let floor: Floor;
let api: Client;

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  directory = temporaryDirectory();
  const { config } = server.server.core;
  second = await startServer(
    { ...config, roles: ['api'], dataDir: directory.path },
    { database: server.db, log: silentLogger, clock },
  );
  floor = new Floor(server, () => clock.now());
  api = clientOf(server.url);
  screens = await Promise.all(
    [server.url, second.url ?? ''].map((url) => Screen.open(url, { headers: KEY, acks: true })),
  );
  for (const screen of screens) expect(await screen.subscribe()).toEqual({ ok: true });
});
afterAll(async () => {
  for (const screen of screens) screen.close();
  await second.close();
  directory.remove();
  await server.close();
});

const namesOn = (screen: Screen): string[] =>
  Object.keys((fromScreen(screen) as { agents: Record<string, unknown> }).agents).sort();

async function show(names: string[]): Promise<void> {
  for (const screen of screens) {
    await eventually(() => {
      expect(namesOn(screen)).toEqual(names);
      return true;
    });
    await floor.sameAsApi(screen);
  }
}

const idOf = async (name: string): Promise<number | undefined> =>
  (await api.get<AgentPage>(`/agents?search=${name}`)).body.agents.find((agent) => agent.name === name)?.id;

test('a name and a team', async () => {
  await floor.dial({ agent: 'nia', talk: 400 });
  await floor.dial({ agent: 'nia-home', talk: 30 });
  await show(['nia', 'nia-home']);
  const { body } = await api.post<Changed<TeamView>>('/teams', { name: 'North', siteId: 1 });
  await api.post(`/agents/${await idOf('nia')}/confirm`, { name: 'Nia', teamId: body.result.id });
  await show(['Nia', 'nia-home']);
  for (const { state } of screens) expect(JSON.stringify(state)).toContain('North');
});

test('a merge, with a call that is still going on', async () => {
  await floor.dial({ agent: 'nia-home' });
  await show(['Nia', 'nia-home']);
  await api.post(`/agents/${await idOf('nia-home')}/merge`, { into: await idOf('Nia') });
  await show(['Nia']);
  await floor.dial({ agent: 'nia-home', talk: 10 });
  await show(['Nia']);
});

test('an address that goes to somebody else', async () => {
  const { body } = await api.get<AgentPage>('/agents?search=nia-home');
  expect(body.agents.map(({ name }) => name)).toEqual(['Nia']);
  const other = await api.post<Changed<{ id: number }>>('/agents', { name: 'Omar', teamId: 1 });
  await api.post(`/agents/${other.body.result.id}/addresses`, { kind: 'client', value: 'nia-home', move: true });
  await show(['Nia', 'Omar']);
});
