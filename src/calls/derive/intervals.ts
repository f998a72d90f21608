/** Time in which a customer and an agent were both connected. Pure. Milliseconds. */
import type { LegTimes } from './leg-times.js';

/**
 * Length of (union of the agents' connected intervals) ∩ (the customer's). An agent interval without an end of its own
 * closes with the customer's leg.
 */
export function connectedMs(customer: LegTimes, agents: LegTimes[]): number {
  const customerEnd = customer.endedAt;
  if (customerEnd === null) return 0;
  const customerStart = customer.answeredAt ?? customer.startedAt ?? customerEnd;
  const spans = agents
    .flatMap((agent) => (agent.answeredAt === null ? [] : [[agent.answeredAt, agent.endedAt ?? customerEnd] as const]))
    .map(([from, to]) => [Math.max(from, customerStart), Math.min(to, customerEnd)] as const)
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0]);
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [from, to] of spans) {
    if (to <= reached) continue;
    total += to - Math.max(from, reached);
    reached = to;
  }
  return total;
}

/** Whether an agent's leg and the customer's were connected at the same time (touching counts: times are whole seconds). */
export function overlaps(customer: LegTimes, agent: LegTimes): boolean {
  if (customer.answeredAt === null || agent.answeredAt === null) return false;
  const customerEnd = customer.endedAt ?? Number.POSITIVE_INFINITY;
  const agentEnd = agent.endedAt ?? Number.POSITIVE_INFINITY;
  return agent.answeredAt <= customerEnd && agentEnd >= customer.answeredAt;
}
