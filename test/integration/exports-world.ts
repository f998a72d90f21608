/** A server with two teams, people of several roles and some calls, for proofs about exports. Oracle: plain SQL and HTTP. */
import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../../src/platform/index.js';
import { inTransaction, ManualClock } from '../../src/platform/index.js';
import type { ExportRequest, ExportView } from '../../src/shared/exports.js';
import { eventually } from '../support/index.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { type Answer, Person } from './access-people.js';

export const NOW = Date.parse('2026-11-22T04:00:00Z');
export const CALLS: ExportRequest['source'] = { kind: 'calls', query: '' };

export interface ExportsWorld {
  server: TestServer;
  clock: ManualClock;
  /** Somebody signed in: a role, with team 10 for supervisors and agent 50 for agents. */
  person(role: string, more?: { seesNumbers?: boolean }): Promise<Person & { userId: number }>;
  close(): Promise<void>;
}

export async function exportsWorld(config: Partial<Config> = {}): Promise<ExportsWorld> {
  const clock = new ManualClock(NOW);
  const server = await startTestServer({ clock, config });
  try {
    return await furnished(server, clock);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function furnished(server: TestServer, clock: ManualClock): Promise<ExportsWorld> {
  const { pool } = server.db;
  await pool.query(`
    INSERT INTO team (id, name, site_id) VALUES (10, 'North', 1), (20, 'South', 1);
    INSERT INTO agent (id, name, status) VALUES (50, 'Ann', 'active'), (51, '=cmd|calc', 'active'), (60, '小王', 'active');
    INSERT INTO team_membership (agent_id, valid_from, team_id)
      VALUES (50, '-infinity', 10), (51, '-infinity', 10), (60, '-infinity', 20)`);
  await insertCalls(server, 100);
  let made = 0;
  return {
    server,
    clock,
    person: async (role, { seesNumbers = false } = {}) => {
      made += 1;
      const { rows } = await pool.query<{ id: number }>(
        `INSERT INTO app_user (email, name, role, agent_id, sees_numbers) VALUES ($1, $1, $2, $3, $4) RETURNING id`,
        [`${role}-${made}@example.com`, role, role === 'agent' ? 50 : null, seesNumbers],
      );
      const userId = rows[0]?.id ?? 0;
      if (role === 'supervisor') await pool.query('INSERT INTO user_team VALUES ($1, 10)', [userId]);
      const id = randomBytes(32).toString('base64url');
      await pool.query(
        'INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $4)',
        [createHash('sha256').update(id).digest(), userId, new Date(NOW), new Date(NOW + 300 * 86_400_000)],
      );
      const person = new Person(server.url);
      person.cookie = `tallyboard=${id}`;
      return Object.assign(person, { userId });
    },
    close: () => server.close(),
  };
}

/**
 * Facts by SQL, newest last: every third of South, every seventh unassigned, numbers of 20 people. Newer than those before.
 */
export async function insertCalls({ db, server }: Pick<TestServer, 'db' | 'server'>, count: number): Promise<void> {
  const numbers = Array.from({ length: 20 }, (_, i) => `+86138000012${String(i).padStart(2, '0')}`);
  const refs = await inTransaction(db.pool, (tx) => server.core.numbers.surrogates(tx, numbers));
  await insertCallsOf(db, [...refs.values()], count);
}

export async function insertCallsOf(db: TestServer['db'], customers: string[], count: number): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    await client.query(
      `INSERT INTO call (key, legs, direction, counted, outcome, started_at, answered_at, ended_at, ring_ms, talk_ms, stale,
         incomplete, customer_id, agent_id, team_id, campaign_id, handled, effective_ms, assume_human, time_zone, slot_start,
         business_date)
       SELECT 'CA' || lpad(n::text, 8, '0'), '[]', CASE WHEN n % 5 = 0 THEN 'inbound' ELSE 'outbound' END, true,
         CASE WHEN n % 2 = 0 THEN 'no_answer' ELSE 'answered' END,
         timestamptz '2026-11-21T02:00Z' + (n / 2) * interval '10 milliseconds' + interval '0.000007 s',
         CASE WHEN n % 2 = 1 THEN timestamptz '2026-11-21T02:00:05Z' END, timestamptz '2026-11-21T02:10Z', 1500,
         CASE WHEN n % 2 = 1 THEN (n % 900) * 1000 ELSE 0 END, false, '{}', ($1::bigint[])[n % $2 + 1],
         CASE WHEN n % 7 = 0 THEN 0 WHEN n % 3 = 0 THEN 60 ELSE 50 + n % 2 END, CASE WHEN n % 3 = 0 THEN 20 ELSE 10 END, 0,
         '[]', 300000, true, 'Asia/Shanghai', timestamptz '2026-11-21T02:00Z', date '2026-11-21'
       FROM generate_series(1, $3) n`,
      [customers, customers.length, count],
    );
  } finally {
    client.release(true);
  }
}

type Asker = Pick<Person, 'call'>;

export async function ask(who: Asker, wish: Partial<ExportRequest> = {}): Promise<Answer<ExportView>> {
  return who.call<ExportView>('POST', '/exports', { source: CALLS, format: 'csv', language: 'en', ...wish });
}

/** Follows an export to its end. */
export async function ended(who: Asker, id: string, withinMs = 20_000): Promise<ExportView> {
  const check = async () => {
    const { body } = await who.call<ExportView>('GET', `/exports/${id}`);
    return body.state === 'waiting' || body.state === 'running' ? undefined : body;
  };
  return eventually(check, { withinMs, everyMs: 50, what: 'the end of the export' });
}

export async function made(who: Asker, wish: Partial<ExportRequest> = {}): Promise<ExportView> {
  const { body, status } = await ask(who, wish);
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return ended(who, body.id);
}

export interface Fetched {
  status: number;
  headers: Headers;
  bytes: Buffer;
  code: string | undefined;
}

export async function fetchLink(url: string, link: string, method = 'GET'): Promise<Fetched> {
  const response = await fetch(url + link, { method });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json') && bytes.length > 0;
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    code: isJson ? JSON.parse(bytes.toString()).error?.code : undefined,
  };
}

export async function download(url: string, who: Asker, id: string): Promise<Fetched> {
  const link = await who.call<{ url: string }>('POST', `/exports/${id}/link`);
  if (link.status !== 200) throw new Error(`${link.status} ${link.code}`);
  return fetchLink(url, link.body.url);
}
