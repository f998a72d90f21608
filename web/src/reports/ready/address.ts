import { readyParameters, readyQueryOf } from '../../../../src/shared/report-parameters.js';
import type { ReadyQuery, ReadyReportId, ReadyReportView, ReportDocument } from '../../../../src/shared/reports.js';

/** What a ready-made report is asked with, as it stands in the address so that it can be shared. Pure. */

export function readyPath(id: ReadyReportId, filters: Record<string, string | number> = {}): string {
  const search = new URLSearchParams(Object.entries(filters).map(([key, value]) => [key, String(value)]));
  return `/reports/ready/${id}${search.size > 0 ? `?${search}` : ''}`;
}

/** An address without a range means the one that suits the report. */
export function queryFrom(
  search: URLSearchParams,
  { defaultRange }: Pick<ReadyReportView, 'defaultRange'>,
): ReadyQuery {
  const query = readyQueryOf(search);
  const hasRange = search.has('range') || (search.has('from') && search.has('to'));
  return hasRange ? query : { ...query, range: { preset: defaultRange } };
}

/** The address's parameters of a question; what the page does not know of stays in it. */
export function addressOf(search: URLSearchParams, query: ReadyQuery): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const key of ['range', 'from', 'to', 'agent', 'team', 'campaign']) next.delete(key);
  for (const [key, value] of readyParameters(query)) next.set(key, value);
  return next;
}

/**
 * Query of the calls the whole document counts. Undefined where the list of calls cannot say it: it takes one agent and one
 * campaign, and any number of teams.
 */
export function callsOf({ from, to, dates }: ReportDocument, { filters }: ReadyQuery): string | undefined {
  const { agents = [], teams = [], campaigns = [] } = filters;
  if (agents.length > 1 || campaigns.length > 1) return undefined;
  const search = new URLSearchParams(dates ?? { from, to });
  if (agents[0] !== undefined) search.set('agent', String(agents[0]));
  if (teams.length > 0) search.set('team', teams.join(','));
  if (campaigns[0] !== undefined) search.set('campaign', String(campaigns[0]));
  return search.toString();
}
