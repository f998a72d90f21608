/** Queries of questions, all in one snapshot: `client` is inside a repeatable-read transaction. Every row is one of the scope. */
import type { PoolClient } from 'pg';
import { type AddParameter, scopeSql } from '../../access/index.js';
import type { PlacedTimes } from '../../calls/index.js';
import { type TouchedGrouping, touchedSql } from '../../customers/index.js';
import {
  betweenDates,
  type DateRange,
  emptyMeasures,
  type MeasureColumn,
  type Measures,
  SqlParameters,
} from '../../kpi/index.js';
import { mapInTurns } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { ReportFilters, ReportGrouping } from '../../shared/reports.js';
import { dialledSource, factSources } from './fact-source.js';
import { filterSql, keySql } from './groupings.js';
import { type LocalTime, type RowSource, sumSources, TEAM_ZONES, withLocalTime } from './row-source.js';
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

/** Quarter hours of a month are many rows: with the usual 4 MB PostgreSQL sorts them on the disk instead of adding them up. */
const SLOTS_MEMORY = `SET LOCAL work_mem = '32MB'`;

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
    if (slots) await this.client.query(SLOTS_MEMORY);
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
    return mapInTurns(rows, (row) => {
      const measures = emptyMeasures();
      for (const column of columns) measures[column] = row[column];
      const { campaign, counted, timed } = row;
      return { keys: keysOf(row, asked.groupBy), campaign, measures, counted, timed };
    });
  }

  private partSql(source: RowSource, asked: SumsAsked, parameters: SqlParameters): string {
    const condensed = asked.slots && !asked.facts && !asked.groupBy.includes('agent');
    const { table, where, columns, counted, timed } = condensed ? this.condensed(source, asked, parameters) : source;
    const measured = asked.columns.map((column) => `${columns[column] ?? '0::bigint'} AS ${column}`);
    const byCampaign = asked.groupBy.includes('campaign');
    const select = [
      ...this.keysSql(asked, parameters),
      `${asked.byCampaign ? 'r.campaign_id' : '0'} AS campaign`,
      ...measured,
      // Which of the two it is matters by campaign alone.
      `${byCampaign ? counted : `(${counted} OR ${timed})`} AS counted`,
      `${byCampaign ? timed : 'false'} AS timed`,
    ];
    const placed = withLocalTime(table, source.local, parameters);
    const conditions = condensed
      ? filterSql(ofLocalTime(asked.filters), adding(parameters))
      : this.all(asked, parameters);
    return `SELECT ${select.join(', ')} FROM ${placed} r WHERE ${[where, ...conditions].join(' AND ')}`;
  }

  /**
   * Sums of the quarter hours of a span, whoever they are of: as many rows as there are quarter hours, so that the time at a
   * site is worked out for those and not for every row of the sums.
   */
  private condensed(source: RowSource, asked: SumsAsked, parameters: SqlParameters): RowSource {
    const { groupBy, byCampaign, columns, filters } = asked;
    const keys = [
      'r.slot_start',
      'r.business_date',
      ...(groupBy.includes('team') || source.local === 'by_team' ? ['r.team_id'] : []),
      ...(groupBy.includes('campaign') || byCampaign ? ['r.campaign_id'] : []),
    ].join(', ');
    const sums = columns.map((column) => `sum(${source.columns[column] ?? '0'}::float8) AS ${column}`);
    const select = [keys, ...sums, `bool_or(${source.counted}) AS counted`, `bool_or(${source.timed}) AS timed`];
    const rest = { ...filters };
    for (const name of LOCAL_TIME_FILTERS) delete rest[name];
    const where = [source.where, ...this.all({ ...asked, filters: rest }, parameters)].join(' AND ');
    return {
      table: `(SELECT ${select.join(', ')} FROM ${source.table} r WHERE ${where} GROUP BY ${keys})`,
      where: 'true',
      columns: Object.fromEntries(columns.map((column) => [column, `r.${column}`])),
      counted: 'r.counted',
      timed: 'r.timed',
      local: source.local,
    };
  }

  private keysSql({ groupBy, hourZone }: Asked, parameters: SqlParameters): string[] {
    return groupBy.map((one, index) => `${keySql(one, () => parameters.add(hourZone, 'text'))} AS k${index}`);
  }

  /** Every filter, and the scope. */
  private all({ filters }: Asked, parameters: SqlParameters): string[] {
    const seen = scopeSql(this.scope, { agent: 'r.agent_id', team: 'r.team_id' }, adding(parameters));
    return [...filterSql(filters, adding(parameters)), ...(seen === null ? [] : [seen])];
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
      FROM ${source.table} r WHERE ${[source.where, ...this.all(asked, parameters)].join(' AND ')}
      GROUP BY ${[...keys.map((_, index) => index + 1), 'r.customer_id'].join(', ')}`;
    const { rows } = await this.client.query<KeyRow & CustomerCounts>(
      `SELECT ${[...keys.map((key) => `${key}::text AS ${key}`), 'count(*)::float8 AS customers'].join(', ')},
         count(*) FILTER (WHERE connected)::float8 AS "customersConnected"
       FROM (${inner}) c ${keys.length === 0 ? '' : `GROUP BY ${keys.map((key) => `c.${key}`).join(', ')}`}`,
      parameters.values,
    );
    return mapInTurns(rows, (row) => ({
      keys: keysOf(row, asked.groupBy),
      customers: row.customers,
      customersConnected: row.customersConnected,
    }));
  }

  /** By key, and under the key '' of all together; only groupings ownership has. */
  async owned(
    { from, to }: { from: number; to: number },
    dates: DateRange,
    groupBy: TouchedGrouping,
    { agents, teams }: ReportFilters,
  ): Promise<Map<string, OwnedCounts>> {
    const parameters = new SqlParameters();
    const add = adding(parameters);
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

/** Filters that look at the time at a site. */
const LOCAL_TIME_FILTERS = ['hoursOfDay', 'intervals'] as const satisfies (keyof ReportFilters)[];

function ofLocalTime({ hoursOfDay, intervals }: ReportFilters): ReportFilters {
  return { ...(hoursOfDay === undefined ? {} : { hoursOfDay }), ...(intervals === undefined ? {} : { intervals }) };
}

const adding =
  (parameters: SqlParameters): AddParameter =>
  (value, type) =>
    parameters.add(value, type);

function asksForNumber({ groupBy, filters }: Asked): boolean {
  return groupBy.includes('caller_number') || (filters.callerNumbers?.length ?? 0) > 0;
}

function keysOf(row: KeyRow, groupBy: readonly ReportGrouping[]): string[] {
  return groupBy.map((_, index) => row[`k${index}`] ?? '');
}
