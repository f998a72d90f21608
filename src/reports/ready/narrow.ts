/** Lists behind a report, narrowed by what the report is filtered by: a figure opens what it counts. Pure. */
import { REPORT_FILTER_PARAMETERS } from '../../shared/report-parameters.js';
import type { ReportFilters, ReportSection } from '../../shared/reports.js';

export const NARROWING = ['agents', 'teams', 'campaigns'] as const;
export type NarrowedBy = Partial<Pick<ReportFilters, (typeof NARROWING)[number]>>;

/** What a row says itself stays; all calls with one customer stay all of them. */
export function narrowed(calls: string, filters: NarrowedBy): string {
  const query = new URLSearchParams(calls);
  if (query.has('customer')) return calls;
  for (const key of NARROWING) {
    const [name, ids] = [REPORT_FILTER_PARAMETERS[key], filters[key]];
    if (ids !== undefined && ids.length > 0 && !query.has(name)) query.set(name, ids.join(','));
  }
  return query.toString();
}

export function narrowedSections(sections: readonly ReportSection[], filters: NarrowedBy): ReportSection[] {
  return sections.map((section) => {
    if (section.kind !== 'table') return section;
    const rows = section.rows.map((row) =>
      row.calls === undefined ? row : { ...row, calls: narrowed(row.calls, filters) },
    );
    return { ...section, rows };
  });
}
