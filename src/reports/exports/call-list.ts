/** Calls as rows of a file: those of GET /calls with the same query, newest first, all of one moment. */
import type { Pool } from 'pg';
import { type AddParameter, requireInScope } from '../../access/index.js';
import { calledWhileListedSql } from '../../customers/index.js';
import {
  type CallsFilter,
  callConditions,
  callsFilterOf,
  measureSql,
  type readCallsQuery,
} from '../../kpi/read/index.js';
import type { Scope } from '../../shared/access.js';
import { NO_NUMBER } from '../../shared/mask-number.js';
import type { RowCell, RowColumn } from '../files/index.js';
import { type ListNames, loadNames, type NumberReader } from './list-names.js';
import type { List } from './lists.js';
import type { Moment, Reading } from './one-moment.js';

/** Small enough to be gone before the garbage collector takes it for something that stays. */
const PAGE = 200;

interface CallRow {
  key: string;
  direction: string;
  outcome: string;
  answeredBy: string | null;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  ringMs: number | null;
  talkMs: number;
  effective: boolean;
  stale: boolean;
  incomplete: string[];
  customer: string | null;
  agentId: number;
  teamId: number;
  campaignId: number;
  dispositionId: number | null;
  sales: number;
  listed: boolean;
  businessDate: string;
  timeZone: string;
}

const ISO = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const COLUMNS = `key, direction, outcome, answered_by AS "answeredBy", ${ISO('started_at')} AS "startedAt",
  ${ISO('answered_at')} AS "answeredAt", ${ISO('ended_at')} AS "endedAt", ring_ms::float8 AS "ringMs",
  talk_ms::float8 AS "talkMs", ${measureSql('effective')} AS effective, stale, incomplete, customer_id::text AS customer,
  agent_id AS "agentId", team_id AS "teamId", campaign_id AS "campaignId", disposition_id AS "dispositionId", sales,
  ${calledWhileListedSql('call')} AS listed, business_date::text AS "businessDate", time_zone AS "timeZone"`;

/** Throws as GET /calls does. The rows are to be read while the moment lasts. @param max counted up to one more */
export async function callList(
  pool: Pool,
  moment: Moment,
  query: ReturnType<typeof readCallsQuery>,
  scope: Scope,
  options: { language: 'en' | 'zh'; numbers: NumberReader; max: number },
): Promise<List> {
  await requireInScope(pool, scope, query);
  const filter = await callsFilterOf(pool, query);
  const names = await loadNames(moment.db);
  return {
    count: await countOf(moment.db, filter, scope, options.max),
    columns: columnsIn(options.language),
    rows: rowsOf(moment, filter, scope, names, options),
  };
}

async function countOf(db: Reading, filter: CallsFilter, scope: Scope, max: number): Promise<number> {
  const values: unknown[] = [];
  const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
  const where = callConditions(filter, scope, add);
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM (SELECT FROM call ${whereSql(where)} LIMIT ${add(max + 1, 'integer')}) found`,
    values,
  );
  return rows[0]?.n ?? 0;
}

async function* rowsOf(
  moment: Moment,
  filter: CallsFilter,
  scope: Scope,
  names: ListNames,
  { language, numbers }: { language: 'en' | 'zh'; numbers: NumberReader },
): AsyncGenerator<RowCell[]> {
  const values: unknown[] = [];
  const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
  const where = callConditions(filter, scope, add);
  const sql = `SELECT ${COLUMNS} FROM call ${whereSql(where)} ORDER BY started_at DESC, key DESC`;
  for await (const page of moment.pages<CallRow>(sql, values, PAGE)) {
    const known = await numbers(page.map(({ customer }) => customer));
    for (const row of page) yield cellsOf(row, names, known, language);
  }
}

function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

type Texts = [id: string, type: RowColumn['type'], en: string, zh: string];
const TEXTS: readonly Texts[] = [
  ['id', 'text', 'Call', '通话编号'],
  ['startedAt', 'instant', 'Started', '开始时间'],
  ['answeredAt', 'instant', 'Answered', '接通时间'],
  ['endedAt', 'instant', 'Ended', '结束时间'],
  ['businessDate', 'date', 'Business day', '业务日期'],
  ['timeZone', 'text', 'Time zone', '时区'],
  ['direction', 'text', 'Direction', '方向'],
  ['outcome', 'text', 'Result', '通话结果'],
  ['answeredBy', 'text', 'Answered by', '接听方'],
  ['ring', 'seconds', 'Ringing (s)', '振铃时长（秒）'],
  ['talk', 'seconds', 'Talk (s)', '通话时长（秒）'],
  ['effective', 'number', 'Effective (1 = yes)', '有效通话（1 = 是）'],
  ['agentId', 'number', 'Agent id', '坐席编号'],
  ['agent', 'text', 'Agent', '坐席'],
  ['teamId', 'number', 'Team id', '团队编号'],
  ['team', 'text', 'Team', '团队'],
  ['campaignId', 'number', 'Campaign id', '项目编号'],
  ['campaign', 'text', 'Campaign', '项目'],
  ['customer', 'text', 'Customer number', '客户号码'],
  ['dispositionKey', 'text', 'Disposition key', '小结代码'],
  ['disposition', 'text', 'Disposition', '通话小结'],
  ['sales', 'number', 'Sales', '成交单数'],
  ['doNotCall', 'number', 'On the do-not-call list (1 = yes)', '禁拨名单（1 = 是）'],
  ['stale', 'number', 'Closed without a reported end (1 = yes)', '无结束上报（1 = 是）'],
  ['incomplete', 'text', 'Unknown details', '缺失信息'],
];

function columnsIn(language: 'en' | 'zh'): RowColumn[] {
  return TEXTS.map(([, type, en, zh]) => ({ type, name: language === 'zh' ? zh : en }));
}

function cellsOf(row: CallRow, names: ListNames, numbers: Map<string, string>, language: 'en' | 'zh'): RowCell[] {
  const disposition = row.dispositionId === null ? undefined : names.dispositions.get(row.dispositionId);
  const flag = (value: boolean) => (value ? 1 : 0);
  return [
    row.key,
    row.startedAt,
    row.answeredAt,
    row.endedAt,
    row.businessDate,
    row.timeZone,
    row.direction,
    row.outcome,
    row.answeredBy,
    row.ringMs === null ? null : row.ringMs / 1_000,
    row.talkMs / 1_000,
    flag(row.effective),
    row.agentId,
    row.agentId === 0 ? null : (names.agents.get(row.agentId) ?? null),
    row.teamId,
    names.teams.get(row.teamId) ?? null,
    row.campaignId,
    names.campaigns.get(row.campaignId) ?? null,
    row.customer === null ? null : (numbers.get(row.customer) ?? NO_NUMBER),
    disposition?.key ?? null,
    disposition?.[language] ?? null,
    row.sales,
    flag(row.listed),
    flag(row.stale),
    row.incomplete.join(' '),
  ];
}
