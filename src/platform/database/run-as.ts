import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { AppError } from '../errors/index.js';

/** How to run a PostgreSQL program so that it is not root. */
export interface RunAs {
  uid?: number;
  gid?: number;
  /** The command line to spawn instead of `command args`. */
  wrap(command: string, args: string[]): { command: string; args: string[] };
}

const AS_OURSELVES: RunAs = { wrap: (command, args) => ({ command, args }) };

/** The unprivileged account for the database when we are root, else null. */
export function serverAccount(): { name: string; uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== null && gid !== null) return { name, uid, gid };
  }
  throw new AppError('database_embedded_user', {
    params: { reason: 'there is no user postgres or nobody to run it as' },
  });
}

/**
 * Finds a way that works, by trying: `dataDir` (already owned by the account) must be enterable and `initdb` runnable (`--show` looks for its
 * sister programs and changes nothing).
 * Plain change of user first. Below a directory that only root may enter (a checkout in /root) the account gets the
 * capability to pass it, kept over `exec` as an ambient capability; containers often hold DAC_OVERRIDE alone.
 */
export function chooseRunAs(initdb: string, dataDir: string): RunAs {
  const account = serverAccount();
  if (account === null) return AS_OURSELVES;
  const { uid, gid, name } = account;
  const plain: RunAs = { uid, gid, wrap: AS_OURSELVES.wrap };
  const first = probe(plain, initdb, dataDir);
  if (first.status === 0) return plain;
  for (const names of [['dac_override', 'dac_read_search'], ['dac_override']]) {
    const candidate = withCapabilities(uid, gid, names);
    if (probe(candidate, initdb, dataDir).status === 0) return candidate;
  }
  const said = first.error?.message ?? `${first.stderr}`.trim();
  throw new AppError('database_embedded_user', {
    params: { reason: `the user ${name} cannot reach ${dataDir} or ${initdb} (${said})` },
  });
}

function withCapabilities(uid: number, gid: number, names: string[]): RunAs {
  const capabilities = names.map((name) => `+${name}`).join(',');
  // Without this bit access(2) ignores the capabilities, and PostgreSQL looks for its own programs with it.
  const options = [
    '--securebits',
    '+no_setuid_fixup',
    '--reuid',
    String(uid),
    '--regid',
    String(gid),
    '--clear-groups',
  ];
  options.push('--inh-caps', capabilities, '--ambient-caps', capabilities, '--');
  return { wrap: (command, args) => ({ command: 'setpriv', args: [...options, command, ...args] }) };
}

function probe(runAs: RunAs, initdb: string, dataDir: string): SpawnSyncReturns<string> {
  const { command, args } = runAs.wrap('/bin/sh', ['-c', 'cd "$1" && exec "$2" --show -D "$1"', 'sh', dataDir, initdb]);
  return spawnSync(command, args, { uid: runAs.uid, gid: runAs.gid, cwd: '/', encoding: 'utf8', timeout: 10_000 });
}

function idOf(flag: string, name: string): number | null {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  } catch {
    return null;
  }
}
