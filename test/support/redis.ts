/** A Redis of a test's own: nothing on disk, on a free port of this machine. */
import { spawn } from 'node:child_process';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

export interface OwnRedis {
  url: string;
  start(): Promise<void>;
  /** As after a power cut. */
  kill(): Promise<void>;
}

/** Not started yet. */
export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let ended: Promise<void> = Promise.resolve();
  let pid: number | undefined;
  const kill = async (): Promise<void> => {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    pid = undefined;
    await ended;
  };
  process.once('exit', () => pid !== undefined && process.kill(pid, 'SIGKILL'));
  return {
    url,
    kill,
    start: async () => {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--maxmemory-policy', 'noeviction'];
      const child = spawn('redis-server', args, { stdio: 'ignore' });
      pid = child.pid;
      ended = new Promise((resolve) => child.once('close', () => resolve()));
      const failed = new Promise<never>((_, reject) => child.once('error', reject));
      await Promise.race([failed, eventually(() => answers(url), { what: 'Redis' })]);
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } finally {
    client.disconnect();
  }
}
