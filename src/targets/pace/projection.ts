/**
 * Where a day ends, and the range it ends in four times out of five. Pure.
 *
 * Why this and not a fixed distribution: calls come in bursts, people have good and bad days, and the hour profile of today is
 * never quite the learned one. A negative binomial alone would have to be right about all of that to hold 80 %. So the middle
 * comes from a model, and the range from how wrong the same forecast was at the same time of day on the scope's own past days
 * (split conformal prediction: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, “Distribution-Free Predictive Inference for
 * Regression”, JASA 113 (2018); Vovk, Gammerman, Shafer, “Algorithmic Learning in a Random World”, 2005). Whatever makes the
 * forecast wrong makes it wrong on those days too, and is in the range.
 *
 * The model: events of a day are overdispersed Poisson around the day's level (dispersion φ), levels vary between days like a
 * gamma distribution of shape κ (so days are negative binomial). After `done` of an expected share s the level is estimated by
 * (κ + done/φ) ÷ (κ/m + s), m the usual day: early on the usual day counts, later the day itself. Each past day is forecast
 * from the other days, never from itself.
 */
import type { PastDay } from './profile.js';

export interface Range {
  low: number;
  middle: number;
  high: number;
}

/** Below this there are too few errors for a tenth of them to mean anything. */
export const DAYS_MIN = 9;
/**
 * On each side. A little more than a tenth: errors of past days are those of forecasts from one day less, and whole figures
 * round the range outwards; with 0.1 it held 82 to 85 % of simulated days.
 */
const TAIL = 0.11;
/** Standard deviations that hold 80 % of a normal distribution. */
const Z80 = 1.2816;
const SHAPE_MIN = 0.5;
const SHAPE_MAX = 1_000;
/** Where nobody knows how much days differ: by about a half. */
const SHAPE_UNKNOWN = 4;

export interface Habit {
  days: number;
  /** Usual total of a day, and its variance between days. */
  mean: number;
  variance: number;
}

interface Day {
  cumulative: Float32Array;
  total: number;
}

export class DayProjection {
  private readonly days: Day[];
  private readonly all: Float32Array;
  private readonly sum: number;
  private readonly dispersion: number;
  private readonly shape: number;
  readonly habit: Habit;
  /** Slots before this one never had anything in them, and are not kept. */
  private readonly first: number;
  private known: { offset: number; share: number; errors: Float64Array } | null = null;

  /** `slotMs`: length of a slot. */
  constructor(
    past: readonly PastDay[],
    private readonly slotMs: number,
  ) {
    const { first, last } = usedSlots(past);
    this.first = first;
    const used = past.map(({ slots }) => slots.subarray(first, last));
    this.days = used.map(cumulated);
    const length = Math.max(0, ...this.days.map(({ cumulative }) => cumulative.length));
    this.all = new Float32Array(length);
    for (const { cumulative, total } of this.days) {
      for (let i = 0; i < length; i++) this.all[i] = (this.all[i] ?? 0) + (cumulative[i] ?? total);
    }
    this.sum = this.days.reduce((sum, { total }) => sum + total, 0);
    this.habit = habitOf(this.days.map(({ total }) => total));
    this.dispersion = dispersionOf(used, this.all, this.sum);
    this.shape = shapeOf(this.habit, this.dispersion);
  }

  /** Whether there are enough days to go by. */
  get isKnown(): boolean {
    return this.days.length >= DAYS_MIN && this.sum > 0;
  }

  /** What is still to come today after `done` by `offset` ms into the business day. */
  rest(done: number, offset: number): Range {
    const { share, errors } = this.errorsAt(offset);
    const { expected, spread } = this.forecast(done, share, this.habit.mean);
    const at = (p: number): number => Math.max(0, expected + quantile(errors, p) * spread);
    return { low: at(TAIL), middle: at(0.5), high: at(1 - TAIL) };
  }

  private errorsAt(offset: number): { share: number; errors: Float64Array } {
    // Once a minute is often enough, and boards ask at every change.
    const rounded = Math.floor(offset / 60_000) * 60_000;
    if (this.known?.offset === rounded) return this.known;
    const position = Math.max(0, rounded / this.slotMs - this.first);
    const reached = at(this.all, position);
    const share = this.sum > 0 ? reached / this.sum : 0;
    const errors = new Float64Array(this.days.length);
    for (const [index, day] of this.days.entries()) {
      const others = this.sum - day.total;
      const done = at(day.cumulative, position);
      const usual = others / Math.max(1, this.days.length - 1);
      const { expected, spread } = this.forecast(done, others > 0 ? (reached - done) / others : share, usual);
      errors[index] = (day.total - done - expected) / spread;
    }
    errors.sort();
    this.known = { offset: rounded, share, errors };
    return this.known;
  }

  private forecast(done: number, share: number, usual: number): { expected: number; spread: number } {
    return gammaPoisson(done, share, usual, this.dispersion, this.shape);
  }
}

/** Expected rest and its standard deviation. */
function gammaPoisson(done: number, share: number, usual: number, dispersion: number, shape: number) {
  const events = Math.max(0, done) / dispersion;
  const level = (shape + events) / (shape / Math.max(usual / dispersion, 1e-9) + share);
  const rest = Math.max(0, 1 - share) * level;
  const spread = dispersion * Math.sqrt(rest + (rest * rest) / (shape + events));
  return { expected: rest * dispersion, spread: Math.max(spread, dispersion * 1e-6) };
}

/** Without past days: the target is the usual day. Counts only (one event is 1). Null while nothing can be said. */
export function restWithoutHistory(done: number, share: number, target: number): Range | null {
  if (target <= 0 || share <= 0) return null;
  const { expected, spread } = gammaPoisson(done, share, target, 1, SHAPE_UNKNOWN);
  return { low: Math.max(0, expected - Z80 * spread), middle: expected, high: expected + Z80 * spread };
}

/**
 * Days that are still to come, `days` of a usual length: their mean and the spread of their sum, the uncertainty of the mean
 * included (Student's t, by the first term of its Cornish–Fisher expansion).
 */
export function daysAhead({ days: known, mean, variance }: Habit, days: number): Range {
  const z = known < 2 ? Z80 * 2 : Z80 + (Z80 ** 3 + Z80) / (4 * (known - 1));
  const spread = z * Math.sqrt(variance * (days + (days * days) / Math.max(1, known)));
  const middle = mean * days;
  return { low: Math.max(0, middle - spread), middle, high: middle + spread };
}

/** Two independent parts: middles add up, deviations as squares. */
export function together(a: Range, b: Range): Range {
  const down = Math.hypot(a.middle - a.low, b.middle - b.low);
  const up = Math.hypot(a.high - a.middle, b.high - b.middle);
  const middle = a.middle + b.middle;
  return { low: Math.max(0, middle - down), middle, high: middle + up };
}

/** From the first slot in which any day has something up to behind the last one. */
function usedSlots(past: readonly PastDay[]): { first: number; last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const { slots } of past) {
    for (let i = 0; i < slots.length; i++) {
      if (slots[i] === 0) continue;
      first = Math.min(first, i);
      last = Math.max(last, i + 1);
    }
  }
  return { first: last === 0 ? 0 : first, last };
}

function cumulated(slots: Float32Array): Day {
  const cumulative = new Float32Array(slots.length + 1);
  for (let i = 0; i < slots.length; i++) cumulative[i + 1] = (cumulative[i] ?? 0) + (slots[i] ?? 0);
  return { cumulative, total: cumulative[slots.length] ?? 0 };
}

/** Between two slots in a straight line. */
function at(cumulative: Float32Array, position: number): number {
  const last = cumulative.length - 1;
  if (position >= last) return cumulative[last] ?? 0;
  const index = Math.max(0, Math.floor(position));
  const [low, high] = [cumulative[index] ?? 0, cumulative[index + 1] ?? 0];
  return low + (high - low) * (position - index);
}

/** Of a sorted list: at place p(n + 1), between two of them in proportion. */
export function quantile(sorted: Float64Array, p: number): number {
  const place = Math.min(sorted.length, Math.max(1, p * (sorted.length + 1))) - 1;
  const index = Math.floor(place);
  const [low, high] = [sorted[index] ?? 0, sorted[Math.min(index + 1, sorted.length - 1)] ?? 0];
  return low + (high - low) * (place - index);
}

export function habitOf(totals: readonly number[]): Habit {
  const mean = totals.reduce((sum, total) => sum + total, 0) / Math.max(1, totals.length);
  const squares = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0);
  return { days: totals.length, mean, variance: totals.length < 2 ? mean : squares / (totals.length - 1) };
}

/** Variance of a quarter hour over its mean, given the day's total: about 1 for counts, the length of a call for talk. */
function dispersionOf(days: readonly Float32Array[], all: Float32Array, sum: number): number {
  let squares = 0;
  let cells = 0;
  for (const slots of days) {
    const total = slots.reduce((a, b) => a + b, 0);
    if (total <= 0) continue;
    for (let i = 0; i < slots.length; i++) {
      const expected = (total * ((all[i + 1] ?? 0) - (all[i] ?? 0))) / sum;
      if (expected <= 0) continue;
      squares += ((slots[i] ?? 0) - expected) ** 2 / expected;
      cells++;
    }
    cells--;
  }
  return cells > 0 && squares > 0 ? squares / cells : 1;
}

/** Of the gamma distribution of levels, by moments. */
function shapeOf({ mean, variance }: Habit, dispersion: number): number {
  const events = mean / dispersion;
  const excess = variance / (dispersion * dispersion) - events;
  if (excess <= 0) return SHAPE_MAX;
  return Math.min(SHAPE_MAX, Math.max(SHAPE_MIN, (events * events) / excess));
}
