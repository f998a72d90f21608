/**
 * What the server and the thread that writes a file say to each other. The thread asks for each piece, and the server says
 * of each part of the file that it was taken: neither has more than a few of the other's at once. Types only.
 */
import type { ReportDocument } from '../../shared/reports.js';
import type { DocumentFormat, WriteOptions } from '../ports.js';
import type { RowCell, RowColumn, RowsOptions } from './rows.js';

/** What a thread is begun with. */
export type ThreadWork =
  | { kind: 'documents'; format: DocumentFormat; options: WriteOptions }
  | {
      kind: 'rows';
      format: 'csv' | 'xlsx';
      columns: readonly RowColumn[];
      options: Omit<RowsOptions, 'signal' | 'onRows'>;
    };

/** Of documents: first all of them with empty tables, then rows of their tables. Of lists: rows. */
export type Piece =
  | { kind: 'documents'; documents: ReportDocument[] }
  | { kind: 'table-rows'; document: number; section: number; rows: TableRow[] }
  | { kind: 'rows'; rows: readonly (readonly RowCell[])[] };

/** Without what only screens need. */
export type TableRow = Pick<
  Extract<ReportDocument['sections'][number], { kind: 'table' }>['rows'][number],
  'cells' | 'emphasis'
>;

export type ToThread = Piece | { kind: 'end' } | { kind: 'taken' };

export type FromThread =
  | { kind: 'wants' }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'done' }
  | { kind: 'failed'; name: string; message: string; stack: string | undefined };
