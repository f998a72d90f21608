import type { DocumentRow, ReportColumn } from '../../../../src/shared/reports.js';
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

/** Of columns that a phone cannot show side by side: the row's name, the first figure, and the one that matters most. */
export function narrowColumns(columns: readonly ReportColumn[], sorting: Sorting | null): number[] {
  const others = columns.map((_, index) => index).slice(1);
  const figures = others.filter((index) => !['text', 'date', 'instant'].includes(columns[index]?.type ?? 'text'));
  const [first, second] = figures.length > 0 ? figures : others;
  const telling = figures.find((index) => isTelling(columns[index]?.id ?? ''));
  const sorted = sorting !== null && others.includes(sorting.column) ? sorting.column : undefined;
  const last = [sorted, telling, second].find((index) => index !== undefined && index !== first);
  return [0, ...[first, last].flatMap((index) => index ?? [])];
}

/** What a table is read for: columns of documents, and figures by their ids in the catalog. */
const TELLING_COLUMNS: readonly string[] = ['difference', 'attainment', 'rate', 'estimate', 'share'];
export const TELLING_KPIS: readonly string[] = ['callback_kept_rate', 'conversion_rate'];

const isTelling = (id: string): boolean => TELLING_COLUMNS.includes(id) || TELLING_KPIS.includes(id);
