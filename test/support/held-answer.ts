/** Answers of the database that come late, as those of a busy machine or network do: in another order than they were asked for. */
import type { Pool } from 'pg';

export interface HeldAnswer {
  /** The database has answered; nobody has heard it yet. */
  there: Promise<void>;
  /** Hands it on. */
  release(): void;
}

/** Keeps back the answer to the first question of this pool that contains `words`; every other passes. */
export function holdAnswer(pool: Pool, words: string): HeldAnswer {
  const { query } = pool;
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const there = new Promise<void>((resolve) => {
    pool.query = ((...args: Parameters<typeof query>) => {
      const answer = query.apply(pool, args) as unknown as Promise<unknown>;
      if (!String(args[0]).includes(words)) return answer;
      pool.query = query;
      const told = answer.finally(async () => {
        resolve();
        await released;
      });
      return told;
    }) as typeof query;
  });
  return { there, release };
}
