/**
 * Proves on real calls: what is changed for the past too (a new agent's team, a merge, an address,
 * a caller number) moves exactly the calls it concerns; what is changed from an instant on (a move, the threshold, a
 * site's zone and day start) moves none that was made and all that are made after it; erasing a customer and removing what
 * was received move none. After each change every figure by
 * agent, team, campaign and day is what plain arithmetic over the file says, `verify` finds nothing, and the same holds
 * after a rebuild from the log. Every seventh call of the list, in two halves around the changes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetFacts } from '../../src/cli/rebuild.js';
import { callbacksOf } from '../../src/cli/replay.js';
import { callsOf } from '../../src/cli/replay-calls.js';
import { parseMapping } from '../../src/cli/replay-mapping.js';
import { parseTable } from '../../src/cli/replay-table.js';
import { verify } from '../../src/cli/verify/verify.js';
import { ManualClock } from '../../src/platform/index.js';
import type {
  AgentPage,
  CampaignView,
  Changed,
  RecountStatus,
  SiteView,
  TeamView,
} from '../../src/shared/organisation.js';
import { rawBodyOf } from '../../src/simulator/index.js';
import { translators } from '../../src/telephony/index.js';
import { carInsuranceCalls, type OutboundCall } from '../golden/oracle/outbound.mjs';
import { testDataFolder } from '../golden/test-data.mjs';
import { eventually } from '../support/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { type Client, clientOf, sums } from './organisation-client.js';

const GOLDEN = join(import.meta.dirname, '../golden');
/** Half of the calls were made before, half after. */
const CHANGED_AT = Date.parse('2024-06-15T16:05:00Z');
const END = Date.parse('2025-01-02T00:00:00Z');
const EVERY = 7;
const RANGE = 'from=2023-12-30&to=2025-01-05';
const KPIS = ['dials', 'talk_s', 'effective', 'handled'];

const clock = new ManualClock(CHANGED_AT);
let server: TestServer;
let api: Client;
let made: OutboundCall[] = [];

/** What the organisation says of a call, in this test's own words. Each change of the product changes one of these. */
const says = {
  agent: (call: OutboundCall): string => call.agent,
  team: (_agent: string, _call: OutboundCall): string => 'New agents',
  campaign: (_call: OutboundCall): string => 'default',
  effectiveFrom: (_call: OutboundCall): number => 300,
  /** Zone and hour at which a day starts. */
  day: (_team: string, _call: OutboundCall): [string, number] => ['America/New_York', 0],
};

function dateOf(epochSeconds: number, [zone, startHour]: [string, number]): string {
  // `sv-SE` writes dates as ISO does. None of these days crosses a change of clocks before its start.
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const shown = Date.parse(`${local.format(new Date(epochSeconds * 1000)).replace(' ', 'T')}Z`);
  return new Date(shown - startHour * 3_600_000).toISOString().slice(0, 10);
}

function expected(): Record<string, Record<string, string>> {
  const groups: Record<string, Record<string, number[]>> = { agent: {}, team: {}, campaign: {}, day: {} };
  for (const call of made) {
    const agent = says.agent(call);
    const team = says.team(agent, call);
    const values = [1, call.talk, call.talk >= says.effectiveFrom(call) ? 1 : 0, 1];
    const keys = { agent, team, campaign: says.campaign(call), day: dateOf(call.startAt, says.day(team, call)) };
    for (const [group, key] of Object.entries(keys)) {
      const rows = groups[group] ?? {};
      rows[key] = (rows[key] ?? [0, 0, 0, 0]).map((sum, i) => sum + (values[i] ?? 0));
    }
  }
  const text = (rows: Record<string, number[]>) =>
    Object.fromEntries(Object.entries(rows).map(([key, values]) => [key, values.join(' ')]));
  return Object.fromEntries(Object.entries(groups).map(([group, rows]) => [group, text(rows)]));
}

async function stored(): Promise<Record<string, Record<string, string>>> {
  const groups: Record<string, Record<string, string>> = {};
  for (const group of ['agent', 'team', 'campaign', 'day']) {
    groups[group] = await sums(server, `${RANGE}&groupBy=${group}`, KPIS);
  }
  return groups;
}

async function holds(): Promise<void> {
  const { core } = server.server;
  const once = async (): Promise<void> => {
    expect(await stored()).toEqual(expected());
    const report = await verify(core.database, core.keys, { bodies: false });
    expect([report.examples, report.counts.calls, report.counts.waiting]).toEqual([[], made.length, 0]);
  };
  await once();
  await forgetFacts(core.database);
  core.fold.wake();
  await server.folded();
  await once();
}

async function bring(calls: OutboundCall[], from: number, to: number): Promise<void> {
  const { core } = server.server;
  const mapping = parseMapping(readFileSync(join(GOLDEN, 'car-insurance.mapping.json'), 'utf8'), 'car-insurance');
  const table = parseTable(readFileSync(join(folder ?? '', 'carInsurance_train.csv'), 'utf8'), mapping.separator);
  const legs = callsOf(table, mapping).filter((_, i) => {
    const at = (calls[i]?.startAt ?? 0) * 1000;
    return i % EVERY === 0 && at >= from && at < to;
  });
  const options = { events: ['initiated' as const, 'completed' as const], shuffle: true, seed: '7', duplicates: 0.1 };
  const entries = [...callbacksOf(legs, mapping.account, options)].map(({ rawTarget, form }) => {
    const body = Buffer.from(rawBodyOf({ form }));
    const raw = { provider: 'twilio', kind: 'voice', target: rawTarget, body, receivedAt: clock.now() };
    return { raw, translation: translators.translate(raw, 'US') };
  });
  for (let at = 0; at < entries.length; at += 400) await core.writer.write(entries.slice(at, at + 400));
  core.fold.wake();
  await server.folded();
  made = [
    ...made,
    ...calls.filter(({ startAt }, i) => i % EVERY === 0 && startAt * 1000 >= from && startAt * 1000 < to),
  ];
}

const folder = testDataFolder('settings in time on real calls');
const suite = folder === null ? describe.skip : describe;
let all: OutboundCall[] = [];
const teams: Record<string, number> = {};
const agents: Record<string, number> = {};

beforeAll(async () => {
  if (folder === null) return;
  all = carInsuranceCalls(folder);
  server = await startTestServer({ clock, config: { orgTimeZone: 'America/New_York', orgCountry: 'US' } });
  api = clientOf(server.url);
  await bring(all, 0, CHANGED_AT);
});
afterAll(async () => {
  if (folder !== null) await server.close();
});

async function changed<T>(path: string, body: unknown): Promise<Changed<T>> {
  const reply = await api.post<Changed<T>>(path, body);
  expect(reply.error).toBe('');
  return reply.body;
}

/** Exactly so many calls moved, at once or, on a slow machine, with the rest soon after. */
async function moves(path: string, body: unknown, calls: number): Promise<void> {
  const { recount } = await changed(path, body);
  if (recount?.done !== false) expect(recount).toEqual({ calls, done: true });
  const waiting = async () => (await api.get<RecountStatus>('/organisation/recount')).body.waiting;
  await eventually(async () => (await waiting()) === 0, { withinMs: 30_000, what: 'the end of the task' });
}

const callsOfAgent = (name: string): number => made.filter((call) => call.agent === name).length;
const numberOf = (agent: string): number => Number(agent.slice('car-'.length));
const isAfter = (call: OutboundCall): boolean => call.startAt * 1000 >= CHANGED_AT;

suite('for the past too', () => {
  test('before anything is changed everybody is new', async () => {
    const { body } = await api.get<AgentPage>('/agents?status=new&limit=200');
    for (const { id, name } of body.agents) agents[name] = id;
    expect(Object.keys(agents)).toHaveLength(20);
    await holds();
  });

  test('new agents are confirmed into teams of two sites, whose days differ', async () => {
    const west = await changed<SiteView>('/sites', {
      name: 'West',
      timeZone: 'Pacific/Honolulu',
      dayStartMinutes: 240,
    });
    teams.East = (await changed<TeamView>('/teams', { name: 'East', siteId: 1 })).result.id;
    teams.West = (await changed<TeamView>('/teams', { name: 'West', siteId: west.result.id })).result.id;
    for (const [name, id] of Object.entries(agents)) {
      const team = numberOf(name) < 10 ? teams.East : teams.West;
      await moves(`/agents/${id}/confirm`, { name, teamId: team }, callsOfAgent(name));
    }
    says.team = (agent) => (numberOf(agent) < 10 ? 'East' : 'West');
    says.day = (team) => (team === 'East' ? ['America/New_York', 0] : ['Pacific/Honolulu', 4]);
    await holds();
  });

  test('merging two agents moves the calls of one to the other, into their team', async () => {
    await moves(`/agents/${agents['car-1']}/merge`, { into: agents['car-12'] }, callsOfAgent('car-1'));
    says.agent = (call) => (call.agent === 'car-1' ? 'car-12' : call.agent);
    await holds();
  });

  test('an address given to somebody else takes its calls along', async () => {
    const address = { kind: 'client', value: 'car-3', move: true };
    await moves(`/agents/${agents['car-4']}/addresses`, address, callsOfAgent('car-3'));
    const before = says.agent;
    says.agent = (call) => (call.agent === 'car-3' ? 'car-4' : before(call));
    await holds();
  });

  test('a caller number brings its calls into a campaign, with its threshold', async () => {
    const { result } = await changed<CampaignView>('/campaigns', { key: 'insurance', effectiveSeconds: 120 });
    await moves(`/campaigns/${result.id}/numbers`, { number: '+1 555 010 0000' }, made.length);
    says.campaign = () => 'insurance';
    says.effectiveFrom = () => 120;
    await holds();
  });
});

suite('from then on', () => {
  test('a move, a threshold and a zone change no call that was made', async () => {
    const now = { validFrom: 'now' };
    const campaigns = (await api.get<CampaignView[]>('/campaigns')).body;
    const insurance = campaigns.find(({ key }) => key === 'insurance')?.id;
    await moves(`/agents/${agents['car-5']}/memberships`, { ...now, teamId: teams.West }, 0);
    await holds();
    await moves(`/campaigns/${insurance}/versions`, { ...now, effectiveSeconds: 30 }, 0);
    await holds();
    const zone = { ...now, timeZone: 'Asia/Tokyo', dayStartMinutes: 360 };
    await moves('/sites/1/versions', zone, 0);
    await holds();
  });

  test('calls made after it have all of it', async () => {
    clock.set(END);
    await bring(all, CHANGED_AT, END);
    expect(made.filter(isAfter).length).toBeGreaterThan(200);
    const before = { ...says };
    says.team = (agent, call) => (agent === 'car-5' && isAfter(call) ? 'West' : before.team(agent, call));
    says.effectiveFrom = (call) => (isAfter(call) ? 30 : 120);
    says.day = (team, call) => (team === 'East' && isAfter(call) ? ['Asia/Tokyo', 6] : before.day(team, call));
    await holds();
  });

  test('an address moved back later moves its calls into the teams of their time', async () => {
    const address = { kind: 'client', value: 'car-3', move: true };
    await moves(`/agents/${agents['car-5']}/addresses`, address, callsOfAgent('car-3'));
    const before = says.agent;
    says.agent = (call) => (call.agent === 'car-3' ? 'car-5' : before(call));
    await holds();
  });
});

suite('personal data that goes', () => {
  test('a customer is erased: no call moves', async () => {
    const { rows } = await server.db.pool.query<{ id: string }>(
      "SELECT customer_id::text AS id FROM call WHERE counted AND direction = 'outbound' ORDER BY started_at LIMIT 1",
    );
    const erased = await api.post(`/customers/${rows[0]?.id}/erase`, { reason: 'subject_request' });
    expect(erased.status).toBe(200);
    await holds();
  });

  test('what was received goes after its time: no call moves', async () => {
    const bodies = async (): Promise<number | undefined> =>
      (await server.db.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM raw_body')).rows[0]?.n;
    expect(await bodies()).toBeGreaterThan(500);
    clock.advance(100 * 86_400_000);
    expect(await server.server.core.retention.run('command')).toMatchObject({ failure: null });
    expect(await bodies()).toBe(0);
    await holds();
  });
});
