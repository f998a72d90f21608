/**
 * What is wrong with an outcome before it is accepted: against the settings, against what is known of it and of its call.
 * Pure. What the log may learn later (a call, an address of an agent) is no error: outcomes may arrive before their calls.
 */
import type { OutcomeFact, OutcomeState } from '../calls/index.js';
import type { DispositionRow } from '../organisation/index.js';
import { AppError, type AppErrorOptions, type ErrorCode } from '../platform/index.js';
import type { OutcomeField, OutcomeInput } from '../shared/outcomes.js';

/** What an outcome is checked against. */
export interface Known {
  /** Epoch ms. */
  now: number;
  dispositions: ReadonlyMap<string, DispositionRow>;
  /** By key. */
  campaigns: ReadonlyMap<string, { id: number; currency: string }>;
  currencyOf: (campaignId: number) => string | null;
  isAgent: (id: number) => boolean;
  isNumber: (text: string) => boolean;
  /** The outcome as it is; null: it is new. */
  before: { state: OutcomeState; campaignId: number } | null;
  /** Campaign of the call it names, as far as the call is known. */
  callCampaign: number | null;
}

export type Said = Omit<OutcomeInput, 'externalId'>;

const AHEAD_MAX_MS = 86_400_000;
/** Fields of the API by which a requirement is met. */
const NAMES: Record<OutcomeField, 'sale' | 'callbackAt' | 'note'> = {
  amount: 'sale',
  callbackAt: 'callbackAt',
  note: 'note',
};

/** `path`: where the outcome stands in the request, e.g. `3.`; the first thing that is wrong is thrown. */
export function checkOutcome(input: Said, known: Known, path: string): void {
  const refuse = (code: ErrorCode, field: string, params: AppErrorOptions['params'] = {}): never => {
    throw new AppError(code, { field: `${path}${field}`, params });
  };
  if (says(input).length === 0 && known.before === null) refuse('outcome_nothing_said', 'disposition');
  if (input.at !== undefined && Date.parse(input.at) > known.now + AHEAD_MAX_MS) refuse('outcome_time_ahead', 'at');
  if (input.customer !== undefined && !known.isNumber(input.customer)) refuse('number_unreadable', 'customer');
  const campaign = input.campaign === undefined ? undefined : known.campaigns.get(input.campaign);
  if (input.campaign !== undefined && campaign === undefined) {
    refuse('campaign_unknown', 'campaign', { campaign: input.campaign.slice(0, 60) });
  }
  if (input.agentId !== undefined && !known.isAgent(input.agentId)) refuse('outcome_agent_unknown', 'agentId');
  (input.sale?.shares ?? []).forEach(({ agentId }, i) => {
    if (!known.isAgent(agentId)) refuse('outcome_agent_unknown', `sale.shares.${i}.agentId`);
  });
  const campaignId = campaign?.id ?? known.callCampaign ?? known.before?.campaignId ?? null;
  const currency = campaignId === null ? null : known.currencyOf(campaignId);
  if (input.sale?.currency !== undefined && currency !== null && input.sale.currency !== currency) {
    refuse('outcome_currency_differs', 'sale.currency', { currency });
  }
  checkDisposition(input, known, campaignId, refuse);
}

/** What it says at all; where, when and whose alone say nothing new of an outcome that is not there yet. */
function says({ disposition, sale, callbackAt, note, cancelled }: Said): unknown[] {
  return [disposition, sale, callbackAt, note, cancelled].filter((value) => value !== undefined);
}

/**
 * Would take a missed callback out of the figures: moved, put on another call or time, or taken back after its window.
 * Whoever leads its agent may correct that; the agent promises again by a new outcome. What says the same again changes
 * nothing. `missedBefore`: epoch ms, callbacks due before are over.
 */
export function hidesMissedCallback(
  { callbackAt, at, call, customer, cancelled }: Said,
  { state, fact }: { state: OutcomeState; fact: Pick<OutcomeFact, 'callback' | 'cancelled'> },
  missedBefore: number,
): boolean {
  const { callback } = fact;
  if (callback === null || callback.kept || fact.cancelled || callback.at >= missedBefore) return false;
  const moved = callbackAt !== undefined && (callbackAt === null || Date.parse(callbackAt) !== callback.at);
  const dated = at !== undefined && Date.parse(at) !== state.at?.value;
  const isOfAnother = customer !== undefined && state.customer === null;
  const placed = isOfAnother || (call !== undefined && call !== state.call?.value);
  return moved || dated || placed || cancelled === true;
}

type Refuse = (code: ErrorCode, field: string, params?: AppErrorOptions['params']) => never;

function checkDisposition(input: Said, known: Known, campaignId: number | null, refuse: Refuse): void {
  const state = known.before?.state;
  const before = state?.disposition?.value ?? null;
  const key = input.disposition === undefined ? before : input.disposition;
  if (key === null) return;
  const disposition = known.dispositions.get(key);
  if (disposition === undefined) {
    // One that was told before the key was there is no mistake of this request.
    if (input.disposition !== undefined) refuse('disposition_unknown', 'disposition', { key });
    return;
  }
  if (key !== before) {
    if (disposition.archived) refuse('disposition_archived', 'disposition', { key });
    if (disposition.campaignId !== null && campaignId !== null && disposition.campaignId !== campaignId) {
      refuse('disposition_of_other_campaign', 'disposition', { key });
    }
  }
  if (input.cancelled === true) return;
  const has: Record<OutcomeField, boolean> = {
    amount: (input.sale === undefined ? state?.sale?.value : input.sale) != null,
    callbackAt: (input.callbackAt === undefined ? state?.callbackAt?.value : input.callbackAt) != null,
    note: input.note === undefined ? state?.note?.value === true : input.note !== null && input.note.trim() !== '',
  };
  if (has.amount && !disposition.flags.includes('sale') && (input.disposition ?? input.sale) != null) {
    refuse('outcome_sale_contradicts', 'sale', { key });
  }
  // A correction answers for what it speaks of; that nobody need be called again may be said of any.
  const isAsked = (field: OutcomeField): boolean =>
    input.disposition !== undefined || (field !== 'callbackAt' && input[NAMES[field]] !== undefined);
  const missing = disposition.required.find((field) => isAsked(field) && !has[field]);
  if (missing !== undefined) refuse('outcome_field_missing', NAMES[missing], { key, name: NAMES[missing] });
}
