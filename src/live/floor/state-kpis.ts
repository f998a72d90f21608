/** KPIs that time in states is a part of: what lasts is added when it is looked at, so they move by themselves. Pure. */
import { findDefinition } from '../../kpi/catalog/index.js';

const STATES = new Set(['available_s', 'on_call_s', 'wrap_up_s', 'paused_s', 'logged_in_s']);

export function movesWithTime(kpi: string): boolean {
  const expression = findDefinition(kpi)?.expression;
  if (expression === undefined) return false;
  const terms =
    expression.type === 'sum'
      ? expression.terms
      : expression.type === 'ratio'
        ? [...expression.over, ...expression.under]
        : [];
  return terms.some((term) => STATES.has(term.startsWith('-') ? term.slice(1) : term));
}
