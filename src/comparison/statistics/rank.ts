/** Places of a competition: equal ones share a place and the next one is left out (1, 2, 2, 4). Pure. */

/** `down`: low is good. `neutral` ranks high first without calling it better. */
export type GoodDirection = 'up' | 'down' | 'neutral';

/** Place of each score in the order of the list; null stays without one. */
export function ranksOf(scores: readonly (number | null)[], direction: GoodDirection): (number | null)[] {
  const sign = direction === 'down' ? 1 : -1;
  const sorted = scores.filter((score) => score !== null).sort((a, b) => sign * (a - b));
  const places = new Map<number, number>();
  sorted.forEach((score, index) => {
    if (!places.has(score)) places.set(score, index + 1);
  });
  return scores.map((score) => (score === null ? null : (places.get(score) ?? null)));
}

/** Middle of the values, or halfway between the two in the middle; null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
