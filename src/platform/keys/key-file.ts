import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { secureBytes } from '../clock/index.js';
import { AppError } from '../errors/index.js';

/** The 32 bytes of the key file, or null when there is none. Throws `master_key_unsafe` on a file others may read. */
export function readKeyFile(file: string): Buffer | null {
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
  if (!/^[0-9a-f]{64}$/i.test(text)) throw unsafe(file, 'it does not hold 64 hexadecimal digits');
  return Buffer.from(text, 'hex');
}

/** Makes a new key and has it on disk before returning; when another process was faster, returns that one's. */
export function createKeyFile(file: string): Buffer {
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
  return key;
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
