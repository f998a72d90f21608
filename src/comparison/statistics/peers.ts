/**
 * Rates of people with few and with many calls made comparable: empirical Bayes over the peer group. Pure.
 *
 * Model: everybody has a rate of their own, those rates follow one beta distribution over the group, and successes are
 * binomial. A person's estimate is the mean of what is known of their rate then:
 *
 *   (successes + strength × group rate) ÷ (trials + strength)
 *
 * `strength` says how many trials the group is worth: many where people are alike, few where they differ. So a lucky 3 of 3
 * stays near the group and 300 of 3,000 stays where it is.
 *
 * - Group rate for a given strength: mean of the rates weighted by trials ÷ (1 + (trials − 1) ÷ (strength + 1)), the
 *   weights of Kleinman (JASA 68, 1973).
 * - Strength: maximum of the marginal (beta-binomial) likelihood, see Casella, “An introduction to empirical Bayes data
 *   analysis” (The American Statistician 39, 1985), times strength^(−1/2). This penalty of Chung, Rabe-Hesketh, Dorie,
 *   Gelman and Liu (Psychometrika 78, 2013) keeps the spread between people off exactly 0, which the bare maximum takes for
 *   small groups and which would make everybody equal with intervals of no width.
 * - Interval: central 90 % of Beta(successes + α, failures + β). It takes the group as known, as empirical Bayes does.
 *
 * Whoever has no trials adds nothing to any sum, and equal counts are put together in a fixed order before anything is
 * added: neither they nor the order of the list can change a digit.
 */
import { betaCdf, betaQuantile, logBeta } from './beta.js';

/** Whole numbers. A sale counts when it is made and may come without its call: then it counts as a trial, too. */
export interface Counts {
  successes: number;
  trials: number;
}

/** What is known of a group: its people's rates follow Beta(rate × strength, (1 − rate) × strength). */
export interface PeerGroup {
  /** Fraction, strictly between 0 and 1. */
  rate: number;
  /** In trials. */
  strength: number;
  /** People with at least one trial, and all their trials. */
  people: number;
  trials: number;
}

export interface RateEstimate {
  /** Fractions: mean and the bounds that hold nine times out of ten. */
  value: number;
  low: number;
  high: number;
  /** Share of the estimate that is the person's own: trials ÷ (trials + strength). */
  ownWeight: number;
}

export const INTERVAL_LEVEL = 0.9;

const STRENGTH_MIN = 2;
const STRENGTH_MAX = 1e6;
const GRID_STEPS = 28;
const REFINE_STEPS = 24;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

interface Pile extends Counts {
  /** How many people have exactly these counts. */
  people: number;
}

/** Null: nobody has a trial. */
export function fitPeerGroup(everybody: readonly Counts[]): PeerGroup | null {
  const piles = pilesOf(everybody);
  if (piles.length === 0) return null;
  const fits = (logStrength: number): number => {
    const strength = Math.exp(logStrength);
    return likelihood(piles, rateFor(piles, strength), strength) - logStrength / 2;
  };
  const strength = Math.exp(highest(fits, Math.log(STRENGTH_MIN), Math.log(STRENGTH_MAX)));
  return {
    rate: rateFor(piles, strength),
    strength,
    people: piles.reduce((sum, pile) => sum + pile.people, 0),
    trials: piles.reduce((sum, pile) => sum + pile.people * pile.trials, 0),
  };
}

/** Also for counts of 0 of 0: then it is the group's own. */
export function estimateRate(group: PeerGroup, counts: Counts): RateEstimate {
  const { alpha, beta, trials } = posterior(group, counts);
  const tail = (1 - INTERVAL_LEVEL) / 2;
  return {
    value: alpha / (alpha + beta),
    low: betaQuantile(tail, alpha, beta),
    high: betaQuantile(1 - tail, alpha, beta),
    ownWeight: trials / (trials + group.strength),
  };
}

/** Probability, a fraction, that the person's own rate lies below `rate`. */
export function probabilityBelow(rate: number, group: PeerGroup, counts: Counts): number {
  const { alpha, beta } = posterior(group, counts);
  return betaCdf(rate, alpha, beta);
}

function posterior({ rate, strength }: PeerGroup, counts: Counts): { alpha: number; beta: number; trials: number } {
  const { successes, trials } = sensible(counts);
  return { alpha: rate * strength + successes, beta: (1 - rate) * strength + trials - successes, trials };
}

function sensible({ successes, trials }: Counts): Counts {
  const least = Math.max(0, successes);
  return { successes: least, trials: Math.max(least, trials) };
}

/** Equal counts put together, in an order that depends on nothing but the counts. */
function pilesOf(everybody: readonly Counts[]): Pile[] {
  const piles = new Map<string, Pile>();
  for (const counts of everybody) {
    const { successes, trials } = sensible(counts);
    if (trials === 0) continue;
    const pile = piles.get(`${successes}/${trials}`) ?? { successes, trials, people: 0 };
    pile.people += 1;
    piles.set(`${successes}/${trials}`, pile);
  }
  return [...piles.values()].sort((a, b) => a.trials - b.trials || a.successes - b.successes);
}

function rateFor(piles: readonly Pile[], strength: number): number {
  let weights = 0;
  let weighted = 0;
  let trialsOfAll = 0;
  for (const { successes, trials, people } of piles) {
    const perTrial = people / (1 + (trials - 1) / (strength + 1));
    weights += perTrial * trials;
    weighted += perTrial * successes;
    trialsOfAll += people * trials;
  }
  // Nobody sold anything, or everybody always: half a success more or less, so that the model has a rate to work with.
  const least = 0.5 / (trialsOfAll + 1);
  return Math.min(1 - least, Math.max(least, weighted / weights));
}

/** Logarithm of the beta-binomial likelihood, without the terms that do not depend on the group. */
function likelihood(piles: readonly Pile[], rate: number, strength: number): number {
  const alpha = rate * strength;
  const beta = (1 - rate) * strength;
  const none = logBeta(alpha, beta);
  let sum = 0;
  for (const { successes, trials, people } of piles) {
    sum += people * (logBeta(alpha + successes, beta + trials - successes) - none);
  }
  return sum;
}

/** Where a function is highest: a grid finds the hill, golden sections the top. */
function highest(of: (x: number) => number, from: number, to: number): number {
  const width = (to - from) / GRID_STEPS;
  let best = from;
  let bestValue = of(from);
  for (let step = 1; step <= GRID_STEPS; step++) {
    const x = from + step * width;
    const value = of(x);
    if (value > bestValue) [best, bestValue] = [x, value];
  }
  let low = Math.max(from, best - width);
  let high = Math.min(to, best + width);
  for (let step = 0; step < REFINE_STEPS; step++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (of(left) >= of(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
