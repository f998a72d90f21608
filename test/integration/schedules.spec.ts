/**
 * Proves: a pack goes out at its time, once whoever works on it, to every kind of destination in its form and with its
 * signature (worked out here anew); what failed is tried again without repeating what was sent; times missed are one late
 * run; an owner who may not any more stops it; no address or secret comes back or stands in the database readable.
 */
import { createHmac } from 'node:crypto';
import type { MadeSchedule, RunView, ScheduleList, SchedulePreview, ScheduleView } from '../../src/shared/schedules.js';
import { eventually } from '../support/eventually.js';
import { makeUser } from './boards-world.js';
import {
  EXPLORE,
  MONDAY_8,
  type Receiver,
  receiver,
  type ScheduleWorld,
  scheduleWorld,
  WEEKLY,
} from './schedules-world.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let world: ScheduleWorld;
let hook: Receiver;
let other: Receiver;
beforeAll(async () => {
  world = await scheduleWorld();
  hook = await receiver();
  other = await receiver();
});
afterAll(async () => {
  await world?.close();
  await hook?.close();
  await other?.close();
});
beforeEach(async () => {
  world.clock.set(MONDAY_8);
  await world.server.db.pool.query('DELETE FROM report_schedule');
  for (const one of [hook, other]) {
    one.received.length = 0;
    one.answers.length = 0;
  }
  world.mail.mails.length = 0;
  world.mail.busy = false;
  await signedIn();
});

/** Sessions end after half an hour without activity, and the clock of these proofs leaps. */
async function signedIn(): Promise<void> {
  const now = world.clock.now();
  await world.server.db.pool.query('UPDATE session SET created_at = $1, last_seen_at = $1, expires_at = $2', [
    new Date(now),
    new Date(now + DAY),
  ]);
}

async function schedule(destinations: object[], more: object = {}, by = world.ops): Promise<MadeSchedule> {
  const { status, body } = await by.call<MadeSchedule>('POST', '/schedules', {
    ...WEEKLY,
    destinations,
    ...more,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
async function leap(ms: number): Promise<void> {
  world.clock.advance(ms);
  await signedIn();
}
const runsOf = async (id: number): Promise<RunView[]> =>
  (await world.ops.call<RunView[]>('GET', `/schedules/${id}/deliveries`)).body;
const sources = (): string[] => world.mail.mails.map(({ source }) => source);

it('a pack on Monday morning: the mail holds headline and file, the next one is a week later', async () => {
  const { schedule: made } = await schedule([{ kind: 'mail', to: ['boss@example.com', 'ops@example.com'] }]);
  expect(made.nextRun).toBe('2026-11-23T00:30:00.000Z');
  const worker = await world.worker();
  await worker.run();
  expect(world.mail.mails).toEqual([]);
  await leap(30 * MINUTE);
  await worker.run();
  expect(world.mail.mails).toHaveLength(1);
  expect(world.mail.mails[0]).toMatchObject({
    from: 'reports@example.com',
    to: ['boss@example.com', 'ops@example.com'],
  });
  const [source = ''] = sources();
  expect(source).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(source).toContain('Content-Type: text/plain');
  expect(source).toContain('Content-Type: text/html');
  expect(source).toContain('Content-Type: application/pdf');
  const [run] = await runsOf(made.id);
  expect(run).toMatchObject({
    kind: 'on_time',
    state: 'made',
    missed: 0,
    deliveries: [{ state: 'sent', attempts: 1 }],
  });
  const again = await world.ops.call<ScheduleView>('GET', `/schedules/${made.id}`);
  expect(again.body).toMatchObject({ nextRun: '2026-11-30T00:30:00.000Z', lastRun: { state: 'sent' } });
  // The file of the history is the one that went out.
  const file = await fetch(`${world.server.url}/api/v1/schedules/runs/${run?.id}/file`, {
    headers: { cookie: world.ops.cookie },
  });
  const bytes = Buffer.from(await file.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(source.replace(/\r\n/g, '')).toContain(bytes.toString('base64'));
});

it('a signed webhook: the signature is that of Standard Webhooks, the secret is shown once', async () => {
  const { schedule: made, secrets } = await schedule([{ kind: 'webhook', url: `${hook.url}/in` }], { format: 'csv' });
  const [{ secret = '' } = {}] = secrets;
  expect(secret).toMatch(/^whsec_/);
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  const [got] = hook.received;
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = got?.headers ?? {};
  expect(Number(timestamp)).toBe(world.clock.now() / 1_000);
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  expect(signature).toBe(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${got?.body}`).digest('base64')}`);
  const { type, data } = JSON.parse(got?.body ?? '{}');
  expect(type).toBe('report.pack');
  expect(data.parts[0].page).toBe(
    '/reports/explore?range=yesterday&kpis=dials%2Cconnects%2Cconnect_rate&groupBy=team&compare=previous',
  );
  expect(Buffer.from(data.document.base64, 'base64')).toHaveLength(data.document.bytes);
  // Neither the secret nor the address is readable anywhere after that.
  const shown = await world.ops.call('GET', `/schedules/${made.id}`);
  expect(JSON.stringify(shown.body)).not.toMatch(/whsec_|\/in/);
  const { rows } = await world.server.db.pool.query('SELECT * FROM report_destination');
  expect(JSON.stringify(rows)).not.toContain('whsec_');
});

it('robots: WeCom, DingTalk and Feishu with their signatures, Slack; links go to the report', async () => {
  other.usual.body = 'ok';
  await schedule(
    [
      { kind: 'wecom', url: `${hook.url}/wecom?key=abc` },
      { kind: 'dingtalk', url: `${hook.url}/dingtalk?access_token=abc`, secret: 'SECdingding' },
      { kind: 'feishu', url: `${hook.url}/feishu`, secret: 'feishu-secret' },
      { kind: 'slack', url: `${other.url}/slack` },
    ],
    { language: 'zh' },
  );
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  const now = world.clock.now();
  const of = (path: string) => hook.received.find((one) => one.path.startsWith(path));
  const wecom = JSON.parse(of('/wecom')?.body ?? '{}');
  expect(wecom.msgtype).toBe('markdown');
  expect(wecom.markdown.content).toContain('拨打');
  expect(wecom.markdown.content).toContain('https://calls.example.com/reports/explore?');
  expect(Buffer.byteLength(wecom.markdown.content)).toBeLessThanOrEqual(4_096);
  const query = new URL(of('/dingtalk')?.path ?? '', 'http://x').searchParams;
  expect(query.get('timestamp')).toBe(String(now));
  expect(query.get('access_token')).toBe('abc');
  expect(query.get('sign')).toBe(createHmac('sha256', 'SECdingding').update(`${now}\nSECdingding`).digest('base64'));
  expect(JSON.parse(of('/dingtalk')?.body ?? '{}')).toMatchObject({ msgtype: 'markdown' });
  const feishu = JSON.parse(of('/feishu')?.body ?? '{}');
  expect(feishu).toMatchObject({ msg_type: 'interactive', timestamp: String(now / 1_000) });
  expect(feishu.sign).toBe(
    createHmac('sha256', `${now / 1_000}\nfeishu-secret`)
      .update('')
      .digest('base64'),
  );
  const slack = JSON.parse(other.received[0]?.body ?? '{}');
  expect(slack.blocks[0]).toMatchObject({ type: 'header' });
});

it('an answer of 200 with a code is a failure: tried again with growing pauses, five times, the other sent once', async () => {
  const { schedule: made } = await schedule([
    { kind: 'wecom', url: `${hook.url}/wecom?key=abc` },
    { kind: 'webhook', url: `${other.url}/in` },
  ]);
  hook.usual.body =
    '{"errcode":93000,"errmsg":"invalid webhook url, hint: [1690000000_12_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]"}';
  const worker = await world.worker();
  await leap(30 * MINUTE);
  await worker.run();
  const attempts = async () => (await runsOf(made.id))[0]?.deliveries.map(({ state, attempts: n }) => [state, n]);
  expect(await attempts()).toEqual([
    ['waiting', 1],
    ['sent', 1],
  ]);
  await worker.run();
  expect(await attempts()).toEqual([
    ['waiting', 1],
    ['sent', 1],
  ]);
  const pauses = [30, 120, 480, 1_800, 7_200];
  for (const seconds of pauses) {
    await leap(seconds * 1_250);
    await worker.run();
  }
  expect(await attempts()).toEqual([
    ['failed', 6],
    ['sent', 1],
  ]);
  expect(hook.received).toHaveLength(6);
  expect(other.received).toHaveLength(1);
  const [failed] = (await runsOf(made.id))[0]?.deliveries ?? [];
  expect(failed?.error).toMatchObject({ code: 'destination_rejected' });
  expect(failed?.error?.message.en).toContain('93000 invalid webhook url');
  expect(failed?.error?.message.en).not.toContain('aaaaaaaa');
  // Somebody mended it and asks again.
  hook.usual.body = '{"errcode":0,"errmsg":"ok"}';
  expect((await world.ops.call('POST', `/schedules/deliveries/${failed?.id}/retry`)).status).toBe(204);
  await worker.run();
  expect(await attempts()).toEqual([
    ['sent', 1],
    ['sent', 1],
  ]);
  expect((await world.ops.call('POST', `/schedules/deliveries/${failed?.id}/retry`)).code).toBe('delivery_in_progress');
  hook.usual.body = '{"errcode":0,"errmsg":"ok","code":0,"msg":"success"}';
});

it('two processes at the same moment: one run, one delivery each', async () => {
  for (let n = 0; n < 4; n++) {
    await schedule([
      { kind: 'webhook', url: `${hook.url}/${n}a` },
      { kind: 'webhook', url: `${hook.url}/${n}b` },
    ]);
  }
  const workers = [await world.worker(), await world.worker(), await world.worker()];
  await leap(30 * MINUTE);
  await Promise.all(workers.map((worker) => worker.run()));
  expect(hook.received.map(({ path }) => path).sort()).toEqual([
    '/0a',
    '/0b',
    '/1a',
    '/1b',
    '/2a',
    '/2b',
    '/3a',
    '/3b',
  ]);
  const { rows } = await world.server.db.pool.query('SELECT count(*)::int AS n FROM report_run');
  expect(rows).toEqual([{ n: 4 }]);
});

it('killed between sending and noting it: sent again under the same id', async () => {
  await schedule([{ kind: 'webhook', url: `${hook.url}/in` }]);
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  // As a process leaves it that was killed after the other side had answered.
  await world.server.db.pool.query(`UPDATE report_delivery SET state = 'sending', sent_at = NULL, leased_until = $1`, [
    new Date(world.clock.now() + 3 * MINUTE),
  ]);
  const next = await world.worker();
  await next.run();
  expect(hook.received).toHaveLength(1);
  await leap(3 * MINUTE + 1);
  await next.run();
  expect(hook.received).toHaveLength(2);
  expect(hook.received[0]?.headers['webhook-id']).toBe(hook.received[1]?.headers['webhook-id']);
  expect(hook.received[0]?.body).toBe(hook.received[1]?.body);
});

it('missed while nobody was there: one late run that says so', async () => {
  const { schedule: made } = await schedule([{ kind: 'mail', to: ['boss@example.com'] }], {
    rhythm: { every: 'day', at: '08:30' },
  });
  await leap(3 * DAY);
  await (await world.worker()).run();
  expect(world.mail.mails).toHaveLength(1);
  const [run, ...none] = await runsOf(made.id);
  expect(none).toEqual([]);
  expect(run).toMatchObject({ kind: 'late', missed: 2, due: '2026-11-25T00:30:00.000Z' });
  expect(sources()[0]?.replace(/=\r\n/g, '')).toContain('Sent late: it was due');
});

it('the owner was disabled or lost the right: it stops with the reason, an administrator takes it over', async () => {
  const leaver = await makeUser(world.server, 'leaver@example.com', { role: 'ops' });
  const { schedule: made } = await schedule([{ kind: 'mail', to: ['boss@example.com'] }], {}, leaver);
  const set = (role: string) => world.admin.call('PATCH', `/users/${leaver.id}`, { role });
  expect((await set('agent')).status).toBe(200);
  await leap(30 * MINUTE);
  await (await world.worker()).run();
  expect(world.mail.mails).toEqual([]);
  const stopped = (await world.admin.call<ScheduleView>('GET', `/schedules/${made.id}`)).body;
  expect(stopped).toMatchObject({ active: false, stoppedReason: 'owner_lost_rights', nextRun: null });
  const resume = { revision: stopped.revision, active: true };
  expect((await world.admin.call('PATCH', `/schedules/${made.id}`, resume)).code).toBe('schedule_owner_lost');
  const taken = await world.admin.call<MadeSchedule>('PATCH', `/schedules/${made.id}`, { ...resume, takeOver: true });
  expect(taken.body.schedule).toMatchObject({ active: true, stoppedReason: null, owner: { id: world.admin.id } });
});

it('what cannot be: named with its field', async () => {
  const refused = async (wish: object) => {
    const { status, code, field } = await world.ops.call('POST', '/schedules', {
      ...WEEKLY,
      destinations: [{ kind: 'mail', to: ['a@b.cn'] }],
      ...wish,
    });
    return [status, code, field];
  };
  const to = (destination: object) => refused({ destinations: [destination] });
  expect(await refused({ rhythm: { every: 'week', weekday: 8, at: '08:30' } })).toEqual([
    400,
    'request_invalid',
    'rhythm.weekday',
  ]);
  expect(await refused({ zone: 'Mars/Base' })).toEqual([400, 'request_invalid', 'zone']);
  expect(await refused({ destinations: [] })).toEqual([400, 'request_invalid', 'destinations']);
  expect(await to({ kind: 'mail', to: ['a@b.cn\r\nBcc: c@d.cn'] })).toEqual([
    400,
    'request_invalid',
    'destinations.0.to.0',
  ]);
  expect(await to({ kind: 'webhook', url: 'http://example.com/x' })).toEqual([
    400,
    'outbound_address_invalid',
    'destinations.0.url',
  ]);
  expect(await to({ kind: 'webhook', url: 'https://169.254.169.254/latest' })).toEqual([
    400,
    'outbound_address_refused',
    'destinations.0.url',
  ]);
  expect(await to({ kind: 'wecom', url: 'https://example.com/cgi-bin/webhook/send' })).toEqual([
    400,
    'destination_wrong_host',
    'destinations.0.url',
  ]);
  const unknown = { ...EXPLORE, spec: { ...EXPLORE.spec, kpis: ['no_such_kpi'] } };
  expect((await refused({ sources: [unknown] })).slice(0, 2)).toEqual([400, 'kpi_unknown']);
  const key = await fetch(`${world.server.url}/api/v1/schedules`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-key-of-tests-0123456789-abcdefghijkl', 'content-type': 'application/json' },
    body: JSON.stringify({ ...WEEKLY, destinations: [{ kind: 'mail', to: ['a@b.cn'] }] }),
  });
  expect([key.status, JSON.parse(await key.text()).error.code]).toEqual([403, 'schedule_needs_person']);
});

it('preview and test: nothing goes out but the test message; a run by hand; a removed destination gets nothing', async () => {
  const wish = { ...WEEKLY, destinations: [{ kind: 'wecom' }, { kind: 'mail' }], format: 'xlsx' };
  const preview = await world.ops.call<SchedulePreview>('POST', '/schedules/preview', wish);
  expect(preview.status).toBe(200);
  expect(preview.body.texts.map(({ kind }) => kind)).toEqual(['mail', 'wecom']);
  expect(Buffer.from(preview.body.file.base64, 'base64').subarray(0, 2).toString()).toBe('PK');
  expect(hook.received).toEqual([]);
  const destination = { kind: 'webhook', url: `${hook.url}/test` };
  expect((await world.ops.call('POST', '/schedules/test', { destination, language: 'en' })).status).toBe(204);
  expect(JSON.parse(hook.received[0]?.body ?? '{}')).toMatchObject({ type: 'report.test', data: { document: null } });
  const { schedule: made } = await schedule([destination, { kind: 'mail', to: ['boss@example.com'] }]);
  const [gone, kept] = made.destinations;
  const patch = { revision: made.revision, destinations: [{ id: kept?.id, kind: 'mail' }] };
  expect((await world.ops.call('PATCH', `/schedules/${made.id}`, patch)).status).toBe(200);
  expect((await world.ops.call('POST', `/schedules/${made.id}/run`)).status).toBe(202);
  await (await world.worker()).run();
  expect(hook.received).toHaveLength(1);
  expect(world.mail.mails).toHaveLength(1);
  expect(
    (await world.server.db.pool.query('SELECT sealed FROM report_destination WHERE id = $1', [gone?.id])).rows,
  ).toEqual([{ sealed: null }]);
  expect((await world.ops.call('PATCH', `/schedules/${made.id}`, patch)).code).toBe('schedule_changed');
});

it('a mail server that is busy is tried again; a recipient it refuses is not, for the others have it', async () => {
  const { schedule: made } = await schedule([{ kind: 'mail', to: ['boss@example.com', 'gone@example.com'] }]);
  const worker = await world.worker();
  world.mail.busy = true;
  await leap(30 * MINUTE);
  await worker.run();
  expect((await runsOf(made.id))[0]?.deliveries).toMatchObject([
    { state: 'waiting', attempts: 1, error: { code: 'mail_refused' } },
  ]);
  world.mail.busy = false;
  world.mail.refuses.add('gone@example.com');
  await leap(40_000);
  await worker.run();
  expect(world.mail.mails.map(({ to }) => to)).toEqual([['boss@example.com']]);
  expect((await runsOf(made.id))[0]?.deliveries).toMatchObject([
    { state: 'failed', attempts: 2, error: { code: 'mail_partly_refused' } },
  ]);
});

it('whose: others see nothing of it, an administrator everything; the audit log names no address', async () => {
  const { schedule: made } = await schedule([{ kind: 'mail', to: ['boss@example.com'] }]);
  const { body } = await world.admin.call<ScheduleList>('GET', '/schedules');
  expect(body.schedules.map(({ id }) => id)).toEqual([made.id]);
  expect(body).toMatchObject({ mail: true, links: true, zone: 'Asia/Shanghai' });
  await world.admin.call('DELETE', `/schedules/${made.id}`);
  expect((await world.ops.call('GET', `/schedules/${made.id}`)).status).toBe(404);
  await eventually(async () => {
    const { rows } = await world.server.db.pool.query(
      `SELECT * FROM audit_event WHERE action LIKE 'schedule.%' ORDER BY seq DESC LIMIT 5`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('boss@example.com');
    return true;
  });
});
