import type { CallPlan } from './call-plan.js';
import { ACCOUNT_SID } from './floor.js';
import { type Leg, type LegProgress, progressForm, progressOf } from './leg-report.js';
import { hexId, type Random } from './random.js';

/** One callback as Twilio would post it. */
export interface SimulatedWebhook {
  /** Epoch milliseconds at which it is posted. */
  dueAt: number;
  kind: 'voice' | 'amd' | 'taskrouter';
  /** Path and query: what follows the public address in the signed URL. */
  rawTarget: string;
  /** Decoded query parameters. */
  query: [string, string][];
  /** Decoded body parameters. */
  form: [string, string][];
}

/**
 * `full`: all four events of both legs. `compact`: as few as still tell everything exactly, for history: the customer's
 * leg ringing (or initiated, where nothing rang), answered and completed, and the other leg's end.
 */
export type Detail = 'full' | 'compact';

const STATUS_SIP_CODE = { completed: '200', 'no-answer': '487', busy: '486', failed: '503', canceled: '487' } as const;
/** Every callback of a call, in the order of their events. @param random delays between event and post */
export function webhooksOf(plan: CallPlan, seed: number | string, detail: Detail, random: Random): SimulatedWebhook[] {
  const legs = legsOf(plan, seed);
  const customer = plan.topology === 'softphone' ? legs[1] : legs[0];
  const query: [string, string][] = [['campaign', plan.agent.campaign.key]];
  const target = `?campaign=${encodeURIComponent(plan.agent.campaign.key)}`;
  const found: SimulatedWebhook[] = [];
  const add = (at: number, kind: 'voice' | 'amd', form: [string, string][]) => {
    const dueAt = at * 1000 + Math.round(random.logNormal(220, 0.5));
    found.push({ dueAt, kind, rawTarget: `/webhooks/twilio/${kind}${target}`, query, form });
  };
  for (const leg of legs) {
    const wanted = detail === 'full' ? null : compactEvents(leg, leg === customer, plan);
    for (const progress of progressOf(leg)) {
      if (wanted !== null && !wanted.has(progress.event)) continue;
      add(progress.at, 'voice', progressForm(leg, progress, ACCOUNT_SID, detail === 'full'));
    }
  }
  if (plan.detection && plan.result === 'completed' && customer?.answered != null) {
    const machine = plan.answeredBy === 'machine';
    const answeredBy = machine ? 'machine_end_beep' : 'human';
    const form: [string, string][] = [
      ['AccountSid', ACCOUNT_SID],
      ['CallSid', customer.sid],
      ['AnsweredBy', answeredBy],
      ['MachineDetectionDuration', String(machine ? random.between(3_200, 9_000) : random.between(900, 2_800))],
    ];
    add(customer.answered + (machine ? 6 : 2), 'amd', form);
  }
  return found.sort((a, b) => a.dueAt - b.dueAt);
}

function compactEvents(leg: Leg, isCustomer: boolean, plan: CallPlan): Set<LegProgress['event']> {
  const wanted = new Set<LegProgress['event']>(['completed']);
  // An end with its CallDuration says when the leg was answered. Where the customer is not the last leg, the agent's own
  // answer is what the talk is counted from.
  if (plan.topology !== 'softphone') wanted.add('answered');
  if (isCustomer) wanted.add(leg.ringing === null ? 'initiated' : 'ringing');
  return wanted;
}

/** CallSid of the first leg. */
export function rootSidOf(plan: CallPlan, seed: number | string): string {
  return `CA${hexId(seed, `${plan.id}|0`)}`;
}

function legsOf(plan: CallPlan, seed: number | string): [Leg, ...Leg[]] {
  const root = rootSidOf(plan, seed);
  const below = `CA${hexId(seed, `${plan.id}|1`)}`;
  if (plan.topology === 'inbound') return inboundLegs(plan, root, below);
  if (plan.topology === 'customer-first') return customerFirstLegs(plan, root, below);
  const { agent, startAt: start } = plan;
  const customer = customerLeg(plan, below, root, 'outbound-dial', start + 1);
  const parent: Leg = {
    sid: root,
    parent: null,
    direction: 'inbound',
    from: `client:${agent.identity}`,
    to: plan.customer,
    initiated: start,
    ringing: start,
    answered: start,
    ended: customer.ended,
    status: 'completed',
    sipCode: null,
  };
  return [parent, customer];
}

function customerLeg(
  plan: CallPlan,
  sid: string,
  parent: string | null,
  direction: Leg['direction'],
  start: number,
): Leg {
  const rings = plan.result === 'completed' || plan.result === 'no-answer' || plan.result === 'canceled';
  const answered = plan.result === 'completed' ? start + plan.ringSeconds : null;
  const status = plan.result === 'invalid' ? 'failed' : plan.result;
  return {
    sid,
    parent,
    direction,
    from: plan.agent.campaign.callerNumber,
    to: plan.customer,
    initiated: start,
    // Ringing begins with the attempt, so that both details of report give the same start and ring time.
    ringing: rings ? start : null,
    answered,
    ended: start + plan.ringSeconds + plan.talkSeconds,
    status,
    sipCode: plan.result === 'invalid' ? '404' : STATUS_SIP_CODE[status],
  };
}

/** Predictive: nobody is rung before a person has answered, so an unanswered one is no agent's. */
function customerFirstLegs(plan: CallPlan, root: string, below: string): [Leg, ...Leg[]] {
  const customer = customerLeg(plan, root, null, 'outbound-api', plan.startAt);
  if (customer.answered === null || plan.answeredBy === 'machine' || plan.talkSeconds < 3) return [customer];
  const rung = customer.answered + 1;
  const agent: Leg = {
    sid: below,
    parent: root,
    direction: 'outbound-dial',
    from: plan.agent.campaign.callerNumber,
    to: `client:${plan.agent.identity}`,
    initiated: rung,
    ringing: rung,
    answered: rung + 1,
    ended: customer.ended,
    status: 'completed',
    sipCode: '200',
  };
  return [customer, agent];
}

function inboundLegs(plan: CallPlan, root: string, below: string): [Leg, ...Leg[]] {
  const { startAt: start } = plan;
  const rung = start + 3;
  const answered = plan.result === 'completed' ? rung + plan.ringSeconds : null;
  const ended = rung + plan.ringSeconds + plan.talkSeconds;
  const caller: Leg = {
    sid: root,
    parent: null,
    direction: 'inbound',
    from: plan.customer,
    to: plan.agent.campaign.callerNumber,
    initiated: start,
    ringing: start,
    answered: start + 1,
    ended,
    status: 'completed',
    sipCode: null,
  };
  const agent: Leg = {
    sid: below,
    parent: root,
    direction: 'outbound-dial',
    from: plan.customer,
    to: `client:${plan.agent.identity}`,
    initiated: rung,
    ringing: rung,
    answered,
    ended,
    status: answered === null ? 'canceled' : 'completed',
    sipCode: answered === null ? '487' : '200',
  };
  return [caller, agent];
}
