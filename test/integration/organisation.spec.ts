/**
 * Proves over HTTP, on calls of signed webhooks: what of the organisation counts for the past too moves its calls at once
 * and what counts from then on moves none; what is refused is refused with its code and changes nothing; what waits for
 * somebody is listed and fixed with one request; and after each of it `verify` finds no difference.
 */
import { verify } from '../../src/cli/verify/verify.js';
import type {
  AgentDetail,
  AgentPage,
  Attention,
  CampaignView,
  Changed,
  MergePreview,
  OrganisationView,
  SiteView,
  TeamView,
} from '../../src/shared/organisation.js';
import { eventually } from '../support/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { type LegEvent, softphoneCall } from '../support/twilio.js';
import { JumpingClock } from './live-client.js';
import { type Client, clientOf, postCalls, sums } from './organisation-client.js';

const HOUR = 3_600_000;
const QUARTER = 900_000;
const clock = new JumpingClock();
let server: TestServer;
let api: Client;
let calls = 0;

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  api = clientOf(server.url);
});
afterAll(() => server.close());

const today = () => `from=${new Date(clock.now() - 40 * HOUR).toISOString().slice(0, 10)}`;
const dials = (by: string) => sums(server, `${today()}&to=2026-06-01&groupBy=${by}`, ['dials']);

/** A call of a softphone that began `ago` ms before now. */
const dial = (agent: string, ago = HOUR, talk = 60): Promise<void> =>
  postCalls(server, softphoneCall(`o${++calls}`, agent, clock.now() - ago, talk));

/** A call for which the agent's own phone was rung first. */
function clickToDial(phone: string, ago = HOUR): LegEvent[] {
  const name = `o${++calls}`;
  const at = clock.now() - ago;
  const agent = { leg: name, direction: 'outbound-api', from: '+862100000001', to: phone };
  const customer = {
    leg: `${name}c`,
    parent: name,
    direction: 'outbound-dial',
    from: '+862100000001',
    to: '+8613900002222',
  };
  return [
    { ...agent, status: 'in-progress', at, sequence: 1 },
    { ...customer, status: 'initiated', at: at + 1_000 },
    { ...customer, status: 'in-progress', at: at + 5_000, sequence: 1 },
    { ...customer, status: 'completed', at: at + 65_000, sequence: 2, duration: 60 },
    { ...agent, status: 'completed', at: at + 66_000, sequence: 2, duration: 66 },
  ];
}

async function clean(): Promise<void> {
  const report = await verify(server.db, server.server.core.keys, { bodies: true });
  expect([report.examples, report.counts.waiting]).toEqual([[], 0]);
}

async function agentNamed(name: string): Promise<AgentDetail> {
  const { body } = await api.get<AgentPage>(`/agents?search=${encodeURIComponent(name)}`);
  const found = body.agents.find((agent) => agent.name === name || agent.addresses.some(({ value }) => value === name));
  const { body: detail } = await api.get<AgentDetail>(`/agents/${found?.id}`);
  return detail;
}

async function team(name: string, more: object = {}): Promise<number> {
  const { body, error } = await api.post<Changed<TeamView>>('/teams', { name, siteId: 1, ...more });
  expect(error).toBe('');
  return body.result.id;
}

describe('teams', () => {
  test('a tree with paths; a name is free only once below the same team; no team lies below itself', async () => {
    const north = await team('North');
    const first = await team('First', { parentId: north });
    expect((await api.post('/teams', { name: ' first ', siteId: 1, parentId: north })).error).toBe('name_taken name');
    expect((await api.patch(`/teams/${north}`, { parentId: first })).error).toBe('team_circle parentId');
    expect((await api.post('/teams', { name: 'x', siteId: 99 })).error).toBe('not_found siteId');
    expect((await api.post('/teams', { name: '', siteId: 1 })).error).toBe('request_invalid name');
    expect((await api.post('/teams', { name: 'x', siteId: 1, colour: 'red' })).error).toBe('request_invalid colour');
    const { body } = await api.get<TeamView[]>('/teams');
    expect(body.map(({ path, members, isNewAgentsTeam }) => [path.join(' / '), members, isNewAgentsTeam])).toEqual([
      ['New agents', 0, true],
      ['North', 0, false],
      ['North / First', 0, false],
    ]);
  });

  test('a team with members, teams below it or new agents stays; an archived one takes nobody', async () => {
    const parent = await team('Parent');
    const below = await team('Below', { parentId: parent });
    expect((await api.patch(`/teams/${parent}`, { archived: true })).error).toBe('team_in_use archived');
    expect((await api.patch('/teams/1', { archived: true })).error).toBe('team_in_use archived');
    expect((await api.patch(`/teams/${below}`, { archived: true })).status).toBe(200);
    expect((await api.post('/agents', { name: 'Nobody', teamId: below })).error).toBe('team_archived teamId');
    expect((await api.patch(`/teams/${below}`, { archived: false })).status).toBe(200);
    const made = await api.post<Changed<AgentDetail>>('/agents', { name: 'Somebody', teamId: below });
    expect(made.status).toBe(201);
    expect((await api.patch(`/teams/${below}`, { archived: true })).error).toBe('team_in_use archived');
  });
});

describe('new agents', () => {
  test('confirming one moves all its calls to the team, from the first on', async () => {
    await dial('fei', 30 * HOUR);
    await dial('fei');
    const { body: attention } = await api.get<Attention>('/organisation/attention');
    const [found] = attention.newAgents;
    expect(attention.newAgents).toMatchObject([{ name: 'fei', team: { id: 1 }, calls: 2 }]);
    expect((await api.get<object>('/organisation/attention/count')).body).toMatchObject({ newAgents: 1 });
    const before = await dials('team');
    const south = await team('South');
    const { body } = await api.post<Changed<AgentDetail>>(`/agents/${found?.id}/confirm`, {
      name: '王飞',
      teamId: south,
    });
    expect(body.recount).toEqual({ calls: 2, done: true });
    expect(body.result).toMatchObject({ name: '王飞', status: 'active', team: { id: south }, calls: { count: 2 } });
    expect([before['New agents'], (await dials('team')).South]).toEqual(['2', '2']);
    expect((await api.post(`/agents/${found?.id}/confirm`, { name: 'x', teamId: south })).error).toBe('agent_not_new');
    await clean();
  });
});

describe('moving', () => {
  test('counts from then on: calls before keep their team, calls after have the new one', async () => {
    await dial('gao');
    const gao = await agentNamed('gao');
    const east = await team('East');
    await api.post(`/agents/${gao.id}/confirm`, { name: 'Gao', teamId: east });
    const west = await team('West');
    const refused = async (validFrom: string) =>
      (await api.post(`/agents/${gao.id}/memberships`, { teamId: west, validFrom })).error;
    expect(await refused(new Date(clock.now() - QUARTER).toISOString())).toBe('valid_from_past validFrom');
    expect(await refused('2026-12-01T00:07:00Z')).toBe('valid_from_uneven validFrom');
    expect(await refused('tomorrow')).toBe('time_invalid validFrom');

    const moved = await api.post<Changed<AgentDetail>>(`/agents/${gao.id}/memberships`, { teamId: west });
    const next = new Date((Math.floor(clock.now() / QUARTER) + 1) * QUARTER).toISOString();
    expect(moved.body.result.memberships).toMatchObject([
      { validFrom: null, team: { id: east } },
      { validFrom: next, team: { id: west } },
    ]);
    expect(moved.body.recount).toEqual({ calls: 0, done: true });
    expect(await dials('team')).toMatchObject({ East: '1' });

    // A phone system whose clock is ahead has reported a call that starts after the move.
    await dial('gao', -2 * HOUR);
    expect(await dials('team')).toMatchObject({ East: '1', West: '1' });
    const back = await api.delete<Changed<AgentDetail>>(`/agents/${gao.id}/memberships/${next}`);
    expect(back.body.recount).toEqual({ calls: 1, done: true });
    expect((await dials('team')).East).toBe('2');
    expect((await api.delete(`/agents/${gao.id}/memberships/${next}`)).error).toBe('not_found');

    await api.post(`/agents/${gao.id}/memberships`, { teamId: west, validFrom: 'now' });
    expect(await dials('team')).toMatchObject({ East: '1', West: '1' });
    const started = new Date(clock.now() - 1).toISOString();
    expect((await api.delete(`/agents/${gao.id}/memberships/${started}`)).error).toBe('version_in_force');
    await clean();
  });
});

describe('addresses', () => {
  test('a phone nobody has is listed with its calls; giving it to somebody moves them, taking it away gives them back', async () => {
    await postCalls(server, [...clickToDial('+8613712340001'), ...clickToDial('137 1234 0001')]);
    const { body: attention } = await api.get<Attention>('/organisation/attention');
    expect(attention.unresolved).toMatchObject([{ kind: 'number', label: '137****0001', calls: 2 }]);
    const numberRef = attention.unresolved[0]?.numberRef;
    const { body: made } = await api.post<Changed<AgentDetail>>('/agents', { name: 'He', teamId: 1 });
    const given = await api.post<Changed<AgentDetail>>(`/agents/${made.result.id}/addresses`, {
      kind: 'number',
      numberRef,
    });
    expect(given.body.recount).toEqual({ calls: 2, done: true });
    expect(given.body.result.addresses).toMatchObject([{ kind: 'number', value: '137****0001' }]);
    expect(await dials('agent')).toMatchObject({ He: '2' });
    expect((await api.get<Attention>('/organisation/attention')).body.unresolved).toEqual([]);
    const address = given.body.result.addresses[0]?.id;
    const removed = await api.delete<Changed<AgentDetail>>(`/agents/${made.result.id}/addresses/${address}`);
    expect(removed.body.recount).toEqual({ calls: 2, done: true });
    expect(await dials('agent')).not.toHaveProperty('He');
    // The same number as somebody would type it.
    await api.post(`/agents/${made.result.id}/addresses`, { kind: 'number', value: '0086 137-1234-0001' });
    expect(await dials('agent')).toMatchObject({ He: '2' });
    await clean();
  });

  test('one of somebody else is given only when asked for; a removed name makes a new agent again', async () => {
    await dial('ida');
    const ida = await agentNamed('ida');
    const { body: made } = await api.post<Changed<AgentDetail>>('/agents', {
      name: 'Ida',
      teamId: 1,
      addresses: [{ kind: 'sip', value: 'ida-desk' }],
    });
    const path = `/agents/${made.result.id}/addresses`;
    expect((await api.post(path, { kind: 'client', value: 'ida' })).error).toBe('address_taken value');
    expect((await api.post(path, { kind: 'number', value: 'not a number' })).error).toBe('address_invalid value');
    expect((await api.post(path, { kind: 'client' })).error).toBe('request_invalid value');
    const moved = await api.post<Changed<AgentDetail>>(path, { kind: 'client', value: 'ida', move: true });
    expect(moved.body.recount).toEqual({ calls: 1, done: true });
    expect(await dials('agent')).toMatchObject({ Ida: '1' });
    expect((await api.get<AgentDetail>(`/agents/${ida.id}`)).body.calls.count).toBe(0);
    const address = moved.body.result.addresses.find(({ value }) => value === 'ida')?.id;
    await api.delete(`${path}/${address}`);
    expect(await dials('agent')).toMatchObject({ ida: '1' });
    await clean();
  });
});

describe('merging', () => {
  test('calls, calls of others and addresses go to the one that stays, and the account with them', async () => {
    await dial('jin-old', 30 * HOUR);
    await dial('jin-old');
    await dial('jin');
    const [old, jin] = [await agentNamed('jin-old'), await agentNamed('jin')];
    const { body: preview } = await api.get<MergePreview>(`/agents/${old.id}/merge?into=${jin.id}`);
    expect(preview).toMatchObject({ calls: 2, handled: 0, movesUser: false, addresses: [{ value: 'jin-old' }] });
    const { body } = await api.post<Changed<AgentDetail>>(`/agents/${old.id}/merge`, { into: jin.id });
    expect(body.recount).toEqual({ calls: 2, done: true });
    expect(body.result.calls.count).toBe(3);
    expect(await dials('agent')).toMatchObject({ jin: '3' });
    expect((await api.get<AgentDetail>(`/agents/${old.id}`)).body).toMatchObject({
      status: 'merged',
      mergedInto: { id: jin.id },
      addresses: [],
    });
    await dial('jin-old');
    expect(await dials('agent')).toMatchObject({ jin: '4' });
    for (const [from, into] of [
      [old.id, jin.id],
      [jin.id, jin.id],
      [jin.id, old.id],
    ]) {
      expect((await api.post(`/agents/${from}/merge`, { into })).error).toBe('merge_impossible into');
    }
    expect((await api.post(`/agents/${jin.id}/merge`, { into: 0 })).error).toBe('not_found into');
    expect((await api.patch(`/agents/${old.id}`, { name: 'x' })).error).toBe('agent_gone');
    await clean();
  });
});

describe('campaigns', () => {
  test('a threshold counts from then on; a number for past and future; the currency stays once calls count', async () => {
    const { body: made } = await api.post<Changed<CampaignView>>('/campaigns', { key: 'spring', effectiveSeconds: 30 });
    const id = made.result.id;
    expect((await api.post('/campaigns', { key: 'spring' })).error).toBe('campaign_key_taken key');
    expect((await api.post('/campaigns', { key: 'two words' })).error).toBe('request_invalid key');
    expect(
      (await api.patch<Changed<CampaignView>>(`/campaigns/${id}`, { currency: 'EUR', title: '春季' })).body.result,
    ).toMatchObject({ currency: 'EUR', title: '春季', currencyEditable: true });
    await dial('kai', HOUR, 60);
    const effective = () => sums(server, `${today()}&to=2026-06-01&groupBy=campaign`, ['dials', 'effective']);
    const all = Number((await effective()).default?.split(' ')[0]);
    const numbered = await api.post<Changed<CampaignView>>(`/campaigns/${id}/numbers`, { number: '+862100000001' });
    expect(numbered.body.recount).toEqual({ calls: all, done: true });
    expect(numbered.body.result.callerNumbers).toHaveLength(1);
    expect(numbered.body.result.callerNumbers[0]?.number).toMatch(/^[^\d]?\d{0,3}\*{4}\d{2,4}$/);
    const before = await effective();
    expect(before).toEqual({ spring: `${all} ${all}` });
    expect((await api.patch(`/campaigns/${id}`, { currency: 'CNY' })).error).toBe('campaign_currency_fixed currency');
    expect((await api.post('/campaigns/1/numbers', { number: '+862100000001' })).error).toBe('number_taken number');

    const raised = await api.post<Changed<CampaignView>>(`/campaigns/${id}/versions`, { effectiveSeconds: 300 });
    expect(raised.body.result.versions.map((version) => version.effectiveSeconds)).toEqual([30, 300]);
    expect(raised.body.recount?.done).toBe(true);
    const ahead = Number(raised.body.recount?.calls);
    expect(await effective()).toEqual({ spring: `${all} ${all - ahead}` });
    const validFrom = raised.body.result.versions[1]?.validFrom;
    await api.delete(`/campaigns/${id}/versions/${validFrom}`);
    expect(await effective()).toEqual(before);
    await api.delete(`/campaigns/${id}/numbers/${numbered.body.result.callerNumbers[0]?.id}`);
    expect(await effective()).toEqual({ default: `${all} 0` });
    await clean();
  });
});

describe('sites and the organisation', () => {
  test('a zone counts from then on', async () => {
    const before = await dials('day');
    const { body } = await api.post<Changed<SiteView>>('/sites/1/versions', {
      timeZone: 'Europe/Berlin',
      dayStartMinutes: 240,
    });
    expect(body.result.versions).toMatchObject([
      { timeZone: 'Asia/Shanghai' },
      { timeZone: 'Europe/Berlin', dayStartMinutes: 240 },
    ]);
    expect((await api.post('/sites/1/versions', { timeZone: 'Middle/Earth' })).error).toBe(
      'time_zone_unknown timeZone',
    );
    expect((await api.post('/sites/1/versions', { dayStartMinutes: 7 })).error).toBe('request_invalid dayStartMinutes');
    const past = Object.keys(before).filter((day) => day < new Date(clock.now()).toISOString().slice(0, 10));
    for (const day of past) expect((await dials('day'))[day]).toBe(before[day]);
    await clean();
    const { body: made } = await api.post<Changed<SiteView>>('/sites', { name: 'Lisbon', timeZone: 'Europe/Lisbon' });
    expect(made.result).toMatchObject({ name: 'Lisbon', teams: 0, versions: [{ validFrom: null }] });
    expect((await api.post('/sites', { name: 'lisbon', timeZone: 'Europe/Lisbon' })).error).toBe('name_taken name');
  });

  test('new agents go where the organisation says', async () => {
    const desk = await team('Reception');
    const { body } = await api.patch<Changed<OrganisationView>>('/organisation', {
      name: '塔利',
      newAgentsTeamId: desk,
      trendColours: 'red_up',
    });
    expect(body.result).toMatchObject({
      name: '塔利',
      newAgentsTeam: { id: desk, name: 'Reception' },
      trendColours: 'red_up',
    });
    await dial('lin');
    expect(await agentNamed('lin')).toMatchObject({ status: 'new', team: { id: desk } });
    expect((await api.patch('/organisation', { newAgentsTeamId: 0 })).error).toBe('not_found newAgentsTeamId');
    for (const wrong of [
      { outcomeWindowMinutes: 0 },
      { outcomeWindowMinutes: 525_601 },
      { outcomeWindowMinutes: 1.5 },
    ]) {
      expect((await api.patch('/organisation', wrong)).error).toBe('request_invalid outcomeWindowMinutes');
    }
    for (const wrong of [{ callbackWindowMinutes: 0 }, { callbackWindowMinutes: 1_441 }]) {
      expect((await api.patch('/organisation', wrong)).error).toBe('request_invalid callbackWindowMinutes');
    }
    const windows = { outcomeWindowMinutes: 2_880, callbackWindowMinutes: 30 };
    const { body: changed } = await api.patch<Changed<OrganisationView>>('/organisation', windows);
    expect([changed.result, changed.recount?.done]).toEqual([expect.objectContaining(windows), true]);
    expect((await api.get<OrganisationView>('/organisation')).body).toMatchObject(windows);
  });
});

test('the list of agents: searched, filtered by team with those below, and paged without losing or repeating anybody', async () => {
  const { body: all } = await api.get<AgentPage>('/agents?limit=200');
  const names: string[] = [];
  for (let cursor = '', pages = 0; pages < 50; pages++) {
    const { body } = await api.get<AgentPage>(`/agents?limit=2&cursor=${cursor}`);
    expect(body.total).toBe(all.total);
    names.push(...body.agents.map((agent) => agent.name));
    if (body.next === null) break;
    cursor = body.next;
  }
  expect(names).toEqual(all.agents.map((agent) => agent.name));
  const found = async (query: string) =>
    (await api.get<AgentPage>(`/agents?${query}`)).body.agents.map(({ name }) => name);
  expect(await found('search=ida-desk')).toEqual(['Ida']);
  expect(await found('search=%25')).toEqual([]);
  const { body: teams } = await api.get<TeamView[]>('/teams');
  const parent = teams.find((one) => one.name === 'Parent')?.id;
  expect(await found(`team=${parent}`)).toEqual([]);
  expect(await found(`team=${parent}&below=true`)).toEqual(['Somebody']);
  expect(await found('status=merged')).toEqual(['jin-old']);
  expect((await api.get('/agents?status=gone')).error).toBe('request_invalid status.0');
  expect((await api.get('/agents?cursor=x')).error).toBe('cursor_invalid cursor');
  expect((await api.get('/agents/0')).error).toBe('not_found');
});

test('a board of this process and names on it follow a change at once', async () => {
  await dial('mei');
  const mei = await agentNamed('mei');
  await api.post(`/agents/${mei.id}/confirm`, { name: 'Mei', teamId: 1 });
  await eventually(async () => {
    const { rows } = await server.kpis(`${today()}&to=2026-06-01&groupBy=agent&kpis=dials`);
    return rows.some((row) => row.label === 'Mei');
  });
});
