/** Which keys of the file anything still needs, and dropping those that nothing does. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import {
  AppError,
  beforeCommit,
  type Clock,
  inTransaction,
  isoOf,
  Keys,
  readKeyFile,
  sealedWith,
  writeKeyFile,
} from '../../platform/index.js';
import { KEPT, SEALED } from './sealed-values.js';

/** By then every process has followed a rotation: they look once a minute even when the signal was lost. */
export const SETTLED_AFTER_MS = 5 * 60_000;

export interface KeyUse {
  keyId: number;
  current: boolean;
  inFile: boolean;
  /** What needs it and how much of it, e.g. `{ "audit entries": 120 }`. Empty: it can go. */
  uses: Record<string, number>;
}

/** Keys of the file and of the database, the current one first, then in the order of the file. */
export async function usageOf(pool: Pool, keys: Keys, file: string, spoolDir: string): Promise<KeyUse[]> {
  const inFile = (readKeyFile(file) ?? []).map((key) => new Keys(key).keyId);
  const uses = new Map<number, Record<string, number>>([keys.keyId, ...inFile].map((id) => [id, {}]));
  const add = (keyId: number, name: string, n: number): void => {
    const known = uses.get(keyId) ?? {};
    known[name] = (known[name] ?? 0) + n;
    uses.set(keyId, known);
  };
  for (const { name, usage } of [...SEALED, ...KEPT]) {
    const { rows } = await pool.query<{ key: number; n: number }>(usage);
    for (const { key, n } of rows) add(key, name, n);
  }
  for (const keyId of spooledWith(spoolDir)) add(keyId, 'spooled requests', 1);
  return [...uses].map(([keyId, used]) => ({
    keyId,
    current: keyId === keys.keyId,
    inFile: inFile.includes(keyId),
    uses: used,
  }));
}

/** Takes keys out of the file that nothing needs; returns their ids. Throws `keys_not_settled` right after a rotation. */
export async function prune(
  parts: { pool: Pool; keys: Keys; file: string; spoolDir: string; clock: Clock; audit: AuditLog },
  dryRun: boolean,
): Promise<number[]> {
  const { pool, keys, file, spoolDir, clock, audit } = parts;
  const { rows } = await pool.query<{ since: number | null }>(
    'SELECT (extract(epoch FROM key_since) * 1000)::float8 AS since FROM instance',
  );
  const settled = (rows[0]?.since ?? Number.NEGATIVE_INFINITY) + SETTLED_AFTER_MS;
  if (clock.now() < settled) throw new AppError('keys_not_settled', { params: { until: isoOf(settled) } });
  const usage = await usageOf(pool, keys, file, spoolDir);
  const present = readKeyFile(file) ?? [];
  const unused = new Set(
    usage.filter(({ current, uses }) => !current && Object.keys(uses).length === 0).map(({ keyId }) => keyId),
  );
  // The first line may be a key that waits for its rotation.
  const first = present[0];
  if (first !== undefined) unused.delete(new Keys(first).keyId);
  if (unused.size > 0 && !dryRun) {
    const idOf = (key: Buffer): number => new Keys(key).keyId;
    const kept = present.filter((key) => !unused.has(idOf(key)));
    await inTransaction(pool, async (tx) => {
      await audit.record(tx, {
        actor: { kind: 'system', id: null, address: null },
        action: 'keys.pruned',
        subject: { kind: 'master_key', id: String(keys.keyId) },
        outcome: 'done',
        before: { keys: present.map(idOf) },
        after: { keys: kept.map(idOf) },
      });
      // After the entry is in the chain: what cannot be recorded is not done.
      beforeCommit(tx, async () => writeKeyFile(file, kept));
    });
  }
  return [...unused];
}

/** Header of a spool record: length and checksum; then the sealed value. */
const RECORD_HEADER_BYTES = 8;
const SEALED_HEADER_BYTES = 5;

/** One key id for each record of each segment. */
function spooledWith(directory: string): number[] {
  if (!existsSync(directory)) return [];
  const segments = readdirSync(directory).filter((name) => name.endsWith('.spool'));
  return segments.flatMap((name) => recordsOf(join(directory, name)));
}

function recordsOf(path: string): number[] {
  const found: number[] = [];
  const header = Buffer.alloc(RECORD_HEADER_BYTES + SEALED_HEADER_BYTES);
  const handle = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    for (let at = 0; at + header.length <= size; ) {
      readSync(handle, header, 0, header.length, at);
      try {
        found.push(sealedWith(header.subarray(RECORD_HEADER_BYTES)));
      } catch {
        break; // a torn tail
      }
      at += RECORD_HEADER_BYTES + header.readUInt32BE(0);
    }
  } finally {
    closeSync(handle);
  }
  return found;
}
