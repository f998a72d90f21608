/**
 * The beta distribution: the few functions an interval of a rate needs. Pure.
 *
 * Log-gamma by Lanczos' series (Numerical Recipes, 3rd edition, §6.1: about 1e-15 relative), the incomplete
 * beta by its continued fraction (DLMF 8.17.22) after Lentz. Held against numeric integration by the tests. Written here
 * because the packages that have it bring more than two hundred others.
 */

const LANCZOS = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 3.399464998481189e-5,
  4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265,
  -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];
const LANCZOS_G = 671 / 128;
const SQRT_TWO_PI = 2.5066282746310007;

/** Natural logarithm of Γ(x); x > 0. */
export function logGamma(x: number): number {
  const shifted = x + LANCZOS_G;
  let series = 0.9999999999999971;
  let denominator = x;
  for (const term of LANCZOS) {
    denominator += 1;
    series += term / denominator;
  }
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((SQRT_TWO_PI * series) / x);
}

/** Natural logarithm of B(a, b); a, b > 0. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

const TINY = 1e-300;
const PRECISION = 1e-15;
/** Terms grow with the root of the larger parameter: enough for counts of many millions. */
const MAX_TERMS = 20_000;

/** P(X ≤ x) of Beta(a, b), a fraction; a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  // The fraction converges fast on this side of the mean only.
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    result *= step;
    if (Math.abs(step - 1) < PRECISION) break;
  }
  return result;
}

const MAX_STEPS = 200;

/** The x with P(X ≤ x) = p of Beta(a, b); p, x fractions. Newton's steps, halving where one would leave the bracket. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  const norm = logBeta(a, b);
  for (let step = 0; step < MAX_STEPS; step++) {
    const miss = betaCdf(x, a, b) - p;
    if (miss > 0) high = x;
    else low = x;
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - norm);
    const newton = x - miss / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-14 * x || next === x) return next;
    x = next;
  }
  return x;
}
