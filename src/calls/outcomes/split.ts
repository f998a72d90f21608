/**
 * Splits a whole amount by weights so that the parts sum to it exactly: each gets its rounded-down part, what is left goes
 * one by one to the largest remainders, among equal ones to the first. Pure; exact also beyond 2^53 in between.
 */
export function splitByShares(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map(() => 0);
  const parts = weights.map((weight, i) => {
    const share = BigInt(amount) * BigInt(weight);
    return { i, part: share / total, remainder: share % total };
  });
  let left = BigInt(amount) - parts.reduce((sum, { part }) => sum + part, 0n);
  const result = parts.map(({ part }) => Number(part));
  for (const { i } of [...parts].sort((a, b) => Number(b.remainder - a.remainder) || a.i - b.i)) {
    if (left === 0n) break;
    result[i] = (result[i] ?? 0) + 1;
    left -= 1n;
  }
  return result;
}
