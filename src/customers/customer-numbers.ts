/**
 * Phone numbers in, surrogate ids out. A number is kept once, as ciphertext beside a blind index (HMAC), and everything
 * else in the database refers to it by id. During a key rotation a number may be stored under an older key: it is looked
 * for under every key in use and made under the current one.
 *
 * A number nothing names any more has lost its ciphertext (retention). When it is used again, it gets it back.
 */
import type { PoolClient } from 'pg';
import { followKeys, type Keys } from '../platform/index.js';
import { maskNumber } from '../shared/mask-number.js';

const CACHE_LIMIT = 200_000;

type Queryable = Pick<PoolClient, 'query'>;

/** A customer's row as far as a number can be read from it; nulls once erased. */
export interface SealedCustomer {
  blind_index: Buffer | null;
  number_cipher: Buffer | null;
}

/** Context a number is sealed with; its blind index ties the ciphertext to its row. */
export function numberContext(blindIndex: Buffer): string {
  return `customer.number:${blindIndex.toString('hex')}`;
}

interface FoundCustomer {
  id: string;
  blind_index: Buffer;
  bare: boolean;
}

interface FoundNumber {
  id: string;
  number: string;
  /** Without ciphertext. */
  bare: boolean;
}

interface Unknown {
  number: string;
  /** Under the current key. */
  index: Buffer;
  /** Under the older keys in use. */
  older: Buffer[];
}

/**
 * Numbers in, ids out: made where there was none. What another transaction makes at the same moment is in neither half
 * of the answer and is asked for again.
 *
 * In index order, said in the statement: a join may put the rows into any other, and two transactions would wait for each
 * other's rows crosswise.
 *
 * `$4`, `$5`: position in `$1` and index under an older key; a number that has a row under one gets no second.
 *
 * Nothing is made under a key that is not the database's current one: two processes with two current keys would make two
 * customers of one number. The row of `instance` is held to the end of the transaction, so a rotation waits for it, and
 * whoever waited for a rotation sees the key it left.
 */
const FIND_OR_MAKE = `
  WITH at AS MATERIALIZED (SELECT key_id FROM instance FOR SHARE), made AS (
    INSERT INTO customer (blind_index, index_key_id, number_cipher)
    SELECT i, $3, c FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY AS u(i, c, n)
    WHERE NOT EXISTS (SELECT 1 FROM at WHERE key_id <> $3) AND NOT EXISTS (
      SELECT 1 FROM unnest($4::integer[], $5::bytea[]) AS o(n, i) JOIN customer k ON k.blind_index = o.i WHERE o.n = u.n)
    ORDER BY i
    ON CONFLICT (blind_index) DO NOTHING RETURNING id, blind_index
  )
  SELECT id, blind_index, false AS bare FROM made
  UNION ALL SELECT id, blind_index, number_cipher IS NULL FROM customer WHERE blind_index = ANY($1::bytea[] || $5::bytea[])`;

/** Under the current key, as INSERT. Also of one whose ciphertext somebody else gave back just now: the same again. */
const RESTORE = `
  WITH at AS MATERIALIZED (SELECT key_id FROM instance FOR SHARE)
  UPDATE customer c SET blind_index = u.i, index_key_id = $4, number_cipher = u.c
  FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS u(id, i, c)
  WHERE c.id = u.id AND c.blind_index IS NOT NULL AND NOT EXISTS (SELECT 1 FROM at WHERE key_id <> $4)
  RETURNING c.id`;

export class CustomerNumbers {
  /** number → surrogate id; only ids whose row is committed. */
  private readonly cache = new Map<string, string>();

  constructor(private readonly keys: Keys) {}

  /** Surrogate ids of numbers, making rows for new ones inside `tx`. Call `remember` after its commit. */
  async surrogates(tx: Queryable, numbers: Iterable<string>): Promise<Map<string, string>> {
    const result = new Map<string, string>();
    const unknown: string[] = [];
    for (const number of new Set(numbers)) {
      const known = this.cache.get(number);
      if (known === undefined) unknown.push(number);
      else result.set(number, known);
    }
    if (unknown.length === 0) return result;
    const { keyId } = this.keys;
    let found = await this.findOrMake(tx, unknown);
    if (found.size < unknown.length) {
      // The master key was rotated and nobody has told this process yet, or only just now.
      await followKeys(tx, this.keys);
      if (this.keys.keyId !== keyId) found = await this.findOrMake(tx, unknown);
    }
    if (found.size < unknown.length) throw new Error('A customer row vanished between its insert and its read');
    for (const [number, id] of found) result.set(number, id);
    return result;
  }

  private async findOrMake(tx: Queryable, numbers: string[]): Promise<Map<string, string>> {
    const unknown = numbers.map((number) => this.indexed(number));
    const ciphers = unknown.map(({ number, index }) =>
      this.keys.encrypt('customer-number', number, numberContext(index)),
    );
    const older = unknown.flatMap(({ older }, i) => older.map((index) => ({ n: i + 1, index })));
    const { rows } = await tx.query<FoundCustomer>({
      name: 'customer-find-or-make',
      text: FIND_OR_MAKE,
      values: [
        unknown.map(({ index }) => index),
        ciphers,
        this.keys.keyId,
        older.map(({ n }) => n),
        older.map(({ index }) => index),
      ],
    });
    const made = byNumber(rows, unknown);
    const found = made.length < unknown.length ? await this.findRows(tx, unknown) : made;
    const bare = found.filter((row) => row.bare);
    const restored = bare.length === 0 ? new Set() : await this.restore(tx, bare);
    return new Map(found.flatMap(({ id, number, bare }) => (bare && !restored.has(id) ? [] : [[number, id]])));
  }

  /** Ids of those that have a ciphertext again. */
  private async restore(tx: Queryable, bare: readonly FoundNumber[]): Promise<Set<string>> {
    const anew = [...bare]
      .sort((a, b) => Number(a.id) - Number(b.id))
      .map(({ id, number }) => {
        const { index } = this.indexed(number);
        return { id, index, cipher: this.keys.encrypt('customer-number', number, numberContext(index)) };
      });
    const { rows } = await tx.query<{ id: string }>(RESTORE, [
      anew.map(({ id }) => id),
      anew.map(({ index }) => index),
      anew.map(({ cipher }) => cipher),
      this.keys.keyId,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Surrogate ids of those numbers that have one; makes nothing. */
  known(db: Queryable, numbers: Iterable<string>): Promise<Map<string, string>> {
    return this.find(
      db,
      [...new Set(numbers)].map((number) => this.indexed(number)),
    );
  }

  /** Keeps what `surrogates` returned, once it is committed. */
  remember(surrogates: ReadonlyMap<string, string>): void {
    if (this.cache.size + surrogates.size > CACHE_LIMIT) this.cache.clear();
    for (const [number, id] of surrogates) this.cache.set(number, id);
  }

  /** After an erasure: an id from before it must not be used again. */
  forget(): void {
    this.cache.clear();
  }

  /** The number in clear; null when it was erased. */
  reveal({ blind_index, number_cipher }: SealedCustomer): string | null {
    if (number_cipher === null || blind_index === null) return null;
    return this.keys.decrypt('customer-number', number_cipher, numberContext(blind_index)).toString('utf8');
  }

  /** Masked numbers by surrogate id; of one that nothing is known of, or that was erased, none. */
  async masked(db: Queryable, refs: readonly (string | null)[]): Promise<Map<string, string>> {
    return new Map([...(await this.inClear(db, refs))].map(([id, number]) => [id, maskNumber(number)]));
  }

  /** Like `masked`, in full: only for those who may see them. */
  async inClear(db: Queryable, refs: readonly (string | null)[]): Promise<Map<string, string>> {
    const ids = [...new Set(refs.filter((ref) => ref !== null))];
    const numbers = new Map<string, string>();
    if (ids.length === 0) return numbers;
    const { rows } = await db.query<SealedCustomer & { id: string }>(
      'SELECT id::text AS id, blind_index, number_cipher FROM customer WHERE id = ANY($1::bigint[])',
      [ids],
    );
    for (const { id, ...sealed } of rows) {
      const number = this.reveal(sealed);
      if (number !== null) numbers.set(id, number);
    }
    return numbers;
  }

  private indexed(number: string): Unknown {
    const [current, ...older] = this.keys.blindIndexes(number);
    if (current === undefined) throw new Error('No key is loaded');
    return { number, index: current.index, older: older.map(({ index }) => index) };
  }

  private async find(db: Queryable, wanted: Unknown[]): Promise<Map<string, string>> {
    return new Map((await this.findRows(db, wanted)).map(({ number, id }) => [number, id]));
  }

  private async findRows(db: Queryable, wanted: Unknown[]): Promise<FoundNumber[]> {
    if (wanted.length === 0) return [];
    const { rows } = await db.query<FoundCustomer>({
      name: 'customer-find',
      text: 'SELECT id, blind_index, number_cipher IS NULL AS bare FROM customer WHERE blind_index = ANY($1::bytea[])',
      values: [wanted.flatMap(({ index, older }) => [index, ...older])],
    });
    return byNumber(rows, wanted);
  }
}

function byNumber(rows: FoundCustomer[], wanted: Unknown[]): FoundNumber[] {
  const numberOf = new Map<string, string>();
  for (const { number, index, older } of wanted) {
    for (const one of [index, ...older]) numberOf.set(one.toString('hex'), number);
  }
  return rows.map(({ id, blind_index, bare }) => ({
    id,
    number: numberOf.get(blind_index.toString('hex')) ?? '',
    bare,
  }));
}
