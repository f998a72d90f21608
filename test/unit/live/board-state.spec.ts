/**
 * Proves: from any sequence a screen may hold, one delta brings it to the state of now, whatever happened in between;
 * applying it twice does no harm; the hash of equal states is equal and of different ones is not.
 */
import fc from 'fast-check';
import { BoardState } from '../../../src/live/board-state.js';
import { type LiveState, stateHash } from '../../../src/shared/live.js';

const key = fc.constantFrom('a', 'b', 'c', 'd');
const value = fc.oneof(
  fc.constantFrom<unknown>(null, 0, -0, 1.5, 'x'),
  fc.record({ n: fc.nat(2), list: fc.array(fc.nat(1), { maxLength: 2 }) }),
);
const update = fc.record({ set: fc.dictionary(key, value, { maxKeys: 3 }), unset: fc.subarray(['a', 'b', 'c', 'd']) });
const updates = fc.array(update, { minLength: 1, maxLength: 12 });

function apply(state: LiveState, { set, unset }: { set: LiveState; unset: string[] }): LiveState {
  const next = { ...state, ...set };
  for (const gone of unset) delete next[gone];
  return next;
}

test('a delta from any earlier sequence gives the state of now, applied once or twice', () => {
  fc.assert(
    fc.property(updates, (list) => {
      const board = new BoardState('epoch', 'board:x');
      const held: { seq: number; state: LiveState }[] = [{ seq: 0, state: {} }];
      for (const { set, unset } of list) {
        board.update(set, unset);
        held.push({ seq: board.seq, state: board.state() });
        for (const { seq, state } of held) {
          const delta = board.deltaSince(seq, 1, 2);
          expect([delta.prevSeq, delta.seq]).toEqual([seq, board.seq]);
          const once = apply(state, delta);
          expect(once).toEqual(board.state());
          expect(apply(once, delta)).toEqual(board.state());
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('the sequence moves exactly when something changed', () => {
  fc.assert(
    fc.property(updates, (list) => {
      const board = new BoardState('epoch', 'board:x');
      for (const { set, unset } of list) {
        const [before, seq] = [board.state(), board.seq];
        const changed = board.update(set, unset);
        expect(board.seq).toBe(changed ? seq + 1 : seq);
        if (!changed) expect(board.state()).toEqual(before);
      }
    }),
    { numRuns: 300 },
  );
});

test('it knows its own past, and nobody else', () => {
  const board = new BoardState('mine', 'board:x');
  board.update({ a: 1 });
  board.update({ a: 2 });
  expect([0, 1, 2].map((seq) => board.knows('mine', seq))).toEqual([true, true, true]);
  expect([-1, 3, 1.5, Number.NaN].map((seq) => board.knows('mine', seq))).toEqual([false, false, false, false]);
  expect(board.knows('other', 1)).toBe(false);
});

test('the hash depends on the content alone: not on order, and equally after the way through JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value), fc.dictionary(key, value), (a, b) => {
      const backwards = Object.fromEntries(Object.entries(a).reverse());
      expect(stateHash(backwards)).toBe(stateHash(a));
      expect(stateHash(JSON.parse(JSON.stringify(a)))).toBe(stateHash(a));
      const text = (state: LiveState) =>
        JSON.stringify(['a', 'b', 'c', 'd'].map((name) => [name in state, state[name]]));
      const same = text(a) === text(b);
      expect(stateHash(a) === stateHash(b)).toBe(same);
    }),
    { numRuns: 500 },
  );
});
