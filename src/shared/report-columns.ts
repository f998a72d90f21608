/** How columns of a table are written as a whole. Pure. */
import type { ReportColumn, TableSection } from './reports.js';

/**
 * Places of the columns of counts per head or shared out, of which some have parts: all figures of such a column are then
 * written with as many decimals, or they do not line up. Figures of the catalog stay whole: 24 sales beside 17.3 per head.
 */
export function countsInParts({
  columns,
  rows,
  totals,
}: Pick<TableSection, 'columns' | 'rows' | 'totals'>): ReadonlySet<number> {
  const all = totals === null ? rows : [...rows, totals];
  const hasParts = (place: number): boolean =>
    all.some(({ cells }) => typeof cells[place] === 'number' && !Number.isInteger(cells[place]));
  const isShared = ({ type, kpi }: ReportColumn): boolean => type === 'count' && kpi === undefined;
  return new Set(columns.flatMap((column, place) => (isShared(column) && hasParts(place) ? [place] : [])));
}
