/**
 * Proves of readings: one at a time; whoever asks during one waits for another that begins afterwards, and however many
 * ask, it is one; one that fails is told to those who waited for it, and the next begins all the same.
 */
import { Reading } from '../../../src/platform/reading.js';

/** Readings that end when they are told to; what they read is how often anything was changed when they began. */
class Source {
  changes = 0;
  begun = 0;
  atOnce = 0;
  mostAtOnce = 0;
  known = 0;
  private readonly ends: ((error?: Error) => void)[] = [];
  readonly reading = new Reading(() => this.read());

  private async read(): Promise<void> {
    this.begun++;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    const found = this.changes;
    try {
      await new Promise<void>((resolve, reject) => {
        this.ends.push((error) => (error === undefined ? resolve() : reject(error)));
      });
      this.known = found;
    } finally {
      this.atOnce--;
    }
  }

  /** Changes something and asks for it to be known; resolves to what is known then. */
  async change(): Promise<number> {
    this.changes++;
    await this.reading.again();
    return this.known;
  }

  end(error?: Error): Promise<void> {
    this.ends.shift()?.(error);
    return new Promise((resolve) => setImmediate(resolve));
  }
}

test('whoever asks during a reading waits for one that begins afterwards, and all who ask for the same', async () => {
  const source = new Source();
  const first = source.change();
  const later = [source.change(), source.change(), source.change()];
  await source.end();
  expect(await first).toBe(1);
  expect(source.begun).toBe(2);
  await source.end();
  expect(await Promise.all(later)).toEqual([4, 4, 4]);
  expect([source.begun, source.mostAtOnce]).toEqual([2, 1]);
});

test('asked for by those who hear that it has ended, it begins anew', async () => {
  const source = new Source();
  const chain = source.change().then(() => source.change());
  await source.end();
  await source.end();
  expect(await chain).toBe(2);
});

test('asked for at the end of one that another follows, it is that other: never two at once', async () => {
  const source = new Source();
  const chain = source.change().then(() => source.change());
  const second = source.change();
  await source.end();
  expect(source.begun).toBe(2);
  await source.end();
  expect(await Promise.all([chain, second])).toEqual([3, 3]);
  expect([source.begun, source.mostAtOnce]).toEqual([2, 1]);
});

test('one that fails is told to those who waited for it; the next begins all the same', async () => {
  const source = new Source();
  const first = source.change();
  const second = source.change();
  const failed = expect(first).rejects.toThrow('out of reach');
  await source.end(new Error('out of reach'));
  await failed;
  await source.end();
  expect(await second).toBe(2);
});
