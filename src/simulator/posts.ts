/** Everything a floor causes, as what is posted: callbacks of calls, TaskRouter's events, and outcomes people enter. */
import { DueQueue } from './due-queue.js';
import { ACCOUNT_SID } from './floor.js';
import type { OutcomePlan } from './outcome-plan.js';
import { hexId, seeded } from './random.js';
import type { FloorItem } from './shift.js';
import { type Detail, rootSidOf, type SimulatedWebhook, webhooksOf } from './webhooks.js';

/** Body of POST /api/v1/outcomes. */
export interface SimulatedOutcome {
  /** Epoch milliseconds at which it is posted. */
  dueAt: number;
  kind: 'outcome';
  rawTarget: '/api/v1/outcomes';
  json: Record<string, unknown>;
}

export type SimulatedPost = SimulatedWebhook | SimulatedOutcome;

export interface PostOptions {
  detail: Detail;
  /** Without a key nobody may enter outcomes. */
  outcomes: boolean;
}

/** In the order in which they are posted. Pure and lazy. */
export function* postStream(
  items: Iterable<FloorItem>,
  seed: number | string,
  options: PostOptions,
): Generator<SimulatedPost, void, undefined> {
  const queue = new DueQueue<SimulatedPost>();
  for (const item of items) {
    // Nothing of this item or a later one is due before it happens.
    yield* dueBefore(queue, item.at * 1000);
    for (const post of postsOf(item, seed, options)) queue.push(post);
  }
  yield* dueBefore(queue, Number.POSITIVE_INFINITY);
}

export function* dueBefore<T extends { dueAt: number }>(
  queue: DueQueue<T>,
  instant: number,
): Generator<T, void, undefined> {
  for (let top = queue.peek(); top !== undefined && top.dueAt < instant; top = queue.peek()) {
    queue.pop();
    yield top;
  }
}

function postsOf(item: FloorItem, seed: number | string, { detail, outcomes }: PostOptions): SimulatedPost[] {
  if (item.kind === 'state') return [stateEvent(item, seed)];
  const { plan, outcome } = item;
  const posts: SimulatedPost[] = webhooksOf(plan, seed, detail, seeded(seed, `${plan.id}|delays`));
  if (outcome !== null && outcomes) posts.push(...entries(item, outcome, seed));
  return posts;
}

/** https://www.twilio.com/docs/taskrouter/api/event/reference, event `worker.activity.update`. */
function stateEvent(
  { at, agent, activity, before }: FloorItem & { kind: 'state' },
  seed: number | string,
): SimulatedWebhook {
  const worker = `WK${hexId(seed, `worker|${agent.identity}`)}`;
  const name = `${worker}|${at}|${activity}`;
  const random = seeded(seed, `${name}|delay`);
  const form: [string, string][] = [
    ['AccountSid', ACCOUNT_SID],
    ['EventDescription', `Worker ${agent.identity} updated to ${activity} Activity`],
    ['EventType', 'worker.activity.update'],
    ['ResourceSid', worker],
    ['ResourceType', 'worker'],
    ['Sid', `EV${hexId(seed, name)}`],
    ['Timestamp', String(at)],
    ['TimestampMs', String(at * 1000)],
    ['WorkerActivityName', activity],
    ['WorkerActivitySid', `WA${hexId(seed, `activity|${activity}`)}`],
    ['WorkerAttributes', JSON.stringify({ contact_uri: `client:${agent.identity}` })],
    ['WorkerName', agent.identity],
    ['WorkerPreviousActivityName', before],
    ['WorkerPreviousActivitySid', `WA${hexId(seed, `activity|${before}`)}`],
    ['WorkerSid', worker],
    ['WorkspaceName', 'Simulated floor'],
    ['WorkspaceSid', `WS${hexId(seed, 'workspace')}`],
  ];
  const dueAt = at * 1000 + Math.round(random.logNormal(180, 0.5));
  return { dueAt, kind: 'taskrouter', rawTarget: '/webhooks/twilio/taskrouter', query: [], form };
}

/** First what was entered, then what it was corrected to. */
function entries(
  { plan }: FloorItem & { kind: 'call' },
  outcome: OutcomePlan,
  seed: number | string,
): SimulatedOutcome[] {
  const externalId = `sim-${hexId(seed, `${plan.id}|outcome`)}`;
  const post = (at: number, version: number, fields: Record<string, unknown>): SimulatedOutcome => ({
    dueAt: at * 1000,
    kind: 'outcome',
    rawTarget: '/api/v1/outcomes',
    json: { externalId, version, ...fields },
  });
  const iso = (at: number): string => new Date(at * 1000).toISOString();
  const first = post(outcome.at, 1, {
    at: iso(outcome.at),
    agent: plan.agent.identity,
    call: rootSidOf(plan, seed),
    disposition: outcome.disposition,
    ...(outcome.amountMinor === null ? {} : { sale: { amountMinor: outcome.amountMinor } }),
    ...(outcome.callbackAt === null ? {} : { callbackAt: iso(outcome.callbackAt) }),
  });
  if (outcome.later === null) return [first];
  const { at, change } = outcome.later;
  return [first, post(at, 2, change === 'cancelled' ? { cancelled: true } : { sale: change })];
}
