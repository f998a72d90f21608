/**
 * Proves: the log is read in pages by every filter with the names of today; exports are streamed, harmless in a
 * spreadsheet and entries themselves; the proof over HTTP and on the command line finds damage and says where; only who
 * may read the audit gets any of it.
 */
import { readFileSync } from 'node:fs';
import { type AuditEntry } from '../../src/audit/index.js';
import { inTransaction } from '../../src/platform/index.js';
import type { AuditActorsView, AuditPage, AuditStatus } from '../../src/shared/audit.js';
import { startProduct } from '../support/index.js';
import { API_KEY, childEnvironment, startTestServer, type TestServer } from '../support/server.js';

const OPERATOR = { kind: 'user', id: 1, address: '192.0.2.7' } as const;
let server: TestServer;

const pool = () => server.db.pool;
const record = (entry: Partial<AuditEntry>) =>
  inTransaction(pool(), (tx) =>
    server.server.core.auditLog.record(tx, {
      actor: OPERATOR,
      action: 'team.changed',
      subject: { kind: 'team', id: '1' },
      outcome: 'done',
      ...entry,
    }),
  );
const read = (query: string) => server.get<AuditPage>(`/api/v1/audit?${query}`);
const fetched = (path: string, headers: Record<string, string> = { authorization: `Bearer ${API_KEY}` }) =>
  fetch(server.url + path, { headers });

beforeAll(async () => {
  server = await startTestServer();
  await record({ before: { name: 'Old' }, after: { name: 'New agents' } });
  await record({ action: 'site.created', subject: { kind: 'site', id: '1' }, after: { name: '=cmd|1' } });
  await record({ action: 'team.created', actor: { kind: 'key', id: 77, address: '\u200b=2+5' } });
  await record({ action: 'access.refused', outcome: 'refused', subject: { kind: 'route', id: 'GET /api/v1/users' } });
});
afterAll(() => server.close());

it('pages go back to the first entry, each entry once, with names as they are now', async () => {
  const seen: string[] = [];
  let page = await read('limit=1');
  for (;;) {
    seen.push(...page.events.map((event) => event.seq));
    if (page.next === null) break;
    page = await read(`limit=1&cursor=${page.next}`);
  }
  const all = (await read('limit=200')).events;
  expect(seen).toEqual(all.map((event) => event.seq));
  expect(all.filter((event) => event.action === 'team.changed')).toMatchObject([
    {
      actor: { kind: 'user', id: 1, name: expect.any(String), address: '192.0.2.7' },
      subject: { kind: 'team', id: '1', name: 'New agents' },
      before: { name: 'Old' },
      after: { name: 'New agents' },
      attempts: 1,
    },
  ]);
});

it.each([
  ['actor=user:1', ['access.refused', 'site.created', 'team.changed']],
  ['actor=key', ['team.created']],
  ['action=team', ['team.created', 'team.changed']],
  ['action=team.created,site', ['team.created', 'site.created']],
  ['subject=site:1', ['site.created']],
  ['subject=route', ['access.refused']],
  ['outcome=refused', ['access.refused']],
  ['to=2000-01-01T00:00:00Z', []],
  ['from=2000-01-01T00:00:00Z&actor=key:77', ['team.created']],
])('filter %s', async (query, actions) => {
  const { events } = await read(query);
  expect(events.map((event) => event.action).filter((action) => !action.startsWith('audit.'))).toEqual(actions);
});

it.each([
  ['from=yesterday', 'from'],
  ['actor=bob', 'actor'],
  ["actor=user:1'--", 'actor'],
  ['action=team,nonsense', 'action'],
  ['subject=Team', 'subject'],
  ['outcome=maybe', 'outcome'],
  ['limit=0', 'limit'],
  ['cursor=x', 'cursor'],
  ['order=seq', 'order'],
])('%s is refused, naming the field', async (query, field) => {
  const response = await fetched(`/api/v1/audit?${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'request_invalid', field } });
});

it('lists whom the log names', async () => {
  const { actors } = await server.get<AuditActorsView>('/api/v1/audit/actors');
  expect(actors).toEqual(
    expect.arrayContaining([
      { kind: 'user', id: 1, name: expect.any(String) },
      { kind: 'key', id: 77, name: null },
    ]),
  );
});

it('exports what the filter takes, harmless in a spreadsheet, and is an entry itself', async () => {
  const response = await fetched('/api/v1/audit/export.csv?action=team,site');
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
  const text = await response.text();
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^number,time_utc,actor_kind/);
  expect(text).toContain(",'\u200b=2+5,team.created");
  expect(text).toContain('"{""name"":""=cmd|1""}"');
  const [entry] = (await read('action=audit.exported')).events;
  expect(entry).toMatchObject({ actor: { kind: 'key', id: null }, after: { actions: expect.any(Array) } });
});

it('says how long the chain is and proves it on request', async () => {
  await server.server.core.auditLog.settle();
  const status = await server.post<AuditStatus>('/api/v1/audit/verify');
  expect(status).toMatchObject({
    entries: expect.any(Number),
    first: { seq: '1' },
    origin: null,
    anchored: { seq: status.last?.seq },
    verification: { ok: true, entries: status.entries, problems: [] },
  });
  expect(await server.get('/api/v1/audit/status')).toEqual(status);
});

it('nobody else reads it', async () => {
  for (const path of ['', '/actors', '/status', '/export.csv']) {
    expect((await fetched(`/api/v1/audit${path}`, {})).status).toBe(401);
  }
});

it('the command line proves the same, exports to a file, and names damage', async () => {
  const settings = childEnvironment(server.db.dataDir, { DATABASE_URL: server.db.url });
  const run = async (...args: string[]) => {
    const product = startProduct(['audit', ...args], settings);
    return { code: await product.ended(), output: product.output() };
  };
  await server.server.core.auditLog.settle();
  const whole = await run('verify');
  expect([whole.code, whole.output]).toEqual([0, expect.stringContaining('The audit log is whole.')]);
  const file = `${server.db.dataDir}/audit.csv`;
  expect(await run('export', '--action', 'site', '--output', file)).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(3);
  expect((await run('export', '--action', 'nonsense')).code).toBe(1);
  await inTransaction(pool(), async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query("UPDATE audit_event SET after = NULL WHERE action = 'team.changed'");
  });
  const [{ seq } = { seq: '' }] = (await read('action=team.changed')).events;
  const { code, output } = await run('verify', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(output)).toMatchObject({ ok: false, problems: [{ kind: 'altered', seq }] });
  expect(await server.post('/api/v1/audit/verify')).toMatchObject({
    verification: { ok: false, problemCount: 1, problems: [{ kind: 'altered', seq }] },
  });
});
