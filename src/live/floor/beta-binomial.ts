/**
 * How a rate of few trials is judged fairly: each person's true rate is taken to come from the spread of their peers
 * (a beta distribution), so that nobody is called low for what bad luck explains. Pure.
 */

/** Successes out of trials. */
export interface Trials {
  successes: number;
  trials: number;
}

/** Parameters of the beta distribution of rates among peers. */
export interface BetaPrior {
  alpha: number;
  beta: number;
}

/** People with fewer trials say nothing about how rates differ between people. */
const TRIALS_THAT_TELL = 5;
const PEERS_THAT_TELL = 8;
/** Weight of the peers in trials: the default, and the bounds of what is learned from them. */
const STRENGTH = { unknown: 40, least: 10, most: 1_000 };

/**
 * The spread of rates by the method of moments: the variance between people beyond what chance alone makes of their
 * numbers of trials. Null without a single success or failure among the peers.
 */
export function priorOf(peers: readonly Trials[]): BetaPrior | null {
  const trials = peers.reduce((sum, peer) => sum + peer.trials, 0);
  const successes = peers.reduce((sum, peer) => sum + Math.min(peer.successes, peer.trials), 0);
  if (trials === 0 || successes === 0 || successes === trials) return null;
  const mean = successes / trials;
  const strength = strengthOf(peers, mean);
  return { alpha: mean * strength, beta: (1 - mean) * strength };
}

function strengthOf(peers: readonly Trials[], mean: number): number {
  const telling = peers.filter(({ trials }) => trials >= TRIALS_THAT_TELL);
  if (telling.length < PEERS_THAT_TELL) return STRENGTH.unknown;
  const chance = mean * (1 - mean);
  let spread = 0;
  let byChance = 0;
  let weights = 0;
  for (const { successes, trials } of telling) {
    const rate = Math.min(successes, trials) / trials;
    spread += trials * (rate - mean) ** 2;
    byChance += chance;
    weights += trials * chance;
  }
  const between = (spread - byChance) / (weights - byChance);
  const strength = between > 0 ? 1 / between - 1 : STRENGTH.most;
  return Math.min(STRENGTH.most, Math.max(STRENGTH.least, strength));
}

/** Probability of at most `successes` out of `trials` for somebody like the peers. */
export function atMost(successes: number, trials: number, { alpha, beta }: BetaPrior): number {
  const norm = logBeta(alpha, beta);
  let sum = 0;
  for (let k = 0; k <= Math.min(successes, trials); k++) {
    sum += Math.exp(logChoose(trials, k) + logBeta(alpha + k, beta + trials - k) - norm);
  }
  return Math.min(1, sum);
}

/** Bounds between which the person's own rate is with the given probability, after what was seen of them. */
export function rateInterval(own: Trials, prior: BetaPrior, probability: number): { low: number; high: number } {
  const alpha = prior.alpha + Math.min(own.successes, own.trials);
  const beta = prior.beta + Math.max(0, own.trials - own.successes);
  const tail = (1 - probability) / 2;
  return { low: betaQuantile(tail, alpha, beta), high: betaQuantile(1 - tail, alpha, beta) };
}

/** By bisection: slow and sure. */
function betaQuantile(probability: number, alpha: number, beta: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (betaBelow(middle, alpha, beta) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularised incomplete beta function, by its continued fraction (Numerical Recipes, 6.4). */
function betaBelow(x: number, alpha: number, beta: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(alpha * Math.log(x) + beta * Math.log(1 - x) - logBeta(alpha, beta));
  if (x < (alpha + 1) / (alpha + beta + 2)) return (front * continuedFraction(x, alpha, beta)) / alpha;
  return 1 - (front * continuedFraction(1 - x, beta, alpha)) / beta;
}

const FRACTION_STEPS = 300;
const PRECISION = 1e-12;
const TINY = 1e-300;
const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= FRACTION_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < PRECISION) break;
  }
  return result;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Lanczos' approximation for x > 0, exact to some 15 digits. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const series = LANCZOS.reduce((sum, coefficient, i) => sum + coefficient / (z + i + 1), 0.99999999999980993);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}
