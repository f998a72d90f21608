/**
 * Calls by brute force: gathers every event of a call out of the whole history and looks at them together. Written from
 * kpi.md sections 1, 2 and 4 and the topologies of telephony.md 1.9; no state is carried from event to event.
 */
import type { Detection, OracleEvent, Party } from './event.js';

/** One leg, looked at with all its events in hand. Instants are epoch ms. */
export interface OracleLeg {
  id: string;
  parents: string[];
  direction: OracleEvent['direction'];
  from: Party;
  to: Party;
  initiated: number | null;
  ringing: number | null;
  /** Reported, else worked out from the end. */
  answered: number | null;
  reportedAnswer: number | null;
  began: number | null;
  end: OracleEvent | null;
  ends: OracleEvent[];
  detection: Detection | null;
  agentParam: string | null;
  campaignParam: string | null;
}

export interface OracleCall {
  key: string;
  direction: 'outbound' | 'inbound' | 'internal';
  counted: boolean;
  outcome: string;
  answeredBy: Detection | null;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  ringMs: number | null;
  talkMs: number;
  stale: boolean;
  incomplete: string[];
  customerRef: string | null;
  ownNumber: string | null;
  /** Who may own it, best first. `identity:x` or `tel:ref`. */
  owners: string[];
  /** For each talking agent, who that may be, best first. */
  talkers: string[][];
  campaign: string | null;
}

/** Sets of leg ids that belong together: grown until nothing touches any more. */
function gather(events: OracleEvent[]): Set<string>[] {
  const sets: Set<string>[] = [];
  for (const { legId, parentLegId } of events) {
    const touched = sets.filter((set) => set.has(legId) || (parentLegId !== null && set.has(parentLegId)));
    const merged = new Set([
      legId,
      ...(parentLegId === null ? [] : [parentLegId]),
      ...touched.flatMap((set) => [...set]),
    ]);
    for (const set of touched) sets.splice(sets.indexOf(set), 1);
    sets.push(merged);
  }
  return sets;
}

const present = <T>(values: (T | null)[]): T[] => values.filter((value): value is T & {} => value !== null);
const lowest = (values: (number | null)[]): number | null =>
  present(values).length === 0 ? null : Math.min(...present(values));
const firstWord = <T extends string>(values: (T | null)[]): T | null => present(values).sort()[0] ?? null;

const KINDS = ['client', 'sip', 'tel', 'anonymous', 'none'];
const textOf = (party: Party): string => ('ref' in party ? party.ref : 'identity' in party ? party.identity : '');
function party(values: Party[]): Party {
  const byRank = [...values].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (textOf(a) < textOf(b) ? -1 : 1),
  );
  return byRank[0] ?? { kind: 'none' };
}

/** An explicit detection over one on the end over one on the answer; a certain one over `unknown`. */
function detectionOf(events: OracleEvent[]): Detection | null {
  const ways = [
    ['leg.analysis'],
    ['leg.ended'],
    ['leg.answered', 'leg.initiated', 'leg.ringing', 'leg.recording', 'call.stale'],
  ];
  const said = ways.map((types) =>
    events.filter((event) => types.includes(event.type)).flatMap((event) => event.answeredBy ?? []),
  );
  for (const certain of [true, false]) {
    for (const values of said) {
      for (const by of ['machine', 'fax', 'human', 'unknown'] as const) {
        if ((by !== 'unknown') === certain && values.includes(by)) return by;
      }
    }
  }
  return null;
}

/** Of contradicting ends the longer counts, then the later. */
function endOf(ends: OracleEvent[]): OracleEvent | null {
  const worth = (event: OracleEvent): number => event.durationMs ?? -1;
  const sorted = [...ends].sort(
    (a, b) => worth(b) - worth(a) || b.occurredAt - a.occurredAt || ((a.result ?? '') < (b.result ?? '') ? -1 : 1),
  );
  return sorted[0] ?? null;
}

function look(id: string, events: OracleEvent[]): OracleLeg {
  const own = events.filter((event) => event.legId === id);
  const times = (type: OracleEvent['type']) =>
    lowest(own.filter((event) => event.type === type).map((event) => event.occurredAt));
  const [initiated, ringing, reportedAnswer] = [times('leg.initiated'), times('leg.ringing'), times('leg.answered')];
  const ends = own.filter((event) => event.type === 'leg.ended');
  const end = endOf(ends);
  let answered = reportedAnswer;
  if (answered === null && end?.result === 'completed') {
    // Only this one is inferred, so it gives way to what was reported.
    const worked = end.occurredAt - (end.durationMs ?? 0);
    answered = Math.min(end.occurredAt, Math.max(worked, initiated ?? worked, ringing ?? worked));
  }
  return {
    id,
    parents: [...new Set(present(own.map((event) => event.parentLegId)))].sort(),
    direction: firstWord(own.map((event) => event.direction)),
    from: party(own.map((event) => event.from)),
    to: party(own.map((event) => event.to)),
    initiated,
    ringing,
    answered,
    reportedAnswer,
    began: lowest([initiated, ringing, answered, end?.occurredAt ?? null]),
    end,
    ends,
    detection: detectionOf(own),
    agentParam: firstWord(own.map((event) => event.agentParam)),
    campaignParam: firstWord(own.map((event) => event.campaignParam)),
  };
}

const isAgent = (end: Party): boolean => end.kind === 'client' || end.kind === 'sip';
const isNumber = (end: Party): boolean => end.kind === 'tel' || end.kind === 'anonymous';
const outside = (leg: OracleLeg): Party => (leg.direction === 'inbound' ? leg.from : leg.to);
const inside = (leg: OracleLeg): Party => (leg.direction === 'inbound' ? leg.to : leg.from);

interface Roles {
  root: OracleLeg;
  direction: OracleCall['direction'];
  customer: OracleLeg | null;
  beginner: OracleLeg | null;
  others: OracleLeg[];
}

/** Whether an agent is reached from the root without going through a dialled number first. */
function agentBesideCustomer(root: OracleLeg, legs: OracleLeg[]): boolean {
  const throughNumber = (leg: OracleLeg): boolean => {
    const seen = new Set([leg.id]);
    for (let up = leg.parents[0]; up !== undefined && up !== root.id && !seen.has(up); ) {
      seen.add(up);
      const above = legs.find((other) => other.id === up);
      if (above === undefined) return false;
      if (isNumber(above.to) && above.direction !== 'inbound') return true;
      up = above.parents[0];
    }
    return false;
  };
  return legs.some((leg) => leg !== root && isAgent(leg.to) && !throughNumber(leg));
}

function rolesOf(legs: OracleLeg[]): Roles {
  const byId = [...legs].sort((a, b) => (a.id < b.id ? -1 : 1));
  const root = byId.find((leg) => leg.parents.length === 0) ?? byId[0];
  if (root === undefined) throw new Error('a call without legs');
  const rest = byId.filter((leg) => leg !== root);
  const numbers = rest
    .filter((leg) => (leg.direction === 'outbound-api' || leg.direction === 'outbound-dial') && isNumber(leg.to))
    .sort((a, b) => (a.began ?? 0) - (b.began ?? 0) || (a.id < b.id ? -1 : 1));
  const dialled = numbers.find((leg) => leg.answered !== null) ?? numbers[0] ?? null;
  const but = (leg: OracleLeg | null) => rest.filter((other) => other !== leg);
  if (root.direction === null)
    return { root, direction: 'outbound', customer: dialled, beginner: null, others: but(dialled) };
  if (isAgent(outside(root))) {
    const toAgent = rest.some((leg) => isAgent(leg.to)) || (root.direction === 'inbound' && isAgent(root.to));
    const direction = dialled === null && toAgent ? 'internal' : 'outbound';
    return { root, direction, customer: dialled, beginner: root, others: but(dialled) };
  }
  if (root.direction === 'inbound') return { root, direction: 'inbound', customer: root, beginner: null, others: rest };
  if (dialled !== null && !agentBesideCustomer(root, legs)) {
    return { root, direction: 'outbound', customer: dialled, beginner: root, others: but(dialled) };
  }
  return { root, direction: 'outbound', customer: root, beginner: null, others: rest };
}

function names(leg: OracleLeg): string[] {
  const end = outside(leg);
  const param = leg.agentParam === null ? [] : [`identity:${leg.agentParam}`];
  if (end.kind === 'tel') return [...param, `tel:${end.ref}`];
  return isAgent(end) ? [...param, `identity:${textOf(end)}`] : param;
}

function flagsOf(roles: Roles, legs: OracleLeg[], events: OracleEvent[]): string[] {
  const { root, customer, direction } = roles;
  const flags: string[] = [];
  const placing = events.filter((event) => event.type !== 'leg.analysis' && event.type !== 'leg.recording');
  if (placing.some((event) => event.occurredAtReceived)) flags.push('time_received');
  const says = (end: OracleEvent): string => `${end.occurredAt} ${end.result} ${end.durationMs}`;
  if (legs.some((leg) => new Set(leg.ends.map(says)).size > 1)) flags.push('end_conflict');
  if (root.direction === null) flags.push('root_missing');
  if (customer === null) {
    if (direction === 'outbound' && root.end !== null) flags.push('customer_leg_missing');
    return flags.sort();
  }
  const { end, answered, reportedAnswer, ringing, initiated } = customer;
  if (initiated === null && ringing === null) flags.push('start_inferred');
  if (end?.result === 'completed' && end.durationMs === null && reportedAnswer === null) flags.push('duration_missing');
  if (direction === 'outbound') {
    if (ringing === null && (answered !== null || end?.result === 'no-answer')) flags.push('ring_unknown');
    if (end?.result === 'completed' && end.durationMs !== null && answered !== null) {
      if (Math.abs(end.occurredAt - answered - end.durationMs) > 2_000) flags.push('duration_conflict');
    }
  }
  return flags.sort();
}

/** Milliseconds, one by one second at a time would do; spans are cut at every boundary and counted once. */
function bothConnected(from: number, to: number, spans: [number, number][]): number {
  const cuts = [...new Set([from, to, ...spans.flat()])].filter((at) => at >= from && at <= to).sort((a, b) => a - b);
  let sum = 0;
  for (const [i, cut] of cuts.entries()) {
    const next = cuts[i + 1];
    if (next !== undefined && spans.some(([start, end]) => start <= cut && end >= next)) sum += next - cut;
  }
  return sum;
}

function callOf(ids: Set<string>, history: OracleEvent[]): OracleCall {
  const events = history.filter((event) => ids.has(event.legId));
  const legs = [...ids].map((id) => look(id, events));
  const roles = rolesOf(legs);
  const { root, direction, customer, beginner } = roles;
  const staleAt = lowest(events.filter((event) => event.type === 'call.stale').map((event) => event.occurredAt));
  const subject = customer ?? root;
  const over = subject.end?.occurredAt ?? null;
  const joined = roles.others
    .filter((leg) => leg !== beginner && leg.answered !== null)
    .sort((a, b) => (a.answered ?? 0) - (b.answered ?? 0) || (a.id < b.id ? -1 : 1));
  const answeredAt = direction === 'inbound' ? lowest(joined.map((leg) => leg.answered)) : subject.answered;
  const stale = over === null && staleAt !== null;
  const endedAt = over ?? staleAt;
  const earliest = lowest(legs.map((leg) => leg.began)) ?? lowest(events.map((event) => event.occurredAt)) ?? 0;
  const param = (leg: OracleLeg | null): string[] => (leg?.agentParam ? [`identity:${leg.agentParam}`] : []);
  const owners = [...param(customer), ...(beginner === null ? [] : names(beginner)), ...joined.flatMap(names)];
  const far = customer === null ? null : outside(customer);
  const near = customer === null ? null : inside(customer);

  let outcome = 'open';
  if (answeredAt !== null) outcome = 'answered';
  else if (direction === 'inbound') outcome = endedAt === null ? 'open' : 'abandoned';
  else if (over !== null)
    outcome = customer === null ? 'canceled' : (subject.end?.result ?? 'failed').replace('-', '_');
  else if (stale && customer !== null) outcome = 'failed';
  if (customer === null && over === null) outcome = 'open';

  let talkMs = 0;
  if (customer !== null && over !== null) {
    if (direction !== 'inbound') talkMs = answeredAt === null ? 0 : Math.max(0, over - answeredAt);
    else {
      const from = customer.answered ?? customer.began ?? over;
      talkMs = bothConnected(
        from,
        over,
        joined.map((leg) => [leg.answered ?? 0, leg.end?.occurredAt ?? over]),
      );
    }
  }
  const ringEnd = subject.answered ?? over;
  const rang = direction === 'outbound' && customer !== null && customer.ringing !== null && ringEnd !== null;
  const talkers: string[][] = [];
  if (direction === 'outbound' && customer?.answered != null) {
    const { answered } = customer;
    if ((beginner !== null || customer.agentParam !== null) && owners.length > 0) talkers.push(owners);
    for (const leg of joined) {
      const apart =
        (over !== null && (leg.answered ?? 0) > over) || (leg.end !== null && leg.end.occurredAt < answered);
      if (!apart) talkers.push(names(leg));
    }
  }
  return {
    key: root.id,
    direction,
    counted: customer !== null && customer.began !== null && (direction !== 'inbound' || roles.others.length > 0),
    outcome,
    answeredBy: direction === 'outbound' ? (customer?.detection ?? null) : null,
    startedAt: customer?.began ?? earliest,
    answeredAt: customer === null && direction === 'outbound' ? null : answeredAt,
    endedAt,
    ringMs: rang && customer?.ringing != null && ringEnd !== null ? Math.max(0, ringEnd - customer.ringing) : null,
    talkMs,
    stale,
    incomplete: flagsOf(roles, legs, events),
    customerRef: far?.kind === 'tel' ? far.ref : null,
    ownNumber: near?.kind === 'tel' ? near.ref : null,
    owners,
    talkers,
    campaign: customer?.campaignParam ?? root.campaignParam ?? firstWord(legs.map((leg) => leg.campaignParam)),
  };
}

/** Every call of the history, by key. */
export function oracleCalls(history: OracleEvent[]): OracleCall[] {
  return gather(history)
    .map((ids) => callOf(ids, history))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
