/** Whoever works on something says every few seconds that they are alive: after a kill the next begins within half a minute. */
export const LEASE_MS = 20_000;
const SIGN_EVERY_MS = 4_000;

/** @param sign of life; one that fails is made good by the next */
export async function whileAlive<T>(sign: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => sign().catch(() => undefined), SIGN_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
