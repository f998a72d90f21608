/**
 * The interval of a rate: Wilson's score interval (JASA 22, 1927), which keeps inside 0…1 and means something for few calls,
 * too. At 90 %: the true rate lies inside nine times out of ten. Pure.
 */

/** Of the normal distribution, two-sided 90 %. */
const Z = 1.6448536269514722;

export interface RateInterval {
  /** Fractions. */
  value: number;
  low: number;
  high: number;
  /** Trials. */
  sample: number;
}

/** A sale counts when it is made and may come without its call: then it counts as a trial of the interval, too. Null of none. */
export function rateInterval(successes: number, trials: number): RateInterval | null {
  if (trials <= 0) return null;
  const hits = Math.max(0, successes);
  const of = Math.max(trials, hits);
  const share = hits / of;
  const z2 = (Z * Z) / of;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of));
  return {
    value: successes / trials,
    // Where all or nothing hit, the end is exact: rounding would put a rate of 100 % above its own interval.
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === of ? 1 : Math.min(1, middle + half),
    sample: trials,
  };
}
