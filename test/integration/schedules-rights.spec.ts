/**
 * Proves that a scheduled pack goes to nobody in the name of an owner who sees less than when it was made, and that none of
 * before an erasure is kept or sent.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
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
}, 60_000);
beforeEach(async () => {
  world.clock.set(MONDAY_8);
  await world.server.db.pool.query('DELETE FROM report_schedule');
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
