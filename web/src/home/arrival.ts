import type { IngestStatus } from '../../../src/shared/api.js';

/** Whether events arrive, in one word. Pure. */
export type Arrival = 'never' | 'arriving' | 'quiet';

const QUIET_AFTER_MS = 10 * 60_000;

export function arrivalOf(status: Pick<IngestStatus, 'lastEventAt' | 'asOf'>): {
  state: Arrival;
  agoSeconds: number | null;
} {
  if (status.lastEventAt === null) return { state: 'never', agoSeconds: null };
  const ago = Math.max(0, Date.parse(status.asOf) - Date.parse(status.lastEventAt));
  return { state: ago > QUIET_AFTER_MS ? 'quiet' : 'arriving', agoSeconds: Math.floor(ago / 1_000) };
}
