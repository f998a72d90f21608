/** Overlapping intervals of one agent become one timeline: at each instant the first state of the order. Pure. */
import type { AgentState } from '../../shared/presence.js';
import { counts, type Interval, rankOf } from './interval.js';

export interface MergedSpan {
  state: AgentState;
  reason: string | null;
  callKey: string | null;
  from: number;
  /** Infinity: it is still so. */
  to: number;
}

/** Spans within [from, to), oldest first, without gaps of `offline`. Neighbours differ. */
export function timeline(intervals: readonly Interval[], from: number, to: number): MergedSpan[] {
  const within = intervals.filter((one) => counts(one.state) && one.from < to && one.to > from && one.from < one.to);
  const cuts = [...new Set([from, to, ...within.flatMap((one) => [one.from, one.to])])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  const arriving = [...within].sort((a, b) => a.from - b.from);
  let active: Interval[] = [];
  let next = 0;
  const spans: MergedSpan[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [at, until] = [cuts[i] ?? from, cuts[i + 1] ?? to];
    active = active.filter((one) => one.to > at);
    for (let one = arriving[next]; one !== undefined && one.from <= at; one = arriving[++next]) {
      if (one.to > at) active.push(one);
    }
    const top = topOf(active);
    if (top !== null) append(spans, { ...pick(top), from: at, to: until });
  }
  return spans;
}

/** The first state of the order; of several of one state what began last, ties by content. */
export function topOf(active: readonly Interval[]): Interval | null {
  let best: Interval | null = null;
  for (const one of active) if (best === null || compare(one, best) < 0) best = one;
  return best;
}

function compare(a: Interval, b: Interval): number {
  return (
    rankOf(a.state) - rankOf(b.state) ||
    b.from - a.from ||
    order(a.callKey ?? '', b.callKey ?? '') ||
    order(a.reason ?? '', b.reason ?? '')
  );
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const pick = ({ state, reason, callKey }: Interval) => ({ state, reason, callKey });

function append(spans: MergedSpan[], span: MergedSpan): void {
  const last = spans.at(-1);
  const same =
    last !== undefined &&
    last.to === span.from &&
    last.state === span.state &&
    last.reason === span.reason &&
    last.callKey === span.callKey;
  if (same) last.to = span.to;
  else spans.push(span);
}
