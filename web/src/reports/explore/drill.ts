import type { KpiValue } from '../../../../src/shared/api.js';
import { REPORT_FILTER_PARAMETERS } from '../../../../src/shared/report-parameters.js';
import type { ReportFilters, ReportGrouping, ReportResult, ReportRow } from '../../../../src/shared/reports.js';
import { addDays, formatMinute } from '../../format/index.js';
import { listOf } from '../../wallboard/drill.js';
import { formOf } from '../../wallboard/kpi-forms.js';

/**
 * Where a figure leads: to exactly the calls or outcomes it counts. What the server puts into documents says the same; a
 * test holds them equal. Pure.
 */

/** `closed`: time in states belongs to no call, so there is no list. */
export type Drill = { to: string } | { closed: 'states' } | null;

type Asked = Pick<ReportResult, 'spec' | 'from' | 'to' | 'dates' | 'timeZone'>;

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

/** Of a figure; null: it counts nothing. `row` null: of the totals. */
export function drillOf(asked: Asked, row: ReportRow | null, kpi: string, value: KpiValue | undefined): Drill {
  if (isNothing(value)) return null;
  const { opens } = formOf(kpi);
  if (opens === null) return { closed: 'states' };
  const query = listQuery(asked, row?.keys ?? []);
  query.set('measure', opens);
  return { to: `${listOf(opens)}?${query}` };
}

/** Of a row, without a figure: all its calls. */
export function rowPath(asked: Asked, row: ReportRow): string {
  return `/calls?${listQuery(asked, row.keys)}`;
}

/** `keys` of a row; none for what all rows count. */
export function listQuery(asked: Asked, keys: readonly string[]): URLSearchParams {
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
function narrow(query: URLSearchParams, asked: Asked, grouping: ReportGrouping, key: string): void {
  const parameter = PARAMETER[grouping];
  if (parameter !== undefined) query.set(parameter, grouping === 'hour_of_day' ? String(Number(key)) : key);
  else if (grouping === 'hour') narrowToHour(query, asked, key);
  else narrowToDates(query, asked, datesOfKey(grouping, key));
}

/** Whole business days stay those of each team: dates beside moments. */
function narrowToHour(query: URLSearchParams, { from, to, dates, timeZone }: Asked, key: string): void {
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

function narrowToDates(query: URLSearchParams, { dates }: Asked, days: { from: string; to: string }): void {
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

function isNothing(value: KpiValue | undefined): boolean {
  if (value === null || value === undefined || value === 0) return true;
  const amounts = typeof value === 'number' ? [] : [value].flat();
  return typeof value !== 'number' && amounts.every(({ amountMinor }) => amountMinor === 0);
}
