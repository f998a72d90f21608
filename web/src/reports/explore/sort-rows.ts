import type { ReportGrouping, ReportRow } from '../../../../src/shared/reports.js';
import type { Language } from '../../format/index.js';
import { numberOf } from '../document/values.js';
import { IN_ORDER, keyText } from './labels.js';
import type { Sorting } from './question.js';

/** Rows in the order somebody chose. Pure. */

/** A copy; rows without a value stay below whichever way it goes, equal ones keep their order. */
export function sortRows(
  rows: readonly ReportRow[],
  sorting: Sorting | null,
  groupBy: readonly ReportGrouping[],
  language: Language,
): ReportRow[] {
  if (sorting === null) return [...rows];
  const { column, descending } = sorting;
  const place = /^key:([01])$/.exec(column)?.[1];
  const order = place === undefined ? byFigure(column, descending) : byKey(Number(place), groupBy, language);
  return [...rows].sort(place !== undefined && descending ? (a, b) => -order(a, b) : order);
}

function byFigure(kpi: string, descending: boolean): (a: ReportRow, b: ReportRow) => number {
  return (a, b) => {
    const [one, other] = [numberOf(a.values[kpi]), numberOf(b.values[kpi])];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return descending ? other - one : one - other;
  };
}

function byKey(
  place: number,
  groupBy: readonly ReportGrouping[],
  language: Language,
): (a: ReportRow, b: ReportRow) => number {
  const collator = new Intl.Collator(language === 'zh' ? 'zh-CN' : 'en', { numeric: true });
  const grouping = groupBy[place];
  const isOrdered = grouping !== undefined && IN_ORDER.includes(grouping);
  const said = (row: ReportRow) => (isOrdered ? (row.keys[place] ?? '') : keyText(row, place, groupBy, language));
  return (a, b) => collator.compare(said(a), said(b));
}

/** The next order when a heading is pressed: figures from the top first, names from A; then the other way; then as it came. */
export function nextSorting(held: Sorting | null, column: string): Sorting | null {
  const topFirst = !column.startsWith('key:');
  if (held?.column !== column) return { column, descending: topFirst };
  return held.descending === topFirst ? { column, descending: !topFirst } : null;
}
