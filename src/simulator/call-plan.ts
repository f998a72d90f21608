import { clamp, customerNumber, type SimulatedAgent } from './floor.js';
import type { Random } from './random.js';

/** What happens in one call, before anybody reports it. Whole seconds, as Twilio measures. */
export interface CallPlan {
  /** Unique within a seed; the CallSids are made of it. */
  id: string;
  topology: 'softphone' | 'customer-first' | 'inbound';
  agent: SimulatedAgent;
  customer: string;
  /** Epoch seconds: first event of the first leg. */
  startAt: number;
  /** Seconds from dialling to the answer or the end; never rang for `busy`, `failed` and `invalid`. */
  ringSeconds: number;
  result: CallResult;
  /** Seconds the customer was connected; 0 unless completed. */
  talkSeconds: number;
  answeredBy: 'human' | 'machine';
  /** Detection runs on the customer's leg and reports on its own. */
  detection: boolean;
}

export type CallResult = 'completed' | 'no-answer' | 'busy' | 'failed' | 'invalid' | 'canceled';

/** Distinct customers the floor calls; small enough that people are called again. */
const CUSTOMERS = 24_000;

const CUSTOMER_FIRST_SHARE = 0.06;
const INBOUND_SHARE = 0.05;
const DETECTION_SHARE = 0.2;
const MACHINE_SHARE = 0.13;
const INBOUND_ANSWERED = 0.86;

/** Chance to be answered along the shift: slow start, good late morning, lunch dip, good afternoon, tiring end. */
const REACH_BY_POSITION = [0.37, 0.45, 0.48, 0.39, 0.31, 0.42, 0.47, 0.45, 0.41] as const;
const UNANSWERED: readonly CallResult[] = ['no-answer', 'busy', 'invalid', 'canceled', 'failed'];
const UNANSWERED_WEIGHTS = [62, 17, 9, 8, 4];

/** @param position place in the shift, 0 ≤ p < 1 */
export function planCall(
  id: string,
  agent: SimulatedAgent,
  startAt: number,
  position: number,
  random: Random,
): CallPlan {
  const customer = customerNumber(random.between(0, CUSTOMERS - 1));
  const common = { id, agent, customer, startAt };
  if (random.chance(INBOUND_SHARE)) return planInbound(common, random);
  const topology = random.chance(CUSTOMER_FIRST_SHARE) ? 'customer-first' : 'softphone';
  const detection = topology === 'customer-first' || random.chance(DETECTION_SHARE);
  const reach = REACH_BY_POSITION[Math.floor(position * REACH_BY_POSITION.length)] ?? 0.4;
  const answered = random.chance(clamp(reach * agent.campaign.reach * (0.7 + 0.3 * agent.skill), 0.05, 0.95));
  if (!answered) {
    const result = UNANSWERED[random.weighted(UNANSWERED_WEIGHTS)] ?? 'no-answer';
    const ringSeconds = unansweredSeconds(result, random);
    return { ...common, topology, ringSeconds, result, talkSeconds: 0, answeredBy: 'human', detection };
  }
  const machine = random.chance(MACHINE_SHARE);
  return {
    ...common,
    topology,
    detection,
    result: 'completed',
    answeredBy: machine ? 'machine' : 'human',
    ringSeconds: machine ? random.between(16, 24) : seconds(random.logNormal(11, 0.45), 3, 34),
    talkSeconds: machine ? random.between(4, 22) : talk(agent.skill, random),
  };
}

type Common = Pick<CallPlan, 'id' | 'agent' | 'customer' | 'startAt'>;

/** The number is answered by the system, which rings the agent; `canceled` means the caller hung up first. */
function planInbound(common: Common, random: Random): CallPlan {
  const answered = random.chance(INBOUND_ANSWERED);
  return {
    ...common,
    topology: 'inbound',
    detection: false,
    answeredBy: 'human',
    result: answered ? 'completed' : 'canceled',
    ringSeconds: answered ? seconds(random.logNormal(7, 0.5), 2, 40) : seconds(random.logNormal(24, 0.5), 5, 90),
    talkSeconds: answered ? talk(common.agent.skill, random) : 0,
  };
}

/** Short refusals, conversations, and the long talks that sell. */
function talk(skill: number, random: Random): number {
  const kind = random.weighted([0.35, 0.32, 0.33 * skill]);
  if (kind === 0) return seconds(random.logNormal(24, 0.55), 3, 120);
  if (kind === 1) return seconds(random.logNormal(140, 0.5), 20, 600);
  return seconds(random.logNormal(540 * Math.sqrt(skill), 0.38), 120, 2_700);
}

function unansweredSeconds(result: CallResult, random: Random): number {
  switch (result) {
    case 'no-answer':
      return random.between(28, 45);
    case 'canceled':
      return random.between(6, 24);
    case 'busy':
      return random.between(2, 5);
    default:
      return random.between(1, 3);
  }
}

function seconds(value: number, low: number, high: number): number {
  return Math.round(clamp(value, low, high));
}
