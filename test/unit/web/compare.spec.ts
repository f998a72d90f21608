/** Proves what the comparison page asks for and draws: ranges of its periods, points and arrows, names that touch nothing. */
import * as fc from 'fast-check';
import type { QuadrantsView } from '../../../src/shared/comparison.js';
import { labelPlaces } from '../../../web/src/charts/scatter-marks.js';
import { rangeOf, shownFrom } from '../../../web/src/compare/address.js';
import { scaleOf } from '../../../web/src/compare/interval-scale.js';
import { PLOT_COLOURS, plotSpec } from '../../../web/src/compare/plot-model.js';
import { datesText } from '../../../web/src/compare/texts.js';

// 22 November 2026 is a Sunday, 23 a Monday.
test.each([
  ['today', '2026-11-22', '2026-11-22', '2026-11-23'],
  ['yesterday', '2026-11-22', '2026-11-21', '2026-11-22'],
  ['week', '2026-11-22', '2026-11-16', '2026-11-23'],
  ['week', '2026-11-23', '2026-11-23', '2026-11-30'],
  ['lastWeek', '2026-11-23', '2026-11-16', '2026-11-23'],
  ['month', '2026-12-31', '2026-12-01', '2027-01-01'],
  ['lastMonth', '2026-01-15', '2025-12-01', '2026-01-01'],
  ['days7', '2026-11-22', '2026-11-16', '2026-11-23'],
  ['days30', '2026-11-22', '2026-10-24', '2026-11-23'],
] as const)('%s on %s is %s to %s', (period, today, from, to) => {
  expect(rangeOf(period, today)).toEqual({ from, to });
});

test('the address is read with what is sensible for the rest; targets have whole periods only', () => {
  const read = (text: string) => shownFrom(new URLSearchParams(text));
  expect(read('')).toMatchObject({ tab: 'leaderboard', mode: 'raw', period: 'week', kpi: 'dials', team: null });
  expect(read('mode=of_target')).toMatchObject({ period: 'today' });
  expect(read('mode=of_target&period=days30')).toMatchObject({ period: 'today' });
  expect(read('mode=of_target&period=lastMonth')).toMatchObject({ period: 'lastMonth' });
  expect(read('mode=fastest&period=never&team=-3&x=y')).toMatchObject({
    mode: 'raw',
    period: 'week',
    team: null,
    x: 'dials',
  });
});

test('dates in words, both ends inclusive', () => {
  expect(datesText({ from: '2026-11-16', to: '2026-11-23' }, 'zh')).toBe('2026年11月16日至2026年11月22日');
  expect(datesText({ from: '2026-11-22', to: '2026-11-23' }, 'en')).toBe('November 22, 2026');
});

test('all intervals fit the one scale of a list', () => {
  const scale = scaleOf([
    { value: 0.1, low: 0.05, high: 0.2, ownWeight: 0.5 },
    { value: 0.3, low: 0.25, high: 0.38, ownWeight: 0.5 },
  ]);
  expect(scale.from).toBeLessThan(0.05);
  expect(scale.to).toBeGreaterThan(0.38);
});

test('points are those with a quadrant; arrows come from before, unless switched off', () => {
  const estimate = { value: 0.2, low: 0.1, high: 0.3, ownWeight: 0.5 };
  const person = { team: null, rate: 0.2, numerator: 20, denominator: 100, x: 50 };
  const view = {
    medians: { x: 50, y: 0.2 },
    people: [
      {
        ...person,
        agent: { id: 1, name: 'Ada' },
        estimate,
        quadrant: 'diligent',
        previous: { x: 40, y: 0.1, quadrant: 'star' },
      },
      { ...person, agent: { id: 2, name: 'Bo' }, estimate: null, quadrant: null, previous: null },
    ],
  } as unknown as QuadrantsView;
  const texts = { xTitle: 'x', yTitle: 'y', quadrant: (q: string) => q, xText: String, yText: String };
  const drawn = (movement: boolean) => plotSpec(view, texts, PLOT_COLOURS.light, { movement, fontPx: 13 }).points;
  expect(drawn(true)).toMatchObject([{ x: 50, y: 0.2, label: 'Ada', from: { x: 40, y: 0.1 }, look: 1 }]);
  expect(drawn(false)[0]?.from).toBeNull();
});

test('names are written inside the picture and touch neither each other nor a point', () => {
  const area = { left: 0, top: 0, right: 400, bottom: 300 };
  const point = fc.record({
    x: fc.nat({ max: 400 }),
    y: fc.nat({ max: 300 }),
    width: fc.integer({ min: 10, max: 90 }),
  });
  const size = 13;
  fc.assert(
    fc.property(fc.array(point, { maxLength: 25 }), (points) => {
      const boxes = labelPlaces(points, area, size).flatMap((place, index) =>
        place === null ? [] : [{ ...place, width: points[index]?.width ?? 0 }],
      );
      for (const [index, one] of boxes.entries()) {
        expect(one.x).toBeGreaterThanOrEqual(0);
        expect(one.x + one.width).toBeLessThanOrEqual(400);
        expect(one.y).toBeGreaterThanOrEqual(0);
        expect(one.y + size).toBeLessThanOrEqual(300);
        const overlaps = (x: number, y: number, width: number, height: number) =>
          one.x < x + width && x < one.x + one.width && one.y < y + height && y < one.y + size;
        expect(boxes.slice(index + 1).some((other) => overlaps(other.x, other.y, other.width, size))).toBe(false);
        expect(points.some(({ x, y }) => overlaps(x - 6, y - 6, 12, 12))).toBe(false);
      }
    }),
    { seed: 20_261_127 },
  );
});
