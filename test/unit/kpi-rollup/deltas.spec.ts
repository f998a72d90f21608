/**
 * Proves: what is added and taken away again leaves no row; sums by day are the sums of the slots; rows come in one order
 * whatever the order they were added in, so that two writers cannot cross.
 */
import fc from 'fast-check';
import { MEASURE_COLUMNS } from '../../../src/kpi/catalog/index.js';
import { contributionOf } from '../../../src/kpi/rollup/contribution.js';
import { RollupDeltas } from '../../../src/kpi/rollup/rollup.repository.js';
import { anyFact } from './facts.js';

const facts = fc.array(anyFact, { maxLength: 12 });
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

function add(deltas: RollupDeltas, list: Facts, sign: 1 | -1): RollupDeltas {
  for (const fact of list) for (const part of contributionOf(fact)) deltas.add(part, sign);
  return deltas;
}

test('adding and removing cancels, in any order', () => {
  const both = facts.chain((list) =>
    fc.record({ list: fc.constant(list), other: fc.shuffledSubarray(list, { minLength: list.length }) }),
  );
  fc.assert(
    fc.property(both, ({ list, other }) => {
      const deltas = add(add(new RollupDeltas(), list, 1), other, -1);
      expect([deltas.bySlot(), deltas.byDay()]).toEqual([[], []]);
    }),
    { numRuns: 300 },
  );
});

test('a changed call moves the sums by exactly the difference', () => {
  fc.assert(
    fc.property(facts, anyFact, anyFact, (rest, old, now) => {
      const moved = add(add(add(new RollupDeltas(), [...rest, old], 1), [old], -1), [now], 1);
      const fresh = add(new RollupDeltas(), [...rest, now], 1);
      expect(moved.bySlot()).toEqual(fresh.bySlot().map((row) => expect.objectContaining({ measures: row.measures })));
      expect(moved.bySlot().map(keyOf)).toEqual(fresh.bySlot().map(keyOf));
    }),
    { numRuns: 300 },
  );
});

const keyOf = ({ slotStart, businessDate, agentId, teamId, campaignId }: ReturnType<RollupDeltas['bySlot']>[number]) =>
  [slotStart, businessDate, agentId, teamId, campaignId] as const;

test('rows are distinct and in key order, the sums by day are those of the slots', () => {
  fc.assert(
    fc.property(facts, (list) => {
      const deltas = add(new RollupDeltas(), list, 1);
      const compare = (a: ReturnType<typeof keyOf>, b: ReturnType<typeof keyOf>): number => {
        for (const [i, value] of a.entries()) {
          const other = b[i] ?? value;
          if (value !== other) return value < other ? -1 : 1;
        }
        return 0;
      };
      for (const rows of [deltas.bySlot(), deltas.byDay()]) {
        const keys = rows.map(keyOf);
        for (const [i, key] of keys.slice(1).entries()) expect(compare(keys[i] ?? key, key)).toBe(-1);
      }
      const days = new Map<string, number[]>();
      for (const row of deltas.bySlot()) {
        const id = keyOf(row).slice(1).join('|');
        const before = days.get(id) ?? MEASURE_COLUMNS.map(() => 0);
        days.set(
          id,
          MEASURE_COLUMNS.map((column, i) => (before[i] ?? 0) + row.measures[column]),
        );
      }
      expect(
        new Map(
          deltas
            .byDay()
            .map((row) => [keyOf(row).slice(1).join('|'), MEASURE_COLUMNS.map((column) => row.measures[column])]),
        ),
      ).toEqual(days);
    }),
    { numRuns: 300 },
  );
});
