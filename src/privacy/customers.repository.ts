/** What is known of a customer: the sealed number and how often they were called. */
import type { Pool } from 'pg';
import { type AddParameter } from '../access/index.js';
import type { SealedCustomer } from '../customers/index.js';
import { visibleSql } from '../kpi/index.js';
import type { Scope } from '../shared/access.js';

export interface CustomerRow extends SealedCustomer {
  id: string;
  /** Key its index was made with; null once erased. */
  keyId: number | null;
  erasedAt: Date | null;
}

export interface CallsOfCustomer {
  calls: number;
  firstCallAt: Date | null;
  lastCallAt: Date | null;
}

export class CustomersRepository {
  constructor(private readonly pool: Pool) {}

  async findById(id: string): Promise<CustomerRow | null> {
    const { rows } = await this.pool.query<CustomerRow>(
      `SELECT c.id::text AS id, c.blind_index, c.number_cipher, c.index_key_id AS "keyId",
         (SELECT max(t.erased_at) FROM customer_tombstone t WHERE c.number_cipher IS NULL AND t.customer_id = c.id) AS "erasedAt"
       FROM customer c WHERE c.id = $1::bigint`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Calls with this customer that the scope sees. Uses the index call_customer. */
  async callsOf(id: string, scope: Scope): Promise<CallsOfCustomer> {
    const values: unknown[] = [id];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const seen = visibleSql(scope, add);
    const { rows } = await this.pool.query<CallsOfCustomer>(
      `SELECT count(*)::integer AS calls, min(started_at) AS "firstCallAt", max(started_at) AS "lastCallAt"
       FROM call WHERE customer_id = $1::bigint ${seen === null ? '' : `AND ${seen}`}`,
      values,
    );
    return rows[0] ?? { calls: 0, firstCallAt: null, lastCallAt: null };
  }
}
