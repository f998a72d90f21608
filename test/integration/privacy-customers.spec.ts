/**
 * Proves over HTTP: a customer is found by number only by people with a call of theirs in scope, written in any way; the
 * full number is shown only to somebody who may, for a reason of the closed list, recorded without the number and
 * throttled; every refusal is coded and repeats nothing of what was typed.
 */
import { hashPassword } from '../../src/access/passwords.js';
import { ManualClock } from '../../src/platform/index.js';
import type { CallDetail, CallPage } from '../../src/shared/api.js';
import type { CustomerFound, CustomerView, RevealedNumber } from '../../src/shared/privacy.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, sid, softphoneCall } from '../support/twilio.js';
import { Person } from './access-people.js';

const NOW = Date.parse('2026-11-18T02:30:00Z');
const NUMBER = '+8613800001111';
const PASSWORD = 'seven otters walk uphill twice';
const clock = new ManualClock(NOW);
let app: TestServer;
let admin: Person;
let agent: Person;
let stranger: Person;
let id: string;

async function signedIn(email: string, role: string, agentName: string | null, seesNumbers = false): Promise<Person> {
  await app.db.pool.query(
    `INSERT INTO app_user (email, name, role, password_hash, agent_id, sees_numbers)
     VALUES ($1, $1, $2, $3, (SELECT id FROM agent WHERE name = $4), $5)`,
    [email, role, await hashPassword(PASSWORD), agentName, seesNumbers],
  );
  const person = new Person(app.url);
  await person.signIn(email, PASSWORD);
  expect(await person.isIn()).toBe(true);
  return person;
}

const search = (who: Person, number: string) => who.call<CustomerFound>('POST', '/customers/search', { number });
const reveal = (who: Person, customer: string, reason: unknown = 'complaint') =>
  who.call<RevealedNumber>('POST', `/customers/${customer}/reveal`, { reason });

/** Audit entries of an action, as text. */
async function audited(action: string): Promise<string[]> {
  const { rows } = await app.db.pool.query<{ entry: string }>(
    'SELECT to_jsonb(a)::text AS entry FROM audit_event a WHERE action = $1 ORDER BY seq',
    [action],
  );
  return rows.map(({ entry }) => entry);
}

beforeAll(async () => {
  app = await startTestServer({ clock });
  for (const event of softphoneCall('one', 'ann', NOW - 600_000, 60)) {
    await postSigned(app.url, '/webhooks/twilio/voice', callback(event));
  }
  for (const event of softphoneCall('two', 'bob', NOW - 300_000, 60)) {
    const other = { ...event, to: '+8613800002222' };
    await postSigned(app.url, '/webhooks/twilio/voice', callback(other));
  }
  await app.folded();
  admin = await signedIn('boss@example.com', 'admin', null, true);
  agent = await signedIn('ann@example.com', 'agent', 'ann', true);
  stranger = await signedIn('bob@example.com', 'agent', 'bob');
  id = (await search(admin, NUMBER)).body.customer?.id ?? '';
});
afterAll(() => app.close());

test.each([
  NUMBER,
  '13800001111',
  '138 0000 1111',
  '+86 (138) 0000-1111',
  '0086 138 0000 1111',
  '８６１３８００００１１１１',
])('a number written %p finds its customer', async (text) => {
  const found = await search(admin, text);
  expect(found.body.customer).toEqual({
    id,
    number: '138****1111',
    calls: 1,
    firstCallAt: new Date(NOW - 600_000).toISOString(),
    lastCallAt: new Date(NOW - 600_000).toISOString(),
    erasedAt: null,
  });
});

test('only people with a call of theirs find them, and nobody else learns that they exist', async () => {
  expect((await search(agent, NUMBER)).body.customer).toMatchObject({ id, calls: 1 });
  expect((await search(stranger, NUMBER)).body.customer).toBeNull();
  expect((await search(admin, '+8613899999999')).body.customer).toBeNull();
  expect(await agent.call<CustomerView>('GET', `/customers/${id}`)).toMatchObject({ status: 200 });
  const hidden = await stranger.call('GET', `/customers/${id}`);
  expect([hidden.status, hidden.code]).toEqual([404, 'not_found']);
  for (const nobody of ['0', '999999', 'x', '1%20OR%201=1', '99999999999999999999']) {
    expect((await admin.call('GET', `/customers/${nobody}`)).status).toBe(404);
  }
});

test('their calls are listed by surrogate id, within the scope', async () => {
  const keys = async (who: Person) =>
    (await who.call<CallPage>('GET', `/calls?customer=${id}`)).body.calls.map((call) => call.id);
  expect(await keys(admin)).toEqual([sid('one')]);
  expect(await keys(agent)).toEqual([sid('one')]);
  expect(await keys(stranger)).toEqual([]);
  expect(await admin.call('GET', '/calls?customer=abc')).toMatchObject({
    status: 400,
    code: 'id_invalid',
    field: 'customer',
  });
  expect((await admin.call<CallDetail>('GET', `/calls/${sid('one')}`)).body.customerId).toBe(id);
});

test('the full number: with the permission, in scope, for a reason of the list; recorded without it', async () => {
  expect(await reveal(admin, id)).toMatchObject({ status: 200, body: { number: NUMBER } });
  expect(await reveal(agent, id, 'call_back')).toMatchObject({ status: 200, body: { number: NUMBER } });
  expect(await reveal(stranger, id)).toMatchObject({ status: 403, code: 'forbidden' });
  const other = (await search(admin, '+8613800002222')).body.customer?.id ?? '';
  expect(await reveal(agent, other)).toMatchObject({ status: 404, code: 'not_found' });
  expect(await reveal(admin, id, 'because')).toMatchObject({ status: 400, field: 'reason' });
  expect(await admin.call('POST', `/customers/${id}/reveal`, {})).toMatchObject({ status: 400, field: 'reason' });
  const key = await fetch(`${app.url}/api/v1/customers/${id}/reveal`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: '{"reason":"complaint"}',
  });
  expect(key.status).toBe(403);

  const entries = await audited('customer.revealed');
  expect(entries).toHaveLength(2);
  expect(entries[1]).toContain('call_back');
  expect([...entries, ...(await audited('customer.searched'))].join()).not.toMatch(/1380000/);
});

test('erasing needs its own permission, a reason of the list, and says what it would do', async () => {
  expect(await agent.call('POST', `/customers/${id}/erase`, { reason: 'subject_request' })).toMatchObject({
    status: 403,
  });
  expect(await agent.call('GET', `/customers/${id}/erasure`)).toMatchObject({ status: 403 });
  expect(await admin.call('POST', `/customers/${id}/erase`, { reason: 'spite' })).toMatchObject({
    status: 400,
    field: 'reason',
  });
  expect(await admin.call('GET', `/customers/${id}/erasure`)).toMatchObject({
    status: 200,
    body: {
      kind: 'customer',
      id,
      label: '138****1111',
      goes: { identifiers: 1, bodies: 5 },
      stays: { calls: 1, events: 5 },
    },
  });
  expect(await admin.call('GET', '/customers/999999/erasure')).toMatchObject({ status: 404 });
  expect(await admin.call('GET', '/agents/999999/erasure')).toMatchObject({ status: 404 });
  expect(await admin.call('GET', '/agents/0/erasure')).toMatchObject({ status: 404 });
});

test.each(['hello', '', ' ', '+', 'anonymous', 'x'.repeat(65)])(
  '%p is no number, and is not repeated',
  async (text) => {
    const answer = await search(admin, text);
    expect([answer.status, answer.field]).toEqual([400, 'number']);
    if (text.trim().length > 3) expect(JSON.stringify(answer.body)).not.toContain(text);
  },
);

test('neither searches nor looks can be used to try numbers out', async () => {
  clock.advance(20 * 60_000);
  const codes = new Set<number>();
  for (let i = 0; i < 62; i++) codes.add((await search(stranger, `+86138999${String(i).padStart(5, '0')}`)).status);
  expect(codes).toEqual(new Set([200, 429]));
  expect(await search(stranger, NUMBER)).toMatchObject({ status: 429, code: 'search_too_many' });
  clock.advance(3_000);
  expect(await search(stranger, NUMBER)).toMatchObject({ status: 200 });
  let looks = 0;
  while (looks < 30 && (await reveal(agent, id)).status === 200) looks++;
  expect(looks).toBe(20);
  expect(await reveal(agent, id)).toMatchObject({ status: 429, code: 'reveal_too_many' });
  expect(await reveal(admin, id)).toMatchObject({ status: 200 });
});
