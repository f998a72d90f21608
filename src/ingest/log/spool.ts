/**
 * Where acknowledged events wait while the database is away: append-only segments in DATA_DIR/spool, each record
 * `length (4) ‖ crc32 (4) ‖ sealed request`, fdatasynced before the acknowledgement. A torn tail (power cut during an
 * unacknowledged append) ends the segment; everything acknowledged lies before it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Keys } from '../../platform/index.js';
import { uuid } from '../../platform/index.js';
import type { RawRequest } from '../translators.port.js';
import { packRaw, unpackRaw } from './raw-record.js';

const CONTEXT = 'spool';
const HEADER_BYTES = 8;

export class SpoolFullError extends Error {}

export class Spool {
  /** The segment appended to. Its path is known before the file exists: a drain must never take it for a full one. */
  private file: { path: string; handle: Promise<FileHandle> } | null = null;
  private oldestAt: number | null = null;
  private count = 0;
  /** Appends in turn, so that records never interleave. */
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: string,
    private readonly keys: Keys,
    private readonly bytesMax: number,
  ) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const path of this.segments()) this.note(this.read(path));
  }

  /** Requests waiting. */
  get size(): number {
    return this.count;
  }

  /** Receipt time of the oldest waiting request, epoch ms. */
  get oldest(): number | null {
    return this.oldestAt;
  }

  /** Durable when it resolves. Throws `SpoolFullError` at the cap; then nothing was written. */
  async append(requests: RawRequest[]): Promise<void> {
    const turn = this.tail.then(() => this.write(requests));
    this.tail = turn.catch(() => {});
    await turn;
  }

  private async write(requests: RawRequest[]): Promise<void> {
    const records = Buffer.concat(requests.map((request) => this.encode(request)));
    const used = this.segments().reduce((sum, path) => sum + statSync(path).size, 0);
    if (used + records.length > this.bytesMax) throw new SpoolFullError();
    this.file ??= this.newSegment();
    const segment = this.file;
    try {
      const handle = await segment.handle;
      await handle.appendFile(records);
      await handle.datasync();
    } catch (error) {
      // The tail may be torn now: later records must not follow it in the same segment.
      this.file = null;
      await closed(segment.handle);
      throw error;
    }
    this.note(requests);
  }

  private newSegment(): { path: string; handle: Promise<FileHandle> } {
    const path = join(this.directory, `${uuid()}.spool`);
    const handle = open(path, 'ax', 0o600).then(async (file) => {
      await this.syncDirectory();
      return file;
    });
    return { path, handle };
  }

  /** Hands every waiting request to `store`, then forgets it. `store` must be idempotent: a crash repeats. */
  async drain(store: (requests: RawRequest[]) => Promise<void>): Promise<number> {
    await this.tail;
    const full = this.file;
    this.file = null;
    if (full !== null) await closed(full.handle);
    let drained = 0;
    for (const path of this.segments().filter((segment) => segment !== this.currentPath())) {
      const requests = this.read(path);
      for (let from = 0; from < requests.length; from += 500) await store(requests.slice(from, from + 500));
      unlinkSync(path);
      drained += requests.length;
      this.count -= requests.length;
    }
    if (this.count <= 0) {
      this.count = 0;
      this.oldestAt = null;
    }
    return drained;
  }

  async close(): Promise<void> {
    await this.tail;
    if (this.file !== null) await closed(this.file.handle);
    this.file = null;
  }

  private currentPath(): string | null {
    return this.file?.path ?? null;
  }

  private segments(): string[] {
    if (!existsSync(this.directory)) return [];
    return readdirSync(this.directory)
      .filter((name) => name.endsWith('.spool'))
      .sort()
      .map((name) => join(this.directory, name));
  }

  private note(requests: RawRequest[]): void {
    this.count += requests.length;
    for (const { receivedAt } of requests) {
      if (this.oldestAt === null || receivedAt < this.oldestAt) this.oldestAt = receivedAt;
    }
  }

  private encode(request: RawRequest): Buffer {
    const { target, body, ...about } = request;
    const head = Buffer.from(JSON.stringify(about), 'utf8');
    const sealed = this.keys.encrypt('spool', packRaw(head.toString('utf8'), packRaw(target, body)), CONTEXT);
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32BE(sealed.length, 0);
    header.writeUInt32BE(crc32(sealed), 4);
    return Buffer.concat([header, sealed]);
  }

  private read(path: string): RawRequest[] {
    const bytes = readFileSync(path);
    const requests: RawRequest[] = [];
    for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
      const end = at + HEADER_BYTES + bytes.readUInt32BE(at);
      const sealed = bytes.subarray(at + HEADER_BYTES, end);
      if (end > bytes.length || crc32(sealed) !== bytes.readUInt32BE(at + 4)) break;
      const outer = unpackRaw(this.keys.decrypt('spool', sealed, CONTEXT));
      const about = JSON.parse(outer.target) as Omit<RawRequest, 'target' | 'body'>;
      requests.push({ ...about, ...unpackRaw(outer.body) });
      at = end;
    }
    return requests;
  }

  private async syncDirectory(): Promise<void> {
    if (process.platform === 'win32') return; // directories cannot be opened there
    const handle = await open(this.directory, 'r');
    await handle.sync();
    await handle.close();
  }
}

async function closed(handle: Promise<FileHandle>): Promise<void> {
  await handle.then((file) => file.close()).catch(() => {});
}
