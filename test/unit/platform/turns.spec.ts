/**
 * Proves that long work gives way to whoever waits while it lasts, and makes the same of it as if it had not: lists in
 * their order, sorted ones as they would be sorted, JSON byte for byte.
 */
import fc from 'fast-check';
import { eachInTurns, jsonInTurns, mapInTurns, monotonicMs, sortInTurns } from '../../../src/platform/index.js';

const seed = 20_261_123;

/** How often somebody else was heard before `work` had ended. */
async function heardDuring(work: () => Promise<unknown>): Promise<number> {
  let heard = 0;
  let ended = false;
  const listen = (): void => {
    if (ended) return;
    heard += 1;
    setImmediate(listen);
  };
  setImmediate(listen);
  await work();
  ended = true;
  return heard;
}

/** Keeps the processor for so long. */
function busy(ms: number): void {
  const until = monotonicMs() + ms;
  while (monotonicMs() < until);
}

it('others are heard in between', async () => {
  const items = Array.from({ length: 60 }, (_, n) => n);
  expect(await heardDuring(() => eachInTurns(items, () => busy(2)))).toBeGreaterThanOrEqual(5);
  expect(await heardDuring(() => mapInTurns(items, () => busy(2)))).toBeGreaterThanOrEqual(5);
  const slow = {
    rows: Array.from({ length: 6_000 }, (_, n) => ({
      get cell() {
        busy(0.02);
        return n;
      },
    })),
  };
  expect(await heardDuring(() => jsonInTurns(slow))).toBeGreaterThanOrEqual(5);
  const compare = (a: number, b: number): number => {
    busy(0.01);
    return a - b;
  };
  const shuffled = Array.from({ length: 2_000 }, (_, n) => (n * 7_919) % 2_000);
  expect(await heardDuring(() => sortInTurns(shuffled, compare))).toBeGreaterThanOrEqual(5);
});

it('what one of them throws is thrown', async () => {
  const fails = (): never => {
    throw new Error('no');
  };
  await expect(eachInTurns([1], fails)).rejects.toThrow('no');
  await expect(sortInTurns([1, 2], fails)).rejects.toThrow('no');
});

it('lists stay in their order', async () => {
  expect(await mapInTurns(new Set([3, 1, 2]), (n) => n * 2)).toEqual([6, 2, 4]);
});

it('sorted as it would be at once, what is alike in its order', async () => {
  const lists = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3_000, size: 'max' });
  await fc.assert(
    fc.asyncProperty(lists, async (numbers) => {
      const items = numbers.map((key, place) => ({ key, place }));
      const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key;
      expect(await sortInTurns(items, byKey)).toEqual([...items].sort(byKey));
    }),
    { seed, numRuns: 30 },
  );
});

describe('JSON', () => {
  it.each<[string, unknown]>([
    [
      'a report',
      { title: { en: 'Dials', zh: '拨打量' }, sections: [{ rows: [] }, { rows: long(1_234), totals: {} }], note: null },
    ],
    ['what has no word for it', { a: undefined, b: () => 1, c: Symbol('c'), d: [undefined, () => 1], e: Number.NaN }],
    ['long lists of nothing', { rows: Array.from({ length: 250 }, () => undefined) }],
    ['dates and empty ones', { at: new Date(0), of: [[], {}, ''], '': 0 }],
    ['a text', '“=1+1”\u2028\ud800'],
    ['nothing', null],
    ['a list', long(101)],
  ])('of %s', async (_what, value) => {
    expect((await jsonInTurns(value)).toString()).toBe(JSON.stringify(value));
  });

  it('of anything', async () => {
    const values = fc.anything({ maxDepth: 8, withDate: true, withNullPrototype: true, withSparseArray: true });
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expect((await jsonInTurns(value)).toString()).toBe(JSON.stringify(value) ?? 'null');
      }),
      { seed, numRuns: 2_000 },
    );
  });
});

function long(rows: number): object[] {
  return Array.from({ length: rows }, (_, n) => ({
    cells: [`王${n}`, n / 7, null],
    calls: `agent=${n}`,
    of: undefined,
  }));
}
