/**
 * What one call adds to the sums. Pure: a function of the fact alone, so sums can always be recomputed from facts, and a
 * changed call changes them by exactly contribution(new) − contribution(old). Definitions: kpi.md section 2.
 *
 * Not in here: `first_dials`, `first_call_sales` and distinct customers, which depend on a customer's other calls
 * (customer-derivation.ts), and what outcomes add by themselves (outcome-contribution.ts).
 */
import { type CallFact, isContact, isHuman, isMachine } from '../../calls/index.js';
import { emptyMeasures, type Measures } from '../catalog/measures.js';

export interface RollupKey {
  /** Epoch ms. */
  slotStart: number;
  /** YYYY-MM-DD */
  businessDate: string;
  agentId: number;
  teamId: number;
  campaignId: number;
}

export interface Contribution extends RollupKey {
  measures: Measures;
}

const RESULT_MEASURE = {
  no_answer: 'no_answer',
  busy: 'busy',
  invalid: 'invalid',
  canceled: 'canceled',
  failed: 'failed',
} as const;

export function contributionOf(fact: CallFact): Contribution[] {
  const own: Contribution = {
    slotStart: fact.slotStart,
    businessDate: fact.businessDate,
    agentId: fact.agentId,
    teamId: fact.teamId,
    campaignId: fact.campaignId,
    measures: emptyMeasures(),
  };
  const m = own.measures;
  if (fact.incomplete.length > 0 && fact.direction !== 'internal') m.incomplete = 1;
  if (fact.stale) m.stale = 1;
  if (fact.direction === 'internal') m.internal = 1;
  if (!fact.counted || fact.direction === 'internal') return [own];
  if (fact.direction === 'inbound') addInbound(fact, m);
  else addOutbound(fact, m);
  return fact.direction === 'outbound' ? withHandled(fact, own) : [own];
}

function addInbound(fact: CallFact, m: Measures): void {
  m.inbound = 1;
  if (fact.outcome === 'answered') m.inbound_answered = 1;
  if (fact.outcome === 'abandoned') m.inbound_abandoned = 1;
  m.inbound_talk_ms = fact.talkMs;
}

function addOutbound(fact: CallFact, m: Measures): void {
  m.dials = 1;
  m.ring_ms = fact.ringMs ?? 0;
  if (fact.outcome === 'answered') {
    const byMachine = isMachine(fact);
    m.connects = 1;
    if (fact.endedAt !== null) m.connects_ended = 1;
    if (byMachine) m.machine = 1;
    if (isHuman(fact)) m.humans = 1;
    if (isContact(fact)) m.contacts = 1;
    if (fact.endedAt !== null && !fact.stale && !byMachine && fact.talkMs >= fact.effectiveMs) m.effective = 1;
    m.talk_ms = fact.talkMs;
  } else if (fact.outcome !== 'open' && fact.outcome !== 'abandoned') {
    m[RESULT_MEASURE[fact.outcome]] = 1;
  }
}

/** `handled` counts for every agent with a segment, in that agent's own team and date. */
function withHandled(fact: CallFact, own: Contribution): Contribution[] {
  const parts = [own];
  for (const { agent, team, date } of fact.handled) {
    if (agent === own.agentId && team === own.teamId && date === own.businessDate) {
      own.measures.handled = 1;
      continue;
    }
    const measures = emptyMeasures();
    measures.handled = 1;
    parts.push({ ...own, agentId: agent, teamId: team, businessDate: date, measures });
  }
  return parts;
}
