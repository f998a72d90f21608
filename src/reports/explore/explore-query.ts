/** A question read from an address. Strict: every error names its field and, where there is one, the fix. Pure. */
import { type RawQuery, readChoice, readIds, readNumberRefs, readParameters, readWithin } from '../../kpi/index.js';
import { AppError } from '../../platform/index.js';
import { REPORT_FILTER_PARAMETERS, REPORT_PARAMETERS } from '../../shared/report-parameters.js';
import {
  REPORT_COMPARISONS,
  REPORT_GROUPINGS,
  REPORT_RANGES,
  type ReportFilters,
  type ReportRangeSpec,
  type ReportSpec,
} from '../../shared/reports.js';

const DEFAULT_RANGE = 'last_7_days';
type Values = ReadonlyMap<string, string>;

export function readReportSpec(raw: RawQuery): ReportSpec {
  const values: Values = readParameters(raw, REPORT_PARAMETERS);
  return {
    range: readRange(values),
    kpis: listOf(values.get('kpis')),
    groupBy: listOf(values.get('groupBy')).flatMap((name) => readChoice('groupBy', name, REPORT_GROUPINGS) ?? []),
    filters: readFilters(values),
    compare: readChoice('compare', values.get('compare'), REPORT_COMPARISONS) ?? 'none',
  };
}

/** Also of ready-made reports: `range`, or `from` and `to`. */
export function readRange(values: Values): ReportRangeSpec {
  const preset = readChoice('range', values.get('range'), REPORT_RANGES);
  const [from, to] = [values.get('from'), values.get('to')];
  if (from === undefined && to === undefined) return { preset: preset ?? DEFAULT_RANGE };
  if (from !== undefined && to !== undefined && preset === undefined) return { from, to };
  throw new AppError('report_range_invalid', {
    field: preset !== undefined ? 'range' : from === undefined ? 'from' : 'to',
  });
}

export function readFilters(values: Values): ReportFilters {
  const at = (key: keyof ReportFilters): [name: string, value: string | undefined] => {
    const name = REPORT_FILTER_PARAMETERS[key];
    return [name, values.get(name)];
  };
  return given({
    agents: readIds(...at('agents')),
    teams: readIds(...at('teams')),
    campaigns: readIds(...at('campaigns')),
    dispositions: readIds(...at('dispositions')),
    callerNumbers: readNumberRefs(...at('callerNumbers')),
    hoursOfDay: readWithin(...at('hoursOfDay'), 0, 23),
    weekdays: readWithin(...at('weekdays'), 1, 7),
    intervals: readWithin(...at('intervals'), 0, 95),
  });
}

/** Without what was not asked for. */
function given(filters: { [Key in keyof ReportFilters]: ReportFilters[Key] | undefined }): ReportFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, values]) => values !== undefined));
}

function listOf(value: string | undefined): string[] {
  if (value === undefined) return [];
  return [...new Set(value.split(',').map((part) => part.trim()))];
}
