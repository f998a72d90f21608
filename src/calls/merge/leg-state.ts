/**
 * The state of one leg as a join of its events. Pure.
 *
 * Every field is a join-semilattice (minimum, maximum or set union, ties decided by content), so `join` is commutative,
 * associative and idempotent: arrival order, repetition and batching cannot matter (design.md, invariant 2). That is
 * also why the joined state can be kept with the call and extended by later events without reading the log again.
 */
import type { AnsweredBy, CallEvent, EventParty, LegDirection, LegResult } from '../call-event.js';

/** A terminal report. */
export interface LegEnd {
  /** Epoch ms. */
  at: number;
  result: LegResult;
  /** Answered → ended as the provider measured it, ms; null when it did not say. */
  durationMs: number | null;
  sequence: number | null;
}

/** Who answered, and how directly that was told. */
export interface Detected {
  by: AnsweredBy;
  /** 0: by detection itself, 1: with the end, 2: with anything before the end. */
  source: 0 | 1 | 2;
}

/** Keys are short because this is stored with every call. */
export interface LegState {
  id: string;
  /** Parent legs named by any event; more than one only when a provider contradicts itself. Sorted. */
  parents: string[];
  direction: LegDirection | null;
  from: EventParty;
  to: EventParty;
  /** Earliest instant of each kind of event, epoch ms. */
  initiatedAt: number | null;
  ringingAt: number | null;
  answeredAt: number | null;
  end: LegEnd | null;
  /** Two terminal reports that differ in content were received. */
  endConflict: boolean;
  answeredBy: Detected | null;
  agentParam: string | null;
  campaignParam: string | null;
  /** Instant a synthetic event closed the call, epoch ms. */
  staleAt: number | null;
  /** At least one instant is a receipt time. */
  timeInferred: boolean;
  /** Earliest instant of any event, epoch ms; places a call nothing else can place. */
  seenAt: number | null;
}

/** State of a leg nothing is known of but its id (a parent named by a child). */
export function emptyLeg(id: string): LegState {
  return {
    id,
    parents: [],
    direction: null,
    from: { kind: 'none' },
    to: { kind: 'none' },
    initiatedAt: null,
    ringingAt: null,
    answeredAt: null,
    end: null,
    endConflict: false,
    answeredBy: null,
    agentParam: null,
    campaignParam: null,
    staleAt: null,
    timeInferred: false,
    seenAt: null,
  };
}

/** State of a leg that has seen exactly this event. */
export function legOf(event: CallEvent): LegState {
  const leg = emptyLeg(event.legId);
  if (event.parentLegId !== null) leg.parents = [event.parentLegId];
  leg.direction = event.direction;
  leg.from = event.from;
  leg.to = event.to;
  leg.agentParam = event.agentParam;
  leg.campaignParam = event.campaignParam;
  if (event.answeredBy !== null) leg.answeredBy = { by: event.answeredBy, source: sourceOf(event) };
  leg.seenAt = event.occurredAt;
  switch (event.type) {
    case 'leg.initiated':
      leg.initiatedAt = event.occurredAt;
      break;
    case 'leg.ringing':
      leg.ringingAt = event.occurredAt;
      break;
    case 'leg.answered':
      leg.answeredAt = event.occurredAt;
      break;
    case 'leg.ended':
      leg.end = {
        at: event.occurredAt,
        result: event.result ?? 'failed',
        durationMs: event.durationMs,
        sequence: event.sequence,
      };
      break;
    case 'call.stale':
      leg.staleAt = event.occurredAt;
      break;
    case 'leg.analysis':
    case 'leg.recording':
      return leg; // attach only; their instants place nothing
  }
  leg.timeInferred = event.occurredAtReceived;
  return leg;
}

function sourceOf(event: CallEvent): Detected['source'] {
  if (event.type === 'leg.analysis') return 0;
  return event.type === 'leg.ended' ? 1 : 2;
}

/** Joins two states of the same leg. */
export function joinLegs(a: LegState, b: LegState): LegState {
  return {
    id: a.id,
    parents: union(a.parents, b.parents),
    direction: smallest(a.direction, b.direction),
    from: joinParties(a.from, b.from),
    to: joinParties(a.to, b.to),
    initiatedAt: earliest(a.initiatedAt, b.initiatedAt),
    ringingAt: earliest(a.ringingAt, b.ringingAt),
    answeredAt: earliest(a.answeredAt, b.answeredAt),
    end: joinEnds(a.end, b.end),
    endConflict: a.endConflict || b.endConflict || endsDiffer(a.end, b.end),
    answeredBy: joinAnsweredBy(a.answeredBy, b.answeredBy),
    agentParam: smallest(a.agentParam, b.agentParam),
    campaignParam: smallest(a.campaignParam, b.campaignParam),
    staleAt: earliest(a.staleAt, b.staleAt),
    timeInferred: a.timeInferred || b.timeInferred,
    seenAt: earliest(a.seenAt, b.seenAt),
  };
}

function union(a: string[], b: string[]): string[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  if (a.length === 1 && b.length === 1 && a[0] === b[0]) return a;
  return [...new Set([...a, ...b])].sort();
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  if (b === null) return a;
  return Math.min(a, b);
}

function smallest<T extends string>(a: T | null, b: T | null): T | null {
  if (a === null) return b;
  if (b === null) return a;
  return a <= b ? a : b;
}

const PARTY_RANK = { client: 0, sip: 1, tel: 2, anonymous: 3, none: 4 } as const;

function partyText(party: EventParty): string {
  if (party.kind === 'tel') return party.ref;
  if (party.kind === 'client' || party.kind === 'sip') return party.identity;
  return '';
}

function joinParties(a: EventParty, b: EventParty): EventParty {
  const byRank = PARTY_RANK[a.kind] - PARTY_RANK[b.kind];
  if (byRank !== 0) return byRank < 0 ? a : b;
  return partyText(a) <= partyText(b) ? a : b;
}

/** Where two detections told in the same way contradict each other, the first of this list counts. */
const DETECTION_ORDER: readonly AnsweredBy[] = ['machine', 'fax', 'human', 'unknown'];

/** human, machine and fax beat unknown; then the more direct way of telling; then the list. */
function joinAnsweredBy(a: Detected | null, b: Detected | null): Detected | null {
  if (a === null) return b;
  if (b === null) return a;
  const first =
    Number(a.by === 'unknown') - Number(b.by === 'unknown') ||
    a.source - b.source ||
    DETECTION_ORDER.indexOf(a.by) - DETECTION_ORDER.indexOf(b.by);
  return first <= 0 ? a : b;
}

/** Total order of contradicting terminal reports by content: longer first, then later, then by name, then by sequence. */
function compareEnds(a: LegEnd, b: LegEnd): number {
  return (
    (b.durationMs ?? -1) - (a.durationMs ?? -1) ||
    b.at - a.at ||
    (a.result < b.result ? -1 : a.result > b.result ? 1 : 0) ||
    (a.sequence ?? Number.MAX_SAFE_INTEGER) - (b.sequence ?? Number.MAX_SAFE_INTEGER)
  );
}

function joinEnds(a: LegEnd | null, b: LegEnd | null): LegEnd | null {
  if (a === null) return b;
  if (b === null) return a;
  return compareEnds(a, b) <= 0 ? a : b;
}

/** Sequence numbers may differ between two subscriptions to the same end; that is no contradiction. */
function endsDiffer(a: LegEnd | null, b: LegEnd | null): boolean {
  if (a === null || b === null) return false;
  return a.at !== b.at || a.result !== b.result || a.durationMs !== b.durationMs;
}
