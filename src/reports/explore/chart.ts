/** The chart that suits an answer: a line over time, a heat map of weekday and hour, bars otherwise. Pure but for turns. */
import { findDefinition } from '../../kpi/index.js';
import { eachInTurns, sortInTurns } from '../../platform/index.js';
import type { KpiValue, Localised } from '../../shared/api.js';
import type {
  ChartPoint,
  ChartSection,
  ChartSeries,
  ReportGrouping,
  ReportResult,
  ReportRow,
} from '../../shared/reports.js';
import { amountOf } from './change.js';
import { labelOfKey, pad } from './labels.js';

/** More lines or bars than these nobody tells apart. */
const MAX_SERIES = 8;
const MAX_BARS = 30;
const MAX_KPIS = 4;
const LINES: ReadonlySet<ReportGrouping> = new Set(['hour', 'day', 'week', 'month', 'interval']);
const HOURS: ReadonlySet<ReportGrouping> = new Set(['hour_of_day', 'interval']);

const BEFORE: Localised = { en: 'Before', zh: '上一周期' };
const TEAM: Localised = { en: 'Team', zh: '所在团队' };

export async function chartOf(result: ReportResult): Promise<ChartSection | null> {
  const [first, second] = result.spec.groupBy;
  const [kpi] = result.spec.kpis;
  if (first === undefined || kpi === undefined || result.rows.length === 0) return null;
  if (second === undefined) return single(result, first, kpi);
  if (first === 'weekday' && HOURS.has(second)) return heatmap(result, 0, kpi);
  if (second === 'weekday' && HOURS.has(first)) return heatmap(result, 1, kpi);
  return crossed(result, kpi, !LINES.has(first) && LINES.has(second) ? 1 : 0);
}

async function single(result: ReportResult, grouping: ReportGrouping, kpi: string): Promise<ChartSection> {
  const { spec } = result;
  const line = LINES.has(grouping);
  const rows =
    line || HOURS.has(grouping) || grouping === 'weekday' ? result.rows : await largest(result.rows, kpi, MAX_BARS);
  const unit = unitOf(kpi);
  const alike = spec.kpis.filter((id) => unitOf(id) === unit).slice(0, spec.compare === 'none' ? MAX_KPIS : 1);
  const series = alike.map((id) =>
    seriesOf(
      nameOf(id),
      id,
      rows.map(({ values }) => values[id] ?? null),
    ),
  );
  if (spec.compare !== 'none') {
    const compared = rows.map((row) => row.compared?.[kpi] ?? null);
    series.push(seriesOf(spec.compare === 'team' ? TEAM : BEFORE, kpi, compared));
  }
  return {
    kind: 'chart',
    id: 'chart',
    title: nameOf(kpi),
    type: line ? 'line' : 'bar',
    categories: rows.map(({ labels }) => labels[0] ?? { en: '', zh: '' }),
    series,
    ...noteOf(result.rows.length, rows.length),
  };
}

async function heatmap(result: ReportResult, weekday: 0 | 1, kpi: string): Promise<ChartSection> {
  const hour = 1 - weekday;
  const grouping = result.spec.groupBy[hour] ?? 'hour_of_day';
  const at = await indexed(result, weekday, hour);
  const hours = result.rows.map(({ keys }) => Number(keys[hour]));
  const [from, to] = [Math.min(...hours), Math.max(...hours)];
  const columns = Array.from({ length: to - from + 1 }, (_, index) => from + index).map((one) =>
    grouping === 'hour_of_day' ? pad(one) : String(one),
  );
  return {
    kind: 'chart',
    id: 'chart',
    title: nameOf(kpi),
    type: 'heatmap',
    categories: columns.map((key) => labelOfKey(grouping, key)),
    series: ['1', '2', '3', '4', '5', '6', '7'].map((day) =>
      seriesOf(
        labelOfKey('weekday', day),
        kpi,
        columns.map((column) => at.get(`${day}|${column}`)?.values[kpi] ?? null),
      ),
    ),
  };
}

/** The grouping at `axis` along the bottom, the other one a line or a bar each. */
async function crossed(result: ReportResult, kpi: string, axis: 0 | 1): Promise<ChartSection> {
  const other = axis === 0 ? 1 : 0;
  const line = LINES.has(result.spec.groupBy[axis] ?? 'agent');
  const at = await indexed(result, axis, other);
  const columns = await distinct(result.rows, axis);
  const shown = line ? sortedByKey(columns) : await largestKeys(result.rows, columns, axis, kpi, MAX_BARS);
  const names = await distinct(result.rows, other);
  const lines = await largestKeys(result.rows, names, other, kpi, MAX_SERIES);
  return {
    kind: 'chart',
    id: 'chart',
    title: nameOf(kpi),
    type: line ? 'line' : 'bar',
    categories: shown.map(([, label]) => label),
    series: lines.map(([key, label]) =>
      seriesOf(
        label,
        kpi,
        shown.map(([column]) => at.get(`${column}|${key}`)?.values[kpi] ?? null),
      ),
    ),
    ...noteOf(names.size, lines.length),
  };
}

async function indexed({ rows }: ReportResult, first: number, second: number): Promise<Map<string, ReportRow>> {
  const found = new Map<string, ReportRow>();
  await eachInTurns(rows, (row) => found.set(`${row.keys[first]}|${row.keys[second]}`, row));
  return found;
}

async function distinct(rows: readonly ReportRow[], at: number): Promise<Map<string, Localised>> {
  const found = new Map<string, Localised>();
  await eachInTurns(rows, ({ keys, labels }) => found.set(keys[at] ?? '', labels[at] ?? { en: '', zh: '' }));
  return found;
}

function sortedByKey(found: Map<string, Localised>): [string, Localised][] {
  return [...found].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
}

/** Those with the most of it; in the order of the rows. */
async function largestKeys(
  rows: readonly ReportRow[],
  found: Map<string, Localised>,
  at: number,
  kpi: string,
  limit: number,
): Promise<[string, Localised][]> {
  if (found.size <= limit) return [...found];
  const weight = new Map<string, number>();
  await eachInTurns(rows, ({ keys, values }) => {
    const key = keys[at] ?? '';
    weight.set(key, (weight.get(key) ?? 0) + (amountOf(values[kpi] ?? null)?.amount ?? 0));
  });
  const kept = new Set(
    [...weight]
      .sort(([, a], [, b]) => b - a)
      .slice(0, limit)
      .map(([key]) => key),
  );
  return [...found].filter(([key]) => kept.has(key));
}

async function largest(rows: readonly ReportRow[], kpi: string, limit: number): Promise<readonly ReportRow[]> {
  if (rows.length <= limit) return rows;
  const amount = (row: ReportRow): number => amountOf(row.values[kpi] ?? null)?.amount ?? 0;
  const kept = new Set((await sortInTurns(rows, (a, b) => amount(b) - amount(a))).slice(0, limit));
  return rows.filter((row) => kept.has(row));
}

function noteOf(all: number, shown: number): { note?: Localised } {
  if (shown === all) return {};
  return {
    note: {
      en: `The largest ${shown} of ${all} are drawn; the table has all.`,
      zh: `图中为数值最大的 ${shown} 项（共 ${all} 项），完整数据见表格。`,
    },
  };
}

/** Amounts of one currency; of another one a point has no value. */
function seriesOf(name: Localised, kpi: string, values: KpiValue[]): ChartSeries {
  const amounts = values.map(amountOf);
  const currency =
    amounts.find((amount) => amount !== null && amount.currency !== null && amount.amount !== 0)?.currency ??
    amounts.find((amount) => amount !== null)?.currency ??
    null;
  const points = amounts.map(
    (amount): ChartPoint => ({
      value: amount === null || (amount.currency !== currency && amount.amount !== 0) ? null : amount.amount,
    }),
  );
  return { name, unit: unitOf(kpi), ...(currency === null ? {} : { currency }), points };
}

function nameOf(kpi: string): Localised {
  return findDefinition(kpi)?.name ?? { en: kpi, zh: kpi };
}

function unitOf(kpi: string): ChartSeries['unit'] {
  return findDefinition(kpi)?.unit ?? 'count';
}
