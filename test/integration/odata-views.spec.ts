/**
 * Proves that the SQL views say what the feed says, and that the reporting role reads them and nothing else; and when
 * retention has removed every call, that views and feed still add up to what the API says, KPI by KPI, by agent, campaign and
 * day: the sums from before, because they are kept.
 */
import { Client } from 'pg';
import type { KpiDefinitionView, KpiReport, KpiValue } from '../../src/shared/api.js';
import { callback, postSigned } from '../support/twilio.js';
import { FeedWorld, NOW, type Row } from './odata-world.js';

const DAY = 86_400_000;
const RANGE = 'from=2026-11-18&to=2026-11-24';
const KEY = { agent: 'agent_id', campaign: 'campaign_id', day: 'business_date' } as const;

const VIEWS: Record<string, [view: string, key: string[]]> = {
  KpiByDay: ['kpi_day', ['business_date', 'agent_id', 'team_id', 'campaign_id']],
  KpiByInterval: ['kpi_interval', ['slot_start', 'agent_id', 'team_id', 'campaign_id']],
  Agents: ['agent', ['agent_id']],
  Teams: ['team', ['team_id']],
  Campaigns: ['campaign', ['campaign_id']],
  Calls: ['call', ['call_id']],
  Outcomes: ['outcome', ['outcome_id']],
  Targets: ['target', ['target_id']],
};
/** The call that goes on: the sums hold its agent's time when it has ended, the feed already. */
const OPEN_TIME = new Set([
  'logged_in_s',
  'on_call_s',
  'available_s',
  'wrap_up_s',
  'paused_s',
  'occupancy',
  'pause_share',
]);

let world: FeedWorld;
let measures: KpiDefinitionView[];
beforeAll(async () => {
  world = await FeedWorld.build();
  const catalog = await world.make<KpiDefinitionView[]>('GET', '/api/v1/kpis/catalog');
  measures = catalog.filter(({ kind, available }) => kind === 'measure' && available);
});
afterAll(() => world?.close());

async function asAnalyst<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const { db } = world.server;
  const name = `analyst_${db.url.split('/').at(-1)}`;
  await db.pool.query(`CREATE ROLE ${name} LOGIN PASSWORD 'analyst' IN ROLE tallyboard_reporting`);
  const url = new URL(db.url);
  url.username = name;
  url.password = 'analyst';
  const client = new Client({ connectionString: url.href });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
    await db.pool.query(`DROP ROLE ${name}`);
  }
}

it('the reporting role reads every view, no table, and writes nothing', async () => {
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const { rows: views } = await world.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, viewname) AS name FROM pg_views WHERE schemaname = 'reporting' ORDER BY 1`,
  );
  expect(views.map(({ name }) => name)).toEqual(
    Object.values(VIEWS)
      .map(([view]) => `reporting.${view}`)
      .sort(),
  );
  await asAnalyst(async (client) => {
    // No right to it, or a view that takes no change.
    const refused = (sql: string) =>
      expect(client.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|55000)$/) });
    expect(tables.length).toBeGreaterThan(40);
    for (const { name } of tables) await refused(`SELECT 1 FROM ${name} LIMIT 1`);
    for (const { name } of views) {
      expect((await client.query(`SELECT * FROM ${name}`)).rowCount).toBeGreaterThan(0);
      await refused(`DELETE FROM ${name}`);
    }
    await refused(`UPDATE reporting.target SET value = 1`);
    await refused(`INSERT INTO reporting.campaign (campaign_id) VALUES (9)`);
    await refused('CREATE TABLE public.mine (id int)');
    await refused('CREATE TABLE reporting.mine (id int)');
    const { rows } = await client.query('SELECT * FROM reporting.call');
    expect(JSON.stringify(rows)).not.toMatch(/13800001/);
  });
});

it.each(Object.entries(VIEWS))('%s is the same as its view', async (set, [view, key]) => {
  const feed = await world.all(set);
  const columns = (await world.pool.query(`SELECT * FROM reporting.${view} LIMIT 0`)).fields.map(({ name }) => name);
  const compared = columns.filter((name) => feed[0] !== undefined && name in feed[0] && !OPEN_TIME.has(name));
  expect(compared.length).toBeGreaterThan(4);
  expect(columns.filter((name) => !['counted'].includes(name) && feed[0] !== undefined && !(name in feed[0]))).toEqual(
    [],
  );
  const { rows } = await world.pool.query<Row>(`SELECT * FROM reporting.${view}`);
  const keyOf = (row: Row): string => JSON.stringify(key.map((name) => plain(row[name] ?? null)));
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  let alike = 0;
  for (const row of feed) {
    const own = byKey.get(keyOf(row));
    // What is there for the open call alone.
    if (own === undefined && Number(row.on_call_s) > 0 && row.dials === 0) continue;
    for (const name of compared)
      expect([keyOf(row), name, plain(own?.[name] ?? null)]).toEqual([keyOf(row), name, plain(row[name] ?? null)]);
    alike++;
  }
  expect(alike).toBe(rows.length);
});

/** Instants as epoch ms, numbers of the database as numbers. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value)) return Date.parse(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

// ── retention (last: it removes the calls) ─────────────────────────────────────────────────────────────────────────

const kpis = (groupBy: string) => world.make<KpiReport>('GET', `/api/v1/kpis?${RANGE}&groupBy=${groupBy}`);
const calls = async (): Promise<number> =>
  (await world.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM call')).rows[0]?.n ?? -1;

/** The call that goes on ends: its agent's time is in the sums then. */
async function endOpenCall(): Promise<void> {
  const at = NOW - 60_000;
  const root = { leg: 'open', direction: 'inbound', from: 'client:ann', to: '+8613800001111' };
  const leg = { leg: 'openc', parent: 'open', direction: 'outbound-dial', from: '+862100000001', to: '+8613800001111' };
  for (const event of [
    { ...leg, status: 'completed', at, sequence: 2, duration: 30 },
    { ...root, status: 'completed', at, sequence: 1, duration: 40 },
  ]) {
    await postSigned(world.server.url, '/webhooks/twilio/voice', callback(event));
  }
  await world.server.folded();
}

/** Thousandths of seconds and whole counts; amounts of one currency. */
function thousandths(value: KpiValue, currency: string): number {
  if (value === null || typeof value === 'number') return Math.round(Number(value) * 1_000);
  const own = (Array.isArray(value) ? value : [value]).find((one) => one.currency === currency);
  return (own?.amountMinor ?? 0) * 1_000;
}

async function holdAgainstApi(rows: readonly Row[], what: string): Promise<void> {
  for (const groupBy of ['agent', 'campaign', 'day'] as const) {
    const report = await kpis(groupBy);
    expect(report.rows.length).toBeGreaterThan(1);
    for (const { key, values } of [...report.rows, { key: null, values: report.totals }]) {
      // Time in states belongs to no campaign: it is in the total alone.
      const own = key === null ? rows : rows.filter((row) => String(row[KEY[groupBy]]) === key);
      for (const { id, unit } of measures) {
        for (const currency of unit === 'money' ? ['CNY', 'EUR'] : ['']) {
          const name = unit === 'money' ? `${id}_minor` : id;
          const counted = unit === 'money' ? own.filter((row) => row.currency === currency) : own;
          const sum = counted.reduce((all, row) => all + Math.round(Number(row[name]) * 1_000), 0);
          const said = [what, groupBy, key, id, currency];
          expect([...said, sum]).toEqual([...said, thousandths(values[id] ?? null, currency)]);
        }
      }
    }
  }
}

/** Numbers as numbers, dates as the feed writes them. */
async function view(name: string): Promise<Row[]> {
  const { rows } = await world.pool.query(`SELECT *, talk_s + inbound_talk_s AS talk_total_s FROM reporting.${name}`);
  return rows;
}

it('views and feed add up to the API before and after retention has removed the calls', async () => {
  await endOpenCall();
  const before = (await kpis('organisation')).totals;
  expect(before.dials).toBeGreaterThan(50);
  expect(thousandths(before.revenue ?? null, 'EUR')).toBeGreaterThan(0);
  for (const stage of ['before', 'after']) {
    if (stage === 'after') {
      await world.make('PUT', '/api/v1/retention', { facts: 31 });
      world.clock.advance(40 * DAY);
      await world.server.server.core.retention.run('command');
      expect(await calls()).toBe(0);
      const { rows } = await world.pool.query('SELECT 1 FROM reporting.call');
      expect([rows.length, await world.all('Calls')]).toEqual([0, []]);
      expect((await kpis('organisation')).totals).toEqual(before);
    } else expect(await calls()).toBeGreaterThan(50);
    for (const name of ['kpi_day', 'kpi_interval']) await holdAgainstApi(await view(name), `${name} ${stage}`);
    for (const set of ['KpiByDay', 'KpiByInterval']) await holdAgainstApi(await world.all(set), `${set} ${stage}`);
  }
});
