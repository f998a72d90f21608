/**
 * Proves: worked cases with their arithmetic (test/golden/calls), one per topology and per rule for an edge case. The
 * oracle is held to them too, and every step also comes out when its reports arrive backwards.
 */
import { EDGE_CASES } from '../../golden/calls/edges.js';
import { eventsOf } from '../../golden/calls/notation.js';
import { TIME_CASES } from '../../golden/calls/times.js';
import { TOPOLOGY_CASES } from '../../golden/calls/topologies.js';
import { ORGANISATION, oracleTotals } from '../../oracle/index.js';
import { contributionsOf, factsOf, foldInBatches, settingsOf, sumsOf } from './product.js';

const named = settingsOf(ORGANISATION);

describe.each([
  ['topologies', TOPOLOGY_CASES],
  ['days, slots and zones', TIME_CASES],
  ['edge cases', EDGE_CASES],
])('%s', (_title, cases) => {
  test.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_name, { date, steps }) => {
    const history = steps.map((step) => eventsOf(step.reports, date));
    steps.forEach((step, i) => {
      const soFar = history.slice(0, i + 1);
      expect(sumsOf(contributionsOf(factsOf(soFar.flat(), named)).bySlot(), named)).toEqual(step.sums);
      expect(sumsOf(foldInBatches(soFar, named).deltas.bySlot(), named)).toEqual(step.sums);
      const backwards = soFar
        .flat()
        .reverse()
        .map((event) => [event]);
      expect(sumsOf(foldInBatches(backwards, named).deltas.bySlot(), named)).toEqual(step.sums);
      expect(oracleTotals(soFar.flat(), ORGANISATION).slots).toEqual(step.sums);
    });
  });
});

test('anonymous callers are no customer', () => {
  const golden = TOPOLOGY_CASES.find(({ name }) => name.includes('anonymous'));
  const facts = factsOf(eventsOf(golden?.steps[0]?.reports ?? '', golden?.date ?? ''), named);
  expect(facts.map((fact) => fact.customerRef)).toEqual([null]);
});
