/**
 * Rotation of the master key beside a running server.
 *
 * 1. The new key becomes the first line of the key file.
 * 2. The database is switched to it: one UPDATE of `instance`, which waits for every transaction that is making a row with
 *    the old key (they hold the row FOR SHARE) and makes every later one of them fail and follow. From here on all
 *    processes make new numbers under the same key, so that none becomes two customers.
 * 3. What older keys sealed is sealed again, in small transactions.
 *
 * Each step can be repeated; a rotation that was killed goes on from where it stood.
 */
import type { Pool } from 'pg';
import type { ChainedAuditLog } from '../../audit/index.js';
import {
  AppError,
  type Clock,
  inTransaction,
  isoOf,
  Keys,
  monotonicMs,
  readKeyFile,
  type Signals,
  secureBytes,
  writeKeyFile,
} from '../../platform/index.js';
import { SEALED } from './sealed-values.js';

/** Held by whoever changes keys, for as long as that takes. */
const KEYS_LOCK = 0x7a11a1;
/** A step that takes longer than this gets fewer rows, one that takes much less gets more. */
const STEP_MS = 250;
const ROWS_FIRST = 200;
const ROWS_MAX = 2_000;

export interface RotationParts {
  pool: Pool;
  keys: Keys;
  file: string;
  audit: ChainedAuditLog;
  signals: Signals;
  clock: Clock;
}

export interface Rotated {
  from: number;
  to: number;
  /** False: an earlier rotation was finished, no key was made. */
  made: boolean;
  /** Rows sealed again, by name. */
  sealed: Record<string, number>;
}

/** One change of keys at a time per database. Throws `keys_busy`. */
export async function holdingKeys<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const holder = await pool.connect();
  try {
    const { rows } = await holder.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [KEYS_LOCK]);
    if (rows[0]?.held !== true) throw new AppError('keys_busy');
    return await work();
  } finally {
    await holder.query('SELECT pg_advisory_unlock($1)', [KEYS_LOCK]).catch(() => {});
    // Closing the connection gives the lock back whatever state it is in.
    holder.release(true);
  }
}

/** Adds a new first line; the database stays at its key. For files that have to be copied to other machines first. */
export function addKey(file: string): number {
  const present = readKeyFile(file) ?? [];
  const taken = new Set(present.map((key) => new Keys(key).keyId));
  for (;;) {
    const made = secureBytes(32);
    const { keyId } = new Keys(made);
    // The short names are 15 bits: two keys of one file must not share one.
    if (taken.has(keyId)) continue;
    writeKeyFile(file, [made, ...present]);
    return keyId;
  }
}

/** The key to rotate to: the first line, when the database is not at it yet; null when it is. */
export function waitingKey(file: string, current: number): number | null {
  const first = readKeyFile(file)?.[0];
  const keyId = first === undefined ? current : new Keys(first).keyId;
  return keyId === current ? null : keyId;
}

/** `progress`: after each step, what it was about and how many rows it sealed. */
export async function rotate(
  parts: RotationParts,
  progress: (name: string, rows: number) => void = () => {},
): Promise<Rotated> {
  const { pool, keys, file } = parts;
  return holdingKeys(pool, async () => {
    const from = keys.keyId;
    const unfinished = (await leftBehind(pool, from)) > 0;
    const waiting = waitingKey(file, from);
    const made = waiting === null && !unfinished;
    const to = waiting ?? (unfinished ? from : addKey(file));
    if (to !== from) await switchKey(parts, from, to);
    const sealed: Record<string, number> = {};
    for (const { name, reseal } of SEALED) {
      sealed[name] = await inSteps(async (most) => {
        const rows = await inTransaction(pool, (tx) => reseal(tx, keys, most));
        progress(name, rows);
        return rows;
      });
    }
    return { from, to, made, sealed };
  });
}

async function leftBehind(pool: Pool, current: number): Promise<number> {
  let left = 0;
  for (const { usage } of SEALED) {
    const { rows } = await pool.query<{ key: number; n: number }>(usage);
    for (const { key, n } of rows) if (key !== current) left += n;
  }
  return left;
}

async function switchKey(
  { pool, keys, audit, signals, clock }: RotationParts,
  from: number,
  to: number,
): Promise<void> {
  keys.reload();
  await inTransaction(pool, async (tx) => {
    await tx.query('UPDATE instance SET key_id = $1, key_since = $2', [to, isoOf(clock.now())]);
    await audit.record(tx, {
      actor: { kind: 'system', id: null, address: null },
      action: 'keys.rotated',
      subject: { kind: 'master_key', id: String(to) },
      outcome: 'done',
      before: { key: from },
      after: { key: to },
    });
    await tx.query(signals.statement, signals.values('keys'));
  });
  keys.switchTo(to);
}

async function inSteps(step: (most: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let most = ROWS_FIRST; ; ) {
    const began = monotonicMs();
    const rows = await step(most);
    if (rows === 0) return total;
    total += rows;
    const ms = monotonicMs() - began;
    if (ms > STEP_MS) most = Math.max(10, Math.floor(most / 2));
    else if (ms < STEP_MS / 4) most = Math.min(ROWS_MAX, most * 2);
  }
}
