/** From what was read to the answer: rows in order, compared ones beside them, totals. Pure but for names. */
import { AppError, eachInTurns, isoOf, mapInTurns, sortInTurns } from '../../platform/index.js';
import type { KpiValue, Localised } from '../../shared/api.js';
import type { ReportGrouping, ReportResult, ReportRow, ReportSpec } from '../../shared/reports.js';
import { type Cell, emptyCell, isShown, keyOf, type Reading, valuesOf } from './cells.js';
import { gapsOf } from './gaps.js';
import { TIME_AXES } from './groupings.js';
import { labelOfKey } from './labels.js';
import { NAMED, type NamedGrouping } from './names.repository.js';
import type { ReadingContext } from './read-span.js';
import type { Span } from './span.js';
import { TimeAxis } from './time-axis.js';

export interface Compared {
  previous: { span: Span; reading: Reading } | null;
  teams: { reading: Reading; teamOf: Map<string, string>; at: number } | null;
}

const MAX_ROWS = 50_000;
const names = new Intl.Collator('zh-Hans-CN', { numeric: true });

export async function answer(
  spec: ReportSpec,
  span: Span,
  reading: Reading,
  compared: Compared,
  context: ReadingContext,
): Promise<ReportResult> {
  const { zones, asOf } = context;
  const axes = spec.groupBy.map((one) => (TIME_AXES.has(one) ? new TimeAxis(one, span, zones) : null));
  const currency = context.currencies?.own ?? '';
  const before = compared.previous === null ? null : await laidBeside(spec, compared.previous, axes, context);
  const cells = await shownCells(spec, reading, before, axes, context);
  if (cells.length > MAX_ROWS)
    throw new AppError('report_too_many_rows', { field: 'groupBy', params: { max: MAX_ROWS } });
  const labels = await labelsOf(spec.groupBy, cells, axes, context);
  const comparedValues = comparison(spec, before, compared, currency);
  const rows = await mapInTurns(
    cells,
    (cell): ReportRow => ({
      keys: cell.keys,
      labels: cell.keys.map((key, index) => labels[index]?.get(key) ?? labelOfKey(spec.groupBy[index] ?? 'day', key)),
      values: valuesOf(cell, spec.kpis, reading, 'rows', currency),
      compared: comparedValues(cell),
    }),
  );
  const inForce = zones.inForce(span.from, span.to);
  const gaps = gapsOf({ spec, dates: span.dates });
  const total = (of: Reading) => valuesOf(of.total, spec.kpis, of, 'total', currency);
  return {
    asOf: isoOf(asOf),
    timeZone: zones.at(span.from).timeZone,
    ...(inForce.length > 1 ? { timeZones: [...new Set(inForce.map(({ timeZone }) => timeZone))] } : {}),
    from: isoOf(span.from),
    to: isoOf(span.to),
    dates: span.dates,
    compared:
      compared.previous === null
        ? null
        : { from: isoOf(compared.previous.span.from), to: isoOf(compared.previous.span.to) },
    spec,
    rows: await sortInTurns(rows, inOrder(await ranksOf(spec.groupBy, rows))),
    totals: total(reading),
    comparedTotals: compared.previous === null ? null : total(compared.previous.reading),
    ...(gaps.length === 0 ? {} : { gaps }),
  };
}

interface Beside {
  reading: Reading;
  cells: Map<string, Cell>;
}

/** The range before under the keys of this one: its n-th day is compared with the n-th day. */
async function laidBeside(
  spec: ReportSpec,
  { span, reading }: { span: Span; reading: Reading },
  axes: (TimeAxis | null)[],
  { zones }: ReadingContext,
): Promise<Beside> {
  const moved = axes.map(
    (axis, index) => axis?.beside(new TimeAxis(spec.groupBy[index] ?? 'day', span, zones)) ?? null,
  );
  const cells = new Map<string, Cell>();
  await eachInTurns(reading.cells.values(), (cell) => {
    const keys = cell.keys.map((key, index) => {
      const map = moved[index];
      return map === null || map === undefined ? key : map.get(key);
    });
    if (keys.every((key) => key !== undefined)) cells.set(keyOf(keys), { ...cell, keys });
  });
  return { reading, cells };
}

/** Rows that count something now or did before, and by one axis of time every stretch of it that has begun. */
async function shownCells(
  { groupBy }: ReportSpec,
  reading: Reading,
  before: Beside | null,
  axes: (TimeAxis | null)[],
  { now, zones }: ReadingContext,
): Promise<Cell[]> {
  const shown = new Map<string, Cell>();
  await eachInTurns(reading.cells, ([key, cell]) => {
    if (isShown(cell, groupBy)) shown.set(key, cell);
  });
  await eachInTurns(before?.cells ?? [], ([key, cell]) => {
    if (!shown.has(key) && isShown(cell, groupBy)) shown.set(key, reading.cells.get(key) ?? emptyCell(cell.keys));
  });
  const [axis] = axes;
  if (groupBy.length === 1 && axis !== null && axis !== undefined) {
    for (const key of axis.begun(now, zones))
      if (!shown.has(key)) shown.set(key, reading.cells.get(key) ?? emptyCell([key]));
  }
  if (groupBy.length === 0 && shown.size === 0) shown.set('', reading.total);
  return [...shown.values()];
}

function comparison(
  { kpis, groupBy }: ReportSpec,
  before: Beside | null,
  { teams }: Compared,
  currency: string,
): (cell: Cell) => Record<string, KpiValue> | null {
  if (before !== null) {
    return ({ keys }) => {
      const cell = before.cells.get(keyOf(keys));
      return cell === undefined || !isShown(cell, groupBy)
        ? null
        : valuesOf(cell, kpis, before.reading, 'rows', currency);
    };
  }
  if (teams === null) return () => null;
  const twice = groupBy.indexOf('team');
  return ({ keys }) => {
    const team = teams.teamOf.get(keys[teams.at] ?? '');
    if (team === undefined) return null;
    const asTeam = keys.map((key, index) => (index === teams.at ? team : key));
    // By agent and team: the row of the team the row is about, when it is theirs.
    if (twice >= 0 && keys[twice] !== team) return null;
    const found = teams.reading.cells.get(keyOf(twice < 0 ? asTeam : [team]));
    return found === undefined ? null : valuesOf(found, kpis, teams.reading, 'rows', currency);
  };
}

async function labelsOf(
  groupBy: readonly ReportGrouping[],
  cells: readonly Cell[],
  axes: (TimeAxis | null)[],
  { names: repository }: ReadingContext,
): Promise<Map<string, Localised>[]> {
  const labels: Map<string, Localised>[] = [];
  for (const [index, grouping] of groupBy.entries()) {
    if (!NAMED.has(grouping)) labels.push(axes[index]?.labels() ?? new Map());
    else
      labels.push(
        await repository.of(
          grouping as NamedGrouping,
          cells.map(({ keys }) => keys[index] ?? '0'),
        ),
      );
  }
  return labels;
}

/**
 * By name, what is nobody's last; by time, in order. Keys are put in order once each: comparing names costs, and a name
 * stands in many rows.
 */
async function ranksOf(
  groupBy: readonly ReportGrouping[],
  rows: readonly ReportRow[],
): Promise<ReadonlyMap<string, number>[]> {
  const ranks: ReadonlyMap<string, number>[] = [];
  for (const [index, grouping] of groupBy.entries()) {
    const found = new Map<string, string>();
    await eachInTurns(rows, ({ keys, labels }) => found.set(keys[index] ?? '', labels[index]?.zh ?? ''));
    const sorted = await sortInTurns([...found], NAMED.has(grouping) ? byName : byKey);
    ranks.push(new Map(sorted.map(([key], rank) => [key, rank])));
  }
  return ranks;
}

function inOrder(ranks: readonly ReadonlyMap<string, number>[]): (a: ReportRow, b: ReportRow) => number {
  return (a, b) => {
    for (const [index, rank] of ranks.entries()) {
      const order = (rank.get(a.keys[index] ?? '') ?? 0) - (rank.get(b.keys[index] ?? '') ?? 0);
      if (order !== 0) return order;
    }
    return 0;
  };
}

type Named = [key: string, label: string];

function byName([left, label]: Named, [right, other]: Named): number {
  return Number(left === '0') - Number(right === '0') || names.compare(label, other) || Number(left) - Number(right);
}

function byKey([a]: Named, [b]: Named): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
