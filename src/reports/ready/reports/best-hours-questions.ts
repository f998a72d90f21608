/** What best hours are read from: only calls inside the calling hours, also where those differ at weekends. */
import type { ReportGrouping, ReportResult, ReportRow } from '../../../shared/reports.js';
import { insideFilters } from '../calling-hours.js';
import { type Asked, answers, type Sources } from '../ready-report.js';
import { countOf, type Values } from '../tables.js';

export const RATES = [
  { kpi: 'connect_rate', over: 'connects', under: 'dials' },
  { kpi: 'conversion_rate', over: 'sales', under: 'connects' },
] as const;
export type Rate = (typeof RATES)[number];
export const COUNTS = ['dials', 'connects', 'sales'] as const;
export const KPIS = ['dials', 'connects', 'connect_rate', 'sales', 'conversion_rate'] as const;

export interface BestHoursFigures {
  /** By weekday and hour. */
  main: ReportResult;
  campaigns: ReportResult;
  teams: ReportResult;
  /** By hour of the day. */
  hours: ReportResult;
  /** Dials at any hour. */
  allDials: number;
}

const GROUPINGS: readonly ReportGrouping[][] = [
  ['weekday', 'hour_of_day'],
  ['campaign', 'hour_of_day'],
  ['team', 'hour_of_day'],
  ['hour_of_day'],
];

export async function readBestHours(asked: Asked, sources: Sources): Promise<BestHoursFigures> {
  const inside = insideFilters(asked.callingHours);
  const questions = GROUPINGS.flatMap((groupBy) => inside.map((filters) => ({ kpis: KPIS, groupBy, filters })));
  const results: readonly ReportResult[] = await answers(asked, sources, [...questions, { kpis: ['dials'] }]);
  const of = (place: number): ReportResult =>
    addedUp(results.slice(place * inside.length, (place + 1) * inside.length));
  const all = results.at(-1);
  return { main: of(0), campaigns: of(1), teams: of(2), hours: of(3), allDials: countOf(all?.totals, 'dials') };
}

/** Counts of parts that do not overlap are added, their rates are worked out again. */
export function addedUp(parts: readonly ReportResult[]): ReportResult {
  const [first] = parts;
  if (first === undefined) throw new Error('The calling hours are empty');
  if (parts.length === 1) return first;
  const rows = new Map<string, ReportRow>();
  for (const row of parts.flatMap((part) => part.rows)) {
    const key = row.keys.join('|');
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : { ...known, values: added([known.values, row.values]) });
  }
  return { ...first, rows: [...rows.values()], totals: added(parts.map(({ totals }) => totals)) };
}

function added(parts: readonly Values[]): ReportRow['values'] {
  const sums: ReportRow['values'] = {};
  for (const kpi of COUNTS) sums[kpi] = parts.reduce((sum, part) => sum + countOf(part, kpi), 0);
  for (const { kpi, over, under } of RATES) {
    sums[kpi] = countOf(sums, under) === 0 ? null : countOf(sums, over) / countOf(sums, under);
  }
  return sums;
}
