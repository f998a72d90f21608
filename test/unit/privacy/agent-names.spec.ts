/**
 * Proves: an agent's name goes from events and legs wherever it stands and nothing else does; and where events of a leg
 * contradict each other about who was on it, the join of the renamed events is the renamed join, whichever name sorts first.
 */
import fc from 'fast-check';
import { joinLegs, type LegState, legOf } from '../../../src/calls/index.js';
import { type StoredFields, toCallEvent } from '../../../src/ingest/index.js';
import { levelled, renamedFields, renamedLeg } from '../../../src/privacy/agent-names.js';

const NAMES = new Map([['ann', 'erased-1']]);

test('names are replaced as agent, as softphone and as SIP user, and only whole ones', () => {
  const fields: StoredFields = {
    country: 'CN',
    agent: 'ann',
    from: { kind: 'client', identity: 'ann' },
    to: { kind: 'sip', identity: 'anna' },
    campaign: 'ann',
  };
  expect(renamedFields(fields, NAMES)).toEqual({
    ...fields,
    agent: 'erased-1',
    from: { kind: 'client', identity: 'erased-1' },
  });
  const number: StoredFields = { country: 'CN', from: { kind: 'tel', ref: '7' }, to: { kind: 'anonymous' } };
  expect(renamedFields(number, NAMES)).toEqual(number);
});

const name = fc.constantFrom('ann', 'aaa', 'erased-0', 'zoe');
const party = fc.oneof(
  name.map((identity) => ({ kind: 'client' as const, identity })),
  name.map((identity) => ({ kind: 'sip' as const, identity })),
  fc.constantFrom('3', '7').map((ref) => ({ kind: 'tel' as const, ref })),
);
const event = fc.record({ agent: name, from: party, to: party }, { requiredKeys: [] });

const legOfFields = (fields: StoredFields): LegState =>
  legOf(
    toCallEvent({
      provider: 'twilio',
      account: 'AC',
      type: 'leg.ringing',
      legId: 'L',
      parentLegId: null,
      partition: 0,
      occurredAt: 1,
      fields,
    }),
  );

const joined = (events: StoredFields[]): LegState => events.map(legOfFields).reduce(joinLegs);

test('the join of renamed events is the renamed join', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), (events) => {
      const before = events.map((fields): StoredFields => ({ country: 'CN', ...fields }));
      const leg = renamedLeg(joined(before), NAMES);
      const after = before.map((fields) => levelled(renamedFields(fields, NAMES), leg));
      expect(joined(after)).toEqual(leg);
      expect(JSON.stringify(after)).not.toContain('"ann"');
    }),
    { numRuns: 2_000 },
  );
});
