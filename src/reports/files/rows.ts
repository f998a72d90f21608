/**
 * Big lists (calls, outcomes) as CSV or XLSX: pulled row by row and written as whoever reads them takes them, so that a
 * million rows need no more memory than a thousand.
 */
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ColumnDef, writeXlsxStream, type XlsxStreamRow } from 'hucre/xlsx';
import { csvLine } from '../../platform/csv/index.js';
import { dateSerial, LocalTime } from './local-time.js';
import { cleanText, textWidth } from './text.js';

/**
 * How a column's cells are given: numbers with full precision (`number`; `seconds`; `money` in major units), text, dates
 * `YYYY-MM-DD`, instants ISO 8601.
 */
export type RowColumnType = 'text' | 'number' | 'seconds' | 'money' | 'date' | 'instant';

export interface RowColumn {
  name: string;
  type: RowColumnType;
}

/** null: no value. */
export type RowCell = string | number | null;

export interface RowsOptions {
  /** Ends the work with an AbortError; `out` is destroyed. */
  signal?: AbortSignal;
  /** Told how many rows have been written, every so often and at the end: a list's progress. */
  onRows?: (written: number) => void;
  /** CSV: begin with the UTF-8 byte order mark, which Excel wants. */
  byteOrderMark?: boolean;
  /** XLSX: instants are written as the wall clock of this zone; its name belongs into the names of such columns. */
  timeZone: string;
  /** XLSX: at most 31 characters, without []:*?/\. */
  sheetName: string;
  /** XLSX: rows a sheet, its header included; Excel's limit unless told. */
  rowsPerSheet?: number;
}

const ROWS_PER_REPORT = 1_000;
const CHUNK_CHARACTERS = 65_536;
/** Excel takes no longer text in a cell. */
const TEXT_MAX = 32_767;
/** Most widths of columns people look at; text is cut by its cell, not by the file. */
const WIDTHS: Record<RowColumnType, number> = { text: 18, number: 10, seconds: 11, money: 14, date: 12, instant: 20 };
const FORMATS: Record<RowColumnType, string | undefined> = {
  // "Text" keeps a cell text even when somebody opens and leaves it.
  text: '@',
  number: undefined,
  seconds: '[h]:mm:ss',
  money: '#,##0.00',
  date: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm:ss',
};

/** Writes all rows and ends `out`. Returns how many rows (without the header) there were. */
export async function writeRows(
  format: 'csv' | 'xlsx',
  columns: readonly RowColumn[],
  rows: AsyncIterable<readonly RowCell[]>,
  out: Writable,
  options: RowsOptions,
): Promise<number> {
  const counted = new CountedRows(rows, options);
  const source =
    format === 'csv'
      ? Readable.from(csvChunks(columns, counted, options.byteOrderMark === true), { objectMode: false })
      : Readable.fromWeb(xlsxBytes(columns, counted, options) as never);
  await pipeline(source, out, { signal: options.signal });
  options.onRows?.(counted.written);
  return counted.written;
}

class CountedRows implements AsyncIterable<readonly RowCell[]> {
  written = 0;

  constructor(
    private readonly rows: AsyncIterable<readonly RowCell[]>,
    private readonly options: RowsOptions,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly RowCell[]> {
    for await (const row of this.rows) {
      this.options.signal?.throwIfAborted();
      yield row;
      this.written += 1;
      if (this.written % ROWS_PER_REPORT === 0) this.options.onRows?.(this.written);
    }
  }
}

async function* csvChunks(
  columns: readonly RowColumn[],
  rows: AsyncIterable<readonly RowCell[]>,
  byteOrderMark: boolean,
): AsyncGenerator<string> {
  let chunk = (byteOrderMark ? '\ufeff' : '') + csvLine(columns.map((column) => column.name));
  for await (const row of rows) {
    chunk += csvLine(row.map((cell) => (typeof cell === 'string' ? cleanText(cell) : finite(cell))));
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function finite(cell: number | null): number | null {
  return cell === null || Number.isFinite(cell) ? cell : null;
}

function xlsxBytes(columns: readonly RowColumn[], rows: AsyncIterable<readonly RowCell[]>, options: RowsOptions) {
  const zone = new LocalTime(options.timeZone);
  return writeXlsxStream(xlsxRows(columns, rows, zone), {
    name: options.sheetName,
    columns: columns.map(({ name, type }): ColumnDef => {
      const numFmt = FORMATS[type];
      const width = Math.max(WIDTHS[type], textWidth(name) + 2);
      return { header: cleanText(name), width, ...(numFmt === undefined ? {} : { numFmt }) };
    }),
    freezePane: { rows: 1 },
    ...(options.rowsPerSheet === undefined ? {} : { maxRowsPerSheet: options.rowsPerSheet }),
  });
}

async function* xlsxRows(
  columns: readonly RowColumn[],
  rows: AsyncIterable<readonly RowCell[]>,
  zone: LocalTime,
): AsyncGenerator<XlsxStreamRow> {
  const types = columns.map((column) => column.type);
  for await (const row of rows) yield row.map((cell, i) => xlsxCell(cell, types[i] ?? 'text', zone));
}

function xlsxCell(cell: RowCell, type: RowColumnType, zone: LocalTime): string | number | null {
  if (cell === null) return null;
  if (typeof cell === 'number') return type === 'seconds' ? cell / 86_400 : cell;
  if (type === 'date') return dateSerial(cell) ?? cleanText(cell);
  if (type === 'instant') return zone.serial(cell) ?? cleanText(cell);
  return cleanText(cell).slice(0, TEXT_MAX);
}
