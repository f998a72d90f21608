import { AppError, ERROR_CATALOGUE, type ErrorCode, isoOf } from '../../platform/index.js';
import type { ExportView } from '../../shared/exports.js';
import type { ExportJob, ExportMaker } from './export-job.js';

export function exportView(job: ExportJob, asker: ExportMaker): ExportView {
  const { maker, makerName, sha256, errorCode, errorParams } = job;
  return {
    id: job.id,
    source: job.source,
    format: job.format,
    language: job.language,
    byteOrderMark: job.byteOrderMark,
    numbers: job.fullNumbers ? 'full' : 'masked',
    maker: { ...maker, name: makerName },
    mine: isSame(maker, asker),
    state: job.state,
    rows: job.rows,
    rowsExpected: job.rowsExpected,
    bytes: job.bytes,
    sha256: sha256?.toString('hex') ?? null,
    fileName: job.fileName,
    restarts: job.restarts,
    downloads: job.downloads,
    createdAt: isoOf(job.createdAt),
    startedAt: isoOrNull(job.startedAt),
    finishedAt: isoOrNull(job.finishedAt),
    expiresAt: isoOrNull(job.expiresAt),
    error: errorCode === null ? null : errorOf(errorCode, errorParams ?? {}),
  };
}

export function isSame(a: ExportMaker, b: ExportMaker): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** A code of another version is said by its name. */
function errorOf(code: string, params: Record<string, string | number>): ExportView['error'] {
  if (!Object.hasOwn(ERROR_CATALOGUE, code)) return { code, message: { en: code, zh: code } };
  const { sentence, fix } = new AppError(code as ErrorCode, { params });
  return { code, message: sentence, ...(fix === undefined ? {} : { fix }) };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : isoOf(ms);
}
