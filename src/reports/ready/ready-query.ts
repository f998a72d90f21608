/** What a ready-made report is asked with, read from the address. Every error names its field. Pure. */
import { type RawQuery, readChoice, readIds, readParameters, readTime } from '../../kpi/index.js';
import { AppError } from '../../platform/index.js';
import { READY_PARAMETERS } from '../../shared/report-parameters.js';
import {
  READY_COMPARISONS,
  READY_REPORTS,
  type ReadyCompareSpec,
  type ReadyQuery,
  type ReadyReportId,
  type ReportRangePreset,
} from '../../shared/reports.js';
import { readRange } from '../explore/index.js';

/** Throws `not_found`. */
export function readReportId(id: string): ReadyReportId {
  const found = READY_REPORTS.find((one) => one === id);
  if (found === undefined) throw new AppError('not_found', { field: 'report' });
  return found;
}

export function readReadyQuery(raw: RawQuery, defaultRange: ReportRangePreset): ReadyQuery {
  const values = readParameters(raw, READY_PARAMETERS);
  const agents = readIds('agent', values.get('agent'));
  const teams = readIds('team', values.get('team'));
  const campaigns = readIds('campaign', values.get('campaign'));
  const named = (['range', 'from', 'to'] as const).some((name) => values.get(name) !== undefined);
  const compare = readCompare(values);
  return {
    range: named ? readRange(values) : { preset: defaultRange },
    filters: {
      ...(agents === undefined ? {} : { agents }),
      ...(teams === undefined ? {} : { teams }),
      ...(campaigns === undefined ? {} : { campaigns }),
    },
    ...(compare === undefined ? {} : { compare }),
  };
}

/** Throws `choice_unknown`, `report_compare_invalid`. */
function readCompare(values: ReadonlyMap<string, string>): ReadyCompareSpec | undefined {
  const preset = readChoice('compare', values.get('compare'), READY_COMPARISONS);
  const [from, to] = [values.get('compareFrom'), values.get('compareTo')];
  if (from === undefined && to === undefined) return preset === undefined ? undefined : { preset };
  if (from !== undefined && to !== undefined && preset === undefined) return { from, to };
  const field = preset !== undefined ? 'compare' : from === undefined ? 'compareFrom' : 'compareTo';
  throw new AppError('report_compare_invalid', { field });
}

/** Ready-made reports are of whole business days. Throws `date_only`, and what a time that cannot be read throws. */
export function requireDates(bounds: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(bounds)) {
    if (readTime(name, value).kind !== 'date') throw new AppError('date_only', { field: name, params: { name } });
  }
}
