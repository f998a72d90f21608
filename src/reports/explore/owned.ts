/**
 * Customers somebody looks after, for the touch rate: by agent and team, over the whole range or over each of its days, weeks
 * and months, each of which is a period of its own (owned when it began or given during it, dialled within it).
 */
import { addDays } from '../../organisation/index.js';
import type { ReportFilters, ReportGrouping, ReportSpec } from '../../shared/reports.js';
import { stopwatch } from './budget.js';
import { cellAt, type Reading } from './cells.js';
import { neededFor } from './measures-needed.js';
import { weekOf } from './presets.js';
import type { ReadingContext } from './read-span.js';
import type { Span } from './span.js';

interface Asked {
  groupBy: readonly ReportGrouping[];
  filters: ReportFilters;
}

const OF_DATE: Partial<Record<ReportGrouping, (date: string) => string>> = {
  day: (date) => date,
  week: weekOf,
  month: (date) => date.slice(0, 7),
};
const isPerson = (grouping: ReportGrouping): boolean => grouping === 'agent' || grouping === 'team';

/**
 * Where ownership says nothing: a customer is somebody's, on whole business days, of no campaign, call or hour. A weekday is
 * no period: Mondays of a month have no beginning.
 */
export function ownedMissing({ groupBy, filters }: Asked, dates: Span['dates']): 'everywhere' | 'rows' | null {
  const { agents: _a, teams: _t, ...others } = filters;
  const narrowed = Object.values(others).some((values) => values !== undefined && values.length > 0);
  if (dates === null || narrowed) return 'everywhere';
  return groupBy.every((one) => isPerson(one) || OF_DATE[one] !== undefined) ? null : 'rows';
}

/** A statement for each stretch of time: with a budget. */
export function countsOwnedByTime({ kpis, groupBy }: Pick<ReportSpec, 'kpis' | 'groupBy'>): boolean {
  return neededFor(kpis).owned && groupBy.some((one) => OF_DATE[one] !== undefined);
}

/** Puts the counts into the cells of a reading. Throws `report_too_slow`. */
export async function addOwned(reading: Reading, asked: Asked, span: Span, context: ReadingContext): Promise<void> {
  const { groupBy, filters } = asked;
  const { repository } = context;
  const missing = ownedMissing(asked, span.dates);
  if (span.dates === null || missing === 'everywhere') return;
  reading.owned = { rows: missing === null, total: true };
  const isSplit = groupBy.some((one) => OF_DATE[one] !== undefined);
  if (missing === 'rows' || isSplit) {
    reading.total.owned = (await repository.owned(span, span.dates, 'organisation', filters)).get('') ?? null;
  }
  if (missing === 'rows') return;
  const checkTime = stopwatch();
  for (const period of periodsOf(groupBy, span.dates, context)) {
    checkTime();
    const found = await repository.owned(period, period.dates, groupingOf(groupBy), filters);
    if (!isSplit) reading.total.owned = found.get('') ?? null;
    for (const [key, counts] of found) {
      // Whoever looks after customers is in the report, also without a call. Under '' are all of them.
      if (key !== '' || !groupBy.some(isPerson)) cellAt(reading.cells, keysOf(groupBy, key, period)).owned = counts;
    }
  }
}

interface Period {
  from: number;
  to: number;
  dates: { from: string; to: string };
}

/** Consecutive dates with the same keys, as far as they have begun. */
function periodsOf(
  groupBy: readonly ReportGrouping[],
  dates: Period['dates'],
  { zones, now }: ReadingContext,
): Period[] {
  const keyAt = (date: string): string => groupBy.map((one) => OF_DATE[one]?.(date) ?? '').join('|');
  const found: Period['dates'][] = [];
  for (let date = dates.from; date < dates.to; date = addDays(date, 1)) {
    const last = found.at(-1);
    if (last !== undefined && keyAt(last.from) === keyAt(date)) last.to = addDays(date, 1);
    else found.push({ from: date, to: addDays(date, 1) });
  }
  return found
    .map((one) => ({ dates: one, from: zones.startOf(one.from), to: zones.startOf(one.to) }))
    .filter(({ from }, index) => index === 0 || from < now);
}

function groupingOf(groupBy: readonly ReportGrouping[]) {
  const [byAgent, byTeam] = [groupBy.includes('agent'), groupBy.includes('team')];
  if (byAgent) return byTeam ? 'agent_team' : 'agent';
  return byTeam ? 'team' : 'organisation';
}

function keysOf(groupBy: readonly ReportGrouping[], key: string, { dates }: Period): string[] {
  const [first = '', second] = key.split('|');
  const people = second === undefined ? { agent: first, team: first } : { agent: first, team: second };
  return groupBy.map((one) => (one === 'agent' || one === 'team' ? people[one] : (OF_DATE[one]?.(dates.from) ?? '')));
}
