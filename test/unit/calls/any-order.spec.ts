/**
 * Proves: whatever the order, repetition and batching of any event history, the calls and their sums are the same, and
 * equal to a brute-force oracle that imports nothing of the product; whole calls equal what really happened.
 */
import fc from 'fast-check';
import { arbitraryCalls, arbitraryDelivery, ORGANISATION, oracleTotals } from '../../oracle/index.js';
import { contributionsOf, factsOf, foldInBatches, settingsOf, sumsOf } from './product.js';

const named = settingsOf(ORGANISATION);
const nameOf = (agentId: number): string => named.agents[agentId] ?? '?';

test('calls equal the oracle, field by field', () => {
  fc.assert(
    fc.property(arbitraryCalls(), (calls) => {
      const history = calls.flatMap((call) => call.events);
      const expected = oracleTotals(history, ORGANISATION).calls;
      const facts = factsOf(history, named);
      expect(facts.map((fact) => fact.key)).toEqual(expected.map((call) => call.key));
      facts.forEach((fact, i) => {
        const call = expected[i];
        expect({
          key: fact.key,
          direction: fact.direction,
          counted: fact.counted,
          outcome: fact.outcome,
          answeredBy: fact.answeredBy,
          startedAt: fact.startedAt,
          answeredAt: fact.answeredAt,
          endedAt: fact.endedAt,
          ringMs: fact.ringMs,
          talkMs: fact.talkMs,
          stale: fact.stale,
          incomplete: fact.incomplete,
          customerRef: fact.customerRef,
          agent: nameOf(fact.agentId),
          team: named.teams[fact.teamId],
          campaign: named.campaigns[fact.campaignId],
          date: fact.businessDate,
          slot: fact.slotStart,
          handlers: fact.handled.map((by) => `${nameOf(by.agent)} ${named.teams[by.team]} ${by.date}`).sort(),
        }).toEqual({
          key: call?.key,
          direction: call?.direction,
          counted: call?.counted,
          outcome: call?.outcome,
          answeredBy: call?.answeredBy,
          startedAt: call?.startedAt,
          answeredAt: call?.answeredAt,
          endedAt: call?.endedAt,
          ringMs: call?.ringMs,
          talkMs: call?.talkMs,
          stale: call?.stale,
          incomplete: call?.incomplete,
          customerRef: call?.customerRef,
          agent: call?.agent,
          team: call?.team,
          campaign: call?.campaignName,
          date: call?.date,
          slot: call?.slot,
          handlers: call?.handlers.map((by) => `${by.agent} ${by.team} ${by.date}`).sort(),
        });
      });
    }),
    { numRuns: 500 },
  );
});

test('a call of which everything was reported is what really happened', () => {
  fc.assert(
    fc.property(arbitraryCalls(3), (calls) => {
      for (const { events, truth, topology } of calls) {
        if (truth === null) continue;
        const [fact, ...more] = factsOf(events, named);
        expect(more).toEqual([]);
        const agentOf = (identity: string | null) =>
          ORGANISATION.agents.find((agent) => agent.addresses.includes(`identity:${identity}`))?.name ?? 'Unassigned';
        expect({
          topology,
          direction: fact?.direction,
          counted: fact?.counted,
          outcome: fact?.outcome,
          startedAt: fact?.startedAt,
          endedAt: fact?.endedAt,
          talkMs: fact?.talkMs,
          owner: nameOf(fact?.agentId ?? -1),
          handlers: fact?.handled.map((by) => nameOf(by.agent)).sort(),
          customer: fact?.customerRef,
        }).toEqual({ topology, ...truth, owner: agentOf(truth.owner), handlers: truth.handlers.map(agentOf).sort() });
      }
    }),
    { numRuns: 500 },
  );
});

test('any order, repetition and batching gives the same calls and the sums of the oracle', () => {
  const deliveries = arbitraryCalls().chain((calls) =>
    fc.record({ calls: fc.constant(calls), batches: arbitraryDelivery(calls) }),
  );
  fc.assert(
    fc.property(deliveries, ({ calls, batches }) => {
      const history = calls.flatMap((call) => call.events);
      const whole = factsOf(history, named);
      const folded = foldInBatches(batches, named);
      expect(folded.facts).toEqual(whole);
      const sums = sumsOf(folded.deltas.bySlot(), named);
      expect(sums).toEqual(sumsOf(contributionsOf(whole).bySlot(), named));
      expect(sums).toEqual(oracleTotals(history, ORGANISATION).slots);
    }),
    { numRuns: 400 },
  );
});
