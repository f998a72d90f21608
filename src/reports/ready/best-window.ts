/**
 * Which hour to call in, and how sure that is. Pure.
 *
 * Hours are held against each other like people of a team (empirical Bayes, src/comparison): the best of many hours is
 * otherwise mostly the luckiest one. An hour is clearly better when even the low end of its 90 % interval is above the rate of
 * all the other hours together.
 */
import { estimateRate, fitPeerGroup } from '../../comparison/index.js';

export interface HourCounts {
  hour: number;
  trials: number;
  successes: number;
}

/** Fewer say nothing: of an hour, and of a segment. */
export const HOUR_MIN = 30;
export const SEGMENT_MIN = 200;

export type Advice =
  /** `hours`: enough calls, but of fewer than two hours enough to compare. */
  | { kind: 'few' | 'hours'; trials: number }
  | { kind: 'none'; trials: number; rate: number }
  | {
      kind: 'clear' | 'weak';
      hour: number;
      /** Estimate with its interval, and the rate of all other hours. */
      value: number;
      low: number;
      high: number;
      others: number;
      trials: number;
    };

/** `weak`: the best hour, but it may be chance. `none`: no hour is above the others at all. */
export function bestHour(hours: readonly HourCounts[]): Advice {
  const trials = hours.reduce((sum, one) => sum + one.trials, 0);
  const successes = hours.reduce((sum, one) => sum + one.successes, 0);
  const enough = hours.filter((one) => one.trials >= HOUR_MIN);
  const group = enough.length >= 2 ? fitPeerGroup(enough) : null;
  if (trials < SEGMENT_MIN) return { kind: 'few', trials };
  if (group === null) return { kind: 'hours', trials };
  const [best] = enough
    .map((one) => ({ ...one, ...estimateRate(group, one) }))
    .sort((a, b) => b.value - a.value || b.trials - a.trials || a.hour - b.hour);
  const otherTrials = trials - (best?.trials ?? 0);
  if (best === undefined || otherTrials === 0) return { kind: 'hours', trials };
  const others = (successes - best.successes) / otherTrials;
  const { hour, value, low, high } = best;
  if (value <= others) return { kind: 'none', trials, rate: successes / trials };
  return { kind: low > others ? 'clear' : 'weak', hour, value, low, high, others, trials: best.trials };
}
