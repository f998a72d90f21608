/** A call as its legs tell it. Pure: same legs, same call; settings are resolved onto it afterwards. */
import type { LegResult } from '../call-event.js';
import type { CallOutcome, CallShape, IncompleteFlag } from '../call-fact.js';
import type { LegMap } from '../merge/grouping.js';
import type { LegState } from '../merge/leg-state.js';
import { campaignOf, handledOf, ownerOf } from './attribution.js';
import { busyOf } from './busy.js';
import { connectedMs } from './intervals.js';
import { type LegTimes, legTimes } from './leg-times.js';
import { nearEnd, type Topology, topologyOf } from './topology.js';

/** Provider's duration and instants are whole seconds each; more than this apart is a contradiction. */
const DURATION_TOLERANCE_MS = 2_000;

const RESULT_OUTCOME: Record<LegResult, CallOutcome> = {
  completed: 'answered',
  'no-answer': 'no_answer',
  busy: 'busy',
  failed: 'failed',
  canceled: 'canceled',
  invalid: 'invalid',
};

export function deriveCall(legs: LegMap): CallShape {
  const topology = topologyOf(legs);
  const flags = new Set<IncompleteFlag>();
  const call = base(legs, topology, flags);
  if (topology.direction === 'inbound') tellInbound(call, legs, topology, flags);
  else if (topology.customer === null) tellWithoutCustomer(call, legs, topology, flags);
  else tellOutbound(call, legs, topology, topology.customer, flags);
  call.incomplete = [...flags].sort();
  call.busy = busyOf(topology, call);
  return call;
}

/** What both directions share, and every other field as it is while nothing is known (one shape of object for all calls). */
function base(legs: LegMap, topology: Topology, flags: Set<IncompleteFlag>): CallShape {
  const customer = topology.customer;
  const far = customer === null ? null : customer.direction === 'inbound' ? customer.from : customer.to;
  const near = customer === null ? null : nearEnd(customer);
  for (const leg of legs.values()) {
    if (leg.timeInferred) flags.add('time_received');
    if (leg.endConflict) flags.add('end_conflict');
  }
  if (topology.root.direction === null) flags.add('root_missing');
  return {
    key: topology.root.id,
    direction: topology.direction,
    counted: false,
    outcome: 'open',
    answeredBy: null,
    startedAt: 0,
    answeredAt: null,
    endedAt: null,
    ringMs: null,
    talkMs: 0,
    stale: false,
    incomplete: [],
    customerLeg: customer?.id ?? null,
    customerRef: far?.kind === 'tel' ? far.ref : null,
    ownNumberRef: near?.kind === 'tel' ? near.ref : null,
    owner: ownerOf(topology),
    handled: [],
    busy: [],
    campaignParam: campaignOf(legs, topology),
  };
}

function tellWithoutCustomer(call: CallShape, legs: LegMap, topology: Topology, flags: Set<IncompleteFlag>): void {
  const own = legTimes(topology.root);
  const stale = staleAt(legs);
  if (topology.direction === 'outbound' && own.endedAt !== null) flags.add('customer_leg_missing');
  call.outcome = own.endedAt === null ? 'open' : own.answeredAt !== null ? 'answered' : 'canceled';
  call.startedAt = earliestOf(legs);
  call.answeredAt = topology.direction === 'internal' ? own.answeredAt : null;
  call.endedAt = own.endedAt ?? stale;
  call.stale = own.endedAt === null && stale !== null;
}

function tellOutbound(
  call: CallShape,
  legs: LegMap,
  topology: Topology,
  customer: LegState,
  flags: Set<IncompleteFlag>,
): void {
  const stale = staleAt(legs);
  const times = legTimes(customer);
  noteGaps(customer, times, flags);
  const { startedAt, answeredAt, endedAt } = times;
  call.stale = endedAt === null && stale !== null;
  call.counted = startedAt !== null;
  call.outcome = outcomeOf(customer, times, call.stale);
  call.answeredBy = customer.answeredBy?.by ?? null;
  call.startedAt = startedAt ?? earliestOf(legs);
  call.answeredAt = answeredAt;
  call.endedAt = endedAt ?? stale;
  call.ringMs = ringOf(customer, times);
  call.talkMs = answeredAt === null || endedAt === null ? 0 : Math.max(0, endedAt - answeredAt);
  call.handled = handledOf(topology, times);
}

function tellInbound(call: CallShape, legs: LegMap, topology: Topology, flags: Set<IncompleteFlag>): void {
  const { root, agentLegs } = topology;
  const stale = staleAt(legs);
  const times = legTimes(root);
  const offered = agentLegs.length > 0;
  if (root.initiatedAt === null && root.ringingAt === null) flags.add('start_inferred');
  if (root.end?.result === 'completed' && root.end.durationMs === null && root.answeredAt === null) {
    flags.add('duration_missing');
  }
  const answers = agentLegs.map((leg) => legTimes(leg).answeredAt).filter((at) => at !== null);
  call.answeredAt = answers.length === 0 ? null : Math.min(...answers);
  call.endedAt = times.endedAt ?? stale;
  call.counted = offered && times.startedAt !== null;
  call.outcome = call.answeredAt !== null ? 'answered' : call.endedAt !== null ? 'abandoned' : 'open';
  call.startedAt = times.startedAt ?? earliestOf(legs);
  call.talkMs = times.endedAt === null ? 0 : connectedMs(times, agentLegs.map(legTimes));
  call.stale = times.endedAt === null && stale !== null;
}

function outcomeOf(customer: LegState, times: LegTimes, isStale: boolean): CallOutcome {
  if (times.answeredAt !== null) return 'answered';
  if (customer.end !== null) return RESULT_OUTCOME[customer.end.result];
  return isStale ? 'failed' : 'open';
}

function ringOf(customer: LegState, times: LegTimes): number | null {
  const until = times.answeredAt ?? times.endedAt;
  if (customer.ringingAt === null || until === null) return null;
  return Math.max(0, until - customer.ringingAt);
}

function noteGaps(customer: LegState, times: LegTimes, flags: Set<IncompleteFlag>): void {
  if (customer.initiatedAt === null && customer.ringingAt === null) flags.add('start_inferred');
  const rang = times.answeredAt !== null || customer.end?.result === 'no-answer';
  if (rang && customer.ringingAt === null) flags.add('ring_unknown');
  const end = customer.end;
  if (end === null || end.result !== 'completed') return;
  if (end.durationMs === null && customer.answeredAt === null) flags.add('duration_missing');
  if (end.durationMs !== null && times.answeredAt !== null) {
    const apart = Math.abs(end.at - times.answeredAt - end.durationMs);
    if (apart > DURATION_TOLERANCE_MS) flags.add('duration_conflict');
  }
}

/** The synthetic end, if any: the earliest any leg carries. */
function staleAt(legs: LegMap): number | null {
  let best: number | null = null;
  for (const leg of legs.values()) {
    if (leg.staleAt !== null && (best === null || leg.staleAt < best)) best = leg.staleAt;
  }
  return best;
}

/** When the first leg began; of a call only attachments are known of, its earliest event. */
function earliestOf(legs: LegMap): number {
  const began = [...legs.values()].flatMap((leg) => legTimes(leg).startedAt ?? []);
  const known = began.length > 0 ? began : [...legs.values()].flatMap((leg) => leg.seenAt ?? []);
  return known.length === 0 ? 0 : Math.min(...known);
}
