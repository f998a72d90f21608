/**
 * Proves, beyond the matrix: whoever talked in a call sees it although it counts for somebody else, and a figure opens to
 * exactly the calls it counts within the scope; a team is that of the time of the call; refusals are noted in the audit
 * log, not too often, without the values that were asked for.
 */

import { createHash } from 'node:crypto';
import { KpiReadModule } from '../../src/kpi/index.js';
import { ensureOrganisation } from '../../src/organisation/index.js';
import { withDatabase } from '../support/index.js';
import { type ApiApp, startApi } from './access-app.js';

const test = withDatabase();
const NOW = Date.parse('2026-11-22T04:00:00Z');
let api: ApiApp;
const sessions: Record<string, string> = {};

/** Agents 50 (team 10, formerly 20) and 60 (team 20); the supervisor leads 10. */
beforeAll(async () => {
  api = await startApi(test.db, [KpiReadModule], { now: NOW });
  const { pool } = test.db;
  await ensureOrganisation(pool, { timeZone: 'Asia/Shanghai', country: 'CN', currency: 'CNY' }, new Date(NOW));
  await pool.query(`
    INSERT INTO team (id, name, site_id) VALUES (10, 'Ten', 1), (20, 'Twenty', 1);
    INSERT INTO agent (id, name, status) VALUES (50, 'Fifty', 'active'), (60, 'Sixty', 'active');
    INSERT INTO team_membership (agent_id, valid_from, team_id)
      VALUES (50, '-infinity', 20), (50, '2026-11-01', 10), (60, '-infinity', 20)`);
  const call = (key: string, agent: number, team: number, handled: object[]) =>
    pool.query(
      `INSERT INTO call (key, legs, direction, counted, outcome, started_at, ended_at, talk_ms, stale, incomplete, agent_id,
         team_id, campaign_id, handled, effective_ms, assume_human, time_zone, slot_start, business_date)
       VALUES ($1, $6, 'outbound', true, 'answered', $2, $2, 1000, false, '{}', $3, $4, 1, $5, 300000, true,
         'Asia/Shanghai', '2026-11-22T02:00Z', '2026-11-22')`,
      [key, '2026-11-22T02:00Z', agent, team, JSON.stringify(handled), JSON.stringify([leg(key)])],
    );
  await call('own', 50, 10, [{ agent: 50, team: 10, date: '2026-11-22' }]);
  await call('before-the-move', 50, 20, [{ agent: 50, team: 20, date: '2026-11-22' }]);
  await call('taken-over', 60, 20, [
    { agent: 60, team: 20, date: '2026-11-22' },
    { agent: 50, team: 10, date: '2026-11-22' },
  ]);
  await call('others', 60, 20, [{ agent: 60, team: 20, date: '2026-11-22' }]);
  await person('agent', 50, null);
  await person('supervisor', null, 10);
});
afterAll(() => api.close());

/** A leg of which nothing is known but its id. */
function leg(id: string): object {
  const times = { initiatedAt: null, ringingAt: null, answeredAt: null, end: null, staleAt: null, seenAt: null };
  const party = { kind: 'none' };
  const rest = { answeredBy: null, agentParam: null, campaignParam: null, endConflict: false, timeInferred: false };
  return { id, parents: [], direction: null, from: party, to: party, ...times, ...rest };
}

async function person(role: string, agent: number | null, team: number | null): Promise<void> {
  const { pool } = test.db;
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO app_user (email, name, role, agent_id) VALUES ($1, $1, $2, $3) RETURNING id`,
    [`${role}@example.com`, role, agent],
  );
  const id = rows[0]?.id;
  if (team !== null) await pool.query('INSERT INTO user_team VALUES ($1, $2)', [id, team]);
  const secret = role.padEnd(43, 'x');
  await pool.query(
    'INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)',
    [createHash('sha256').update(secret).digest(), id, new Date(NOW), new Date(NOW + 3_600_000)],
  );
  sessions[role] = `tallyboard=${secret}`;
}

async function get(role: string, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${api.url}/api/v1${path}`, { headers: { cookie: sessions[role] ?? '' } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function keys(role: string, query: string): Promise<string[]> {
  const { status, body } = await get(role, `/calls?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return (body.calls as { id: string }[]).map(({ id }) => id).sort();
}

it('a call is seen by whom it counts for and by whoever talked in it', async () => {
  expect(await keys('agent', '')).toEqual(['before-the-move', 'own', 'taken-over']);
  expect(await keys('supervisor', '')).toEqual(['own', 'taken-over']);
  expect((await get('supervisor', '/calls/taken-over')).status).toBe(200);
  expect((await get('supervisor', '/calls/before-the-move')).status).toBe(404);
  expect((await get('agent', '/calls/others')).status).toBe(404);
});

it('a figure opens to the calls it counts within the scope', async () => {
  expect(await keys('supervisor', 'measure=dials')).toEqual(['own']);
  expect(await keys('supervisor', 'measure=handled')).toEqual(['own', 'taken-over']);
  expect(await keys('agent', 'measure=handled')).toEqual(['before-the-move', 'own', 'taken-over']);
  // One segment has to meet the filter and the scope: what the colleague handled of it is not theirs.
  expect(await keys('supervisor', 'measure=handled&agent=50')).toEqual(['own', 'taken-over']);
});

it('the team of a call is that of its time: a supervisor may ask for everybody who was ever theirs', async () => {
  expect(await keys('supervisor', 'agent=50')).toEqual(['own']);
  expect((await get('supervisor', '/calls?agent=60')).status).toBe(403);
  expect(await keys('agent', 'team=20')).toEqual(['before-the-move', 'taken-over']);
  expect(await keys('agent', 'team=20&measure=dials')).toEqual(['before-the-move']);
  expect((await get('supervisor', '/calls?team=10,20')).body).toMatchObject({
    error: { code: 'outside_scope', field: 'team' },
  });
});

it('one who is out of sight and one who does not exist are answered alike', async () => {
  const answers = await Promise.all(['/calls/others', '/calls/none'].map((path) => get('supervisor', path)));
  expect(answers[0]).toEqual(answers[1]);
  const filters = await Promise.all(['agent=60', 'agent=987654'].map((query) => get('supervisor', `/calls?${query}`)));
  expect(filters[0]).toEqual(filters[1]);
});

it('refusals are noted with the route and never with what was asked for, and not each of a thousand', async () => {
  api.clock.advance(600_000);
  api.audited.length = 0;
  await get('supervisor', '/calls/others');
  await get('supervisor', '/kpis?agent=60');
  await get('supervisor', '/calls/none');
  expect(api.audited.map(({ action, subject, outcome }) => [action, subject?.id, outcome])).toEqual([
    ['access.refused', 'GET /api/v1/calls/:id', 'refused'],
    ['access.refused', 'GET /api/v1/kpis', 'refused'],
  ]);
  expect(api.audited[0]?.actor).toMatchObject({ kind: 'user', address: '127.0.0.1' });
  for (let n = 0; n < 100; n++) await get('supervisor', '/calls/others');
  expect(api.audited.length).toBeLessThanOrEqual(10);
  const anonymous = await fetch(`${api.url}/api/v1/calls`, { headers: { authorization: 'Bearer wrong' } });
  expect(anonymous.status).toBe(401);
  expect(api.audited.at(-1)).toMatchObject({ action: 'access.refused', actor: { kind: 'anonymous' } });
});
