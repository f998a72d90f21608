/** One's own best hours of the day, honestly: a rate only of enough calls, with its interval. Pure. */
import {
  BEST_HOUR_MIN,
  BEST_HOUR_PEERS,
  type BestHour,
  type BestHours,
  type HourFigures,
  type Rate,
} from '../shared/me.js';

/** Sums of one hour of the day over all days. */
export interface HourSums {
  hour: number;
  own: Counts;
  others: Counts;
}
export interface Counts {
  dials: number;
  connects: number;
  sales: number;
}

const NOTHING: Counts = { dials: 0, connects: 0, sales: 0 };
/** Of the normal distribution, two-sided 95 %. */
const Z = 1.959963984540054;

/**
 * @param peers colleagues behind `others`
 * @param inside hours in which customers may be called today: no other is said to be the best
 */
export function bestHours(
  sums: readonly HourSums[],
  peers: number,
  inside: readonly number[],
): Pick<BestHours, 'hours' | 'total' | 'bestConnect' | 'bestConversion'> {
  const withTeam = peers >= BEST_HOUR_PEERS;
  const figures = (own: Counts, others: Counts) => ({
    own: figuresOf(own),
    team: withTeam ? figuresOf(others) : null,
  });
  const hours = sums
    .filter(({ own }) => own.dials > 0 || own.sales > 0)
    .sort((a, b) => a.hour - b.hour)
    .map(({ hour, own, others }): BestHour => ({ hour, ...figures(own, others) }));
  const total = figures(sum(sums.map(({ own }) => own)), sum(sums.map(({ others }) => others)));
  const allowed = hours.filter(({ hour }) => inside.includes(hour));
  return {
    hours,
    total,
    bestConnect: standsOut(allowed, total.own, 'connectRate'),
    bestConversion: standsOut(allowed, total.own, 'conversionRate'),
  };
}

/** The best hour, if even the low end of its interval is above all hours together. */
function standsOut(hours: BestHour[], all: HourFigures, rate: 'connectRate' | 'conversionRate'): number | null {
  const usual = all[rate]?.value;
  if (usual === undefined) return null;
  const above = hours.filter(({ own }) => (own[rate]?.low ?? 0) > usual);
  const best = above.sort((a, b) => (b.own[rate]?.value ?? 0) - (a.own[rate]?.value ?? 0))[0];
  return best?.hour ?? null;
}

function figuresOf({ dials, connects, sales }: Counts): HourFigures {
  return {
    dials,
    connects,
    sales,
    connectRate: rateOf(connects, dials),
    conversionRate: rateOf(sales, connects),
  };
}

/** Wilson's interval. Null of too few, and of what is no share: two sales of one call, or sales of calls of another hour. */
export function rateOf(hits: number, of: number): Rate | null {
  if (of < BEST_HOUR_MIN || hits > of) return null;
  const share = hits / of;
  const z2 = (Z * Z) / of;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of));
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (into, counts) => ({
      dials: into.dials + counts.dials,
      connects: into.connects + counts.connects,
      sales: into.sales + counts.sales,
    }),
    NOTHING,
  );
}
