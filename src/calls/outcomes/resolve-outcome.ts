/** Settings and calls resolved onto an outcome: who, where, of which call, what it sells. Pure. */
import { businessDate, DEFAULT_CAMPAIGN, type SettingsSnapshot, slotStart } from '../../organisation/index.js';
import { type CallFact, UNASSIGNED } from '../call-fact.js';
import type { OutcomeState, ToldAgent } from './merge-outcome.js';
import type { ToldSale } from './outcome-event.js';
import type { CallbackFact, OutcomeFact, OutcomeOrigin, OutcomeProblem, RevenuePart } from './outcome-fact.js';
import { splitByShares } from './split.js';

/** What of the calls an outcome depends on. */
export interface OutcomeCalls {
  /** The call it belongs to (`callWanted`). */
  call: CallFact | null;
  /** The customer was dialled for the promised callback (`keepingWanted`). */
  kept: boolean;
}

/** How to find the call of an outcome; null: it names neither a call nor a customer. Instants are epoch ms. */
export type CallWanted =
  | { leg: string }
  /** The last one with the customer that started in [from, to], the agent's own first. */
  | { customer: string; from: number; to: number; agent: number | null };

export function atOf(state: OutcomeState): number {
  return state.at?.value ?? state.seenAt ?? state.closed[0] ?? 0;
}

export function callWanted(state: OutcomeState, settings: SettingsSnapshot): CallWanted | null {
  if (state.call !== null) return { leg: state.call.value };
  const customer = state.customer?.value ?? null;
  if (customer === null) return null;
  const at = atOf(state);
  const agent = state.agent === null ? null : agentMeant(state.agent.value, settings);
  return { customer, from: at - settings.data.outcomeWindowMs, to: at, agent };
}

/** Surrogate id of the customer: the one named, else the call's. */
function customerOf(state: OutcomeState, call: CallFact | null): string | null {
  return state.customer?.value ?? call?.customerRef ?? null;
}

/** Which dials keep a promised callback: those to the customer that began in [from, to], but not the call itself. */
export interface KeepingWanted {
  customer: string;
  from: number;
  to: number;
  /** Key of the call in which it was promised. */
  promisedIn: string | null;
}

/** Null: nothing was promised, or nobody knows to whom. What was dialled before the promise cannot keep it. */
export function keepingWanted(
  state: OutcomeState,
  call: CallFact | null,
  { data: { callbackWindowMs } }: SettingsSnapshot,
): KeepingWanted | null {
  const due = state.callbackAt?.value ?? null;
  const customer = customerOf(state, call);
  if (due === null || customer === null) return null;
  const from = Math.max(due - callbackWindowMs, atOf(state));
  return { customer, from, to: due + callbackWindowMs, promisedIn: call?.key ?? null };
}

/** The campaign named that no setting knows yet. */
export function unknownCampaign(state: OutcomeState, settings: SettingsSnapshot): string | null {
  const name = state.campaign?.value ?? null;
  return name !== null && settings.campaignNamed(name) === null ? name : null;
}

const SCHEMES = ['identity', 'crm', 'worker'] as const;

/** Null: nobody known. */
function agentMeant(told: ToldAgent, settings: SettingsSnapshot): number | null {
  if ('id' in told) return settings.agentById(told.id);
  if ('tel' in told) return settings.agentByAddress('tel', told.tel);
  for (const scheme of SCHEMES) {
    const id = settings.agentByAddress(scheme, told.identity);
    if (id !== null) return id;
  }
  return null;
}

/** Team, and the business date there, of an agent at an instant. */
function placeOf(agent: number, instant: number, settings: SettingsSnapshot) {
  const team = settings.teamOf(agent, instant);
  const zone = settings.zoneOfTeam(team, instant);
  return { team, timeZone: zone.timeZone, date: businessDate(instant, zone.timeZone, zone.dayStartMinutes) };
}

export function resolveOutcome(
  state: OutcomeState,
  settings: SettingsSnapshot,
  { call, kept }: OutcomeCalls,
): OutcomeFact {
  const problems = new Set<OutcomeProblem>();
  const at = atOf(state);
  const named = state.agent === null ? null : agentMeant(state.agent.value, settings);
  if (state.agent !== null && named === null) problems.add('agent_unknown');
  if (state.call !== null && call === null) problems.add('call_unknown');
  const agentId = state.agent === null ? (call?.agentId ?? UNASSIGNED) : (named ?? UNASSIGNED);
  const place = placeOf(agentId, at, settings);
  const campaignId =
    (state.campaign === null ? null : settings.campaignNamed(state.campaign.value)) ??
    call?.campaignId ??
    DEFAULT_CAMPAIGN;
  const disposition = dispositionOf(state, settings, problems);
  const cancelled = state.cancelled?.value ?? false;
  const sold = !cancelled && isSale(state, disposition?.flags ?? []);
  const amountMinor = sold ? amountOf(state.sale?.value ?? null, campaignId, settings, problems) : 0;
  return {
    id: state.id,
    at,
    agentId,
    teamId: place.team,
    campaignId,
    timeZone: place.timeZone,
    slotStart: slotStart(at),
    businessDate: place.date,
    callKey: call?.key ?? null,
    customerRef: customerOf(state, call),
    origin: originOf(call),
    dispositionId: disposition?.id ?? null,
    flags: disposition?.flags ?? [],
    sold,
    amountMinor,
    revenue: revenueOf(amountMinor, state.sale?.value?.shares ?? [], agentId, at, settings),
    callback: callbackOf(state, agentId, kept, settings),
    hasNote: state.note?.value ?? false,
    cancelled,
    version: state.version,
    problems: [...problems].sort(),
  };
}

function originOf(call: CallFact | null): OutcomeOrigin {
  return call === null || call.direction === 'internal' ? 'other' : call.direction;
}

function dispositionOf(state: OutcomeState, settings: SettingsSnapshot, problems: Set<OutcomeProblem>) {
  const key = state.disposition?.value ?? null;
  if (key === null) return null;
  const known = settings.dispositionByKey(key);
  if (known === null) problems.add('disposition_unknown');
  return known;
}

/** An amount was told, or nothing was told about one and the disposition is a sale's; `null` says that nothing was sold. */
function isSale(state: OutcomeState, flags: readonly string[]): boolean {
  return state.sale === null ? flags.includes('sale') : state.sale.value !== null;
}

/** Money of another currency than the campaign's cannot be added to it: the sale counts, its amount does not. */
function amountOf(
  sale: ToldSale | null,
  campaignId: number,
  settings: SettingsSnapshot,
  problems: Set<OutcomeProblem>,
): number {
  if (sale === null) return 0;
  const currency = settings.data.campaigns.get(campaignId)?.currency ?? settings.data.currency;
  if (sale.currency === null || sale.currency === currency) return sale.amountMinor;
  problems.add('currency_differs');
  return 0;
}

/** Each receiver once, in order of ids; shares of nobody known are the unassigned one's. */
function revenueOf(
  amountMinor: number,
  shares: ToldSale['shares'],
  closer: number,
  at: number,
  settings: SettingsSnapshot,
): RevenuePart[] {
  if (amountMinor === 0) return [];
  const weights = new Map<number, number>();
  for (const { agentId, share } of shares) {
    const agent = settings.agentById(agentId) ?? UNASSIGNED;
    weights.set(agent, (weights.get(agent) ?? 0) + share);
  }
  if (weights.size === 0) weights.set(closer, 1);
  const agents = [...weights].sort(([a], [b]) => a - b);
  const parts = splitByShares(
    amountMinor,
    agents.map(([, weight]) => weight),
  );
  return agents.flatMap(([agent], i) => {
    const minor = parts[i] ?? 0;
    const { team, date } = placeOf(agent, at, settings);
    return minor === 0 ? [] : [{ agent, team, date, minor }];
  });
}

function callbackOf(
  state: OutcomeState,
  agent: number,
  kept: boolean,
  settings: SettingsSnapshot,
): CallbackFact | null {
  const due = state.callbackAt?.value ?? null;
  if (due === null) return null;
  const { team, date } = placeOf(agent, due, settings);
  return { at: due, slotStart: slotStart(due), businessDate: date, team, closed: state.closed.includes(due), kept };
}
