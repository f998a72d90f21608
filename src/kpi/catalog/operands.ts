/** What figures are made of. Pure. */
import { findDefinition } from './catalog.js';

/** Time in states by the ids of the catalog; together they are `logged_in_s`. */
export const STATE_TIMES = ['available_s', 'on_call_s', 'wrap_up_s', 'paused_s'] as const;
const OF_STATES: ReadonlySet<string> = new Set([...STATE_TIMES, 'logged_in_s']);

/** A term of a formula without its sign. */
export function bareOperand(term: string): string {
  return term.startsWith('-') ? term.slice(1) : term;
}

/** Ids of measures a figure is made of, its own included; without signs. */
export function operandsOf(kpi: string): string[] {
  const expression = findDefinition(kpi)?.expression;
  switch (expression?.type) {
    case 'distinct':
      return [expression.of];
    case 'sum':
      return expression.terms.map(bareOperand);
    case 'ratio':
      return [...expression.over, ...expression.under].map(bareOperand);
    default:
      return [];
  }
}

/** `mixtures`: everywhere, but only of figures that are made of calls as well. */
export type StatesMissing = 'everywhere' | 'rows' | 'mixtures' | null;

/**
 * Where time in states has no value, and what is made of it: in rows by campaign, and wherever a campaign is asked for, also
 * beside 0, what belongs to none. A figure made of both would be wrong there, not just empty: handling time without the
 * wrap-up, or one campaign's talk with everybody's. Of 0 alone the time itself is right, a mixture is not.
 */
export function statesMissingIn(byCampaign: boolean, campaigns: readonly number[] = []): StatesMissing {
  if (campaigns.length === 0) return byCampaign ? 'rows' : null;
  return byCampaign || campaigns.some((id) => id !== 0) ? 'everywhere' : 'mixtures';
}

/** Whether a figure has no value in rows or in the total. */
export function lacksStates(kpi: string, missing: StatesMissing, where: 'rows' | 'total'): boolean {
  if (missing === null || !isOfStates(kpi)) return false;
  if (missing === 'mixtures') return !operandsOf(kpi).every((operand) => OF_STATES.has(operand));
  return missing === 'everywhere' || where === 'rows';
}

/** Whether time in states is a part of it: then it belongs to no call, and moves by itself while a state lasts. */
export function isOfStates(kpi: string): boolean {
  return operandsOf(kpi).some((operand) => OF_STATES.has(operand));
}
