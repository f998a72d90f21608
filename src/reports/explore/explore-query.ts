/** A question read from an address. Strict: every error names its field and, where there is one, the fix. Pure. */
import { type RawQuery, readChoice, readIds, readParameters } from '../../kpi/index.js';
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
const MAX_NUMBERS = 100;
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
  const ids = (key: Exclude<keyof ReportFilters, 'callerNumbers'>, min = 0, max?: number) => {
    const name = REPORT_FILTER_PARAMETERS[key];
    const found = readIds(name, values.get(name));
    if (found?.some((id) => id < min || (max !== undefined && id > max))) {
      throw new AppError('number_invalid', { field: name, params: { name, min, max: max ?? '' } });
    }
    return found === undefined ? {} : { [key]: found };
  };
  return {
    ...ids('agents'),
    ...ids('teams'),
    ...ids('campaigns'),
    ...ids('dispositions'),
    ...readNumbers(values.get(REPORT_FILTER_PARAMETERS.callerNumbers)),
    ...ids('hoursOfDay', 0, 23),
    ...ids('weekdays', 1, 7),
    ...ids('intervals', 0, 95),
  };
}

/** Surrogate ids may be larger than a number holds exactly. */
function readNumbers(value: string | undefined): Pick<ReportFilters, 'callerNumbers'> {
  if (value === undefined) return {};
  const name = REPORT_FILTER_PARAMETERS.callerNumbers;
  const callerNumbers = [...new Set(listOf(value))];
  if (callerNumbers.length > MAX_NUMBERS || !callerNumbers.every((id) => /^(0|[1-9]\d{0,17})$/.test(id))) {
    throw new AppError('id_invalid', { field: name, params: { name, max: MAX_NUMBERS } });
  }
  return { callerNumbers };
}

function listOf(value: string | undefined): string[] {
  if (value === undefined) return [];
  return [...new Set(value.split(',').map((part) => part.trim()))];
}
