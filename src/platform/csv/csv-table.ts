/** A CSV file as rows of named cells. Pure; what is wrong with the file as a whole is thrown. */
import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../errors/index.js';
import { readCell } from './csv-text.js';

/** Files of more rows are to be sent in parts. */
export const CSV_ROWS_MAX = 20_000;

export interface CsvRow<Column extends string> {
  /** Line of the file on which the row starts; 1 = the header. */
  line: number;
  /** Cells that are not empty, trimmed. */
  cells: ReadonlyMap<Column, string>;
}

/**
 * Reads a file whose header names some of `columns`, in any order. Throws `import_empty`, `import_too_many`,
 * `import_encoding`, `import_file_invalid`, `import_column_unknown`, `import_column_repeated`, `import_column_missing`.
 */
export function readCsvTable<Column extends string>(
  file: Buffer,
  columns: readonly Column[],
  required: Column,
): CsvRow<Column>[] {
  const records = parseRecords(textOf(file));
  const [header, ...rows] = records;
  if (header === undefined) throw new AppError('import_empty', { field: 'file' });
  const found = columnsOf(header.cells, columns, required);
  if (rows.length === 0) throw new AppError('import_empty', { field: 'file' });
  if (rows.length > CSV_ROWS_MAX)
    throw new AppError('import_too_many', { field: 'file', params: { max: CSV_ROWS_MAX } });
  return rows.map(({ line, cells }) => ({
    line,
    cells: new Map(
      found.flatMap((column, i) => {
        const value = readCell(cells[i] ?? '');
        return value === '' ? [] : [[column, value] as const];
      }),
    ),
  }));
}

function textOf(file: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file);
    if (!text.includes('\0')) return text;
  } catch {
    // Answered below.
  }
  throw new AppError('import_encoding', { field: 'file' });
}

/** The parser counts the lines it has read: a row starts behind the one before it. */
function parseRecords(text: string): { line: number; cells: string[] }[] {
  try {
    // One kind of line end: with two characters the parser counts those within quotes twice.
    const parsed = parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: 20_000,
      relax_column_count_less: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return parsed.map(({ info, record }) => ({
      line: info.lines - record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0),
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { lines?: number };
    throw new AppError('import_file_invalid', { field: 'file', params: { line: lines ?? 1 } });
  }
}

function columnsOf<Column extends string>(
  header: readonly string[],
  known: readonly Column[],
  required: Column,
): Column[] {
  const allowed = known.join(', ');
  const columns: Column[] = [];
  for (const given of header) {
    const text = readCell(given).toLowerCase();
    const column = known.find((one) => one.toLowerCase() === text);
    // A file without its header has people where names of columns belong: their numbers are not repeated.
    const params = { column: text.slice(0, 40).replace(/\p{Nd}{4,}/gu, '…'), allowed };
    if (column === undefined) throw new AppError('import_column_unknown', { field: 'file', params });
    if (columns.includes(column)) throw new AppError('import_column_repeated', { field: 'file', params: { column } });
    columns.push(column);
  }
  if (!columns.includes(required)) {
    throw new AppError('import_column_missing', { field: 'file', params: { column: required, allowed } });
  }
  return columns;
}
