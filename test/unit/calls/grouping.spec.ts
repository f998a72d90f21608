/**
 * Proves: which legs make one call, and which of them is its root, depends on the set of parents named and on nothing
 * else: not on order, not on batching, and contradicting or circular parents change that as little as unknown ones.
 */
import fc from 'fast-check';
import { components, deriveCall, joinInto, type LegMap, legOf } from '../../../src/calls/index.js';
import { anyEvent } from './states.js';

type Events = Parameters<typeof legOf>[0][];

function groupsOf(events: Events): string[] {
  const legs: LegMap = new Map();
  joinInto(legs, events.map(legOf));
  return components(legs)
    .map((group) => [...group.keys()].sort().join(''))
    .sort();
}

function shapesOf(events: Events): unknown[] {
  const legs: LegMap = new Map();
  joinInto(legs, events.map(legOf));
  return components(legs)
    .map(deriveCall)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

const events = fc.array(anyEvent, { minLength: 1, maxLength: 8 });
const shuffled = events.chain((list) =>
  fc.record({ list: fc.constant(list), other: fc.shuffledSubarray(list, { minLength: list.length }) }),
);

test('groups are the connected components of the graph of legs and parents', () => {
  fc.assert(
    fc.property(events, (list) => {
      const nodes = [
        ...new Set(list.flatMap((event) => [event.legId, ...(event.parentLegId === null ? [] : [event.parentLegId])])),
      ];
      const reach = (from: string): string => {
        const seen = new Set([from]);
        for (let grown = true; grown; ) {
          grown = false;
          for (const { legId, parentLegId } of list) {
            if (parentLegId === null || seen.has(legId) === seen.has(parentLegId)) continue;
            seen.add(legId).add(parentLegId);
            grown = true;
          }
        }
        return [...seen].sort().join('');
      };
      expect(groupsOf(list)).toEqual([...new Set(nodes.map(reach))].sort());
    }),
    { numRuns: 500 },
  );
});

test('any order gives the same calls, down to every field', () => {
  fc.assert(
    fc.property(shuffled, ({ list, other }) => expect(shapesOf(other)).toEqual(shapesOf(list))),
    { numRuns: 1_000 },
  );
});

test('a repeated event changes nothing', () => {
  fc.assert(
    fc.property(events, (list) => expect(shapesOf([...list, ...list])).toEqual(shapesOf(list))),
    { numRuns: 500 },
  );
});

test('a chain of any depth is one call, rooted at its top, whichever link comes last', () => {
  const [plain] = fc.sample(anyEvent, 1);
  const chain = fc.integer({ min: 2, max: 6 }).chain((length) =>
    fc.shuffledSubarray(
      Array.from({ length }, (_, i) => ({
        ...(plain as Events[number]),
        // The root has the largest id: it cannot be found by its name.
        legId: `leg${9 - i}`,
        parentLegId: i === 0 ? null : `leg${10 - i}`,
      })),
      { minLength: length },
    ),
  );
  fc.assert(
    fc.property(chain, (list) => {
      expect(groupsOf(list)).toHaveLength(1);
      expect(shapesOf(list)).toMatchObject([{ key: 'leg9' }]);
    }),
    { numRuns: 200 },
  );
});

test('a circle of parents is one call, rooted at the smallest id', () => {
  const [plain] = fc.sample(anyEvent, 1);
  const circle = ['C', 'A', 'B'].map((legId, i) => ({
    ...(plain as Events[number]),
    legId,
    parentLegId: ['A', 'B', 'C'][i] ?? null,
  }));
  expect(shapesOf(circle)).toMatchObject([{ key: 'A' }]);
});
