import type { CallPlan } from './call-plan.js';
import { DueQueue } from './due-queue.js';
import { dueBefore } from './posts.js';
import { seeded } from './random.js';
import { type Detail, type SimulatedWebhook, webhooksOf } from './webhooks.js';

/** Callbacks of many calls as one stream in the order in which they are posted. Pure and lazy. */
export function* webhookStream(
  calls: Iterable<CallPlan>,
  seed: number | string,
  detail: Detail,
): Generator<SimulatedWebhook, void, undefined> {
  const queue = new DueQueue<SimulatedWebhook>();
  for (const plan of calls) {
    // Nothing of this call or a later one is due before it starts.
    yield* dueBefore(queue, plan.startAt * 1000);
    for (const webhook of webhooksOf(plan, seed, detail, seeded(seed, `${plan.id}|delays`))) queue.push(webhook);
  }
  yield* dueBefore(queue, Number.POSITIVE_INFINITY);
}

export interface Disturbance {
  /** Share posted twice, the second time up to 20 s later. */
  duplicates: number;
  /** Share posted 2 to 30 s late, and so after callbacks of later events. */
  late: number;
}

/** What networks do to a stream: some of it twice, some of it late, hence out of order. */
export function* disturbed<T extends { dueAt: number }>(
  posts: Iterable<T>,
  seed: number | string,
  { duplicates, late }: Disturbance,
): Generator<T, void, undefined> {
  const random = seeded(seed, 'disturbance');
  const queue = new DueQueue<T>();
  for (const post of posts) {
    yield* dueBefore(queue, post.dueAt);
    const held = random.chance(late) ? random.between(2_000, 30_000) : 0;
    queue.push(held === 0 ? post : { ...post, dueAt: post.dueAt + held });
    if (random.chance(duplicates)) queue.push({ ...post, dueAt: post.dueAt + random.between(50, 20_000) });
  }
  yield* dueBefore(queue, Number.POSITIVE_INFINITY);
}
