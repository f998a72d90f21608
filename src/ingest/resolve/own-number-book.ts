/** Phone numbers of agents and campaigns: fills the port `OwnNumbers` from the book of customers. */
import type { PoolClient } from 'pg';
import type { CustomerNumbers } from '../../customers/index.js';
import type { OwnNumbers } from '../../organisation/index.js';

type Queryable = Pick<PoolClient, 'query'>;

export class OwnNumberBook implements OwnNumbers {
  constructor(
    private readonly numbers: CustomerNumbers,
    /** As an event's number is read; null for what is none. */
    private readonly read: (number: string) => string | null,
    private readonly mask: (number: string) => string,
  ) {}

  async refsOf(tx: Queryable, numbers: readonly string[]): Promise<Map<string, string | null>> {
    const read = new Map(numbers.map((number) => [number, this.read(number)]));
    const surrogates = await this.numbers.surrogates(
      tx,
      [...read.values()].filter((number) => number !== null),
    );
    return new Map(
      [...read].map(([given, number]) => [given, number === null ? null : (surrogates.get(number) ?? null)]),
    );
  }

  async masked(db: Queryable, refs: readonly string[]): Promise<Map<string, string>> {
    if (refs.length === 0) return new Map();
    const { rows } = await db.query<{ id: string; blind_index: Buffer; number_cipher: Buffer | null }>(
      'SELECT id::text AS id, blind_index, number_cipher FROM customer WHERE id = ANY($1::bigint[])',
      [[...refs]],
    );
    const masked = new Map<string, string>();
    for (const row of rows) {
      const number = this.numbers.reveal(row);
      if (number !== null) masked.set(row.id, this.mask(number));
    }
    return masked;
  }
}
