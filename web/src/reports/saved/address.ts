import { readyParameters } from '../../../../src/shared/report-parameters.js';
import type { ReportSource } from '../../../../src/shared/reports.js';
import type { SavedReportView } from '../../../../src/shared/saved-reports.js';
import { explorePath } from '../explore/question.js';

/** Where a saved report opens; null when this version cannot read it. Pure. */
export function savedPath({ id, source }: Pick<SavedReportView, 'id' | 'source'>): string | null {
  return source === null ? null : sourcePath(source, id);
}

export function sourcePath(source: ReportSource, saved: number | null = null): string {
  if (source.kind === 'explore') return explorePath(source.spec, saved);
  const search = readyParameters(source.query);
  return `/reports/ready/${source.report}${search.size > 0 ? `?${search}` : ''}`;
}
