/**
 * Proves: a promised callback is due for who promised it once its window is over, kept by any later dial within it, moved with its
 * time and cancelled with its outcome; the job that closes windows does so once; sums equal facts, also rebuilt.
 */
import { closedEvent } from '../../src/ingest/index.js';
import { appendEvents } from '../../src/ingest/log/event-log.repository.js';
import type { OutcomeInput } from '../../src/shared/outcomes.js';
import { withDatabase } from '../support/index.js';
import { at, iso, outcomeWorld, type World } from './outcomes-world.js';

const database = withDatabase();
let world: World;
beforeAll(async () => {
  world = await outcomeWorld(database.db);
});
beforeEach(() => world.reset());

const call = (name: string, time: string, customer = 1, agent = 'ada') => world.call(name, { agent, customer, time });

describe('a promised callback', () => {
  const promise = (due: string, version: number): OutcomeInput => ({
    externalId: 'p',
    version,
    at: iso('02:05:00'),
    call: 'A',
    disposition: 'callback',
    callbackAt: iso(due),
  });
  const close = async (due: string): Promise<void> => {
    const callback = { id: 'key-1|p', account: 'key-1', due: at(due), until: at(due) + 900_000 };
    await appendEvents(world.core.database.pool, [closedEvent(callback, at(due) + 900_000)]);
    await world.fold();
  };
  const due = async () =>
    Object.fromEntries(
      Object.entries(await world.sums()).flatMap(([place, sums]) =>
        sums.callbacks_due === undefined ? [] : [[place, [sums.callbacks_due, sums.callbacks_kept ?? 0]]],
      ),
    );

  test('is due for who promised once its window is over, and kept by any dial within it', async () => {
    await world.log(call('A', '02:00:00'));
    await world.say(promise('05:00:00', 1));
    await world.fold();
    expect(await due()).toEqual({});
    await close('05:00:00');
    expect(await due()).toEqual({ '05:00 Ada/North default': [1, 0] });
    await world.log(call('B', '05:15:01', 1, 'bo'));
    await world.fold();
    expect(await due()).toEqual({ '05:00 Ada/North default': [1, 0] });
    await world.log(call('C', '04:45:00', 1, 'bo'));
    await world.fold();
    expect(await due()).toEqual({ '05:00 Ada/North default': [1, 1] });
  });

  test('for the next minutes is not kept by the call it was promised in, nor by a dial before the promise', async () => {
    // Said 5 minutes after the call began, for 5 minutes later: all of it lies in the window.
    await world.log(call('A', '02:00:00'), call('B', '02:04:00', 1, 'bo'));
    await world.say(promise('02:10:00', 1));
    await world.fold();
    await close('02:10:00');
    expect(await due()).toEqual({ '02:00 Ada/North default': [1, 0] });
    await world.log(call('C', '02:06:00', 1, 'bo'));
    await world.fold();
    expect(await due()).toEqual({ '02:00 Ada/North default': [1, 1] });
  });

  test('moved: the old time does not count any more; cancelled: none does', async () => {
    await world.log(call('A', '02:00:00'));
    await world.say(promise('05:00:00', 1));
    await world.fold();
    await close('05:00:00');
    await world.say(promise('07:00:00', 2));
    await world.fold();
    expect(await due()).toEqual({});
    await close('07:00:00');
    expect(await due()).toEqual({ '07:00 Ada/North default': [1, 0] });
    await world.say({ externalId: 'p', version: 3, cancelled: true });
    await world.fold();
    expect(await due()).toEqual({});
  });

  test('is closed by the job, once', async () => {
    await world.log(call('A', '02:00:00'));
    await world.say(promise('05:00:00', 1));
    await world.fold();
    expect(await world.core.callbacks.run()).toBe(1);
    expect(await world.core.callbacks.run()).toBe(0);
    await world.fold();
    expect(await due()).toEqual({ '05:00 Ada/North default': [1, 0] });
    expect(await world.core.callbacks.run()).toBe(0);
  });
});
