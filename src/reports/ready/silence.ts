/** How long nothing came in while calls are expected. Pure; instants are epoch ms. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * The longest stretch without any of the instants inside the stretches in which events are expected; both in order. What lies
 * between two expected stretches is no silence: a night is not counted. Null: nothing is expected.
 */
export function longestSilence(instants: readonly number[], expected: readonly Stretch[]): Stretch | null {
  let longest: Stretch | null = null;
  let next = 0;
  for (const { from, to } of expected) {
    let last = from;
    while (next < instants.length && (instants[next] ?? 0) < from) next++;
    const take = (until: number): void => {
      if (longest === null || until - last > longest.to - longest.from) longest = { from: last, to: until };
      last = until;
    };
    for (; next < instants.length && (instants[next] ?? 0) < to; next++) take(instants[next] ?? to);
    take(to);
  }
  return longest;
}

/** Neighbouring stretches as one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { from, to } of stretches) {
    const last = found.at(-1);
    if (last !== undefined && last.to === from) last.to = to;
    else found.push({ from, to });
  }
  return found;
}
