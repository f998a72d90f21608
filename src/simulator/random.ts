import { createHash } from 'node:crypto';

/**
 * Seeded randomness: the same seed and label give the same floor for ever, on every machine. A stream is named by what
 * it is for (`day|2026-03-02|agent 7`), so adding a draw in one place changes nothing elsewhere.
 */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** Whole number, both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Index chosen in proportion to its weight. */
  weighted(weights: readonly number[]): number;
  /** Log-normal by its median and the standard deviation of its logarithm. */
  logNormal(median: number, sigma: number): number;
  exponential(mean: number): number;
}

/** sfc32 (C. Doty-Humphrey, public domain), seeded from a hash of seed and label. */
export function seeded(seed: number | string, label: string): Random {
  const digest = createHash('sha256').update(`${seed}|${label}`).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  // The first numbers of a seeded state are still correlated with it.
  for (let i = 0; i < 12; i++) next();
  return distributions(next);
}

function distributions(next: () => number): Random {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    weighted: (weights) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      for (let i = 0; i < weights.length; i++) {
        left -= weights[i] ?? 0;
        if (left < 0) return i;
      }
      return weights.length - 1;
    },
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential: (mean) => -mean * Math.log(1 - next()),
  };
}

/** 32 lower-case hex digits that belong to this seed and name alone. */
export function hexId(seed: number | string, name: string): string {
  return createHash('md5').update(`${seed}|${name}`).digest('hex');
}
