/**
 * Generated event histories: every topology of telephony.md 1.9 that carries ParentCallSid, with transfers, offers,
 * detection, missing and contradicting reports. Undamaged calls carry the truth they were made from, so that they can
 * be checked without any reading of their events.
 */
import fc from 'fast-check';
import type { Detection, OracleEvent, Party, Result } from './event.js';
import { AGENT_PHONE, BASES, CUSTOMERS, IDENTITIES, OWN_NUMBERS } from './organisation.js';

export const TOPOLOGIES = [
  'softphone',
  'sip',
  'agent-first',
  'agent-phone-first',
  'predictive',
  'inbound',
  'internal',
] as const;
export type Topology = (typeof TOPOLOGIES)[number];

/** What really happened; only for calls of which everything was reported. */
export interface Truth {
  direction: 'outbound' | 'inbound' | 'internal';
  counted: boolean;
  outcome: string;
  startedAt: number;
  endedAt: number | null;
  talkMs: number;
  owner: string | null;
  handlers: string[];
  customer: string | null;
}

export interface GeneratedCall {
  topology: Topology;
  rootId: string;
  events: OracleEvent[];
  truth: Truth | null;
}

interface Leg {
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

const SECOND = 1_000;
const client = (identity: string): Party => ({ kind: 'client', identity });
const tel = (ref: string): Party => ({ kind: 'tel', ref });

function eventOf(leg: Leg, type: OracleEvent['type'], occurredAt: number, more: Partial<OracleEvent> = {}): OracleEvent {
  return {
    provider: 'twilio',
    account: 'AC1',
    type,
    legId: leg.id,
    parentLegId: leg.parent,
    direction: leg.direction,
    sequence: null,
    result: null,
    durationMs: null,
    answeredBy: null,
    agentParam: leg.agentParam,
    campaignParam: leg.campaignParam,
    occurredAt,
    occurredAtReceived: false,
    from: leg.from,
    to: leg.to,
    ...more,
  };
}

/** Everything a phone system reports of a leg, or only its end (Twilio's default subscription). */
function reportsOf(leg: Leg, everything: boolean): OracleEvent[] {
  const events: OracleEvent[] = [];
  if (everything) {
    if (leg.initiated !== null) events.push(eventOf(leg, 'leg.initiated', leg.initiated, { sequence: 0 }));
    if (leg.ringing !== null) events.push(eventOf(leg, 'leg.ringing', leg.ringing, { sequence: 1 }));
    if (leg.answered !== null) events.push(eventOf(leg, 'leg.answered', leg.answered, { sequence: 2 }));
  }
  if (leg.ended !== null) {
    const durationMs = leg.answered === null ? null : leg.ended - leg.answered;
    events.push(eventOf(leg, 'leg.ended', leg.ended, { sequence: 3, result: leg.result, durationMs }));
  }
  return events;
}

const agent = fc.constantFrom(...IDENTITIES);
const RESULTS = ['completed', 'completed', 'completed', 'no-answer', 'busy', 'failed', 'canceled', 'invalid'] as const;

const specification = fc.record({
  topology: fc.constantFrom(...TOPOLOGIES),
  salt: fc.nat(0xffff),
  base: fc.constantFrom(...BASES),
  /** Seconds from the base; often a boundary itself. */
  offsetS: fc.oneof(fc.integer({ min: -7_300, max: 7_300 }), fc.constantFrom(0, -1, 1, 900, -900, 3_600, -3_600, 1_800)),
  agents: fc.uniqueArray(agent, { minLength: 4, maxLength: 4 }),
  customer: fc.constantFrom(...CUSTOMERS),
  anonymous: fc.constantFrom(false, false, false, true),
  own: fc.constantFrom(...OWN_NUMBERS),
  queueS: fc.nat(3),
  ringS: fc.nat(40),
  talkS: fc.oneof(fc.nat(20), fc.constantFrom(59, 60, 61, 89, 90, 299, 300, 301), fc.nat(5_000)),
  result: fc.constantFrom(...RESULTS),
  hungUp: fc.constantFrom(true, true, true, false),
  everything: fc.constantFrom(true, true, true, false),
  detection: fc.option(
    fc.record({
      by: fc.constantFrom<Detection>('human', 'machine', 'fax', 'unknown'),
      via: fc.constantFrom('answered', 'ended', 'analysis-before', 'analysis-after'),
      other: fc.option(fc.constantFrom<Detection>('human', 'machine', 'unknown'), { freq: 3 }),
    }),
    { freq: 2 },
  ),
  agentParam: fc.option(fc.record({ on: fc.constantFrom('customer', 'root'), who: agent }), { freq: 2 }),
  campaign: fc.constantFrom(null, null, 'spring', 'default'),
  offers: fc.array(fc.constantFrom<Result>('no-answer', 'canceled', 'busy'), { maxLength: 2 }),
  taken: fc.boolean(),
  transfers: fc.array(fc.record({ afterS: fc.nat(600), answered: fc.boolean() }), { maxLength: 2 }),
  recorded: fc.constantFrom(false, false, true),
  damage: fc.option(
    fc.record({
      lost: fc.array(fc.nat(40), { maxLength: 4 }),
      contradictions: fc.array(
        fc.record({
          which: fc.nat(40),
          shiftS: fc.integer({ min: -5, max: 90 }),
          result: fc.option(fc.constantFrom<Result>('completed', 'no-answer', 'busy', 'canceled')),
          durationS: fc.option(fc.nat(400)),
          receiptTime: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
      stale: fc.boolean(),
    }),
    { freq: 2 },
  ),
});
type Specification = typeof specification extends fc.Arbitrary<infer T> ? T : never;

/** Ids in no relation to the order of legs: a parent may sort after its children. */
function idOf(salt: number, call: number, leg: number): string {
  const mixed = Math.imul(salt + 1, 2_654_435_761) ^ Math.imul(call * 31 + leg + 7, 40_503_077);
  return `CA${(mixed >>> 0).toString(16).padStart(8, '0')}x${call}x${leg}`;
}

class Builder {
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

interface Built {
  legs: Leg[];
  root: Leg;
  customer: Leg | null;
  originator: string | null;
  talkers: string[];
  direction: Truth['direction'];
}

function buildAgentBegun(spec: Specification, builder: Builder): Built {
  const [who = ''] = spec.agents;
  const times = customerTimes(spec);
  const byPhone = spec.topology === 'agent-phone-first';
  const end: Party = byPhone ? tel(AGENT_PHONE) : spec.topology === 'sip' ? { kind: 'sip', identity: who } : client(who);
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
  const customer = builder.add(root, { direction: 'outbound-dial', from: tel(spec.own), to: tel(spec.customer), ...planned });
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
  const root = builder.add(null, { direction: 'outbound-api', from: tel(spec.own), to: tel(spec.customer), ...planned });
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

const BUILD: Record<Topology, (spec: Specification, builder: Builder) => Built> = {
  softphone: buildAgentBegun,
  sip: buildAgentBegun,
  'agent-first': buildAgentBegun,
  'agent-phone-first': buildAgentBegun,
  predictive: buildPredictive,
  inbound: buildInbound,
  internal: buildInternal,
};

/** Each transfer hangs below the leg before it, so that chains are up to four legs deep. */
function addTransfers(spec: Specification, builder: Builder, built: Built): void {
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

function truthOf(spec: Specification, built: Built): Truth {
  const { direction, root, customer, originator, talkers } = built;
  const named = spec.agentParam?.who ?? null;
  if (direction === 'internal' || customer === null) {
    const outcome = root.ended === null ? 'open' : 'answered';
    const first = lowestOf([root.ringing, root.initiated, ...built.legs.map((leg) => leg.initiated)]);
    return { direction, counted: false, outcome, startedAt: first, endedAt: root.ended, talkMs: 0, owner: named ?? originator, handlers: [], customer: null };
  }
  const offered = built.legs.length > 1;
  const startedAt = customer.initiated ?? customer.ringing ?? 0;
  const owner = named ?? originator ?? talkers[0] ?? null;
  const party = direction === 'inbound' ? customer.from : customer.to;
  const shared = { direction, startedAt, endedAt: customer.ended, owner, customer: party.kind === 'tel' ? party.ref : null };
  if (direction === 'inbound') {
    const joined = built.legs.filter((leg) => leg !== root && leg.answered !== null);
    const from = joined.length === 0 ? null : lowestOf(joined.map((leg) => leg.answered));
    const outcome = from !== null ? 'answered' : customer.ended === null ? 'open' : 'abandoned';
    const talkMs = from === null || customer.ended === null ? 0 : customer.ended - from;
    return { ...shared, counted: offered, outcome, talkMs, handlers: [] };
  }
  const answered = customer.answered !== null;
  const outcome = answered ? 'answered' : customer.ended === null ? 'open' : customer.result.replace('-', '_');
  const talkMs = customer.answered === null || customer.ended === null ? 0 : customer.ended - customer.answered;
  const begun = originator !== null || named !== null ? [owner ?? ''] : [];
  return { ...shared, counted: true, outcome, talkMs, handlers: answered ? [...new Set([...begun, ...talkers])].sort() : [] };
}

function lowestOf(values: (number | null)[]): number {
  return Math.min(...values.filter((value) => value !== null));
}

function detectionEvents(spec: Specification, customer: Leg | null, events: OracleEvent[]): OracleEvent[] {
  if (spec.detection === null || customer?.answered == null) return events;
  const { by, via, other } = spec.detection;
  const on = (type: string, value: Detection) =>
    events.map((event) => (event.legId === customer.id && event.type === type ? { ...event, answeredBy: value } : event));
  if (via === 'answered' || via === 'ended') return on(`leg.${via}`, by);
  const at = via === 'analysis-before' ? customer.answered - SECOND : customer.answered + 30 * SECOND;
  const analysis = eventOf(customer, 'leg.analysis', at, { answeredBy: by, direction: null, from: { kind: 'none' }, to: { kind: 'none' } });
  return [...(other === null ? events : on('leg.ended', other)), analysis];
}

function damaged(spec: Specification, root: Leg, events: OracleEvent[]): OracleEvent[] {
  if (spec.damage === null) return events;
  const { lost, contradictions, stale } = spec.damage;
  const gone = new Set(lost.map((n) => n % events.length));
  const kept = events.filter((_, i) => !gone.has(i) || gone.size === events.length);
  const added = contradictions.flatMap(({ which, shiftS, result, durationS, receiptTime }) => {
    const event = kept[which % kept.length];
    if (event === undefined) return [];
    const ends = event.type === 'leg.ended' ? { result: result ?? event.result, durationMs: durationS === null ? null : durationS * SECOND } : {};
    return [{ ...event, ...ends, occurredAt: event.occurredAt + shiftS * SECOND, occurredAtReceived: receiptTime }];
  });
  const start = Math.min(...kept.map((event) => event.occurredAt));
  const mark = { ...eventOf(root, 'call.stale', start + 14_700 * SECOND), direction: null, parentLegId: null };
  const bare = { agentParam: null, campaignParam: null, from: { kind: 'none' } as Party, to: { kind: 'none' } as Party };
  return [...kept, ...added, ...(stale ? [{ ...mark, ...bare, provider: 'tallyboard', account: 'tallyboard' }] : [])];
}

export function generate(spec: Specification, number: number): GeneratedCall {
  const builder = new Builder(spec, number);
  const built = BUILD[spec.topology](spec, builder);
  addTransfers(spec, builder, built);
  const { root, customer, legs } = built;
  const named = spec.agentParam?.on === 'customer' ? (customer ?? root) : root;
  if (spec.agentParam !== null) named.agentParam = spec.agentParam.who;
  if (spec.campaign !== null) (customer ?? root).campaignParam = spec.campaign;
  let events = legs.flatMap((leg) => reportsOf(leg, spec.everything));
  events = detectionEvents(spec, customer, events);
  if (spec.recorded) events.push(eventOf(root, 'leg.recording', spec.base, { direction: null, from: { kind: 'none' }, to: { kind: 'none' } }));
  if (events.length === 0) events = [eventOf(root, 'leg.ringing', spec.base)];
  const whole = spec.damage === null && spec.everything;
  return { topology: spec.topology, rootId: root.id, events: damaged(spec, root, events), truth: whole ? truthOf(spec, built) : null };
}

/** Up to `most` calls, sharing customers and agents, never leg ids. */
export function arbitraryCalls(most = 5): fc.Arbitrary<GeneratedCall[]> {
  return fc.array(specification, { minLength: 1, maxLength: most }).map((specs) => specs.map(generate));
}

/** All events of the calls, some repeated, in any order, cut into batches. */
export function arbitraryDelivery(calls: GeneratedCall[]): fc.Arbitrary<OracleEvent[][]> {
  const events = calls.flatMap((call) => call.events);
  return fc
    .record({
      order: fc.shuffledSubarray(events, { minLength: events.length }),
      again: fc.subarray(events),
      places: fc.array(fc.nat(1_000), { minLength: events.length, maxLength: events.length }),
      cuts: fc.array(fc.nat(2 * events.length), { maxLength: 6 }),
    })
    .map(({ order, again, places, cuts }) => {
      const sent = [...order];
      again.forEach((event, i) => sent.splice((places[i] ?? 0) % (sent.length + 1), 0, event));
      const at = [...new Set([0, ...cuts.filter((cut) => cut < sent.length), sent.length])].sort((a, b) => a - b);
      return at.slice(1).map((to, i) => sent.slice(at[i], to));
    });
}
