/** Resolves after `ms`; rejects with the signal's reason when aborted first. */
export function delay(ms: number, options: { signal?: AbortSignal; keepAlive?: boolean } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (options.keepAlive === false) timer.unref();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
