import type { KpiDefinitionView, KpiValue, Localised, MoneyValue } from '../../../../src/shared/api.js';
import type {
  ChartPoint,
  ChartSection,
  ChartSeries,
  ReportGrouping,
  ReportResult,
  ReportRow,
} from '../../../../src/shared/reports.js';
import { numberOf } from '../document/values.js';
import { keyLabel, TIME_LINE } from './labels.js';

/** The picture that suits an answer: one KPI of it by its groupings. Pure. */

/** More lines than these nobody tells apart; more bars nobody reads. All are in the table. */
export const MAX_SERIES = 6;
export const MAX_BARS = 15;
/** With what they are compared with beside each. */
export const MAX_PAIRS = 10;
/** Of bars side by side, in all. */
const MAX_GROUPED = 60;

export interface DrawnTexts {
  /** Of the value of the range before, or of the team. */
  compared: Localised;
}

export interface Drawn {
  section: ChartSection;
  /** What was left out of the picture. */
  left: { kind: 'bars' | 'series'; shown: number; of: number } | null;
}

/** Of rows in the order of the table. Null: one row is no picture. */
export function drawnOf(
  result: ReportResult,
  rows: readonly ReportRow[],
  kpi: KpiDefinitionView,
  texts: DrawnTexts,
): Drawn | null {
  const { groupBy } = result.spec;
  if (groupBy.length === 0 || rows.length === 0) return null;
  if (groupBy.length === 1) return byOne(result, rows, kpi, texts);
  if (isHeatMap(groupBy)) return heatMap(result, kpi);
  const within = groupBy.some(isTimeLine) ? null : withinOther(rows);
  return within === null ? byTwo(result, rows, kpi) : byOne(result, rows, kpi, texts, within);
}

/**
 * The grouping whose keys hardly ever have more than one of the other, as agents have one team: side by side nearly all of the
 * picture would be empty. Null: none is.
 */
function withinOther(rows: readonly ReportRow[]): 0 | 1 | null {
  const most = ([0, 1] as const).map((place) => new Set(rows.map(({ keys }) => keys[place])).size);
  const place = (most[1] ?? 0) > (most[0] ?? 0) ? 1 : 0;
  return rows.length > 1 && rows.length <= (most[place] ?? 0) * 1.2 ? place : null;
}

const base = (kpi: KpiDefinitionView) => ({ kind: 'chart' as const, id: kpi.id, title: kpi.name });

/** @param place of the grouping that is drawn; the other only tells apart who or what is there twice */
function byOne(
  result: ReportResult,
  rows: readonly ReportRow[],
  kpi: KpiDefinitionView,
  texts: DrawnTexts,
  place: 0 | 1 = 0,
): Drawn {
  const { groupBy } = result.spec;
  // A line runs with time, whatever the table is sorted by.
  const isBar = groupBy.length > 1 || !(isTimeLine(groupBy[0]) || groupBy[0] === 'interval');
  const all = isBar ? rows : result.rows;
  const drawn = isBar ? all.slice(0, result.spec.compare === 'none' ? MAX_BARS : MAX_PAIRS) : all;
  const values = drawn.map((row) => row.values[kpi.id] ?? null);
  const compared = drawn.map((row) => row.compared?.[kpi.id] ?? null);
  // Beside a whole of which it is a part, a part is not to be seen.
  const isPart = result.spec.compare === 'team' && kpi.kind !== 'ratio';
  const hasCompared = result.spec.compare !== 'none' && !isPart && compared.some((value) => value !== null);
  const series = currenciesOf([...values, ...compared]).flatMap((currency): ChartSeries[] => {
    const own = seriesOf(kpi.name, kpi, values, currency);
    return hasCompared ? [own, { ...seriesOf(texts.compared, kpi, compared, currency), usual: true }] : [own];
  });
  return {
    section: {
      ...base(kpi),
      type: isBar ? 'bar' : 'line',
      categories: labelsOf(drawn, place, groupBy),
      series,
    },
    left: drawn.length < all.length ? { kind: 'bars', shown: drawn.length, of: all.length } : null,
  };
}

function labelsOf(rows: readonly ReportRow[], place: 0 | 1, groupBy: readonly ReportGrouping[]): Localised[] {
  const keys = rows.map((row) => row.keys[place]);
  return rows.map((row, at) => {
    const own = keyLabel(row, place, groupBy);
    if (keys.indexOf(keys[at]) === keys.lastIndexOf(keys[at])) return own;
    const other = keyLabel(row, 1 - place, groupBy);
    return { en: `${own.en} · ${other.en}`, zh: `${own.zh} · ${other.zh}` };
  });
}

/** Categories along one grouping, a line or a colour for each of the other; time runs along the page. */
function byTwo(result: ReportResult, rows: readonly ReportRow[], kpi: KpiDefinitionView): Drawn {
  const { groupBy } = result.spec;
  const along = isTimeLine(groupBy[1]) && !isTimeLine(groupBy[0]) ? 1 : 0;
  const other = 1 - along;
  const isLine = isTimeLine(groupBy[along]);
  const names = distinct(rows, other, groupBy);
  const weights = new Map<string, number>();
  for (const row of rows) {
    const key = row.keys[other] ?? '';
    weights.set(key, (weights.get(key) ?? 0) + Math.abs(numberOf(row.values[kpi.id]) ?? 0));
  }
  // Of rates it is a sum of rates: enough to tell which ones have anything to draw.
  const kept = [...names.keys()].sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0)).slice(0, MAX_SERIES);
  const shown = [...names.keys()].filter((key) => kept.includes(key));
  const categories = [...distinct(isLine ? result.rows : rows, along, groupBy)].slice(
    0,
    isLine ? undefined : Math.floor(MAX_GROUPED / Math.max(1, shown.length)),
  );
  const at = new Map(rows.map((row) => [`${row.keys[along]}|${row.keys[other]}`, row.values[kpi.id] ?? null]));
  const valuesOf = (key: string) => categories.map(([category]) => at.get(`${category}|${key}`) ?? null);
  const [currency] = currenciesOf(rows.map((row) => row.values[kpi.id] ?? null));
  return {
    section: {
      ...base(kpi),
      type: isLine ? 'line' : 'bar',
      categories: categories.map(([, name]) => name),
      series: shown.map((key) => seriesOf(names.get(key) ?? { en: key, zh: key }, kpi, valuesOf(key), currency)),
    },
    left: shown.length < names.size ? { kind: 'series', shown: shown.length, of: names.size } : null,
  };
}

const HEAT_COLUMNS: readonly ReportGrouping[] = ['hour_of_day', 'interval'];

export function isHeatMap(groupBy: readonly ReportGrouping[]): boolean {
  return groupBy.includes('weekday') && groupBy.some((one) => HEAT_COLUMNS.includes(one));
}

/** Weekdays down, hours across, each in its own order. */
function heatMap(result: ReportResult, kpi: KpiDefinitionView): Drawn {
  const { groupBy } = result.spec;
  const down = groupBy.indexOf('weekday');
  const across = 1 - down;
  const inOrder = (place: number) =>
    [...distinct(result.rows, place, groupBy)].sort(([a], [b]) => Number(a) - Number(b));
  const at = new Map(result.rows.map((row) => [`${row.keys[down]}|${row.keys[across]}`, row.values[kpi.id] ?? null]));
  const [currency] = currenciesOf([...at.values()]);
  const [columns, days] = [inOrder(across), inOrder(down)];
  const parameter = groupBy[across] === 'interval' ? 'interval' : 'hourOfDay';
  const shortName = (key: string, name: Localised): Localised =>
    groupBy[across] === 'hour_of_day' ? { en: String(Number(key)), zh: `${Number(key)}时` } : name;
  return {
    section: {
      ...base(kpi),
      type: 'heatmap',
      categories: columns.map(([key, name]) => shortName(key, name)),
      opens: {
        kpi: kpi.id,
        categories: columns.map(([key]) => `${parameter}=${Number(key)}`),
        series: days.map(([day]) => `weekday=${Number(day)}`),
      },
      series: days.map(([day, name]) =>
        seriesOf(
          name,
          kpi,
          columns.map(([hour]) => at.get(`${day}|${hour}`) ?? null),
          currency,
        ),
      ),
    },
    left: null,
  };
}

const isTimeLine = (grouping: ReportGrouping | undefined): boolean =>
  grouping !== undefined && TIME_LINE.includes(grouping);

/** Keys of a grouping with their names, in the order of the rows. */
function distinct(
  rows: readonly ReportRow[],
  place: number,
  groupBy: readonly ReportGrouping[],
): Map<string, Localised> {
  const found = new Map<string, Localised>();
  for (const row of rows) {
    const key = row.keys[place] ?? '';
    if (!found.has(key)) found.set(key, keyLabel(row, place, groupBy));
  }
  return found;
}

/** Currencies of amounts, each of which is a series; `undefined` alone for what is no money. */
function currenciesOf(values: readonly KpiValue[]): (string | undefined)[] {
  const amounts = values.flatMap((value) => (typeof value === 'number' || value === null ? [] : [value].flat()));
  const found = [...new Set(amounts.map(({ currency }) => currency))].sort();
  return found.length === 0 ? [undefined] : found;
}

function seriesOf(
  name: Localised,
  { unit }: KpiDefinitionView,
  values: readonly KpiValue[],
  currency: string | undefined,
): ChartSeries {
  return {
    name,
    unit,
    ...(currency === undefined ? {} : { currency }),
    points: values.map((value): ChartPoint => ({ value: amountIn(value, currency) })),
  };
}

function amountIn(value: KpiValue, currency: string | undefined): number | null {
  if (value === null || typeof value === 'number') return value;
  const amounts: MoneyValue[] = [value].flat();
  return amounts.find((one) => one.currency === currency)?.amountMinor ?? null;
}
