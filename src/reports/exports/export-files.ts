/**
 * Files of exports on disk: names made here, readable by the server alone, whole or not there. Each run has a file of its
 * own, so that one whose process was only slow never writes over the file of the run that took its place.
 */
import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { AppError } from '../../platform/index.js';

const PART = '.part';
const FILE = '.file';
/** Longer than a run can be between the making of a part and its first row in the table. */
const ORPHAN_AFTER_MS = 60_000;

export class ExportFiles {
  /** @param directory absolute; made when it is not there */
  constructor(private readonly directory: string) {}

  /** A file that is being written. */
  async begin(id: string, run: string): Promise<PartFile> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    return PartFile.create(join(this.directory, `${id}.${run}${PART}`));
  }

  /** Puts a finished part in its place. */
  async keep(id: string, run: string): Promise<void> {
    await rename(join(this.directory, `${id}.${run}${PART}`), this.path(id, run));
  }

  async dropPart(id: string, run: string): Promise<void> {
    await rm(join(this.directory, `${id}.${run}${PART}`), { force: true });
  }

  async remove(id: string, run: string): Promise<void> {
    await rm(this.path(id, run), { force: true });
  }

  /** Null: not there. */
  async read(id: string, run: string): Promise<{ stream: ReadStream; bytes: number } | null> {
    try {
      const path = this.path(id, run);
      const { size } = await stat(path);
      return { stream: createReadStream(path), bytes: size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Removes what no row knows any more. @param runsWanted of the given runs those whose file is @param now epoch ms */
  async sweep(runsWanted: (runs: string[]) => Promise<Set<string>>, now: number): Promise<void> {
    const names = await readdir(this.directory).catch(() => []);
    const wanted = await runsWanted(names.map(runOf).filter((run) => run !== null));
    for (const name of names) {
      const run = runOf(name);
      if (run === null || wanted.has(run)) continue;
      const path = join(this.directory, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
      if (now - mtimeMs > ORPHAN_AFTER_MS) await rm(path, { force: true });
    }
  }

  private path(id: string, run: string): string {
    return join(this.directory, `${id}.${run}${FILE}`);
  }
}

function runOf(name: string): string | null {
  return /^[0-9a-f-]{36}\.([0-9a-f-]{36})\.(?:file|part)$/.exec(name)?.[1] ?? null;
}

/** Counts and hashes what goes through it; ended, it is on the disk. */
export class PartFile extends Writable {
  bytes = 0;
  private readonly hash = createHash('sha256');

  private constructor(private readonly handle: FileHandle) {
    super({ highWaterMark: 256 * 1024 });
  }

  static async create(path: string): Promise<PartFile> {
    return new PartFile(await open(path, 'wx', 0o600).catch(rethrow));
  }

  /** Of the whole file; once. */
  digest(): Buffer {
    return this.hash.digest();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    this.handle.appendFile(chunk).then(
      () => done(),
      (error) => done(asKnown(error)),
    );
  }

  override _final(done: (error?: Error | null) => void): void {
    this.handle.sync().then(
      () => done(),
      (error) => done(asKnown(error)),
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.handle.close().then(
      () => done(error),
      () => done(error),
    );
  }
}

function asKnown(error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('export_disk_full', { cause: error });
  return error as Error;
}

function rethrow(error: unknown): never {
  throw asKnown(error);
}
