/** Real processes of the product: the launcher `bin/tallyboard.mjs` with an environment of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.js';

const ROOT = join(import.meta.dirname, '../..');
const LAUNCHER = join(ROOT, 'bin/tallyboard.mjs');
/** A demo loads its history first, on a machine that is busy with other proofs. */
const START_WITHIN_MS = 360_000;

export type Environment = Record<string, string | undefined>;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Command extends Exit {
  stdout: string;
  stderr: string;
}

export interface ServerProcess {
  url: string;
  pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Exit>;
  exited: Promise<Exit>;
}

/** Nothing of the machine's settings gets into a child: only where programs are, and what the test gives. */
function environment(given: Environment): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return { PATH, HOME, TMPDIR, SystemRoot, LANG: 'C', PORT: '0', LOG_LEVEL: 'warn', ...given };
}

const running = new Set<ChildProcess>();
// At the end of a file its environment ends what is left of them.
Object.assign(globalThis, { [Symbol.for('tallyboard.children')]: running });
// A test run that is cut off must not leave servers behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function launch(args: string[], env: Environment, cwd?: string) {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  running.add(child);
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text;
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return { child, printed, exited };
}

/** Runs a command to its end. */
export async function tallyboard(args: string[], env: Environment = {}, cwd?: string): Promise<Command> {
  const { printed, exited } = launch(args, env, cwd);
  const exit = await exited;
  return { ...exit, ...printed };
}

/** Starts a server and returns once it says where it is. Throws with its words when it ends before. */
export async function startProcess(env: Environment, args: string[] = [], cwd?: string): Promise<ServerProcess> {
  const { child, printed, exited } = launch(['start', ...args], env, cwd);
  const output = (): string => printed.stdout + printed.stderr;
  let ended: Exit | undefined;
  let stopping = false;
  void exited.then((exit) => {
    ended = exit;
    // Whatever waits for this server will fail for another reason; this is the real one.
    if (!stopping && exit.code !== 0)
      console.error(`The server ended by itself with ${JSON.stringify(exit)}: ${output()}`);
  });
  const url = await eventually(
    () => {
      const found = /(https?:\/\/\S+)\/wall\/default/.exec(printed.stdout)?.[1];
      if (found !== undefined) return found;
      // A process without the api role has no address.
      if (env.ROLES === 'worker' && /is up after/.test(printed.stdout)) return '';
      return ended !== undefined ? 'ended' : undefined;
    },
    { withinMs: START_WITHIN_MS, what: 'the address of the server' },
  );
  if (url === 'ended') throw new Error(`The server ended with ${JSON.stringify(ended)}: ${output()}`);
  return {
    url,
    pid: child.pid ?? 0,
    output,
    exited,
    stop: async (signal = 'SIGTERM') => {
      stopping = true;
      if (ended === undefined) child.kill(signal);
      return exited;
    },
  };
}

/** Process id of the embedded PostgreSQL of a data directory, or null when none runs. */
export function postmasterPid(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** For the end of a test that killed the parent of a PostgreSQL: ends the server too. */
export async function endPostgres(dataDir: string): Promise<void> {
  const pid = postmasterPid(dataDir);
  if (pid === null) return;
  process.kill(pid, 'SIGQUIT');
  await eventually(() => postmasterPid(dataDir) === null, { what: 'the end of PostgreSQL' });
}
