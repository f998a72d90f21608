/** Proves that a scheduled pack goes to nobody in the name of an owner who sees less than when it was made. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MadeSchedule, RunView } from '../../src/shared/schedules.js';
import { MONDAY_8, type ScheduleWorld, scheduleWorld, WEEKLY } from './schedules-world.js';

const MINUTE = 60_000;

let world: ScheduleWorld;
beforeAll(async () => {
  world = await scheduleWorld();
  world.clock.set(MONDAY_8);
  await signedIn();
}, 60_000);
afterAll(() => world?.close());

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
