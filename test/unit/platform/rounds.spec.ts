/**
 * Proves of work in rounds: one at a time; asked for during a round it is done once more, however often it is asked; a look by
 * the clock during a round adds none; a stop waits for the round and begins no other; a round that fails is told and the
 * next one tries again; asked for at the very end of a round it is done all the same.
 */
import { Rounds } from '../../../src/platform/rounds.js';

const HOUR_MS = 3_600_000;

/** Rounds that end when they are told to. */
class Work {
  begun = 0;
  atOnce = 0;
  mostAtOnce = 0;
  readonly failures: unknown[] = [];
  private ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  readonly rounds: Rounds;

  constructor(everyMs = HOUR_MS) {
    this.rounds = new Rounds(
      everyMs,
      () => this.round(),
      (error) => this.failures.push(error),
    );
  }

  private async round(): Promise<void> {
    this.begun++;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    try {
      await new Promise<void>((resolve, reject) => this.ends.push({ resolve, reject }));
    } finally {
      this.atOnce--;
    }
  }

  async end(error?: Error): Promise<void> {
    const one = this.ends.shift();
    if (error === undefined) one?.resolve();
    else one?.reject(error);
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('one at a time, and once more for all who asked meanwhile', async () => {
  const work = new Work();
  work.rounds.wake();
  work.rounds.wake();
  const waiting = work.rounds.run();
  expect(work.begun).toBe(1);
  await work.end();
  expect(work.begun).toBe(2);
  await work.end();
  await waiting;
  expect([work.begun, work.mostAtOnce]).toEqual([2, 1]);
  work.rounds.wake();
  expect(work.begun).toBe(3);
  await work.end();
});

it('looks by the clock, not during a round, and no more after a stop; a start looks again', async () => {
  const work = new Work(1);
  const begun = async (count: number): Promise<void> => {
    while (work.begun < count) await settled();
  };
  work.rounds.start();
  expect(work.rounds.started).toBe(true);
  await begun(1);
  const clock = new Work(1);
  clock.rounds.start();
  // Its looks come as often as those of the other, which is in its first round.
  for (let looks = 1; looks <= 5; looks++) {
    while (clock.begun < looks) await settled();
    await clock.end();
  }
  await work.end();
  await begun(2);
  const stopped = Promise.all([work.rounds.stop(), clock.rounds.stop()]);
  await work.end();
  await clock.end();
  await stopped;
  expect([work.begun, work.mostAtOnce, work.rounds.started, work.rounds.stopped]).toEqual([2, 1, false, true]);
  work.rounds.wake();
  await work.rounds.run();
  expect(work.begun).toBe(2);
  work.rounds.start();
  await begun(3);
  const over = work.rounds.stop();
  await work.end();
  await over;
});

it('a stop waits for the round and does not begin the one asked for', async () => {
  const work = new Work();
  work.rounds.wake();
  work.rounds.wake();
  let over = false;
  const stopping = work.rounds.stop().then(() => {
    over = true;
  });
  await settled();
  expect(over).toBe(false);
  await work.end();
  await stopping;
  expect(work.begun).toBe(1);
});

it('a failed round is told once where nobody waits, else to whoever waits; the next tries again', async () => {
  const work = new Work();
  const broken = new Error('no database');
  work.rounds.wake();
  await work.end(broken);
  expect(work.failures).toEqual([broken]);
  const waiting = work.rounds.run();
  const rejected = expect(waiting).rejects.toBe(broken);
  await work.end(broken);
  await rejected;
  expect(work.failures).toEqual([broken]);
  const stopping = work.rounds.run().catch(() => {});
  const stopped = work.rounds.stop();
  await work.end(broken);
  await Promise.all([stopping, stopped]);
});

it('asked for in any step around the end of a round, it is done once more', async () => {
  for (let steps = 0; steps < 12; steps++) {
    let begun = 0;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const rounds = new Rounds(
      HOUR_MS,
      () => (++begun === 1 ? ended : Promise.resolve()),
      () => undefined,
    );
    rounds.wake();
    end();
    for (let step = 0; step < steps; step++) await Promise.resolve();
    await rounds.run();
    expect({ steps, begun }).toEqual({ steps, begun: 2 });
  }
});

it('a round that throws at once fails like any other, and the next is done', async () => {
  let begun = 0;
  const failures: unknown[] = [];
  const broken = new Error('at once');
  const rounds = new Rounds(
    HOUR_MS,
    () => {
      if (++begun === 1) throw broken;
      return Promise.resolve();
    },
    (error) => failures.push(error),
  );
  rounds.wake();
  await settled();
  expect(failures).toEqual([broken]);
  await rounds.run();
  expect(begun).toBe(2);
});
