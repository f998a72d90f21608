import { CELL_PARAMETERS } from '../../../src/shared/cell-query.js';
import type { CallFilter } from '../api/index.js';
import { addDays, type Language, listText } from '../format/index.js';
import { clockText } from '../people/ui/clock-text.js';

/** The filter of the list of calls, kept in the address so that a list can be shared. Pure. */

const KEYS = [
  'from',
  'to',
  'agent',
  'team',
  'campaign',
  'customer',
  'direction',
  'outcome',
  'incomplete',
  'stale',
  'unassigned',
  'dnc',
  'measure',
  ...CELL_PARAMETERS,
] as const satisfies (keyof CallFilter)[];

export function filterFrom(search: URLSearchParams): CallFilter {
  const filter: CallFilter = {};
  for (const key of KEYS) {
    const value = search.get(key);
    if (value) filter[key] = value;
  }
  return filter;
}

/** The address's parameters after a change; `null` or empty takes a filter away. */
export function withChange(
  search: URLSearchParams,
  change: Partial<Record<keyof CallFilter, string | null>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [key, value] of Object.entries(change)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** Names of a filter's ids ("3,8"), in its order; whom nothing here names stands by the id. */
export function namedIds(ids: string, nameOf: (id: number) => string | undefined, language: Language): string {
  return listText(
    ids.split(',').map((id) => nameOf(Number(id)) ?? `#${id}`),
    language,
  );
}

export type Period = 'today' | 'yesterday' | 'week' | 'all';

/** Half-open range of local dates. */
export function periodRange(period: Period, today: string): { from: string | null; to: string | null } {
  switch (period) {
    case 'today':
      return { from: today, to: addDays(today, 1) };
    case 'yesterday':
      return { from: addDays(today, -1), to: today };
    case 'week':
      return { from: addDays(today, -6), to: addDays(today, 1) };
    case 'all':
      return { from: null, to: null };
  }
}

/** Which of the offered periods a filter is, if any. Instants that bound a whole day count as that day's date. */
export function periodOf(filter: CallFilter, today: string): Period | null {
  const periods: Period[] = ['today', 'yesterday', 'week', 'all'];
  return (
    periods.find((period) => {
      const range = periodRange(period, today);
      return (filter.from ?? null) === range.from && (filter.to ?? null) === range.to;
    }) ?? null
  );
}

/** Hours that follow each other as one stretch: calling hours are many. */
export function hourSpans(value: string): string[] {
  const runs: { from: number; to: number }[] = [];
  for (const hour of value
    .split(',')
    .map(Number)
    .sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.to === hour) last.to = hour + 1;
    else runs.push({ from: hour, to: hour + 1 });
  }
  return runs.map(({ from, to }) => `${clockText(from * 60)}–${clockText((to % 24) * 60)}`);
}
