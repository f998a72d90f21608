import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { BoardTile } from '../../../src/shared/boards.js';
import type { BoardAgent, BoardHour, BoardSale } from '../../../src/shared/live.js';
import { readableLabels } from '../../../web/src/charts/to-chart.js';
import { CelebrationQueue } from '../../../web/src/wallboard/celebration-queue.js';
import { callsPath } from '../../../web/src/wallboard/drill.js';
import {
  compareWithOwn,
  compareWithUsual,
  figureEms,
  figureParts,
  figureText,
} from '../../../web/src/wallboard/figure-model.js';
import {
  attentionOf,
  countActivities,
  floorGrid,
  floorOrder,
  namedActivities,
  stepOf,
} from '../../../web/src/wallboard/floor-model.js';
import { expectedNow, hourColumns, towardsTarget } from '../../../web/src/wallboard/hour-model.js';
import { formOf } from '../../../web/src/wallboard/kpi-forms.js';
import { lyingPlan, uprightPlan } from '../../../web/src/wallboard/page-plan.js';
import { MOVEMENT_MS, RankHistory, type RankRule, rankAgents } from '../../../web/src/wallboard/ranking.js';
import { latestSales } from '../../../web/src/wallboard/sales-model.js';

const HOUR = 3_600_000;

const figure = formOf;

function agent(id: number, change: Partial<BoardAgent> = {}): BoardAgent {
  return {
    id,
    name: `agent ${id}`,
    team: 'A',
    isNew: false,
    activity: 'idle',
    since: 0,
    dials: 1,
    connects: 0,
    effective: 0,
    talkSeconds: 0,
    connectRate: 0,
    inboundAnswered: 0,
    ranked: true,
    attainment: {},
    values: { effective: change.effective ?? 0, connects: change.connects ?? 0 },
    ...change,
  };
}

describe('a page on an upright screen', () => {
  const tile = (id: string, kind: 'figure' | 'floor' | 'hours', x: number, y: number) =>
    ({ id, kind, x, y, w: 12, h: 7, title: null, options: {} }) as unknown as BoardTile;
  test('has its figures in pairs, then the wide tiles, the floor last', () => {
    const page = [tile('floor', 'floor', 0, 14), tile('b', 'figure', 12, 0), tile('a', 'figure', 0, 0)];
    const { areas } = uprightPlan([...page, tile('c', 'figure', 0, 7), tile('hours', 'hours', 24, 14)], false);
    expect(Object.fromEntries(areas)).toEqual({
      a: '1 / 1 / 2 / 2',
      b: '1 / 2 / 2 / 3',
      c: '2 / 1 / 3 / 3',
      hours: '3 / 1 / 4 / 3',
      floor: '4 / 1 / 5 / 3',
    });
  });
  test('lies as it was arranged, with more room for a crowded floor', () => {
    const { areas, rows } = lyingPlan([tile('floor', 'floor', 4, 14)], true);
    expect(areas.get('floor')).toBe('15 / 5 / 22 / 17');
    expect(rows.split(') ').map((row) => row.includes('1.2fr'))).toEqual(
      Array.from({ length: 26 }, (_, row) => row >= 14 && row < 21),
    );
  });
});

test('money is written with its currency, several side by side, and compared by amount', () => {
  const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });
  expect(figureText('money', cny(9_999_00), 'zh')).toBe('¥9,999');
  expect(figureText('money', cny(129_95), 'zh')).toBe('¥129.95');
  expect(figureText('money', [cny(100_00), { amountMinor: 5, currency: 'JPY' }], 'en')).toBe('CN¥100 + ¥5');
  expect(figureText('money_per_hour', cny(80_00), 'zh')).toBe('¥80/小时');
  expect(figureText('per_hour', 12.34, 'en')).toBe('12.3/h');
  expect(figureText('money', null, 'en')).toBe('—');
  expect(compareWithUsual(figure('revenue'), cny(150), 100, 'en')).toMatchObject({ trend: 'up', size: '50%' });
  expect(compareWithUsual(figure('avg_deal'), cny(150_00), 100_00, 'zh')).toMatchObject({ trend: 'up', size: '¥50' });
  expect(compareWithUsual(figure('revenue'), [cny(1), cny(2)], 100, 'en')).toBeNull();
});

test('longer figures are estimated wider, so that they are set smaller', () => {
  const ems = (value: number) => figureEms(figureParts('duration', value, 'zh'));
  expect(ems(367_500)).toBeGreaterThan(ems(7_500));
  expect(figureEms(figureParts('count', 12_345, 'en'))).toBeCloseTo(5 * 0.64 + 0.29);
});

describe('hours', () => {
  const hours = (count: number, change: (hour: number) => Partial<BoardHour>): BoardHour[] =>
    Array.from({ length: count }, (_, i) => ({
      start: i * HOUR,
      dials: 0,
      connects: 0,
      effective: 0,
      talkSeconds: 0,
      expectedDials: null,
      ...change(i),
    }));

  test('show the working day only, with past, present and future', () => {
    const day = hours(24, (hour) => (hour >= 9 && hour <= 19 ? { expectedDials: 50 } : {}));
    const columns = hourColumns(day.reverse(), 14.5 * HOUR);
    expect(columns.map((column) => column.start / HOUR)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(columns.map((column) => column.phase[0]).join('')).toBe('pppppnfffff');
    expect(expectedNow(day, 14.5 * HOUR)).toBe(50);
  });
  test('are at least eight, within the day', () => {
    for (const now of [0, 5, 12, 23]) {
      for (const length of [23, 24, 25]) {
        if (now >= length) continue;
        const columns = hourColumns(
          hours(length, () => ({})),
          now * HOUR,
        );
        expect(columns).toHaveLength(8);
        expect(columns.some((column) => column.start === now * HOUR && column.phase === 'now')).toBe(true);
      }
    }
  });
  test('of an unknown day are none', () => {
    expect(hourColumns([], 0)).toEqual([]);
    expect(expectedNow([], 0)).toBeNull();
  });
});

const RULE: RankRule = { kpi: 'effective', isLessBetter: false, second: 'connects', isSecondLessBetter: false };

describe('ranks', () => {
  test('least first where less is better; nobody without a value, and nobody who does not want to be shown', () => {
    const missed = (id: number, value: number | null) => agent(id, { values: { no_answer: value } });
    const rule = { kpi: 'no_answer', isLessBetter: true, second: null, isSecondLessBetter: false };
    const agents = [missed(1, 4), missed(2, 2), missed(3, null), { ...missed(4, 1), ranked: false }];
    expect(rankAgents(agents, rule)).toEqual([
      { id: 2, rank: 1 },
      { id: 1, rank: 2 },
    ]);
  });
  test('by what is reached of one’s own target: more is better, whatever the KPI; nobody without a target', () => {
    const agents = [
      agent(1, { attainment: { aht_s: 0.7 } }),
      agent(2, { attainment: { aht_s: 1.2 } }),
      agent(3, { attainment: { aht_s: null } }),
    ];
    const rule = { kpi: 'aht_s', isLessBetter: true, second: null, isSecondLessBetter: false, mode: 'target' } as const;
    expect(rankAgents(agents, rule).map(({ id }) => id)).toEqual([2, 1]);
  });
  test('by effective, then connects; equal results share a rank', () => {
    const agents = [
      agent(1, { effective: 2, connects: 5 }),
      agent(2, { effective: 3, connects: 3 }),
      agent(3, { effective: 2, connects: 9 }),
      agent(4, { effective: 2, connects: 5, name: 'a' }),
      agent(5, { dials: 0 }),
      agent(6, { effective: 1 }),
    ];
    expect(rankAgents(agents, RULE)).toEqual([
      { id: 2, rank: 1 },
      { id: 3, rank: 2 },
      { id: 4, rank: 3 },
      { id: 1, rank: 3 },
      { id: 6, rank: 5 },
    ]);
  });
  test('movement is over the last quarter of an hour', () => {
    const history = new RankHistory();
    const order = (...ids: number[]) => ids.map((id, index) => ({ id, rank: index + 1 }));
    history.record(order(1, 2, 3), 0);
    history.record(order(3, 1, 2), 60_000);
    expect(history.movement({ id: 3, rank: 1 })).toBe(2);
    expect(history.movement({ id: 1, rank: 2 })).toBe(-1);
    expect(history.movement({ id: 9, rank: 4 })).toBe(0);
    history.record(order(3, 1, 2), 60_000 + MOVEMENT_MS);
    expect(history.movement({ id: 3, rank: 1 })).toBe(0);
  });
});

describe('the floor', () => {
  test('fits any number of agents into its box', () => {
    const side = fc.double({ min: 50, max: 4_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        side,
        side,
        fc.double({ min: 0, max: 20, noNaN: true }),
        (count, width, height, ems) => {
          const gap = Math.min(width, height) / 1_000;
          const grid = floorGrid(count, { width, height, gap }, 29, ems);
          expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count);
          expect(grid.columns * grid.cellWidth + (grid.columns - 1) * gap).toBeLessThanOrEqual(width + 1e-6);
          expect(grid.rows * grid.cellHeight + (grid.rows - 1) * gap).toBeLessThanOrEqual(height + 1e-6);
          expect(grid.type).toBeGreaterThan(0);
        },
      ),
    );
  });
  test('on a 1080p television: 40 agents at 18 px and more, 300 at 9 px and more', () => {
    const box = { width: 1_220, height: 340, gap: 6 };
    expect(floorGrid(40, box, 29, 3.2).type).toBeGreaterThan(18);
    expect(floorGrid(300, { ...box, height: 390, gap: 3.5 }, 29, 3.2).type).toBeGreaterThan(9);
    expect(floorGrid(1, box, 44, 7).detail).toBe('word');
  });
  test('seats stay where they are when figures change', () => {
    const agents = [agent(1, { team: 'B' }), agent(2, { name: 'z' }), agent(3, { name: 'b' })];
    expect(floorOrder(agents)).toEqual([3, 2, 1]);
    expect(floorOrder(agents.map((a) => ({ ...a, dials: a.dials + 5, activity: 'talking' as const })))).toEqual([
      3, 2, 1,
    ]);
    expect(countActivities(agents)).toMatchObject({ talking: 0, dialing: 0, idle: 3, absent: 0 });
  });
  test('waiting is marked from 60 s and 300 s on, talking never', () => {
    expect([59_999, 60_000, 300_000].map((ms) => attentionOf('idle', ms))).toEqual(['none', 'long', 'very-long']);
    expect(attentionOf('talking', 900_000)).toBe('none');
    expect([600, 900].map((seconds) => attentionOf('paused', seconds * 1_000))).toEqual(['long', 'very-long']);
    const own = { available: [5, 10], on_call: [1], wrap_up: [7], paused: [9] };
    expect([9_000, 10_000].map((ms) => attentionOf('available', ms, own))).toEqual(['long', 'very-long']);
    expect(attentionOf('wrap_up', 7_000, own)).toBe('very-long');
    expect(stepOf('talking', 400_000)).toEqual({ step: 3, of: 3 });
    expect(attentionOf('offline', 9e9)).toBe('none');
  });
  test('the legend names states once anybody has told one', () => {
    const named = (...activities: BoardAgent['activity'][]) =>
      namedActivities(countActivities(activities.map((activity, id) => agent(id, { activity }))));
    expect(named('talking', 'idle')).toEqual(['talking', 'dialing', 'idle', 'absent']);
    expect(named('talking', 'idle', 'paused')).toEqual([
      'talking',
      'dialing',
      'wrap_up',
      'available',
      'idle',
      'paused',
    ]);
  });
});

test('labels above bars never touch', () => {
  const width = (text: string) => text.length * 10;
  const data = [5, 90, 7, 20];
  const directLabels = ['5', '90', '7', '20'];
  expect(readableLabels({ data, directLabels }, 40, width)).toEqual([0, 1, 2, 3]);
  // Too narrow for "90": the highest and the newest remain, when they are apart.
  expect(readableLabels({ data, directLabels }, 15, width)).toEqual([1, 3]);
  expect(readableLabels({ data, directLabels }, 8, width)).toEqual([3]);
  expect(readableLabels({ data: [], directLabels: [] }, 8, width)).toEqual([]);
});

describe('sales that interrupt', () => {
  const sale = (id: string, seenAt: number, more: Partial<BoardSale> = {}): BoardSale => ({
    id,
    at: seenAt,
    seenAt,
    agentId: 1,
    name: 'Ada',
    team: 'A',
    amount: { amountMinor: 100, currency: 'CNY' },
    isNews: true,
    ...more,
  });

  test('each once, one every eight seconds, at most three waiting', () => {
    const queue = new CelebrationQueue();
    queue.connected([], 1_000);
    const sales = ['a', 'b', 'c', 'd', 'e'].map((id, place) => sale(id, 2_000 + place));
    queue.offer(sales.slice(0, 1));
    expect(queue.at(2_100)?.id).toBe('a');
    queue.offer(sales);
    const shown = Array.from({ length: 200 }, (_, tick) => queue.at(2_100 + tick * 250)?.id ?? '-').join('');
    // "e" found three waiting and stayed on the ticker.
    expect(shown.replace(/(.)\1*/g, '$1')).toBe('a-b-c-d-');
    queue.offer(sales);
    expect(queue.at(99_000)).toBeNull();
  });
  test('nothing that was there before, was missed, is no news, or was taken back', () => {
    const queue = new CelebrationQueue();
    const old = sale('old', 500);
    queue.connected([old], 1_000);
    // In the answer to a reconnection, with what was missed meanwhile.
    const missed = sale('missed', 900);
    const taken = sale('taken', 2_000);
    queue.offer([old, missed, sale('small', 2_000, { isNews: false }), taken]);
    queue.offer([old, missed]);
    expect(queue.at(2_500)).toBeNull();
    queue.connected([old, missed], 5_000);
    queue.offer([old, missed, sale('new', 5_100)]);
    expect(queue.at(5_200)?.id).toBe('new');
    // Cancelled while it is shown: it goes at once.
    queue.offer([old, missed]);
    expect(queue.at(5_300)).toBeNull();
  });
  test('the newest are first on the ticker', () => {
    expect(latestSales([sale('a', 1), sale('b', 3), sale('c', 2)]).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });
});

test('a figure beside the organisation’s target: by what is expected now, rates by the target itself', () => {
  const own = { target: 100, expectedNow: 40, expectedShare: 0.4 };
  expect(compareWithOwn(figure('dials'), 50, own, 'en')).toMatchObject({
    comparison: { trend: 'up', size: '25%' },
    reached: 0.5,
    markShare: 0.4,
  });
  const rate = { target: 0.1, expectedNow: null, expectedShare: null };
  expect(compareWithOwn(figure('conversion_rate'), 0.08, rate, 'en')).toMatchObject({
    comparison: { trend: 'down', size: '2', unit: 'points' },
    reached: null,
  });
});

test('hours expected towards a target add up to it', () => {
  const hours = [10, 30, null].map((expectedDials) => ({ expectedDials }));
  expect(towardsTarget(hours, 80).map(({ expectedDials }) => expectedDials)).toEqual([20, 60, null]);
  expect(towardsTarget(hours, null)).toEqual(hours);
  expect(towardsTarget([{ expectedDials: null }], 80)).toEqual([{ expectedDials: null }]);
});

test('a figure opens the calls, or the outcomes, of exactly its day', () => {
  const day = { dayStart: 0, dayEnd: 86_400_000 };
  const range = 'from=1970-01-01T00%3A00%3A00.000Z&to=1970-01-02T00%3A00%3A00.000Z';
  expect(callsPath(day, { direction: 'outbound', agent: 7 })).toBe(`/calls?${range}&direction=outbound&agent=7`);
  expect(callsPath(day, { measure: 'connects' })).toBe(`/calls?${range}&measure=connects`);
  expect(callsPath(day, { measure: 'sales', agent: 7 })).toBe(`/outcomes?${range}&measure=sales&agent=7`);
  expect(formOf('conversion_rate').opens).toBe('connects');
  for (const id of ['sales', 'revenue', 'complaints', 'dnc', 'callbacks_due']) {
    expect([formOf(id).opens, callsPath(undefined, { measure: id })]).toEqual([id, `/outcomes?measure=${id}`]);
  }
});
