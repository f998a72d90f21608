/** What every class has: how much of it there is, and how what is too old goes. */
import type { Pool } from 'pg';
import type { Signals } from '../platform/index.js';
import type { Db } from './settings.repository.js';

export interface Counted {
  total: number;
  /** Of those, received before the horizon. */
  old: number;
  /** Epoch ms of the oldest; null when there is nothing. */
  oldest: number | null;
}

export interface RemovalParts {
  signals: Pick<Signals, 'statement' | 'values'>;
  now: number;
}

export interface Retained {
  /** Epoch ms before which things go, for a limit of so many days. */
  horizon(now: number, days: number): number;
  count(db: Db, before: number, now: number): Promise<Counted>;
  /** Removes everything older; returns how many rows. */
  remove(pool: Pool, before: number, parts: RemovalParts): Promise<number>;
}

const DAY_MS = 86_400_000;

export const daysBefore = (now: number, days: number): number => now - days * DAY_MS;
