import type { DocumentRow } from '../../../../src/shared/reports.js';
import type { Language } from '../../format/index.js';
import { sortValue } from './values.js';

/** Rows of a table in the order somebody chose. Pure. */

export interface Sorting {
  column: number;
  descending: boolean;
}

/** A copy; rows without a value stay below whichever way it goes, equal ones keep their order. */
export function sortedRows(rows: readonly DocumentRow[], sorting: Sorting | null, language: Language): DocumentRow[] {
  if (sorting === null) return [...rows];
  const { column, descending } = sorting;
  const collator = new Intl.Collator(language === 'zh' ? 'zh-CN' : 'en', { numeric: true });
  return [...rows].sort((a, b) => {
    const [one, other] = [sortValue(a.cells[column] ?? null, language), sortValue(b.cells[column] ?? null, language)];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    const order =
      typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other));
    return descending ? -order : order;
  });
}

/** The next order when a heading is pressed: figures from the top first, texts from A; then the other way; then as it came. */
export function nextSorting(held: Sorting | null, column: number, isFigure: boolean): Sorting | null {
  if (held?.column !== column) return { column, descending: isFigure };
  return held.descending === isFigure ? { column, descending: !isFigure } : null;
}
