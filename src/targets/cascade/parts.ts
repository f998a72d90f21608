/** A target shared among parts, of which some keep what they have. Pure. */
import { shareOut } from './share-out.js';

export interface Claim {
  key: string;
  weight: number;
  /** What it keeps; null: its share of the rest. */
  kept: number | null;
}

export interface Shared {
  key: string;
  value: number;
  /** Of all weights. */
  share: number;
}

export type Sharing = { ok: true; parts: Shared[]; evenly: boolean } | { ok: false; kept: number };

/** Not `ok`: what is kept is more than the whole, or nobody is left to take the rest. */
export function shareAmong(total: number, claims: readonly Claim[]): Sharing {
  const kept = claims.reduce((sum, claim) => sum + (claim.kept ?? 0), 0);
  const open = claims.filter((claim) => claim.kept === null);
  if (kept > total || (open.length === 0 && kept !== total)) return { ok: false, kept };
  const { parts, evenly } = shareOut(
    total - kept,
    open.map(({ weight }) => weight),
  );
  const byKey = new Map(open.map(({ key }, index) => [key, parts[index] ?? 0]));
  const weights = claims.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  return {
    ok: true,
    evenly: evenly && open.length > 0,
    parts: claims.map(({ key, weight, kept: own }) => ({
      key,
      value: own ?? byKey.get(key) ?? 0,
      share: weights > 0 ? Math.max(0, weight) / weights : 1 / claims.length,
    })),
  };
}
