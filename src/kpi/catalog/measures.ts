/**
 * The additive measures: the columns of `rollup_slot` and `rollup_day`, in the order of the table.
 * Counts are integers, columns ending in `_ms` are integer milliseconds, in `_minor` minor units of the campaign's
 * currency (sums over several currencies: CurrencySums). Rates are never stored. Time in a state belongs to no campaign
 * and is kept under campaign 0.
 */
export const MEASURE_COLUMNS = [
  'dials',
  'first_dials',
  'connects',
  'connects_ended',
  'humans',
  'effective',
  'no_answer',
  'busy',
  'invalid',
  'canceled',
  'failed',
  'machine',
  'talk_ms',
  'ring_ms',
  'hold_ms',
  'handled',
  'inbound',
  'inbound_answered',
  'inbound_abandoned',
  'inbound_talk_ms',
  'internal',
  'stale',
  'incomplete',
  'contacts',
  'sales',
  'inbound_sales',
  'other_sales',
  'revenue_minor',
  'inbound_revenue_minor',
  'other_revenue_minor',
  'first_call_sales',
  'callbacks_due',
  'callbacks_kept',
  'complaints',
  'dnc',
  'available_ms',
  'on_call_ms',
  'wrap_up_ms',
  'paused_ms',
] as const;

export type MeasureColumn = (typeof MEASURE_COLUMNS)[number];
/** Time in states: belongs to no call, and what lasts is in no sum yet. */
export const STATE_COLUMNS = [
  'available_ms',
  'on_call_ms',
  'wrap_up_ms',
  'paused_ms',
] as const satisfies readonly MeasureColumn[];
export type Measures = Record<MeasureColumn, number>;

const ZERO = Object.freeze(Object.fromEntries(MEASURE_COLUMNS.map((column) => [column, 0])) as Measures);

export function emptyMeasures(): Measures {
  return { ...ZERO };
}

/** Adds (`sign` 1) or takes away (−1) `delta`, changing `into`. `columns`: where all others are known to be 0. */
export function addMeasures(
  into: Measures,
  delta: Readonly<Measures>,
  sign: 1 | -1 = 1,
  columns: readonly MeasureColumn[] = MEASURE_COLUMNS,
): void {
  for (const column of columns) into[column] += sign * delta[column];
}

export function isEmptyMeasures(measures: Readonly<Measures>): boolean {
  return MEASURE_COLUMNS.every((column) => measures[column] === 0);
}
