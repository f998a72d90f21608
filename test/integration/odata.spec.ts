/**
 * Proves that the feed speaks OData v4: its metadata is read by another library and is true of what comes; every query
 * option gives what an evaluation of its own gives over the same rows; wrong queries are 400 (or 501) in the protocol's
 * error shape; keys come by Bearer or Basic; reading is noted once an hour.
 */
import { parse } from '@sap-ux/edmx-parser';
import fc from 'fast-check';
import { eventually } from '../support/index.js';
import { API_KEY } from '../support/server.js';
import { compareRows, type Field, literalOf, pick, tests } from './odata-evaluation.js';
import { FeedWorld, type Row } from './odata-world.js';

const SEED = 20261122;
const KPI_SETS = ['KpiByDay', 'KpiByInterval', 'KpiByAgentDay', 'KpiByAgentInterval'];
const SETS = [...KPI_SETS, 'Agents', 'Teams', 'Campaigns', 'Calls', 'Outcomes', 'Targets'];
const basic = (password: string, user = 'excel') => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

interface SetShape {
  keys: string[];
  fields: Field[];
}

let world: FeedWorld;
let shapes: Map<string, SetShape>;
const rowsOf = new Map<string, Row[]>();
beforeAll(async () => {
  world = await FeedWorld.build();
  shapes = shapesOf((await world.feed('$metadata')).text);
  for (const set of SETS) rowsOf.set(set, await world.all(set));
});
afterAll(() => world?.close());

/** Its own types come with another package. */
interface Parsed {
  schema: {
    entityTypes: {
      fullyQualifiedName: string;
      keys: { name: string }[];
      entityProperties: { name: string; type: string; nullable?: boolean }[];
    }[];
    entitySets: { name: string; entityTypeName: string }[];
  };
}

/** What the other library makes of the metadata. */
function shapesOf(xml: string): Map<string, SetShape> {
  const { schema } = parse(xml) as unknown as Parsed;
  const byType = new Map(schema.entityTypes.map((type) => [type.fullyQualifiedName, type]));
  return new Map(
    schema.entitySets.map(({ name, entityTypeName }) => {
      const type = byType.get(entityTypeName);
      const fields = [...(type?.entityProperties ?? [])].map((one) => ({
        name: one.name,
        type: one.type,
        nullable: one.nullable !== false,
      }));
      return [name, { keys: (type?.keys ?? []).map((key) => key.name), fields }];
    }),
  );
}

const rows = (set: string): Row[] => rowsOf.get(set) ?? [];
const fieldsOf = (set: string): Field[] => shapes.get(set)?.fields ?? [];

// ── description ────────────────────────────────────────────────────────────────────────────────────────────────────

it('the metadata is read by another library, names every set and property, and explains them', async () => {
  const { text, headers } = await world.feed('$metadata');
  expect(headers.get('content-type')).toContain('application/xml');
  expect(headers.get('odata-version')).toBe('4.0');
  expect([...shapes.keys()]).toEqual(SETS);
  expect(shapes.get('KpiByDay')?.keys).toEqual(['business_date', 'agent_id', 'team_id', 'campaign_id']);
  expect(text).toMatch(
    /Name="connect_rate" Type="Edm.Double">\s*<Annotation Term="Core.Description" String="Connect rate \/ 接通率: connects ÷ dials \(version 1\)/,
  );
  expect(text).toContain('<PropertyPath>customer</PropertyPath>');
});

it.each(SETS)('%s holds what its metadata says', (set) => {
  const { keys, fields } = shapes.get(set) ?? { keys: [], fields: [] };
  expect(rows(set).length).toBeGreaterThan(2);
  for (const row of rows(set)) {
    expect(Object.keys(row)).toEqual(fields.map(({ name }) => name));
    for (const field of fields)
      expect([field.name, row[field.name], fits(row[field.name], field)]).toEqual([field.name, row[field.name], true]);
  }
  expect(new Set(rows(set).map((row) => JSON.stringify(keys.map((key) => row[key])))).size).toBe(rows(set).length);
});

function fits(value: Row[string] | undefined, { type, nullable }: Field): boolean {
  if (value === null) return nullable;
  switch (type) {
    case 'Edm.Int64':
      return Number.isInteger(value);
    case 'Edm.Decimal':
      return typeof value === 'number' && Math.abs(value * 1_000 - Math.round(value * 1_000)) < 1e-6;
    case 'Edm.Double':
      return typeof value === 'number';
    case 'Edm.Boolean':
      return typeof value === 'boolean';
    case 'Edm.Date':
      return /^\d{4}-\d{2}-\d{2}$/.test(String(value));
    case 'Edm.DateTimeOffset':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/.test(String(value));
    default:
      return type === 'Edm.String' && typeof value === 'string';
  }
}

it('the service document lists what the key may read', async () => {
  const all = await world.feed('');
  expect(all.body.value.map((one: { url: string }) => one.url)).toEqual(SETS);
  expect(all.body['@odata.context']).toBe(`${world.server.url}/odata/v4/$metadata`);
  const callsOnly = await world.feed('', { authorization: `Bearer ${await world.key(['calls:read'])}` });
  expect(callsOnly.body.value).toEqual([{ name: 'Calls', kind: 'EntitySet', url: 'Calls' }]);
});

// ── options, against an evaluation of this test ────────────────────────────────────────────────────────────────────

it.each(SETS)('%s: $filter, $orderby, $select, $top, $skip, $count and pages', async (set) => {
  const { keys, fields } = shapes.get(set) ?? { keys: [], fields: [] };
  const sortable = fields.filter(({ name }) => name !== 'customer');
  const arbitrary = fc.record({
    test: tests(fieldsOf(set), rows(set)),
    sort: fc.uniqueArray(fc.tuple(fc.constantFrom(...sortable.map(({ name }) => name)), fc.boolean()), {
      maxLength: 3,
      selector: ([name]) => name,
    }),
    select: fc.option(
      fc.uniqueArray(fc.constantFrom(...fields.map(({ name }) => name)), { minLength: 1, maxLength: 5 }),
    ),
    top: fc.option(fc.nat(12)),
    skip: fc.option(fc.nat(6)),
    pageSize: fc.integer({ min: 4, max: 50 }),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ test, sort, select, top, skip, pageSize }) => {
      const wanted = rows(set).filter((row) => test.holds(row) === true);
      const by = [...sort, ...keys.map((key): [string, boolean] => [key, false])];
      if (sort.length > 0) wanted.sort((a, b) => compareRows(a, b, by));
      const shown = wanted.slice(skip ?? 0, (skip ?? 0) + (top ?? wanted.length)).map((row) => pick(row, select));
      const query = [
        `$filter=${test.text}`,
        '$count=true',
        ...(sort.length === 0
          ? []
          : [`$orderby=${sort.map(([name, down]) => (down ? `${name} desc` : name)).join(', ')}`]),
        ...(select === null ? [] : [`$select=${select.join(',')}`]),
        ...(top === null ? [] : [`$top=${top}`]),
        ...(skip === null ? [] : [`$skip=${skip}`]),
      ].join('&');
      const prefer = { prefer: `odata.maxpagesize=${pageSize}` };
      const first = await world.feed(`${set}?${query}`, prefer);
      expect([query, first.status, first.body?.['@odata.count']]).toEqual([query, 200, wanted.length]);
      expect(first.body.value.length).toBeLessThanOrEqual(pageSize);
      expect([query, await world.all(`${set}?${query}`, prefer)]).toEqual([query, shown]);
      const counted = await world.feed(`${set}/$count?$filter=${test.text}`);
      expect(counted.text).toBe(String(wanted.length));
    }),
    { seed: SEED, numRuns: 15 },
  );
});

it.each(SETS)('%s: one entity by its key', async (set) => {
  const { keys, fields } = shapes.get(set) ?? { keys: [], fields: [] };
  for (const row of rows(set).slice(0, 5)) {
    const parts = keys.map(
      (key) => [key, literalOf(row[key] ?? null, fields.find(({ name }) => name === key)?.type ?? '')] as const,
    );
    const named = parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join(',');
    const one = await world.feed(`${set}(${named})`);
    const { '@odata.context': context, ...found } = one.body;
    expect(found).toEqual(row);
    expect(context).toBe(`${world.server.url}/odata/v4/$metadata#${set}/$entity`);
    if (parts.length === 1)
      expect((await world.feed(`${set}(${encodeURIComponent(parts[0]?.[1] ?? '')})`)).body).toEqual(one.body);
  }
});

it('forms of an answer: no metadata, numbers as text, the context of a selection', async () => {
  const none = await world.feed('Agents?$format=application/json;odata.metadata=none');
  expect(Object.keys(none.body)).toEqual(['value']);
  expect((await world.feed('Agents?$format=json')).body.value).toEqual(rows('Agents'));
  const asText = await world.feed('KpiByDay?$select=dials,talk_s,connect_rate&$top=1&$filter=dials gt 0&$count=true', {
    accept: 'application/json;IEEE754Compatible=true',
  });
  expect(asText.headers.get('content-type')).toContain('IEEE754Compatible=true');
  expect(asText.body['@odata.count']).toMatch(/^\d+$/);
  expect(asText.body.value[0]).toEqual({
    dials: expect.stringMatching(/^\d+$/),
    talk_s: expect.stringMatching(/^\d+\.\d{3}$/),
    connect_rate: expect.any(Number),
  });
  expect(asText.body['@odata.context']).toBe(
    `${world.server.url}/odata/v4/$metadata#KpiByDay(dials,talk_s,connect_rate)`,
  );
  const preferred = await world.feed('Agents', { prefer: 'odata.maxpagesize=2' });
  expect(preferred.headers.get('preference-applied')).toBe('odata.maxpagesize=2');
});

it('what is dear or personal is left out until it is asked for, and never filtered by', async () => {
  const text = JSON.stringify([...rowsOf.values()]);
  expect(text).not.toContain('13800001');
  expect(text).not.toContain('a note that no feed shows');
  expect(rows('Calls')[0]?.customer).toMatch(/^138\*\*\*\*\d{4}$/);
});

// ── wrong queries ──────────────────────────────────────────────────────────────────────────────────────────────────

it.each([
  ['Agents?$filter=nope eq 1', 400, 'odata_property_unknown', '$filter', 1],
  ['Agents?$filter=agent eq 1', 400, 'odata_type_mismatch', '$filter', 7],
  ['Agents?$filter=agent', 400, 'odata_type_mismatch', '$filter', 1],
  ["Agents?$filter=agent_id eq 'x'", 400, 'odata_type_mismatch', '$filter', 10],
  ['Agents?$filter=contains(agent_id,1)', 400, 'odata_type_mismatch', '$filter', 1],
  ['Agents?$filter=agent_id gt 08:30', 400, 'odata_type_mismatch', '$filter', 13],
  ['Agents?$filter=agent_id eq 1 and (', 400, 'odata_syntax', '$filter', 20],
  ['Calls?$filter=started_at gt 2026-11-31', 400, 'odata_literal_invalid', '$filter', 15],
  ["Calls?$filter=customer eq '138****1111'", 400, 'odata_property_unfilterable', '$filter', 1],
  ['Calls?$orderby=customer', 400, 'odata_property_unfilterable', '$orderby', 1],
  ['Agents?$filter=agent_id add 1 eq 2', 501, 'odata_not_supported', '$filter', 10],
  ['Agents?$select=agent,nope', 400, 'odata_property_unknown', '$select', 7],
  ['Agents?$select=agent,,team', 400, 'odata_syntax', '$select', 7],
  ['Agents?$orderby=agent down', 400, 'odata_syntax', '$orderby', 1],
  ['Agents?$orderby=nope desc', 400, 'odata_property_unknown', '$orderby', 1],
  ['Agents?$orderby=tolower(agent)', 501, 'odata_not_supported', '$orderby', 1],
  ['Agents?$top=ten', 400, 'odata_option_invalid', '$top', null],
  ['Agents?$top=-1', 400, 'odata_option_invalid', '$top', null],
  ['Agents?$skip=1.5', 400, 'odata_option_invalid', '$skip', null],
  ['Agents?$count=maybe', 400, 'odata_option_invalid', '$count', null],
  ['Agents?$top=1&$top=2', 400, 'odata_option_invalid', '$top', null],
  ['Agents?$skiptoken=abc', 400, 'odata_skiptoken_invalid', '$skiptoken', null],
  ['Agents?$nope=1', 400, 'odata_option_unknown', '$nope', null],
  ['Agents?$expand=Team', 501, 'odata_not_supported', '$expand', null],
  ['KpiByDay?$apply=aggregate(dials with sum as n)', 501, 'odata_not_supported', '$apply', null],
  ['Agents?$search=ann', 501, 'odata_not_supported', '$search', null],
  ['Agents?$filter=agent eq @p&@p=1', 501, 'odata_not_supported', '@p', null],
  ['Agents?$format=atom', 406, 'odata_format_unsupported', '$format', null],
  ['Agents/$count?$top=1', 400, 'odata_option_unknown', '$top', null],
  ['Agents(1)?$filter=true', 400, 'odata_option_unknown', '$filter', null],
  ["Agents('x')", 400, 'odata_key_invalid', undefined, null],
  ['Agents()', 400, 'odata_key_invalid', undefined, null],
  ['KpiByDay(3)', 400, 'odata_key_invalid', undefined, null],
  ['Agents(999999)', 404, 'not_found', undefined, null],
  ['Nobody', 404, 'odata_resource_unknown', undefined, null],
  ['Agents(1)/team', 404, 'odata_resource_unknown', undefined, null],
])('%s → %s %s', async (path, status, code, target, position) => {
  const answer = await world.feed(path);
  expect([answer.status, answer.body.error.code, answer.body.error.target]).toEqual([status, code, target]);
  expect(answer.body.error.innererror?.position ?? null).toBe(position);
  expect(Object.keys(answer.body)).toEqual(['error']);
  expect(typeof answer.body.error.message).toBe('string');
  expect(answer.headers.get('odata-version')).toBe('4.0');
});

it('numbers beyond what the database has, tokens of other queries and old clients are refused, none breaks the feed', async () => {
  const big = '9'.repeat(400);
  expect((await world.feed(`Agents?$filter=agent_id lt ${big}`)).body.value).toHaveLength(rows('Agents').length);
  expect((await world.feed('KpiByDay?$filter=connect_rate lt 1e400')).status).toBe(400);
  const token = (values: unknown) => Buffer.from(JSON.stringify({ v: values, l: null })).toString('base64url');
  for (const values of [['x'], [null], [1], ['1', '2'], [], ['99999999999999999999'], ["1'; DROP TABLE agent"]]) {
    expect((await world.feed(`Agents?$skiptoken=${token(values)}`)).body.error?.code).toBe('odata_skiptoken_invalid');
  }
  for (const at of ['2026-99-99 00:00:00+00', 'now']) {
    const answer = await world.feed(`Calls?$skiptoken=${token([at, 'CA1'])}`);
    expect([at, answer.status]).toEqual([at, 400]);
  }
  expect((await world.feed('Agents', { 'odata-maxversion': '3.0' })).body.error.code).toBe('odata_version_unsupported');
  expect((await world.feed('Agents', { 'odata-maxversion': '4.01' })).status).toBe(200);
  expect((await world.feed('Agents', { accept: 'application/atom+xml' })).status).toBe(406);
  expect((await world.feed('Agents?$filter=nope eq 1', { 'accept-language': 'zh-CN' })).body.error.message).toContain(
    '没有属性',
  );
  // A client's own options mean nothing here.
  expect((await world.feed('Agents?sourceApp=excel')).status).toBe(200);
});

it('no query breaks the feed: whatever is asked is answered 200 or refused in the shape of the protocol', async () => {
  const words = [
    ...fieldsOf('Calls').map(({ name }) => name),
    'and',
    'or',
    'not',
    'eq',
    'in',
    '(',
    ')',
    ',',
    "'x'",
    '5',
    'null',
  ];
  const more = ['contains(', 'year(', 'true', '2026-11-22', '2026-11-22T00:00:00Z', '1e9', '-3.5', 'tolower('];
  const texts = fc
    .array(fc.constantFrom(...words, ...more), { minLength: 1, maxLength: 8 })
    .map((all) => all.join(' '));
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const { status, body } = await world.feed(`Calls?$top=1&$select=call_id&$filter=${text}`);
      expect([text, [200, 400, 501].includes(status)]).toEqual([text, true]);
      if (status !== 200) expect(typeof body.error.message).toBe('string');
    }),
    { seed: SEED, numRuns: 100 },
  );
});

// ── who ────────────────────────────────────────────────────────────────────────────────────────────────────────────

it('a key comes as bearer or as the password of Basic; without one the feed asks for a password', async () => {
  const secret = await world.key(['kpis:read']);
  for (const headers of [{ authorization: `Bearer ${secret}` }, basic(secret), basic(secret, ''), basic(API_KEY)]) {
    expect((await world.feed('Agents', headers)).status).toBe(200);
  }
  expect((await world.feed('Calls', basic(secret))).status).toBe(403);
  for (const headers of [
    { authorization: '' },
    basic('wrong'),
    { authorization: 'Basic !!!' },
    { authorization: 'Basic' },
  ]) {
    const answer = await world.feed('Agents', headers);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="Tallyboard", charset="UTF-8"',
    ]);
    expect(answer.body.error.code).toBe('unauthenticated');
  }
  // Nowhere else.
  expect((await world.get(`${world.server.url}/api/v1/kpis`, basic(secret))).status).toBe(401);
});

it('more requests than the rate of its key are refused in the shape of the protocol, with when to come back', async () => {
  const headers = { authorization: `Bearer ${await world.key(['kpis:read'], 2)}` };
  for (let n = 0; n < 2; n++) expect((await world.feed('Agents', headers)).status).toBe(200);
  // Whatever is asked for, and however it comes in.
  const secret = headers.authorization.slice('Bearer '.length);
  for (const [path, who] of [
    ['Agents', headers],
    ['', headers],
    ['$metadata', headers],
    ['Nobody', headers],
    ['Agents/$count', basic(secret)],
    ['Agents(0)', { ...headers, 'accept-language': 'zh-CN' }],
  ] as const) {
    const answer = await world.feed(path, who);
    expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 429, '30']);
    expect(answer.headers.get('odata-version')).toBe('4.0');
    expect(answer.body).toEqual({
      error: {
        code: 'rate_limited',
        message: expect.any(String),
        ...(answer.body.error.innererror ? { innererror: { fix: expect.any(String) } } : {}),
      },
    });
    expect(/[\u4e00-\u9fff]/.test(answer.body.error.message)).toBe('accept-language' in who);
  }
  world.clock.advance(30_000);
  expect((await world.feed('Agents', headers)).status).toBe(200);
});

it('reading is noted once an hour for each key and set', async () => {
  const secret = await world.key(['kpis:read', 'calls:read']);
  const headers = { authorization: `Bearer ${secret}` };
  const noted = async (): Promise<string[]> => {
    const { events } = await world.make<{ events: { subject: { id: string }; actor: { name: string } }[] }>(
      'GET',
      '/api/v1/audit?action=feed.read&limit=200',
    );
    return events.filter(({ actor }) => actor.name === 'key kpis:read,calls:read').map(({ subject }) => subject.id);
  };
  for (const path of ['Teams', 'Teams?$top=1', 'Teams/$count', 'Teams(1)']) await world.feed(path, headers);
  await world.all('Agents', { ...headers, prefer: 'odata.maxpagesize=1' });
  await eventually(async () => (await noted()).length >= 2, { what: 'two notes' });
  world.clock.advance(3_600_000);
  await world.feed('Teams', headers);
  await eventually(async () => (await noted()).length >= 3, { what: 'the note of the next hour' });
  expect((await noted()).sort()).toEqual(['Agents', 'Teams', 'Teams']);
});
