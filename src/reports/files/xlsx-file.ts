/**
 * Documents as a workbook: an overview, a sheet for each table and chart, and one with the formula and version of every
 * KPI. Numbers are numbers with full precision, times and dates are times and dates, text is text.
 */
import type { Worksheet } from 'wasm-xlsxwriter';
import type { ChartSection, ReportDocument } from '../../shared/reports.js';
import type { WriteOptions } from '../ports.js';
import {
  chartTable,
  definitionsTable,
  type FlatCell,
  type FlatColumn,
  type FlatTable,
  flatTable,
  heatTable,
} from './flat-table.js';
import { LocalTime } from './local-time.js';
import { heatColour, heatShares, seriesColour } from './palette.js';
import { textWidth } from './text.js';
import { WORDS } from './words.js';
import { Book, EMPHASIS } from './xlsx-book.js';
import { type ChartedColumn, type ChartPlan, nativeChart } from './xlsx-charts.js';
import { writeOverview } from './xlsx-overview.js';

const WIDTH_MAX = 44;
const WIDTH_MIN = 9;

export function xlsxFile(documents: readonly ReportDocument[], options: WriteOptions): Uint8Array {
  const book = new Book(options.language);
  writeOverview(book, documents, options);
  documents.forEach((document, index) => {
    const zone = new LocalTime(document.timeZone);
    for (const section of document.sections) {
      const title = (documents.length > 1 ? `${index + 1} ` : '') + section.title[options.language];
      if (section.kind === 'table') tableSheet(book, title, flatTable(section, options.language), zone);
      else if (section.kind === 'chart') chartSheet(book, title, section, zone);
    }
  });
  const zone = new LocalTime(documents[0]?.timeZone ?? 'UTC');
  tableSheet(book, WORDS.definitions[options.language], definitionsTable(documents, options.language), zone, true);
  return book.bytes();
}

function tableSheet(book: Book, title: string, table: FlatTable, zone: LocalTime, wrap = false): Worksheet {
  const sheet = book.sheet(title);
  const used = writeTable(book, sheet, table, zone, 0, wrap);
  sheet.setFreezePanes(1, 1);
  sheet.setRepeatRows(0, 0).setLandscape().setPrintFitToPages(1, 0);
  if (table.rows.length === 0) book.text(sheet, 1, 0, WORDS.noData[book.language]);
  if (table.note !== undefined) book.text(sheet, used + 1, 0, table.note);
  return sheet;
}

/** Header, rows and totals from a row on; a filter over header and rows, widths by what is in them. Returns the next row. */
function writeTable(
  book: Book,
  sheet: Worksheet,
  table: FlatTable,
  zone: LocalTime,
  top: number,
  wrap = false,
): number {
  const isFigure = (column: FlatColumn): boolean => !['text', 'date', 'instant'].includes(column.type);
  table.columns.forEach((column, at) => {
    book.text(sheet, top, at, column.name, { header: true, right: isFigure(column) });
    const widest = Math.max(
      textWidth(column.name) + 4,
      ...table.rows.map((row) => cellWidth(row.cells[at] ?? null, column)),
    );
    sheet.setColumnWidth(at, Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, widest + 1)));
  });
  table.rows.forEach((row, index) => {
    const colour = row.emphasis === undefined ? {} : { colour: EMPHASIS[row.emphasis] };
    const look = { ...colour, ...(row.kind === 'total' ? { total: true } : {}), ...(wrap ? { wrap: true } : {}) };
    table.columns.forEach((column, at) => {
      book.cell(sheet, top + 1 + index, at, row.cells[at] ?? null, column, zone, look);
    });
  });
  const plain = table.rows.filter((row) => row.kind === 'row').length;
  if (plain > 0 && table.columns.length > 0) sheet.autofilter(top, 0, top + plain, table.columns.length - 1);
  return top + 1 + table.rows.length;
}

/** Half-width characters of a cell as it is shown. */
function cellWidth(cell: FlatCell, column: FlatColumn): number {
  if (cell === null) return 0;
  if (typeof cell === 'string') return column.type === 'instant' ? 19 : Math.max(...cell.split('\n').map(textWidth));
  if (column.type === 'seconds') return 10;
  if (column.type === 'fraction' || column.type === 'change') return 8;
  if (column.type === 'points') return 14;
  return Math.ceil(String(Math.trunc(cell)).length * 1.34) + (column.currency === undefined ? 2 : 6);
}

function chartSheet(book: Book, title: string, section: ChartSection, zone: LocalTime): void {
  if (section.type === 'heatmap') {
    heatSheet(book, title, section, zone);
    return;
  }
  const { table, plan } = charted(section, book);
  const sheet = tableSheet(book, title, table, zone);
  if (table.rows.length === 0) return;
  const at = table.columns.length + 1;
  sheet.insertChart(
    1,
    at,
    nativeChart({ ...plan, sheet: sheet.name(), first: 1, last: table.rows.length }, book.language),
  );
}

/** The figures of a chart and which of their columns it draws. */
function charted(
  section: ChartSection,
  book: Book,
): { table: FlatTable; plan: Omit<ChartPlan, 'sheet' | 'first' | 'last'> } {
  const table = chartTable(section, book.language);
  const [first] = section.series;
  const unit = first?.unit ?? 'count';
  const shared = {
    title: section.title[book.language],
    unit,
    ...(first?.currency === undefined ? {} : { currency: first.currency }),
  };
  if (section.type === 'waterfall')
    return { table: withSteps(table), plan: { ...shared, ...waterfallColumns(table, book) } };
  let at = 1;
  const columns = section.series.map((series, index): ChartedColumn => {
    const column = at;
    at += 1 + (series.points.some((point) => point.low !== undefined || point.high !== undefined) ? 2 : 0);
    at += series.points.some((point) => point.sample !== undefined) ? 1 : 0;
    const name = table.columns[column]?.name ?? series.name[book.language];
    return { name, at: column, colour: seriesColour(index), as: series.usual ? 'usual' : 'main' };
  });
  if (section.target !== undefined) {
    const name = WORDS.target[book.language];
    columns.push({ name, at: table.columns.length, colour: seriesColour(1), as: 'target' });
    table.columns.push({ ...(table.columns[1] ?? { type: unit }), name });
    for (const row of table.rows) row.cells.push(targetOf(section));
  }
  return { table, plan: { ...shared, kind: section.type === 'line' ? 'line' : 'column', columns } };
}

function targetOf(section: ChartSection): number | null {
  const [first] = section.series;
  if (section.target === undefined || first === undefined) return null;
  const only = {
    ...section,
    series: [{ ...first, points: [{ value: section.target }] }],
    categories: [{ en: '', zh: '' }],
  };
  const cell = chartTable(only, 'en').rows[0]?.cells[1];
  return typeof cell === 'number' ? cell : null;
}

/** Where each step of a waterfall stands: what holds it up, how far it rises or falls. */
function withSteps(table: FlatTable): FlatTable {
  const values = table.rows.map((row) => (typeof row.cells[1] === 'number' ? row.cells[1] : 0));
  const type = table.columns[1] ?? { name: '', type: 'count' as const };
  let level = 0;
  const rows = table.rows.map((row, index) => {
    const value = values[index] ?? 0;
    const isEnd = index === 0 || index === values.length - 1;
    const next = isEnd ? value : level + value;
    const [base, whole, rise, fall] = isEnd
      ? [0, value, 0, 0]
      : [Math.min(level, next), 0, Math.max(0, value), Math.max(0, -value)];
    level = next;
    return { ...row, cells: [...row.cells.slice(0, 2), base, whole, rise, fall] };
  });
  const extra = ['=', 'Σ', '+', '−'].map((name) => ({ ...type, name }));
  return { ...table, columns: [...table.columns.slice(0, 2), ...extra], rows };
}

function waterfallColumns(table: FlatTable, book: Book): { kind: 'stacked'; columns: ChartedColumn[] } {
  const name = table.columns[1]?.name ?? WORDS.value[book.language];
  return {
    kind: 'stacked',
    columns: [
      { name: ' ', at: 2, colour: '#ffffff', as: 'base' },
      { name, at: 3, colour: seriesColour(0), as: 'main' },
      { name: '+', at: 4, colour: EMPHASIS.good, as: 'main' },
      { name: '−', at: 5, colour: EMPHASIS.bad, as: 'main' },
    ],
  };
}

/** The map itself, its cells coloured by their value, and below it every figure with its sample in a list. */
function heatSheet(book: Book, title: string, section: ChartSection, zone: LocalTime): void {
  const { language } = book;
  const list = heatTable(section, language);
  const sheet = book.sheet(title);
  const type = list.columns[2] ?? { name: '', type: 'count' as const };
  const columns = section.categories.length;
  const used = writeTable(book, sheet, list, zone, section.series.length + 3);
  section.categories.forEach((category, at) => {
    book.text(sheet, 0, at + 1, category[language], { header: true, right: true });
  });
  const values = list.rows.map((row) => (typeof row.cells[2] === 'number' ? row.cells[2] : null));
  const shares = heatShares(values);
  section.series.forEach((series, row) => {
    book.text(sheet, row + 1, 0, series.name[language], { bold: true });
    for (let at = 0; at < columns; at += 1) {
      const share = shares[row * columns + at] ?? null;
      const look = share === null ? {} : { fill: heatColour(share).fill, colour: heatColour(share).ink };
      book.cell(sheet, row + 1, at + 1, values[row * columns + at] ?? null, type, zone, look);
    }
  });
  sheet.setFreezePanes(1, 1);
  if (section.note !== undefined) book.text(sheet, used + 1, 0, section.note[language]);
}
