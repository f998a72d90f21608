import {
  chmodSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { secureBytes } from '../clock/index.js';
import { AppError } from '../errors/index.js';

/** More lines than any rotation leaves behind: the file is something else. */
const KEYS_MAX = 32;

/**
 * The keys of the file, 32 bytes each, one line each, the first one current; null when there is no file.
 * Throws `master_key_unsafe` on a file others may read or that holds anything else.
 */
export function readKeyFile(file: string): [Buffer, ...Buffer[]] | null {
  let text: string;
  try {
    // Windows has no permission bits to check; there the directory's own access list decides.
    const mode = statSync(file).mode & 0o077;
    if (process.platform !== 'win32' && mode !== 0) throw unsafe(file, 'other users may read or change it');
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (error instanceof AppError) throw error;
    throw unsafe(file, (error as Error).message);
  }
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const [first, ...rest] = lines.map((line) => Buffer.from(line, 'hex'));
  if (first === undefined || lines.length > KEYS_MAX || !lines.every((line) => /^[0-9a-f]{64}$/i.test(line))) {
    throw unsafe(file, 'it does not hold 64 hexadecimal digits (after a rotation: on each line)');
  }
  if (new Set(lines.map((line) => line.toLowerCase())).size < lines.length) throw unsafe(file, 'it holds a key twice');
  return [first, ...rest];
}

/**
 * Puts other keys into the file at once: whoever reads it sees the old lines or the new ones, also after a power cut.
 * The new file gets the owner and the mode of the old one.
 */
export function writeKeyFile(file: string, keys: readonly Buffer[]): void {
  // Replacing what a link points to would leave the link as a file of its own.
  const target = realpathSync(file);
  const temporary = `${target}.${secureBytes(6).toString('hex')}.new`;
  const { uid, gid, mode } = statSync(target);
  try {
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(handle, keys.map((key) => `${key.toString('hex')}\n`).join(''));
      if (process.platform !== 'win32') {
        fchownSync(handle, uid, gid);
        fchmodSync(handle, mode & 0o777);
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unsafe(file, (error as Error).message);
  }
  syncDirectory(dirname(target));
}

/** Makes a new key and has it on disk before returning; when another process was faster, returns that one's. */
export function createKeyFile(file: string): [Buffer, ...Buffer[]] {
  mkdirSync(dirname(file), { recursive: true, mode: 0o711 });
  const key = secureBytes(32);
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    const existing = (error as NodeJS.ErrnoException).code === 'EEXIST' ? readKeyFile(file) : null;
    if (existing === null) throw unsafe(file, (error as Error).message);
    return existing;
  }
  try {
    writeSync(handle, `${key.toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(file, 0o600);
  syncDirectory(dirname(file));
  return [key];
}

/** A new file survives a power cut only once its directory is synced too; Windows cannot open directories. */
function syncDirectory(dir: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function unsafe(file: string, reason: string): AppError {
  return new AppError('master_key_unsafe', { params: { file, reason } });
}
