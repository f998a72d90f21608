/**
 * Proves how figures become places: the worked example of docs/comparison.md, every mode with its arithmetic here, who has
 * no place and why, money of several currencies, and that people without calls change nobody's place or estimate.
 */
import * as fc from 'fast-check';
import { figureOf } from '../../../src/comparison/figure.js';
import { type Contender, type LeaderboardInput, rankContenders } from '../../../src/comparison/leaderboard.js';
import { comparedRange, periodOf } from '../../../src/comparison/ranges.js';
import { bandOf } from '../../../src/comparison/tenure.js';
import type { KpiValue } from '../../../src/shared/api.js';

type Some = Partial<Omit<Contender, 'key' | 'values'>>;
const contender = (key: string, values: Record<string, KpiValue>, some: Some = {}): Contender => ({
  key,
  values,
  band: null,
  target: null,
  people: null,
  ...some,
});
const rank = (kpi: string, contenders: Contender[], some: Partial<LeaderboardInput> = {}) =>
  rankContenders({ figure: figureOf(kpi), mode: 'raw', per: 'head', currency: null, contenders, ...some });
/** key:rank, or key:why not. */
const places = (ranked: ReturnType<typeof rank>) => ranked.rows.map((row) => `${row.key}:${row.rank ?? row.missing}`);

const converting = (key: string, sales: number, connects: number, some: Some = {}): Contender =>
  contender(key, { sales, connects, conversion_rate: connects === 0 ? null : sales / connects }, some);

describe('raw', () => {
  it('sums as they are, equal ones share a place', () => {
    const dials = (key: string, value: number) => contender(key, { dials: value });
    expect(places(rank('dials', [dials('a', 5), dials('b', 9), dials('c', 5), dials('d', 1)]))).toEqual([
      'b:1',
      'a:2',
      'c:2',
      'd:4',
    ]);
    const busy = (key: string, value: number) => contender(key, { busy: value });
    expect(places(rank('busy', [busy('a', 5), busy('b', 0)]))).toEqual(['b:1', 'a:2']);
  });

  it('the example of the docs: Dee’s 5 of 20 stay behind Bo’s 20 of 100, and a lucky 3 of 3 has no place yet', () => {
    const people = [
      converting('Ada', 30, 200),
      converting('Bo', 20, 100),
      converting('Cy', 11, 100),
      converting('Dee', 5, 20),
      converting('Fay', 14, 120),
      converting('Eve', 3, 3),
    ];
    const ranked = rank('conversion_rate', people);
    expect(places(ranked)).toEqual(['Bo:1', 'Dee:2', 'Ada:3', 'Fay:4', 'Cy:5', 'Eve:not_enough']);
    const [group] = ranked.groups;
    if (group === undefined) throw new Error('A rate was compared without a group');
    const { rate, strength } = group.group;
    expect([group.group.people, group.group.trials]).toEqual([5, 540]);
    expect(rate).toBeCloseTo(0.15117, 5);
    expect(strength).toBeCloseTo(112, 0);
    const shown = ranked.rows.map(({ estimate }) => estimate && [estimate.value, estimate.low, estimate.high]);
    const inDocs = [
      [0.174, 0.133, 0.219],
      [0.166, 0.116, 0.222],
      [0.15, 0.118, 0.185],
      [0.133, 0.099, 0.172],
      [0.132, 0.096, 0.172],
      null,
    ];
    expect(shown.map((bounds) => bounds?.map((bound) => Math.round(bound * 1000) / 1000) ?? null)).toEqual(inDocs);
    // Each estimate again, by hand, from the group as it is given out.
    for (const row of ranked.rows.filter(({ rank }) => rank !== null)) {
      const [k, n] = [row.numerator ?? 0, row.denominator ?? 0];
      expect(row.estimate?.value).toBeCloseTo((k + strength * rate) / (n + strength), 12);
      expect(row.estimate?.ownWeight).toBeCloseTo(n / (n + strength), 12);
    }
    // Dee's own rate is 25 %, Bo's 20 %: the estimate keeps Dee behind.
    expect(ranked.rows.find(({ key }) => key === 'Dee')?.value).toBe(0.25);
  });

  it('averages need a minimum behind them, time an hour', () => {
    const talk = (key: string, seconds: number, ended: number) =>
      contender(key, { talk_s: seconds, connects_ended: ended, avg_talk_s: ended === 0 ? null : seconds / ended });
    expect(places(rank('avg_talk_s', [talk('a', 900, 9), talk('b', 1_000, 10), talk('c', 0, 0)]))).toEqual([
      'b:1',
      'a:not_enough',
      'c:not_enough',
    ]);
    const hourly = (key: string, sales: number, seconds: number) =>
      contender(key, {
        sales,
        inbound_sales: 0,
        other_sales: 0,
        logged_in_s: seconds,
        sales_per_hour: seconds === 0 ? null : sales / (seconds / 3_600),
      });
    expect(places(rank('sales_per_hour', [hourly('a', 2, 7_200), hourly('b', 3, 3_599)]))).toEqual([
      'a:1',
      'b:not_enough',
    ]);
  });

  it('a ratio whose parts are no figures is compared as it is', () => {
    const touched = (key: string, rate: number) => contender(key, { touch_rate: rate });
    expect(figureOf('touch_rate')).toMatchObject({ kind: 'sum', minimum: null });
    expect(places(rank('touch_rate', [touched('a', 0.4), touched('b', 0.6)]))).toEqual(['b:1', 'a:2']);
  });

  it('money is compared in one currency; an amount in another has no place', () => {
    const yuan = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });
    const people = [
      contender('a', { revenue: yuan(500) }),
      contender('b', { revenue: [yuan(700), { amountMinor: 9_900, currency: 'USD' }] }),
      contender('c', { revenue: { amountMinor: 100_000, currency: 'USD' } }),
    ];
    expect(places(rank('revenue', people, { currency: 'CNY' }))).toEqual(['b:1', 'a:2', 'c:no_value']);
    expect(places(rank('revenue', people, { currency: 'USD' }))).toEqual(['c:1', 'b:2', 'a:no_value']);
  });
});

describe('the other modes', () => {
  it('improved: rates by the difference of the estimates, sums relative to before, only with enough then', () => {
    const people = [
      contender('a', { dials: 120 }, { previous: { dials: 100 } }),
      contender('b', { dials: 30 }, { previous: { dials: 20 } }),
      contender('c', { dials: 90 }, { previous: { dials: 9 } }),
      contender('d', { dials: 90 }),
    ];
    const ranked = rank('dials', people, { mode: 'improved' });
    expect(places(ranked)).toEqual(['b:1', 'a:2', 'c:no_previous', 'd:no_previous']);
    expect(ranked.rows.map(({ change }) => change)).toEqual([0.5, 0.19999999999999996, null, null]);

    const rates = [
      converting('up', 20, 100, { previous: { sales: 10, connects: 100, conversion_rate: 0.1 } }),
      converting('down', 10, 100, { previous: { sales: 20, connects: 100, conversion_rate: 0.2 } }),
      converting('new', 20, 100, { previous: { sales: 1, connects: 1, conversion_rate: 1 } }),
    ];
    const byRate = rank('conversion_rate', rates, { mode: 'improved' });
    expect(places(byRate)).toEqual(['up:1', 'down:2', 'new:no_previous']);
    const [first] = byRate.rows;
    expect(first?.change).toBeCloseTo((first?.estimate?.value ?? 0) - (first?.previous?.estimate?.value ?? 0), 12);
    expect(first?.change).toBeGreaterThan(0);
  });

  it('of target: the part that is reached, where low is good the other way round', () => {
    const people = [
      contender('a', { dials: 60 }, { target: 50 }),
      contender('b', { dials: 80 }, { target: 100 }),
      contender('c', { dials: 500 }),
    ];
    const ranked = rank('dials', people, { mode: 'of_target' });
    expect(places(ranked)).toEqual(['a:1', 'b:2', 'c:no_target']);
    expect(ranked.rows.map(({ target }) => target?.attainment)).toEqual([1.2, 0.8, undefined]);
    const complaints = [
      contender('a', { complaints: 4 }, { target: 2 }),
      contender('b', { complaints: 0 }, { target: 2 }),
      contender('c', { complaints: 1 }, { target: 2 }),
    ];
    expect(places(rank('complaints', complaints, { mode: 'of_target' }))).toEqual(['c:1', 'b:2', 'a:3']);
  });

  it('teams: per head or as a total', () => {
    const teams = [contender('big', { sales: 30 }, { people: 10 }), contender('small', { sales: 20 }, { people: 4 })];
    expect(places(rank('sales', teams, { mode: 'team' }))).toEqual(['small:1', 'big:2']);
    expect(places(rank('sales', teams, { mode: 'team', per: 'total' }))).toEqual(['big:1', 'small:2']);
    expect(rank('sales', teams, { mode: 'team' }).rows.map(({ perHead }) => perHead)).toEqual([5, 3]);
  });

  it('by tenure: places and groups of their own, longest-known bands in order', () => {
    const people = [
      converting('old', 30, 100, { band: 'over_12' }),
      converting('new', 5, 100, { band: 'under_1' }),
      converting('other', 10, 100, { band: 'under_1' }),
      converting('nobody knows', 10, 100, { band: 'unknown' }),
    ];
    const ranked = rank('conversion_rate', people, { mode: 'tenure' });
    expect(places(ranked)).toEqual(['other:1', 'new:2', 'old:1', 'nobody knows:1']);
    expect(ranked.groups.map(({ band, group }) => [band, group.people])).toEqual([
      ['under_1', 2],
      ['over_12', 1],
      ['unknown', 1],
    ]);
  });
});

it('people without calls and the order of the list change no place and no digit', () => {
  const person = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }));
  const modes = fc.constantFrom('raw', 'improved', 'of_target', 'tenure');
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 15 }), fc.nat({ max: 6 }), modes, (people, idle, mode) => {
      const everybody = people.map(([a, b, c, d], index) =>
        converting(`p${index}`, Math.min(a, b), Math.max(a, b), {
          previous: { sales: Math.min(c, d), connects: Math.max(c, d), conversion_rate: 0.5 },
          target: 0.1,
          band: index % 2 === 0 ? 'under_1' : 'over_12',
        }),
      );
      const nobody = Array.from({ length: idle }, (_, index) => converting(`idle${index}`, 0, 0, { band: 'under_1' }));
      const alone = rank('conversion_rate', everybody, { mode });
      const among = rank('conversion_rate', [...nobody, ...everybody].reverse(), { mode });
      const byKey = (ranked: typeof alone) =>
        new Map(ranked.rows.map((row) => [row.key, [row.rank, row.estimate, row.score, row.change]]));
      const found = byKey(among);
      for (const [key, row] of byKey(alone)) expect(found.get(key)).toEqual(row);
      for (const { key } of nobody) expect(found.get(key)?.[0]).toBeNull();
    }),
    { seed: 20_261_126 },
  );
});

describe('ranges', () => {
  it('the period before is as long as what is over of this one', () => {
    expect(comparedRange({}, '2026-03-12')).toEqual({
      from: '2026-03-12',
      to: '2026-03-13',
      previous: { from: '2026-03-11', to: '2026-03-12' },
      unfinished: true,
    });
    // Twelve days of March are over or under way, so twelve of February stand beside them.
    expect(comparedRange({ from: '2026-03-01', to: '2026-04-01' }, '2026-03-12').previous).toEqual({
      from: '2026-02-17',
      to: '2026-03-01',
    });
    expect(comparedRange({ from: '2026-02-01', to: '2026-03-01' }, '2026-03-12')).toMatchObject({
      previous: { from: '2026-01-04', to: '2026-02-01' },
      unfinished: false,
    });
    expect(() => comparedRange({ from: '2026-02-02', to: '2026-02-02' }, '2026-03-12')).toThrow();
  });

  it.each([
    ['2026-03-12', '2026-03-13', 'day'],
    ['2026-03-09', '2026-03-16', 'week'],
    ['2026-03-10', '2026-03-17', null],
    ['2026-02-01', '2026-03-01', 'month'],
    ['2026-04-01', '2026-07-01', 'quarter'],
    ['2026-05-01', '2026-08-01', null],
    ['2026-01-01', '2027-01-01', 'year'],
  ])('%s to %s is a %s', (from, to, period) => {
    expect(periodOf({ from, to })).toBe(period);
  });

  it.each([
    [null, 'unknown'],
    ['2026-03-01', 'under_1'],
    ['2026-02-12', 'from_1_to_3'],
    ['2026-02-13', 'under_1'],
    ['2025-12-12', 'from_3_to_12'],
    ['2025-03-13', 'from_3_to_12'],
    ['2025-03-12', 'over_12'],
    ['2026-09-01', 'under_1'],
  ])('who began on %s is in %s on 12 March 2026', (from, band) => {
    expect(bandOf(from, '2026-03-12')).toBe(band);
  });
});
