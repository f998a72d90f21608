import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';

const launcher = fileURLToPath(new URL('../../bin/tallyboard.mjs', import.meta.url));

export interface Product {
  process: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Address of the server, once it says so. */
  address(): Promise<string>;
  /** Sends the signal and returns the exit code (null = ended by the signal). */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** The exit code of a command that ends by itself. */
  ended(): Promise<number | null>;
}

/** Runs `tallyboard <args>` as people do: through the launcher, in a process of its own, with only these settings. */
export function startProduct(args: string[], settings: Record<string, string>): Product {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [launcher, ...args], {
    env: { PATH, HOME, PORT: '0', LANG: 'C', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return {
    process: child,
    output: () => printed,
    address: () =>
      eventually(
        () => {
          if (child.exitCode !== null) throw new Error(`It ended: ${printed}`);
          return /Open\s+(http:\S+)/.exec(printed)?.[1];
        },
        { withinMs: 60_000, what: 'the address' },
      ),
    stop: async (signal = 'SIGINT') => {
      child.kill(signal);
      return (await exited)[0];
    },
    ended: async () => (await exited)[0],
  };
}
