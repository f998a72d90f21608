/** Sums and counts by key, put together. Pure but for turns. */
import { CurrencySums, findDefinition, lacksStates, type MeasureColumn, type StatesMissing } from '../../kpi/index.js';
import { eachInTurns } from '../../platform/index.js';
import type { KpiValue } from '../../shared/api.js';
import type { ReportGrouping } from '../../shared/reports.js';
import type { CustomerCounts, OwnedCounts, SumRow } from './explore.repository.js';

export interface Cell {
  keys: string[];
  sums: CurrencySums;
  /** Anything but time in states; any time in states. */
  counted: boolean;
  timed: boolean;
  customers: CustomerCounts | null;
  owned: OwnedCounts | null;
}

/** What was read of one stretch of time. */
export interface Reading {
  cells: Map<string, Cell>;
  total: Cell;
  /** Whether customers and owned ones can be counted for rows, and for the total. */
  customers: { rows: boolean; total: boolean };
  owned: { rows: boolean; total: boolean };
  /** Where time in states has no value, and what is made of it. */
  withoutStates: StatesMissing;
}

export interface Currencies {
  own: string;
  byCampaign: ReadonlyMap<number, string>;
}

const NO_CUSTOMERS: CustomerCounts = { customers: 0, customersConnected: 0 };

/** Ids and dates hold no such character. */
export function keyOf(keys: readonly string[]): string {
  return keys.join('|');
}

export function emptyCell(keys: string[], columns?: readonly MeasureColumn[]): Cell {
  return { keys, sums: new CurrencySums(columns), counted: false, timed: false, customers: null, owned: null };
}

export function cellAt(cells: Map<string, Cell>, keys: readonly string[], columns?: readonly MeasureColumn[]): Cell {
  const key = keyOf(keys);
  const known = cells.get(key);
  if (known !== undefined) return known;
  const made = emptyCell([...keys], columns);
  cells.set(key, made);
  return made;
}

/** `columns`: those the rows hold. `mapKeys`: keys as rows have them, where the database groups finer or otherwise. */
export async function addSums(
  reading: Reading,
  rows: readonly SumRow[],
  columns: readonly MeasureColumn[],
  currencies: Currencies | null,
  mapKeys: (keys: string[]) => string[],
): Promise<void> {
  await eachInTurns(rows, (row) => {
    const currency = currencies?.byCampaign.get(row.campaign) ?? null;
    for (const cell of [cellAt(reading.cells, mapKeys(row.keys), columns), reading.total]) {
      cell.sums.add(currency, row.measures);
      cell.counted ||= row.counted;
      cell.timed ||= row.timed;
    }
  });
}

/** What was merged or corrected away leaves rows of zeros behind: nobody of the range. */
export function isShown(cell: Cell, groupBy: readonly ReportGrouping[]): boolean {
  if (cell.counted || cell.customers !== null || cell.owned !== null) return true;
  // Time in states belongs to no campaign: by campaign it is part of the total alone.
  const campaign = groupBy.indexOf('campaign');
  return cell.timed && (campaign < 0 || cell.keys[campaign] !== '0');
}

export function valuesOf(
  cell: Cell,
  kpis: readonly string[],
  reading: Reading,
  where: 'rows' | 'total',
  currency: string,
): Record<string, KpiValue> {
  const counts = {
    ...(reading.customers[where] ? (cell.customers ?? NO_CUSTOMERS) : {}),
    ...(reading.owned[where] ? (cell.owned ?? {}) : {}),
  };
  const { withoutStates } = reading;
  return Object.fromEntries(
    kpis.map((id) => [id, lacksStates(id, withoutStates, where) ? null : cell.sums.value(id, currency, counts)]),
  );
}

export function isMoney(kpi: string): boolean {
  const unit = findDefinition(kpi)?.unit;
  return unit === 'money' || unit === 'money_per_hour';
}
