/**
 * Generated event histories: every topology of telephony.md 1.9 that carries ParentCallSid, with transfers, offers,
 * detection, missing and contradicting reports. Undamaged calls carry the truth they were made from, so that they can
 * be checked without any reading of their events.
 */
import fc from 'fast-check';
import type { Detection, OracleEvent, Party } from './event.js';
import { type Specification, specification, type Topology } from './specification.js';
import { addTransfers, BUILD, Builder, type Built, type Leg, SECOND } from './topologies.js';

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

function eventOf(
  leg: Leg,
  type: OracleEvent['type'],
  occurredAt: number,
  more: Partial<OracleEvent> = {},
): OracleEvent {
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

function truthOf(spec: Specification, built: Built): Truth {
  const { direction, root, customer, originator, talkers } = built;
  const named = spec.agentParam?.who ?? null;
  if (direction === 'internal' || customer === null) {
    const outcome = root.ended === null ? 'open' : 'answered';
    const first = lowestOf([root.ringing, root.initiated, ...built.legs.map((leg) => leg.initiated)]);
    return {
      direction,
      counted: false,
      outcome,
      startedAt: first,
      endedAt: root.ended,
      talkMs: 0,
      owner: named ?? originator,
      handlers: [],
      customer: null,
    };
  }
  const offered = built.legs.length > 1;
  const startedAt = customer.initiated ?? customer.ringing ?? 0;
  const owner = named ?? originator ?? talkers[0] ?? null;
  const party = direction === 'inbound' ? customer.from : customer.to;
  const shared = {
    direction,
    startedAt,
    endedAt: customer.ended,
    owner,
    customer: party.kind === 'tel' ? party.ref : null,
  };
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
  return {
    ...shared,
    counted: true,
    outcome,
    talkMs,
    handlers: answered ? [...new Set([...begun, ...talkers])].sort() : [],
  };
}

function lowestOf(values: (number | null)[]): number {
  return Math.min(...values.filter((value) => value !== null));
}

function detectionEvents(spec: Specification, customer: Leg | null, events: OracleEvent[]): OracleEvent[] {
  if (spec.detection === null || customer?.answered == null) return events;
  const { by, via, other } = spec.detection;
  const on = (type: string, value: Detection) =>
    events.map((event) =>
      event.legId === customer.id && event.type === type ? { ...event, answeredBy: value } : event,
    );
  if (via === 'answered' || via === 'ended') return on(`leg.${via}`, by);
  const at = via === 'analysis-before' ? customer.answered - SECOND : customer.answered + 30 * SECOND;
  const analysis = eventOf(customer, 'leg.analysis', at, {
    answeredBy: by,
    direction: null,
    from: { kind: 'none' },
    to: { kind: 'none' },
  });
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
    const ends =
      event.type === 'leg.ended'
        ? { result: result ?? event.result, durationMs: durationS === null ? null : durationS * SECOND }
        : {};
    return [{ ...event, ...ends, occurredAt: event.occurredAt + shiftS * SECOND, occurredAtReceived: receiptTime }];
  });
  const start = Math.min(...kept.map((event) => event.occurredAt));
  const mark = { ...eventOf(root, 'call.stale', start + 14_700 * SECOND), direction: null, parentLegId: null };
  const bare = {
    agentParam: null,
    campaignParam: null,
    from: { kind: 'none' } as Party,
    to: { kind: 'none' } as Party,
  };
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
  if (spec.recorded)
    events.push(
      eventOf(root, 'leg.recording', spec.base, { direction: null, from: { kind: 'none' }, to: { kind: 'none' } }),
    );
  if (events.length === 0) events = [eventOf(root, 'leg.ringing', spec.base)];
  const whole = spec.damage === null && spec.everything;
  return {
    topology: spec.topology,
    rootId: root.id,
    events: damaged(spec, root, events),
    truth: whole ? truthOf(spec, built) : null,
  };
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
      for (const [i, event] of again.entries()) sent.splice((places[i] ?? 0) % (sent.length + 1), 0, event);
      const at = [...new Set([0, ...cuts.filter((cut) => cut < sent.length), sent.length])].sort((a, b) => a - b);
      return at.slice(1).map((to, i) => sent.slice(at[i], to));
    });
}
