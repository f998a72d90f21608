/** Pieces of statements over rows of sums, for whoever reads them (GET /kpis, reports). Parameters only, never text of a request. */
import type { PlacedTimes } from '../../calls/index.js';
import { MEASURE_COLUMNS, STATE_COLUMNS } from '../catalog/index.js';
import type { DateRange } from './range.js';

/** Business days of other zones start and end up to this much before and after ours. */
export const ZONE_SPREAD_MS = 36 * 3_600_000;
const OPEN: ReadonlySet<string> = new Set(STATE_COLUMNS);

/** Parameters of one statement, numbered as they are added. */
export class SqlParameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  instant(ms: number): string {
    return `to_timestamp(${this.add(ms, 'float8')} / 1000)`;
  }
}

/** Rows like those of the sums, of time that is not in them yet. */
export function openSql(open: readonly PlacedTimes[], parameters: SqlParameters): string {
  const columns = MEASURE_COLUMNS.map((column) => (OPEN.has(column) ? `x.${column}` : `0::bigint AS ${column}`));
  return `(SELECT to_timestamp(x."slotStart" / 1000) AS slot_start, x."businessDate" AS business_date,
      x."agentId" AS agent_id, x."teamId" AS team_id, 0 AS campaign_id, ${columns.join(', ')}
    FROM json_to_recordset(${parameters.add(JSON.stringify(open), 'json')}) AS x("slotStart" float8, "businessDate" date,
      "agentId" integer, "teamId" integer, ${STATE_COLUMNS.map((column) => `${column} bigint`).join(', ')}))`;
}

export function betweenDates({ from, to }: DateRange, parameters: SqlParameters): string {
  return `r.business_date >= ${parameters.add(from, 'date')} AND r.business_date < ${parameters.add(to, 'date')}`;
}

export function betweenInstants(from: number, to: number, parameters: SqlParameters): string {
  return `r.slot_start >= ${parameters.instant(from)} AND r.slot_start < ${parameters.instant(to)}`;
}
