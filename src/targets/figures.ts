/** What kind of figure a KPI is, and of which sums it is made: read off its definition, so that there is only one. Pure. */
import { CATALOG, emptyMeasures, evaluate, findDefinition, MEASURE_COLUMNS, type MeasureColumn } from '../kpi/index.js';

/** `additive`: a sum over calls or time. `distinct`: counted, but days and teams cannot be added. `ratio`: a rate or mean. */
export type FigureKind = 'additive' | 'ratio' | 'distinct';

export interface Figure {
  id: string;
  kind: FigureKind;
  isMoney: boolean;
  /** Money per hour included: whether an amount has a currency. */
  hasCurrency: boolean;
  lowIsGood: boolean;
  /** Place in the catalog. */
  order: number;
  /** Additive figures: columns of the sums and what one of each adds to the value. */
  parts: readonly { column: MeasureColumn; factor: number }[];
  /** Distinct customers are in it somewhere. */
  needsCustomers: boolean;
}

const FIGURES = new Map(CATALOG.map(({ id }, order) => [id, make(id, order)]));

/** Null: no such KPI, or one that has no value yet or is about targets itself. */
export function figureOf(id: string): Figure | null {
  return FIGURES.get(id) ?? null;
}

function make(id: string, order: number): Figure | null {
  const definition = findDefinition(id);
  if (definition === undefined || !definition.available || definition.expression.type === 'elsewhere') return null;
  const { expression, unit } = definition;
  const kind = expression.type === 'sum' ? 'additive' : expression.type;
  const terms: readonly string[] = expression.type === 'ratio' ? [...expression.over, ...expression.under] : [];
  return {
    id,
    kind,
    isMoney: unit === 'money' && kind === 'additive',
    hasCurrency: unit === 'money' || unit === 'money_per_hour',
    lowIsGood: definition.goodDirection === 'down',
    order,
    parts: kind === 'additive' ? partsOf(id) : [],
    needsCustomers: kind === 'distinct' || terms.some((term) => term.startsWith('customers')),
  };
}

/** An additive value is linear in the sums: one of each column alone says what it counts for. */
function partsOf(id: string): Figure['parts'] {
  return MEASURE_COLUMNS.flatMap((column) => {
    const factor = evaluate(id, { measures: { ...emptyMeasures(), [column]: 1 } }) ?? 0;
    return factor === 0 ? [] : [{ column, factor }];
  });
}
