/** A call as its legs tell it. Pure: same legs, same call; settings are resolved onto it afterwards. */
import type { LegResult } from '../call-event.js';
import type { AgentRef, CallOutcome, CallShape, IncompleteFlag } from '../call-fact.js';
import type { LegMap } from '../merge/grouping.js';
import type { LegState } from '../merge/leg-state.js';
import { agentOf, campaignOf, handledOf, ownerOf } from './attribution.js';
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

type Told = Omit<CallShape, 'busy'>;

export function deriveCall(legs: LegMap): CallShape {
  const topology = topologyOf(legs);
  const told = topology.direction === 'inbound' ? deriveInbound(legs, topology) : deriveOutbound(legs, topology);
  return { ...told, busy: busyOf(topology, told) };
}

/** Fields both directions share. */
function base(legs: LegMap, topology: Topology, flags: Set<IncompleteFlag>) {
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
    customerLeg: customer?.id ?? null,
    customerRef: far?.kind === 'tel' ? far.ref : null,
    ownNumberRef: near?.kind === 'tel' ? near.ref : null,
    owner: ownerOf(topology),
    campaignParam: campaignOf(legs, topology),
  };
}

function deriveOutbound(legs: LegMap, topology: Topology): Told {
  const flags = new Set<IncompleteFlag>();
  const { customer, root } = topology;
  const shared = base(legs, topology, flags);
  const stale = staleAt(legs);
  if (customer === null) {
    const own = legTimes(root);
    if (topology.direction === 'outbound' && own.endedAt !== null) flags.add('customer_leg_missing');
    return {
      ...shared,
      counted: false,
      outcome: own.endedAt === null ? 'open' : own.answeredAt !== null ? 'answered' : 'canceled',
      answeredBy: null,
      startedAt: earliestOf(legs),
      answeredAt: topology.direction === 'internal' ? own.answeredAt : null,
      endedAt: own.endedAt ?? stale,
      ringMs: null,
      talkMs: 0,
      stale: own.endedAt === null && stale !== null,
      incomplete: [...flags].sort(),
      handled: [],
    };
  }
  const times = legTimes(customer);
  noteGaps(customer, times, flags);
  const isStale = times.endedAt === null && stale !== null;
  return {
    ...shared,
    counted: times.startedAt !== null,
    outcome: outcomeOf(customer, times, isStale),
    answeredBy: customer.answeredBy?.by ?? null,
    startedAt: times.startedAt ?? earliestOf(legs),
    answeredAt: times.answeredAt,
    endedAt: times.endedAt ?? stale,
    ringMs: ringOf(customer, times),
    talkMs: times.answeredAt === null || times.endedAt === null ? 0 : Math.max(0, times.endedAt - times.answeredAt),
    stale: isStale,
    incomplete: [...flags].sort(),
    handled: handledOf(topology, times),
  };
}

function deriveInbound(legs: LegMap, topology: Topology): Told {
  const flags = new Set<IncompleteFlag>();
  const { root, agentLegs } = topology;
  const shared = base(legs, topology, flags);
  const stale = staleAt(legs);
  const times = legTimes(root);
  const offered = agentLegs.length > 0;
  if (root.initiatedAt === null && root.ringingAt === null) flags.add('start_inferred');
  if (root.end?.result === 'completed' && root.end.durationMs === null && root.answeredAt === null) {
    flags.add('duration_missing');
  }
  const answers = agentLegs.map((leg) => legTimes(leg).answeredAt).filter((at) => at !== null);
  const answeredAt = answers.length === 0 ? null : Math.min(...answers);
  const ended = times.endedAt ?? stale;
  return {
    ...shared,
    counted: offered && times.startedAt !== null,
    outcome: answeredAt !== null ? 'answered' : ended !== null ? 'abandoned' : 'open',
    answeredBy: null,
    startedAt: times.startedAt ?? earliestOf(legs),
    answeredAt,
    endedAt: ended,
    ringMs: null,
    talkMs: times.endedAt === null ? 0 : connectedMs(times, agentLegs.map(legTimes)),
    stale: times.endedAt === null && stale !== null,
    incomplete: [...flags].sort(),
    handled: [] as AgentRef[][],
  };
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

export { agentOf };
