/**
 * The query of GET /calls and GET /outcomes that opens what a row counts; the id of a measure added as `measure` makes it
 * exactly what one figure counts. Pure.
 */
import { Temporal } from 'temporal-polyfill';
import { addDays } from '../../organisation/index.js';
import { isoOf } from '../../platform/index.js';
import { REPORT_FILTER_PARAMETERS } from '../../shared/report-parameters.js';
import type { ReportFilters, ReportGrouping, ReportResult } from '../../shared/reports.js';
import { addMonths } from './presets.js';

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
const MINUTE_MS = 60_000;

/** `keys` of a row; none for what all rows count. */
export function callsQueryOf(asked: Asked, keys: readonly string[] = []): string {
  const { from, to, dates, spec } = asked;
  const query = new URLSearchParams();
  query.set('from', dates?.from ?? from);
  query.set('to', dates?.to ?? to);
  for (const [key, name] of Object.entries(REPORT_FILTER_PARAMETERS)) {
    const values = spec.filters[key as keyof ReportFilters];
    if (values !== undefined && values.length > 0) query.set(name, values.join(','));
  }
  for (const [index, key] of keys.entries()) {
    const grouping = spec.groupBy[index];
    if (grouping !== undefined) narrow(query, asked, grouping, key);
  }
  return query.toString();
}

function narrow(query: URLSearchParams, asked: Asked, grouping: ReportGrouping, key: string): void {
  const parameter = PARAMETER[grouping];
  if (parameter !== undefined) query.set(parameter, String(grouping === 'hour_of_day' ? Number(key) : key));
  else if (grouping === 'hour') narrowToHour(query, asked, key);
  else narrowToDates(query, asked, datesOfKey(grouping, key));
}

/** Whole business days stay those of each team: `dateFrom` and `dateTo` beside instants. */
function narrowToHour(query: URLSearchParams, { from, to, dates, timeZone }: Asked, key: string): void {
  const start = Temporal.Instant.from(key).toZonedDateTimeISO(timeZone);
  const end = start.epochMilliseconds + (60 - start.minute) * MINUTE_MS;
  if (dates !== null) {
    query.set('dateFrom', query.get('dateFrom') ?? query.get('from') ?? dates.from);
    query.set('dateTo', query.get('dateTo') ?? query.get('to') ?? dates.to);
  }
  query.set('from', dates === null && key < from ? from : key);
  query.set('to', dates === null && end > Date.parse(to) ? to : isoOf(end));
}

function narrowToDates(query: URLSearchParams, { dates }: Asked, days: { from: string; to: string }): void {
  const wholeDays = dates !== null && !query.has('dateFrom');
  const [first, last] = wholeDays ? ['from', 'to'] : ['dateFrom', 'dateTo'];
  if (first === undefined || last === undefined) return;
  const [known, until] = [query.get(first), query.get(last)];
  query.set(first, known !== null && known > days.from ? known : days.from);
  query.set(last, until !== null && until < days.to ? until : days.to);
}

function datesOfKey(grouping: ReportGrouping, key: string): { from: string; to: string } {
  if (grouping === 'month') return { from: `${key}-01`, to: addMonths(`${key}-01`, 1) };
  return { from: key, to: addDays(key, grouping === 'week' ? 7 : 1) };
}
