/**
 * Sections of a document as plain tables with full precision: what CSV and XLSX write. Amounts become major units with a
 * column for each currency; fractions stay fractions, durations seconds. Pure.
 */
import type { KpiUnit, KpiValue, Localised, MoneyValue } from '../../shared/api.js';
import { decimalsOf } from '../../shared/format/index.js';
import type {
  ChartSection,
  ChartSeries,
  ColumnType,
  ReportCell,
  ReportColumn,
  ReportDocument,
  TableSection,
} from '../../shared/reports.js';
import type { ReportLanguage } from '../ports.js';
import { UNIT_WORDS, WORDS, withDetail } from './words.js';

export interface FlatColumn {
  name: string;
  type: ColumnType;
  /** Of amounts. */
  currency?: string;
}

/** null: no value. */
export type FlatCell = string | number | null;

export interface FlatRow {
  cells: FlatCell[];
  kind: 'row' | 'total';
  emphasis?: 'good' | 'bad';
}

export interface FlatTable {
  title: string;
  columns: FlatColumn[];
  rows: FlatRow[];
  note?: string;
}

export function isLocalised(cell: ReportCell): cell is Localised {
  return typeof cell === 'object' && cell !== null && 'en' in cell;
}

export function amountsOf(cell: ReportCell): MoneyValue[] | null {
  if (typeof cell !== 'object' || cell === null || isLocalised(cell)) return null;
  return Array.isArray(cell) ? cell : [cell];
}

/** In major units, to the last digit a number can hold. */
export function majorUnits(amount: MoneyValue): number {
  return amount.amountMinor / 10 ** decimalsOf(amount.currency);
}

const isMoney = (type: ColumnType): boolean => type === 'money' || type === 'money_per_hour';

export function flatTable(section: TableSection, language: ReportLanguage): FlatTable {
  const all = section.totals === null ? section.rows : [...section.rows, section.totals];
  const columns = section.columns.flatMap((column, index) =>
    spread(
      column,
      index,
      all.map((row) => row.cells[index]),
      language,
    ),
  );
  const rows = all.map((row): FlatRow => {
    const total = row === section.totals || row.emphasis === 'total';
    const emphasis = row.emphasis === 'good' || row.emphasis === 'bad' ? { emphasis: row.emphasis } : {};
    return {
      cells: columns.map((column) => column.read(row.cells[column.index] ?? null)),
      kind: total ? 'total' : 'row',
      ...emphasis,
    };
  });
  return {
    title: section.title[language],
    columns: distinctNames(
      columns.map(({ name, type, currency }) => ({ name, type, ...(currency === undefined ? {} : { currency }) })),
    ),
    rows,
    ...(section.note === undefined ? {} : { note: section.note[language] }),
  };
}

interface SpreadColumn extends FlatColumn {
  index: number;
  read: (cell: ReportCell) => FlatCell;
}

/** A column of amounts becomes one for each currency in it: several amounts in a cell have no sum. */
function spread(
  column: ReportColumn,
  index: number,
  cells: readonly (ReportCell | undefined)[],
  language: ReportLanguage,
): SpreadColumn[] {
  const name = column.name[language];
  if (!isMoney(column.type)) {
    return [{ name, type: column.type, index, read: (cell) => plainCell(cell, language) }];
  }
  const currencies = [
    ...new Set(cells.flatMap((cell) => amountsOf(cell ?? null)?.map((one) => one.currency) ?? [])),
  ].sort();
  if (currencies.length === 0) return [{ name, type: column.type, index, read: (cell) => plainCell(cell, language) }];
  return currencies.map((currency) => ({
    name: withDetail(name, currency, language),
    type: column.type,
    currency,
    index,
    read: (cell) => amountIn(cell, currency, language),
  }));
}

function amountIn(cell: ReportCell, currency: string, language: ReportLanguage): FlatCell {
  const amounts = amountsOf(cell);
  if (amounts === null) return plainCell(cell, language);
  const found = amounts.find((one) => one.currency === currency);
  return found === undefined ? null : majorUnits(found);
}

function plainCell(cell: ReportCell, language: ReportLanguage): FlatCell {
  if (cell === null) return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell === 'string') return cell;
  if (isLocalised(cell)) return cell[language];
  // An amount where none was announced: with its currency, as text.
  return (amountsOf(cell) ?? []).map((one) => `${majorUnits(one)} ${one.currency}`).join(' + ');
}

/** Two columns of one name would be one to whoever reads the file by names. */
function distinctNames(columns: FlatColumn[]): FlatColumn[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const times = (seen.get(column.name) ?? 0) + 1;
    seen.set(column.name, times);
    return times === 1 ? column : { ...column, name: `${column.name} ${times}` };
  });
}

/** A value of a chart in the unit files write. */
export function chartValue(value: number | null | undefined, series: ChartSeries): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return series.currency !== undefined && isMoney(series.unit)
    ? majorUnits({ amountMinor: value, currency: series.currency })
    : value;
}

export function seriesName(series: ChartSeries, language: ReportLanguage): string {
  const name = series.name[language];
  return series.currency === undefined || !isMoney(series.unit) ? name : withDetail(name, series.currency, language);
}

/** A chart's figures, a row a category. */
export function chartTable(section: ChartSection, language: ReportLanguage): FlatTable {
  const columns: FlatColumn[] = [{ name: WORDS.category[language], type: 'text' }];
  const readers: ((at: number) => FlatCell)[] = [(at) => section.categories[at]?.[language] ?? ''];
  for (const series of section.series) {
    const currency = series.currency === undefined ? {} : { currency: series.currency };
    const name = seriesName(series, language);
    const add = (column: FlatColumn, read: (at: number) => FlatCell): void => {
      columns.push(column);
      readers.push(read);
    };
    add({ name, type: series.unit, ...currency }, (at) => chartValue(series.points[at]?.value, series));
    if (series.points.some((point) => point.low !== undefined || point.high !== undefined)) {
      for (const side of ['low', 'high'] as const) {
        add({ name: withDetail(name, WORDS[side][language], language), type: series.unit, ...currency }, (at) =>
          chartValue(series.points[at]?.[side], series),
        );
      }
    }
    if (series.points.some((point) => point.sample !== undefined)) {
      add(
        { name: withDetail(name, WORDS.sample[language], language), type: 'count' },
        (at) => series.points[at]?.sample ?? null,
      );
    }
  }
  return {
    title: section.title[language],
    columns: distinctNames(columns),
    rows: section.categories.map((_, at) => ({ kind: 'row', cells: readers.map((read) => read(at)) })),
    ...(section.note === undefined ? {} : { note: section.note[language] }),
  };
}

/** A heat map's figures, a row a cell. */
export function heatTable(section: ChartSection, language: ReportLanguage): FlatTable {
  const first = section.series[0];
  const type: ColumnType = first?.unit ?? 'count';
  const has = (key: 'low' | 'sample'): boolean =>
    section.series.some((series) => series.points.some((point) => point[key] !== undefined));
  const columns: FlatColumn[] = [
    { name: WORDS.series[language], type: 'text' },
    { name: WORDS.category[language], type: 'text' },
    { name: WORDS.value[language], type },
  ];
  if (has('low')) columns.push({ name: WORDS.low[language], type }, { name: WORDS.high[language], type });
  if (has('sample')) columns.push({ name: WORDS.sample[language], type: 'count' });
  const rows = section.series.flatMap((series) =>
    section.categories.map((category, at): FlatRow => {
      const point = series.points[at];
      const cells: FlatCell[] = [series.name[language], category[language], chartValue(point?.value, series)];
      if (has('low')) cells.push(chartValue(point?.low, series), chartValue(point?.high, series));
      if (has('sample')) cells.push(point?.sample ?? null);
      return { kind: 'row', cells };
    }),
  );
  return {
    title: section.title[language],
    columns,
    rows,
    ...(section.note === undefined ? {} : { note: section.note[language] }),
  };
}

/** One line of the headline; of an amount in several currencies one for each. */
export interface HeadlineLine {
  name: string;
  type: KpiUnit;
  currency?: string;
  value: number | null;
  compared: number | null;
  /** (value − compared) ÷ |compared|; of fractions value − compared. */
  change: number | null;
  target: number | null;
  /** value ÷ target; where low is good target ÷ value, and none at all is met. */
  attainment: number | null;
}

export function headlineLines(document: ReportDocument, language: ReportLanguage): HeadlineLine[] {
  const lowIsGood = new Set(document.definitions.filter((one) => one.goodDirection === 'down').map((one) => one.id));
  return document.headline.flatMap((figure) => {
    const currencies = [
      ...new Set(
        [figure.value, figure.compared, figure.target].flatMap(
          (one) => amountsOf(one)?.map((amount) => amount.currency) ?? [],
        ),
      ),
    ].sort();
    const numberIn = (value: KpiValue, currency: string | undefined): number | null => {
      if (typeof value === 'number') return Number.isFinite(value) ? value : null;
      const found = amountsOf(value)?.find((one) => one.currency === currency);
      return found === undefined ? null : majorUnits(found);
    };
    const line = (currency: string | undefined): HeadlineLine => {
      const [value, compared, target] = [figure.value, figure.compared, figure.target].map((one) =>
        numberIn(one, currency),
      );
      const name =
        currency === undefined ? figure.name[language] : withDetail(figure.name[language], currency, language);
      return {
        name,
        type: figure.unit,
        ...(currency === undefined ? {} : { currency }),
        value: value ?? null,
        compared: compared ?? null,
        target: target ?? null,
        change: changeOf(value ?? null, compared ?? null, figure.unit),
        attainment: attainmentOf(value ?? null, target ?? null, lowIsGood.has(figure.kpi)),
      };
    };
    return currencies.length === 0 ? [line(undefined)] : currencies.map(line);
  });
}

function attainmentOf(value: number | null, target: number | null, lowIsGood: boolean): number | null {
  if (value === null || target === null) return null;
  if (lowIsGood) return value === 0 ? 1 : target / value;
  return target === 0 ? null : value / target;
}

function changeOf(value: number | null, compared: number | null, unit: KpiUnit): number | null {
  if (value === null || compared === null) return null;
  if (unit === 'fraction') return value - compared;
  return compared === 0 ? null : (value - compared) / Math.abs(compared);
}

/** Formula and version of every KPI of some documents, each once. */
export function definitionsTable(documents: readonly ReportDocument[], language: ReportLanguage): FlatTable {
  const all = new Map(documents.flatMap((document) => document.definitions.map((one) => [one.id, one] as const)));
  const column = (name: string, type: ColumnType = 'text'): FlatColumn => ({ name, type });
  return {
    title: WORDS.definitions[language],
    columns: [
      column(WORDS.id[language]),
      column(WORDS.name[language]),
      column(WORDS.formula[language]),
      column(WORDS.unit[language]),
      column(WORDS.version[language], 'count'),
      column(WORDS.meaning[language]),
    ],
    rows: [...all.values()].map((one) => ({
      kind: 'row',
      cells: [
        one.id,
        one.name[language],
        one.formula,
        UNIT_WORDS[one.unit][language],
        one.version,
        one.explanation[language],
      ],
    })),
  };
}
