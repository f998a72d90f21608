/**
 * What was posted → outcome event. Pure: the body is the JSON of one `OutcomeInput`, the source stands in the target, so
 * that a stored body translates to the same event later.
 */
import { createHash } from 'node:crypto';
import { readNumber } from '../../customers/index.js';
import type { TranslatedParty } from '../call-event.js';
import { canonical } from './canonical.js';
import type { OutcomeTold, ToldSale, TranslatedOutcome } from './outcome-event.js';
import { OutcomeInputSchema, type ParsedOutcome } from './outcome-input.js';

/** Of what is made here, not by a phone system: outcomes, states said by hand, calls and states closed without an end. */
export const OWN_PROVIDER = 'tallyboard';
export const OUTCOME_KIND = 'outcome';
/** `customer_unreadable`: no number. `timestamp_future`: more than a day ahead. `outcome_invalid`: anything else. */
export const OUTCOME_PARK_REASONS = ['customer_unreadable', 'outcome_invalid', 'timestamp_future'] as const;
const FUTURE_MAX_MS = 86_400_000;
/** Phone systems name agents by words and extensions; only a whole number is one of a phone. */
const E164 = /^\+[1-9]\d{7,14}$/;

export type OutcomeTranslation =
  | { ok: true; event: TranslatedOutcome }
  | { ok: false; reason: (typeof OUTCOME_PARK_REASONS)[number]; field?: string };

export interface RawOutcome {
  target: string;
  body: Buffer;
  /** Epoch ms. */
  receivedAt: number;
}

/** Target of the raw request of a source (`me`, or an API key's). `by`: see OutcomeTold. */
export function outcomeTarget(source: string, by?: string): string {
  const query = new URLSearchParams({ source, ...(by === undefined ? {} : { by }) });
  return `/api/v1/outcomes?${query}`;
}

export function outcomeId(source: string, externalId: string): string {
  return `${source}|${externalId}`;
}

export function translateOutcome(raw: RawOutcome, country: string): OutcomeTranslation {
  const parameters = new URL(raw.target, 'http://localhost').searchParams;
  const source = parameters.get('source') ?? '';
  const by = parameters.get('by');
  const parsed = OutcomeInputSchema.safeParse(parseJson(raw.body));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return { ok: false, reason: 'outcome_invalid', ...(field === '' ? {} : { field }) };
  }
  const input = parsed.data;
  const occurredAt = input.at === undefined ? null : Date.parse(input.at);
  if (occurredAt !== null && occurredAt > raw.receivedAt + FUTURE_MAX_MS) {
    return { ok: false, reason: 'timestamp_future', field: 'at' };
  }
  const to = customerOf(input, country);
  if (to === null) return { ok: false, reason: 'customer_unreadable', field: 'customer' };
  const byPhone = input.agentId === undefined && input.agent !== undefined && E164.test(input.agent);
  return {
    ok: true,
    event: {
      provider: OWN_PROVIDER,
      account: source,
      type: 'outcome.set',
      legId: outcomeId(source, input.externalId),
      parentLegId: null,
      agentParam: byPhone ? null : (input.agent ?? null),
      campaignParam: input.campaign ?? null,
      told: { ...toldBy(input, raw.receivedAt), ...(by === null ? {} : { by }) },
      occurredAt,
      from: byPhone && input.agent !== undefined ? { kind: 'tel', number: input.agent } : { kind: 'none' },
      to,
      note: input.note ?? null,
      dedupKey: createHash('sha256')
        .update(`outcome|${source}|${canonical(input)}`)
        .digest(),
    },
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

function customerOf({ customer }: ParsedOutcome, country: string): TranslatedParty | null {
  if (customer === undefined) return { kind: 'none' };
  const read = readNumber(customer, country);
  return read.kind === 'none' ? null : read;
}

function toldBy(input: ParsedOutcome, receivedAt: number): OutcomeTold {
  const told: OutcomeTold = { version: input.version ?? receivedAt };
  if (input.agentId !== undefined) told.agentId = input.agentId;
  if (input.call !== undefined) told.call = input.call;
  if (input.disposition !== undefined) told.disposition = input.disposition;
  if (input.sale !== undefined) told.sale = input.sale === null ? null : saleOf(input.sale);
  if (input.callbackAt !== undefined) told.callbackAt = input.callbackAt === null ? null : Date.parse(input.callbackAt);
  if (input.note !== undefined) told.note = input.note !== null && input.note !== '';
  if (input.cancelled !== undefined) told.cancelled = input.cancelled;
  return told;
}

function saleOf({ amountMinor, currency, shares }: NonNullable<ParsedOutcome['sale']>): ToldSale {
  const byAgent = new Map<number, number>();
  for (const { agentId, share } of shares ?? []) byAgent.set(agentId, (byAgent.get(agentId) ?? 0) + share);
  return {
    amountMinor,
    currency: currency ?? null,
    shares: [...byAgent].sort(([a], [b]) => a - b).map(([agentId, share]) => ({ agentId, share })),
  };
}
