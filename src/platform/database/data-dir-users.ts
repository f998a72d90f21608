import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors/index.js';
import { processIdentity } from './process-identity.js';

const LOCK = 'tallyboard.lock';
const USERS = 'postgres.users';

/**
 * At most one server on a data directory. Returns the release function; throws `data_dir_in_use` naming the process.
 * A lock whose process is gone is taken over: nobody cleans up after `kill -9`.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const lock = join(dataDir, LOCK);
  const own = `${process.pid} ${processIdentity(process.pid) ?? ''}\n`;
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (tryLink(draft, lock)) return () => releaseLock(lock, own);
      const holder = readText(lock);
      if (holder !== null && isAlive(holder)) {
        throw new AppError('data_dir_in_use', { params: { pid: holder.split(' ')[0] ?? '?', dir: dataDir } });
      }
      if (holder !== null) removeStale(lock, holder);
    }
    throw new AppError('data_dir_in_use', { params: { pid: '?', dir: dataDir } });
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Notes that this process uses the embedded database; the returned function says whether it was the last one. */
export function registerUser(dataDir: string): () => { last: boolean } {
  const dir = join(dataDir, USERS);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const own = join(dir, `${process.pid}-${nextUser++}`);
  writeFileSync(own, `${process.pid} ${processIdentity(process.pid) ?? ''}\n`, { mode: 0o600 });
  return () => {
    rmSync(own, { force: true });
    const others = readdirSync(dir).filter((name) => {
      const text = readText(join(dir, name));
      if (text !== null && isAlive(text)) return true;
      rmSync(join(dir, name), { force: true });
      return false;
    });
    return { last: others.length === 0 };
  };
}

let nextUser = 0;

function isAlive(entry: string): boolean {
  const [pid = '', identity = ''] = splitOnce(entry.trim());
  return /^\d+$/.test(pid) && processIdentity(Number(pid)) === identity;
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Linking fails when the name exists: the one file operation that is atomic everywhere. */
function tryLink(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the stale lock away before deleting it, so that a lock taken meanwhile by somebody else is noticed. */
function removeStale(lock: string, expected: string): void {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (readText(aside) !== expected) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function releaseLock(lock: string, own: string): void {
  if (readText(lock) === own) rmSync(lock, { force: true });
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
