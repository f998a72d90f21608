/** The sums as they are stored, and by person over all campaigns, with the time in states that lasts. */
import { scopeSql } from '../../../access/index.js';
import { KpiRepository, MEASURE_COLUMNS, STATE_COLUMNS } from '../../../kpi/index.js';
import { isoOf } from '../../../platform/index.js';
import { openTimes } from '../../../presence/index.js';
import { type EntitySet, type Property, property, type ReadContext, type Source } from './entity-set.js';
import { customersOfRow, moneyOfRow, type SumTable } from './kpi-joins.js';
import { type KpiProperties, kpiProperties, type RowKind } from './kpi-properties.js';

const OPEN: readonly string[] = STATE_COLUMNS;

const PERSON: readonly Property[] = [
  property('agent_id', 'Int64', 'r.agent_id', 'Agent it counts for; 0: nobody could be found.'),
  property('agent', 'String', 'a.name', 'Name as it is now.', { nullable: true }),
  property('team_id', 'Int64', 'r.team_id', 'Team the agent was in then; 0: none.'),
  property('team', 'String', 't.name', 'Name as it is now.', { nullable: true }),
];
const CAMPAIGN: readonly Property[] = [
  property('campaign_id', 'Int64', 'r.campaign_id', 'Campaign; 0: none, as of time in states.'),
  property('campaign', 'String', 'k.name', 'Name; null: none.', { nullable: true }),
  property('currency', 'String', 'k.currency', 'Of amounts, ISO 4217.', { nullable: true }),
];
const CURRENCY = property('currency', 'String', 'm.currency', 'Of amounts, ISO 4217; null: in several.', {
  nullable: true,
});
const DATE = property('business_date', 'Date', 'r.business_date', 'Business date of the team.');
const SLOT = property('slot_start', 'DateTimeOffset', 'r.slot_start', 'Begin of the quarter hour, UTC.');

interface KpiSet extends Pick<EntitySet, 'name' | 'type' | 'description'>, RowKind {}

export const KPI_BY_DAY = kpiSet({
  name: 'KpiByDay',
  type: 'KpiDay',
  campaign: true,
  day: true,
  description:
    'One row a business date, agent, team and campaign with anything in it. Add measures up; of ratios divide sums, never average them.',
});

export const KPI_BY_INTERVAL = kpiSet({
  name: 'KpiByInterval',
  type: 'KpiInterval',
  campaign: true,
  day: false,
  description:
    'One row a quarter hour, agent, team and campaign with anything in it. Add measures up; of ratios divide sums, never average them.',
});

export const KPI_BY_AGENT_DAY = kpiSet({
  name: 'KpiByAgentDay',
  type: 'KpiAgentDay',
  campaign: false,
  day: true,
  description:
    'One row a business date, agent and team over all campaigns: every KPI of a person’s day, also those of calls and time in states together.',
});

export const KPI_BY_AGENT_INTERVAL = kpiSet({
  name: 'KpiByAgentInterval',
  type: 'KpiAgentInterval',
  campaign: false,
  day: false,
  description:
    'One row a quarter hour, agent and team over all campaigns: every KPI of it, also those of calls and time in states together.',
});

function kpiSet({ campaign, day, ...set }: KpiSet): EntitySet {
  const properties = kpiProperties({ campaign, day });
  const key = ['business_date', 'agent_id', 'team_id', ...(campaign ? ['campaign_id'] : [])];
  const keys = day ? key : ['slot_start', ...key];
  const sums: SumTable = { table: day ? 'rollup_day' : 'rollup_slot', keys };
  return {
    ...set,
    permission: 'kpis:read',
    key: keys,
    order: keys,
    properties: [...(day ? [] : [SLOT]), DATE, ...PERSON, ...(campaign ? CAMPAIGN : [CURRENCY]), ...properties.all],
    parts: 2,
    source: (context, part) => rowsOf(context, sums, joinsOf(context, sums, campaign, properties), part),
  };
}

/** Joins that bring no row and cost none: those nobody asks for are not made. */
function joinsOf(context: ReadContext, sums: SumTable, campaign: boolean, { ofCustomers, ofMoney }: KpiProperties) {
  const names = 'LEFT JOIN agent a ON a.id = r.agent_id LEFT JOIN team t ON t.id = r.team_id';
  return [
    names,
    ...(campaign ? ['LEFT JOIN campaign k ON k.id = r.campaign_id'] : []),
    ...(!campaign && context.asks([CURRENCY.name, ...ofMoney]) ? [moneyOfRow(sums)] : []),
    ...(context.asks(ofCustomers) ? [customersOfRow(sums.keys)] : []),
  ].join(' ');
}

/**
 * Stored sums, walked by their primary key, with the open time added where it counts. Only what lies behind the beginning of
 * the open time is put together anew: part 0 is what lies before, part 1 the rest, none of them both.
 */
async function rowsOf(context: ReadContext, { table, keys }: SumTable, joins: string, part?: number): Promise<Source> {
  const { tx, add } = context;
  // Whatever is asked for: some rows are there for it alone.
  const open = await openTimes(tx, await asOf(context));
  const where = [`(${MEASURE_COLUMNS.map((column) => `r.${column} <> 0`).join(' OR ')})`];
  const seen = scopeSql(context.scope, { agent: 'r.agent_id', team: 'r.team_id' }, add);
  if (seen !== null) where.push(seen);
  const columns = [...keys, ...MEASURE_COLUMNS].join(', ');
  const summed = (from: string): string =>
    `SELECT ${keys.join(', ')}, ${MEASURE_COLUMNS.map((column) => `sum(${column})::bigint AS ${column}`).join(', ')}
     FROM ${from} GROUP BY ${keys.join(', ')}`;
  const stored = keys.includes('campaign_id') ? `${table} r` : `(${summed(table)}) r`;
  // Without open time part 0 is everything.
  if (open.length === 0) return { from: `${stored} ${joins}`, where: part === 1 ? [...where, 'false'] : where };
  const [first = ''] = keys;
  const since =
    first === 'slot_start'
      ? add(isoOf(Math.min(...open.map(({ slotStart }) => slotStart))), 'timestamptz')
      : add(
          open.map(({ businessDate }) => businessDate).reduce((a, b) => (a < b ? a : b)),
          'date',
        );
  if (part === 0) return { from: `${stored} ${joins}`, where: [...where, `r.${first} < ${since}`] };
  const rows = `SELECT ${keys.map((key) => OPEN_KEY[key]).join(', ')}, ${MEASURE_COLUMNS.map(openColumn).join(', ')}
    FROM json_to_recordset(${add(JSON.stringify(open), 'json')}) AS x("slotStart" float8, "businessDate" date,
      "agentId" integer, "teamId" integer, available_ms bigint, on_call_ms bigint, wrap_up_ms bigint, paused_ms bigint)`;
  const before = part === 1 ? '' : `SELECT ${columns} FROM ${stored} WHERE ${first} < ${since} UNION ALL`;
  const behind = `(SELECT ${columns} FROM ${table} WHERE ${first} >= ${since} UNION ALL ${rows}) parts`;
  return { from: `(${before} ${summed(behind)}) r ${joins}`, where };
}

const OPEN_KEY: Record<string, string> = {
  slot_start: 'to_timestamp(x."slotStart" / 1000) AS slot_start',
  business_date: 'x."businessDate" AS business_date',
  agent_id: 'x."agentId" AS agent_id',
  team_id: 'x."teamId" AS team_id',
  campaign_id: '0 AS campaign_id',
};
const openColumn = (column: string): string => (OPEN.includes(column) ? `x.${column}` : `0::bigint AS ${column}`);

/** Up to when everything received is in the sums, as GET /kpis counts open time. */
async function asOf({ tx, scope, now }: ReadContext): Promise<number> {
  return Math.min(now, (await new KpiRepository(tx, scope).oldestPendingAt()) ?? now);
}
