/**
 * How much of a day's work is expected by an instant: from 0 at the first working minute to 1 at the end. Pure.
 *
 * The shape is the scope's own hour profile where there is one, within the hours of the day's shifts; without a profile the
 * working minutes alone, evenly. Within a quarter hour it rises in a straight line.
 */
export const SLOT_MS = 15 * 60_000;
/** A profile with less of itself than this inside today's shifts is another day's: the shifts alone are followed. */
const PROFILE_INSIDE_MIN = 0.3;

/** A shift on a day: epoch ms, half-open; `minutes` of work in it, breaks taken away. */
export interface Stretch {
  from: number;
  to: number;
  minutes: number;
}

interface Slot {
  from: number;
  to: number;
  /** Working minutes. */
  work: number;
  weight: number;
}

export class DayCurve {
  private readonly slots: Slot[];
  private readonly total: number;
  readonly workMinutes: number;

  /**
   * `stretches`: what the calendar expects; `bound`: whether the profile may only count inside them (a calendar that
   * somebody has entered). `profile`: of the scope, by quarter hour from the start of the business day.
   */
  constructor(
    readonly start: number,
    readonly end: number,
    stretches: readonly Stretch[],
    bound: boolean,
    profile: Float32Array | null,
  ) {
    this.slots = slotsOf(start, end, stretches);
    this.workMinutes = this.slots.reduce((sum, slot) => sum + slot.work, 0);
    if (!this.follow(profile, bound)) for (const slot of this.slots) slot.weight = slot.work;
    this.total = this.slots.reduce((sum, slot) => sum + slot.weight, 0);
  }

  /** 0 … 1; 0 all day where nobody is expected. Never falls. */
  shareAt(now: number): number {
    if (this.total === 0) return 0;
    if (now >= this.end) return 1;
    let done = 0;
    for (const slot of this.slots) {
      if (slot.weight === 0 || slot.from >= now) continue;
      done += slot.to <= now ? slot.weight : (slot.weight * (now - slot.from)) / (slot.to - slot.from);
    }
    return Math.min(1, done / this.total);
  }

  /** Working minutes that are still to come. */
  minutesAfter(now: number): number {
    return this.slots.reduce((sum, { from, to, work }) => {
      if (to <= now || work === 0) return sum;
      return sum + (from >= now ? work : (work * (to - now)) / (to - from));
    }, 0);
  }

  private follow(profile: Float32Array | null, bound: boolean): boolean {
    if (profile === null) return false;
    const usual = profile.reduce((sum, weight) => sum + weight, 0);
    let inside = 0;
    for (const [index, slot] of this.slots.entries()) {
      const weight = Math.max(0, profile[index] ?? 0);
      slot.weight = bound && slot.work === 0 ? 0 : weight;
      inside += slot.weight;
      if (!bound) {
        slot.from = this.start + index * SLOT_MS;
        slot.to = Math.min(slot.from + SLOT_MS, this.end);
      }
    }
    return inside > 0 && inside >= usual * PROFILE_INSIDE_MIN;
  }
}

/** Quarter hours of the day with the work that falls into each, and from when to when. */
function slotsOf(start: number, end: number, stretches: readonly Stretch[]): Slot[] {
  const count = Math.ceil((end - start) / SLOT_MS);
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [start + index * SLOT_MS, Math.min(start + (index + 1) * SLOT_MS, end)];
    const slot: Slot = { from: to, to: from, work: 0, weight: 0 };
    for (const stretch of stretches) {
      const [first, last] = [Math.max(from, stretch.from), Math.min(to, stretch.to)];
      if (last <= first) continue;
      slot.work += (stretch.minutes * (last - first)) / (stretch.to - stretch.from);
      slot.from = Math.min(slot.from, first);
      slot.to = Math.max(slot.to, last);
    }
    return slot.work > 0 ? slot : { from, to, work: 0, weight: 0 };
  });
}
