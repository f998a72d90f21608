import type { BoardSale } from '../../../src/shared/live.js';

/** Newest first; of one instant always in the same order. Pure. */
export function latestSales(sales: readonly BoardSale[]): BoardSale[] {
  return [...sales].sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}
