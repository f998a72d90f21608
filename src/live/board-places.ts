/** Places of a leaderboard by what each one's rate probably is, over those a board counts. Pure. */
import { compareGroup, figureOf, operandsOf } from '../comparison/index.js';
import type { CurrencySums } from '../kpi/catalog/index.js';
import type { BoardPlaces } from '../shared/live.js';

export interface Contender {
  id: number;
  sums: CurrencySums;
}

/** Null: the KPI is no rate, so that its own value is fair already. */
export function fairPlaces(kpi: string, contenders: readonly Contender[], currency: string): BoardPlaces | null {
  const figure = figureOf(kpi);
  if (figure.kind !== 'rate') return null;
  const operands = operandsOf(figure);
  const values = contenders.map(({ sums }) => Object.fromEntries(operands.map((id) => [id, sums.value(id, currency)])));
  const { rows } = compareGroup(figure, values, currency);
  const estimated = rows.flatMap(({ estimate }, index) => {
    const id = contenders[index]?.id;
    return estimate === null || id === undefined
      ? []
      : [{ id, value: estimate.value, low: estimate.low, high: estimate.high }];
  });
  const isLessBetter = figure.definition.goodDirection === 'down';
  estimated.sort((a, b) => (isLessBetter ? a.value - b.value : b.value - a.value) || a.id - b.id);
  const waiting = rows.filter(({ enough, denominator }) => !enough && (denominator ?? 0) > 0).length;
  return {
    places: estimated.map((one) => ({ ...one, rank: 1 + estimated.findIndex(({ value }) => value === one.value) })),
    waiting,
  };
}
