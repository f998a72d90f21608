/**
 * Who was busy with a call, and when: every agent from their leg's answer to its end; an owner no leg of whom is known from
 * the call's start to its end. What has no end and never will (a call closed as stale) made nobody busy. Pure. Epoch ms.
 */
import type { BusyRefs } from '../call-fact.js';
import type { LegState } from '../merge/leg-state.js';
import { agentOf, ownerOf } from './attribution.js';
import { legTimes } from './leg-times.js';
import type { Topology } from './topology.js';

interface CallBounds {
  startedAt: number;
  endedAt: number | null;
  stale: boolean;
}

export function busyOf(topology: Topology, call: CallBounds): BusyRefs[] {
  const { originator, agentLegs } = topology;
  const legs = new Set(originator === null ? agentLegs : [originator, ...agentLegs]);
  const busy = [...legs].flatMap((leg) => {
    const refs = agentOf(leg);
    const from = answerOf(leg, originator);
    const to = legTimes(leg).endedAt ?? endOf(call);
    return refs.length === 0 || from === null ? [] : spanOf(refs, from, to);
  });
  busy.sort((a, b) => a.from - b.from || (text(a) < text(b) ? -1 : 1));
  const owner = ownerOf(topology);
  if (owner.length === 0) return busy;
  return [...busy, ...spanOf(owner, call.startedAt, endOf(call)).map((span) => ({ ...span, whole: true }))];
}

/** A leg that begins a call from a softphone is connected from its start where no event says so. */
function answerOf(leg: LegState, originator: LegState | null): number | null {
  const { answeredAt, startedAt } = legTimes(leg);
  return answeredAt ?? (leg === originator && leg.direction === 'inbound' ? startedAt : null);
}

/** Undefined: there is none to come. */
function endOf({ endedAt, stale }: CallBounds): number | null | undefined {
  return stale ? undefined : endedAt;
}

function spanOf(refs: BusyRefs['refs'], from: number, to: number | null | undefined): BusyRefs[] {
  if (to === undefined || (to !== null && to <= from)) return [];
  return [{ refs, from, to, whole: false }];
}

function text({ refs, to }: BusyRefs): string {
  return `${refs.map(({ scheme, value }) => `${scheme}:${value}`).join('|')}|${to}`;
}
