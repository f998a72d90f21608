/** Proves of what a page knows: the answer to a change is not undone by a reading that began before it and ends later. */
import { QueryObserver } from '@tanstack/react-query';
import { createQueryClient, keepAnswer } from '../../../web/src/api/queries.js';

const KEY = ['settings', 'of-a-page'];

test('a reading that was under way does not undo the answer to a change; the next one is taken', async () => {
  const client = createQueryClient(() => undefined);
  const ends: ((value: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: KEY,
    queryFn: () => new Promise<string>((resolve) => ends.push(resolve)),
  });
  const stop = observer.subscribe(() => undefined);
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const end = async (value: string): Promise<unknown> => {
    ends.shift()?.(value);
    await settled();
    return client.getQueryData(KEY);
  };
  expect(await end('as it was')).toBe('as it was');
  void observer.refetch();
  await settled();
  keepAnswer(client, KEY, 'as it is set');
  expect(await end('as it was')).toBe('as it is set');
  void observer.refetch();
  await settled();
  expect(await end('as somebody else set it')).toBe('as somebody else set it');
  stop();
  client.clear();
});
