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

  masked(db: Queryable, refs: readonly string[]): Promise<Map<string, string>> {
    return this.numbers.masked(db, refs);
  }
}
