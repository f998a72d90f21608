/**
 * Phone numbers in, surrogate ids out. A number is kept once, as ciphertext beside a blind index (HMAC), and everything
 * else in the database refers to it by id.
 */
import type { PoolClient } from 'pg';
import type { Keys } from '../platform/index.js';

const CACHE_LIMIT = 200_000;

/** Context a number is sealed with; its blind index ties the ciphertext to its row. */
export function numberContext(blindIndex: Buffer): string {
  return `customer.number:${blindIndex.toString('hex')}`;
}

export class CustomerNumbers {
  /** number → surrogate id; only ids whose row is committed. */
  private readonly cache = new Map<string, string>();

  constructor(private readonly keys: Keys) {}

  /** Surrogate ids of numbers, making rows for new ones inside `tx`. Call `remember` after its commit. */
  async surrogates(tx: Pick<PoolClient, 'query'>, numbers: Iterable<string>): Promise<Map<string, string>> {
    const result = new Map<string, string>();
    const unknown: { number: string; index: Buffer }[] = [];
    for (const number of new Set(numbers)) {
      const known = this.cache.get(number);
      if (known === undefined) unknown.push({ number, index: this.keys.blindIndex(number) });
      else result.set(number, known);
    }
    if (unknown.length === 0) return result;
    // In index order, so that two transactions never wait for each other's rows crosswise.
    unknown.sort((a, b) => Buffer.compare(a.index, b.index));
    const indexes = unknown.map((entry) => entry.index);
    const ciphers = unknown.map((entry) =>
      this.keys.encrypt('customer-number', entry.number, numberContext(entry.index)),
    );
    await tx.query({
      name: 'customer-insert',
      text: `INSERT INTO customer (blind_index, index_key_id, number_cipher)
       SELECT i, $3, c FROM unnest($1::bytea[], $2::bytea[]) AS u(i, c)
       ON CONFLICT (blind_index) DO NOTHING`,
      values: [indexes, ciphers, this.keys.keyId],
    });
    const { rows } = await tx.query<{ id: string; blind_index: Buffer }>({
      name: 'customer-find',
      text: 'SELECT id, blind_index FROM customer WHERE blind_index = ANY($1::bytea[])',
      values: [indexes],
    });
    const idByIndex = new Map(rows.map((row) => [row.blind_index.toString('hex'), row.id]));
    for (const { number, index } of unknown) {
      const id = idByIndex.get(index.toString('hex'));
      if (id === undefined) throw new Error('A customer row vanished between its insert and its read');
      result.set(number, id);
    }
    return result;
  }

  /** Keeps what `surrogates` returned, once it is committed. */
  remember(surrogates: ReadonlyMap<string, string>): void {
    if (this.cache.size + surrogates.size > CACHE_LIMIT) this.cache.clear();
    for (const [number, id] of surrogates) this.cache.set(number, id);
  }

  /** The number in clear; null when it was erased. */
  reveal(row: { blind_index: Buffer; number_cipher: Buffer | null }): string | null {
    if (row.number_cipher === null) return null;
    return this.keys.decrypt('customer-number', row.number_cipher, numberContext(row.blind_index)).toString('utf8');
  }
}
