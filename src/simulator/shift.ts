import { type CallPlan, planCall } from './call-plan.js';
import { clamp, type SimulatedAgent } from './floor.js';
import { type OutcomePlan, outcomeOf } from './outcome-plan.js';
import { type Random, seeded } from './random.js';

/** How the floor's agents fill a shift with calls. All times are epoch seconds. */
export interface Shift {
  seed: number | string;
  /** Names the shift; no two shifts of one seed share calls. */
  label: string;
  agents: readonly SimulatedAgent[];
  startsAt: number;
  lengthSeconds: number;
  /** A rolling shift begins anew when it is over, lunch and all: its floor is always in shift. */
  rolling: boolean;
  /** Share of the agents who are there at all; 1 = everybody. */
  attendance: number;
}

export const SHIFT_SECONDS = 9 * 3_600;

/** Wrap-up and preparation between two calls: about thirteen dials an agent's hour with the talk times of call-plan.ts. */
const GAP_SECONDS_MEDIAN = 115;
const GAP_SECONDS_SIGMA = 0.7;
const LUNCH_SECONDS = 2_700;
const BREAK_SECONDS = 900;

/** Names of TaskRouter activities, as workspaces have them. */
export type Activity = 'Available' | 'Wrap Up' | 'Break' | 'Lunch' | 'Offline';

/** What happens on the floor, at `at` (epoch seconds). */
export type FloorItem =
  | { kind: 'call'; at: number; plan: CallPlan; outcome: OutcomePlan | null }
  | { kind: 'state'; at: number; agent: SimulatedAgent; activity: Activity; before: Activity };

/** Share of promised callbacks that are made, and how far from the promised time. */
const CALLBACK_KEPT = 0.8;
/** A conversation of a minute is written up; whoever said no at once is not. */
const WRITTEN_UP_FROM_SECONDS = 60;
/** Of the time between two calls, the part in which the last one is written up. */
const WRAP_UP_SHARE = 0.4;

/** Calls of one agent, in order, never two at a time. Endless when the shift rolls. */
export function* agentCalls(shift: Shift, agent: SimulatedAgent): Generator<CallPlan, void, undefined> {
  for (const item of agentItems(shift, agent)) if (item.kind === 'call') yield item.plan;
}

/** Everything one agent does, in order. Calls are the same whatever else is drawn: each thing has randomness of its own. */
export function* agentItems(shift: Shift, agent: SimulatedAgent): Generator<FloorItem, void, undefined> {
  const random = seeded(shift.seed, `${shift.label}|${agent.index}`);
  const promises = seeded(shift.seed, `${shift.label}|${agent.index}|callbacks`);
  if (!random.chance(shift.attendance)) return;
  const pauses = pausesOf(agent, random);
  const due: { at: number; customer: string }[] = [];
  let now: Activity = 'Offline';
  const change = (at: number, activity: Activity): FloorItem => {
    const item: FloorItem = { kind: 'state', at, agent, activity, before: now };
    now = activity;
    return item;
  };
  let at = shift.startsAt + random.between(0, 600);
  yield change(at, 'Available');
  for (let count = 0; ; ) {
    const elapsed = at - shift.startsAt;
    if (!shift.rolling && elapsed >= shift.lengthSeconds) {
      yield change(at, 'Offline');
      return;
    }
    const within = elapsed % shift.lengthSeconds;
    const pause = pauses.find(([from, to]) => within >= from && within < to);
    if (pause !== undefined) {
      yield change(at, pause[1] - pause[0] === LUNCH_SECONDS ? 'Lunch' : 'Break');
      at += pause[1] - within;
      yield change(at, 'Available');
      continue;
    }
    const position = within / shift.lengthSeconds;
    const planned = planCall(`${shift.label}|${agent.index}|${count}`, agent, at, position, random);
    const promised = planned.topology === 'inbound' ? -1 : due.findIndex((callback) => callback.at <= at);
    const [callback] = promised === -1 ? [] : due.splice(promised, 1);
    const plan = callback === undefined ? planned : { ...planned, customer: callback.customer };
    const outcome = outcomeOf(plan, endOf(plan), shift.seed);
    yield { kind: 'call', at, plan, outcome };
    if (outcome?.callbackAt != null && promises.chance(CALLBACK_KEPT)) {
      due.push({ at: outcome.callbackAt + promises.between(-300, 200), customer: plan.customer });
    }
    count++;
    const gap = wrapUp(plan, random);
    at = endOf(plan) + gap;
    if (plan.talkSeconds < WRITTEN_UP_FROM_SECONDS) continue;
    yield change(endOf(plan), 'Wrap Up');
    yield change(endOf(plan) + Math.max(1, Math.floor(gap * WRAP_UP_SHARE)), 'Available');
  }
}

/** Calls of everybody, in order of their start. */
export function* floorCalls(shift: Shift): Generator<CallPlan, void, undefined> {
  for (const item of floorItems(shift)) if (item.kind === 'call') yield item.plan;
}

/** Everything that happens on the floor, in order. */
export function* floorItems(shift: Shift): Generator<FloorItem, void, undefined> {
  const streams = shift.agents.map((agent) => agentItems(shift, agent));
  const next = streams.map((stream) => stream.next().value ?? null);
  for (;;) {
    let first = -1;
    for (let i = 0; i < next.length; i++) {
      const candidate = next[i];
      if (candidate != null && candidate.at < (next[first]?.at ?? Number.POSITIVE_INFINITY)) first = i;
    }
    const item = next[first];
    if (item == null) return;
    yield item;
    next[first] = streams[first]?.next().value ?? null;
  }
}

/**
 * Calls at a given rate, whatever the agents could do: each goes to whoever is longest free, and above what the floor
 * can carry calls of one agent overlap. For load, not for realism.
 */
export function* callsAtRate(shift: Shift, callsPerSecond: number): Generator<CallPlan, void, undefined> {
  const random = seeded(shift.seed, `${shift.label}|rate`);
  const freeAt = shift.agents.map(() => 0);
  let at = shift.startsAt;
  for (let count = 0; ; count++) {
    at += random.exponential(1 / callsPerSecond);
    const chosen = freeAt.reduce((best, time, i) => (time < (freeAt[best] ?? 0) ? i : best), 0);
    const agent = shift.agents[chosen];
    if (agent === undefined) return;
    const position = ((at - shift.startsAt) % shift.lengthSeconds) / shift.lengthSeconds;
    const plan = planCall(`${shift.label}|rate|${count}`, agent, Math.floor(at), position, random);
    yield plan;
    freeAt[chosen] = Math.max(endOf(plan), freeAt[chosen] ?? 0);
  }
}

/** Second at which the agent is off the line. */
export function endOf(plan: CallPlan): number {
  const lead = plan.topology === 'softphone' ? 1 : plan.topology === 'inbound' ? 3 : 0;
  return plan.startAt + lead + plan.ringSeconds + plan.talkSeconds;
}

/** Longer after a long talk: notes are written. */
function wrapUp(plan: CallPlan, random: Random): number {
  const notes = plan.talkSeconds > 240 ? random.between(40, 150) : 0;
  return Math.round(clamp(random.logNormal(GAP_SECONDS_MEDIAN, GAP_SECONDS_SIGMA), 8, 1_500)) + notes;
}

/** Lunch in three waves around the middle, and a short break in each half, spread over the floor. Shift seconds. */
function pausesOf(agent: SimulatedAgent, random: Random): [number, number][] {
  const lunch = 9_900 + (agent.index % 3) * 1_800 + random.between(-300, 300);
  const morning = 4_500 + random.between(0, 2_400);
  const afternoon = 21_600 + random.between(0, 5_400);
  return [
    [morning, morning + BREAK_SECONDS],
    [lunch, lunch + LUNCH_SECONDS],
    [afternoon, afternoon + BREAK_SECONDS],
  ];
}
