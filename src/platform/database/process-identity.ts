import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What distinguishes a process from a later one with the same number: process ids are reused, after a reboot and in
 * containers almost at once. null = no such process (or only its corpse).
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === 'linux') return linuxIdentity(pid);
  if (!exists(pid)) return null;
  if (process.platform === 'win32') return 'running';
  return commandOutput('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

/** The command line of a process, or null when it is gone. */
export function commandLine(pid: number): string | null {
  if (process.platform === 'linux') {
    const text = readOrNull(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim();
    return text === undefined || text === '' ? null : text;
  }
  if (!exists(pid)) return null;
  if (process.platform === 'win32') return '';
  return commandOutput('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
}

function linuxIdentity(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // "pid (name, which may hold anything) state ppid … starttime …": field 3 is the state, field 22 the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return `${boot}:${fields[19] ?? ''}`;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandOutput(command: string, args: string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null;
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
