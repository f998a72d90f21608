/**
 * A cell of a report as the query of GET /calls and GET /outcomes (and of their pages) that opens what it counts; the id of a
 * measure added as `measure` makes it exactly what one figure counts. Pure.
 */
import { addDays, formatMinute } from './format/index.js';
import { REPORT_FILTER_PARAMETERS } from './report-parameters.js';
import type { ReportFilters, ReportGrouping, ReportResult } from './reports.js';

/** What narrows a list of calls or outcomes beside range, agent, team and campaign. */
export const CELL_PARAMETERS = [
  'disposition',
  'callerNumber',
  'hourOfDay',
  'weekday',
  'interval',
  'dateFrom',
  'dateTo',
] as const;

/** What of an answer says where its cells are. */
export type CellOf = Pick<ReportResult, 'spec' | 'from' | 'to' | 'dates' | 'timeZone'>;

const PARAMETER: Partial<Record<ReportGrouping, string>> = {
  agent: 'agent',
  team: 'team',
  campaign: 'campaign',
  disposition: 'disposition',
  caller_number: 'callerNumber',
  hour_of_day: 'hourOfDay',
  weekday: 'weekday',
  interval: 'interval',
};

/** `keys` of a row; none for what all rows count. */
export function cellQuery(asked: CellOf, keys: readonly string[] = []): URLSearchParams {
  const { from, to, dates, spec } = asked;
  const query = new URLSearchParams(dates ?? { from, to });
  for (const [key, name] of Object.entries(REPORT_FILTER_PARAMETERS)) {
    const values = spec.filters[key as keyof ReportFilters];
    if (values !== undefined && values.length > 0) query.set(name, values.join(','));
  }
  keys.forEach((key, place) => {
    const grouping = spec.groupBy[place];
    if (grouping !== undefined) narrow(query, asked, grouping, key);
  });
  return query;
}

/** What the row is about stands in place of the question's own filter. */
function narrow(query: URLSearchParams, asked: CellOf, grouping: ReportGrouping, key: string): void {
  const parameter = PARAMETER[grouping];
  if (parameter !== undefined) query.set(parameter, grouping === 'hour_of_day' ? String(Number(key)) : key);
  else if (grouping === 'hour') narrowToHour(query, asked, key);
  else narrowToDates(query, asked, datesOfKey(grouping, key));
}

/** Whole business days stay those of each team: dates beside moments. */
function narrowToHour(query: URLSearchParams, { from, to, dates, timeZone }: CellOf, key: string): void {
  const start = Date.parse(key);
  if (Number.isNaN(start)) return;
  // The first hour of a range may be a part of one.
  const passed = Number(formatMinute(start, timeZone, 'en').slice(3));
  const end = start + (60 - passed) * 60_000;
  if (dates !== null) {
    query.set('dateFrom', query.get('dateFrom') ?? query.get('from') ?? dates.from);
    query.set('dateTo', query.get('dateTo') ?? query.get('to') ?? dates.to);
  }
  query.set('from', dates === null && key < from ? from : key);
  query.set('to', dates === null && end > Date.parse(to) ? to : new Date(end).toISOString());
}

function narrowToDates(query: URLSearchParams, { dates }: CellOf, days: { from: string; to: string }): void {
  const areDays = dates !== null && !query.has('dateFrom');
  const [first, last] = areDays ? (['from', 'to'] as const) : (['dateFrom', 'dateTo'] as const);
  const [known, until] = [query.get(first), query.get(last)];
  query.set(first, known !== null && known > days.from ? known : days.from);
  query.set(last, until !== null && until < days.to ? until : days.to);
}

function datesOfKey(grouping: ReportGrouping, key: string): { from: string; to: string } {
  if (grouping !== 'month') return { from: key, to: addDays(key, grouping === 'week' ? 7 : 1) };
  const [year = 0, month = 1] = key.split('-').map(Number);
  return { from: `${key}-01`, to: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10) };
}
