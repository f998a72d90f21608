/** Where rows with a team, a business date and a quarter hour come from: each source is one SELECT of a UNION. */
import type { PlacedTimes } from '../../calls/index.js';
import {
  betweenDates,
  betweenInstants,
  MEASURE_COLUMNS,
  type MeasureColumn,
  openSql,
  type SqlParameters,
  ZONE_SPREAD_MS,
} from '../../kpi/index.js';
import { isState } from './measures-needed.js';
import type { Span } from './span.js';

export interface RowSource {
  /** Table expression, aliased `r` by whoever reads it. */
  table: string;
  where: string;
  /** Expressions over `r`; a column that is left out is 0. */
  columns: Partial<Record<MeasureColumn, string>>;
  /** Whether a row has anything counted, and any time in a state. */
  counted: string;
  timed: string;
  /** Sums whose local time is still to be worked out: cheaper when those of a quarter hour are added up before. */
  local: LocalTime;
}

const OF_SUMS = Object.fromEntries(MEASURE_COLUMNS.map((column) => [column, `r.${column}`]));
const anyOf = (columns: readonly MeasureColumn[]): string => `(${columns.map((c) => `r.${c} <> 0`).join(' OR ')})`;
const COUNTED = anyOf(MEASURE_COLUMNS.filter((column) => !isState(column)));
const TIMED = anyOf(MEASURE_COLUMNS.filter(isState));

/** How the time at a team's site is had: one zone for all, or a table of zones by team. */
export type LocalTime = { zone: string } | 'by_team' | null;

/**
 * Rows of the sums: whole days from rollup_day, the rest from rollup_slot, both by the front of their primary key.
 * `slots`: quarter hours are needed throughout.
 */
export function sumSources(
  span: Span,
  slots: boolean,
  local: LocalTime,
  open: readonly PlacedTimes[],
  parameters: SqlParameters,
): RowSource[] {
  const sources: RowSource[] = [];
  const push = (table: string, where: string) =>
    sources.push({
      table,
      where,
      local,
      columns: OF_SUMS,
      counted: COUNTED,
      timed: TIMED,
    });
  if (slots) push('rollup_slot', withinSpan(span, parameters));
  else {
    if (span.days !== null) push('rollup_day', betweenDates(span.days, parameters));
    for (const { from, to } of span.slots) push('rollup_slot', betweenInstants(from, to, parameters));
    if (span.cut !== null) push('rollup_slot', restOfCut(span, parameters));
  }
  if (open.length > 0) push(openSql(open, parameters), withinSpan(span, parameters));
  return sources;
}

/** Rows of the span. */
export function withinSpan(span: Span, parameters: SqlParameters): string {
  const near = nearSpan(span, 'r.slot_start', parameters);
  const dates = span.cut?.dates ?? span.dates;
  return dates === null ? near : `${near} AND ${betweenDates(dates, parameters)}`;
}

/** Bounds for an index: quarter hours of whole business days may begin a day and a half before or after ours. */
export function nearSpan({ dates, cut, from, to }: Span, column: string, parameters: SqlParameters): string {
  const spread = dates === null && cut === null ? 0 : ZONE_SPREAD_MS;
  const until = cut?.until ?? to + spread;
  return `${column} >= ${parameters.instant(from - spread)} AND ${column} < ${parameters.instant(until)}`;
}

function restOfCut(span: Span, parameters: SqlParameters): string {
  const within = withinSpan(span, parameters);
  return span.days === null ? within : `${within} AND r.business_date >= ${parameters.add(span.days.to, 'date')}`;
}

/** `table` with the time at the site of each row's team as `local_time`, where it is asked for. */
export function withLocalTime(table: string, local: LocalTime, parameters: SqlParameters): string {
  if (local === null) return table;
  if (local !== 'by_team') {
    return `(SELECT s.*, s.slot_start AT TIME ZONE ${parameters.add(local.zone, 'text')} AS local_time FROM ${table} s)`;
  }
  return `(SELECT s.*, s.slot_start AT TIME ZONE z.time_zone AS local_time FROM ${table} s
    JOIN team_zone z ON z.team_id = s.team_id AND s.slot_start >= z.valid_from AND s.slot_start < z.valid_until)`;
}

/** CTE `team_zone`: the zone of each team's site and when it was in force. What came before the first counts as it did. */
export const TEAM_ZONES = `team_zone AS MATERIALIZED (
  SELECT t.id AS team_id, v.time_zone,
    CASE WHEN lag(v.valid_from) OVER w IS NULL THEN '-infinity' ELSE v.valid_from END AS valid_from,
    coalesce(lead(v.valid_from) OVER w, 'infinity') AS valid_until
  FROM team t JOIN site_version v
    ON v.site_id = CASE WHEN EXISTS (SELECT 1 FROM site_version o WHERE o.site_id = t.site_id) THEN t.site_id ELSE 1 END
  WINDOW w AS (PARTITION BY t.id ORDER BY v.valid_from))`;
