/**
 * Proves: in whatever order the database's answers arrive, what is live ends as the newest of them says: what somebody may
 * watch, who was let in while their session ended, a day that changed while it was read.
 */

import type { FloorAgent } from '../../src/shared/live.js';
import { holdAnswer } from '../support/held-answer.js';
import { eventually } from '../support/index.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import type { Person } from './access-people.js';
import { keyHolder, makeAgent, makeTeam, makeUser } from './boards-world.js';
import { JumpingClock, Screen } from './live-client.js';
import { Floor } from './live-floor.js';

/** What only the look at a session, and only the reading of a day's calls, asks. */
const SESSION = 'FROM session';
const CALLS = 'FROM call WHERE ended_at IS NULL';
const clock = new JumpingClock();
const screens: Screen[] = [];
let server: TestServer;
let floor: Floor;
let key: Person;
let lead: Person & { id: number };
const teams = { north: 0, south: 0 };
const agents = { ada: 0, chen: 0 };

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  const { url } = server;
  floor = new Floor(server, () => clock.now());
  key = keyHolder(url);
  teams.north = await makeTeam(url, 'North');
  teams.south = await makeTeam(url, 'South');
  agents.ada = await makeAgent(url, 'ada', { name: 'Ada Lin', teamId: teams.north });
  agents.chen = await makeAgent(url, 'chen', { name: '陈晨', teamId: teams.south });
  lead = await makeUser(server, 'lead@example.com', { role: 'supervisor', teams: [teams.north] });
});
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close();
});
afterAll(() => server.close());

async function open(headers: Record<string, string>): Promise<Screen> {
  const screen = await Screen.open(server.url, { headers });
  screens.push(screen);
  return screen;
}

async function watching(headers: Record<string, string>): Promise<Screen> {
  const screen = await open(headers);
  expect(await screen.subscribe({ scope: 'floor' })).toEqual({ ok: true });
  await eventually(() => screen.frames.length > 0);
  return screen;
}

const ofKey = { authorization: `Bearer ${API_KEY}` };
const ofLead = (): Record<string, string> => ({ cookie: lead.cookie, origin: server.url });
const rowOf = ({ state }: Screen, id: number): FloorAgent | undefined => state[`agent:${id}`] as FloorAgent | undefined;

const isTalking = (screen: Screen): boolean => rowOf(screen, agents.ada)?.call?.answered === true;

/** As another process of the installation tells this one. */
const signal = (name: string) =>
  server.db.pool.query('SELECT pg_notify($1, $2)', ['tallyboard', `${name}:somebody-else`]);

/** Ada dials and talks on; `end`: nobody believes that any more, and it was another process that found out. */
async function talking(screen: Screen): Promise<{ end: () => Promise<unknown> }> {
  await floor.dial({ agent: 'ada' });
  await server.folded();
  await eventually(() => isTalking(screen));
  const end = () => server.db.pool.query('UPDATE call SET stale = true WHERE ended_at IS NULL');
  return { end };
}

test('a look at somebody’s rights that began before they were given others does not undo the later one', async () => {
  const screen = await watching(ofLead());
  const held = holdAnswer(server.db.pool, SESSION);
  await signal('sessions');
  await held.there;
  const { status } = await key.call('PATCH', `/teams/${teams.south}`, { parentId: teams.north });
  expect(status).toBe(200);
  // Anything else this process is asked: by then the later look has ended, were it not to wait, and so has the earlier one.
  await key.call('GET', '/teams');
  held.release();
  await key.call('GET', '/teams');
  await eventually(() => rowOf(screen, agents.chen) !== undefined);
  expect(screen.connected).toBe(true);
});

test('whose session ends while they connect is shown out', async () => {
  const held = holdAnswer(server.db.pool, SESSION);
  const opening = open(ofLead());
  await held.there;
  expect((await key.call('DELETE', `/users/${lead.id}/sessions`)).status).toBeLessThan(300);
  held.release();
  const screen = await opening;
  await eventually(() => !screen.connected);
  expect(screen.revocations).toEqual(['session_ended']);
});

test('what another process commits while a day is read is caught up with afterwards', async () => {
  const screen = await watching(ofKey);
  const { end } = await talking(screen);
  const { board } = server.server.core;
  const held = holdAnswer(server.db.pool, CALLS);
  board.reload();
  await held.there;
  await end();
  await board.settingsChanged();
  held.release();
  await eventually(() => !isTalking(screen));
});

test('a day that is thrown away while it is read is read once more', async () => {
  const screen = await watching(ofKey);
  const { end } = await talking(screen);
  const { board } = server.server.core;
  const held = holdAnswer(server.db.pool, CALLS);
  board.reload();
  await held.there;
  await end();
  board.reload();
  held.release();
  await eventually(() => !isTalking(screen));
});
