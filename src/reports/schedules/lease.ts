/** Whoever works on something says every few seconds that they are alive: after a kill the next begins half a minute later. */
export const LEASE_MS = 30_000;
const SIGN_EVERY_MS = 5_000;

/** @param sign of life; one that fails is made good by the next */
export async function whileAlive<T>(sign: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => sign().catch(() => undefined), SIGN_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
