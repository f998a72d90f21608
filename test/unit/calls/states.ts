/** Arbitrary leg states and events, without any regard to what a phone system could mean by them. */
import fc from 'fast-check';
import { type CallEvent, joinLegs, type LegState, legOf } from '../../../src/calls/index.js';

const instant = fc.option(fc.integer({ min: 0, max: 6 }), { freq: 3 });
const id = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const party = fc.oneof(
  fc.constantFrom<CallEvent['from']>({ kind: 'none' }, { kind: 'anonymous' }),
  fc.constantFrom('1', '2', '10').map((ref) => ({ kind: 'tel' as const, ref })),
  fc.constantFrom('ada', 'bo').map((identity) => ({ kind: 'client' as const, identity })),
  fc.constantFrom('ada', 'bo').map((identity) => ({ kind: 'sip' as const, identity })),
);
const word = fc.option(fc.constantFrom('x', 'y', 'z'), { freq: 2 });

/** Events of one small set of legs: parents contradict each other, run in circles, name the leg itself. */
export const anyEvent: fc.Arbitrary<CallEvent> = fc.record({
  provider: fc.constant('p'),
  account: fc.constant('a'),
  type: fc.constantFrom<CallEvent['type']>(
    'leg.initiated',
    'leg.ringing',
    'leg.answered',
    'leg.ended',
    'leg.analysis',
    'leg.recording',
    'call.stale',
  ),
  legId: id,
  parentLegId: fc.option(id),
  direction: fc.constantFrom<CallEvent['direction']>(null, 'inbound', 'outbound-api', 'outbound-dial'),
  sequence: instant,
  result: fc.constantFrom<CallEvent['result']>(null, 'completed', 'no-answer', 'busy', 'invalid'),
  durationMs: instant,
  answeredBy: fc.constantFrom<CallEvent['answeredBy']>(null, 'human', 'machine', 'fax', 'unknown'),
  agentParam: word,
  campaignParam: word,
  occurredAt: fc.integer({ min: 0, max: 6 }),
  occurredAtReceived: fc.boolean(),
  from: party,
  to: party,
});

/** Any state of leg A that events can lead to. */
export const anyState: fc.Arbitrary<LegState> = fc
  .array(anyEvent, { minLength: 1, maxLength: 6 })
  .map((events) => events.map((event) => legOf({ ...event, legId: 'A' })).reduce(joinLegs));
