/**
 * A report's question as the parameters of an address and back: the page's URL and the API's query are the same. Pure;
 * says nothing about whether ids exist.
 */
import {
  READY_COMPARISONS,
  REPORT_COMPARISONS,
  REPORT_GROUPINGS,
  REPORT_RANGES,
  type ReadyCompareSpec,
  type ReadyQuery,
  type ReportFilters,
  type ReportRangeSpec,
  type ReportSpec,
} from './reports.js';

export const REPORT_FILTER_PARAMETERS = {
  agents: 'agent',
  teams: 'team',
  campaigns: 'campaign',
  dispositions: 'disposition',
  callerNumbers: 'callerNumber',
  hoursOfDay: 'hourOfDay',
  weekdays: 'weekday',
  intervals: 'interval',
} as const satisfies Record<keyof ReportFilters, string>;

export const REPORT_PARAMETERS: readonly string[] = [
  'range',
  'from',
  'to',
  'kpis',
  'groupBy',
  'compare',
  ...Object.values(REPORT_FILTER_PARAMETERS),
];

export const READY_PARAMETERS = [
  'range',
  'from',
  'to',
  'agent',
  'team',
  'campaign',
  'compare',
  'compareFrom',
  'compareTo',
] as const;

const DEFAULT_RANGE = 'last_7_days';

/** Of a question, in a fixed order: equal questions have equal addresses. */
export function reportParameters(spec: ReportSpec): URLSearchParams {
  const parameters = new URLSearchParams();
  addRange(parameters, spec.range);
  parameters.set('kpis', spec.kpis.join(','));
  if (spec.groupBy.length > 0) parameters.set('groupBy', spec.groupBy.join(','));
  if (spec.compare !== 'none') parameters.set('compare', spec.compare);
  addFilters(parameters, spec.filters);
  return parameters;
}

export function readyParameters(query: ReadyQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  addRange(parameters, query.range);
  addFilters(parameters, query.filters);
  addCompare(parameters, query.compare);
  return parameters;
}

function addCompare(parameters: URLSearchParams, compare: ReadyCompareSpec | undefined): void {
  if (compare === undefined) return;
  if (!('preset' in compare)) {
    parameters.set('compareFrom', compare.from);
    parameters.set('compareTo', compare.to);
  } else if (compare.preset !== 'previous') parameters.set('compare', compare.preset);
}

function addRange(parameters: URLSearchParams, range: ReportRangeSpec): void {
  if ('preset' in range) {
    parameters.set('range', range.preset);
    return;
  }
  parameters.set('from', range.from);
  parameters.set('to', range.to);
}

function addFilters(parameters: URLSearchParams, filters: ReportFilters): void {
  for (const [key, name] of Object.entries(REPORT_FILTER_PARAMETERS)) {
    const values = filters[key as keyof ReportFilters];
    if (values !== undefined && values.length > 0) parameters.set(name, values.join(','));
  }
}

/** What is in no list or not a whole number is left out: an address somebody edited still opens. */
export function specOf(parameters: URLSearchParams): ReportSpec {
  const compare = REPORT_COMPARISONS.find((one) => one === parameters.get('compare')) ?? 'none';
  const groupBy = listOf(parameters, 'groupBy').flatMap((name) => REPORT_GROUPINGS.find((one) => one === name) ?? []);
  return {
    range: rangeOf(parameters),
    kpis: [...new Set(listOf(parameters, 'kpis'))],
    groupBy: [...new Set(groupBy)].slice(0, 2),
    filters: filtersOf(parameters),
    compare,
  };
}

export function readyQueryOf(parameters: URLSearchParams): ReadyQuery {
  const { agents, teams, campaigns } = filtersOf(parameters);
  const compare = compareOf(parameters);
  return {
    range: rangeOf(parameters),
    filters: { agents, teams, campaigns },
    ...(compare === undefined ? {} : { compare }),
  };
}

function compareOf(parameters: URLSearchParams): ReadyCompareSpec | undefined {
  const [from, to] = [parameters.get('compareFrom'), parameters.get('compareTo')];
  if (from !== null && to !== null) return { from, to };
  const preset = READY_COMPARISONS.find((one) => one === parameters.get('compare'));
  return preset === undefined || preset === 'previous' ? undefined : { preset };
}

function rangeOf(parameters: URLSearchParams): ReportRangeSpec {
  const [from, to] = [parameters.get('from'), parameters.get('to')];
  if (from !== null && to !== null) return { from, to };
  return { preset: REPORT_RANGES.find((one) => one === parameters.get('range')) ?? DEFAULT_RANGE };
}

function filtersOf(parameters: URLSearchParams): ReportFilters {
  const filters: ReportFilters = {};
  for (const [key, name] of Object.entries(REPORT_FILTER_PARAMETERS)) {
    const values = listOf(parameters, name).filter((value) => /^\d{1,18}$/.test(value));
    if (values.length === 0) continue;
    if (key === 'callerNumbers') filters.callerNumbers = values;
    else filters[key as Exclude<keyof ReportFilters, 'callerNumbers'>] = values.map(Number);
  }
  return filters;
}

function listOf(parameters: URLSearchParams, name: string): string[] {
  return (parameters.get(name) ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
