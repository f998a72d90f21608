/** Sharing a whole number out by weights so that the parts sum to it exactly. Pure. */

/**
 * Largest remainder: everybody gets the whole part of their quota, what is left goes one by one to the largest fractions (of
 * equal ones to the first). Weights that are all 0 share evenly; a negative one counts as 0. `total`: a whole number ≥ 0.
 */
export function shareOut(total: number, weights: readonly number[]): { parts: number[]; evenly: boolean } {
  const given = weights.map((weight) => (Number.isFinite(weight) && weight > 0 ? weight : 0));
  const largest = Math.max(0, ...given);
  const evenly = largest === 0;
  // Scaled first: weights of any size, and no product beyond what is exact.
  const scaled = evenly ? weights.map(() => 1) : given.map((weight) => weight / largest);
  const sum = scaled.reduce((a, b) => a + b, 0);
  const quotas = scaled.map((weight) => total * (weight / sum));
  const parts = quotas.map((quota) => Math.floor(quota));
  let left = total - parts.reduce((a, b) => a + b, 0);
  const order = quotas
    .map((quota, index) => ({ index, rest: quota - Math.floor(quota) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  // Rounding of the quotas themselves can leave more than one for each, or take one too many.
  for (let place = 0; left !== 0 && order.length > 0; place = (place + 1) % order.length) {
    const index = order[place]?.index ?? 0;
    const part = parts[index] ?? 0;
    const step = Math.sign(left);
    if (step < 0 && part === 0) continue;
    parts[index] = part + step;
    left -= step;
  }
  return { parts, evenly };
}
