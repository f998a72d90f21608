import type { CallPlan } from './call-plan.js';
import { DueQueue } from './due-queue.js';
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
export function* disturbed(
  webhooks: Iterable<SimulatedWebhook>,
  seed: number | string,
  { duplicates, late }: Disturbance,
): Generator<SimulatedWebhook, void, undefined> {
  const random = seeded(seed, 'disturbance');
  const queue = new DueQueue<SimulatedWebhook>();
  for (const webhook of webhooks) {
    yield* dueBefore(queue, webhook.dueAt);
    const held = random.chance(late) ? random.between(2_000, 30_000) : 0;
    queue.push(held === 0 ? webhook : { ...webhook, dueAt: webhook.dueAt + held });
    if (random.chance(duplicates)) queue.push({ ...webhook, dueAt: webhook.dueAt + random.between(50, 20_000) });
  }
  yield* dueBefore(queue, Number.POSITIVE_INFINITY);
}

function* dueBefore(queue: DueQueue<SimulatedWebhook>, instant: number): Generator<SimulatedWebhook, void, undefined> {
  for (let top = queue.peek(); top !== undefined && top.dueAt < instant; top = queue.peek()) {
    queue.pop();
    yield top;
  }
}
