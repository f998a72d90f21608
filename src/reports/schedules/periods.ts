/** The periods of a pack on the day it is made. Pure. */
import { addDays } from '../../organisation/index.js';
import type { ReportRangeSpec, ReportSource } from '../../shared/reports.js';
import { lastWorkedBefore, type Timing } from './rhythm.js';

/**
 * Of a daily pack on working days only, yesterday is the last working day: Monday's pack is of Friday, which no other is of.
 * @param today the organisation's business date
 */
export function sourcesOn(
  today: string,
  sources: readonly ReportSource[],
  { rhythm, workingDays }: Pick<Timing, 'rhythm' | 'workingDays'>,
): ReportSource[] {
  const day = rhythm.every === 'day' && workingDays !== null ? lastWorkedBefore(workingDays, today) : null;
  // Nothing was left out: it stays what it is called.
  if (day === null || day === addDays(today, -1)) return [...sources];
  const range = { from: day, to: addDays(day, 1) };
  return sources.map((source) => (isYesterday(source) ? withRange(source, range) : source));
}

function isYesterday(source: ReportSource): boolean {
  const { range } = source.kind === 'ready' ? source.query : source.spec;
  return 'preset' in range && range.preset === 'yesterday';
}

function withRange(source: ReportSource, range: ReportRangeSpec): ReportSource {
  return source.kind === 'ready'
    ? { ...source, query: { ...source.query, range } }
    : { ...source, spec: { ...source.spec, range } };
}
