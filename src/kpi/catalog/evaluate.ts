import { findDefinition } from './catalog.js';
import { type Expression, FUTURE_OPERANDS, type Operand, type Term } from './definition.js';
import type { Measures } from './measures.js';

export interface KpiOperands {
  /** Sums over the rows in question; times in milliseconds. */
  measures: Readonly<Measures>;
  /** Distinct customers dialled over the same rows; null or absent = not countable there (by the hour). */
  customers?: number | null;
  customersConnected?: number | null;
}

const SECONDS_PER_HOUR = 3600;
const FUTURE = new Set<string>(FUTURE_OPERANDS);

/**
 * Value of one KPI: counts, seconds (with decimals), fractions. Null = no value: an empty denominator, an operand that
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

type TimeOperand = 'talk_s' | 'ring_s' | 'hold_s' | 'inbound_talk_s';

function isTime(operand: Operand): operand is TimeOperand {
  return operand === 'talk_s' || operand === 'ring_s' || operand === 'hold_s' || operand === 'inbound_talk_s';
}

function timeMs(operand: TimeOperand, { measures }: KpiOperands): number {
  switch (operand) {
    case 'talk_s':
      return measures.talk_ms;
    case 'ring_s':
      return measures.ring_ms;
    case 'hold_s':
      return measures.hold_ms;
    case 'inbound_talk_s':
      return measures.inbound_talk_ms;
  }
}

function operandValue(operand: Exclude<Operand, TimeOperand>, operands: KpiOperands): number | null {
  if (operand === 'customers') return operands.customers ?? null;
  if (operand === 'customers_connected') return operands.customersConnected ?? null;
  return isFuture(operand) ? null : operands.measures[operand];
}

function isFuture(operand: string): operand is (typeof FUTURE_OPERANDS)[number] {
  return FUTURE.has(operand);
}
