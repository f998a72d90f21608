import type { EstimateView } from '../../../src/shared/comparison.js';

/** One scale for all rows of a list, with a little room at both ends; fractions. Pure. */
export function scaleOf(estimates: readonly EstimateView[]): { from: number; to: number } {
  const from = Math.min(1, ...estimates.map(({ low }) => low));
  const to = Math.max(0, ...estimates.map(({ high }) => high));
  const room = Math.max(0.005, (to - from) * 0.05);
  return { from: Math.max(0, from - room), to: Math.min(1, to + room) };
}
