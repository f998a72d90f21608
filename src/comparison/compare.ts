/** One group of people or teams held against each other: estimates of rates, and what is enough for a place. Pure. */
import type { KpiValue } from '../shared/api.js';
import type { EstimateView } from '../shared/comparison.js';
import { countsOf, type Figure, numberOf, type Parts, partsOf } from './figure.js';
import { estimateRate, fitPeerGroup, type PeerGroup } from './statistics/index.js';

export type Values = Readonly<Record<string, KpiValue>>;

/** One row of figures as it is compared. */
export interface Compared extends Parts {
  value: KpiValue;
  /** Of rates with enough behind them. */
  estimate: EstimateView | null;
  enough: boolean;
  /** What can be put in order: of rates the estimate, of money the amount; null without a value or without enough. */
  comparable: number | null;
}

export interface ComparedGroup {
  /** Null: not a rate, or nobody has anything. */
  group: PeerGroup | null;
  /** In the order of the rows given. */
  rows: Compared[];
}

/** The group is everybody with enough for a place: a lucky 3 of 3 neither leads nor moves what counts as usual. */
export function compareGroup(figure: Figure, rows: readonly Values[], currency: string | null): ComparedGroup {
  const parts = rows.map((values) => partsOf(figure, values));
  const isEnough = ({ denominator }: Parts): boolean => figure.minimum === null || (denominator ?? 0) >= figure.minimum;
  const counts = parts.filter(isEnough).flatMap((one) => countsOf(one) ?? []);
  const group = figure.kind === 'rate' ? fitPeerGroup(counts) : null;
  return {
    group,
    rows: rows.map((values, index): Compared => {
      const own = parts[index] ?? { numerator: null, denominator: null };
      const value = values[figure.id] ?? null;
      const ownCounts = countsOf(own);
      const enough = isEnough(own);
      const estimate = group !== null && ownCounts !== null && enough ? estimateRate(group, ownCounts) : null;
      const plain = enough ? numberOf(value, currency) : null;
      return {
        ...own,
        value,
        estimate,
        enough,
        comparable: figure.kind === 'rate' ? (estimate?.value ?? null) : plain,
      };
    }),
  };
}

/** Least of a sum in the period before for a relative change to mean anything. */
const CHANGE_MINIMUM = { count: 10, seconds: 3_600 } as const;

/** Of rates the difference of the estimates, else relative to before. Null: not enough before or now. */
export function changeOf(figure: Figure, now: Compared, before: Compared): number | null {
  if (now.comparable === null || before.comparable === null) return null;
  if (figure.kind === 'rate') return now.comparable - before.comparable;
  const { unit } = figure.definition;
  const least = figure.kind === 'sum' && (unit === 'count' || unit === 'seconds') ? CHANGE_MINIMUM[unit] : 0;
  if (before.comparable <= 0 || before.comparable < least) return null;
  return now.comparable / before.comparable - 1;
}
