/** Makes a pack: its documents, one file of them, and what messages say. */
import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Pool } from 'pg';
import { type Clock, isoOf } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import { dateInZone } from '../../shared/format/index.js';
import type { PackSummary } from '../../shared/schedules.js';
import type { DocumentWriter, ReportDocuments } from '../ports.js';
import type { ScheduleFields } from './schedule.repository.js';
import { summaryOf } from './summary.js';

const MEDIA_TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  zip: 'application/zip',
};
const FILE_NAME_MAX = 80;

export interface PackRequest {
  fields: Pick<ScheduleFields, 'name' | 'sources' | 'format' | 'language'>;
  /** IANA zone the file's date is read in. */
  zone: string;
  madeBy: string;
  scope: Scope;
  /** Epoch ms. */
  due: number;
  late: boolean;
  missed: number;
}

export interface MadePack {
  name: string;
  content: Buffer;
  sha256: Buffer;
  summary: PackSummary;
}

export class PackMaker {
  constructor(
    private readonly pool: Pool,
    private readonly documents: ReportDocuments,
    private readonly write: DocumentWriter,
    private readonly clock: Clock,
  ) {}

  /** Throws what the documents throw. */
  async make({ fields, zone, madeBy, scope, due, late, missed }: PackRequest): Promise<MadePack> {
    const { name, sources, format, language } = fields;
    const organisation = await this.organisation();
    const documents = [];
    for (const source of sources) documents.push(await this.documents.document(source, scope));
    const out = new PassThrough();
    const options = { language, byteOrderMark: true, organisation, madeBy, madeAt: isoOf(this.clock.now()) };
    const [content] = await Promise.all([buffer(out), this.written(documents, format, options, out)]);
    return {
      name: fileNameOf(name, dateInZone(due, zone), extensionOf(format, content)),
      content,
      sha256: createHash('sha256').update(content).digest(),
      summary: summaryOf({ name, organisation, language, due, late, missed }, sources, documents),
    };
  }

  /** A writer that fails must end the stream as well, or whoever reads it waits for ever. */
  private async written(...given: Parameters<DocumentWriter>): Promise<void> {
    try {
      await this.write(...given);
    } catch (error) {
      given[3].destroy(error instanceof Error ? error : new Error('The file could not be written'));
      throw error;
    }
  }

  private async organisation(): Promise<string> {
    const { rows } = await this.pool.query<{ name: string }>('SELECT name FROM organisation');
    return rows[0]?.name ?? '';
  }
}

/** Several CSV files come as one archive. */
function extensionOf(format: string, content: Buffer): string {
  const isArchive = content.subarray(0, 2).toString('latin1') === 'PK';
  return format === 'csv' && isArchive ? 'zip' : format;
}

function fileNameOf(name: string, date: string, extension: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, FILE_NAME_MAX)
    .trim();
  return `${safe === '' ? 'pack' : safe} ${date}.${extension}`;
}

export function mediaTypeOf(fileName: string): string {
  return MEDIA_TYPES[fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
