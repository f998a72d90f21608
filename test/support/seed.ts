/**
 * One seed for tests that walk at random. The same in every run, so that a run that fails can be repeated and one that
 * passed says something about the next; `TEST_SEED=random` walks elsewhere, `TEST_SEED=<number>` where such a walk failed.
 */
const asked = process.env.TEST_SEED;
export const SEED = asked === 'random' ? Date.now() % 2 ** 31 : Number(asked) || 20_261_123;
