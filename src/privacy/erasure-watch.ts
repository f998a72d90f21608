/**
 * Makes every process forget whoever was erased elsewhere: at once by signal, and by a look every few seconds that finds
 * what a lost signal missed. Correctness does not rest on it (see customers/erasures.ts), only that memory forgets.
 */
import type { Pool } from 'pg';
import type { CustomerNumbers, Erasures } from '../customers/index.js';
import type { Logger, Signals } from '../platform/index.js';

const EVERY_MS = 5_000;

export interface WatchedErasures {
  pool: Pool;
  erasures: Erasures;
  numbers: CustomerNumbers;
  signals: Signals;
  log: Logger;
}

/** Returns what ends it. */
export function watchErasures({ pool, erasures, numbers, signals, log }: WatchedErasures): () => void {
  const look = (): void => {
    erasures
      .load(pool)
      .then((changed) => {
        if (changed) numbers.forget();
      })
      .catch((error: unknown) => log.debug({ err: error }, 'Erasures could not be looked at; tried again'));
  };
  signals.on('erased', look);
  const timer = setInterval(look, EVERY_MS);
  look();
  return () => clearInterval(timer);
}
