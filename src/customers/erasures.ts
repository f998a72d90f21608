/**
 * Who was erased, in memory: consulted before anything is written to the log, so that a replay brings nobody back. Only
 * keyed hashes are kept of them (see migrations/0006_privacy.up.sql).
 *
 * The rows are the truth. A process that has not heard of the latest erasure finds out in the statement that appends to
 * the log, loads again and repeats its transaction; signals only make that rare.
 */
import { createHmac } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Keys } from '../platform/index.js';

type Queryable = Pick<Pool | PoolClient, 'query'>;

interface Tombstone {
  /** Epoch ms. */
  erasedAt: number;
  /** Key its hashes were made with. */
  keyId: number;
}
export interface CustomerTombstone extends Tombstone {
  /** Null: the number had never been seen. */
  customerId: string | null;
}
export interface AgentTombstone extends Tombstone {
  agentId: number;
  pseudonym: string;
}

/** Numbers and names whose answer is known; nearly all of them are nobody erased. */
const MEMO_LIMIT = 200_000;
const NONE: readonly never[] = [];

/**
 * Grows with each erasure, and each time numbers lose their ciphertext because nothing names them any more (retention): an
 * id remembered from before must be looked up again. A scalar subquery; 0 while there was neither.
 */
export const ERASURE_VERSION =
  '(SELECT coalesce((SELECT max(id) FROM erasure), 0) + coalesce((SELECT max(id) FROM number_release), 0))';

/** Somebody was erased since this process last looked: load and do it again. */
export class ErasuresChangedError extends Error {
  override readonly name = 'ErasuresChangedError';
}

/** What a name in a phone system is indexed as; never equal to a number's. */
export function agentNameText(name: string): string {
  return `agent:${name}`;
}

export class Erasures {
  private loaded = 0;
  private numbers = new Map<string, CustomerTombstone[]>();
  private names = new Map<string, AgentTombstone[]>();
  private readonly numberMemo = new Map<string, readonly CustomerTombstone[]>();
  private readonly nameMemo = new Map<string, readonly AgentTombstone[]>();

  constructor(private readonly keys: Keys) {}

  /** What this process knows of (ERASURE_VERSION). */
  get version(): number {
    return this.loaded;
  }

  /** True for most installations, always: nothing has to be looked at. */
  get none(): boolean {
    return this.numbers.size === 0 && this.names.size === 0;
  }

  /** Erasures of a number, latest first. */
  ofNumber(number: string): readonly CustomerTombstone[] {
    if (this.numbers.size === 0) return NONE;
    return remembered(this.numberMemo, number, () => this.find(this.numbers, number));
  }

  /** Erasures of a name in a phone system, latest first. */
  ofName(name: string): readonly AgentTombstone[] {
    if (this.names.size === 0) return NONE;
    return remembered(this.nameMemo, name, () => this.find(this.names, agentNameText(name)));
  }

  /** True when something is known that was not before. */
  async load(db: Queryable): Promise<boolean> {
    const { rows: head } = await db.query<{ version: number }>(`SELECT ${ERASURE_VERSION} AS version`);
    const version = head[0]?.version ?? 0;
    if (version === this.loaded) return false;
    const common = `(extract(epoch FROM erased_at) * 1000)::float8 AS "erasedAt", index_key_id AS "keyId"`;
    const numbers = await db.query<CustomerTombstone & { index: string }>(
      `SELECT encode(blind_index, 'hex') AS index, customer_id::text AS "customerId", ${common}
       FROM customer_tombstone ORDER BY erasure_id DESC`,
    );
    const names = await db.query<AgentTombstone & { index: string }>(
      `SELECT encode(name_index, 'hex') AS index, agent_id AS "agentId", pseudonym, ${common}
       FROM agent_tombstone ORDER BY erasure_id DESC`,
    );
    // Made by a process that has followed a rotation of the master key before this one did.
    if ([...numbers.rows, ...names.rows].some(({ keyId }) => !this.keys.keyIds.includes(keyId))) this.keys.reload();
    this.numbers = byIndex(numbers.rows);
    this.names = byIndex(names.rows);
    this.numberMemo.clear();
    this.nameMemo.clear();
    // What was committed in between is more than `version` says, never less: at worst it is loaded once more.
    this.loaded = version;
    return true;
  }

  /**
   * Takes the place of an event's dedup key once its person is erased. The key itself is a plain hash of what was received,
   * and whoever has the database could try all numbers against it; this one needs the master key. 33 bytes, so that it is
   * told from a plain one.
   */
  keyedDedupKey(dedupKey: Buffer, keyId: number): Buffer {
    if (dedupKey.length > 32) return dedupKey;
    const mac = createHmac('sha256', this.keys.subKey('erasure', keyId)).update(dedupKey).digest();
    return Buffer.concat([Buffer.of(1), mac]);
  }

  /** What stands for an agent's name in a phone system from its erasure on; the same at every attempt. */
  pseudonymOf(agentId: number, name: string): string {
    const mac = createHmac('sha256', this.keys.subKey('erasure')).update(`pseudonym:${agentId}:${name}`).digest('hex');
    return `erased-${mac.slice(0, 24)}`;
  }

  private find<T>(tombstones: Map<string, T[]>, text: string): readonly T[] {
    const found = this.keys.blindIndexes(text).flatMap(({ index }) => tombstones.get(index.toString('hex')) ?? []);
    return found.length === 0 ? NONE : found;
  }
}

function byIndex<T extends { index: string }>(rows: T[]): Map<string, Omit<T, 'index'>[]> {
  const result = new Map<string, Omit<T, 'index'>[]>();
  for (const { index, ...tombstone } of rows) {
    const list = result.get(index);
    if (list === undefined) result.set(index, [tombstone]);
    else list.push(tombstone);
  }
  return result;
}

function remembered<T>(memo: Map<string, readonly T[]>, key: string, find: () => readonly T[]): readonly T[] {
  const known = memo.get(key);
  if (known !== undefined) return known;
  if (memo.size >= MEMO_LIMIT) memo.clear();
  const found = find();
  memo.set(key, found);
  return found;
}
