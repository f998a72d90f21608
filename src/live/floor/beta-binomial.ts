import type { PeerGroup } from '../../comparison/index.js';

/**
 * Probability of at most `successes` out of `trials` for somebody of the group, a fraction: their rate is one of the
 * group's (a beta distribution), the successes are binomial. Pure.
 */
export function atMost(
  successes: number,
  trials: number,
  { rate, strength }: Pick<PeerGroup, 'rate' | 'strength'>,
): number {
  const alpha = rate * strength;
  const beta = (1 - rate) * strength;
  // None at all: each failure makes the next one likelier. In logarithms, because it can be very little.
  let logNone = 0;
  for (let i = 0; i < trials; i++) logNone += Math.log((beta + i) / (strength + i));
  let ratio = 1;
  let sum = 1;
  for (let k = 0; k < Math.min(successes, trials); k++) {
    ratio *= ((trials - k) * (alpha + k)) / ((k + 1) * (beta + trials - k - 1));
    sum += ratio;
  }
  return Math.min(1, Math.exp(logNone + Math.log(sum)));
}
