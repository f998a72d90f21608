/** One or several documents (a pack) as one file. */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { AppError } from '../../platform/index.js';
import type { ReportDocument } from '../../shared/reports.js';
import type { DocumentFormat, DocumentWriter } from '../ports.js';
import { csvFile, isOneTable } from './csv-file.js';
import { pdfFile } from './pdf/pdf-file.js';
import { xlsxFile } from './xlsx-file.js';

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

/**
 * Cells of all tables of a workbook with charts. It is made in one go in memory: beyond this everybody else waits for
 * seconds, of the largest reports for minutes.
 */
const WORKBOOK_CELLS_MAX = 300_000;

/** Throws `export_workbook_too_large`. */
export const writeDocument: DocumentWriter = async (documents, format, options, out) => {
  if (format === 'pdf') {
    await pdfFile(documents, options, out);
    return;
  }
  if (format === 'xlsx') requireWorkbook(documents);
  await writeAll(format === 'csv' ? csvFile(documents, options) : xlsxFile(documents, options), out);
};

async function writeAll(bytes: Uint8Array, out: Writable): Promise<void> {
  const written = finished(out, { readable: false });
  out.end(bytes);
  await written;
}

function requireWorkbook(documents: readonly ReportDocument[]): void {
  const tables = documents.flatMap(({ sections }) => sections.filter((section) => section.kind === 'table'));
  const cells = tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  if (cells <= WORKBOOK_CELLS_MAX) return;
  throw new AppError('export_workbook_too_large', { params: { cells, max: WORKBOOK_CELLS_MAX } });
}
