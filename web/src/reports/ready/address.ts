import { READY_PARAMETERS, readyParameters, readyQueryOf } from '../../../../src/shared/report-parameters.js';
import type { ReadyQuery, ReadyReportId, ReadyReportView, ReportDocument } from '../../../../src/shared/reports.js';
import { addDays, dateInZone } from '../../format/index.js';

/** What a ready-made report is asked with, as it stands in the address so that it can be shared. Pure. */

export function readyPath(id: ReadyReportId, filters: Record<string, string | number> = {}): string {
  const search = new URLSearchParams(Object.entries(filters).map(([key, value]) => [key, String(value)]));
  return `/reports/ready/${id}${search.size > 0 ? `?${search}` : ''}`;
}

/** An address without a range means the one that suits the report. */
export function queryFrom(
  search: URLSearchParams,
  { defaultRange, takes }: Pick<ReadyReportView, 'defaultRange' | 'takes'>,
): ReadyQuery {
  const { compare, ...others } = readyQueryOf(search);
  const query: ReadyQuery = compare !== undefined && takes.includes('other_range') ? { ...others, compare } : others;
  const hasRange = search.has('range') || (search.has('from') && search.has('to'));
  return hasRange ? query : { ...query, range: { preset: defaultRange } };
}

/** The address's parameters of a question; what the page does not know of stays in it. */
export function addressOf(search: URLSearchParams, query: ReadyQuery): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const key of READY_PARAMETERS) next.delete(key);
  for (const [key, value] of readyParameters(query)) next.set(key, value);
  return next;
}

/** Query of the calls the whole document counts. */
export function callsOf({ from, to, dates }: ReportDocument, { filters }: ReadyQuery): string {
  const { agents = [], teams = [], campaigns = [] } = filters;
  const search = new URLSearchParams(dates ?? { from, to });
  for (const [name, ids] of Object.entries({ agent: agents, team: teams, campaign: campaigns })) {
    if (ids.length > 0) search.set(name, ids.join(','));
  }
  return search.toString();
}

/** Business dates of what a document is compared with, its last day whole. */
export function comparedDates({ compared, timeZone }: ReportDocument): { from: string; to: string } | null {
  if (compared === null) return null;
  const [first, last] = [Date.parse(compared.from), Date.parse(compared.to) - 1];
  if (Number.isNaN(first) || Number.isNaN(last)) return null;
  return { from: dateInZone(first, timeZone), to: addDays(dateInZone(Math.max(first, last), timeZone), 1) };
}
