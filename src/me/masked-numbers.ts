import type { Pool } from 'pg';
import type { CustomerNumbers } from '../customers/index.js';
import { maskNumber } from '../kpi/read/index.js';

/** Masked number of each customer, by surrogate id; "****" for one whose number is gone. */
export async function maskedNumbers(
  pool: Pool,
  numbers: Pick<CustomerNumbers, 'reveal'>,
  refs: readonly (string | null)[],
): Promise<(ref: string | null) => string | null> {
  const ids = [...new Set(refs.filter((ref) => ref !== null))];
  const masked = new Map<string, string>();
  if (ids.length > 0) {
    const { rows } = await pool.query<{ id: string; blind_index: Buffer | null; number_cipher: Buffer | null }>(
      'SELECT id::text AS id, blind_index, number_cipher FROM customer WHERE id = ANY($1::bigint[])',
      [ids],
    );
    for (const { id, ...sealed } of rows) {
      const number = numbers.reveal(sealed);
      if (number !== null) masked.set(id, maskNumber(number));
    }
  }
  return (ref) => (ref === null ? null : (masked.get(ref) ?? '****'));
}
