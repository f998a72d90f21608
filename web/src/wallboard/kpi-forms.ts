import type { KpiValue } from '../../../src/shared/api.js';

/**
 * How the wall writes and compares each KPI of the catalog. The wall has its own short list, so that a TV asks for
 * nothing but its board; a test holds it equal to the catalog. Pure.
 */

export type FigureKind = 'count' | 'fraction' | 'duration' | 'money' | 'per_hour' | 'money_per_hour';

export interface Figure {
  /** Id in the KPI catalog. */
  id: string;
  kind: FigureKind;
  /** Compared in percent of the usual value, or by the difference itself. */
  compare: 'relative' | 'difference';
  /**
   * The measure whose calls or outcomes the figure opens: its own, or what a rate counts over. Its own id where it is made of
   * several measures: the list is then that of all of them. Null: there are none.
   */
  opens: string | null;
  /** Less is better: the least comes first in a ranking. */
  isLessBetter: boolean;
}

function sum(id: string, kind: FigureKind = 'count', opens: string | null = id): Figure {
  return { id, kind, compare: 'relative', opens, isLessBetter: false };
}

function cost(id: string): Figure {
  return { ...sum(id), isLessBetter: true };
}

function ratio(id: string, opens: string | null, kind: FigureKind = 'fraction'): Figure {
  return { id, kind, compare: 'difference', opens, isLessBetter: false };
}

/** Time in states. */
function time(id: string): Figure {
  return sum(id, 'duration', null);
}

const FORMS: readonly Figure[] = [
  sum('dials'),
  sum('first_dials'),
  sum('connects'),
  sum('connects_ended'),
  sum('humans'),
  sum('effective'),
  cost('no_answer'),
  cost('busy'),
  cost('invalid'),
  cost('canceled'),
  cost('failed'),
  cost('machine'),
  sum('talk_s', 'duration'),
  sum('ring_s', 'duration'),
  sum('handled'),
  sum('inbound'),
  sum('inbound_answered'),
  cost('inbound_abandoned'),
  sum('inbound_talk_s', 'duration'),
  sum('internal'),
  cost('stale'),
  cost('incomplete'),
  sum('customers', 'count', 'dials'),
  sum('customers_connected', 'count', 'connects'),
  sum('talk_total_s', 'duration'),
  ratio('connect_rate', 'dials'),
  ratio('connect_rate_valid', 'dials'),
  ratio('customer_connect_rate', 'dials'),
  ratio('human_rate', 'dials'),
  ratio('effective_rate', 'connects_ended'),
  ratio('avg_talk_s', 'connects_ended', 'duration'),
  ratio('inbound_answer_rate', 'inbound'),
  sum('contacts'),
  sum('sales'),
  sum('revenue', 'money'),
  sum('inbound_sales'),
  sum('inbound_revenue', 'money'),
  sum('other_sales'),
  sum('other_revenue', 'money'),
  sum('first_call_sales'),
  sum('callbacks_due'),
  sum('callbacks_kept'),
  cost('complaints'),
  cost('dnc'),
  time('logged_in_s'),
  time('available_s'),
  time('on_call_s'),
  time('wrap_up_s'),
  time('paused_s'),
  ratio('contact_rate', 'dials'),
  ratio('aht_s', 'aht_s', 'duration'),
  ratio('conversion_dial', 'dials'),
  ratio('conversion_rate', 'connects'),
  ratio('conversion_contact', 'contacts'),
  ratio('conversion_handled', 'handled'),
  ratio('conversion_customer', 'dials'),
  ratio('avg_deal', 'sales', 'money'),
  ratio('first_call_close', 'first_dials'),
  ratio('callback_kept_rate', 'callbacks_due'),
  ratio('dials_per_hour', 'dials', 'per_hour'),
  ratio('sales_per_hour', 'sales_per_hour', 'per_hour'),
  ratio('revenue_per_hour', 'revenue_per_hour', 'money_per_hour'),
  ratio('occupancy', null),
  ratio('touch_rate', null),
  { ...ratio('pause_share', null), isLessBetter: true },
  { ...ratio('complaint_rate', 'connects'), isLessBetter: true },
];

const BY_ID = new Map(FORMS.map((form) => [form.id, form]));

export const KNOWN_KPIS: readonly string[] = FORMS.map(({ id }) => id);

/**
 * Whether a figure counts nothing, so that the list behind it would be empty. A rate of 0 is a rate of something; per hour it
 * is a count again, for its hours are in no list.
 */
export function countsNothing(kpi: string, value: KpiValue | undefined): boolean {
  if (value === null || value === undefined) return true;
  const { compare, kind } = formOf(kpi);
  const isRate = compare === 'difference' && kind !== 'per_hour' && kind !== 'money_per_hour';
  if (isRate) return false;
  return typeof value === 'number' ? value === 0 : [value].flat().every(({ amountMinor }) => amountMinor === 0);
}

/** A KPI this page does not know yet (the server is newer) is shown as a plain count. */
export function formOf(kpi: string): Figure {
  return BY_ID.get(kpi) ?? sum(kpi);
}
