import type { KpiUnit, Localised } from '../../shared/api.js';

/**
 * What a definition is made of. The formula people read and the formula that is evaluated are the same data,
 * so a screen can never show another formula than the one behind its number.
 */

/**
 * Measures whose rollup column has the same name (counts), ends in `_ms` where the operand ends in `_s`, or in `_minor`
 * where it is money. `logged_in_s` has none: it is the sum of the four states.
 */
export type MeasuredOperand =
  | 'dials'
  | 'first_dials'
  | 'connects'
  | 'connects_ended'
  | 'humans'
  | 'effective'
  | 'no_answer'
  | 'busy'
  | 'invalid'
  | 'canceled'
  | 'failed'
  | 'machine'
  | 'talk_s'
  | 'ring_s'
  | 'hold_s'
  | 'handled'
  | 'inbound'
  | 'inbound_answered'
  | 'inbound_abandoned'
  | 'inbound_talk_s'
  | 'internal'
  | 'stale'
  | 'incomplete'
  | 'contacts'
  | 'sales'
  | 'inbound_sales'
  | 'other_sales'
  | 'revenue'
  | 'inbound_revenue'
  | 'other_revenue'
  | 'first_call_sales'
  | 'callbacks_due'
  | 'callbacks_kept'
  | 'complaints'
  | 'dnc'
  | 'logged_in_s'
  | 'available_s'
  | 'on_call_s'
  | 'wrap_up_s'
  | 'paused_s';

export type DistinctOperand = 'customers' | 'customers_connected' | 'customers_touched' | 'customers_owned';
export type Operand = MeasuredOperand | DistinctOperand;

/** One addend: an operand, or one taken away. */
export type Term = Operand | `-${Operand}`;

export type Expression =
  | { type: 'sum'; terms: Term[] }
  /** `perHour`: the denominator is time and counts in hours. */
  | { type: 'ratio'; over: Term[]; under: Term[]; perHour?: true }
  | { type: 'distinct'; of: DistinctOperand }
  /** Evaluated by the feature that owns its data; until then text only. */
  | { type: 'elsewhere'; formula: string };

export interface KpiDefinition {
  id: string;
  /** Grows with every change of the formula; stored reports say which one they used. */
  version: number;
  kind: 'measure' | 'ratio' | 'distinct';
  name: Localised;
  explanation: Localised;
  expression: Expression;
  unit: KpiUnit;
  goodDirection: 'up' | 'down' | 'neutral';
  /** Presets. Where `bad` < `warn` low values are bad, else high ones; equal: a ceiling where up is not good. */
  thresholds: { warn: number; bad: number } | null;
  source: Localised;
  /** False while the data it needs does not exist yet; its value is then null everywhere. */
  available: boolean;
}

/** What is counted, as people read it. */
const DISTINCT_TEXT: Record<DistinctOperand, string> = {
  customers: 'distinct customers dialled',
  customers_connected: 'distinct customers connected',
  customers_touched: 'distinct customers dialled by their then owner',
  customers_owned: 'distinct customers owned',
};

/** The formula as people read it, e.g. `connects ÷ (dials − invalid)`. */
export function formulaText(expression: Expression): string {
  switch (expression.type) {
    case 'elsewhere':
      return expression.formula;
    case 'distinct':
      return DISTINCT_TEXT[expression.of];
    case 'sum':
      return sumText(expression.terms);
    case 'ratio': {
      const under = bracket(expression.under);
      return `${bracket(expression.over)} ÷ ${expression.perHour ? `hours of ${under}` : under}`;
    }
  }
}

function bracket(terms: Term[]): string {
  return terms.length > 1 ? `(${sumText(terms)})` : sumText(terms);
}

function sumText(terms: Term[]): string {
  return terms.map((term, index) => (index === 0 ? term : addend(term))).join(' ');
}

function addend(term: Term): string {
  return term.startsWith('-') ? `− ${term.slice(1)}` : `+ ${term}`;
}
