/**
 * Proves: people go out as CSV and come back in unchanged; a file is taken whole or not at all, each mistake named by line
 * and column; the same file twice changes nothing; calls of an imported number move; what looks like a formula leaves as
 * text; nothing but this route takes files.
 */
import { parse } from 'csv-parse/sync';
import { verify } from '../../src/cli/verify/verify.js';
import type { AgentDetail, AgentPage, Changed, PeopleImport, TeamView } from '../../src/shared/organisation.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { softphoneCall } from '../support/twilio.js';
import { JumpingClock } from './live-client.js';
import { type Client, clientOf, postCalls, sums } from './organisation-client.js';

const clock = new JumpingClock();
let server: TestServer;
let api: Client;
let north: number;

beforeAll(async () => {
  server = await startTestServer({ clock });
  api = clientOf(server.url);
  north = (await api.post<Changed<TeamView>>('/teams', { name: 'North', siteId: 1 })).body.result.id;
  await api.post('/teams', { name: 'Team A', siteId: 1, parentId: north });
});
afterAll(() => server.close());

const load = (text: string | Buffer, dryRun = false) =>
  api.csv<PeopleImport>(`/people/import${dryRun ? '?dryRun=true' : ''}`, text);
const file = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`;
const exported = async (): Promise<string[][]> => parse((await api.get<string>('/people/export.csv')).body);
const named = async (name: string): Promise<AgentDetail> => {
  const { body } = await api.get<AgentPage>(`/agents?search=${encodeURIComponent(name)}`);
  return (await api.get<AgentDetail>(`/agents/${body.agents[0]?.id}`)).body;
};

const FIRST = file(
  'name,team,employed_from,client,number,crm',
  '王小明,North / Team A,2026-03-01,wang;wang.mobile,138 1234 5678,E-1',
  '"李, 四",north,,li,,',
  '=cmd|A1,North,,cmd,,',
);

test('a dry run says what would happen and changes nothing; then it happens; then there is nothing left to do', async () => {
  const dry = await load(FIRST, true);
  expect(dry.body).toMatchObject({ dryRun: true, ok: true, rows: 3, created: 3, addressesAdded: 6, errors: [] });
  expect((await api.get<AgentPage>('/agents')).body.total).toBe(0);
  const { rows } = await server.db.pool.query('SELECT 1 FROM customer');
  expect(rows).toEqual([]);
  const done = await load(FIRST);
  expect(done.body).toMatchObject({ ok: true, created: 3, addressesAdded: 6, recount: { calls: 0, done: true } });
  const wang = await named('王小明');
  expect(wang).toMatchObject({ status: 'active', team: { name: 'Team A' }, employedFrom: '2026-03-01' });
  expect(wang.addresses.map(({ kind, value }) => `${kind}:${value}`)).toEqual([
    'client:wang',
    'client:wang.mobile',
    'number:138****5678',
    'crm:E-1',
  ]);
  expect((await load(FIRST)).body).toMatchObject({ ok: true, created: 0, changed: 0, unchanged: 3, addressesAdded: 0 });
});

test('an export comes back in unchanged, and has nothing a spreadsheet would run', async () => {
  const rows = await exported();
  expect(rows[0]).toEqual(
    'id,name,team,status,display,employed_from,employed_until,client,sip,extension,worker,number,crm'.split(','),
  );
  expect(rows.flat().filter((cell) => /^[\s\u200b]*[=+\-@]/.test(cell))).toEqual([]);
  expect(rows.flat()).toContain("'=cmd|A1");
  const { body: text } = await api.get<string>('/people/export.csv?bom=true');
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text).not.toContain('13812345678');
  expect((await load(text)).body).toMatchObject({ ok: true, errors: [], unchanged: 3, created: 0, changed: 0 });
  const { body: template } = await api.get<string>('/people/template.csv');
  expect((await load(template, true)).body).toMatchObject({ ok: true, rows: 1 });
});

test('a team is a move from the next quarter hour on, and asked for twice still one move', async () => {
  const moved = file('name,team', '王小明,North');
  const { body } = await load(moved);
  expect(body).toMatchObject({
    ok: true,
    changed: 1,
    moved: 1,
    preview: [{ line: 2, action: 'change', changes: ['team'] }],
  });
  expect((await named('王小明')).memberships.map(({ team }) => team.name)).toEqual(['Team A', 'North']);
  expect((await load(moved)).body).toMatchObject({ unchanged: 1, moved: 0 });
});

test('an agent that is new is placed from the beginning, and calls of an imported phone are moved', async () => {
  await postCalls(server, softphoneCall('p1', 'zhao', clock.now() - 3_600_000, 60));
  const dials = () => sums(server, 'groupBy=team', ['dials']);
  expect(await dials()).toEqual({ 'New agents': '1' });
  const { body } = await load(file('name,team,client', '赵六,North,zhao'));
  expect(body).toMatchObject({ changed: 1, moved: 1, recount: { calls: 1, done: true } });
  expect(await dials()).toEqual({ North: '1' });
  expect(await named('赵六')).toMatchObject({
    status: 'active',
    memberships: [{ validFrom: null, team: { name: 'North' } }],
  });
  expect((await verify(server.db, server.server.core.keys, { bodies: true })).examples).toEqual([]);
});

test('mistakes are named by line and column, all of them, and nothing of the file is taken', async () => {
  const before = await exported();
  const { body } = await load(
    file(
      'id,name,team,status,display,employed_from,employed_until,client,number',
      ',Good,North,,,,,good,',
      ',,North,,,,,x,',
      ',"Two\nlines",North,,,,,,',
      ',Where,Nowhere,asleep,sometimes,1.3.2026,,,',
      '99999,Ghost,,,,,,,',
      ',Late,,,,2026-03-02,2026-03-01,,',
      ',Taken,,,,,,wang;li,',
      ',Again,,,,,,good,',
      ',Masked,,,,,,,138****5678',
      ',Phone,,,,,,,hello',
      ',王小明,,,,,,,',
      ',王小明,,,,,,,',
    ),
  );
  expect(body).toMatchObject({ ok: false, errorCount: 13 });
  expect(body.errors.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
    '3 name import_value_invalid',
    '4 name import_value_invalid',
    '6 team import_value_invalid',
    '6 status import_value_invalid',
    '6 display import_value_invalid',
    '6 employed_from import_value_invalid',
    '7 id import_agent_unknown',
    '8 employed_until dates_reversed',
    '9 name import_agent_ambiguous',
    '10 client import_address_repeated',
    '11 number import_number_masked',
    '12 number address_invalid',
    '14 null import_row_repeated',
  ]);
  for (const error of body.errors)
    expect([error.message.zh, error.fix?.zh]).toEqual([expect.any(String), expect.any(String)]);
  expect(await exported()).toEqual(before);
});

test.each([
  ['', 'import_empty file'],
  [file('name'), 'import_empty file'],
  [file('name,colour', 'x,red'), 'import_column_unknown file'],
  [file('team', 'North'), 'import_column_missing file'],
  [file('name,name', 'x,y'), 'import_column_repeated file'],
  [file('name', '"x'), 'import_file_invalid file'],
  [file('name', 'x,y'), 'import_file_invalid file'],
  [Buffer.from([0x6e, 0xff, 0xfe]), 'import_encoding file'],
  ['name\r\n'.padEnd(5 * 1024 * 1024 + 1, 'x'), 'body_too_large'],
])('a file that cannot be read is refused: %#', async (text, error) => {
  expect((await load(text)).error).toBe(error);
});

test('no other route takes files, and this one takes nothing else', async () => {
  expect((await api.csv('/agents', 'name')).error).toBe('unsupported_media_type');
  expect((await api.post('/people/import', { name: 'x' })).error).toBe('unsupported_media_type');
});

test('a floor of a thousand is taken in one piece', async () => {
  const rows = Array.from(
    { length: 1_000 },
    (_, i) => `Agent ${i},North,agent${i},1390000${String(i).padStart(4, '0')}`,
  );
  const text = file('name,team,client,number', ...rows);
  expect((await load(text)).body).toMatchObject({
    ok: true,
    created: 1_000,
    addressesAdded: 2_000,
    preview: { length: 200 },
  });
  expect((await load(text)).body).toMatchObject({ ok: true, unchanged: 1_000 });
});
