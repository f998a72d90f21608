/** Parts of documents: columns of the catalog, headline figures, comparisons of two values. Pure. */
import { findDefinition, type KpiDefinition } from '../../kpi/index.js';
import type { KpiUnit, KpiValue, Localised } from '../../shared/api.js';
import type {
  DocumentRow,
  HeadlineFigure,
  ReportCell,
  ReportColumn,
  ReportResult,
  ReportRow,
  TextSection,
} from '../../shared/reports.js';
import { both } from './words.js';

export type Values = Readonly<Record<string, KpiValue>>;

/** Of an id of the catalog; reports name theirs in code. */
export function definitionOf(id: string): KpiDefinition {
  const definition = findDefinition(id);
  if (definition === undefined) throw new Error(`A report uses the KPI "${id}", which the catalog does not have`);
  return definition;
}

export function kpiColumn(id: string): ReportColumn {
  const { name, unit } = definitionOf(id);
  return { id, name, type: unit, kpi: id };
}

export function textColumn(id: string, name: Localised): ReportColumn {
  return { id, name, type: 'text' };
}

export function column(id: string, name: Localised, type: ReportColumn['type']): ReportColumn {
  return { id, name, type };
}

/** A plain number, else null. */
export function numberOf(value: KpiValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** A count; of nothing 0. */
export function countOf(values: Values | null | undefined, id: string): number {
  return numberOf(values?.[id]) ?? 0;
}

export const NO_TEAMS = both('Teams appear once they have made a call.', '团队产生通话后会显示在此处。');

export const CHANGE_NOTE = both(
  'Change: of rates the difference in points, of anything else relative to before.',
  '变化：比率类指标为百分点差值，其他指标为相对上期的增减幅度。',
);

/** Of rates the difference, else relative to before; a fraction. Null where there is nothing to compare with. */
export function changeOf(unit: KpiUnit, now: KpiValue | undefined, before: KpiValue | undefined): number | null {
  const [a, b] = pairOf(now, before);
  if (a === null || b === null) return null;
  if (unit === 'fraction') return a - b;
  return b > 0 ? a / b - 1 : null;
}

/** Amounts can be compared when both are of one currency. */
function pairOf(now: KpiValue | undefined, before: KpiValue | undefined): [number | null, number | null] {
  if (typeof now === 'number' && typeof before === 'number') return [now, before];
  const [a, b] = [amountOf(now), amountOf(before)];
  if (a === null || b === null || a.currency !== b.currency) return [null, null];
  return [a.amountMinor, b.amountMinor];
}

function amountOf(value: KpiValue | undefined): { amountMinor: number; currency: string } | null {
  return value === null || value === undefined || typeof value === 'number' || Array.isArray(value) ? null : value;
}

export function headlineOf(
  result: ReportResult,
  kpis: readonly string[],
  targets: ReadonlyMap<string, KpiValue> = new Map(),
): HeadlineFigure[] {
  return kpis.map((kpi) => {
    const { name, unit } = definitionOf(kpi);
    return {
      kpi,
      name,
      unit,
      value: result.totals[kpi] ?? null,
      compared: result.comparedTotals?.[kpi] ?? null,
      target: targets.get(kpi) ?? null,
    };
  });
}

/** Cells of the KPIs, each followed by its change where `changes` names it. */
export function kpiCells(
  values: Values,
  kpis: readonly string[],
  compared?: Values | null,
  changes: readonly string[] = [],
): ReportCell[] {
  return kpis.flatMap((id): ReportCell[] => {
    const value = values[id] ?? null;
    return changes.includes(id) ? [value, changeOf(definitionOf(id).unit, value, compared?.[id])] : [value];
  });
}

export function kpiColumns(kpis: readonly string[], changes: readonly string[] = []): ReportColumn[] {
  return kpis.flatMap((id) =>
    changes.includes(id)
      ? [kpiColumn(id), column(`${id}_change`, both('Change', '变化'), changeType(id))]
      : [kpiColumn(id)],
  );
}

const changeType = (id: string): ReportColumn['type'] => (definitionOf(id).unit === 'fraction' ? 'points' : 'change');

export const TOTAL = both('Total', '合计');
export const UNASSIGNED_KEY = '0';

export const labelOf = (row: ReportRow, place = 0): Localised => row.labels[place] ?? { en: '', zh: '' };
export const keyOf = (row: ReportRow, place = 0): string => row.keys[place] ?? '';

/** Rows of a grouping without what belongs to nobody. */
export function assigned(rows: readonly ReportRow[]): ReportRow[] {
  return rows.filter((row) => keyOf(row) !== UNASSIGNED_KEY);
}

/** The address of the calls of a row: those of the range and of the row; the document adds the filters asked for. */
export function callsQuery(
  range: { from: string; to: string },
  filters: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams({ from: range.from, to: range.to });
  for (const [name, value] of Object.entries(filters)) if (value !== undefined && value !== '') query.set(name, value);
  return query.toString();
}

export function text(id: string, title: Localised, ...paragraphs: Localised[]): TextSection {
  return { kind: 'text', id, title, paragraphs };
}

export function totalRow(cells: ReportCell[]): DocumentRow {
  return { cells, emphasis: 'total' };
}

/** In the order in which keys first come. */
export function grouped<Item>(items: readonly Item[], by: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group === undefined) groups.set(by(item), [item]);
    else group.push(item);
  }
  return groups;
}
