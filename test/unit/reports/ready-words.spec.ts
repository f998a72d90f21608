/**
 * Proves what ready-made reports say where there is little to say: what reads ±0 has no direction, nothing is put together
 * as "all others" out of nothing, and tables without rows say what will appear in them. Figures are worked out by hand.
 */
import { teamComparison } from '../../../src/reports/ready/reports/team-comparison.js';
import { whatChanged } from '../../../src/reports/ready/reports/what-changed.js';
import type { ReportResult, ReportRow, TableSection } from '../../../src/shared/reports.js';

type Counts = readonly [connects: number, sales: number];
const figures = ([connects, sales]: Counts) => ({
  dials: connects * 2,
  connects,
  sales,
  conversion_rate: connects === 0 ? null : sales / connects,
});
const row = (key: string, now: Counts, before: Counts): ReportRow => ({
  keys: [key],
  labels: [{ en: key, zh: key }],
  values: figures(now),
  compared: figures(before),
});
const result = (rows: ReportRow[], now: Counts = [0, 0], before: Counts = [0, 0]): ReportResult => ({
  asOf: '2026-11-23T00:00:00.000Z',
  timeZone: 'UTC',
  from: '2026-11-16T00:00:00.000Z',
  to: '2026-11-23T00:00:00.000Z',
  dates: { from: '2026-11-16', to: '2026-11-23' },
  compared: { from: '2026-11-09T00:00:00.000Z', to: '2026-11-16T00:00:00.000Z' },
  spec: { range: { preset: 'last_week' }, kpis: [], groupBy: [], filters: {}, compare: 'previous' },
  rows,
  totals: figures(now),
  comparedTotals: figures(before),
});
const dates = { from: '2026-11-16', to: '2026-11-23' };
const tables = ({ sections }: { sections: readonly { kind: string }[] }): TableSection[] =>
  sections.filter((one): one is TableSection => one.kind === 'table');

describe('what changed', () => {
  // 20 of 200 before, 30 of 200 now; b: 5 of 100 in both, no part of the change; c has no call in either.
  const rows = [row('a', [100, 25], [100, 15]), row('b', [100, 5], [100, 5]), row('c', [0, 0], [0, 0])];
  const [sales, rates] = tables(whatChanged({ dates }, result([], [200, 30], [200, 20]), [result(rows)]));

  it('marks gains and losses, and not what reads ±0.0', () => {
    expect(rates?.rows.map(({ cells, emphasis }) => [cells[0], emphasis])).toEqual([
      [{ en: 'a', zh: 'a' }, 'good'],
      [{ en: 'All others', zh: '其余合计' }, undefined],
    ]);
    // d: 1 of 10,000 more.
    const slight = [row('a', [5_000, 500], [5_000, 500]), row('d', [5_000, 501], [5_000, 500])];
    const [, found] = tables(whatChanged({ dates }, result([], [10_000, 1_001], [10_000, 1_000]), [result(slight)]));
    expect(found?.rows[0]?.cells.slice(0, 3)).toEqual([{ en: 'd', zh: 'd' }, 0.1, 0.1002]);
    expect(found?.rows[0]?.cells[5]).toBeCloseTo(0.0001, 9);
    expect(found?.rows[0]).not.toHaveProperty('emphasis');
  });

  it('has a row of all others only where there is anything in it', () => {
    const others = (section: TableSection | undefined) => section?.rows.at(-1)?.cells;
    expect(others(sales)).toEqual([{ en: 'All others', zh: '其余合计' }, 5, 5, 0]);
    const alone = [row('a', [100, 25], [100, 15]), row('c', [0, 0], [0, 0])];
    for (const section of tables(whatChanged({ dates }, result([], [100, 25], [100, 15]), [result(alone)]))) {
      expect(section.rows.map(({ cells }) => cells[0])).toEqual([{ en: 'a', zh: 'a' }]);
    }
  });
});

describe('tables without rows', () => {
  it('say what will appear, not how to read what is not there', () => {
    const notes = tables(teamComparison({ dates }, result([]), result([]))).map(({ note }) => note?.en);
    expect(notes).toEqual(Array.from({ length: 6 }, () => 'Teams appear once they have made a call.'));
  });
});
