/** Documents written to memory or to a file, for tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { documentFile } from '../../../src/reports/files/document-file.js';
import type { DocumentFormat, WriteOptions } from '../../../src/reports/ports.js';
import type { ReportDocument } from '../../../src/shared/reports.js';
import { OPTIONS } from './files-sample.js';

/** In the thread of the test: how it looks does not depend on that. */
export async function written(
  documents: readonly ReportDocument[],
  format: DocumentFormat,
  options: Partial<WriteOptions> = {},
): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([
    buffer(out),
    documentFile(documents, format, { ...OPTIONS, language: 'en', ...options }, out),
  ]);
  return bytes;
}

/** Runs with the bytes in a file of their own. */
export async function withFile<T>(bytes: Buffer, name: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyboard-files-'));
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
