import type { PoolClient } from 'pg';
import { type AddParameter, scopeSql } from '../../access/index.js';
import type { PlacedTimes } from '../../calls/index.js';
import { type TouchedGrouping, touchedSql } from '../../customers/index.js';
import type { Scope } from '../../shared/access.js';
import type { KpiGroupBy } from '../../shared/api.js';
import { MEASURE_COLUMNS, type Measures } from '../catalog/index.js';
import type { RowFilters } from './kpi-query.js';
import type { DateRange, InstantRange, ReportRange } from './range.js';
import { betweenDates, betweenInstants, openSql, SqlParameters, ZONE_SPREAD_MS } from './sql-parts.js';

/** Sums of one row key and currency. By the hour the key is a quarter hour: epoch ms as text. */
export interface SumRow {
  key: string;
  /** Of the campaign; null where it has none, and where nobody asked. */
  currency: string | null;
  measures: Measures;
}

export interface CustomerCounts {
  customers: number;
  customersConnected: number;
}

/** Of the customers somebody looked after: all of them, and those dialled meanwhile. */
export interface OwnedCounts {
  customersOwned: number;
  customersTouched: number;
}

/** From a closed list, never from a request. Grouped as they are stored, which is cheaper than as text. */
const KEY: Record<KpiGroupBy, string> = {
  organisation: '0',
  team: 'r.team_id',
  agent: 'r.agent_id',
  campaign: 'r.campaign_id',
  day: 'r.business_date',
  hour: 'r.slot_start',
};
const keyText = (groupBy: KpiGroupBy): string =>
  groupBy === 'hour' ? '(extract(epoch FROM key) * 1000)::bigint::text' : 'key::text';
const LABEL_TABLE = { team: 'team', agent: 'agent', campaign: 'campaign' } as const;

const COLUMNS = MEASURE_COLUMNS.map((column) => `r.${column}`).join(', ');
const SUMS = MEASURE_COLUMNS.map((column) => `sum(${column})::float8 AS ${column}`).join(', ');

/**
 * Queries of one report, all in one snapshot: `client` is inside a repeatable-read transaction. Every row read is one of
 * the scope: the condition is added where the filters are.
 */
export class KpiRepository {
  constructor(
    private readonly client: PoolClient,
    private readonly scope: Scope,
  ) {}

  /**
   * Sums by key. Whole days come from rollup_day, the edges from rollup_slot; both are read by the front of their
   * primary key, so the cost follows the range and not the size of the history. `byCurrency`: money is asked for.
   * `open`: time in states that lasts, which the sums do not hold.
   */
  async sums(
    range: ReportRange,
    groupBy: KpiGroupBy,
    filters: RowFilters,
    { byCurrency, open }: { byCurrency: boolean; open: readonly PlacedTimes[] },
  ): Promise<SumRow[]> {
    const parameters = new SqlParameters();
    const parts: string[] = [];
    const part = (table: string, where: string) =>
      parts.push(
        `SELECT ${KEY[groupBy]} AS key, r.campaign_id, ${COLUMNS} FROM ${table} r WHERE ${where}${this.filterSql(filters, parameters)}`,
      );
    if (groupBy === 'hour') part('rollup_slot', slotsOfRange(range, parameters));
    else {
      if (range.days !== null) part('rollup_day', betweenDates(range.days, parameters));
      for (const { from, to } of range.slots) part('rollup_slot', betweenInstants(from, to, parameters));
    }
    if (open.length > 0) {
      const { dates, from, to } = range;
      const where = dates === null ? betweenInstants(from, to, parameters) : betweenDates(dates, parameters);
      part(openSql(open, parameters), where);
    }
    const currency = byCurrency ? 'c.currency' : 'NULL::text';
    const campaign = byCurrency ? 'LEFT JOIN campaign c ON c.id = parts.campaign_id' : '';
    const { rows } = await this.client.query<{ key: string; currency: string | null } & Measures>(
      `SELECT ${keyText(groupBy)} AS key, ${currency} AS currency, ${SUMS}
       FROM (${parts.join(' UNION ALL ')}) parts ${campaign} GROUP BY parts.key${byCurrency ? ', c.currency' : ''}`,
      parameters.values,
    );
    return rows.map(({ key, currency, ...measures }) => ({ key, currency, measures }));
  }

  /** Distinct customers of each key, and under the key '' of all rows together. */
  async customers(dates: DateRange, groupBy: KpiGroupBy, filters: RowFilters): Promise<Map<string, CustomerCounts>> {
    const byKey =
      groupBy === 'organisation' || groupBy === 'hour' ? [] : await this.distinct(dates, KEY[groupBy], filters);
    const total = await this.distinct(dates, `''::text`, filters);
    return new Map([...byKey, ...total].map(({ key, ...counts }) => [key, counts]));
  }

  /** Two grouped steps instead of count(DISTINCT …), which sorts; rows corrected down to 0 dials do not count. */
  private async distinct(
    dates: DateRange,
    keySql: string,
    filters: RowFilters,
  ): Promise<({ key: string } & CustomerCounts)[]> {
    const parameters = new SqlParameters();
    const where = `${betweenDates(dates, parameters)} AND r.dials > 0${this.filterSql(filters, parameters)}`;
    const { rows } = await this.client.query<{ key: string } & CustomerCounts>(
      `SELECT key::text AS key, count(*)::float8 AS customers, count(*) FILTER (WHERE connected)::float8 AS "customersConnected"
       FROM (SELECT ${keySql} AS key, bool_or(r.connects > 0) AS connected
             FROM customer_day r WHERE ${where} GROUP BY 1, r.customer_id) c
       GROUP BY c.key`,
      parameters.values,
    );
    return rows;
  }

  /** By key, and under the key '' of all together; only groupings ownership has. */
  async owned(
    { from, to }: InstantRange,
    dates: DateRange,
    groupBy: TouchedGrouping,
    { agents, teams }: RowFilters,
  ): Promise<Map<string, OwnedCounts>> {
    const parameters = new SqlParameters();
    const add: AddParameter = (value, type) => parameters.add(value, type);
    const where = [
      agents === undefined ? null : `s.agent_id = ANY(${add(agents, 'integer[]')})`,
      teams === undefined ? null : `s.team_id = ANY(${add(teams, 'integer[]')})`,
      scopeSql(this.scope, { agent: 's.agent_id', team: 's.team_id' }, add),
    ].filter((condition) => condition !== null);
    const { rows } = await this.client.query<{ key: string; owned: number; touched: number }>(
      touchedSql({ from, to, dates }, groupBy, where, add),
      parameters.values,
    );
    return new Map(rows.map(({ key, owned, touched }) => [key, { customersOwned: owned, customersTouched: touched }]));
  }

  async labels(groupBy: keyof typeof LABEL_TABLE, keys: string[]): Promise<Map<string, string>> {
    const { rows } = await this.client.query<{ key: string; name: string }>(
      `SELECT id::text AS key, name FROM ${LABEL_TABLE[groupBy]} WHERE id = ANY($1::integer[])`,
      [keys],
    );
    return new Map(rows.map((row) => [row.key, row.name]));
  }

  /** The organisation's own, for amounts of nothing. */
  async currency(): Promise<string> {
    const { rows } = await this.client.query<{ currency: string }>('SELECT currency FROM organisation');
    return rows[0]?.currency ?? '';
  }

  /** Receipt of the oldest event that is in the log and not yet in the sums, epoch ms; null when all are. */
  async oldestPendingAt(): Promise<number | null> {
    const { rows } = await this.client.query<{ at: number }>(
      `SELECT (extract(epoch FROM received_at) * 1000)::float8 AS at
       FROM call_event WHERE id = (SELECT min(event_id) FROM call_event_pending)`,
    );
    return rows[0]?.at ?? null;
  }

  private filterSql({ agents, teams, campaigns }: RowFilters, parameters: SqlParameters): string {
    const filter = (column: string, ids: number[] | undefined) =>
      ids === undefined ? '' : ` AND r.${column} = ANY(${parameters.add(ids, 'integer[]')})`;
    const columns = { agent: 'r.agent_id', team: 'r.team_id' };
    const seen = scopeSql(this.scope, columns, (value, type) => parameters.add(value, type));
    return (
      filter('agent_id', agents) +
      filter('team_id', teams) +
      filter('campaign_id', campaigns) +
      (seen === null ? '' : ` AND ${seen}`)
    );
  }
}

function slotsOfRange(range: ReportRange, parameters: SqlParameters): string {
  if (range.dates === null) return betweenInstants(range.from, range.to, parameters);
  const near = betweenInstants(range.from - ZONE_SPREAD_MS, range.to + ZONE_SPREAD_MS, parameters);
  return `${near} AND ${betweenDates(range.dates, parameters)}`;
}
