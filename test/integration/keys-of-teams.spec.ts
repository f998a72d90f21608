/**
 * Proves of a key limited to teams: it is made for teams that exist and with what a supervisor may do, says whom it sees, and
 * sees them and the teams below as they are at each request, in exports made in its name and on its sockets; what moves away
 * or is gone is out of sight, and nothing widens it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { KeyView, MadeKey } from '../../src/shared/keys.js';
import type { FloorAgent } from '../../src/shared/live.js';
import { eventually } from '../support/index.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';
import { Person } from './access-people.js';
import { keyHolder } from './boards-world.js';
import { ask, download, ended } from './exports-world.js';
import { Screen } from './live-client.js';
import { type Person as Name, PEOPLE, World } from './matrix-world.js';

const SCOPES = ['kpis:read', 'calls:read', 'outcomes:read', 'people:read', 'exports:make'];
const NOBODY = 999_999;
let world: World;
let api: Person;
beforeAll(async () => {
  world = await World.build();
  api = keyHolder(world.server.url);
});
afterAll(() => world?.server.close());

async function keyOf(teams: number[], scopes: readonly string[] = SCOPES): Promise<Person & MadeKey> {
  const wish = { name: 'workbook', scopes, teams, ratePerMinute: 60_000 };
  const { status, body } = await api.call<MadeKey>('POST', '/keys', wish);
  expect([status, body]).toEqual([201, expect.anything()]);
  return Object.assign(new Person(world.server.url, { authorization: `Bearer ${body.secret}` }), body);
}

/** Dials of each, by the sums. */
async function dialsOf(who: Person): Promise<Record<string, number>> {
  const path = '/kpis?from=2026-05-01&to=2026-05-10&groupBy=agent&kpis=dials';
  const { status, body } = await who.call<{ rows: { label: string; values: { dials: number } }[] }>('GET', path);
  expect(status).toBe(200);
  return Object.fromEntries(body.rows.map(({ label, values }) => [label, values.dials]));
}
const dials = (...people: Name[]): Record<string, number> =>
  Object.fromEntries(people.map((person) => [PEOPLE[person].name, PEOPLE[person].calls]));

const putBelow = async (team: number, parentId: number | null): Promise<void> => {
  expect((await api.call('PATCH', `/teams/${team}`, { parentId })).status).toBe(200);
};

it('says which teams it is for, and so does the audit log', async () => {
  const { ann, cy } = world.teams;
  const { key } = await keyOf([cy, ann, cy]);
  expect(key.teams).toEqual([
    { id: ann, name: 'North' },
    { id: cy, name: 'South' },
  ]);
  const { body: list } = await api.call<KeyView[]>('GET', '/keys');
  expect(list.find(({ id }) => id === key.id)).toEqual(key);
  expect(list.every(({ id, teams }) => id === key.id || teams === null)).toBe(true);
  const { rows } = await world.pool.query<{ after: string }>(
    `SELECT after FROM audit_event WHERE action = 'key.created' AND subject_id = $1`,
    [String(key.id)],
  );
  expect(rows.map(({ after }) => JSON.parse(after).teams)).toEqual([[ann, cy].sort((a, b) => a - b)]);
});

it.each<[{ teams: unknown[]; scopes?: string[] }, number, string, string]>([
  [{ teams: [] }, 400, 'request_invalid', 'teams'],
  [{ teams: Array.from({ length: 51 }, (_, n) => n + 1) }, 400, 'request_invalid', 'teams'],
  [{ teams: ['North'] }, 400, 'request_invalid', 'teams.0'],
  [{ teams: [1, NOBODY] }, 400, 'key_team_unknown', 'teams'],
  // Calls nobody made are of no team.
  [{ teams: [0] }, 400, 'key_team_unknown', 'teams'],
  [{ teams: [1], scopes: ['kpis:read', 'settings:read', 'audit:read'] }, 403, 'key_team_scope_refused', 'scopes'],
  [{ teams: [1], scopes: ['keys:manage'] }, 403, 'key_team_scope_refused', 'scopes'],
])('a wrong wish is refused with its field: %j', async (wish, status, code, field) => {
  const before = await api.call<KeyView[]>('GET', '/keys');
  const answer = await api.call<{ error: { message: { en: string } } }>('POST', '/keys', {
    name: 'x',
    scopes: SCOPES,
    ...wish,
  });
  expect(answer).toMatchObject({ status, code, field });
  if (code === 'key_team_unknown') expect(answer.body.error.message.en).toMatch(/no team (0|999999) /);
  if (wish.scopes?.includes('audit:read')) expect(answer.body.error.message.en).toContain('settings:read, audit:read.');
  expect((await api.call<KeyView[]>('GET', '/keys')).body).toEqual(before.body);
});

it('sees its teams and those below, and is told that others are not to be seen', async () => {
  const key = await keyOf([world.teams.ann]);
  expect(await dialsOf(key)).toEqual(dials('ann', 'bo'));
  expect(await dialsOf(await keyOf([world.teams.bo, world.teams.cy]))).toEqual(dials('bo', 'cy'));
  for (const path of ['/kpis?groupBy=agent', '/calls?', '/outcomes?', '/reports/explore?kpis=dials&range=today']) {
    for (const name of [`team=${world.teams.cy}`, `agent=${world.agents.cy}`, `team=${NOBODY}`]) {
      expect([path, name, await key.call('GET', `${path}&${name}`)]).toMatchObject([
        path,
        name,
        { code: 'outside_scope' },
      ]);
    }
    const { status, body } = await key.call('GET', path);
    expect([path, status, JSON.stringify(body).includes(PEOPLE.cy.name)]).toEqual([path, 200, false]);
  }
  expect((await key.call('GET', `/calls/${world.calls.cy}`)).status).toBe(404);
  expect((await key.call('GET', `/calls/${world.calls.bo}`)).status).toBe(200);
});

it('a team put below counts from the next request on, one moved away no longer does', async () => {
  const { ann, bo, cy } = world.teams;
  const key = await keyOf([ann]);
  await putBelow(cy, bo);
  expect(await dialsOf(key)).toEqual(dials('ann', 'bo', 'cy'));
  await putBelow(bo, null);
  expect(await dialsOf(key)).toEqual(dials('ann'));
  await putBelow(cy, null);
  await putBelow(bo, ann);
  expect(await dialsOf(key)).toEqual(dials('ann', 'bo'));
});

it('an export in its name holds its teams, and is fetched only while it still sees all of them', async () => {
  const { ann, bo } = world.teams;
  const key = await keyOf([ann]);
  const asked = await ask(key, { source: { kind: 'calls', query: '' } });
  expect(asked.status).toBe(201);
  expect(await ended(key, asked.body.id)).toMatchObject({ state: 'done', rows: 3 });
  const { bytes } = await download(world.server.url, key, asked.body.id);
  const lines: Record<string, string>[] = parse(bytes, { columns: true, bom: true });
  expect(lines.map(({ Agent }) => Agent).sort()).toEqual([PEOPLE.ann.name, PEOPLE.bo.name, PEOPLE.bo.name]);
  expect(await ask(key, { source: { kind: 'calls', query: `team=${world.teams.cy}` } })).toMatchObject({
    status: 403,
    code: 'outside_scope',
  });
  await putBelow(bo, null);
  expect((await key.call('POST', `/exports/${asked.body.id}/link`)).code).toBe('export_rights_lost');
  await putBelow(bo, ann);
  expect((await key.call('POST', `/exports/${asked.body.id}/link`)).status).toBe(200);
});

it('a socket shows its floor and follows a team that moves', async () => {
  const { ann, bo } = world.teams;
  const { secret } = await keyOf([ann], ['kpis:read']);
  const screen = await Screen.open(world.server.url, { headers: { authorization: `Bearer ${secret}` } });
  const shown = (): string[] =>
    Object.entries(screen.state)
      .flatMap(([name, value]) => (name.startsWith('agent:') ? [(value as FloorAgent).name] : []))
      .sort();
  const shows = (...people: Name[]) =>
    eventually(() => shown().join() === people.map((person) => PEOPLE[person].name).join(), { what: people.join() });
  try {
    expect(await screen.subscribe({ scope: 'board:default' })).toMatchObject({ ok: false });
    expect(await screen.subscribe({ scope: 'floor' })).toEqual({ ok: true });
    await shows('ann', 'bo');
    await putBelow(bo, null);
    await shows('ann');
    await putBelow(bo, ann);
    await shows('ann', 'bo');
  } finally {
    screen.close();
  }
});

it('when its teams are gone it says so, and sees nothing', async () => {
  const gone = await world.team();
  const key = await keyOf([gone]);
  await world.pool.query('DELETE FROM team WHERE id = $1', [gone]);
  const { body: list } = await api.call<KeyView[]>('GET', '/keys');
  expect(list.find(({ id }) => id === key.key.id)?.teams).toEqual([{ id: gone, name: null }]);
  expect(await dialsOf(key)).toEqual({});
  expect((await key.call<{ calls: unknown[] }>('GET', '/calls')).body.calls).toEqual([]);
  const partly = await keyOf([world.teams.cy]);
  await world.pool.query('UPDATE api_key SET team_ids = team_ids || $2::integer WHERE id = $1', [partly.key.id, gone]);
  expect(await dialsOf(partly)).toEqual(dials('cy'));
});

it('going back to a release that knows no teams of keys ends it, and no other', async () => {
  const [limited, whole] = [await keyOf([world.teams.ann]), await world.key(['kpis:read'])];
  const down = readFileSync(join(import.meta.dirname, '../../migrations/0030_key_teams.down.sql'), 'utf8');
  const client = await world.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(down);
    const { rows } = await client.query(
      'SELECT id, revoked_at IS NOT NULL AS over FROM api_key WHERE id = ANY($1) ORDER BY id',
      [[limited.key.id, whole.id]],
    );
    expect(rows).toEqual([
      { id: limited.key.id, over: true },
      { id: whole.id, over: false },
    ]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
  expect(await dialsOf(limited)).toEqual(dials('ann', 'bo'));
});

it('what somebody did before they moved away stays, what they do after counts elsewhere', async () => {
  const key = await keyOf([world.teams.ann]);
  const move = { teamId: world.teams.cy, validFrom: 'now' };
  expect((await api.call('POST', `/agents/${world.agents.bo}/memberships`, move)).status).toBe(200);
  world.clock.step(120_000);
  for (const event of softphoneCall('later', 'bo', world.clock.now() - 60_000, 30)) {
    const { status } = await postSigned(world.server.url, '/webhooks/twilio/voice', callback(event));
    expect(status).toBeLessThan(300);
  }
  await world.server.folded();
  expect(await dialsOf(api)).toEqual({ ...dials('ann', 'cy'), [PEOPLE.bo.name]: PEOPLE.bo.calls + 1 });
  expect(await dialsOf(key)).toEqual(dials('ann', 'bo'));
  const { body } = await key.call<{ calls: { id: string }[] }>('GET', '/calls');
  expect(body.calls).toHaveLength(3);
});
