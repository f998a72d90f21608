/**
 * The chain itself: what an entry's MAC covers. Pure.
 *
 * MAC(n) = HMAC-SHA256(key, JSON of [label, every column of entry n, MAC(n − 1)]). Without the key nobody can make an
 * entry, change one, or close a gap; what a chain alone cannot show is a missing end, which the anchor does (anchor.ts).
 */
import { createHmac } from 'node:crypto';
import type { Keys } from '../platform/index.js';
import type { Json } from './audit-log.js';

/** An entry as its columns; `before` and `after` are canonical JSON text. */
export interface ChainedRow {
  /** Decimal text of a 64-bit integer. */
  seq: string;
  /** `2026-11-22T10:42:00.123000AD`, UTC, microseconds: as `AT_TEXT` writes it. */
  at: string;
  actorKind: string;
  actorId: number | null;
  address: string | null;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  outcome: string;
  attempts: number;
  before: string | null;
  after: string | null;
  keyId: number;
}

/** What the first entry ever is chained to. */
export const GENESIS = Buffer.alloc(32);

/** Every bit of the column counts, its microseconds and its era included. */
export const AT_TEXT = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USBC')`;

export function atText(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, -1)}000AD`;
}

/** Throws when the key of the entry is not loaded. */
export function macOf(keys: Keys, row: ChainedRow, previous: Buffer): Buffer {
  return hmac(keys, row.keyId, [
    'tallyboard audit entry 1',
    row.seq,
    row.at,
    row.actorKind,
    row.actorId,
    row.address,
    row.action,
    row.subjectKind,
    row.subjectId,
    row.outcome,
    row.attempts,
    row.before,
    row.after,
    row.keyId,
    previous.toString('hex'),
  ]);
}

export interface CheckpointRow {
  seq: string;
  mac: Buffer;
  at: string;
  removed: string;
  keyId: number;
}

export function signatureOf(keys: Keys, row: CheckpointRow): Buffer {
  const { seq, mac, at, removed, keyId } = row;
  return hmac(keys, keyId, ['tallyboard audit checkpoint 1', seq, mac.toString('hex'), at, removed, keyId]);
}

function hmac(keys: Keys, keyId: number, parts: readonly (string | number | null)[]): Buffer {
  return createHmac('sha256', keys.subKey('audit', keyId)).update(JSON.stringify(parts), 'utf8').digest();
}

/** JSON with the keys of every object in order, so that equal values are equal text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value as { readonly [key: string]: Json | undefined })
    .filter((field): field is [string, Json] => field[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
