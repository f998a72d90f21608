/**
 * Whose call it is (kpi.md section 4, telephony.md 5.4 rule 7). Pure.
 *
 * An explicit `agent` of the signed callback URL wins over a softphone or SIP identity. An agent whose leg only rang or
 * was cancelled was offered the call and never owns it; one who began an outbound call owns it whatever its result.
 */
import type { AgentRef } from '../call-fact.js';
import type { LegMap } from '../merge/grouping.js';
import type { LegState } from '../merge/leg-state.js';
import { overlaps } from './intervals.js';
import { type LegTimes, legTimes } from './leg-times.js';
import { farEnd, type Topology } from './topology.js';

/** Who is at the agent end of a leg, best evidence first. */
export function agentOf(leg: LegState): AgentRef[] {
  const refs: AgentRef[] = [];
  if (leg.agentParam !== null) refs.push({ scheme: 'identity', value: leg.agentParam });
  const far = farEnd(leg);
  if (far.kind === 'client' || far.kind === 'sip') refs.push({ scheme: 'identity', value: far.identity });
  // A plain phone resolves only when it is known to be an agent's; it never creates one.
  if (far.kind === 'tel') refs.push({ scheme: 'tel', value: far.ref });
  return refs;
}

function answeredFirst(legs: LegState[]): LegState[] {
  return legs
    .map((leg) => ({ leg, at: legTimes(leg).answeredAt }))
    .filter((entry): entry is { leg: LegState; at: number } => entry.at !== null)
    .sort((a, b) => a.at - b.at || (a.leg.id < b.leg.id ? -1 : 1))
    .map((entry) => entry.leg);
}

function paramOf(leg: LegState | null): AgentRef[] {
  return leg?.agentParam ? [{ scheme: 'identity', value: leg.agentParam }] : [];
}

export function ownerOf(topology: Topology): AgentRef[] {
  const { customer, originator, agentLegs } = topology;
  const answered = answeredFirst(agentLegs.filter((leg) => leg !== originator));
  return [
    ...paramOf(customer),
    ...paramOf(originator),
    ...(originator === null ? [] : agentOf(originator)),
    ...answered.flatMap(agentOf),
  ];
}

/** Agents with a talking segment of an outbound call: the originator and everyone connected while the customer was. */
export function handledOf(topology: Topology, customer: LegTimes): AgentRef[][] {
  if (customer.answeredAt === null) return [];
  const { originator, agentLegs } = topology;
  const owner = ownerOf(topology);
  const refs: AgentRef[][] = [];
  const begun = originator !== null || topology.customer?.agentParam != null;
  if (begun && owner.length > 0) refs.push(owner);
  for (const leg of answeredFirst(agentLegs.filter((other) => other !== originator))) {
    if (overlaps(customer, legTimes(leg))) refs.push(agentOf(leg));
  }
  return refs;
}

/** Campaign named in a signed callback URL: the customer leg's, else the root's, else the smallest any leg names. */
export function campaignOf(legs: LegMap, topology: Topology): string | null {
  const named = [...legs.values()].flatMap((leg) => (leg.campaignParam === null ? [] : [leg.campaignParam])).sort();
  return topology.customer?.campaignParam ?? topology.root.campaignParam ?? named[0] ?? null;
}
