import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors/index.js';
import type { Config } from './config.js';

const MARKER = 'tallyboard.json';

/**
 * Makes the data directory, or checks that it is of the same kind of run: a demo writes invented calls, and these
 * must never end up among real ones. Throws `data_dir_mismatch`.
 */
export function claimDataDir(config: Pick<Config, 'dataDir' | 'demo'>): void {
  const wanted = kindOf(config.demo);
  // Others may enter but not list: as root the database runs under another user and must reach its own directory.
  mkdirSync(config.dataDir, { recursive: true, mode: 0o711 });
  const found = readMarker(config.dataDir);
  if (found === null) {
    const foreign = config.demo && readdirSync(config.dataDir).length > 0;
    if (foreign) throw mismatch(config.dataDir, 'non-demo', wanted);
    writeFileSync(join(config.dataDir, MARKER), `${JSON.stringify({ kind: wanted })}\n`, { mode: 0o600 });
    return;
  }
  if (found !== wanted) throw mismatch(config.dataDir, found, wanted);
}

function kindOf(demo: boolean): string {
  return demo ? 'demo' : 'normal';
}

function mismatch(dir: string, found: string, wanted: string): AppError {
  return new AppError('data_dir_mismatch', { params: { dir, found, wanted } });
}

function readMarker(dir: string): string | null {
  let text: string;
  try {
    text = readFileSync(join(dir, MARKER), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const match = /"kind":\s*"(\w+)"/.exec(text);
  return match?.[1] ?? 'unreadable';
}
