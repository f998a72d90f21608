/** The legs of a call of each topology of telephony.md 1.9, as planned: every instant is set here and nowhere else. */
import type { OracleEvent, Party, Result } from './event.js';
import { AGENT_PHONE } from './organisation.js';
import type { Specification, Topology } from './specification.js';

export interface Leg {
  id: string;
  parent: string | null;
  direction: NonNullable<OracleEvent['direction']>;
  from: Party;
  to: Party;
  initiated: number | null;
  ringing: number | null;
  answered: number | null;
  ended: number | null;
  result: Result;
  agentParam: string | null;
  campaignParam: string | null;
}

export const SECOND = 1_000;
const client = (identity: string): Party => ({ kind: 'client', identity });
const tel = (ref: string): Party => ({ kind: 'tel', ref });

/** Ids in no relation to the order of legs: a parent may sort after its children. */
function idOf(salt: number, call: number, leg: number): string {
  const mixed = Math.imul(salt + 1, 2_654_435_761) ^ Math.imul(call * 31 + leg + 7, 40_503_077);
  return `CA${(mixed >>> 0).toString(16).padStart(8, '0')}x${call}x${leg}`;
}

export class Builder {
  readonly legs: Leg[] = [];
  constructor(
    private readonly spec: Specification,
    private readonly number: number,
  ) {}

  add(parent: Leg | null, fields: Pick<Leg, 'direction' | 'from' | 'to'> & Partial<Leg>): Leg {
    const leg: Leg = {
      id: idOf(this.spec.salt, this.number, this.legs.length),
      parent: parent?.id ?? null,
      initiated: null,
      ringing: null,
      answered: null,
      ended: null,
      result: 'completed',
      agentParam: null,
      campaignParam: null,
      ...fields,
    };
    this.legs.push(leg);
    return leg;
  }
}

/** The customer's leg of an outbound call, as planned. */
function customerTimes(spec: Specification) {
  const initiated = spec.base + spec.offsetS * SECOND;
  const ringing = initiated + spec.queueS * SECOND;
  const reached = spec.result === 'completed';
  const answered = reached ? ringing + spec.ringS * SECOND : null;
  const over = (answered ?? ringing) + (reached ? spec.talkS : spec.ringS) * SECOND;
  return { initiated, ringing, answered, ended: spec.hungUp ? over : null, result: spec.result, over };
}

export interface Built {
  legs: Leg[];
  root: Leg;
  customer: Leg | null;
  originator: string | null;
  talkers: string[];
  direction: 'outbound' | 'inbound' | 'internal';
}

function buildAgentBegun(spec: Specification, builder: Builder): Built {
  const [who = ''] = spec.agents;
  const times = customerTimes(spec);
  const byPhone = spec.topology === 'agent-phone-first';
  const end: Party = byPhone
    ? tel(AGENT_PHONE)
    : spec.topology === 'sip'
      ? { kind: 'sip', identity: who }
      : client(who);
  const dialsIn = spec.topology === 'softphone' || spec.topology === 'sip';
  const root = builder.add(null, {
    direction: dialsIn ? 'inbound' : 'outbound-api',
    from: dialsIn ? end : tel(spec.own),
    to: dialsIn ? (spec.salt % 2 === 0 ? tel(spec.customer) : { kind: 'none' }) : end,
    initiated: dialsIn ? null : times.initiated - 8 * SECOND,
    ringing: times.initiated - 6 * SECOND,
    answered: times.initiated - SECOND,
    ended: spec.hungUp ? times.over + SECOND : null,
  });
  const { over: _over, ...planned } = times;
  const customer = builder.add(root, {
    direction: 'outbound-dial',
    from: tel(spec.own),
    to: tel(spec.customer),
    ...planned,
  });
  return { legs: builder.legs, root, customer, originator: byPhone ? 'chen' : who, talkers: [], direction: 'outbound' };
}

function addOffers(spec: Specification, builder: Builder, root: Leg, from: number): void {
  spec.offers.forEach((result, i) => {
    const to = client(spec.agents[i + 1] ?? '');
    const times = { initiated: from, ringing: from + SECOND, ended: from + (i + 3) * SECOND, result };
    builder.add(root, { direction: 'outbound-dial', from: root.from, to, ...times });
  });
}

function buildPredictive(spec: Specification, builder: Builder): Built {
  const { over, ...planned } = customerTimes(spec);
  const root = builder.add(null, {
    direction: 'outbound-api',
    from: tel(spec.own),
    to: tel(spec.customer),
    ...planned,
  });
  const talkers: string[] = [];
  if (planned.answered !== null) {
    addOffers(spec, builder, root, planned.answered);
    if (spec.taken) {
      const [who = ''] = spec.agents;
      talkers.push(who);
      const answered = Math.min(planned.answered + 5 * SECOND, over);
      const times = { initiated: planned.answered, ringing: planned.answered, answered, ended: planned.ended };
      builder.add(root, { direction: 'outbound-dial', from: tel(spec.own), to: client(who), ...times });
    }
  }
  return { legs: builder.legs, root, customer: root, originator: null, talkers, direction: 'outbound' };
}

function buildInbound(spec: Specification, builder: Builder): Built {
  const began = spec.base + spec.offsetS * SECOND;
  const picked = began + spec.queueS * SECOND;
  const offered = picked + SECOND;
  const answered = spec.taken ? offered + spec.ringS * SECOND : null;
  const over = (answered ?? offered) + spec.talkS * SECOND;
  const root = builder.add(null, {
    direction: 'inbound',
    from: spec.anonymous ? { kind: 'anonymous' } : tel(spec.customer),
    to: tel(spec.own),
    ringing: began,
    answered: picked,
    ended: spec.hungUp ? over : null,
  });
  addOffers(spec, builder, root, offered);
  const talkers: string[] = [];
  if (answered !== null) {
    const [who = ''] = spec.agents;
    talkers.push(who);
    const times = { initiated: offered, ringing: offered, answered, ended: spec.hungUp ? over : null };
    builder.add(root, { direction: 'outbound-dial', from: root.from, to: client(who), ...times });
  }
  return { legs: builder.legs, root, customer: root, originator: null, talkers, direction: 'inbound' };
}

function buildInternal(spec: Specification, builder: Builder): Built {
  const [who = '', other = ''] = spec.agents;
  const times = customerTimes(spec);
  const root = builder.add(null, {
    direction: 'inbound',
    from: client(who),
    to: client(other),
    ringing: times.initiated,
    answered: times.initiated + SECOND,
    ended: times.ended === null ? null : times.ended + SECOND,
  });
  const { over: _over, ...planned } = times;
  builder.add(root, { direction: 'outbound-dial', from: client(who), to: client(other), ...planned });
  return { legs: builder.legs, root, customer: null, originator: who, talkers: [], direction: 'internal' };
}

export const BUILD: Record<Topology, (spec: Specification, builder: Builder) => Built> = {
  softphone: buildAgentBegun,
  sip: buildAgentBegun,
  'agent-first': buildAgentBegun,
  'agent-phone-first': buildAgentBegun,
  predictive: buildPredictive,
  inbound: buildInbound,
  internal: buildInternal,
};

/** Each transfer hangs below the leg before it, so that chains are up to four legs deep. */
export function addTransfers(spec: Specification, builder: Builder, built: Built): void {
  const { customer } = built;
  if (customer?.answered == null) return;
  let above = customer;
  let connected = Math.max(...built.legs.flatMap((leg) => leg.answered ?? []));
  for (const [i, { afterS, answered }] of spec.transfers.entries()) {
    const to = spec.agents[i + 2] ?? '';
    const last = customer.ended ?? customer.answered + spec.talkS * SECOND;
    const from = Math.min(connected + afterS * SECOND, last);
    const pick = Math.min(from + 3 * SECOND, last);
    // Nobody is passed on in the second in which they were answered.
    const taken = answered && pick > connected;
    if (taken) connected = pick;
    const times = taken
      ? { initiated: from, ringing: from, answered: pick, ended: customer.ended }
      : { initiated: from, ringing: from, ended: pick, result: 'no-answer' as const };
    above = builder.add(above, { direction: 'outbound-dial', from: tel(spec.own), to: client(to), ...times });
    if (taken) built.talkers.push(to);
  }
}
