/**
 * Proves: `tallyboard keys rotate` beside a running server needs no restart: the server follows the signal, the next call of
 * a known number is the same customer's, its bodies and the log of before still open, and everything verifies.
 */
import { verify } from '../../src/cli/verify/verify.js';
import type { AuditStatus } from '../../src/shared/audit.js';
import { eventually, startProduct } from '../support/index.js';
import { childEnvironment, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';

const AT = Date.now() - 3_600_000;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function call(name: string, at: number): Promise<void> {
  for (const event of softphoneCall(name, 'ada', at, 60)) {
    expect((await postSigned(server.url, '/webhooks/twilio/voice', callback(event))).status).toBe(204);
  }
  await server.folded();
}

it('the server goes on under the new key', async () => {
  const { core } = server.server;
  await call('before', AT);
  const from = core.keys.keyId;
  const product = startProduct(
    ['keys', 'rotate', '--json'],
    childEnvironment(server.db.dataDir, { DATABASE_URL: server.db.url }),
  );
  expect([await product.ended(), product.output()]).toEqual([0, expect.stringContaining(`"from":${from}`)]);
  await eventually(() => core.keys.keyId !== from, { what: 'the server at the new key' });
  core.numbers.forget();
  await call('after', AT + 600_000);

  const customers = await server.db.pool.query('SELECT index_key_id AS key FROM customer');
  // The customer and our own number.
  expect(customers.rows).toEqual([{ key: core.keys.keyId }, { key: core.keys.keyId }]);
  const [totals] = (
    await server.db.pool.query('SELECT sum(dials)::int AS dials, sum(first_dials)::int AS first FROM rollup_day')
  ).rows;
  expect(totals).toEqual({ dials: 2, first: 1 });
  const report = await verify(server.db, core.keys, { bodies: true });
  expect(report).toMatchObject({ differences: 0, counts: { calls: 2, bodies: 10 } });
  const { verification } = await server.post<AuditStatus>('/api/v1/audit/verify');
  expect(verification).toMatchObject({ ok: true });
});
