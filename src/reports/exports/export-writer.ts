/** Writes what an export is of into its file. */
import type { Writable } from 'node:stream';
import type { ModuleRef } from '@nestjs/core';
import type { Pool } from 'pg';
import { CustomerNumbers } from '../../customers/index.js';
import { loadZones } from '../../kpi/read/index.js';
import { AppError, isoOf, type Keys } from '../../platform/index.js';
import type { ExportSource, PeriodSource } from '../../shared/exports.js';
import type { ReportDocument, ReportSource } from '../../shared/reports.js';
import {
  documentFileType,
  type FileType,
  rangeText,
  type WriteAside,
  whenThreadIsFree,
  writeRows,
} from '../files/index.js';
import { type DocumentWriter, REPORT_DOCUMENTS, type ReportDocuments } from '../ports.js';
import { readyReportName } from '../ready/index.js';
import { callList } from './call-list.js';
import type { ExportJob, Progress } from './export-job.js';
import type { NamedFile } from './file-name.js';
import { numberReader } from './list-names.js';
import { callsQueryOf, keptSource, type List, outcomesQueryOf } from './lists.js';
import { atOneMoment, type Moment } from './one-moment.js';
import { outcomeList } from './outcome-list.js';

const SHEETS = { calls: { en: 'Calls', zh: '通话' }, outcomes: { en: 'Outcomes', zh: '结果' } };

type ListSource = Extract<ExportSource, { kind: 'calls' | 'outcomes' }>;

export interface WriterParts {
  /** Of the database. */
  url: string;
  pool: Pool;
  keys: Keys;
  rowsMax: number;
  /** Where `ReportDocuments` are looked up, once they are there. */
  modules: Pick<ModuleRef, 'get'>;
  writeDocument: DocumentWriter;
}

export interface Written {
  rows: number;
  /** Of what was written: a report of several tables as CSV is a .zip. */
  extension: FileType['extension'];
  /** What its file is called after; null: a list. */
  report: NamedFile['report'];
}

export interface WriteRun {
  signal: AbortSignal;
  progress(progress: Progress): void;
  makerName: string;
  /** Epoch ms. */
  now: number;
}

export class ExportWriter {
  private readonly numbers: CustomerNumbers;

  constructor(private readonly parts: WriterParts) {
    this.numbers = new CustomerNumbers(parts.keys);
  }

  /** Writes everything and ends `out`. Throws `export_too_large` and what the source throws. */
  async write(job: ExportJob, out: Writable, run: WriteRun): Promise<Written> {
    const source = keptSource(job.source);
    if (source.kind !== 'calls' && source.kind !== 'outcomes') return this.writeReport(job, source, out, run);
    // A moment that waited behind long files would hold back the vacuum, and be an old one when its turn came.
    return whenThreadIsFree(
      (write) =>
        atOneMoment(this.parts, run.signal, async (moment) => {
          const list = await this.listOf(source, job, moment);
          return this.writeList(job, list, { sheetName: SHEETS[source.kind][job.language], out, write }, run);
        }),
      run.signal,
    );
  }

  private listOf({ kind, query }: ListSource, job: ExportJob, moment: Moment): Promise<List> {
    const { pool, rowsMax } = this.parts;
    const numbers = numberReader(moment.db, this.numbers, job.fullNumbers);
    const options = { language: job.language, numbers, max: rowsMax };
    return kind === 'calls'
      ? callList(pool, moment, callsQueryOf(query), job.scope, options)
      : outcomeList(pool, moment, outcomesQueryOf(query), job.scope, options);
  }

  private async writeList(
    { format, byteOrderMark }: ExportJob,
    list: List,
    { sheetName, out, write }: { sheetName: string; out: Writable; write: WriteAside },
    run: WriteRun,
  ): Promise<Written> {
    const { rowsMax, pool } = this.parts;
    const { signal, progress } = run;
    const { timeZone } = (await loadZones(pool)).at(run.now);
    if (list.count > rowsMax) throw new AppError('export_too_large', { params: { max: rowsMax } });
    if (format === 'pdf') throw new AppError('export_format_unfit');
    const onRows = (rows: number) => progress({ rows, rowsExpected: list.count });
    onRows(0);
    // Instants of a spreadsheet are the wall clock of one zone: their columns say which.
    const columns = list.columns.map((column) =>
      column.type === 'instant' && format === 'xlsx' ? { ...column, name: `${column.name} (${timeZone})` } : column,
    );
    const options = { signal, onRows, byteOrderMark, timeZone, sheetName };
    const rows = await writeRows(format, columns, list.rows, out, options, write);
    // Both of one moment: anything else is a fault of ours, and no file.
    if (rows !== list.count) throw new Error(`${list.count} rows were counted and ${rows} written`);
    return { rows, extension: format, report: null };
  }

  private async writeReport(
    job: ExportJob,
    source: ReportSource | PeriodSource,
    out: Writable,
    run: WriteRun,
  ): Promise<Written> {
    const documents = this.parts.modules.get<ReportDocuments>(REPORT_DOCUMENTS, { strict: false });
    const document = await documents.document(source, job.scope);
    run.signal.throwIfAborted();
    const { rows } = await this.parts.pool.query<{ name: string }>('SELECT name FROM organisation');
    await this.parts.writeDocument(
      [document],
      job.format,
      {
        language: job.language,
        byteOrderMark: job.byteOrderMark,
        organisation: rows[0]?.name ?? '',
        madeBy: run.makerName,
        madeAt: isoOf(run.now),
      },
      out,
      run.signal,
    );
    const title = source.kind === 'ready' ? readyReportName(source.report) : document.title;
    return {
      rows: rowsOf(document),
      extension: documentFileType([document], job.format).extension,
      report: { title, range: rangeText(document, job.language) },
    };
  }
}

function rowsOf({ sections }: ReportDocument): number {
  return sections.reduce((sum, section) => sum + (section.kind === 'table' ? section.rows.length : 0), 0);
}
