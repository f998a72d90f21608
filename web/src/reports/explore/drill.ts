import type { KpiValue } from '../../../../src/shared/api.js';
import { REPORT_FILTER_PARAMETERS } from '../../../../src/shared/report-parameters.js';
import type { ReportFilters, ReportGrouping, ReportResult, ReportRow } from '../../../../src/shared/reports.js';
import { addDays, formatMinute } from '../../format/index.js';
import { listOf } from '../../wallboard/drill.js';
import { formOf } from '../../wallboard/kpi-forms.js';
import { isAllDay } from './labels.js';

/** Where a figure leads: to exactly the calls or outcomes it counts. Pure. */

/** - `states`: time in states belongs to no call. - `moments`: days of a range that is no whole days have no list. */
export type Closed = 'states' | 'moments';

export type Drill = { to: string } | { closed: Closed } | null;

const PARAMETER: Partial<Record<ReportGrouping, string>> = {
  agent: 'agent',
  team: 'team',
  campaign: 'campaign',
  disposition: 'disposition',
  caller_number: 'callerNumber',
  hour_of_day: 'hourOfDay',
  weekday: 'weekday',
  interval: 'interval',
};

/** Of a figure; null: it counts nothing. `row` null: of the totals. */
export function drillOf(result: ReportResult, row: ReportRow | null, kpi: string, value: KpiValue | undefined): Drill {
  if (isNothing(value)) return null;
  const { opens } = formOf(kpi);
  if (opens === null) return { closed: 'states' };
  return listPath(result, row, opens);
}

/** Of a row, without a figure: all its calls. */
export function rowDrill(result: ReportResult, row: ReportRow): Drill {
  return listPath(result, row, null);
}

function listPath(result: ReportResult, row: ReportRow | null, measure: string | null): Drill {
  const range = rangeOf(result, row);
  if (range === null) return { closed: 'moments' };
  const search = new URLSearchParams(range);
  for (const [name, value] of filtersOf(result, row)) search.set(name, value);
  const list = listOf(measure);
  if (measure !== null) search.set('measure', measure);
  return { to: `${list}?${search}` };
}

/** The question's filters, and what the row is about in place of its own. */
function filtersOf({ spec }: ReportResult, row: ReportRow | null): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, name] of Object.entries(REPORT_FILTER_PARAMETERS)) {
    const values = spec.filters[key as keyof ReportFilters];
    if (values !== undefined && values.length > 0) found.set(name, values.join(','));
  }
  row?.keys.forEach((key, place) => {
    const name = PARAMETER[spec.groupBy[place] ?? 'day'];
    // Hours and quarter hours may be written with a zero in front.
    if (name !== undefined) found.set(name, /^0\d+$/.test(key) ? String(Number(key)) : key);
  });
  return found;
}

/** Null where a list of calls cannot be limited like this. */
function rangeOf(result: ReportResult, row: ReportRow | null): { from: string; to: string } | null {
  const whole = result.dates ?? { from: result.from, to: result.to };
  let range: { from: string; to: string } | null = whole;
  row?.keys.forEach((key, place) => {
    const part = partOf(result.spec.groupBy[place], key, result.timeZone);
    if (part === null || range === null) return;
    if (part.isInstant) range = within(part, { from: result.from, to: result.to });
    // Of days and a range of moments there is no common list; a moment within whole days is one.
    else range = isAllDay(result) ? (/T/.test(range.from) ? range : within(part, range)) : null;
  });
  return range;
}

interface Part {
  from: string;
  to: string;
  isInstant: boolean;
}

function partOf(grouping: ReportGrouping | undefined, key: string, zone: string): Part | null {
  switch (grouping) {
    case 'hour': {
      const start = Date.parse(key);
      if (Number.isNaN(start)) return null;
      // The first hour of a range may be a part of one.
      const passed = Number(formatMinute(start, zone, 'en').slice(3));
      const end = new Date(start + (60 - passed) * 60_000).toISOString();
      return { from: new Date(start).toISOString(), to: end, isInstant: true };
    }
    case 'day':
      return { from: key, to: addDays(key, 1), isInstant: false };
    case 'week':
      return { from: key, to: addDays(key, 7), isInstant: false };
    case 'month': {
      const [year = 0, month = 1] = key.split('-').map(Number);
      const to = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
      return { from: `${key}-01`, to, isInstant: false };
    }
    default:
      return null;
  }
}

/** What both have; dates and instants of one form compare as texts. */
function within(part: Part, range: { from: string; to: string }): { from: string; to: string } {
  return {
    from: part.from > range.from ? part.from : range.from,
    to: part.to < range.to ? part.to : range.to,
  };
}

function isNothing(value: KpiValue | undefined): boolean {
  if (value === null || value === undefined || value === 0) return true;
  const amounts = typeof value === 'number' ? [] : [value].flat();
  return typeof value !== 'number' && amounts.every(({ amountMinor }) => amountMinor === 0);
}
