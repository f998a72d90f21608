/**
 * Proves the file of a pack in a WeCom group: uploaded as the robot wants it and sent after the text; an upload that fails
 * is told and tried again without repeating the text; only where it was asked for. What a list says of tries to come. What
 * becomes of a file that is too large for its destination.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { MailSender, Outbound } from '../../src/platform/index.js';
import type { Destination } from '../../src/reports/schedules/destinations/destination.js';
import { type Pack, send } from '../../src/reports/schedules/destinations/senders.js';
import { messageOf, type PackOffer } from '../../src/reports/schedules/message.js';
import {
  type MadeSchedule,
  type PackSummary,
  type RunView,
  type ScheduleView,
  TRIES_MAX,
} from '../../src/shared/schedules.js';
import { MONDAY_8, type Receiver, receiver, type ScheduleWorld, scheduleWorld, WEEKLY } from './schedules-world.js';

const MINUTE = 60_000;
const OK = '{"errcode":0,"errmsg":"ok"}';
const UPLOADED = '{"errcode":0,"errmsg":"ok","type":"file","media_id":"3a8asd892asd8asd","created_at":"1380000000"}';

let world: ScheduleWorld;
let robot: Receiver;
beforeAll(async () => {
  world = await scheduleWorld();
  robot = await receiver();
}, 60_000);
afterAll(async () => {
  await world?.close();
  await robot?.close();
});
beforeEach(async () => {
  world.clock.set(MONDAY_8);
  await world.server.db.pool.query('DELETE FROM report_schedule');
  robot.received.length = 0;
  robot.answers.length = 0;
  await leap(0);
});

async function leap(ms: number): Promise<void> {
  world.clock.advance(ms);
  const now = world.clock.now();
  await world.server.db.pool.query('UPDATE session SET created_at = $1, last_seen_at = $1, expires_at = $2', [
    new Date(now),
    new Date(now + 24 * 60 * MINUTE),
  ]);
}

async function schedule(more: object, format = 'csv'): Promise<MadeSchedule['schedule']> {
  const destinations = [{ kind: 'wecom', url: `${robot.url}/cgi-bin/webhook/send?key=abc`, ...more }];
  const { status, body } = await world.ops.call<MadeSchedule>('POST', '/schedules', {
    ...WEEKLY,
    format,
    destinations,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.schedule;
}

const answer = (body: string, status = 200) => ({ status, body });
const paths = (): string[] => robot.received.map(({ path }) => path);
const SEND = '/cgi-bin/webhook/send?key=abc';
const UPLOAD = '/cgi-bin/webhook/upload_media?key=abc&type=file';
async function deliveryOf(id: number) {
  const [run] = (await world.ops.call<RunView[]>('GET', `/schedules/${id}/deliveries`)).body;
  return run?.deliveries[0];
}
const lastOf = async (id: number) => (await world.ops.call<ScheduleView>('GET', `/schedules/${id}`)).body.lastRun;

test('text, upload, file: one field "media" with name and length, then its media_id', async () => {
  const made = await schedule({ file: true });
  expect(made.destinations).toMatchObject([{ kind: 'wecom', file: true, link: true }]);
  robot.answers.push(answer(OK), answer(UPLOADED), answer(OK));
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  expect(paths()).toEqual([SEND, UPLOAD, SEND]);
  const [text, upload, file] = robot.received;
  expect(JSON.parse(text?.body ?? '{}')).toMatchObject({ msgtype: 'markdown' });
  expect(JSON.parse(file?.body ?? '{}')).toEqual({ msgtype: 'file', file: { media_id: '3a8asd892asd8asd' } });
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(upload?.headers['content-type'] ?? '')?.[1] ?? '-';
  const [before, part = '', after] = (upload?.body ?? '').split(`--${boundary}`);
  expect([before, after]).toEqual(['', '--\r\n']);
  const [head = '', content = ''] = part
    .split('\r\n\r\n', 2)
    .map((one, at) => (at === 0 ? one : part.slice(part.indexOf('\r\n\r\n') + 4, -2)));
  expect(head).toBe(
    [
      '',
      `Content-Disposition: form-data; name="media"; filename="周会 Weekly 2026-11-23.csv"; filelength=${Buffer.byteLength(content)}`,
      'Content-Type: text/csv; charset=utf-8',
    ].join('\r\n'),
  );
  expect(await deliveryOf(made.id)).toMatchObject({ state: 'sent', attempts: 1, textOnly: false, maybeTwice: false });
  expect(await lastOf(made.id)).toMatchObject({ state: 'sent', retry: null });
});

test('the upload fails: the text stays and is not repeated, the history tells it, the list says when the next try is', async () => {
  const made = await schedule({ file: true });
  robot.answers.push(answer(OK), answer('{"errcode":45009,"errmsg":"api freq out of limit"}'));
  const worker = await world.worker();
  await leap(30 * MINUTE);
  await worker.run();
  const waiting = await deliveryOf(made.id);
  expect(waiting).toMatchObject({
    state: 'waiting',
    textOnly: true,
    error: { code: 'destination_rejected' },
    retry: { attempt: 2, of: 6, at: waiting?.nextAttempt },
  });
  expect(await lastOf(made.id)).toMatchObject({ state: 'retrying', retry: waiting?.retry });
  robot.answers.push(answer(UPLOADED), answer('', 503));
  await leap(MINUTE);
  await worker.run();
  expect(await deliveryOf(made.id)).toMatchObject({ textOnly: true, retry: { attempt: 3, of: 6 } });
  robot.answers.push(answer(UPLOADED), answer(OK));
  await leap(3 * MINUTE);
  await worker.run();
  expect(paths()).toEqual([SEND, UPLOAD, UPLOAD, SEND, UPLOAD, SEND]);
  expect(await deliveryOf(made.id)).toMatchObject({ state: 'sent', attempts: 3, textOnly: false });
});

test('an upload that never works: failed in part, by hand the file alone is tried again', async () => {
  const made = await schedule({ file: true });
  robot.answers.push(answer(OK), answer('', 403));
  const worker = await world.worker();
  await leap(30 * MINUTE);
  await worker.run();
  const failed = await deliveryOf(made.id);
  expect(failed).toMatchObject({ state: 'failed', textOnly: true, error: { code: 'destination_answered' } });
  expect(await lastOf(made.id)).toMatchObject({ state: 'partly_failed', retry: null });
  expect((await world.ops.call('POST', `/schedules/deliveries/${failed?.id}/retry`)).status).toBe(204);
  robot.answers.push(answer(UPLOADED), answer(OK));
  await worker.run();
  expect(paths()).toEqual([SEND, UPLOAD, UPLOAD, SEND]);
  expect(await lastOf(made.id)).toMatchObject({ state: 'sent' });
});

test('cut off at every try: given up after as many as may fail, and the history says why', async () => {
  const { id } = await schedule({});
  robot.answers.push(answer('', 503));
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  expect(robot.received).toHaveLength(1);
  const cutOff = (attempts: number) =>
    world.server.db.pool.query(
      `UPDATE report_delivery SET state = 'sending', attempts = $1, next_attempt = $2, leased_until = $2`,
      [attempts, new Date(world.clock.now() - MINUTE)],
    );
  await cutOff(TRIES_MAX);
  await (await world.worker()).run();
  expect(robot.received).toHaveLength(1);
  const delivery = await deliveryOf(id);
  expect(delivery).toMatchObject({ state: 'failed', maybeTwice: true, error: { code: 'delivery_interrupted' } });
  // Whoever looks into it may have it sent.
  await world.ops.call('POST', `/schedules/deliveries/${delivery?.id}/retry`);
  await (await world.worker()).run();
  expect(await deliveryOf(id)).toMatchObject({ state: 'sent' });
});

test('not asked for: no file goes into the group', async () => {
  const made = await schedule({});
  expect(made.destinations).toMatchObject([{ file: false, link: true }]);
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  expect(paths()).toEqual([SEND]);
});

test('a file too large: left out of mail and webhook where the message links to it, refused where it does not', async () => {
  const content = Buffer.alloc(14 * 1024 * 1024 + 1, 'a');
  const file = { name: 'pack.csv', mediaType: 'text/csv', content, sha256: 'a'.repeat(64) };
  const now = new Date(MONDAY_8).toISOString();
  const said = { name: 'Large', organisation: '', language: 'en', due: now, late: false, missed: 0 } as const;
  const summary: PackSummary = { ...said, asOf: now, parts: [] };
  const offer: PackOffer = {
    url: 'https://calls.example.com/pack#abc',
    access: 'sign_in',
    uses: 0,
    fileName: file.name,
    bytes: content.length,
  };
  const ways = {
    mail: new MailSender(world.mail.url, 'reports@example.com'),
    outbound: new Outbound({ allow: ['127.0.0.1'] }),
  };
  const pack = (link: PackOffer | null): Pack => {
    const message = messageOf(summary, 'https://calls.example.com', link);
    return { messageId: 'm-1', message, summary, offer: link, file };
  };
  const mail: Destination = { kind: 'mail', config: { to: ['boss@example.com'] } };
  const hook: Destination = { kind: 'webhook', config: { url: `${robot.url}/in`, secret: 'whsec_AAAA' } };
  for (const to of [mail, hook]) {
    await expect(send(to, pack(null), ways, MONDAY_8)).rejects.toMatchObject({ code: 'destination_too_large' });
    await send(to, pack(offer), ways, MONDAY_8);
  }
  ways.mail.close();
  expect(world.mail.mails.at(-1)?.source).toContain('https://calls.example.com/pack#abc');
  expect(world.mail.mails.at(-1)?.source).not.toContain('text/csv');
  const { data } = JSON.parse(robot.received.at(-1)?.body ?? '{}');
  expect(data.document).toMatchObject({ bytes: content.length, base64: null });
  expect(data.link).toEqual({ url: offer.url, signIn: true, uses: null, days: 7 });
});
