import { findDefinition } from './catalog.js';
import type { DistinctOperand, Expression, MeasuredOperand, Operand, Term } from './definition.js';
import { type MeasureColumn, type Measures, STATE_COLUMNS } from './measures.js';

export interface KpiOperands {
  /** Sums over the rows in question; times in milliseconds. */
  measures: Readonly<Measures>;
  /** Distinct customers dialled over the same rows; null or absent = not countable there (by the hour). */
  customers?: number | null;
  customersConnected?: number | null;
  /** Distinct customers somebody looked after, and those of them who were dialled meanwhile; null or absent as above. */
  customersOwned?: number | null;
  customersTouched?: number | null;
}

const SECONDS_PER_HOUR = 3600;

/**
 * Value of one KPI: counts, seconds (with decimals), fractions, minor units of money (of one currency: see CurrencySums for
 * rows that may hold several). Null = no value: an empty denominator, an operand that
 * cannot be counted here, data that does not exist yet, or an unknown id. Never rounded.
 */
export function evaluate(kpiId: string, operands: KpiOperands): number | null {
  const definition = findDefinition(kpiId);
  return definition?.available ? evaluateExpression(definition.expression, operands) : null;
}

function evaluateExpression(expression: Expression, operands: KpiOperands): number | null {
  switch (expression.type) {
    case 'elsewhere':
      return null;
    case 'distinct':
      return operandValue(expression.of, operands);
    case 'sum':
      return sum(expression.terms, operands);
    case 'ratio': {
      const over = sum(expression.over, operands);
      const under = sum(expression.under, operands);
      if (over === null || under === null || under <= 0) return null;
      return expression.perHour ? over / (under / SECONDS_PER_HOUR) : over / under;
    }
  }
}

/** Times are added as whole milliseconds and turned into seconds once, so that no decimal is lost on the way. */
function sum(terms: Term[], operands: KpiOperands): number | null {
  let whole = 0;
  let milliseconds = 0;
  for (const term of terms) {
    const taken = term.startsWith('-');
    const operand = (taken ? term.slice(1) : term) as Operand;
    const value = isTime(operand) ? timeMs(operand, operands) : operandValue(operand, operands);
    if (value === null) return null;
    if (isTime(operand)) milliseconds += taken ? -value : value;
    else whole += taken ? -value : value;
  }
  return whole + milliseconds / 1000;
}

const TIMES = {
  talk_s: ['talk_ms'],
  ring_s: ['ring_ms'],
  hold_s: ['hold_ms'],
  inbound_talk_s: ['inbound_talk_ms'],
  available_s: ['available_ms'],
  on_call_s: ['on_call_ms'],
  wrap_up_s: ['wrap_up_ms'],
  paused_s: ['paused_ms'],
  // kpi.md: the sum of the other four.
  logged_in_s: STATE_COLUMNS,
} as const satisfies Partial<Record<MeasuredOperand, readonly MeasureColumn[]>>;
type TimeOperand = keyof typeof TIMES;

const AMOUNTS = {
  revenue: 'revenue_minor',
  inbound_revenue: 'inbound_revenue_minor',
  other_revenue: 'other_revenue_minor',
} as const satisfies Partial<Record<MeasuredOperand, MeasureColumn>>;
type AmountOperand = keyof typeof AMOUNTS;

function isTime(operand: Operand): operand is TimeOperand {
  return Object.hasOwn(TIMES, operand);
}

function timeMs(operand: TimeOperand, { measures }: KpiOperands): number {
  return TIMES[operand].reduce((sum, column) => sum + measures[column], 0);
}

const COUNTS = {
  customers: 'customers',
  customers_connected: 'customersConnected',
  customers_touched: 'customersTouched',
  customers_owned: 'customersOwned',
} as const satisfies Record<DistinctOperand, keyof KpiOperands>;

function isDistinct(operand: Operand): operand is DistinctOperand {
  return Object.hasOwn(COUNTS, operand);
}

function isAmount(operand: Operand): operand is AmountOperand {
  return Object.hasOwn(AMOUNTS, operand);
}

function operandValue(operand: Exclude<Operand, TimeOperand>, operands: KpiOperands): number | null {
  if (isDistinct(operand)) return operands[COUNTS[operand]] ?? null;
  return operands.measures[isAmount(operand) ? AMOUNTS[operand] : operand];
}
