/** 月度冠军: who was best by a figure, from frozen sums. Pure. */
import { type CurrencySums, findDefinition } from '../../kpi/index.js';
import type { Figure } from '../figures.js';
import { numberOf } from '../pace/loaded-target.js';

/** A rate of fewer is chance. Of figures per hour: hours. */
const DENOMINATOR_MIN = 30;
const HOUR_S = 3_600;

export interface Candidate {
  agentId: number;
  sums: CurrencySums;
}

/** Several when equal; nobody where there is nothing to be best in. `currency`: which amounts are compared. */
export function championsOf(candidates: readonly Candidate[], figure: Figure, currency: string): Candidate[] {
  const values = candidates.flatMap((candidate) => {
    const value = numberOf(candidate.sums.value(figure.id, currency), figure.hasCurrency ? currency : null);
    const counts = value !== null && (figure.kind !== 'ratio' || hasEnough(candidate.sums, figure.id));
    return counts && (value > 0 || figure.lowIsGood) ? [{ candidate, value }] : [];
  });
  const best = values.reduce<number | null>((found, { value }) => {
    if (found === null) return value;
    return figure.lowIsGood ? Math.min(found, value) : Math.max(found, value);
  }, null);
  return values.filter(({ value }) => value === best).map(({ candidate }) => candidate);
}

function hasEnough(sums: CurrencySums, kpi: string): boolean {
  const expression = findDefinition(kpi)?.expression;
  if (expression?.type !== 'ratio') return true;
  const under = expression.under.reduce((sum, term) => {
    const taken = term.startsWith('-');
    const value = numberOf(sums.value(taken ? term.slice(1) : term, '')) ?? 0;
    return sum + (taken ? -value : value);
  }, 0);
  return under >= DENOMINATOR_MIN * (expression.perHour ? HOUR_S : 1);
}
