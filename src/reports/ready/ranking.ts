/** People or teams held against each other by a rate, as leaderboards do: docs/comparison.md says how. Pure. */
import { compareGroup, figureOf, INTERVAL_LEVEL, operandsOf, ranksOf } from '../../comparison/index.js';
import type { Localised } from '../../shared/api.js';
import type { DocumentRow, ReportCell, ReportColumn, ReportRow } from '../../shared/reports.js';
import { assigned, column, kpiColumn, labelOf } from './tables.js';
import { both, fill, same } from './words.js';

type Compared = ReturnType<typeof compareGroup>['rows'][number];

export interface Placed extends Compared {
  row: ReportRow;
  /** Null: too few calls for a place. */
  rank: number | null;
}

export interface Ranking {
  kpi: string;
  /** Least denominator for a place. */
  minimum: number;
  /** Best first, those without a place at the end. */
  people: Placed[];
  /** How many have a place. */
  placed: number;
}

/** KPIs that have to be asked for. */
export const rankingKpis = (kpi: string): string[] => operandsOf(figureOf(kpi));

export function rankingOf(kpi: string, rows: readonly ReportRow[]): Ranking {
  const figure = figureOf(kpi);
  const people = assigned(rows);
  const group = compareGroup(
    figure,
    people.map(({ values }) => values),
    null,
  );
  const ranks = ranksOf(
    group.rows.map(({ comparable }) => comparable),
    figure.definition.goodDirection,
  );
  const last = Number.MAX_SAFE_INTEGER;
  const placed = group.rows.flatMap((compared, index): Placed[] => {
    const row = people[index];
    return row === undefined ? [] : [{ ...compared, row, rank: ranks[index] ?? null }];
  });
  return {
    kpi,
    minimum: figure.minimum ?? 0,
    people: placed.sort((a, b) => (a.rank ?? last) - (b.rank ?? last)),
    placed: placed.filter(({ rank }) => rank !== null).length,
  };
}

export function rankingColumns(kpi: string, who: ReportColumn): ReportColumn[] {
  const { under, over } = figureOf(kpi);
  return [
    who,
    column('place', both('Place', '名次'), 'count'),
    ...[...under, ...over].map((id) => kpiColumn(id)),
    kpiColumn(kpi),
    column('estimate', both('Estimate', '估计值'), 'fraction'),
    column('low', both('From', '下限'), 'fraction'),
    column('high', both('To', '上限'), 'fraction'),
  ];
}

export function rankingRow(kpi: string, { row, rank, estimate, value }: Placed, calls?: string): DocumentRow {
  const { under, over } = figureOf(kpi);
  const cells: ReportCell[] = [
    labelOf(row),
    rank,
    ...[...under, ...over].map((id) => row.values[id] ?? null),
    value,
    estimate?.value ?? null,
    estimate?.low ?? null,
    estimate?.high ?? null,
  ];
  return calls === undefined ? { cells } : { cells, calls };
}

export function rankingNote(minimum: number): Localised {
  return fill(
    both(
      'In the order of the estimate: the own rate pulled towards that of all the more, the fewer calls there are. From–to holds it {level} of the time. Fewer than {minimum} calls: no place.',
      '按估计值排序：通话越少，越向整体水平收缩；上下限为 {level} 区间。通话不足 {minimum} 次者不排名。',
    ),
    { level: same(`${INTERVAL_LEVEL * 100}%`), minimum },
  );
}
