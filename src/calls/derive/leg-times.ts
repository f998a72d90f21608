/** The instants of one leg, provider's own first, inferred where the provider leaves a gap. Pure. Epoch ms. */
import type { LegState } from '../merge/leg-state.js';

export interface LegTimes {
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
}

export function legTimes(leg: LegState): LegTimes {
  const answeredAt = leg.answeredAt ?? inferredAnswer(leg);
  const known = [leg.initiatedAt, leg.ringingAt, answeredAt, leg.end?.at ?? null].filter((at) => at !== null);
  return {
    startedAt: known.length === 0 ? null : Math.min(...known),
    answeredAt,
    endedAt: leg.end?.at ?? null,
  };
}

/** `completed` means it was answered: `duration` before its end, but never before it was reported to begin or ring. */
function inferredAnswer(leg: LegState): number | null {
  if (leg.end === null || leg.end.result !== 'completed') return null;
  const told = leg.end.at - (leg.end.durationMs ?? 0);
  return Math.min(leg.end.at, Math.max(told, leg.initiatedAt ?? told, leg.ringingAt ?? told));
}
