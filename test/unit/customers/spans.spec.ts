/** Proves: at every instant a customer has the owner whom the latest assignment gave them, and never two. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assign, type Span } from '../../../src/customers/ownership/spans.js';

const END = 100;
const span = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.nat(END - 1), fc.option(fc.integer({ min: 1, max: END }), { nil: null }))
  .map(([agentId, from, length]): Span => ({ agentId, from, until: length === null ? null : from + length }));

/** Owner of every instant, painted one after the other. Open ends hold up to the next span there is. */
function painted(given: readonly Span[]): number[] {
  const owner = new Array<number>(END * 2).fill(0);
  let starts: number[] = [];
  for (const { agentId, from, until } of given) {
    const next = starts.filter((start) => start > from).sort((a, b) => a - b)[0];
    const to = Math.min(until ?? next ?? END * 2, END * 2);
    for (let at = from; at < to; at++) owner[at] = agentId;
    starts = owner.flatMap((who, at) => (who !== 0 && who !== (owner[at - 1] ?? 0) ? [at] : []));
  }
  return owner;
}

test('spans say what painting one assignment after the other says', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (given) => {
      const spans = given.reduce<Span[]>((all, one) => assign(all, one), []);
      const owner = new Array<number>(END * 2).fill(0);
      let overlaps = false;
      for (const { agentId, from, until } of spans) {
        for (let at = from; at < Math.min(until ?? END * 2, END * 2); at++) {
          overlaps ||= owner[at] !== 0;
          owner[at] = agentId;
        }
      }
      expect(overlaps).toBe(false);
      expect(owner).toEqual(painted(given));
    }),
    { seed: 20260322, numRuns: 500 },
  );
});

test('an open end stops at the next owner; a given one cuts into those there are', () => {
  const ann: Span = { agentId: 1, from: 10, until: null };
  const later: Span = { agentId: 2, from: 50, until: null };
  expect(assign([later], ann)).toEqual([{ agentId: 1, from: 10, until: 50 }, later]);
  expect(assign([ann], { agentId: 2, from: 20, until: 30 })).toEqual([
    { agentId: 1, from: 10, until: 20 },
    { agentId: 2, from: 20, until: 30 },
    { agentId: 1, from: 30, until: null },
  ]);
  expect(assign([ann], { agentId: 0, from: 20, until: null })).toEqual([{ agentId: 1, from: 10, until: 20 }]);
  expect(assign([ann], { agentId: 1, from: 20, until: null })).toEqual([ann]);
});
