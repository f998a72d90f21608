import type { KpiValue } from '../../../../src/shared/api.js';
import { type CellOf, cellQuery } from '../../../../src/shared/cell-query.js';
import type { ReportRow } from '../../../../src/shared/reports.js';
import { listOf } from '../../wallboard/drill.js';
import { countsNothing, formOf } from '../../wallboard/kpi-forms.js';

/**
 * Where a figure leads: to exactly the calls or outcomes it counts, as documents of the server say it. Pure.
 */

/** `closed`: time in states belongs to no call, so there is no list. */
export type Drill = { to: string } | { closed: 'states' } | null;

/** Of a figure; null: it counts nothing. `row` null: of the totals. */
export function drillOf(asked: CellOf, row: ReportRow | null, kpi: string, value: KpiValue | undefined): Drill {
  if (countsNothing(kpi, value)) return null;
  const { opens } = formOf(kpi);
  if (opens === null) return { closed: 'states' };
  const query = cellQuery(asked, row?.keys ?? []);
  query.set('measure', opens);
  return { to: `${listOf(opens)}?${query}` };
}

/** Of a row, without a figure: all its calls. */
export function rowPath(asked: CellOf, row: ReportRow): string {
  return `/calls?${cellQuery(asked, row.keys)}`;
}
