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

/**
 * Office hours when it is office time; otherwise the nine hours of which five and a half are over, inside the day, so
 * that the floor is busy whenever somebody looks. History has the same hours, so that today compares with it.
 */
export function shiftStartHour(anchor: number, timeZone: string): number {
  const hour = Temporal.Instant.fromEpochMilliseconds(anchor).toZonedDateTimeISO(timeZone).hour;
  if (hour >= OFFICE_START_HOUR + 2 && hour < OFFICE_START_HOUR + SHIFT_SECONDS / 3_600) return OFFICE_START_HOUR;
  return Math.min(24 - SHIFT_SECONDS / 3_600, Math.max(0, Math.floor(hour - 5)));
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
