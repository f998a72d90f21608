/**
 * Who is who among the legs of one call. Pure. The cases are those of Twilio's topologies (softphone, click-to-dial
 * agent first, customer first, inbound, SIP phone, transfers below any of them); a leg's far end is `From` when it
 * comes in and `To` when it goes out.
 */
import type { EventParty } from '../call-event.js';
import type { CallDirection } from '../call-fact.js';
import { type LegMap, parentOf, rootOf } from '../merge/grouping.js';
import type { LegState } from '../merge/leg-state.js';
import { legTimes } from './leg-times.js';

export interface Topology {
  root: LegState;
  direction: CallDirection;
  customer: LegState | null;
  /** The agent's own leg when the agent began the call. */
  originator: LegState | null;
  /** Every other leg with an agent (or a plain number of the floor) at its far end. */
  agentLegs: LegState[];
}

/** The end of the leg that is not the phone system. */
export function farEnd(leg: LegState): EventParty {
  return leg.direction === 'inbound' ? leg.from : leg.to;
}

/** The end of the leg that is ours: the number shown or dialled. */
export function nearEnd(leg: LegState): EventParty {
  return leg.direction === 'inbound' ? leg.to : leg.from;
}

function isIdentity(party: EventParty): boolean {
  return party.kind === 'client' || party.kind === 'sip';
}

function isNumber(party: EventParty): boolean {
  return party.kind === 'tel' || party.kind === 'anonymous';
}

/** Answered before unanswered, then the earliest, then the smallest id. */
function bestCustomer(candidates: LegState[]): LegState | null {
  const sorted = candidates
    .map((leg) => ({ leg, times: legTimes(leg) }))
    .sort(
      (a, b) =>
        Number(a.times.answeredAt === null) - Number(b.times.answeredAt === null) ||
        (a.times.startedAt ?? Number.MAX_SAFE_INTEGER) - (b.times.startedAt ?? Number.MAX_SAFE_INTEGER) ||
        (a.leg.id < b.leg.id ? -1 : 1),
    );
  return sorted[0]?.leg ?? null;
}

function isDialled(leg: LegState): boolean {
  return leg.direction !== 'inbound' && leg.direction !== null && isNumber(leg.to);
}

/** Whether a dialled number stands between the leg and the root. */
function isBelowDialled(leg: LegState, root: LegState, legs: LegMap): boolean {
  const seen = new Set([leg.id]);
  for (let id = parentOf(leg); id !== null && id !== root.id && !seen.has(id); ) {
    seen.add(id);
    const above = legs.get(id);
    if (above === undefined) return false;
    if (isDialled(above)) return true;
    id = parentOf(above);
  }
  return false;
}

export function topologyOf(legs: LegMap): Topology {
  const root = rootOf(legs);
  const below = [...legs.values()].filter((leg) => leg !== root);
  const dialled = below.filter(isDialled);
  const without = (...taken: (LegState | null)[]): LegState[] => below.filter((leg) => !taken.includes(leg));

  const rootEnd = farEnd(root);
  if (root.direction === null || isIdentity(rootEnd)) {
    // Begun by an agent, or the root has not been reported (yet): then a dialled number is taken for an outbound call.
    const customer = bestCustomer(dialled);
    const originator = root.direction === null ? null : root;
    const toAgent = below.some((leg) => isIdentity(leg.to)) || (root.direction === 'inbound' && isIdentity(root.to));
    const internal = customer === null && originator !== null && toAgent;
    return { root, direction: internal ? 'internal' : 'outbound', customer, originator, agentLegs: without(customer) };
  }
  if (root.direction === 'inbound') {
    return { root, direction: 'inbound', customer: root, originator: null, agentLegs: below };
  }
  // Outbound to a number. With an agent leg below it the customer was dialled first; with a dialled number below it, and
  // agents at most below that (transfers), the agent's own phone was called first.
  const agentBelow = below.some((leg) => isIdentity(leg.to) && !isBelowDialled(leg, root, legs));
  if (!agentBelow && dialled.length > 0) {
    const customer = bestCustomer(dialled);
    return { root, direction: 'outbound', customer, originator: root, agentLegs: without(customer) };
  }
  return { root, direction: 'outbound', customer: root, originator: null, agentLegs: below };
}
