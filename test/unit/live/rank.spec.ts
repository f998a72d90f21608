/** Proves: one's place in the team goes by counts as they are and by rates as they probably are; luck alone is no place. */
import { CurrencySums, emptyMeasures, type Measures } from '../../../src/kpi/catalog/index.js';
import { rankAmong } from '../../../src/live/floor/live-me.js';

function team(people: Readonly<Record<number, Partial<Measures>>>) {
  const sums = new Map(
    Object.entries(people).map(([id, own]) => {
      const all = new CurrencySums();
      all.add('CNY', { ...emptyMeasures(), ...own });
      return [Number(id), all] as const;
    }),
  );
  const peers = [...sums.keys()];
  return (id: number, kpi: string) => rankAmong(id, peers, kpi, { of: (agent) => sums.get(agent) ?? null }, 'CNY');
}

const rank = team({
  1: { dials: 4, connects: 1, sales: 1 },
  2: { dials: 200, connects: 100, sales: 10 },
  3: { dials: 300, connects: 100, sales: 30 },
  4: { dials: 200, connects: 90, sales: 2 },
  5: {},
});

test('a count: equal ones share a place; whoever did nothing is not among them', () => {
  expect([3, 2, 4, 1].map((id) => rank(id, 'dials')?.rank)).toEqual([1, 2, 2, 4]);
  expect(rank(2, 'dials')).toEqual({ kpi: 'dials', rank: 2, of: 4, value: 200, gap: 100 });
  expect(rank(3, 'dials')?.gap).toBeNull();
  expect(rank(5, 'dials')).toBeNull();
});

test('a rate: a sale in the only connect leads nobody, and stands in nobody’s way', () => {
  expect(rank(1, 'conversion_rate')).toBeNull();
  expect([3, 2, 4].map((id) => rank(id, 'conversion_rate')?.rank)).toEqual([1, 2, 3]);
  expect(rank(2, 'conversion_rate')).toMatchObject({ of: 3, value: 0.1 });
});
