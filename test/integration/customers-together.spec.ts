/** Proves that transactions which make the same new customers at once, named in any order, wait for each other and never crosswise. */
import { CustomerNumbers } from '../../src/customers/index.js';
import { inTransaction } from '../../src/platform/index.js';
import { startTestServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('one number is one customer, whoever comes first', async () => {
  const { pool } = server.db;
  const { keys } = server.server.core;
  for (let round = 0; round < 10; round++) {
    const numbers = Array.from({ length: 600 }, (_, i) => `+86138${String(round * 1_000 + i).padStart(8, '0')}`);
    // Of different lengths: how a statement walks through its rows may depend on how many there are.
    const parts = [numbers, [...numbers].reverse(), numbers.slice(0, 90), numbers.slice(40, 250).reverse()];
    const found = await Promise.all(
      parts.map((part) => inTransaction(pool, (tx) => new CustomerNumbers(keys).surrogates(tx, part))),
    );
    for (const [i, part] of parts.entries()) {
      expect(part.map((number) => found[i]?.get(number))).toEqual(part.map((number) => found[0]?.get(number)));
    }
  }
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM customer');
  expect(rows[0]?.n).toBe(6_000);
});
