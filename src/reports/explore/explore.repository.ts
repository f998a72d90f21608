/** Queries of questions, all in one snapshot: `client` is inside a repeatable-read transaction. Every row is one of the scope. */
import type { PoolClient } from 'pg';
import { type AddParameter, scopeSql } from '../../access/index.js';
import type { PlacedTimes } from '../../calls/index.js';
import { touchedSql } from '../../customers/index.js';
import {
  betweenDates,
  type DateRange,
  emptyMeasures,
  type MeasureColumn,
  type Measures,
  SqlParameters,
} from '../../kpi/index.js';
import type { Scope } from '../../shared/access.js';
import type { ReportFilters, ReportGrouping } from '../../shared/reports.js';
import { dialledSource, factSources } from './fact-source.js';
import { filterSql, keySql } from './groupings.js';
import { type LocalTime, type RowSource, sumSources, TEAM_ZONES } from './row-source.js';
import type { Span } from './span.js';

/** What rows are made of, in the words of SQL. */
export interface Asked {
  groupBy: readonly ReportGrouping[];
  filters: ReportFilters;
  span: Span;
  /** IANA zone hours are counted in. */
  hourZone: string;
}

export interface SumsAsked extends Asked {
  columns: readonly MeasureColumn[];
  /** A row for each campaign: money is asked for. */
  byCampaign: boolean;
  slots: boolean;
  local: LocalTime;
  facts: boolean;
  open: readonly PlacedTimes[];
}

export interface SumRow {
  keys: string[];
  campaign: number;
  measures: Measures;
  /** Anything but time in states. */
  counted: boolean;
  timed: boolean;
}

export interface CustomerCounts {
  customers: number;
  customersConnected: number;
}

export interface OwnedCounts {
  customersOwned: number;
  customersTouched: number;
}

type KeyRow = Record<`k${number}`, string>;

export class ExploreRepository {
  constructor(
    private readonly client: PoolClient,
    private readonly scope: Scope,
  ) {}

  async sums(asked: SumsAsked): Promise<SumRow[]> {
    const parameters = new SqlParameters();
    const { span, slots, local, open, columns } = asked;
    const number = asksForNumber(asked);
    const sources = asked.facts
      ? factSources(span, { columns, number }, local, parameters)
      : sumSources(span, slots, local, open, parameters);
    if (sources.length === 0) return [];
    const parts = sources.map((source) => this.partSql(source, asked, parameters));
    const keys = asked.groupBy.map((_, index) => `k${index}`);
    // Whole numbers below 2^53: exact, and added without the wide state sums of bigint carry.
    const sums = columns.map((column) => `sum(${column}::float8) AS ${column}`);
    const { rows } = await this.client.query<
      KeyRow & Measures & { campaign: number; counted: boolean; timed: boolean }
    >(
      `${local === 'by_team' ? `WITH ${TEAM_ZONES}` : ''}
       SELECT ${[...keys.map((key) => `${key}::text AS ${key}`), 'campaign', ...sums].join(', ')},
         bool_or(counted) AS counted, bool_or(timed) AS timed
       FROM (${parts.join(' UNION ALL ')}) parts GROUP BY ${[...keys.map((key) => `parts.${key}`), 'parts.campaign'].join(', ')}`,
      parameters.values,
    );
    return rows.map((row) => {
      const measures = emptyMeasures();
      for (const column of columns) measures[column] = row[column];
      const { campaign, counted, timed } = row;
      return { keys: keysOf(row, asked.groupBy), campaign, measures, counted, timed };
    });
  }

  private partSql(source: RowSource, asked: SumsAsked, parameters: SqlParameters): string {
    const measured = asked.columns.map((column) => `${source.columns[column] ?? '0::bigint'} AS ${column}`);
    const byCampaign = asked.groupBy.includes('campaign');
    const select = [
      ...this.keysSql(asked, parameters),
      `${asked.byCampaign ? 'r.campaign_id' : '0'} AS campaign`,
      ...measured,
      // Which of the two it is matters by campaign alone.
      `${byCampaign ? source.counted : `(${source.counted} OR ${source.timed})`} AS counted`,
      `${byCampaign ? source.timed : 'false'} AS timed`,
    ];
    return `SELECT ${select.join(', ')} FROM ${source.table} r WHERE ${source.where}${this.conditions(asked, parameters)}`;
  }

  private keysSql({ groupBy, hourZone }: Asked, parameters: SqlParameters): string[] {
    return groupBy.map((one, index) => `${keySql(one, () => parameters.add(hourZone, 'text'))} AS k${index}`);
  }

  private conditions({ filters }: Asked, parameters: SqlParameters): string {
    const add: AddParameter = (value, type) => parameters.add(value, type);
    const seen = scopeSql(this.scope, { agent: 'r.agent_id', team: 'r.team_id' }, add);
    const conditions = [...filterSql(filters, add), ...(seen === null ? [] : [seen])];
    return conditions.map((condition) => ` AND ${condition}`).join('');
  }

  /** Distinct customers dialled, by keys joined; with no grouping one row without keys. `facts`: from calls. */
  async customers(asked: Asked, dates: DateRange, facts: boolean): Promise<({ keys: string[] } & CustomerCounts)[]> {
    const parameters = new SqlParameters();
    const source = facts
      ? dialledSource(asked.span, asksForNumber(asked), parameters)
      : {
          table: '(SELECT c.*, c.connects > 0 AS connected FROM customer_day c WHERE c.dials > 0)',
          where: betweenDates(dates, parameters),
        };
    const keys = asked.groupBy.map((_, index) => `k${index}`);
    // Two grouped steps instead of count(DISTINCT …), which sorts; rows corrected down to 0 dials do not count.
    const inner = `SELECT ${[...this.keysSql(asked, parameters), 'bool_or(r.connected) AS connected'].join(', ')}
      FROM ${source.table} r WHERE ${source.where}${this.conditions(asked, parameters)}
      GROUP BY ${[...keys.map((_, index) => index + 1), 'r.customer_id'].join(', ')}`;
    const { rows } = await this.client.query<KeyRow & CustomerCounts>(
      `SELECT ${[...keys.map((key) => `${key}::text AS ${key}`), 'count(*)::float8 AS customers'].join(', ')},
         count(*) FILTER (WHERE connected)::float8 AS "customersConnected"
       FROM (${inner}) c ${keys.length === 0 ? '' : `GROUP BY ${keys.map((key) => `c.${key}`).join(', ')}`}`,
      parameters.values,
    );
    return rows.map((row) => ({
      keys: keysOf(row, asked.groupBy),
      customers: row.customers,
      customersConnected: row.customersConnected,
    }));
  }

  /** By key, and under the key '' of all together; only groupings ownership has. */
  async owned(
    { from, to }: { from: number; to: number },
    dates: DateRange,
    groupBy: 'organisation' | 'team' | 'agent',
    { agents, teams }: ReportFilters,
  ): Promise<Map<string, OwnedCounts>> {
    const parameters = new SqlParameters();
    const add: AddParameter = (value, type) => parameters.add(value, type);
    const where = [
      agents === undefined ? null : `s.agent_id = ANY(${add([...agents], 'integer[]')})`,
      teams === undefined ? null : `s.team_id = ANY(${add([...teams], 'integer[]')})`,
      scopeSql(this.scope, { agent: 's.agent_id', team: 's.team_id' }, add),
    ].filter((condition) => condition !== null);
    const { rows } = await this.client.query<{ key: string; owned: number; touched: number }>(
      touchedSql({ from, to, dates }, groupBy, where, add),
      parameters.values,
    );
    return new Map(rows.map(({ key, owned, touched }) => [key, { customersOwned: owned, customersTouched: touched }]));
  }
}

function asksForNumber({ groupBy, filters }: Asked): boolean {
  return groupBy.includes('caller_number') || (filters.callerNumbers?.length ?? 0) > 0;
}

function keysOf(row: KeyRow, groupBy: readonly ReportGrouping[]): string[] {
  return groupBy.map((_, index) => row[`k${index}`] ?? '');
}
