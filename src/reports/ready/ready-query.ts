/** What a ready-made report is asked with, read from the address. Every error names its field. Pure. */
import { type RawQuery, readChoice, readIds, readParameters, readTime } from '../../kpi/index.js';
import { AppError } from '../../platform/index.js';
import {
  READY_REPORTS,
  type ReadyQuery,
  type ReadyReportId,
  REPORT_RANGES,
  type ReportRangePreset,
  type ReportRangeSpec,
} from '../../shared/reports.js';

const PARAMETERS = ['range', 'from', 'to', 'agent', 'team', 'campaign'] as const;

/** Throws `not_found`. */
export function readReportId(id: string): ReadyReportId {
  const found = READY_REPORTS.find((one) => one === id);
  if (found === undefined) throw new AppError('not_found', { field: 'id' });
  return found;
}

export function readReadyQuery(raw: RawQuery, defaultRange: ReportRangePreset): ReadyQuery {
  const values = readParameters(raw, PARAMETERS);
  const agents = readIds('agent', values.get('agent'));
  const teams = readIds('team', values.get('team'));
  const campaigns = readIds('campaign', values.get('campaign'));
  return {
    range: rangeOf(values, defaultRange),
    filters: {
      ...(agents === undefined ? {} : { agents }),
      ...(teams === undefined ? {} : { teams }),
      ...(campaigns === undefined ? {} : { campaigns }),
    },
  };
}

function rangeOf(
  values: { get(name: 'range' | 'from' | 'to'): string | undefined },
  defaultRange: ReportRangePreset,
): ReportRangeSpec {
  const [from, to] = [values.get('from'), values.get('to')];
  const preset = readChoice('range', values.get('range'), REPORT_RANGES);
  if (preset !== undefined && (from !== undefined || to !== undefined)) {
    throw new AppError('ready_range_twice', { field: 'range' });
  }
  if (from === undefined && to === undefined) return { preset: preset ?? defaultRange };
  if (from === undefined || to === undefined) {
    const name = from === undefined ? 'from' : 'to';
    throw new AppError('ready_range_half', { field: name, params: { name } });
  }
  return { from, to };
}

/** Ready-made reports are of whole business days. Throws `date_only`, and what a time that cannot be read throws. */
export function requireDates(range: { from: string; to: string }): void {
  for (const name of ['from', 'to'] as const) {
    if (readTime(name, range[name]).kind !== 'date') throw new AppError('date_only', { field: name, params: { name } });
  }
}
