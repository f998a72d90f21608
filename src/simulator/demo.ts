import { setTimeout as delay } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../platform/index.js';
import { floorOf } from './floor.js';
import { rawBodyOf } from './leg-report.js';
import { postStream, type SimulatedPost } from './posts.js';
import { floorItems, SHIFT_SECONDS, type Shift } from './shift.js';
import { type Disturbance, disturbed } from './stream.js';
import type { Detail } from './webhooks.js';

/**
 * The demo's floor in three parts that fit together without a seam: weeks of history, today so far, and from then on
 * live. Today and live are one endless rolling shift (same options, same calls): what `todaySoFar` leaves ringing or
 * talking, `liveFloor` ends.
 */
export interface DemoOptions {
  seed: number | string;
  agents: number;
  timeZone: string;
  /** Epoch milliseconds: the moment the demo was first loaded. Fixes the shift; keep it for a restart. */
  anchor: number;
}

export interface DemoBatch {
  posts: (SimulatedPost & { rawBody: string })[];
  /** 0 < p ≤ 1, by days. */
  progress: number;
}

const BATCH = 1_000;
const OFFICE_START_HOUR = 9;
const HISTORY_DAYS = 28;
const ATTENDANCE = 0.94;

/** Working days before the anchor's day (and the anchor's own weekday, so that today always has something to compare). */
export async function* historyOf(options: DemoOptions & { days?: number }): AsyncGenerator<DemoBatch, void, undefined> {
  const agents = floorOf(options.seed, options.agents);
  const today = dayOf(options.anchor, options.timeZone);
  const dates = Array.from({ length: options.days ?? HISTORY_DAYS }, (_, i) => today.subtract({ days: i + 1 }))
    .reverse()
    .filter((date) => date.dayOfWeek <= 5 || date.dayOfWeek === today.dayOfWeek);
  for (const [index, date] of dates.entries()) {
    const startsAt = shiftStart(date, options);
    const label = `day|${date.toString()}`;
    const attendance = ATTENDANCE;
    const shift: Shift = {
      seed: options.seed,
      label,
      agents,
      startsAt,
      lengthSeconds: SHIFT_SECONDS,
      rolling: false,
      attendance,
    };
    const stream = postsOf(shift, 'compact');
    yield* batches(stream, Number.POSITIVE_INFINITY, index / dates.length, 1 / dates.length);
  }
}

/** Everything of the rolling shift that was posted after `after` and up to `until` (epoch ms; default: its start, the anchor). */
export async function* todaySoFar(
  options: DemoOptions & { after?: number; until?: number },
): AsyncGenerator<DemoBatch, void, undefined> {
  const stream = postsOf(rollingShift(options), 'full');
  const wanted = startingAt(stream, options.after ?? Number.NEGATIVE_INFINITY);
  yield* batches(wanted, options.until ?? options.anchor, 0, 1);
}

/** From `from` (epoch ms, not before the anchor) on, each callback when it is due. Ends when the signal aborts. */
export async function* liveFloor(
  options: DemoOptions & { from: number; clock: Clock; signal: AbortSignal; disturbance: Disturbance },
): AsyncGenerator<SimulatedPost, void, undefined> {
  const stream = disturbed(
    startingAt(postsOf(rollingShift(options), 'full'), options.from),
    `${options.seed}|${options.from}`,
    options.disturbance,
  );
  yield* whenDue(stream, { clock: options.clock, signal: options.signal, speed: 1, origin: options.from });
}

/**
 * Yields each callback when its time has come: `origin` (simulated epoch ms) is now, and simulated time runs `speed`
 * times as fast as the clock.
 */
export async function* whenDue<T extends { dueAt: number }>(
  posts: Iterable<T>,
  pace: { clock: Clock; signal: AbortSignal; speed: number; origin: number },
): AsyncGenerator<T, void, undefined> {
  const begun = pace.clock.now();
  for (const post of posts) {
    const wait = begun + (post.dueAt - pace.origin) / pace.speed - pace.clock.now();
    if (wait > 1) await delay(wait, undefined, { signal: pace.signal }).catch(() => undefined);
    if (pace.signal.aborted) return;
    yield post;
  }
}

/** Whoever comes later in the day still finds customers who may be called, and a floor that has two hours behind it. */
const DAYTIME = { from: 11, to: 21 };
const LATE_SHIFT = { from: 18, startsAt: 12 };
/** Half past two: the shift is well on its way and far from its end. */
const BEST_HOUR = 14.5;
/** Round the world in steps of few hours. */
const ZONES = [
  'Asia/Shanghai',
  'Asia/Kolkata',
  'Asia/Dubai',
  'Europe/Berlin',
  'Atlantic/Azores',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Denver',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'Pacific/Auckland',
  'Australia/Brisbane',
] as const;

/**
 * The zone a demo's floor is in when nobody has chosen one: the first of `wished` in which it is daytime, else the one in
 * which it is nearest to the middle of the afternoon. A floor at night would call when nobody may be called, and its days
 * would look like nobody's.
 */
export function demoTimeZone(now: number, wished: readonly string[]): string {
  const found = wished.find((zone) => isDaytime(hourIn(now, zone)));
  if (found !== undefined) return found;
  const away = (zone: string): number => Math.abs(hourIn(now, zone) - BEST_HOUR);
  return ZONES.reduce((best: string, zone) => (away(zone) < away(best) ? zone : best), ZONES[0]);
}

const isDaytime = (hour: number): boolean => hour >= DAYTIME.from && hour < DAYTIME.to;

/** With its minutes: 14.5 is half past two. */
function hourIn(now: number, timeZone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  return hour + minute / 60;
}

/**
 * Office hours when it is office time, a late shift until nine in the evening; otherwise (somebody chose a zone in which it
 * is night) the nine hours of which five and a half are over, inside the day, so that the floor is busy whenever somebody
 * looks. History has the same hours, so that today compares with it.
 */
export function shiftStartHour(anchor: number, timeZone: string): number {
  const hour = Math.floor(hourIn(anchor, timeZone));
  if (hour >= DAYTIME.from && hour < LATE_SHIFT.from) return OFFICE_START_HOUR;
  if (hour >= LATE_SHIFT.from && hour < DAYTIME.to) return LATE_SHIFT.startsAt;
  return Math.min(24 - SHIFT_SECONDS / 3_600, Math.max(0, hour - 5));
}

function rollingShift(options: DemoOptions): Shift {
  const date = dayOf(options.anchor, options.timeZone);
  const startsAt = shiftStart(date, options);
  return {
    seed: options.seed,
    label: `live|${startsAt}`,
    agents: floorOf(options.seed, options.agents),
    startsAt,
    lengthSeconds: SHIFT_SECONDS,
    rolling: true,
    attendance: 1,
  };
}

function shiftStart(date: Temporal.PlainDate, options: DemoOptions): number {
  const plainTime = { hour: shiftStartHour(options.anchor, options.timeZone) };
  return date.toZonedDateTime({ timeZone: options.timeZone, plainTime }).epochMilliseconds / 1000;
}

function dayOf(instant: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
}

function postsOf(shift: Shift, detail: Detail): Generator<SimulatedPost, void, undefined> {
  return postStream(floorItems(shift), shift.seed, { detail, outcomes: true });
}

function* startingAt<T extends { dueAt: number }>(stream: Iterable<T>, from: number): Generator<T, void, undefined> {
  for (const post of stream) if (post.dueAt > from) yield post;
}

function* batches(
  stream: Iterable<SimulatedPost>,
  until: number,
  done: number,
  share: number,
): Generator<DemoBatch, void, undefined> {
  let posts: DemoBatch['posts'] = [];
  for (const post of stream) {
    if (post.dueAt > until) break;
    posts.push({ ...post, rawBody: post.kind === 'outcome' ? JSON.stringify(post.json) : rawBodyOf(post) });
    if (posts.length < BATCH) continue;
    yield { posts, progress: done + share / 2 };
    posts = [];
  }
  if (posts.length > 0) yield { posts, progress: done + share };
}
