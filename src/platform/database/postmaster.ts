import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './process-identity.js';

export interface Postmaster {
  pid: number;
  port: number;
  status: 'starting' | 'stopping' | 'ready';
}

/**
 * The server that runs on a data directory, as its own pid file tells, or null. A file left behind whose number now
 * belongs to another program does not count.
 */
export function runningPostmaster(postgresDir: string): Postmaster | null {
  const file = readPidFile(postgresDir);
  return file !== null && isPostmaster(file.pid, postgresDir) ? file : null;
}

/** The pid file as it stands, whether its process lives or not. */
export function readPidFile(postgresDir: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(postgresDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  // Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status.
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const status = lines[7]?.trim();
  return {
    pid,
    port: Number(lines[3] ?? 0),
    status: status === 'ready' || status === 'stopping' ? status : 'starting',
  };
}

export function isPostmaster(pid: number, postgresDir: string): boolean {
  const line = commandLine(pid);
  if (line === null) return false;
  return process.platform === 'win32' || (line.includes('postgres') && line.includes(postgresDir));
}
