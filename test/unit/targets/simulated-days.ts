/** A seeded floor for proofs of forecasts: levels of days are log-normal, events come in bursts, the profile drifts. */
export type Random = () => number;

/** mulberry32 */
export function generator(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function poisson(random: Random, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

export function simulatedDay(
  random: Random,
  floor: {
    level: number;
    between: number;
    /** Each day follows one of them. */
    profiles: readonly (readonly number[])[];
    drift: number;
    worth: (random: Random) => number;
  },
): Float32Array {
  const sigma = Math.sqrt(Math.log(1 + floor.between ** 2));
  const level = floor.level * Math.exp(sigma * normal(random) - sigma ** 2 / 2);
  const profile = floor.profiles[Math.floor(random() * floor.profiles.length)] ?? [];
  const weights = profile.map((weight) => weight * Math.exp(floor.drift * normal(random)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return Float32Array.from(weights, (weight) => {
    let value = 0;
    for (let events = poisson(random, (level * weight) / sum); events > 0; events--) value += floor.worth(random);
    return value;
  });
}
