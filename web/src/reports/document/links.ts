import type { KpiValue } from '../../../../src/shared/api.js';
import type {
  DocumentRow,
  HeadlineFigure,
  ReportCell,
  ReportColumn,
  ReportDocument,
} from '../../../../src/shared/reports.js';
import { listOf } from '../../wallboard/drill.js';
import { countsNothing, formOf } from '../../wallboard/kpi-forms.js';

/** Addresses of the calls or outcomes behind a figure. Pure. */

/** @param calls query of the list of calls; its measure is replaced by what the figure counts */
export function figurePath(calls: string | undefined, kpi: string, value: ReportCell): string | null {
  const { opens } = formOf(kpi);
  if (calls === undefined || opens === null || countsNothing(kpi, figureOf(value))) return null;
  const search = new URLSearchParams(calls);
  search.set('measure', opens);
  const list = listOf(opens);
  // Outcomes say "of nobody" by the agent.
  if (list !== '/calls' && search.has('unassigned')) {
    search.delete('unassigned');
    search.set('agent', '0');
  }
  return `${list}?${search}`;
}

/** Query of the calls the headline counts: where it is not all of the document's, the document says which. */
export function headlineCalls(
  { calls }: Pick<ReportDocument, 'calls'>,
  ofDocument: string | undefined,
): string | undefined {
  return calls === undefined ? ofDocument : (calls ?? undefined);
}

/** What a headline figure opens: what it counts itself, where that is not what the document does. */
export function headlinePath(
  { kpi, value, calls }: Pick<HeadlineFigure, 'kpi' | 'value' | 'calls'>,
  ofHeadline: string | undefined,
): string | null {
  return figurePath(calls ?? ofHeadline, kpi, value);
}

/** Where a cell of a table leads: a figure to what it counts, the row's name to all of its calls. */
export function cellPath(row: DocumentRow, column: ReportColumn, index: number): string | null {
  const cell = row.cells[index] ?? null;
  if (column.kpi !== undefined) return isChange(column) ? null : figurePath(row.calls, column.kpi, cell);
  if (index > 0 || row.calls === undefined) return null;
  return `/calls?${new URLSearchParams(row.calls)}`;
}

/** No list has as many entries as something has more or fewer. */
const isChange = ({ type }: ReportColumn): boolean => type === 'change' || type === 'points' || type === 'difference';

/** Of a cell; words in a column of figures are none. */
function figureOf(cell: ReportCell): KpiValue {
  return cell === null || typeof cell === 'string' || (typeof cell === 'object' && 'en' in cell) ? null : cell;
}
