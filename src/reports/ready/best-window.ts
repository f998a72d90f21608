/**
 * Which hour to call in, and how sure that is. Pure.
 *
 * Hours are held against each other like people of a team (empirical Bayes, src/comparison): the best of many hours is
 * otherwise mostly the luckiest one. An hour is clearly better when even the low end of its 90 % interval is above the rate of
 * all the other hours together, and the low end of Wilson's interval of its own calls alone as well.
 */
import { estimateRate, fitPeerGroup } from '../../comparison/index.js';
import { rateInterval } from './interval.js';

export interface HourCounts {
  hour: number;
  trials: number;
  successes: number;
}

/** Fewer say nothing: of an hour, and of a segment. */
export const HOUR_MIN = 30;
export const SEGMENT_MIN = 200;
/** At the rate of all hours this many successes and failures are to be expected of an hour, or its rate says nothing. */
export const EXPECTED_MIN = 5;

export type Advice =
  /** `hours`: enough calls, but of fewer than two hours enough to compare. */
  { kind: 'few' | 'hours'; trials: number } | { kind: 'none'; trials: number; rate: number } | AdvisedHour;

export interface AdvisedHour {
  kind: 'clear' | 'weak';
  hour: number;
  /** Estimate with its interval, and the rate of all other hours. */
  value: number;
  low: number;
  high: number;
  others: number;
  trials: number;
  /** Of the trials of all hours. */
  share: number;
}

/**
 * `weak`: the best hour, but it may be chance. `none`: no hour is above the others at all. Hours with more successes than trials
 * are of no part in it: sales entered later are of calls of other hours.
 */
export function bestHour(all: readonly HourCounts[]): Advice {
  const hours = all.filter(isShare);
  const trials = hours.reduce((sum, one) => sum + one.trials, 0);
  const successes = hours.reduce((sum, one) => sum + one.successes, 0);
  if (trials < SEGMENT_MIN) return { kind: 'few', trials };
  const enough = hours.filter((one) => saysSomething(one, successes / trials));
  const group = enough.length >= 2 ? fitPeerGroup(enough) : null;
  if (group === null) return { kind: 'hours', trials };
  const [best] = enough
    .map((one) => ({ ...one, ...estimateRate(group, one) }))
    .sort((a, b) => b.value - a.value || b.trials - a.trials || a.hour - b.hour);
  const otherTrials = trials - (best?.trials ?? 0);
  if (best === undefined || otherTrials === 0) return { kind: 'hours', trials };
  const others = (successes - best.successes) / otherTrials;
  const { hour, value, low, high } = best;
  if (value <= others) return { kind: 'none', trials, rate: successes / trials };
  const own = rateInterval(best.successes, best.trials);
  const kind = low > others && (own?.low ?? 0) > others ? 'clear' : 'weak';
  return { kind, hour, value, low, high, others, trials: best.trials, share: best.trials / trials };
}

const isShare = ({ trials, successes }: HourCounts): boolean => successes >= 0 && successes <= trials;

function saysSomething({ trials }: HourCounts, usual: number): boolean {
  return trials >= HOUR_MIN && trials * usual >= EXPECTED_MIN && trials * (1 - usual) >= EXPECTED_MIN;
}

/** The hour to keep away from, as the best one of failures; its rates are those of successes again. */
export function worstHour(hours: readonly HourCounts[]): Advice {
  const found = bestHour(hours.filter(isShare).map((one) => ({ ...one, successes: one.trials - one.successes })));
  if (!('hour' in found)) return found.kind === 'none' ? { ...found, rate: 1 - found.rate } : found;
  const { value, low, high, others } = found;
  return { ...found, value: 1 - value, low: 1 - high, high: 1 - low, others: 1 - others };
}
