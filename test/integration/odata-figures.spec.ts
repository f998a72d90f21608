/**
 * Proves that the feed says what the API says: KPIs, calls, outcomes, targets with their attainment, row
 * by row; that people see their scope and nothing else; and that pages are complete and without repeats while calls come in.
 */
import { readFileSync } from 'node:fs';
import type { CallPage, KpiDefinitionView, KpiReport, KpiValue } from '../../src/shared/api.js';
import type { OutcomePage } from '../../src/shared/outcomes.js';
import type { ReportChoices } from '../../src/shared/report-choices.js';
import type { TargetProgress, TargetView } from '../../src/shared/targets.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';
import { FeedWorld, NOW, type Row } from './odata-world.js';

const FROM = '2026-11-18';
const UNTIL = '2026-11-24';
let world: FeedWorld;
let catalog: KpiDefinitionView[];
beforeAll(async () => {
  world = await FeedWorld.build();
  catalog = await world.make('GET', '/api/v1/kpis/catalog');
});
afterAll(() => world?.close());

const kpis = (query: string, headers: Record<string, string> = {}): Promise<KpiReport> =>
  world.get(`${world.server.url}/api/v1/kpis?from=${FROM}&to=${UNTIL}&${query}`, headers).then(({ body }) => body);
const sum = (rows: Row[], name: string): number => rows.reduce((all, row) => all + Number(row[name] ?? 0), 0);
const close = (value: number): number => Math.round(value * 1_000);
/** Amounts by currency as the API lists them. */
function amountIn(value: KpiValue, currency: string): number {
  if (value === null || typeof value === 'number') return Number(value);
  return (Array.isArray(value) ? value : [value]).find((one) => one.currency === currency)?.amountMinor ?? 0;
}

it.each(['KpiByDay', 'KpiByInterval', 'KpiByAgentDay', 'KpiByAgentInterval'])(
  '%s adds up to GET /kpis, in all and by agent, team and campaign',
  async (set) => {
    const rows = await world.all(set);
    const ofPeople = set.startsWith('KpiByAgent');
    const { totals } = await kpis('groupBy=organisation');
    const measures = catalog.filter(({ kind, available }) => kind === 'measure' && available);
    expect(measures.length).toBeGreaterThan(30);
    for (const { id, unit } of measures) {
      if (unit !== 'money') expect([id, close(sum(rows, id))]).toEqual([id, close(Number(totals[id]))]);
      // Over all campaigns a row with several currencies lists none: held row by row below.
      else if (!ofPeople) {
        for (const currency of ['CNY', 'EUR']) {
          const own = rows.filter((row) => row.currency === currency);
          expect([id, currency, sum(own, `${id}_minor`)]).toEqual([id, currency, amountIn(totals[id] ?? 0, currency)]);
        }
      }
    }
    for (const group of ofPeople ? (['agent', 'team'] as const) : (['agent', 'team', 'campaign'] as const)) {
      const report = await kpis(`groupBy=${group}&kpis=dials,talk_s,sales,on_call_s,connects`);
      expect(report.rows.length).toBeGreaterThan(1);
      for (const { key, values } of report.rows) {
        const own = rows.filter((row) => String(row[`${group}_id`]) === key);
        for (const [id, value] of Object.entries(values))
          expect([group, key, id, close(sum(own, id))]).toEqual([group, key, id, close(Number(value))]);
      }
    }
  },
);

const TIME_IN_STATES = new Set(['logged_in_s', 'available_s', 'on_call_s', 'wrap_up_s', 'paused_s']);

/** The question GET /kpis has to answer about a row. */
function questionOf(row: Row): string {
  const until = (from: string, ms: number) => new Date(Date.parse(from) + ms).toISOString();
  const range =
    row.slot_start === undefined
      ? `from=${row.business_date}&to=${until(`${row.business_date}T00:00:00Z`, 86_400_000).slice(0, 10)}`
      : `from=${row.slot_start}&to=${until(String(row.slot_start), 900_000)}`;
  const campaign = row.campaign_id === undefined ? '' : `&campaign=${row.campaign_id}`;
  return `${range}&agent=${row.agent_id}&team=${row.team_id}${campaign}`;
}

it.each([
  ['KpiByDay', 15],
  ['KpiByInterval', 13],
  ['KpiByAgentDay', 19],
  ['KpiByAgentInterval', 17],
] as const)('every figure of a row of %s is what GET /kpis says of it, to the last digit', async (set, atLeast) => {
  const rows = await world.all(set);
  const shown = catalog.filter(({ id }) => rows[0] !== undefined && (id in rows[0] || `${id}_minor` in rows[0]));
  expect(shown.filter(({ kind }) => kind === 'ratio').length).toBeGreaterThanOrEqual(atLeast);
  const proved = new Set<string>();
  for (const row of rows.filter((_, n) => set.endsWith('Day') || n % 2 === 0)) {
    const where = questionOf(row);
    const { body } = await world.get(`${world.server.url}/api/v1/kpis?${where}`);
    for (const { id, unit } of shown) {
      const told = (body as KpiReport).totals[id] ?? null;
      // Belongs to no campaign: asked about one there is no value, and its rows add nothing to the sum.
      const value = TIME_IN_STATES.has(id) && Number(row.campaign_id) > 0 && told === null ? 0 : told;
      const isMoney = unit === 'money' || unit === 'money_per_hour';
      const expected = isMoney ? amountOf(value, row) : value;
      expect([where, id, row[isMoney ? `${id}_minor` : id]]).toEqual([where, id, expected]);
      if (typeof expected === 'number' && expected !== 0) proved.add(id);
    }
  }
  for (const id of ['dials', 'connect_rate', 'occupancy']) expect([set, id, proved.has(id)]).toEqual([set, id, true]);
  if (!set.startsWith('KpiByAgent')) return;
  const ofSales = set === 'KpiByAgentDay' ? ['sales_per_hour', 'revenue_per_hour', 'avg_deal'] : [];
  for (const id of ['aht_s', 'dials_per_hour', ...ofSales]) expect([set, id, proved.has(id)]).toEqual([set, id, true]);
  // Both what is of one currency and what is of several.
  expect(new Set(rows.map(({ currency }) => currency))).toEqual(new Set(['CNY', 'EUR', null]));
});

/** Of a row of a campaign in its currency; over all campaigns null where there are several. */
function amountOf(value: KpiValue, row: Row): number | null {
  if (value === null || (Array.isArray(value) && row.campaign_id === undefined)) return null;
  if (row.campaign_id === undefined) {
    const { currency } = Array.isArray(value) || typeof value === 'number' ? { currency: '' } : value;
    expect(row.currency).toBe(currency);
  }
  return amountIn(value, String(row.currency));
}

it('every KPI of the catalog is in a set, or docs/bi.md says why it is not', async () => {
  const text = readFileSync('docs/bi.md', 'utf8');
  const table: { sets: string[]; kpis: string[] }[] = [
    ...text.slice(text.indexOf('| not in |')).matchAll(/^\| (`.*?) \| (`.*?) \| .+ \|$/gm),
  ].map(([, sets = '', kpis = '']) => ({ sets: sets.match(/\w+/g) ?? [], kpis: kpis.match(/\w+/g) ?? [] }));
  expect(table.length).toBeGreaterThan(3);
  for (const set of ['KpiByDay', 'KpiByInterval', 'KpiByAgentDay', 'KpiByAgentInterval']) {
    const [row = {}] = await world.all(`${set}?$top=1`);
    const missing = catalog.filter(({ id, available }) => available && !(id in row) && !(`${id}_minor` in row));
    const told: string[] = table.filter(({ sets }) => sets.includes(set)).flatMap(({ kpis }) => kpis);
    expect([set, told.sort()]).toEqual([set, missing.map(({ id }) => id).sort()]);
  }
});

it('Calls are those of GET /calls, and the flags count what the KPIs count', async () => {
  const calls: CallPage['calls'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: CallPage = await world.make(
      'GET',
      `/api/v1/calls?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    calls.push(...page.calls);
    cursor = page.next;
  }
  const rows = await world.all('Calls');
  const shown = rows.map((row) => ({
    id: row.call_id,
    direction: row.direction,
    outcome: row.outcome,
    answeredBy: row.answered_by,
    startedAt: Date.parse(String(row.started_at)),
    endedAt: row.ended_at === null ? null : Date.parse(String(row.ended_at)),
    ringSeconds: row.ring_s,
    talkSeconds: row.talk_s,
    effective: row.effective,
    stale: row.stale,
    agent: row.agent_id,
    team: [row.team_id, row.team],
    campaign: [row.campaign_id, row.campaign],
    customer: row.customer,
    disposition: row.disposition,
    sales: row.sales,
    doNotCall: row.do_not_call,
    businessDate: row.business_date,
  }));
  const expected = calls.map((call) => ({
    id: call.id,
    direction: call.direction,
    outcome: call.outcome,
    answeredBy: call.answeredBy,
    startedAt: Date.parse(call.startedAt),
    endedAt: call.endedAt === null ? null : Date.parse(call.endedAt),
    ringSeconds: call.ringSeconds,
    talkSeconds: call.talkSeconds,
    effective: call.effective,
    stale: call.stale,
    agent: call.agent?.id ?? 0,
    team: [call.team.id, call.team.name],
    campaign: [call.campaign.id, call.campaign.name],
    customer: call.customer,
    disposition: call.disposition?.key ?? null,
    sales: call.sales,
    doNotCall: call.doNotCall,
    businessDate: call.businessDate,
  }));
  expect(shown.length).toBe(61);
  expect(shown.reverse()).toEqual(expected);
  const { totals } = await kpis('kpis=dials,first_dials,connects,humans,contacts,effective,machine,talk_s');
  const flags = {
    dials: 'dial',
    first_dials: 'first_dial',
    connects: 'connect',
    humans: 'human',
    contacts: 'contact',
    effective: 'effective',
    machine: 'machine',
  };
  for (const [id, flag] of Object.entries(flags))
    expect([id, rows.filter((row) => row[flag] === true).length]).toEqual([id, totals[id]]);
});

it('Outcomes are those of GET /outcomes', async () => {
  const { outcomes } = await world.make<OutcomePage>('GET', '/api/v1/outcomes?limit=200');
  const rows = await world.all('Outcomes');
  expect(rows.length).toBeGreaterThan(10);
  const shown = rows.map((row) => [
    row.outcome_id,
    row.agent_id,
    row.call_id,
    row.customer,
    row.disposition,
    row.sold ? row.amount_minor : null,
    row.cancelled,
  ]);
  expect(shown.reverse()).toEqual(
    outcomes.map((one) => [
      one.id,
      one.agent?.id ?? 0,
      one.callId,
      one.customer,
      one.disposition?.key ?? null,
      one.sale?.amountMinor ?? null,
      one.cancelled,
    ]),
  );
});

it('Targets are those of GET /targets, with the attainment of GET /attainment', async () => {
  const targets = await world.make<TargetView[]>('GET', '/api/v1/targets');
  const rows = await world.all('Targets');
  const shown = rows.map((row) => [
    row.target_id,
    row.scope,
    row.team_id ?? row.agent_id,
    row.label,
    row.kpi,
    row.period,
    row.value,
    row.currency,
    row.valid_from,
    row.valid_until,
  ]);
  const expected = [...targets].sort((a, b) => a.id - b.id);
  expect(shown).toEqual(
    expected.map(({ scope, ...one }) => [
      one.id,
      scope.kind,
      scope.kind === 'organisation' ? null : scope.id,
      one.label,
      one.kpi,
      one.period,
      one.value,
      one.currency,
      one.validFrom,
      one.validUntil,
    ]),
  );
  const scopes = new Set(
    targets.map(({ scope }) => (scope.kind === 'organisation' ? 'organisation' : `${scope.kind}:${scope.id}`)),
  );
  let proved = 0;
  for (const scope of scopes) {
    for (const one of await world.make<TargetProgress[]>('GET', `/api/v1/attainment?scope=${scope}`)) {
      const row = rows.find(({ target_id }) => target_id === one.targetId);
      const actual = amountIn(one.actual, one.currency ?? '');
      expect([row?.kpi, row?.period_from, row?.prorated, row?.attainment, row?.pace]).toEqual([
        one.kpi,
        one.from,
        one.target,
        one.attainment,
        one.pace,
      ]);
      expect(row?.actual).toBe(one.actual === null ? null : actual);
      proved++;
    }
  }
  expect(proved).toBe(targets.length - 1);
  expect(rows.filter(({ attainment }) => attainment !== null).length).toBeGreaterThan(5);
});

it('a supervisor and a key of their teams read these and an agent themself, in every set', async () => {
  const { teams, agents } = world;
  const supervisor = await world.person('supervisor', { teams: [teams.North] });
  const agent = await world.person('agent', { agentId: agents.ann });
  const key = {
    authorization: `Bearer ${await world.key(['kpis:read', 'calls:read', 'outcomes:read'], 60_000, [teams.North ?? 0])}`,
  };
  const ofNorth = (row: Row): boolean => row.team_id === teams.North || row.team_id === teams.Below;
  const people: [Record<string, string>, (row: Row) => boolean][] = [
    [supervisor, ofNorth],
    [key, ofNorth],
    [agent, (row) => row.agent_id === agents.ann],
  ];
  for (const [headers, isSeen] of people) {
    for (const set of [
      'KpiByDay',
      'KpiByInterval',
      'KpiByAgentDay',
      'KpiByAgentInterval',
      'Calls',
      'Outcomes',
      'Agents',
    ]) {
      const all = await world.all(set);
      const seen = await read(set, headers);
      expect([set, seen]).toEqual([set, all.filter(isSeen)]);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.length).toBeLessThan(all.length);
    }
  }
  const targets = ['Agent ann', 'Agent ann', 'Agent bo', 'North', 'North'];
  for (const who of [supervisor, key]) {
    expect((await read('Targets', who)).map(({ label }) => label).sort()).toEqual(targets);
    expect((await read('Teams', who)).map(({ team }) => team).sort()).toEqual(['Below', 'North']);
  }
  expect((await read('Teams', agent)).map(({ team }) => team)).toEqual(['North']);
});

it('campaigns are those the filters of reports offer the same person, and none', async () => {
  await world.make('POST', '/api/v1/campaigns', { key: 'not-called-for-yet' });
  const { teams, agents } = world;
  const idle = await world.person('supervisor', { teams: [teams.Nobody] });
  const everything = await world.person('ops', {});
  const offered: number[] = [];
  for (const who of [await world.person('agent', { agentId: agents.ann }), idle, everything]) {
    const response = await fetch(`${world.server.url}/api/v1/reports/choices`, {
      headers: { cookie: who.cookie ?? '' },
    });
    const { campaigns } = (await response.json()) as ReportChoices;
    expect((await read('Campaigns', who)).map((row) => row.campaign_id)).toEqual(
      [0, ...campaigns.map(({ id }) => id)].sort((a, b) => a - b),
    );
    offered.push(campaigns.length);
  }
  const inRows = new Set((await world.all('KpiByDay')).map((row) => row.campaign_id));
  expect(inRows.size).toBe(3);
  // Two with calls; none; those two and the new one.
  expect(offered).toEqual([2, 0, 3]);
});

/** As somebody with a cookie and no key, or with a key of their own. */
async function read(set: string, { cookie = '', authorization = '' }: Record<string, string>): Promise<Row[]> {
  const headers: Record<string, string> = authorization === '' ? { cookie } : { authorization };
  const response = await fetch(`${world.server.url}/odata/v4/${set}`, { headers });
  return ((await response.json()) as { value: Row[] }).value;
}

// ── pages (last: it adds calls) ────────────────────────────────────────────────────────────────────────────────────

it('pages are complete and without repeats while calls come in and change', async () => {
  for (const [set, key] of [
    ['Calls', ['call_id']],
    ['KpiByInterval', ['slot_start', 'agent_id', 'team_id', 'campaign_id']],
  ] as const) {
    const keyOf = (row: Row): string => JSON.stringify(key.map((name) => row[name]));
    const before = (await world.all(set)).map(keyOf);
    const headers = { prefer: 'odata.maxpagesize=9' };
    const seen: string[] = [];
    let answer = await world.feed(set, headers);
    for (let page = 0; ; page++) {
      seen.push(...(answer.body.value as Row[]).map(keyOf));
      const next: string | undefined = answer.body['@odata.nextLink'];
      if (next === undefined) break;
      // Before and behind the place of the reader.
      for (const hours of [60, 1]) {
        const at = NOW - hours * 3_600_000 + page * 1_000;
        for (const event of softphoneCall(`${set}-${page}-${hours}`, 'bo', at, 20)) {
          await postSigned(world.server.url, '/webhooks/twilio/voice', callback(event));
        }
      }
      await world.server.folded();
      answer = await world.get(next, headers);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.filter((one) => !seen.includes(one))).toEqual([]);
  }
});
