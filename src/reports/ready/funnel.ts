/**
 * Where a funnel leaks: each step's rate against the own rate of the four weeks before. Pure.
 *
 * What a step costs: calls that reached it × (usual rate − rate now) × the rates of the steps after it as they are now.
 * Costs of several steps do not add up to one number, because a call lost at one step cannot be lost at the next.
 */
import { rateInterval } from './interval.js';

/** From which a funnel goes to which; each is a part of the one before. */
export const FUNNEL = ['dials', 'connects', 'humans', 'contacts', 'sales'] as const;
export type FunnelStep = (typeof FUNNEL)[number];
export type FunnelCounts = Readonly<Record<FunnelStep, number>>;

export interface StepView {
  from: FunnelStep;
  to: FunnelStep;
  /** Fractions; null: nothing reached the step. */
  rate: number | null;
  low: number | null;
  high: number | null;
  usual: number | null;
  /** rate − usual. */
  difference: number | null;
  /** Sales lost by it; below 0: won. Null where it cannot be said. */
  cost: number | null;
  /** The usual rate lies above the interval of the rate: it is lower than chance explains. */
  leaks: boolean;
}

/** A rate of fewer is no norm, and nothing to hold against one. */
export const FUNNEL_MIN = 30;

export function funnelSteps(now: FunnelCounts, usual: FunnelCounts): StepView[] {
  const rates = FUNNEL.slice(1).map((to, index) => rateOf(now, FUNNEL[index] ?? 'dials', to));
  return FUNNEL.slice(1).map((to, index) => {
    const from = FUNNEL[index] ?? 'dials';
    const interval = rateInterval(now[to], now[from]);
    const norm = usual[from] >= FUNNEL_MIN ? rateOf(usual, from, to) : null;
    const rate = rates[index] ?? null;
    const difference = rate === null || norm === null || now[from] < FUNNEL_MIN ? null : rate - norm;
    const rest = rates.slice(index + 1).reduce<number | null>((all, one) => times(all, one), 1);
    return {
      from,
      to,
      rate,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      usual: norm,
      difference,
      cost: difference === null || rest === null ? null : -difference * now[from] * rest + 0,
      leaks: difference !== null && interval !== null && norm !== null && norm > interval.high,
    };
  });
}

/** The counts there would be at the usual rates, from the same number of dials; null where a rate is not known. */
export function usualCounts(now: FunnelCounts, steps: readonly StepView[]): (number | null)[] {
  const counts: (number | null)[] = [now.dials];
  for (const { usual } of steps) counts.push(times(counts.at(-1) ?? null, usual));
  return counts;
}

function rateOf(counts: FunnelCounts, from: FunnelStep, to: FunnelStep): number | null {
  return counts[from] > 0 ? counts[to] / counts[from] : null;
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

/** Those that leak, the most expensive first. */
export function leaksOf(steps: readonly StepView[]): StepView[] {
  return steps.filter(({ leaks }) => leaks).sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0));
}
