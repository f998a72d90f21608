/**
 * Proves the file of a pack in a WeCom group: uploaded as the robot wants it and sent after the text; an upload that fails
 * is told and tried again without repeating the text; only where it was asked for. What a list says of tries to come, and
 * what becomes of those that are cut off. What a pack is called. What becomes of a file that is too large for its destination, or takes too long to
 * write; what a download is called; which day a daily pack on working days is of.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { MailSender, Outbound } from '../../src/platform/index.js';
import { writeDocument } from '../../src/reports/files/index.js';
import type { Destination } from '../../src/reports/schedules/destinations/destination.js';
import { type Pack, send } from '../../src/reports/schedules/destinations/senders.js';
import { messageOf, type PackOffer } from '../../src/reports/schedules/message.js';
import { PackMaker } from '../../src/reports/schedules/pack.js';
import {
  type MadeSchedule,
  type PackSummary,
  type RunView,
  type SchedulePreview,
  type ScheduleView,
  TRIES_MAX,
} from '../../src/shared/schedules.js';
import { eventually } from '../support/eventually.js';
import { pdfText } from '../support/pdf-text.js';
import { withFile } from '../unit/reports/files-written.js';
import { MONDAY_8, type Receiver, receiver, type ScheduleWorld, scheduleWorld, WEEKLY } from './schedules-world.js';

const MINUTE = 60_000;
const OK = '{"errcode":0,"errmsg":"ok"}';
const UPLOADED = '{"errcode":0,"errmsg":"ok","type":"file","media_id":"3a8asd892asd8asd","created_at":"1380000000"}';

let world: ScheduleWorld;
let robot: Receiver;
beforeAll(async () => {
  world = await scheduleWorld();
  robot = await receiver();
});
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

/** As a process leaves it that was killed while it sent; `before`: tries of which nobody knew the end already. */
const cutOff = (attempts: number, before: number) =>
  world.server.db.pool.query(
    `UPDATE report_delivery SET state = 'sending', attempts = $1, cut_off = $2, next_attempt = $3, leased_until = $3`,
    [attempts, before, new Date(world.clock.now() - MINUTE)],
  );

test('five failed and the sixth was cut off: it is tried once more, and what comes of that counts', async () => {
  for (const [status, body, end] of [
    [200, OK, { state: 'sent', error: null }],
    [503, '', { state: 'failed', error: { code: 'destination_answered' } }],
  ] as const) {
    const { id } = await schedule({});
    robot.answers.push(answer('', 503));
    await world.ops.call('POST', `/schedules/${id}/run`);
    await (await world.worker()).run();
    await cutOff(TRIES_MAX, 0);
    robot.answers.push(answer(body, status));
    await (await world.worker()).run();
    expect(await deliveryOf(id)).toMatchObject({ ...end, attempts: TRIES_MAX + 1, maybeTwice: true });
    await world.server.db.pool.query('DELETE FROM report_schedule');
  }
  expect(robot.received).toHaveLength(4);
});

test('cut off at every try: given up after as many as may fail, and the history says why', async () => {
  const { id } = await schedule({});
  robot.answers.push(answer('', 503));
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  expect(robot.received).toHaveLength(1);
  await cutOff(TRIES_MAX, TRIES_MAX - 1);
  await (await world.worker()).run();
  expect(robot.received).toHaveLength(1);
  const delivery = await deliveryOf(id);
  expect(delivery).toMatchObject({ state: 'failed', maybeTwice: true, error: { code: 'delivery_interrupted' } });
  expect(delivery?.error?.message.en).toContain(`cut off ${TRIES_MAX} times`);
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

test('the database does not answer one sender: the round ends with the others, and then says so', async () => {
  const held: ServerResponse[] = [];
  const slow = createServer((_request, response) => held.push(response));
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { pool } = world.server.db;
  try {
    const urls = [`${robot.url}/in`, `http://127.0.0.1:${(slow.address() as AddressInfo).port}/in`];
    const destinations = urls.map((url) => ({ kind: 'webhook', url }));
    const { schedule: made } = (await world.ops.call<MadeSchedule>('POST', '/schedules', { ...WEEKLY, destinations }))
      .body;
    await pool.query(`CREATE SEQUENCE blinks; CREATE FUNCTION blink() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM nextval('blinks'); RAISE EXCEPTION 'not now'; END $$;
      CREATE TRIGGER blink BEFORE UPDATE ON report_delivery FOR EACH ROW
      WHEN (OLD.state = 'sending' AND NEW.state <> 'sending' AND NEW.destination_id = ${made.destinations[0]?.id})
      EXECUTE FUNCTION blink()`);
    await leap(30 * MINUTE);
    let isOver = false;
    const round = (await world.worker()).run();
    round
      .catch(() => undefined)
      .finally(() => {
        isOver = true;
      });
    // Neither that it was sent could be kept, nor that it was not.
    const blinks = async () => (await pool.query('SELECT last_value::int AS n FROM blinks')).rows[0].n;
    await eventually(async () => (await blinks()) === 2 && held.length === 1, {
      what: 'one at its end, one on its way',
    });
    await lastOf(made.id);
    expect(isOver).toBe(false);
    held[0]?.end('ok');
    await expect(round).rejects.toThrow('not now');
    const { rows } = await pool.query('SELECT state FROM report_delivery ORDER BY id');
    expect(rows).toEqual([{ state: 'sending' }, { state: 'sent' }]);
  } finally {
    await pool.query(
      'DROP TRIGGER IF EXISTS blink ON report_delivery; DROP FUNCTION IF EXISTS blink; DROP SEQUENCE IF EXISTS blinks',
    );
    slow.closeAllConnections();
    await new Promise((resolve) => slow.close(resolve));
  }
});

test('a file that takes too long to write: given up with its own error', async () => {
  const none = { document: () => Promise.reject(new Error('It has no reports')) };
  const maker = new PackMaker(world.server.db.pool, none, writeDocument, world.clock, 1);
  const fields = {
    ...WEEKLY,
    sources: [],
    format: 'pdf',
    language: 'en',
    rhythm: { every: 'day', at: '08:00' },
  } as const;
  const request = { madeBy: 'Olivia', scope: { kind: 'all' }, due: MONDAY_8, late: false, missed: 0 } as const;
  await expect(maker.make({ ...request, fields: { ...fields, sources: [] } })).rejects.toMatchObject({
    code: 'pack_too_slow',
  });
});

test('a download has its name for all browsers', async () => {
  const { id } = await schedule({});
  await world.ops.call('POST', `/schedules/${id}/run`);
  await (await world.worker()).run();
  const [run] = (await world.ops.call<RunView[]>('GET', `/schedules/${id}/deliveries`)).body;
  const { headers } = await fetch(`${world.server.url}/api/v1/schedules/runs/${run?.id}/file`, {
    headers: { cookie: world.ops.cookie },
  });
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="Weekly 2026-11-23.csv"; filename*=UTF-8''%E5%91%A8%E4%BC%9A%20Weekly%202026-11-23.csv`,
  );
});

test('a pack is called what its schedule is called: on its cover, in its feet and in its messages', async () => {
  const wish = { ...WEEKLY, format: 'pdf', destinations: [{ kind: 'mail' }] };
  const { body } = await world.ops.call<SchedulePreview>('POST', '/schedules/preview', wish);
  const text = await withFile(Buffer.from(body.file.base64, 'base64'), body.file.name, pdfText);
  for (const page of text.split('\f').slice(0, -1)) expect(page).toContain('周会 Weekly');
  expect(text).not.toContain('Meeting pack');
  expect(body.texts[0]?.text).toMatch(/^周会 Weekly/);
});

test('a daily pack on working days: Monday’s is of Friday, in its figures and its link', async () => {
  const rhythm = { every: 'day', at: '08:30' };
  const preview = async (workingDaysOnly: boolean) => {
    const wish = { ...WEEKLY, rhythm, workingDaysOnly, format: 'csv', destinations: [{ kind: 'wecom' }] };
    const { status, body } = await world.ops.call<SchedulePreview>('POST', '/schedules/preview', wish);
    expect(status).toBe(200);
    return body;
  };
  const ofFriday = await preview(true);
  expect(ofFriday.summary.parts).toMatchObject([
    {
      dates: { from: '2026-11-20', to: '2026-11-21' },
      page: expect.stringContaining('from=2026-11-20&to=2026-11-21'),
    },
  ]);
  expect((await preview(false)).summary.parts).toMatchObject([{ dates: { from: '2026-11-22', to: '2026-11-23' } }]);
  // Where the link will stand.
  expect(ofFriday.texts[0]?.text).toContain('https://calls.example.com/pack#…');
});
