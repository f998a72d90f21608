import type { CallLegView } from '../../../src/shared/api.js';

/** Legs of a call as spans on one time axis. Pure. */

export interface LegSpan {
  phase: 'ring' | 'talk';
  /** Shares of the whole call, 0…1. */
  from: number;
  to: number;
}

export interface LegLane {
  leg: CallLegView;
  spans: LegSpan[];
}

/** @param until end of the axis for a call that is still open, epoch ms */
export function legLanes(legs: readonly CallLegView[], until: number): LegLane[] {
  const times = legs.flatMap((leg) => [leg.initiatedAt, leg.ringingAt, leg.answeredAt, leg.endedAt].map(instant));
  const known = times.filter((time) => time !== null);
  const start = Math.min(...known);
  const isOpen = legs.some((leg) => leg.endedAt === null);
  const end = Math.max(...known, isOpen ? until : Number.NEGATIVE_INFINITY);
  const length = end - start;
  if (!Number.isFinite(length) || length <= 0) return legs.map((leg) => ({ leg, spans: [] }));
  const share = (time: number) => Math.min(1, Math.max(0, (time - start) / length));
  return legs.map((leg) => {
    const begun = instant(leg.ringingAt) ?? instant(leg.initiatedAt);
    const answered = instant(leg.answeredAt);
    const over = instant(leg.endedAt) ?? end;
    const spans: LegSpan[] = [];
    if (begun !== null && (answered ?? over) > begun)
      spans.push({ phase: 'ring', from: share(begun), to: share(answered ?? over) });
    if (answered !== null && over > answered) spans.push({ phase: 'talk', from: share(answered), to: share(over) });
    return { leg, spans };
  });
}

function instant(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}
