/**
 * Proves links from messages to packs: what only looks at one uses nothing up; without sign-in it works as often as its
 * owner said and no more; after sign-in for whoever sees everybody in the pack; it ends with its time, its schedule, its
 * destination, its owner's rights and an erasure; of its token only a hash is kept.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { MadeSchedule, PackLinkView, PackTicket, RunView } from '../../src/shared/schedules.js';
import { eventually } from '../support/eventually.js';
import { API_KEY } from '../support/server.js';
import { makeUser } from './boards-world.js';
import { MONDAY_8, type Receiver, receiver, type ScheduleWorld, scheduleWorld, WEEKLY } from './schedules-world.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let world: ScheduleWorld;
let hook: Receiver;
beforeAll(async () => {
  world = await scheduleWorld();
  hook = await receiver();
});
afterAll(async () => {
  await world?.close();
  await hook?.close();
});
beforeEach(async () => {
  world.clock.set(MONDAY_8);
  await world.server.db.pool.query('DELETE FROM report_schedule');
  hook.received.length = 0;
  await signedIn();
});

/** Sessions end after half an hour without activity, and the clock leaps. */
async function signedIn(): Promise<void> {
  const now = world.clock.now();
  await world.server.db.pool.query('UPDATE session SET created_at = $1, last_seen_at = $1, expires_at = $2', [
    new Date(now),
    new Date(now + DAY),
  ]);
}

async function leap(ms: number): Promise<void> {
  world.clock.advance(ms);
  await signedIn();
}

/** A pack that has gone out, and the token of the link in what a robot got. */
async function sent(more: object = {}): Promise<{ made: MadeSchedule['schedule']; token: string }> {
  const destinations = [{ kind: 'wecom', url: `${hook.url}/wecom/send?key=abc` }];
  const { status, body } = await world.ops.call<MadeSchedule>('POST', '/schedules', {
    ...WEEKLY,
    format: 'csv',
    destinations,
    ...more,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  return { made: body.schedule, token: tokensIn(hook.received.at(-1)?.body ?? '')[0] ?? '' };
}

const tokensIn = (text: string): string[] =>
  [...text.matchAll(/https:\/\/calls\.example\.com\/pack#([\w-]+)/g)].map(([, token]) => token ?? '');

/** As a browser of somebody who has not signed in. */
async function anybody<T>(path: string, token: string): Promise<{ status: number; code?: string; body: T }> {
  const response = await fetch(`${world.server.url}/api/v1/packs/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tallyboard': '1' },
    body: JSON.stringify({ token }),
  });
  const body = JSON.parse(await response.text());
  return { status: response.status, code: body.error?.code, body };
}

async function file(
  path: string,
  method = 'GET',
): Promise<{ status: number; code: string | undefined; bytes: Buffer }> {
  const response = await fetch(world.server.url + path, { method });
  const bytes = Buffer.from(await response.arrayBuffer());
  const code = response.ok || bytes.length === 0 ? undefined : JSON.parse(bytes.toString()).error.code;
  return { status: response.status, code, bytes };
}

async function packOf(id: number): Promise<Buffer> {
  const [run] = (await world.ops.call<RunView[]>('GET', `/schedules/${id}/deliveries`)).body;
  const headers = { cookie: world.ops.cookie };
  const response = await fetch(`${world.server.url}/api/v1/schedules/runs/${run?.id}/file`, { headers });
  return Buffer.from(await response.arrayBuffer());
}

test('a link that asks for a sign-in: nothing without, the file for whoever sees everybody in it', async () => {
  const { made, token } = await sent();
  expect(made).toMatchObject({ packLink: 'sign_in', packLinkUses: 1 });
  const wecom = JSON.parse(hook.received[0]?.body ?? '{}').markdown.content as string;
  expect(wecom).toMatch(/\*\*\[Download the pack ［?\(?CSV, \d+ kB/);
  expect(wecom).toContain('Works for 7 days, after sign-in.');
  const view = await anybody<PackLinkView>('inspect', token);
  expect(view.body).toEqual({
    access: 'sign_in',
    usesLeft: 0,
    expiresAt: new Date(world.clock.now() + 7 * DAY).toISOString(),
    file: null,
  });
  expect(await anybody('open', token)).toMatchObject({ status: 403, code: 'pack_link_sign_in' });
  expect(await anybody('fetch', token)).toMatchObject({ status: 401 });
  const ticket = await world.admin.call<PackTicket>('POST', '/packs/fetch', { token });
  expect((await file(ticket.body.url)).bytes).toEqual(await packOf(made.id));
  const lead = await makeUser(world.server, 'lead@example.com', { role: 'supervisor', teams: [] });
  expect(await lead.call('POST', '/packs/fetch', { token })).toMatchObject({ status: 403, code: 'pack_outside_scope' });
  const agent = await makeUser(world.server, 'agent@example.com', { role: 'agent' });
  expect(await agent.call('POST', '/packs/fetch', { token })).toMatchObject({ status: 403, code: 'forbidden' });
  // Whoever reads the database has nothing to fetch a pack with.
  const { rows } = await world.server.db.pool.query('SELECT * FROM report_link');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('without sign-in as often as its owner said, looks not counted; the same link when it is sent again', async () => {
  hook.answers.push({ status: 503, body: '' });
  const { made } = await sent({ packLink: 'open', packLinkUses: 2 });
  await leap(MINUTE);
  await (await world.worker()).run();
  const [token = '', again, ...none] = hook.received.flatMap(({ body }) => tokensIn(body));
  expect([again, none]).toEqual([token, []]);
  for (let look = 0; look < 5; look++) {
    expect((await anybody<PackLinkView>('inspect', token)).body).toMatchObject({
      access: 'open',
      usesLeft: 2,
      file: { name: expect.stringMatching(/\.csv$/) },
    });
  }
  const first = await anybody<PackTicket>('open', token);
  const whole = await packOf(made.id);
  // Many apps ask twice: once to look what it is, once to keep it.
  expect((await file(first.body.url)).bytes).toEqual(whole);
  expect((await file(first.body.url)).bytes).toEqual(whole);
  const rest = await Promise.all([1, 2, 3, 4].map(() => anybody('open', token)));
  expect(rest.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
  expect((await anybody<PackLinkView>('inspect', token)).body).toMatchObject({ access: 'sign_in', file: null });
  expect((await world.ops.call('POST', '/packs/fetch', { token })).status).toBe(200);
  await eventually(async () => {
    const { rows } = await world.server.db.pool.query<{ action: string; kind: string; after: unknown }>(
      `SELECT action, actor_kind AS kind FROM audit_event WHERE action IN ('schedule.link_used', 'schedule.downloaded')
       AND actor_kind = 'anonymous' ORDER BY seq`,
    );
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'schedule.downloaded',
      'schedule.downloaded',
      'schedule.link_used',
      'schedule.link_used',
    ]);
    return true;
  });
});

test('opened between two tries: the second message says so, and it holds', async () => {
  hook.answers.push({ status: 503, body: '' });
  const { made } = await sent();
  await world.server.db.pool.query(`UPDATE report_schedule SET pack_link = 'open', pack_link_uses = 3 WHERE id = $1`, [
    made.id,
  ]);
  await leap(MINUTE);
  await (await world.worker()).run();
  const [token = '', again] = hook.received.flatMap(({ body }) => tokensIn(body));
  expect(again).toBe(token);
  expect((await anybody<PackLinkView>('inspect', token)).body).toMatchObject({ access: 'open', usesLeft: 3 });
  const asked = await Promise.all([1, 2, 3].map(() => anybody('open', token)));
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { rows } = await world.server.db.pool.query<{ use: number }>(
    `SELECT (after::json->>'use')::integer AS use FROM audit_event WHERE action = 'schedule.link_used'
     AND subject_id = $1 ORDER BY use`,
    [String(made.id)],
  );
  expect(rows.map(({ use }) => use)).toEqual([1, 2, 3]);
});

test('tickets: five minutes, ours alone, not for HEAD', async () => {
  const { token } = await sent({ packLink: 'open', packLinkUses: 20 });
  const { url } = (await anybody<PackTicket>('open', token)).body;
  expect((await file(url, 'HEAD')).status).toBe(405);
  const forged = url.replace(/\d{13}/, (at) => String(Number(at) + DAY));
  expect(await file(forged)).toMatchObject({ status: 410, code: 'pack_link_invalid' });
  expect(await file('/api/v1/packs/file')).toMatchObject({ status: 410 });
  await leap(5 * MINUTE);
  expect(await file(url)).toMatchObject({ status: 410, code: 'pack_link_invalid' });
  expect(await anybody('inspect', 'x'.repeat(43))).toMatchObject({ status: 410, code: 'pack_link_invalid' });
  await leap(7 * DAY);
  expect(await anybody('inspect', token)).toMatchObject({ status: 410, code: 'pack_link_invalid' });
});

test('taken back: by the schedule, with the destination, with the right of its owner', async () => {
  const { made, token } = await sent({ packLink: 'open', packLinkUses: 20 });
  const { url } = (await anybody<PackTicket>('open', token)).body;
  let { revision } = made;
  const patch = async (more: object) => {
    const { body } = await world.ops.call<MadeSchedule>('PATCH', `/schedules/${made.id}`, { revision, ...more });
    revision = body.schedule.revision;
  };
  await patch({ packLink: 'sign_in' });
  expect(await file(url)).toMatchObject({ status: 403, code: 'pack_link_sign_in' });
  expect(await anybody('open', token)).toMatchObject({ code: 'pack_link_sign_in' });
  await patch({ packLink: 'none' });
  expect(await world.ops.call('POST', '/packs/fetch', { token })).toMatchObject({ code: 'pack_link_invalid' });
  await patch({ packLink: 'open' });
  expect((await file(url)).status).toBe(200);
  const role = (name: string) =>
    world.server.db.pool.query('UPDATE app_user SET role = $1 WHERE id = $2', [name, world.ops.id]);
  await role('supervisor');
  expect(await file(url)).toMatchObject({ code: 'schedule_owner_lost' });
  expect(await anybody('open', token)).toMatchObject({ code: 'schedule_owner_lost' });
  await role('ops');
  await patch({ destinations: [{ kind: 'mail', to: ['boss@example.com'] }] });
  expect(await anybody('open', token)).toMatchObject({ status: 410, code: 'pack_link_invalid' });
});

test('mail and webhook carry the file, and the link only where that was asked for; a schedule without links has none', async () => {
  const destinations = [
    { kind: 'webhook', url: `${hook.url}/plain` },
    { kind: 'webhook', url: `${hook.url}/linked`, link: true },
    { kind: 'mail', to: ['boss@example.com'], link: true },
  ];
  const { made } = await sent({ destinations, packLink: 'open', packLinkUses: 3 });
  expect(made.destinations.map(({ link, file: carries }) => [link, carries])).toEqual([
    [false, true],
    [true, true],
    [true, true],
  ]);
  const data = (path: string) => JSON.parse(hook.received.find((one) => one.path === path)?.body ?? '{}').data;
  expect(data('/plain').link).toBeNull();
  expect(data('/linked').link).toEqual({
    url: expect.stringMatching(/^https:\/\/calls\.example\.com\/pack#[\w-]{43}$/),
    signIn: false,
    uses: 3,
    days: 7,
  });
  const mail = world.mail.mails.at(-1)?.source.replace(/=\r\n/g, '').replace(/=3D/g, '=') ?? '';
  expect(mail).toContain('3 times without sign-in');
  // What is left out of a change stays as it is.
  const kept = made.destinations.map(({ id, kind }) => ({ id, kind }));
  const change = { revision: made.revision, packLink: 'none', destinations: kept };
  const changed = await world.ops.call<MadeSchedule>('PATCH', `/schedules/${made.id}`, change);
  expect(changed.body.schedule.destinations.map(({ link }) => link)).toEqual([false, true, true]);
  expect(changed.body.schedule).toMatchObject({ packLink: 'none', packLinkUses: 3 });
  hook.received.length = 0;
  await leap(1_000);
  await world.ops.call('POST', `/schedules/${made.id}/run`);
  await (await world.worker()).run();
  expect(data('/linked').link).toBeNull();
});

// Last: nothing made before it is sent any more, and the clock of these proofs goes back.
test('somebody is erased: the file behind the link is gone, also before the job has looked', async () => {
  const { token } = await sent({ packLink: 'open', packLinkUses: 20 });
  const { url } = (await anybody<PackTicket>('open', token)).body;
  await leap(MINUTE);
  const erased = await fetch(`${world.server.url}/api/v1/customers/erase`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'x-tallyboard': '1' },
    body: JSON.stringify({ number: '+15557654329', reason: 'subject_request' }),
  });
  expect(erased.status).toBe(200);
  expect(await file(url)).toMatchObject({ status: 410, code: 'delivery_file_gone' });
  expect(await anybody('open', token)).toMatchObject({ status: 410, code: 'delivery_file_gone' });
  expect(await world.ops.call('POST', '/packs/fetch', { token })).toMatchObject({ code: 'delivery_file_gone' });
});
