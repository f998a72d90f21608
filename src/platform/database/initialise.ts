import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secureToken } from '../clock/index.js';
import { AppError } from '../errors/index.js';
import type { PostgresBinaries } from './binaries.js';
import { chooseRunAs, type RunAs, serverAccount } from './run-as.js';

export const SUPERUSER = 'tallyboard';

export interface Cluster {
  /** Absolute; what follows `-D`. */
  postgresDir: string;
  logFile: string;
  password: string;
  runAs: RunAs;
}

/**
 * The database cluster below `dataDir`, made when there is none. It is built in a directory of its own and renamed
 * when complete, so that a start killed half-way leaves nothing that looks like a database.
 */
export function prepareCluster(dataDir: string, binaries: PostgresBinaries): Cluster {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const account = serverAccount();
  // As root the database runs as someone else, who has to pass through here; the files in it stay ours alone.
  if (account !== null) chmodSync(dataDir, 0o711);
  const password = ensurePassword(join(dataDir, 'postgres.password'));
  const postgresDir = join(dataDir, 'postgres');
  const logFile = join(dataDir, 'postgres.log');
  if (existsSync(join(postgresDir, 'PG_VERSION'))) {
    return { postgresDir, logFile, password, runAs: chooseRunAs(binaries.initdb, postgresDir) };
  }
  const draft = join(dataDir, `postgres.init-${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (account !== null) chownSync(draft, account.uid, account.gid);
  const runAs = chooseRunAs(binaries.initdb, draft);
  try {
    initialise(binaries, draft, password, runAs, logFile);
    renameSync(draft, postgresDir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Two first starts at once: the other one's cluster is as good as ours.
    if (!existsSync(join(postgresDir, 'PG_VERSION'))) throw error;
  }
  return { postgresDir, logFile, password, runAs };
}

function ensurePassword(file: string): string {
  try {
    writeFileSync(file, `${secureToken(24)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

function initialise(binaries: PostgresBinaries, dir: string, password: string, runAs: RunAs, logFile: string): void {
  const passwordFile = `${dir}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const account = serverAccount();
  if (account !== null) chownSync(passwordFile, account.uid, account.gid);
  // The C.UTF-8 of PostgreSQL itself: the same order of text on every machine, whatever its locales.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const { command, args } = runAs.wrap(binaries.initdb, ['-D', dir, ...locale, ...access]);
  try {
    const result = spawnSync(command, args, {
      uid: runAs.uid,
      gid: runAs.gid,
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    });
    if (result.status !== 0) {
      const reason = lastLines(`${result.stderr ?? ''}`) || result.error?.message || `exit code ${result.status}`;
      throw new AppError('database_embedded_failed', { params: { reason, log: logFile } });
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ');
}
