/**
 * Who may need a supervisor now, and why. Pure: the floor as it is in, a list with its evidence out. Nothing here judges
 * anybody by luck: what depends on chance is held against what chance alone would explain.
 */
import { type Counts, estimateRate, fitPeerGroup, type PeerGroup } from '../../comparison/index.js';
import type { AgentActivity, AttentionRule, FloorAgent, FloorAttention, TargetNow } from '../../shared/live.js';
import type { StateThresholds } from '../../shared/presence.js';
import { atMost } from './beta-binomial.js';

/** A call of today to a number that was already on the do-not-call list. */
export interface DncCall {
  agentId: number;
  /** Key of the call. */
  call: string;
  /** When it began, epoch ms. */
  at: number;
}

export interface AttentionInput {
  /** Epoch ms. */
  now: number;
  thresholds: StateThresholds;
  /** The rows of one floor: those compared with each other. */
  agents: readonly FloorAgent[];
  /** Today's targets by agent, with their progress. */
  targets?: ReadonlyMap<number, readonly TargetNow[]>;
  dncCalls?: readonly DncCall[];
  /** What was found the last time: something that goes on keeps its beginning. */
  previous?: readonly FloorAttention[];
}

/** Pace below which somebody is behind … */
const BEHIND_PACE = 0.8;
/** … unless falling short by that much is as likely as this by chance alone. */
const PACE_BY_CHANCE = 0.1;
/** Share of a target expected by now from which amounts and times are looked at. */
const UNDER_WAY = 0.1;
/** A conversion is unusual when so few sales are this unlikely for somebody like the others. */
const CONVERSION_BY_CHANCE = 0.01;
/** Fewer people with connects are nobody's peers. */
const PEERS_AT_LEAST = 4;
/** Long for a call, and for the ringing before one; long calls are good news until they are forgotten ones. */
const LONG_CALL_SECONDS = 3_600;
const LONG_DIALING_SECONDS = 120;
/** After so long without a call, and without a word on it, somebody has simply gone. */
const GONE_AFTER_SECONDS = 2 * 3_600;

/** How far up a rule puts somebody, before how bad it is (0…20) is added. */
const BASE: Record<AttentionRule, number> = {
  dnc_called: 100,
  long_state: 60,
  low_conversion: 50,
  behind_pace: 40,
  idle: 30,
};
const SEVEREST = 20;

type Found = Omit<FloorAttention, 'since'> & { since: number | null };

/** Highest weight first. */
export function attentionOf(input: AttentionInput): FloorAttention[] {
  const known = new Map(input.previous?.map((one) => [keyOf(one), one.since]));
  const conversions = new Conversions(input.agents);
  const found = input.agents.flatMap((agent): Found[] => [
    ...timeInState(agent, input),
    ...behindPace(agent, input.targets?.get(agent.id) ?? []),
    ...conversions.lowOf(agent),
  ]);
  const there = new Set(input.agents.map(({ id }) => id));
  const calls = latestByAgent(input.dncCalls ?? []).filter(({ agentId }) => there.has(agentId));
  found.push(...calls.map(dncCalled));
  return found
    .map((one) => ({ ...one, since: one.since ?? known.get(keyOf(one)) ?? input.now }))
    .sort((a, b) => b.weight - a.weight || a.since - b.since || a.agentId - b.agentId);
}

function keyOf({ agentId, rule }: Pick<FloorAttention, 'agentId' | 'rule'>): string {
  return `${agentId}:${rule}`;
}

function weightOf(rule: AttentionRule, severity: number): number {
  return BASE[rule] + Math.round(Math.min(1, Math.max(0, severity)) * SEVEREST);
}

/** Seconds from which an activity is too long, and the rule that says so; null: it never is. */
function limitOf(activity: AgentActivity, thresholds: StateThresholds): [AttentionRule, number] | null {
  switch (activity) {
    case 'available':
    case 'idle':
      return ['idle', thresholds.available.at(-1) ?? Number.POSITIVE_INFINITY];
    case 'wrap_up':
      return ['long_state', thresholds.wrap_up.at(-1) ?? Number.POSITIVE_INFINITY];
    case 'paused':
      return ['long_state', thresholds.paused.at(-1) ?? Number.POSITIVE_INFINITY];
    case 'talking':
      return ['long_state', Math.max(LONG_CALL_SECONDS, thresholds.on_call.at(-1) ?? 0)];
    case 'dialing':
      return ['long_state', LONG_DIALING_SECONDS];
    case 'absent':
    case 'offline':
      return null;
  }
}

function timeInState({ id, activity, since, reason }: FloorAgent, { now, thresholds }: AttentionInput): Found[] {
  const rule = limitOf(activity, thresholds);
  if (rule === null || since === null) return [];
  const [name, limit] = rule;
  const seconds = Math.floor((now - since) / 1_000);
  if (seconds < limit || (activity === 'idle' && seconds > GONE_AFTER_SECONDS)) return [];
  // Seconds are those of the limit: how long it is by now follows from `since`, and what stands still is sent once.
  const evidence: FloorAttention['evidence'] =
    name === 'idle' ? { seconds: limit } : { state: activity, reason, seconds: limit, limit };
  return [{ agentId: id, rule: name, since, weight: weightOf(name, seconds / limit / 10), evidence }];
}

function behindPace({ id }: FloorAgent, targets: readonly TargetNow[]): Found[] {
  const behind = targets.filter(isBehind).sort((a, b) => (a.pace ?? 0) - (b.pace ?? 0));
  const [worst] = behind;
  if (worst === undefined || worst.pace === null) return [];
  const { kpi, pace, expectedNow } = worst;
  const evidence = { kpi, pace, actual: amountOf(worst), expected: expectedNow };
  return [{ agentId: id, rule: 'behind_pace', since: null, weight: weightOf('behind_pace', 1 - pace), evidence }];
}

/**
 * Of counts, a shortfall that chance explains is none: 1 instead of 2 is no news, 20 instead of 40 is. Amounts and seconds
 * are so many that pace alone decides, once the period is under way: before, most have none.
 */
function isBehind(target: TargetNow): boolean {
  const { pace, expectedNow, expectedShare } = target;
  if (pace === null || pace >= BEHIND_PACE || expectedNow === null) return false;
  const actual = amountOf(target);
  if (actual === null) return false;
  if (isAmount(target)) return (expectedShare ?? 0) >= UNDER_WAY;
  return !Number.isInteger(actual) || poissonAtMost(actual, expectedNow) <= PACE_BY_CHANCE;
}

function isAmount({ kpi, actual }: TargetNow): boolean {
  return typeof actual === 'object' || kpi.endsWith('_s');
}

/** Money as its minor units; of several currencies nothing can be said. */
function amountOf({ actual }: TargetNow): number | null {
  if (actual === null || typeof actual === 'number') return actual;
  return Array.isArray(actual) ? null : actual.amountMinor;
}

function poissonAtMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  // So many are never reached by chance when this few are: the sum would only lose its digits.
  if (term === 0) return count < mean ? 0 : 1;
  let sum = term;
  for (let k = 1; k <= count; k++) {
    term *= mean / k;
    sum += term;
  }
  return sum;
}

/** Conversion per connect against the others of the floor. */
class Conversions {
  private readonly counts = new Map<number, Counts>();
  private readonly group: PeerGroup | null;

  constructor(agents: readonly FloorAgent[]) {
    for (const { id, values } of agents) {
      const { sales, connects } = values;
      if (typeof sales === 'number' && typeof connects === 'number' && connects > 0)
        this.counts.set(id, { successes: Math.max(0, sales), trials: connects });
    }
    this.group = this.counts.size < PEERS_AT_LEAST ? null : fitPeerGroup([...this.counts.values()]);
  }

  lowOf({ id }: FloorAgent): Found[] {
    const { group } = this;
    const own = this.counts.get(id);
    if (group === null || own === undefined || own.successes / own.trials >= group.rate) return [];
    const chance = atMost(own.successes, own.trials, group);
    if (chance > CONVERSION_BY_CHANCE) return [];
    const { low, high } = estimateRate(group, own);
    const evidence = { sales: own.successes, connects: own.trials, low, high, usual: group.rate };
    const weight = weightOf('low_conversion', 1 - chance / CONVERSION_BY_CHANCE);
    return [{ agentId: id, rule: 'low_conversion', since: null, weight, evidence }];
  }
}

function latestByAgent(calls: readonly DncCall[]): DncCall[] {
  const latest = new Map<number, DncCall>();
  for (const call of calls) if (call.at >= (latest.get(call.agentId)?.at ?? 0)) latest.set(call.agentId, call);
  return [...latest.values()];
}

function dncCalled({ agentId, call, at }: DncCall): Found {
  return { agentId, rule: 'dnc_called', since: at, weight: weightOf('dnc_called', 0), evidence: { call } };
}
