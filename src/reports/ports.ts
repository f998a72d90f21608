/** What the parts of reports offer each other; each is provided under its token in `reports.module.ts`. */
import type { Writable } from 'node:stream';
import type { Scope } from '../shared/access.js';
import type { PeriodSource } from '../shared/exports.js';
import type { ReportDocument, ReportResult, ReportSource, ReportSpec } from '../shared/reports.js';

/** Business dates a range is compared with instead of those right before it. */
export interface OtherRange {
  from: string;
  /** Exclusive. */
  to: string;
  /** All of it, also where the range has not ended and would be compared with as much as has passed of it. */
  whole: boolean;
}

/** A question, compared with `previous` or, where it says so, with another range. */
export interface ReportQuestion extends ReportSpec {
  against?: OtherRange | undefined;
}

/** Nest token of the `ReportEngine`. */
export const REPORT_ENGINE = Symbol('ReportEngine');
/** Answers questions; all of one call from one snapshot of the database. */
export interface ReportEngine {
  /** Throws AppError: `outside_scope`, `kpi_unknown`, `range_empty`, `range_too_long`, `report_…`. */
  run(specs: readonly ReportQuestion[], scope: Scope): Promise<ReportResult[]>;
}

/** Nest token of the `ReportDocuments`. */
export const REPORT_DOCUMENTS = Symbol('ReportDocuments');
/** The document of a question of one's own, of a ready-made report or of a closed month: what screens show, exports and packs print. */
export interface ReportDocuments {
  document(source: ReportSource | PeriodSource, scope: Scope): Promise<ReportDocument>;
}

export const DOCUMENT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];
export type ReportLanguage = 'en' | 'zh';

export interface WriteOptions {
  language: ReportLanguage;
  /** CSV only: begin with the UTF-8 byte order mark, which Excel wants. */
  byteOrderMark?: boolean;
  /** What the pack is called, on covers; absent: one report by its own name, several "Meeting pack". */
  title?: string;
  /** Name of the organisation, on covers. */
  organisation: string;
  /** Who asked for it and when, ISO 8601: printed in a corner of every page, in a sheet of its own, in a CSV's name only. */
  madeBy: string;
  madeAt: string;
}

/**
 * `writeDocument` of `files/`: one or several documents (a pack) as one file. Ends `out`. What it refuses
 * it refuses before it begins; when it fails later, or `signal` is aborted, it destroys `out`.
 */
export type DocumentWriter = (
  documents: readonly ReportDocument[],
  format: DocumentFormat,
  options: WriteOptions,
  out: Writable,
  signal?: AbortSignal,
) => Promise<void>;
