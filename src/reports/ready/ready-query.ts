/** What a ready-made report is asked with, read from the address. Every error names its field. Pure. */
import { type RawQuery, readIds, readParameters, readTime } from '../../kpi/index.js';
import { AppError } from '../../platform/index.js';
import { READY_REPORTS, type ReadyQuery, type ReadyReportId, type ReportRangePreset } from '../../shared/reports.js';
import { readRange } from '../explore/index.js';

const PARAMETERS = ['range', 'from', 'to', 'agent', 'team', 'campaign'] as const;

/** Throws `not_found`. */
export function readReportId(id: string): ReadyReportId {
  const found = READY_REPORTS.find((one) => one === id);
  if (found === undefined) throw new AppError('not_found', { field: 'report' });
  return found;
}

export function readReadyQuery(raw: RawQuery, defaultRange: ReportRangePreset): ReadyQuery {
  const values = readParameters(raw, PARAMETERS);
  const agents = readIds('agent', values.get('agent'));
  const teams = readIds('team', values.get('team'));
  const campaigns = readIds('campaign', values.get('campaign'));
  const named = (['range', 'from', 'to'] as const).some((name) => values.get(name) !== undefined);
  return {
    range: named ? readRange(values) : { preset: defaultRange },
    filters: {
      ...(agents === undefined ? {} : { agents }),
      ...(teams === undefined ? {} : { teams }),
      ...(campaigns === undefined ? {} : { campaigns }),
    },
  };
}

/** Ready-made reports are of whole business days. Throws `date_only`, and what a time that cannot be read throws. */
export function requireDates(range: { from: string; to: string }): void {
  for (const name of ['from', 'to'] as const) {
    if (readTime(name, range[name]).kind !== 'date') throw new AppError('date_only', { field: name, params: { name } });
  }
}
