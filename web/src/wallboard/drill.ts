import type { BoardMeta } from '../../../src/shared/live.js';
import { query } from '../api/client.js';

/** Addresses of the calls behind a figure. Pure. */

export function callsPath(
  period: Pick<BoardMeta, 'dayStart' | 'dayEnd'> | undefined,
  filter: { direction?: string; outcome?: string; agent?: number; measure?: string },
): string {
  const range = period
    ? { from: new Date(period.dayStart).toISOString(), to: new Date(period.dayEnd).toISOString() }
    : {};
  return `/calls${query({ ...range, ...filter })}`;
}
