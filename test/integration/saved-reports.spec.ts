/**
 * Proves: saved reports over the API: kept, found again to the letter, renamed, shared, copied, deleted; who sees which and
 * who may change it; that nobody shares further than they see; that a question of another version is named and not a
 * failure; what is left when an account goes; what the audit log says, and that it holds no name.
 */
import type { SavedReportList, SavedReportView } from '../../src/shared/saved-reports.js';
import { startTestServer, type TestServer } from '../support/server.js';
import type { Person } from './access-people.js';
import { keyHolder, makeTeam, makeUser } from './boards-world.js';

type User = Person & { id: number };

const SPEC = {
  range: { preset: 'last_4_weeks' },
  kpis: ['dials', 'connect_rate'],
  groupBy: ['weekday', 'hour_of_day'],
  filters: { campaigns: [3, 0], callerNumbers: ['12'], hoursOfDay: [9, 10] },
  compare: 'previous',
};
const SOURCE = { kind: 'explore', spec: SPEC };

let server: TestServer;
let key: Person;
let north: number;
let south: number;
let lead: User;
let other: User;
let ops: User;
let admin: User;
let agent: User;
beforeAll(async () => {
  server = await startTestServer();
  key = keyHolder(server.url);
  north = await makeTeam(server.url, 'North');
  const below = await makeTeam(server.url, 'North-East', north);
  south = await makeTeam(server.url, 'South');
  lead = await makeUser(server, 'lead@example.com', { role: 'supervisor', teams: [north] });
  other = await makeUser(server, 'other@example.com', { role: 'supervisor', teams: [below, south] });
  ops = await makeUser(server, 'ops2@example.com', { role: 'ops' });
  admin = await makeUser(server, 'admin2@example.com', { role: 'admin' });
  agent = await makeUser(server, 'agent@example.com', { role: 'agent' });
});
afterAll(() => server?.close());

let made = 0;
async function keep(by: Person, more: Record<string, unknown> = {}): Promise<SavedReportView> {
  const wish = { name: `Report ${++made}`, visibility: 'private', source: SOURCE, ...more };
  const { status, body } = await by.call<SavedReportView>('POST', '/reports/saved', wish);
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
const seenBy = async (who: Person, id: number): Promise<boolean> => {
  const list = (await who.call<SavedReportList>('GET', '/reports/saved')).body.reports.some((one) => one.id === id);
  expect((await who.call('GET', `/reports/saved/${id}`)).status).toBe(list ? 200 : 404);
  return list;
};

it('kept, read back to the letter, renamed, changed, copied and deleted', async () => {
  const report = await keep(ops, { name: '  周会：接通率  ' });
  expect(report).toMatchObject({
    name: '周会：接通率',
    owner: { id: ops.id },
    own: true,
    mayChange: true,
    visibility: 'private',
    team: null,
    source: SOURCE,
    problems: [],
  });
  const ready = {
    kind: 'ready',
    report: 'best_hours',
    query: { range: { from: '2026-05-01', to: '2026-06-01' }, filters: {} },
  };
  const changed = await ops.call<SavedReportView>('PATCH', `/reports/saved/${report.id}`, {
    name: 'Hours',
    source: ready,
  });
  expect(changed).toMatchObject({ status: 200, body: { name: 'Hours', source: ready, visibility: 'private' } });
  const copy = await ops.call<SavedReportView>('POST', `/reports/saved/${report.id}/copy`, { name: 'Hours 2' });
  expect(copy).toMatchObject({ status: 201, body: { name: 'Hours 2', source: ready, own: true } });
  expect((await ops.call('DELETE', `/reports/saved/${report.id}`)).status).toBe(204);
  expect(await ops.call('DELETE', `/reports/saved/${report.id}`)).toMatchObject({ status: 404, code: 'not_found' });
  expect(await seenBy(ops, copy.body.id)).toBe(true);
});

it('each sees their own, those of teams in their scope and those of the organisation', async () => {
  const own = await keep(lead);
  const team = await keep(lead, { visibility: 'team', teamId: north });
  const everybody = await keep(ops, { visibility: 'organisation' });
  const seen = async (id: number) => ({
    lead: await seenBy(lead, id),
    // Leads a team below the one it is shared with, not that one.
    other: await seenBy(other, id),
    ops: await seenBy(ops, id),
    admin: await seenBy(admin, id),
    agent: await seenBy(agent, id),
    key: await seenBy(key, id),
  });
  const nobody = { lead: false, other: false, ops: false, admin: false, agent: false, key: false };
  expect(await seen(own.id)).toEqual({ ...nobody, lead: true });
  expect(await seen(team.id)).toEqual({ ...nobody, lead: true, ops: true, admin: true, key: true });
  const all = { lead: true, other: true, ops: true, admin: true, agent: true, key: true };
  expect(await seen(everybody.id)).toEqual(all);
  expect(team.team).toEqual({ id: north, name: 'North' });
});

it('only the owner and administrators change what is shared; anybody who sees it may copy it', async () => {
  const report = await keep(lead, { visibility: 'team', teamId: north });
  const path = `/reports/saved/${report.id}`;
  for (const [method, body] of [
    ['PATCH', { name: 'Mine' }],
    ['DELETE', undefined],
  ] as const) {
    expect(await ops.call(method, path, body)).toMatchObject({ status: 403, code: 'saved_report_not_yours' });
  }
  expect((await ops.call<SavedReportView>('GET', path)).body).toMatchObject({ own: false, mayChange: false });
  expect((await ops.call('POST', `${path}/copy`, { name: 'Of the lead' })).status).toBe(201);
  expect((await admin.call('PATCH', path, { name: 'By the administrator' })).status).toBe(200);
  // Taken back by an administrator it is its owner's alone.
  const back = await admin.call<SavedReportView>('PATCH', path, { visibility: 'private' });
  expect(back).toMatchObject({ status: 200, body: { visibility: 'private', team: null, owner: { id: lead.id } } });
  expect(await seenBy(admin, report.id)).toBe(false);
  expect(await seenBy(lead, report.id)).toBe(true);
});

it('nobody shares further than they see', async () => {
  const wish = (more: object) => ({ name: `Reach ${++made}`, source: SOURCE, ...more });
  const post = (who: Person, more: object) => who.call('POST', '/reports/saved', wish(more));
  const offered = async (who: Person) => (await who.call<SavedReportList>('GET', '/reports/saved')).body.maySave;
  expect(await offered(agent)).toEqual(['private']);
  expect(await offered(lead)).toEqual(['private', 'team']);
  expect(await offered(ops)).toEqual(['private', 'team', 'organisation']);
  expect(await offered(key)).toEqual([]);
  const reach = { status: 403, code: 'saved_report_reach', field: 'visibility' };
  expect(await post(lead, { visibility: 'organisation' })).toMatchObject(reach);
  expect(await post(agent, { visibility: 'team', teamId: north })).toMatchObject(reach);
  const team = { status: 400, code: 'saved_report_team_unknown', field: 'teamId' };
  expect(await post(lead, { visibility: 'team', teamId: south })).toMatchObject(team);
  expect(await post(ops, { visibility: 'team', teamId: 999_999 })).toMatchObject(team);
  const { id } = await keep(lead);
  expect(await lead.call('PATCH', `/reports/saved/${id}`, { visibility: 'organisation' })).toMatchObject(reach);
  expect((await lead.call<SavedReportView>('GET', `/reports/saved/${id}`)).body.visibility).toBe('private');
  expect((await key.call('POST', '/reports/saved', wish({ visibility: 'organisation' }))).status).toBe(403);
});

describe('what cannot be kept', () => {
  const spec = (more: object) => ({ source: { kind: 'explore', spec: { ...SPEC, ...more } } });
  const wrong: [string, Record<string, unknown>, string, string][] = [
    ['no name', { name: '  ' }, 'saved_report_invalid', 'name'],
    ['a name too long', { name: 'x'.repeat(81) }, 'saved_report_invalid', 'name'],
    ['a team without saying which', { visibility: 'team' }, 'saved_report_invalid', 'teamId'],
    ['a team for oneself', { teamId: 1 }, 'saved_report_invalid', 'teamId'],
    ['a field there is not', { colour: 'red' }, 'saved_report_invalid', 'colour'],
    ['no KPI', spec({ kpis: [] }), 'saved_report_invalid', 'source.spec.kpis'],
    ['the same KPI twice', spec({ kpis: ['dials', 'dials'] }), 'saved_report_invalid', 'source.spec.kpis'],
    ['a KPI there is not', spec({ kpis: ['dials', 'luck'] }), 'kpi_unknown', 'source.spec.kpis'],
    ['three groupings', spec({ groupBy: ['day', 'team', 'agent'] }), 'saved_report_invalid', 'source.spec.groupBy'],
    [
      'an hour there is not',
      spec({ filters: { hoursOfDay: [24] } }),
      'saved_report_invalid',
      'source.spec.filters.hoursOfDay.0',
    ],
    [
      'a report there is not',
      { source: { kind: 'ready', report: 'x', query: {} } },
      'saved_report_invalid',
      'source.report',
    ],
  ];
  it.each(wrong)('%s', async (_what, more, code, field) => {
    const body = { name: 'Wrong', visibility: 'private', source: SOURCE, ...more };
    expect(await ops.call('POST', '/reports/saved', body)).toMatchObject({ status: 400, code, field });
  });

  it('a second one of the same name, whatever its case; somebody else may have it', async () => {
    const first = await keep(ops, { name: 'Weekly' });
    const exists = { status: 409, code: 'saved_report_exists', field: 'name' };
    expect(
      await ops.call('POST', '/reports/saved', { name: 'WEEKLY', visibility: 'private', source: SOURCE }),
    ).toMatchObject(exists);
    const second = await keep(ops);
    expect(await ops.call('PATCH', `/reports/saved/${second.id}`, { name: 'weekly' })).toMatchObject(exists);
    expect((await ops.call('PATCH', `/reports/saved/${first.id}`, { name: 'weekly' })).status).toBe(200);
    await keep(lead, { name: 'Weekly' });
  });
});

it('a question of another version: an unknown KPI is named, an unreadable one can still be renamed and deleted', async () => {
  const [later, strange] = [await keep(ops), await keep(ops)];
  const set = 'UPDATE saved_report SET source = $2 WHERE id = $1';
  const spec = { ...SPEC, kpis: ['dials', 'kpi_of_tomorrow'] };
  await server.db.pool.query(set, [later.id, { kind: 'explore', spec }]);
  await server.db.pool.query(set, [strange.id, { kind: 'dream', of: 'tomorrow' }]);
  const list = (await ops.call<SavedReportList>('GET', '/reports/saved')).body.reports;
  const found = (id: number) => list.find((one) => one.id === id);
  expect(found(later.id)).toMatchObject({
    source: { spec },
    problems: [{ kind: 'kpi_unknown', id: 'kpi_of_tomorrow' }],
  });
  expect(found(strange.id)).toMatchObject({ source: null, problems: [{ kind: 'unreadable' }] });
  const path = `/reports/saved/${strange.id}`;
  expect((await ops.call('PATCH', path, { name: 'Strange' })).status).toBe(200);
  expect(await ops.call('POST', `${path}/copy`, { name: 'Stranger' })).toMatchObject({
    code: 'saved_report_unreadable',
  });
  const { rows } = await server.db.pool.query('SELECT source FROM saved_report WHERE id = $1', [strange.id]);
  expect(rows).toEqual([{ source: { kind: 'dream', of: 'tomorrow' } }]);
  expect((await ops.call('DELETE', path)).status).toBe(204);
});

it('an account that goes takes its private reports along and leaves the shared ones', async () => {
  const leaver = await makeUser(server, 'leaver@example.com', { role: 'ops' });
  const own = await keep(leaver);
  const shared = await keep(leaver, { visibility: 'organisation' });
  expect((await admin.call('DELETE', `/users/${leaver.id}`)).status).toBe(204);
  const { rows } = await server.db.pool.query('SELECT id FROM saved_report WHERE id = ANY($1)', [[own.id, shared.id]]);
  expect(rows).toEqual([{ id: shared.id }]);
  const path = `/reports/saved/${shared.id}`;
  expect((await ops.call<SavedReportView>('GET', path)).body).toMatchObject({ owner: null, mayChange: false });
  const taken = await admin.call<SavedReportView>('PATCH', path, { visibility: 'private' });
  expect(taken.body).toMatchObject({ owner: { id: admin.id }, own: true, visibility: 'private' });
});

it('the audit log tells every change, and no name', async () => {
  const { id } = await keep(lead, { name: 'Secret plan', visibility: 'team', teamId: north });
  await lead.call('PATCH', `/reports/saved/${id}`, { name: 'Secret plan B', visibility: 'private' });
  // The same again is no change.
  await lead.call('PATCH', `/reports/saved/${id}`, { name: 'Secret plan B' });
  await lead.call('DELETE', `/reports/saved/${id}`);
  const { body } = await key.call<{ events: unknown[] }>('GET', `/audit?subject=saved_report:${id}`);
  const actor = { kind: 'user', id: lead.id };
  expect(body.events).toMatchObject([
    { action: 'saved_report.deleted', actor },
    {
      action: 'saved_report.changed',
      before: { name: '•', visibility: 'team', teamId: north },
      after: { name: '•', visibility: 'private', teamId: null },
    },
    { action: 'saved_report.created', after: { name: '•', visibility: 'team', teamId: north, source: '•' } },
  ]);
  expect(JSON.stringify(body)).not.toContain('Secret');
});
