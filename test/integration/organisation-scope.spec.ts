/**
 * Proves: people are seen by whoever leads the team they are in now, and by themselves: in lists, searches, exports and
 * what waits for somebody; a move takes them out of sight and leaves their calls; and every change is in the audit log
 * with ids only, in the transaction of the change.
 */
import { parse } from 'csv-parse/sync';
import type { AgentPage, Attention, TeamView } from '../../src/shared/organisation.js';
import { PEOPLE, type Person, World } from './matrix-world.js';
import { type Client, clientOf, sums } from './organisation-client.js';

let world: World;
let supervisor: Client;
let agent: Client;
let everything: Client;

beforeAll(async () => {
  world = await World.build();
  const as = async (viewer: 'supervisor' | 'agent') => {
    const [first] = await world.credentials(viewer, '');
    return clientOf(world.server.url, first?.headers ?? {});
  };
  supervisor = await as('supervisor');
  agent = await as('agent');
  everything = clientOf(world.server.url);
});
afterAll(() => world.server.close());

const names = async (client: Client, query = ''): Promise<string[]> =>
  (await client.get<AgentPage>(`/agents?${query}`)).body.agents.map(({ name }) => name);
const exported = async (client: Client): Promise<string[]> => {
  const { body } = await client.get<string>('/people/export.csv');
  return parse(body, { from: 2 }).map(([, name]) => name ?? '');
};
const nameOf = (person: Person): string => PEOPLE[person].name;

test('lists, totals, searches and exports hold the scope and nobody else', async () => {
  expect(await names(everything)).toEqual(expect.arrayContaining([nameOf('ann'), nameOf('bo'), nameOf('cy')]));
  const led = [nameOf('ann'), nameOf('bo')];
  expect([await names(supervisor), await names(agent)]).toEqual([led, [nameOf('ann')]]);
  expect((await supervisor.get<AgentPage>('/agents')).body.total).toBe(2);
  expect(await names(supervisor, `search=${encodeURIComponent(nameOf('cy'))}`)).toEqual([]);
  expect((await supervisor.get(`/agents?team=${world.teams.cy}`)).error).toBe('outside_scope team');
  expect((await supervisor.get(`/agents/${world.agents.cy}`)).error).toBe('not_found');
  expect(await exported(supervisor)).toEqual(led);
  expect((await agent.get('/people/export.csv')).error).toBe('forbidden');
  const teams = async (client: Client) => (await client.get<TeamView[]>('/teams')).body.map(({ id }) => id);
  expect([await teams(supervisor), await teams(agent)]).toEqual([[world.teams.ann, world.teams.bo], [world.teams.ann]]);
});

test('what waits for somebody is limited too', async () => {
  await world.agent(world.teams.bo, 'new');
  await world.agent(world.teams.cy, 'new');
  const seen = async (client: Client) => (await client.get<Attention>('/organisation/attention')).body;
  const mine = await seen(supervisor);
  expect([mine.newAgentsTotal, mine.newAgents.map(({ team }) => team.id)]).toEqual([1, [world.teams.bo]]);
  expect([mine.unresolved, mine.unassignedSince]).toEqual([[], null]);
  expect((await seen(agent)).newAgentsTotal).toBe(0);
  expect((await seen(everything)).newAgentsTotal).toBe(2);
});

test('a move takes somebody out of sight; the calls of before stay where they were made', async () => {
  const range = 'from=2026-05-01&to=2026-05-10&groupBy=agent';
  const read = async () => {
    const [first] = await world.credentials('supervisor', '');
    const reply = await fetch(`${world.server.url}/api/v1/kpis?${range}&kpis=dials`, { headers: first?.headers ?? {} });
    const { rows } = (await reply.json()) as { rows: { label: string; values: { dials: number } }[] };
    return rows.map(({ label, values }) => `${label} ${values.dials}`);
  };
  const before = await read();
  expect(before).toEqual([`${nameOf('ann')} ${PEOPLE.ann.calls}`, `${nameOf('bo')} ${PEOPLE.bo.calls}`]);
  const move = { teamId: world.teams.cy, validFrom: 'now' };
  expect((await everything.post(`/agents/${world.agents.bo}/memberships`, move)).status).toBe(200);
  world.clock.step(1_000);
  expect(await names(supervisor, 'status=active')).toEqual([nameOf('ann')]);
  expect((await supervisor.get(`/agents/${world.agents.bo}`)).error).toBe('not_found');
  expect(await read()).toEqual(before);
  expect(await sums(world.server, range, ['dials'])).toMatchObject({ [nameOf('bo')]: String(PEOPLE.bo.calls) });
});

test('each change is in the audit log, with ids and without a name or number of anybody', async () => {
  const spare = await world.agent(world.teams.cy, 'new');
  const { cy } = world.agents;
  await everything.patch(`/agents/${cy}`, { name: 'Somebody Secret', employedFrom: '2026-01-31' });
  await everything.post(`/agents/${cy}/addresses`, { kind: 'number', value: '+8613700009999' });
  await everything.post(`/agents/${cy}/addresses`, { kind: 'client', value: 'secret.identity' });
  await everything.post(`/agents/${cy}/leave`, { kind: 'sick', from: '2026-05-01', until: '2026-05-02' });
  await everything.post(`/agents/${spare}/confirm`, { name: 'Secret Too', teamId: world.teams.cy });
  await everything.post(`/agents/${spare}/merge`, { into: cy });
  await everything.csv('/people/import', 'name,client\r\nThird Secret,third.secret\r\n');
  const { rows } = await world.pool.query<{ action: string; subject: string; text: string }>(
    `SELECT action, concat_ws(':', subject_kind, subject_id) AS subject, concat(before, after) AS text
     FROM audit_event WHERE outcome = 'done' AND action ~ '^(agent|address|calendar|people)' ORDER BY seq`,
  );
  expect(rows.slice(-7).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
    `agent.changed agent:${cy}`,
    `address.assigned agent:${cy}`,
    `address.assigned agent:${cy}`,
    `calendar.changed agent:${cy}`,
    `agent.changed agent:${spare}`,
    `agent.merged agent:${spare}`,
    'people.imported ',
  ]);
  const all = rows.map(({ text }) => text).join('\n');
  expect(all).not.toMatch(/secret|0009999|2026-01-31|sick|Beyond|Below/i);
});

test('a change that cannot be noted is not made', async () => {
  await world.pool.query('ALTER TABLE audit_event ADD CONSTRAINT no_more CHECK (seq < 0) NOT VALID');
  try {
    const refused = await everything.patch(`/agents/${world.agents.ann}`, { name: 'Never' });
    expect(refused.status).toBeGreaterThanOrEqual(500);
    expect(await names(everything, 'search=Never')).toEqual([]);
  } finally {
    await world.pool.query('ALTER TABLE audit_event DROP CONSTRAINT no_more');
  }
});
