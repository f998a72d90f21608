/** What of the sums a question needs: columns that nobody asked for are not read. Pure. */
import { findDefinition, MEASURE_COLUMNS, type MeasureColumn, operandsOf, STATE_COLUMNS } from '../../kpi/index.js';

const STATE: ReadonlySet<string> = new Set(STATE_COLUMNS);
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
    states: STATE_COLUMNS.some((column) => columns.has(column)),
    customers: [...operands].some((operand) => CUSTOMERS.has(operand)),
    owned: [...operands].some((operand) => OWNED.has(operand)),
  };
}

export function isState(column: MeasureColumn): boolean {
  return STATE.has(column);
}

function columnsOf(operand: string): MeasureColumn[] {
  if (operand === 'logged_in_s') return [...STATE_COLUMNS];
  const names = [operand, operand.replace(/_s$/, '_ms'), `${operand}_minor`];
  return MEASURE_COLUMNS.filter((column) => names.includes(column));
}
