/** Settings resolved onto a call: agent, team, campaign, threshold, zone, bucket. Pure. */
import {
  businessDate,
  DEFAULT_CAMPAIGN,
  type SettingsSnapshot,
  slotStart,
  type Unknowns,
} from '../organisation/index.js';
import {
  type AgentRef,
  type BusyAgent,
  type BusyRefs,
  type CallDisposition,
  type CallFact,
  type CallShape,
  type HandledBy,
  UNASSIGNED,
} from './call-fact.js';
import { NO_DISPOSITION } from './outcomes/call-disposition.js';

/** The first reference that is known; identities always are once `unknownsOf` was served. */
function agentFor(refs: AgentRef[], settings: SettingsSnapshot): number {
  for (const ref of refs) {
    const id = settings.agentByAddress(ref.scheme, ref.value);
    if (id !== null) return id;
  }
  return UNASSIGNED;
}

/**
 * Identities and campaign names of a call that no setting knows yet. Every identity that could own or handle the call
 * gets its agent, so that who is created does not depend on what else arrived before.
 */
export function unknownsOf(shape: CallShape, settings: SettingsSnapshot): Unknowns {
  const identities: string[] = [];
  for (const refs of [shape.owner, ...shape.handled, ...shape.busy.map(({ refs }) => refs)]) {
    const first = refs.find(
      (ref) => ref.scheme === 'identity' || settings.agentByAddress(ref.scheme, ref.value) !== null,
    );
    if (first?.scheme === 'identity' && settings.agentByAddress('identity', first.value) === null) {
      identities.push(first.value);
    }
  }
  const campaign = shape.campaignParam;
  return { identities, campaigns: campaign !== null && settings.campaignNamed(campaign) === null ? [campaign] : [] };
}

function campaignFor(shape: CallShape, settings: SettingsSnapshot): number {
  const named = shape.campaignParam === null ? null : settings.campaignNamed(shape.campaignParam);
  const byNumber = shape.ownNumberRef === null ? null : settings.campaignOfNumber(shape.ownNumberRef);
  return named ?? byNumber ?? DEFAULT_CAMPAIGN;
}

/** `said`: what outcomes say of the call, where any are known. */
export function resolveCall(
  shape: CallShape,
  settings: SettingsSnapshot,
  said: Readonly<CallDisposition> = NO_DISPOSITION,
): CallFact {
  const agentId = agentFor(shape.owner, settings);
  const teamId = settings.teamOf(agentId, shape.startedAt);
  const zone = settings.zoneOfTeam(teamId, shape.startedAt);
  const campaignId = campaignFor(shape, settings);
  const campaign = settings.campaignAt(campaignId, shape.startedAt);
  // Field by field: a copy of the shape would cost more memory than all the rest of the fold.
  return {
    key: shape.key,
    direction: shape.direction,
    counted: shape.counted,
    outcome: shape.outcome,
    answeredBy: shape.answeredBy,
    startedAt: shape.startedAt,
    answeredAt: shape.answeredAt,
    endedAt: shape.endedAt,
    ringMs: shape.ringMs,
    talkMs: shape.talkMs,
    stale: shape.stale,
    incomplete: shape.incomplete,
    customerLeg: shape.customerLeg,
    customerRef: shape.customerRef,
    agentId,
    teamId,
    campaignId,
    handled: resolveHandled(shape.handled, shape.startedAt, settings),
    busy: resolveBusy(shape.busy, settings),
    effectiveMs: campaign.effectiveMs,
    assumeHuman: campaign.assumeHuman,
    timeZone: zone.timeZone,
    slotStart: slotStart(shape.startedAt),
    businessDate: businessDate(shape.startedAt, zone.timeZone, zone.dayStartMinutes),
    dispositionId: said.dispositionId,
    reached: said.reached,
    sales: said.sales,
  };
}

/** Each agent once, in id order; segments of nobody known count for nobody. */
function resolveHandled(handled: AgentRef[][], startedAt: number, settings: SettingsSnapshot): HandledBy[] {
  const ids = new Set(handled.map((refs) => agentFor(refs, settings)).filter((id) => id !== UNASSIGNED));
  return [...ids]
    .sort((a, b) => a - b)
    .map((agent) => {
      const team = settings.teamOf(agent, startedAt);
      const zone = settings.zoneOfTeam(team, startedAt);
      return { agent, team, date: businessDate(startedAt, zone.timeZone, zone.dayStartMinutes) };
    });
}

/** Each agent's time as spans that do not touch, in order; legs of nobody known make nobody busy. */
function resolveBusy(busy: BusyRefs[], settings: SettingsSnapshot): BusyAgent[] {
  const byAgent = new Map<number, BusyAgent[]>();
  for (const { refs, from, to, whole } of busy) {
    const agent = agentFor(refs, settings);
    if (agent === UNASSIGNED || (whole && byAgent.has(agent))) continue;
    const spans = byAgent.get(agent) ?? [];
    byAgent.set(agent, spans);
    const last = spans.at(-1);
    // They come in order of `from`.
    if (last === undefined || (last.to !== null && from > last.to)) spans.push({ agent, from, to });
    else if (last.to !== null) last.to = to === null ? null : Math.max(last.to, to);
  }
  return [...byAgent].sort(([a], [b]) => a - b).flatMap(([, spans]) => spans);
}
