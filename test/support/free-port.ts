import { createServer } from 'node:net';

const FIRST = 15_000;
const LAST = 31_999;

/**
 * A port for something that is ended and started again at the same address. Below those the system gives out by itself:
 * otherwise another test's connection may have it in between.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
