import type { Scope } from '../../shared/access.js';
import type { ExportFormat, ExportSource, ExportState } from '../../shared/exports.js';

export interface ExportMaker {
  kind: 'user' | 'key';
  /** Null: the bootstrap key. */
  id: number | null;
}

/** A row. Times are epoch ms. */
export interface ExportJob {
  id: string;
  maker: ExportMaker;
  makerName: string | null;
  scope: Scope;
  source: ExportSource;
  format: ExportFormat;
  language: 'en' | 'zh';
  byteOrderMark: boolean;
  fullNumbers: boolean;
  state: ExportState;
  /** That runs or has made the file. */
  run: string | null;
  rows: number;
  rowsExpected: number | null;
  bytes: number | null;
  sha256: Buffer | null;
  fileName: string | null;
  failures: number;
  restarts: number;
  downloads: number;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  expiresAt: number | null;
  errorCode: string | null;
  errorParams: Record<string, string | number> | null;
}

/** What a run has to say at a sign of life. */
export interface Progress {
  rows: number;
  rowsExpected: number | null;
}

/** A file that was written completely. */
export interface WrittenFile {
  rows: number;
  bytes: number;
  sha256: Buffer;
}
