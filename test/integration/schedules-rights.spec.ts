/**
 * Proves that a scheduled pack goes to nobody in the name of an owner who sees less than when it was made, that none of
 * before an erasure is kept or sent, and that whoever was overtaken at making or sending one says nothing of it any more.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  keepMade,
  keepNotMade,
  keepNotSent,
  keepSent,
  takeDelivery,
  takeRun,
} from '../../src/reports/schedules/run.repository.js';
import type { MadeSchedule, RunView } from '../../src/shared/schedules.js';
import { API_KEY } from '../support/server.js';
import { MONDAY_8, type Receiver, receiver, type ScheduleWorld, scheduleWorld, WEEKLY } from './schedules-world.js';

const MINUTE = 60_000;

let world: ScheduleWorld;
let hook: Receiver;
let other: Receiver;
beforeAll(async () => {
  world = await scheduleWorld();
  hook = await receiver();
  other = await receiver();
});
beforeEach(async () => {
  world.clock.set(MONDAY_8);
  await world.server.db.pool.query('DELETE FROM report_schedule');
  for (const one of [hook, other]) {
    one.received.length = 0;
    one.usual.status = 200;
  }
  await signedIn();
});
afterAll(async () => {
  await world?.close();
  await hook?.close();
  await other?.close();
});

/** Sessions end after half an hour without activity, and the clock leaps. */
async function signedIn(): Promise<void> {
  const now = world.clock.now();
  await world.server.db.pool.query('UPDATE session SET created_at = $1, last_seen_at = $1, expires_at = $2', [
    new Date(now),
    new Date(now + 24 * 60 * MINUTE),
  ]);
}

async function leap(ms: number): Promise<void> {
  world.clock.advance(ms);
  await signedIn();
}

const runsOf = async (id: number): Promise<RunView[]> =>
  (await world.ops.call<RunView[]>('GET', `/schedules/${id}/deliveries`)).body;

test('whoever sees less than when a pack was made gets it no more, neither fetched nor sent again', async () => {
  const destinations = [{ kind: 'mail', to: ['boss@example.com'] }];
  const { schedule: made } = (await world.ops.call<MadeSchedule>('POST', '/schedules', { ...WEEKLY, destinations }))
    .body;
  await leap(30 * MINUTE);
  world.mail.busy = true;
  const worker = await world.worker();
  await worker.run();
  const [run] = await runsOf(made.id);
  const [delivery] = run?.deliveries ?? [];
  expect(delivery).toMatchObject({ state: 'waiting', attempts: 1 });
  world.mail.busy = false;
  const role = (name: string) =>
    world.server.db.pool.query('UPDATE app_user SET role = $1 WHERE id = $2', [name, world.ops.id]);
  await role('supervisor');
  try {
    expect(await world.ops.call('GET', `/schedules/runs/${run?.id}/file`)).toMatchObject({
      status: 403,
      body: { error: { code: 'export_rights_lost' } },
    });
    await leap(5 * MINUTE);
    await worker.run();
    expect(world.mail.mails).toEqual([]);
    expect((await runsOf(made.id))[0]?.deliveries).toMatchObject([
      { state: 'failed', error: { code: 'schedule_owner_lost' } },
    ]);
  } finally {
    await role('ops');
  }
});

async function erase(number: string): Promise<number> {
  const { status } = await fetch(`${world.server.url}/api/v1/customers/erase`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'x-tallyboard': '1' },
    body: JSON.stringify({ number, reason: 'subject_request' }),
  });
  return status;
}

test('somebody is erased: packs of before are gone, and one that is still to be sent is made again', async () => {
  const destinations = [
    { kind: 'webhook', url: `${hook.url}/in` },
    { kind: 'webhook', url: `${other.url}/in` },
  ];
  const { schedule: made } = (await world.ops.call<MadeSchedule>('POST', '/schedules', { ...WEEKLY, destinations }))
    .body;
  hook.usual.status = 503;
  const worker = await world.worker();
  await leap(30 * MINUTE);
  await worker.run();
  const kept = async () => (await runsOf(made.id)).map(({ file }) => file?.kept ?? false);
  expect(await kept()).toEqual([true]);
  await leap(MINUTE);
  expect(await erase('+15557654321')).toBe(200);
  hook.usual.status = 200;
  await leap(MINUTE);
  await worker.run();
  expect([hook.received.length, other.received.length]).toEqual([2, 1]);
  expect((await runsOf(made.id))[0]?.deliveries.map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect(await kept()).toEqual([true]);
  await leap(MINUTE);
  expect(await erase('+15557654322')).toBe(200);
  await worker.run();
  expect(await kept()).toEqual([false]);
});

test('failed, then somebody is erased: asked for again it says that the file is gone, and waits for nothing', async () => {
  const destinations = [{ kind: 'webhook', url: `${hook.url}/in` }];
  const { schedule: made } = (await world.ops.call<MadeSchedule>('POST', '/schedules', { ...WEEKLY, destinations }))
    .body;
  hook.usual.status = 403;
  const worker = await world.worker();
  await leap(30 * MINUTE);
  await worker.run();
  const delivery = async () => (await runsOf(made.id))[0]?.deliveries[0];
  const failed = { state: 'failed', error: { code: 'destination_answered' } };
  expect(await delivery()).toMatchObject(failed);
  await leap(MINUTE);
  expect(await erase('+15557654323')).toBe(200);
  await worker.run();
  expect((await runsOf(made.id))[0]?.file).toMatchObject({ kept: false });
  const retry = async () => world.ops.call('POST', `/schedules/deliveries/${(await delivery())?.id}/retry`);
  expect(await retry()).toMatchObject({ status: 410, code: 'delivery_file_gone' });
  expect(await delivery()).toMatchObject(failed);
  // As an earlier version left it, or an erasure at the moment of the asking: it ends, and says why.
  await world.server.db.pool.query(`UPDATE report_delivery SET state = 'waiting', attempts = 0, next_attempt = $1`, [
    new Date(world.clock.now()),
  ]);
  expect(await retry()).toMatchObject({ status: 410 });
  await worker.run();
  expect(await delivery()).toMatchObject({ state: 'failed', error: { code: 'delivery_file_gone' } });
  expect(hook.received).toHaveLength(1);
});

test('whoever was overtaken says nothing any more, also when the tries are counted anew', async () => {
  const { pool } = world.server.db;
  const destinations = [{ kind: 'webhook', url: `${hook.url}/in` }];
  const { schedule: made } = (await world.ops.call<MadeSchedule>('POST', '/schedules', { ...WEEKLY, destinations }))
    .body;
  await world.ops.call('POST', `/schedules/${made.id}/run`);
  const run = async () => (await runsOf(made.id))[0];
  const again = async () => world.ops.call('POST', `/schedules/deliveries/${(await run())?.deliveries[0]?.id}/retry`);
  const taken = async <T>(take: (db: typeof pool, now: number, leaseMs: number) => Promise<T | null>): Promise<T> => {
    await leap(MINUTE);
    const found = await take(pool, world.clock.now(), 1_000);
    if (found === null) throw new Error('Nothing waits');
    return found;
  };

  const slowMaker = await taken(takeRun);
  await keepNotMade(pool, await taken(takeRun), 'schedule_build_failed', null);
  expect(await again()).toMatchObject({ status: 204 });
  const maker = await taken(takeRun);
  expect(maker.attempts).toBe(slowMaker.attempts);
  await keepNotMade(pool, slowMaker, 'schedule_build_failed', null);
  expect(await run()).toMatchObject({ state: 'making', deliveries: [{ state: 'waiting' }] });
  const content = Buffer.from('a');
  const pack = { name: 'a.csv', content, sha256: content, summary: {} as never, scope: { kind: 'all' as const } };
  expect(await keepMade(pool, slowMaker, pack, 0)).toBe(false);
  expect(await keepMade(pool, maker, pack, world.clock.now())).toBe(true);

  const slowSender = await taken(takeDelivery);
  await keepNotSent(pool, await taken(takeDelivery), { code: 'internal', params: {} }, null);
  expect(await again()).toMatchObject({ status: 204 });
  const sender = await taken(takeDelivery);
  expect(sender.attempts).toBe(slowSender.attempts);
  await keepNotSent(pool, slowSender, { code: 'internal', params: {} }, null);
  expect(await keepSent(pool, slowSender, 0)).toBe(false);
  expect((await run())?.deliveries).toMatchObject([{ state: 'sending' }]);
  expect(await keepSent(pool, sender, world.clock.now())).toBe(true);
});
