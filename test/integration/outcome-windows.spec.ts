/**
 * Proves: the window in which an outcome finds its call, and the one around a callback, are settings that count for the past
 * too: changed, everything said before is resolved again at once, nothing else is, and a rebuild gives the same sums.
 */

import { closedEvent } from '../../src/ingest/index.js';
import { appendEvents } from '../../src/ingest/log/event-log.repository.js';
import { OrganisationService } from '../../src/organisation/organisation.service.js';
import type { OrganisationPatch } from '../../src/shared/organisation.js';
import { withDatabase } from '../support/index.js';
import { ACTOR, at, iso, number, outcomeWorld, type World } from './outcomes-world.js';

const database = withDatabase();
let world: World;
let organisation: OrganisationService;
beforeAll(async () => {
  world = await outcomeWorld(database.db);
  organisation = new OrganisationService(world.core.database.pool, world.settings, world.core.reattribution);
});
beforeEach(async () => {
  await world.reset();
  await set({ outcomeWindowMinutes: 1_440, callbackWindowMinutes: 15 });
});

const set = (patch: OrganisationPatch) => organisation.change(ACTOR, patch);
const call = (name: string, time: string, customer = 1, agent = 'ada') => world.call(name, { agent, customer, time });

/** Place → these sums, where any of them is not 0. */
async function sumsOf(...names: string[]): Promise<Record<string, number[]>> {
  const places = Object.entries(await world.sums());
  return Object.fromEntries(
    places.flatMap(([place, sums]) => {
      const values = names.map((name) => sums[name] ?? 0);
      return values.some((value) => value !== 0) ? [[place, values]] : [];
    }),
  );
}

test('an outcome finds the call of its customer as far back as the present window says, to the minute', async () => {
  await world.log(call('A', '02:00:00'), call('B', '02:10:00', 2, 'bo'));
  await world.say(
    { externalId: 'c', version: 1, at: iso('05:00:00'), customer: number(1), agentId: 21, sale: { amountMinor: 700 } },
    { externalId: 'l', version: 1, at: iso('06:00:00'), call: 'B', sale: { amountMinor: 100 } },
  );
  await world.fold();
  const found = { '05:00 Ada/North default': [1, 0], '06:00 Bo/North default': [1, 0] };
  const lost = { '05:00 Ada/North default': [0, 1], '06:00 Bo/North default': [1, 0] };
  const sales = () => sumsOf('sales', 'other_sales');
  expect(await sales()).toEqual(found);
  // The call is not the sale's any more; the one that was named stays.
  expect((await set({ outcomeWindowMinutes: 179 })).recount).toEqual({ calls: 1, done: true });
  expect(await sales()).toEqual(lost);
  expect((await set({ outcomeWindowMinutes: 180 })).recount).toEqual({ calls: 1, done: true });
  expect(await sales()).toEqual(found);
});

test('a callback is judged again by the present window; once due it stays due', async () => {
  await world.log(call('A', '02:00:00'), call('K', '05:20:00', 1, 'bo'));
  await world.say({
    externalId: 'p',
    version: 1,
    at: iso('02:05:00'),
    call: 'A',
    disposition: 'callback',
    callbackAt: iso('05:00:00'),
  });
  await world.fold();
  const callback = { id: 'key-1|p', account: 'key-1', due: at('05:00:00'), until: at('05:15:00') };
  await appendEvents(world.core.database.pool, [closedEvent(callback, at('05:15:00'))]);
  await world.fold();
  const callbacks = () => sumsOf('callbacks_due', 'callbacks_kept');
  expect(await callbacks()).toEqual({ '05:00 Ada/North default': [1, 0] });
  await set({ callbackWindowMinutes: 20 });
  expect(await callbacks()).toEqual({ '05:00 Ada/North default': [1, 1] });
  await set({ callbackWindowMinutes: 19 });
  expect(await callbacks()).toEqual({ '05:00 Ada/North default': [1, 0] });
});

test('only outcomes are looked at again, and only for a window', async () => {
  await world.log(call('A', '02:00:00'));
  await world.say({
    externalId: 'c',
    version: 1,
    at: iso('05:00:00'),
    customer: number(1),
    sale: { amountMinor: 700 },
  });
  await world.fold();
  const { pool } = world.core.database;
  await pool.query('TRUNCATE presence_todo');
  const { result, recount } = await set({ outcomeWindowMinutes: 60, name: 'Tally' });
  expect([result.outcomeWindowMinutes, result.callbackWindowMinutes, recount?.done]).toEqual([60, 15, true]);
  const { rows } = await pool.query('SELECT 1 FROM presence_todo UNION ALL SELECT 1 FROM resolution_task');
  expect(rows).toEqual([]);
  // Names move nothing, and say so.
  expect((await set({ name: '' })).recount).toBeUndefined();
});
