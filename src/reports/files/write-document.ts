/** Documents and lists as files, written in a thread of their own. */
import type { Writable } from 'node:stream';
import { AppError } from '../../platform/index.js';
import type { ReportDocument } from '../../shared/reports.js';
import type { DocumentFormat, DocumentWriter } from '../ports.js';
import { type WriteAside, writeAside } from './aside.js';
import { isOneTable } from './csv-file.js';
import type { RowCell, RowColumn, RowsOptions } from './rows.js';
import type { Piece } from './thread-work.js';

export interface FileType {
  /** Without the dot. */
  extension: 'csv' | 'zip' | 'xlsx' | 'pdf';
  contentType: string;
}

const TYPES: Record<FileType['extension'], string> = {
  csv: 'text/csv; charset=utf-8',
  zip: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

/** What `writeDocument` makes of these: CSV with more than one table is a .zip. */
export function documentFileType(documents: readonly ReportDocument[], format: DocumentFormat): FileType {
  const extension = format === 'csv' && !isOneTable(documents) ? 'zip' : format;
  return { extension, contentType: TYPES[extension] };
}

/** Cells of all tables of a workbook with charts: it is made in memory, and each takes some 500 bytes while it is. */
const WORKBOOK_CELLS_MAX = 500_000;
/** Handing over more at once would hold up everybody else. */
const CELLS_PER_PIECE = 4_000;
const ROWS_PER_PIECE = 200;

/** Throws `export_workbook_too_large`. */
export const writeDocument: DocumentWriter = async (documents, format, options, out, signal) => {
  if (format === 'xlsx') requireWorkbook(documents);
  await writeAside({ kind: 'documents', format, options }, piecesOf(documents), out, signal);
};

async function* piecesOf(documents: readonly ReportDocument[]): AsyncGenerator<Piece> {
  const emptied = documents.map((document) => ({
    ...document,
    sections: document.sections.map((section) => (section.kind === 'table' ? { ...section, rows: [] } : section)),
  }));
  yield { kind: 'documents', documents: emptied };
  for (const [document, { sections }] of documents.entries()) {
    for (const [section, table] of sections.entries()) {
      if (table.kind !== 'table') continue;
      const size = Math.max(1, Math.floor(CELLS_PER_PIECE / Math.max(1, table.columns.length)));
      for (let at = 0; at < table.rows.length; at += size) {
        const rows = table.rows
          .slice(at, at + size)
          .map(({ cells, emphasis }) => (emphasis === undefined ? { cells } : { cells, emphasis }));
        yield { kind: 'table-rows', document, section, rows };
      }
    }
  }
}

function requireWorkbook(documents: readonly ReportDocument[]): void {
  const tables = documents.flatMap(({ sections }) => sections.filter((section) => section.kind === 'table'));
  const cells = tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  if (cells <= WORKBOOK_CELLS_MAX) return;
  throw new AppError('export_workbook_too_large', { params: { cells, max: WORKBOOK_CELLS_MAX } });
}

/**
 * Writes all rows of a list and ends `out`. Returns how many rows (without the header) there were.
 * @param write in a thread that was waited for; without it waits for one
 */
export async function writeRows(
  format: 'csv' | 'xlsx',
  columns: readonly RowColumn[],
  rows: AsyncIterable<readonly RowCell[]>,
  out: Writable,
  options: RowsOptions,
  write: WriteAside = writeAside,
): Promise<number> {
  const { signal, onRows, ...rest } = options;
  let written = 0;
  async function* pieces(): AsyncGenerator<Piece> {
    let page: (readonly RowCell[])[] = [];
    for await (const row of rows) {
      signal?.throwIfAborted();
      page.push(row);
      written += 1;
      if (page.length < ROWS_PER_PIECE) continue;
      yield { kind: 'rows', rows: page };
      onRows?.(written);
      page = [];
    }
    if (page.length > 0) yield { kind: 'rows', rows: page };
  }
  await write({ kind: 'rows', format, columns, options: rest }, pieces(), out, signal);
  onRows?.(written);
  return written;
}
