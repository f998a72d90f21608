/** Lists behind a report, narrowed by what the report is filtered by: a figure opens what it counts. Pure. */
import type { ReportFilters, ReportSection } from '../../shared/reports.js';

const PARAMETERS = { agents: 'agent', teams: 'team', campaigns: 'campaign' } as const;
export type NarrowedBy = Partial<Pick<ReportFilters, keyof typeof PARAMETERS>>;

/** What a row says itself stays; all calls with one customer stay all of them. */
export function narrowed(calls: string, filters: NarrowedBy): string {
  const query = new URLSearchParams(calls);
  if (query.has('customer')) return calls;
  for (const [key, name] of Object.entries(PARAMETERS)) {
    const ids = filters[key as keyof typeof PARAMETERS];
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
