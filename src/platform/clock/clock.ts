/** The time, as a dependency: without this there is no simulation and no test of midnight. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that moves only when told to. */
export class ManualClock implements Clock {
  constructor(private current: number) {}

  now(): number {
    return this.current;
  }

  set(epochMs: number): void {
    this.current = epochMs;
  }

  advance(ms: number): void {
    this.current += ms;
  }
}

/** Milliseconds from an arbitrary origin that never jump; for measuring durations only. */
export function monotonicMs(): number {
  return performance.now();
}

/** ISO 8601 in UTC, milliseconds. */
export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
