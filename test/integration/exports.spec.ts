/**
 * Proves of exports over HTTP: the file holds exactly the rows of the list with the same query, within the scope of its
 * maker and with masked numbers; links work once; limits, cancelling, expiry, erasure and lost rights; who sees what; the
 * audit log knows who took what.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { CallPage } from '../../src/shared/api.js';
import type { ExportLink, ExportList, ExportView } from '../../src/shared/exports.js';
import { eventually } from '../support/index.js';
import { workbookOf } from '../support/sheets.js';
import type { Person } from './access-people.js';
import { ask, CALLS, download, type ExportsWorld, ended, exportsWorld, fetchLink, made } from './exports-world.js';

let world: ExportsWorld;
let url: string;
let ops: Person;
beforeAll(async () => {
  world = await exportsWorld({ exportMaxRows: 100, exportsPerPerson: 3 });
  ({ url } = world.server);
  ops = await world.person('ops');
});
afterAll(() => world?.close());

const records = (bytes: Buffer): Record<string, string>[] => parse(bytes, { columns: true, bom: true });
const column = (bytes: Buffer, name: string) => records(bytes).map((row) => row[name]);
const directory = () => join(world.server.db.dataDir, 'exports');

async function listed(who: Person, query = ''): Promise<CallPage['calls']> {
  const calls: CallPage['calls'] = [];
  let cursor = '';
  do {
    const page = await who.call<CallPage>('GET', `/calls?limit=30&${query}${cursor}`);
    calls.push(...page.body.calls);
    cursor = page.body.next === null ? '' : `&cursor=${page.body.next}`;
  } while (cursor !== '');
  return calls;
}

async function audited(id: string): Promise<{ action: string; after: string | null }[]> {
  const { rows } = await world.server.db.pool.query<{ action: string; after: string | null }>(
    `SELECT action, after FROM audit_event WHERE subject_kind = 'export' AND subject_id = $1 ORDER BY seq`,
    [id],
  );
  return rows;
}

test('a list of calls as CSV holds the calls of the list, in its order, numbers masked, and is proved by its hash', async () => {
  const view = await made(ops);
  expect(view).toMatchObject({
    state: 'done',
    rows: 100,
    rowsExpected: 100,
    restarts: 0,
    mine: true,
    numbers: 'masked',
  });
  const file = await download(url, ops, view.id);
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${view.fileName}"`);
  // By the organisation’s clock, Shanghai.
  expect(view.fileName).toMatch(/^calls-20261122-1200\.csv$/);
  expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(view.sha256);
  expect(file.bytes.length).toBe(view.bytes);
  const calls = await listed(ops);
  expect(calls).toHaveLength(100);
  expect(
    records(file.bytes).map((row) => [row.Call, row['Talk (s)'], row['Customer number'], row['Effective (1 = yes)']]),
  ).toEqual(calls.map((call) => [call.id, String(call.talkSeconds), call.customer, call.effective ? '1' : '0']));
  expect(column(file.bytes, 'Customer number').every((number) => /^138\*{4}\d{4}$/.test(number ?? ''))).toBe(true);
  // A name that a spreadsheet would take for a formula.
  expect(new Set(column(file.bytes, 'Agent'))).toEqual(new Set(['Ann', "'=cmd|calc", '小王', '']));
});

test('filters are those of the list; the file is XLSX as well, and Chinese', async () => {
  const query = 'agent=60&direction=outbound&from=2026-11-21&to=2026-11-22';
  const view = await made(ops, { source: { kind: 'calls', query }, format: 'xlsx', language: 'zh' });
  const calls = await listed(ops, query);
  expect(view.rows).toBe(calls.length);
  expect(calls.length).toBeGreaterThan(0);
  const { bytes } = await download(url, ops, view.id);
  // Read by other code than wrote it.
  const [sheet] = await workbookOf(bytes);
  expect(sheet?.name).toBe('通话');
  expect(sheet?.rows[0]?.[0]).toBe('通话编号');
  const [header = [], ...rows] = sheet?.rows ?? [];
  const cells = (...names: string[]) => rows.map((row) => names.map((name) => row[header.indexOf(name)]));
  expect(cells('通话编号', '坐席', '客户号码')).toEqual(
    calls.map(({ id, agent, customer }) => [id, agent?.name, customer]),
  );
  // Durations are parts of a day.
  expect(cells('通话时长（秒）').map(([days]) => Math.round(Number(days) * 86_400_000))).toEqual(
    calls.map(({ talkSeconds }) => Math.round(talkSeconds * 1_000)),
  );
});

test('a file that begins with the byte order mark, for Excel', async () => {
  const view = await made(ops, { byteOrderMark: true });
  expect((await download(url, ops, view.id)).bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

test('outcomes, and a report', async () => {
  expect(await made(ops, { source: { kind: 'outcomes', query: '' } })).toMatchObject({ state: 'done', rows: 0 });
  const source = {
    kind: 'explore' as const,
    spec: {
      range: { from: '2026-11-21', to: '2026-11-22' },
      kpis: ['dials'],
      groupBy: ['agent' as const],
      filters: {},
      compare: 'none' as const,
    },
  };
  for (const format of ['csv', 'xlsx', 'pdf'] as const) {
    const view = await made(ops, { source, format });
    expect([view.state, view.error, view.fileName?.split('.')[1]]).toEqual(['done', null, format]);
    expect((await download(url, ops, view.id)).bytes.length).toBe(view.bytes);
    expect(view.fileName).toBe(`Dials by agent 2026-11-21.${format}`);
  }
  const chinese = await made(ops, { source, format: 'xlsx', language: 'zh' });
  expect(chinese.fileName).toBe('按坐席统计：拨打量 2026-11-21.xlsx');
  expect((await download(url, ops, chinese.id)).headers.get('content-disposition')).toBe(
    `attachment; filename="export 2026-11-21.xlsx"; filename*=UTF-8''${encodeURIComponent(chinese.fileName ?? '')}`,
  );
});

test('a link works once, for five minutes, and only looking at it does not use it up', async () => {
  const view = await made(ops);
  const link = (await ops.call<ExportLink>('POST', `/exports/${view.id}/link`)).body;
  expect((await fetchLink(url, link.url, 'HEAD')).status).toBe(405);
  expect((await fetchLink(url, link.url)).status).toBe(200);
  expect(await fetchLink(url, link.url)).toMatchObject({ status: 410, code: 'export_link_invalid' });
  expect(await fetchLink(url, `/api/v1/exports/${view.id}/file`)).toMatchObject({ code: 'export_link_invalid' });
  const other = await made(ops);
  const wrong = (await ops.call<ExportLink>('POST', `/exports/${other.id}/link`)).body.url.replace(other.id, view.id);
  expect(await fetchLink(url, wrong)).toMatchObject({ status: 410, code: 'export_link_invalid' });
  const late = (await ops.call<ExportLink>('POST', `/exports/${view.id}/link`)).body;
  world.clock.advance(5 * 60_000 + 1);
  expect(await fetchLink(url, late.url)).toMatchObject({ status: 410 });
  expect((await ops.call<ExportView>('GET', `/exports/${view.id}`)).body.downloads).toBe(1);
});

test('two that take one link at once: one gets the file', async () => {
  const view = await made(ops);
  const link = (await ops.call<ExportLink>('POST', `/exports/${view.id}/link`)).body;
  const taken = await Promise.all(Array.from({ length: 8 }, () => fetchLink(url, link.url)));
  expect(taken.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('many different links at once: everybody gets their file', async () => {
  const view = await made(ops);
  const links: ExportLink[] = [];
  for (let n = 0; n < 24; n++) links.push((await ops.call<ExportLink>('POST', `/exports/${view.id}/link`)).body);
  const taken = await Promise.all(links.map((link) => fetchLink(url, link.url)));
  expect(taken.map(({ status }) => status)).toEqual(links.map(() => 200));
});

test('the audit log knows who asked for what, what came of it, and who took it', async () => {
  const supervisor = await world.person('supervisor');
  const view = await made(supervisor, { source: { kind: 'calls', query: 'team=10&customer=1' } });
  await download(url, supervisor, view.id);
  const entries = await audited(view.id);
  expect(entries.map(({ action }) => action)).toEqual([
    'export.asked',
    'export.made',
    'export.link_made',
    'export.downloaded',
  ]);
  expect(JSON.parse(entries[0]?.after ?? '')).toEqual({
    source: 'calls',
    filter: 'team=10&customer=1',
    format: 'csv',
    numbers: 'masked',
  });
  expect(JSON.parse(entries[1]?.after ?? '')).toEqual({ rows: view.rows, bytes: view.bytes, sha256: view.sha256 });
  expect(JSON.parse(entries[3]?.after ?? '')).toMatchObject({
    maker: `user:${supervisor.userId}`,
    sha256: view.sha256,
  });
});

test('a supervisor exports their own teams only, and nobody else by name', async () => {
  const supervisor = await world.person('supervisor');
  const view = await made(supervisor);
  const { bytes } = await download(url, supervisor, view.id);
  expect(new Set(column(bytes, 'Team id'))).toEqual(new Set(['10']));
  expect(records(bytes).map((row) => row.Call)).toEqual((await listed(supervisor)).map((call) => call.id));
  for (const query of ['agent=60', 'team=20', 'agent=50,60']) {
    const refused = await ask(supervisor, { source: { kind: 'calls', query } });
    expect([refused.status, refused.code]).toEqual([403, 'outside_scope']);
  }
});

test('what is asked for is checked', async () => {
  const cases: [object, number, string, string | undefined][] = [
    [{ format: 'doc' }, 400, 'choice_unknown', 'format'],
    [{ format: 'pdf' }, 400, 'export_format_unfit', 'format'],
    [{ colour: 'red' }, 400, 'parameter_unknown', 'colour'],
    [{ source: { kind: 'calls', query: 'limit=3' } }, 400, 'parameter_unknown', 'source.query'],
    [{ source: { kind: 'calls', query: 'agent=x' } }, 400, 'id_invalid', 'agent'],
    [{ source: { kind: 'calls', query: 'agent=1&agent=2' } }, 400, 'parameter_repeated', 'agent'],
    [{ source: { kind: 'walls' } }, 400, 'request_invalid', 'source.kind'],
    [{ source: null }, 400, 'request_invalid', 'source'],
    [{ numbers: 'full' }, 403, 'export_numbers_refused', 'numbers'],
  ];
  for (const [wish, status, code, field] of cases) {
    const answer = await ask(ops, wish);
    expect([wish, answer.status, answer.code, answer.field]).toEqual([wish, status, code, field]);
  }
  const agent = await world.person('agent');
  expect(await ask(agent)).toMatchObject({ status: 403, code: 'forbidden' });
});

test('full numbers are for those who have the right, and are noted', async () => {
  const trusted = await world.person('ops', { seesNumbers: true });
  const view = await made(trusted, { numbers: 'full' });
  const { bytes } = await download(url, trusted, view.id);
  expect(column(bytes, 'Customer number').every((number) => /^'?\+86138000012\d\d$/.test(number ?? ''))).toBe(true);
  expect((await audited(view.id))[0]?.after).toContain('"numbers":"full"');
  await world.server.db.pool.query('UPDATE app_user SET sees_numbers = false WHERE id = $1', [trusted.userId]);
  expect(await trusted.call('POST', `/exports/${view.id}/link`)).toMatchObject({
    status: 403,
    code: 'export_rights_lost',
  });
});

test('whoever lost the right gets nothing, neither made nor fetched', async () => {
  const { pool } = world.server.db;
  const supervisor = await world.person('supervisor');
  const view = await made(supervisor);
  const link = (await supervisor.call<ExportLink>('POST', `/exports/${view.id}/link`)).body;
  await pool.query('UPDATE user_team SET team_id = 20 WHERE user_id = $1', [supervisor.userId]);
  expect(await supervisor.call('POST', `/exports/${view.id}/link`)).toMatchObject({ code: 'export_rights_lost' });
  expect(await fetchLink(url, link.url)).toMatchObject({ status: 403, code: 'export_rights_lost' });
  // Disabled between asking and making.
  const gone = await world.person('supervisor');
  await pool.query(`UPDATE app_user SET disabled_at = now() WHERE id = $1`, [gone.userId]);
  const id = '00000000-0000-4000-8000-000000000001';
  await pool.query(
    `INSERT INTO export_job (id, maker_kind, maker_id, scope, source, format, language, byte_order_mark, full_numbers, created_at)
     VALUES ($1, 'user', $2, '{"kind": "teams", "teams": [10]}', $3, 'csv', 'en', false, false, now())`,
    [id, gone.userId, JSON.stringify(CALLS)],
  );
  const auditor = await world.person('auditor');
  expect(await ended(auditor, id)).toMatchObject({ state: 'failed', error: { code: 'export_rights_lost' } });
});

test('own ones are one’s own; auditors see all and fetch none; administrators may end them', async () => {
  const supervisor = await world.person('supervisor');
  const [auditor, admin] = [await world.person('auditor'), await world.person('admin')];
  const view = await made(supervisor);
  expect(await ops.call('GET', `/exports/${view.id}`)).toMatchObject({ status: 404, code: 'not_found' });
  expect(await ops.call('POST', `/exports/${view.id}/link`)).toMatchObject({ status: 404 });
  expect(await ops.call('DELETE', `/exports/${view.id}`)).toMatchObject({ status: 404 });
  expect(await ops.call('GET', '/exports?of=all')).toMatchObject({ status: 403 });
  const own = (await supervisor.call<ExportList>('GET', '/exports')).body.exports;
  expect(own.map(({ id }) => id)).toEqual([view.id]);
  const all = (await auditor.call<ExportList>('GET', '/exports?of=all')).body.exports;
  expect(all.find(({ id }) => id === view.id)).toMatchObject({
    mine: false,
    maker: { name: expect.stringContaining('supervisor') },
  });
  expect(await auditor.call('POST', `/exports/${view.id}/link`)).toMatchObject({ status: 403 });
  expect(await auditor.call('DELETE', `/exports/${view.id}`)).toMatchObject({ status: 403 });
  expect(await admin.call('DELETE', `/exports/${view.id}`)).toMatchObject({ status: 204 });
  expect(await supervisor.call('GET', `/exports/${view.id}`)).toMatchObject({ status: 404 });
});

test('files are readable by the server alone and go with their export', async () => {
  const supervisor = await world.person('supervisor');
  const view = await made(supervisor);
  const [name = ''] = readdirSync(directory()).filter((file) => file.startsWith(view.id));
  expect(statSync(join(directory(), name)).mode & 0o777).toBe(0o600);
  expect(statSync(directory()).mode & 0o777).toBe(0o700);
  await supervisor.call('DELETE', `/exports/${view.id}`);
  await eventually(() => !existsSync(join(directory(), name)));
});

test('more rows than allowed are refused before the first is written', async () => {
  await world.server.db.pool.query(
    `INSERT INTO call SELECT (json_populate_record(c, json_build_object('key', 'CAmore'))).* FROM call c WHERE key = 'CA00000001'`,
  );
  try {
    const view = await made(ops);
    expect(view).toMatchObject({ state: 'failed', rows: 0, error: { code: 'export_too_large' } });
    expect(view.error?.message.en).toContain('100');
    expect(await ops.call('POST', `/exports/${view.id}/link`)).toMatchObject({ status: 409, code: 'export_not_ready' });
  } finally {
    await world.server.db.pool.query(`DELETE FROM call WHERE key = 'CAmore'`);
  }
});

test('when its time is over the file is deleted', async () => {
  const view = await made(ops);
  world.clock.advance(7 * 86_400_000 + 1);
  const over = await ops.call('POST', `/exports/${view.id}/link`);
  expect([over.status, over.code]).toEqual([410, 'export_expired']);
  const gone = await eventually(
    async () => {
      const { body } = await ops.call<ExportView>('GET', `/exports/${view.id}`);
      return body.state === 'expired' ? body : undefined;
    },
    { withinMs: 15_000 },
  );
  expect(gone.error?.code).toBe('export_expired');
  await eventually(() => !readdirSync(directory()).some((file) => file.startsWith(view.id)));
});

test('after an erasure every file from before it is deleted, because the person could be in it', async () => {
  const view = await made(ops);
  const { pool } = world.server.db;
  await pool.query(
    `INSERT INTO erasure (kind, subject_id, reason, erased_at, bodies, parked) VALUES ('customer', 1, 'asked', now(), 0, 0)`,
  );
  expect(await ops.call('POST', `/exports/${view.id}/link`)).toMatchObject({ status: 410, code: 'export_erased' });
  await eventually(() => !readdirSync(directory()).some((file) => file.startsWith(view.id)), { withinMs: 15_000 });
  expect((await ops.call<ExportView>('GET', `/exports/${view.id}`)).body).toMatchObject({
    state: 'expired',
    error: { code: 'export_erased' },
  });
  expect(await made(ops)).toMatchObject({ state: 'done' });
});
