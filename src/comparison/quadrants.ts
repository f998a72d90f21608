/** Activity × rate of a group, parted at the medians. Pure. */
import type { EstimateView, Quadrant } from '../shared/comparison.js';
import { compareGroup, type Values } from './compare.js';
import { type Figure, numberOf } from './figure.js';
import { medianOf, type PeerGroup } from './statistics/index.js';

export interface Plotted {
  key: string;
  x: number;
  rate: number | null;
  numerator: number | null;
  denominator: number | null;
  estimate: EstimateView | null;
  quadrant: Quadrant | null;
}

export interface Plot {
  group: PeerGroup | null;
  /** Of those with enough calls for an estimate; null: there is nobody. */
  medians: { x: number; y: number } | null;
  people: Plotted[];
}

export interface PlotInput {
  x: string;
  y: Figure;
  people: readonly { key: string; values: Values }[];
}

export function plotPeople({ x, y, people }: PlotInput): Plot {
  const { group, rows } = compareGroup(
    y,
    people.map(({ values }) => values),
    null,
  );
  const points = people.map(({ key, values }, index) => {
    const row = rows[index];
    return {
      key,
      x: numberOf(values[x], null) ?? 0,
      rate: numberOf(row?.value, null),
      numerator: row?.numerator ?? null,
      denominator: row?.denominator ?? null,
      estimate: row?.estimate ?? null,
    };
  });
  const drawn = points.flatMap((point) => (point.estimate === null ? [] : { x: point.x, y: point.estimate.value }));
  const middle = { x: medianOf(drawn.map((one) => one.x)), y: medianOf(drawn.map((one) => one.y)) };
  const medians = middle.x === null || middle.y === null ? null : { x: middle.x, y: middle.y };
  return {
    group,
    medians,
    people: points.map((point) => ({ ...point, quadrant: quadrantOf(point, medians) })),
  };
}

/** At the middle counts as above it: of three people alike in everything nobody is below. */
function quadrantOf(point: Omit<Plotted, 'quadrant'>, medians: Plot['medians']): Quadrant | null {
  if (medians === null || point.estimate === null) return null;
  const active = point.x >= medians.x;
  const converts = point.estimate.value >= medians.y;
  if (active) return converts ? 'star' : 'diligent';
  return converts ? 'potential' : 'attention';
}
