/** From when on an effective-dated setting counts. Pure. */
import { AppError } from '../platform/index.js';
import { SLOT_MS } from './business-time.js';

const AHEAD_MAX_MS = 2 * 366 * 86_400_000;

/**
 * Left out: the next quarter hour, so that no quarter hour holds both rules. `now`: this very instant, also within a
 * quarter hour; calls that began before keep theirs. Else an instant to come on a quarter hour. Epoch ms.
 */
export function readValidFrom(value: string | undefined, now: number): number {
  if (value === undefined) return (Math.floor(now / SLOT_MS) + 1) * SLOT_MS;
  if (value === 'now') return now;
  const instant = instantOf(value);
  if (instant < now) throw new AppError('valid_from_past', { field: 'validFrom' });
  if (!(instant % SLOT_MS === 0 && instant - now <= AHEAD_MAX_MS)) {
    throw new AppError('valid_from_uneven', { field: 'validFrom' });
  }
  return instant;
}

/** The `validFrom` of a version that is to be taken back: only one that is still to come. */
export function readStillToCome(value: string, now: number): number {
  const instant = instantOf(value);
  if (instant <= now) throw new AppError('version_in_force');
  return instant;
}

function instantOf(value: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(value)
    ? Date.parse(value)
    : Number.NaN;
  if (Number.isNaN(instant)) throw new AppError('time_invalid', { field: 'validFrom', params: { name: 'validFrom' } });
  return instant;
}

/** ISO instant, or null for "from the beginning", of a `valid_from` read as float8 ms. */
export function validFromText(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
