/** A PostgreSQL of a test's own, durable as in production, that can be taken away and brought back. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgres, ensureDatabase } from '../../src/platform/index.js';
import { postmasterPid } from './children.js';
import { eventually } from './eventually.js';

const DATABASE = 'tallyboard';

export interface OwnPostgres {
  /** The same after every restart. */
  url: string;
  /** As after a power cut: no checkpoint, recovery at the next start. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Stops every process of the server where it stands, as a hung disk does. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export async function ownPostgres(dataDir: string): Promise<OwnPostgres> {
  let server = await EmbeddedPostgres.open({ dataDir });
  await ensureDatabase(server.url('postgres'), DATABASE);
  const url = server.url(DATABASE);
  let frozen: number[] = [];
  const crash = async (): Promise<void> => {
    await crashPostgres(dataDir);
    await server.close();
  };
  const thaw = (): void => {
    for (const pid of frozen.splice(0)) signal(pid, 'SIGCONT');
  };
  return {
    url,
    crash,
    start: () =>
      eventually(
        async () => {
          // The port of before, unless some connection of this machine has taken it for a moment.
          writeFileSync(join(dataDir, 'postgres.port'), `${new URL(url).port}\n`);
          server = await EmbeddedPostgres.open({ dataDir });
          if (server.url(DATABASE) === url) return true;
          await server.close();
          return false;
        },
        { withinMs: 60_000, everyMs: 500, what: 'PostgreSQL at its port' },
      ).then(() => undefined),
    freeze: () => {
      const parent = postmasterPid(dataDir);
      if (parent === null) throw new Error('PostgreSQL does not run');
      frozen = [parent, ...childrenOf(parent)];
      for (const pid of frozen) signal(pid, 'SIGSTOP');
    },
    thaw,
    close: async () => {
      thaw();
      await server.close();
    },
  };
}

/** `pg_ctl stop -m immediate`; returns once the server is gone. */
export async function crashPostgres(dataDir: string): Promise<void> {
  const pid = postmasterPid(dataDir);
  if (pid === null) throw new Error(`No PostgreSQL runs in ${join(dataDir, 'postgres')}`);
  signal(pid, 'SIGQUIT');
  await eventually(() => postmasterPid(dataDir) !== pid, { what: 'the end of PostgreSQL' });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

function childrenOf(parent: number): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid = 0]) => pid);
}
