/** A planned organisation in a server of its own, people who look at it, and files as text, for the proof of scope. */
import { createHash, randomBytes } from 'node:crypto';
import { ManualClock } from '../../src/platform/index.js';
import type { OracleEvent } from '../oracle/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { unzip } from '../support/unzip.js';
import { Person } from './access-people.js';
import { entryOf } from './fold-database.js';
import { type Client, clientOf } from './organisation-client.js';
import { pdfWords } from './report-readers.js';
import {
  agentName,
  campaignName,
  dayAt,
  eventsOf,
  movesOf,
  NOW,
  outcomesOf,
  type Plan,
  type PlannedOutcome,
  teamName,
} from './scope-plans.js';

const HOUR = 3_600_000;
export const teamId = (index: number): number => 101 + index;
export const agentId = (index: number): number => 201 + index;
const campaignId = (index: number): number => 301 + index;

export interface ScopeWorld {
  server: TestServer;
  supervisor: Person;
  /** Of the supervisor's teams, for everything there is to read. */
  key: Person;
  /** All rows of a set of the OData feed, read with that key. */
  feed(set: string): Promise<Record<string, unknown>[]>;
  agent: Person;
  ops: Person;
  close(): Promise<void>;
}

/** With April 2026 closed before what is late came in. */
export async function scopeWorld(plan: Plan): Promise<ScopeWorld> {
  const server = await startTestServer({
    clock: new ManualClock(NOW),
    config: { orgTimeZone: 'Asia/Shanghai', orgCurrency: 'CNY', orgCountry: 'CN', exportsPerPerson: 100 },
  });
  try {
    await furnish(server, plan);
    const authorization = await keyOf(server, plan.leads.map(teamId));
    return {
      server,
      key: new Person(server.url, { authorization }),
      feed: (set) => feedOf(server, set, authorization),
      supervisor: await person(server, 'supervisor', { teams: plan.leads.map(teamId) }),
      agent: await person(server, 'agent', { agent: agentId(plan.self) }),
      ops: await person(server, 'ops', {}),
      close: () => server.close(),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function furnish(server: TestServer, plan: Plan): Promise<void> {
  const api = clientOf(server.url);
  await organisation(server, plan);
  await targets(api, plan);
  const outcomes = outcomesOf(plan);
  for (const late of [false, true]) {
    await log(
      server,
      plan.calls.flatMap((call, index) => (call.late === late ? eventsOf(call, index) : [])),
    );
    await tell(
      server,
      api,
      outcomes.filter((one) => one.late === late),
    );
    if (!late) expect((await api.post('/periods/close', { month: '2026-04' })).error).toBe('');
  }
}

async function organisation({ db: { pool } }: TestServer, { parents, agents }: Plan): Promise<void> {
  for (const [index, parent] of parents.entries()) {
    await pool.query('INSERT INTO team (id, name, site_id, parent_id) VALUES ($1, $2, 1, $3)', [
      teamId(index),
      teamName(index),
      parent === null ? null : teamId(parent),
    ]);
  }
  for (const [index, agent] of agents.entries()) {
    const [id, name] = [agentId(index), agentName(index)];
    await pool.query(`INSERT INTO agent (id, name, status) VALUES ($1, $2, 'active')`, [id, name]);
    await pool.query(`INSERT INTO agent_address VALUES ('identity', $1, $2)`, [name.toLowerCase(), id]);
    await pool.query(`INSERT INTO team_membership VALUES ($1, '-infinity', $2)`, [id, teamId(agent.team)]);
    for (const { day, team } of movesOf(agent)) {
      await pool.query('INSERT INTO team_membership VALUES ($1, $2, $3)', [id, new Date(dayAt(day)), teamId(team)]);
    }
  }
  for (const index of [0, 1, 2, 3]) {
    const id = campaignId(index);
    await pool.query(`INSERT INTO campaign (id, name, currency) VALUES ($1, $2, 'CNY')`, [id, campaignName(index)]);
    await pool.query(`INSERT INTO campaign_version (campaign_id, valid_from) VALUES ($1, '-infinity')`, [id]);
  }
  await pool.query('UPDATE organisation SET version = version + 1');
}

/** Of everybody and of each, so that whoever may see some of them could see too many. */
async function targets(api: Client, { parents, agents }: Plan): Promise<void> {
  const whose = [
    { kind: 'organisation' },
    ...parents.map((_, index) => ({ kind: 'team', id: teamId(index) })),
    ...agents.map((_, index) => ({ kind: 'agent', id: agentId(index) })),
  ];
  for (const scope of whose) {
    const target = { scope, kpi: 'dials', period: 'month', value: 20, validFrom: '2026-04-01' };
    expect((await api.post('/targets', target)).error).toBe('');
  }
}

async function log(server: TestServer, events: readonly OracleEvent[]): Promise<void> {
  const entries = events.map((event, index) => entryOf(event, NOW - HOUR + index));
  for (let at = 0; at < entries.length; at += 500) await server.server.core.writer.write(entries.slice(at, at + 500));
  await server.folded();
}

async function tell(server: TestServer, api: Client, outcomes: readonly PlannedOutcome[]): Promise<void> {
  const wishes = outcomes.map((one) => ({
    externalId: `o${one.call}`,
    call: `k${one.call}`,
    agentId: agentId(one.agent),
    at: new Date(one.at).toISOString(),
    disposition: one.said,
    ...(one.said === 'sale' ? { sale: { amountMinor: one.amountMinor } } : {}),
    ...(one.said === 'callback' ? { callbackAt: new Date(one.callbackAt).toISOString() } : {}),
  }));
  expect((await api.post('/outcomes', wishes)).error).toBe('');
  await server.folded();
  // Otherwise it looks every so often which callbacks are over.
  await server.server.core.callbacks.run();
  await server.folded();
}

async function person(
  { db: { pool }, url }: TestServer,
  role: string,
  { teams = [], agent = null }: { teams?: number[]; agent?: number | null },
): Promise<Person> {
  const { rows } = await pool.query<{ id: number }>(
    'INSERT INTO app_user (email, name, role, agent_id) VALUES ($1, $2, $2, $3) RETURNING id',
    [`${role}@scope.example.com`, role, agent],
  );
  for (const team of teams) await pool.query('INSERT INTO user_team VALUES ($1, $2)', [rows[0]?.id, team]);
  const secret = randomBytes(32).toString('base64url');
  await pool.query(
    'INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)',
    [createHash('sha256').update(secret).digest(), rows[0]?.id, new Date(NOW), new Date(NOW + 10 * HOUR)],
  );
  const made = new Person(url);
  made.cookie = `tallyboard=${secret}`;
  return made;
}

async function keyOf({ url }: TestServer, teams: number[]): Promise<string> {
  const scopes = ['kpis:read', 'calls:read', 'outcomes:read', 'people:read', 'exports:make'];
  const wish = { name: 'workbook', scopes, teams, ratePerMinute: 60_000 };
  const { status, body } = await clientOf(url).post<{ secret: string }>('/keys', wish);
  expect(status).toBe(201);
  return `Bearer ${body.secret}`;
}

async function feedOf({ url }: TestServer, set: string, authorization: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${url}/odata/v4/${set}`, { headers: { authorization } });
  expect([set, response.status]).toEqual([set, 200]);
  const page = (await response.json()) as { value: Record<string, unknown>[]; '@odata.nextLink'?: string };
  // One page holds all there is in these organisations.
  expect([set, page['@odata.nextLink']]).toEqual([set, undefined]);
  return page.value;
}

const isZip = (file: Buffer): boolean => file.subarray(0, 2).toString('latin1') === 'PK';

/** Everything a file says, whichever it is: of workbooks every part of them, of several tables all. */
export async function textOf(file: Buffer): Promise<string> {
  if (file.subarray(0, 4).toString('latin1') === '%PDF') return (await pdfWords(file)).text;
  if (!isZip(file)) return file.toString('utf8');
  return [...unzip(file)].map(([name, content]) => `${name}\n${content.toString('utf8')}`).join('\n');
}
