/** What of the sums a question needs: columns that nobody asked for are not read. Pure. */
import { findDefinition, MEASURE_COLUMNS, type MeasureColumn } from '../../kpi/index.js';

const STATES = ['available_ms', 'on_call_ms', 'wrap_up_ms', 'paused_ms'] as const satisfies readonly MeasureColumn[];
const STATE: ReadonlySet<string> = new Set(STATES);
const CUSTOMERS: ReadonlySet<string> = new Set(['customers', 'customers_connected']);
const OWNED: ReadonlySet<string> = new Set(['customers_owned', 'customers_touched']);

export interface Needed {
  columns: MeasureColumn[];
  money: boolean;
  states: boolean;
  customers: boolean;
  owned: boolean;
}

export function neededFor(kpis: readonly string[]): Needed {
  const operands = new Set(kpis.flatMap(operandsOf));
  const columns = new Set([...operands].flatMap(columnsOf));
  const units = kpis.map((id) => findDefinition(id)?.unit);
  return {
    columns: MEASURE_COLUMNS.filter((column) => columns.has(column)),
    money: units.some((unit) => unit === 'money' || unit === 'money_per_hour'),
    states: STATES.some((column) => columns.has(column)),
    customers: [...operands].some((operand) => CUSTOMERS.has(operand)),
    owned: [...operands].some((operand) => OWNED.has(operand)),
  };
}

/** Time in a state belongs to no call and no outcome. */
export function isOfStates(kpi: string): boolean {
  return operandsOf(kpi)
    .flatMap(columnsOf)
    .some((column) => STATE.has(column));
}

export function isState(column: MeasureColumn): boolean {
  return STATE.has(column);
}

/** Ids of measures a figure is made of, its own included; without signs. */
export function operandsOf(kpi: string): string[] {
  const expression = findDefinition(kpi)?.expression;
  switch (expression?.type) {
    case 'distinct':
      return [expression.of];
    case 'sum':
      return expression.terms.map(bare);
    case 'ratio':
      return [...expression.over, ...expression.under].map(bare);
    default:
      return [];
  }
}

function bare(term: string): string {
  return term.startsWith('-') ? term.slice(1) : term;
}

function columnsOf(operand: string): MeasureColumn[] {
  if (operand === 'logged_in_s') return [...STATES];
  const names = [operand, operand.replace(/_s$/, '_ms'), `${operand}_minor`];
  return MEASURE_COLUMNS.filter((column) => names.includes(column));
}
