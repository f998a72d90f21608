import { type CallFact, farEnd, type LegState, topologyOf } from '../../calls/index.js';
import { isoOf } from '../../platform/index.js';
import type { CallDetail, CallLegView, CallView } from '../../shared/api.js';
import { NO_NUMBER } from '../../shared/mask-number.js';
import { MEASURE_COLUMNS } from '../catalog/index.js';
import { contributionOf } from '../rollup/index.js';

export interface CallNames {
  agentName: string | null;
  teamName: string | null;
  campaignName: string | null;
  /** Left out where a list shows outcomes of its own. */
  disposition?: { key: string; en: string; zh: string } | null;
  /** An attempt to somebody who was on the do-not-call list. Left out: not looked up. */
  doNotCall?: boolean;
}

/** Facts to what people see. Pure; numbers arrive masked. */
export function callView(fact: CallFact, names: CallNames, customer: string | null): CallView {
  const { agentId, teamId, campaignId } = fact;
  const { disposition = null, doNotCall = false } = names;
  return {
    id: fact.key,
    direction: fact.direction,
    outcome: fact.outcome,
    answeredBy: fact.answeredBy,
    startedAt: isoOf(fact.startedAt),
    answeredAt: isoOrNull(fact.answeredAt),
    endedAt: isoOrNull(fact.endedAt),
    ringSeconds: fact.ringMs === null ? null : fact.ringMs / 1000,
    talkSeconds: fact.talkMs / 1000,
    effective: contributionOf(fact).some((part) => part.measures.effective > 0),
    stale: fact.stale,
    incomplete: fact.incomplete,
    agent: agentId === 0 ? null : { id: agentId, name: names.agentName ?? String(agentId) },
    team: { id: teamId, name: names.teamName ?? String(teamId) },
    campaign: { id: campaignId, name: names.campaignName ?? String(campaignId) },
    customer,
    disposition:
      disposition === null ? null : { key: disposition.key, name: { en: disposition.en, zh: disposition.zh } },
    sales: fact.sales,
    doNotCall,
    businessDate: fact.businessDate,
    timeZone: fact.timeZone,
  };
}

/** Settings used and what the call adds to each measure, all its agents together. */
export function explanationOf(fact: CallFact, firstDial: boolean): CallDetail['explanation'] {
  const contribution: Record<string, number> = {};
  const parts = contributionOf(fact).map((part) => part.measures);
  for (const column of MEASURE_COLUMNS) {
    const value = parts.reduce((sum, measures) => sum + measures[column], 0);
    if (value !== 0) Object.assign(contribution, shown(column, value));
  }
  if (firstDial) contribution.first_dials = 1;
  return {
    effectiveThresholdSeconds: fact.effectiveMs / 1000,
    assumeHuman: fact.assumeHuman,
    timeZone: fact.timeZone,
    slotStart: isoOf(fact.slotStart),
    contribution,
  };
}

/** By the ids of the catalog: times in seconds. */
function shown(column: string, value: number): Record<string, number> {
  return column.endsWith('_ms') ? { [`${column.slice(0, -3)}_s`]: value / 1000 } : { [column]: value };
}

/** `maskedNumbers`: surrogate id → masked number. */
export function legViews(fact: CallFact, legs: LegState[], maskedNumbers: Map<string, string>): CallLegView[] {
  const agentLegs = new Set(agentLegIds(legs));
  const party = (end: LegState['from']): string => {
    switch (end.kind) {
      case 'tel':
        return maskedNumbers.get(end.ref) ?? NO_NUMBER;
      case 'client':
      case 'sip':
        return `${end.kind}:${end.identity}`;
      case 'anonymous':
        return 'anonymous';
      case 'none':
        return '';
    }
  };
  const view = (leg: LegState): CallLegView => ({
    id: leg.id,
    parentId: leg.parents[0] ?? null,
    role: leg.id === fact.customerLeg ? 'customer' : agentLegs.has(leg.id) ? 'agent' : 'other',
    direction: leg.direction ?? 'unknown',
    from: party(leg.from),
    to: party(leg.to),
    status: statusOf(leg),
    initiatedAt: isoOrNull(leg.initiatedAt),
    ringingAt: isoOrNull(leg.ringingAt),
    answeredAt: isoOrNull(leg.answeredAt),
    endedAt: isoOrNull(leg.end?.at ?? null),
  });
  return [...legs].sort(byTime).map(view);
}

function agentLegIds(legs: LegState[]): string[] {
  const { originator, agentLegs } = topologyOf(new Map(legs.map((leg) => [leg.id, leg])));
  return [...(originator ? [originator] : []), ...agentLegs]
    .filter((leg) => farEnd(leg).kind !== 'none' || leg.agentParam !== null)
    .map((leg) => leg.id);
}

function statusOf(leg: LegState): string {
  if (leg.end !== null) return leg.end.result;
  if (leg.answeredAt !== null) return 'answered';
  if (leg.ringingAt !== null) return 'ringing';
  return leg.initiatedAt === null ? 'unknown' : 'initiated';
}

function byTime(a: LegState, b: LegState): number {
  const at = (leg: LegState) => leg.seenAt ?? Number.MAX_SAFE_INTEGER;
  return at(a) - at(b) || (a.id < b.id ? -1 : 1);
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : isoOf(ms);
}
