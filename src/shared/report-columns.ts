/** How columns of a table are written as a whole. Pure. */
import type { TableSection } from './reports.js';

/**
 * Places of the columns of counts of which some have parts (per head, shared out): all figures of such a column are then
 * written with as many decimals, or they do not line up.
 */
export function countsInParts({
  columns,
  rows,
  totals,
}: Pick<TableSection, 'columns' | 'rows' | 'totals'>): ReadonlySet<number> {
  const all = totals === null ? rows : [...rows, totals];
  const hasParts = (place: number): boolean =>
    all.some(({ cells }) => typeof cells[place] === 'number' && !Number.isInteger(cells[place]));
  return new Set(columns.flatMap(({ type }, place) => (type === 'count' && hasParts(place) ? [place] : [])));
}
