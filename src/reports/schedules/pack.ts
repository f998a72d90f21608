/** Makes a pack: its documents, one file of them, and what messages say. */
import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Pool } from 'pg';
import { loadZones } from '../../kpi/index.js';
import { AppError, type Clock, isoOf } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import { dateInZone } from '../../shared/format/index.js';
import type { PackSummary } from '../../shared/schedules.js';
import type { DocumentWriter, ReportDocuments } from '../ports.js';
import { sourcesOn } from './periods.js';
import type { ScheduleFields } from './schedule.repository.js';
import { summaryOf } from './summary.js';
import { timingOf } from './timing.js';

const MEDIA_TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  zip: 'application/zip',
};
const FILE_NAME_MAX = 80;
/** Whoever has worked longer on a file does not come to an end. */
const WRITTEN_WITHIN_MS = 10 * 60_000;

export interface PackRequest {
  fields: Pick<ScheduleFields, 'name' | 'sources' | 'format' | 'language' | 'rhythm' | 'zone' | 'workingDaysOnly'>;
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
    private readonly writtenWithinMs = WRITTEN_WITHIN_MS,
  ) {}

  /** Throws what the documents throw, and `pack_too_slow`. */
  async make({ fields, madeBy, scope, due, late, missed }: PackRequest): Promise<MadePack> {
    const { name, format, language } = fields;
    const now = this.clock.now();
    const { rhythm, zone, workingDays } = await timingOf(this.pool, fields, now);
    const today = (await loadZones(this.pool)).dateOf(now);
    const sources = sourcesOn(today, fields.sources, { rhythm, workingDays });
    const organisation = await this.organisation();
    const documents = [];
    for (const source of sources) documents.push(await this.documents.document(source, scope));
    const out = new PassThrough();
    const madeAt = isoOf(this.clock.now());
    const options = { title: name, language, byteOrderMark: true, organisation, madeBy, madeAt };
    const reading = buffer(out);
    // Why there is no file the writer says.
    reading.catch(() => undefined);
    await this.written(documents, format, options, out);
    const content = await reading;
    return {
      name: fileNameOf(name, dateInZone(due, zone), extensionOf(format, content)),
      content,
      sha256: createHash('sha256').update(content).digest(),
      summary: summaryOf({ name, organisation, language, due, late, missed }, sources, documents),
    };
  }

  /** A writer that fails must end the stream as well, or whoever reads it waits for ever; so must one that never ends. */
  private async written(...[documents, format, options, out]: Parameters<DocumentWriter>): Promise<void> {
    const limit = AbortSignal.timeout(this.writtenWithinMs);
    try {
      await this.write(documents, format, options, out, limit);
    } catch (error) {
      const known = limit.aborted ? new AppError('pack_too_slow', { cause: error }) : error;
      out.destroy(known instanceof Error ? known : new Error('The file could not be written'));
      throw known;
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
