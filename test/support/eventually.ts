/**
 * Repeats `check` until it neither throws nor returns false or undefined, and returns its value. For waiting on
 * another process or on the network; gives up loudly with the last failure. Time in which this process could not run at
 * all (a machine busy with something else) does not count: a promise of a second is one of the product's.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  options: { withinMs?: number; everyMs?: number; what?: string } = {},
): Promise<Exclude<T, false | undefined>> {
  const { withinMs = 30_000, everyMs = 25, what = 'the condition' } = options;
  let deadline = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await check();
      if (value !== false && value !== undefined) return value as Exclude<T, false | undefined>;
      last = `it was ${value}`;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${withinMs} ms for ${what}: ${last instanceof Error ? last.message : last}`, {
        cause: last,
      });
    }
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    deadline += Math.max(0, performance.now() - before - everyMs);
  }
}
