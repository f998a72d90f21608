/**
 * Exports: files made in the background, kept for some days, fetched through links that work once. All paths start with
 * `/api/v1/exports`; times are ISO 8601 in UTC.
 *
 * POST / (`exports:make`) → ExportView (201). GET / → ExportList; GET /:id → ExportView; POST /:id/cancel → ExportView;
 * POST /:id/link → ExportLink; DELETE /:id → 204. GET /:id/file?token= (no sign-in: the token is the right) → the file.
 */
import type { Localised } from './api.js';
import type { ReportSource } from './reports.js';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * - `waiting` → `running` → `done` → `expired` (the file is gone); or `failed`, or `cancelled`.
 * - A running one whose process died waits and runs again from its beginning; `restarts` says how often.
 */
export const EXPORT_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled', 'expired'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** A closed month, "2026-10", as GET /periods/:month has it. */
export interface PeriodSource {
  kind: 'period';
  month: string;
}

/**
 * A report, a closed month, or a list of calls or outcomes: `query` is that of GET /calls or GET /outcomes without `limit` and `cursor`
 * ("from=2026-11-01&to=2026-12-01&team=3"). Lists are CSV or XLSX, never PDF.
 */
export type ExportSource =
  | ReportSource
  | PeriodSource
  | { kind: 'calls'; query: string }
  | { kind: 'outcomes'; query: string };

export interface ExportRequest {
  source: ExportSource;
  format: ExportFormat;
  language: 'en' | 'zh';
  /** CSV: begins with the UTF-8 byte order mark, which Excel wants. Default false. */
  byteOrderMark?: boolean;
  /** Of calls and outcomes. `full` needs `numbers:reveal` and is noted as such. Default masked. */
  numbers?: 'masked' | 'full';
}

export interface ExportView {
  id: string;
  source: ExportSource;
  format: ExportFormat;
  language: 'en' | 'zh';
  byteOrderMark: boolean;
  numbers: 'masked' | 'full';
  maker: { kind: 'user' | 'key'; id: number | null; name: string | null };
  /** Whoever asks made it. */
  mine: boolean;
  state: ExportState;
  /** Written so far; of a report known at the end only. */
  rows: number;
  /** Counted before it began; null: not known. */
  rowsExpected: number | null;
  /** Of the file. */
  bytes: number | null;
  sha256: string | null;
  fileName: string | null;
  restarts: number;
  downloads: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** When the file is deleted. */
  expiresAt: string | null;
  /** Why it failed, or why its file is gone before its time. */
  error: { code: string; message: Localised; fix?: Localised } | null;
}

/** Newest first. */
export interface ExportList {
  exports: ExportView[];
  /** Days a file is kept. */
  keepDays: number;
}

export interface ExportLink {
  /** Works once, and until `expiresAt`; beginning with `/`. */
  url: string;
  expiresAt: string;
}
