import { hash } from 'node:crypto';
import type {
  AnsweredBy,
  CallEventType,
  LegDirection,
  LegResult,
  TranslatedEvent,
  TranslatedParty,
} from '../../calls/index.js';
import { hasControlCharacter, parseParty } from './party.js';
import { signedContent } from './signature.js';
import { readTimestamp } from './timestamp.js';

/**
 * One verified Twilio callback → one call event. Pure.
 *
 * What is deliberately not read: `Duration` (billed minutes), `SequenceNumber` as a state (it counts only the
 * subscribed events), `SipResponseCode` except to tell an invalid number from another failure.
 */

export const TWILIO_PROVIDER = 'twilio';
export const FUTURE_TOLERANCE_MS = 24 * 3_600_000;
/** Longer than any call a carrier keeps up; a larger number is not a duration. */
export const CALL_SECONDS_MAX = 7 * 86_400;

/** Which endpoint received it: progress of a leg, answering-machine detection, recording. */
export type TwilioCallbackKind = 'voice' | 'amd' | 'recording';

/** Why a callback is parked. Stable: stored with the parked event and translated for people. */
export const TWILIO_PARK_REASONS = [
  'account_sid_missing',
  'account_sid_invalid',
  'answered_by_missing',
  'attribution_invalid',
  'call_sid_invalid',
  'call_sid_missing',
  'dial_action_request',
  'duration_invalid',
  'parameter_repeated',
  'parent_sid_invalid',
  'party_invalid',
  'recording_sid_missing',
  'status_missing',
  'status_unknown',
  'timestamp_future',
  'timestamp_impossible',
] as const;
export type TwilioParkReason = (typeof TWILIO_PARK_REASONS)[number];

export type Translation =
  | { ok: true; event: TranslatedEvent }
  | { ok: false; reason: TwilioParkReason /** Name of the parameter. */; field?: string };

export interface TranslationContext {
  /** ISO 3166 code of the organisation, for numbers in local form. */
  country: string;
  /** Epoch milliseconds. */
  receivedAt: number;
}

type Params = readonly (readonly [string, string])[];
type Parked = Extract<Translation, { ok: false }>;

/** Also ids of compatible vendors (UUIDs, prefixed ids), which differ from `CA` + 32 hex digits. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{3,127}$/;
const ATTRIBUTION_LENGTH_MAX = 128;

const STATUS: ReadonlyMap<string, { type: CallEventType; result: LegResult | null }> = new Map([
  ['queued', { type: 'leg.initiated', result: null }],
  ['initiated', { type: 'leg.initiated', result: null }],
  ['ringing', { type: 'leg.ringing', result: null }],
  ['in-progress', { type: 'leg.answered', result: null }],
  ['answered', { type: 'leg.answered', result: null }],
  ['completed', { type: 'leg.ended', result: 'completed' }],
  ['busy', { type: 'leg.ended', result: 'busy' }],
  ['no-answer', { type: 'leg.ended', result: 'no-answer' }],
  ['failed', { type: 'leg.ended', result: 'failed' }],
  ['canceled', { type: 'leg.ended', result: 'canceled' }],
]);

const DIRECTIONS: ReadonlySet<string> = new Set<LegDirection>(['inbound', 'outbound-api', 'outbound-dial']);

/** SIP codes that say the number does not exist: not found, address incomplete. */
const INVALID_NUMBER_CODES: ReadonlySet<string> = new Set(['404', '484']);

/** What the translation reads, and whether it has no meaning twice with different values (else the first counts). */
const READ_PARAMETERS: ReadonlyMap<string, boolean> = new Map([
  ['AccountSid', true],
  ['AnsweredBy', true],
  ['CallDuration', true],
  ['CallSid', true],
  ['CallStatus', true],
  ['Called', false],
  ['Caller', false],
  ['DialCallStatus', false],
  ['Direction', true],
  ['From', true],
  ['ParentCallSid', true],
  ['RecordingSid', true],
  ['RecordingStartTime', false],
  ['SequenceNumber', true],
  ['SipResponseCode', true],
  ['Timestamp', true],
  ['To', true],
  ['agent', true],
  ['campaign', true],
]);

/**
 * @param form decoded body parameters, unknown ones included
 * @param query decoded parameters of the signed URL (`agent`, `campaign`)
 */
export function translateTwilio(
  kind: TwilioCallbackKind,
  form: Params,
  query: Params,
  context: TranslationContext,
): Translation {
  const read = readOnce(form);
  const asked = readOnce(query);
  if ('reason' in read) return read;
  if ('reason' in asked) return asked;
  const identity = readIdentity(read.values);
  if ('reason' in identity) return identity;
  const time = readTime(read.values, kind, context.receivedAt);
  if ('reason' in time) return time;
  const attribution = readAttribution(asked.values);
  if ('reason' in attribution) return attribution;
  const detail = kind === 'voice' ? readProgress(read.values, context.country) : readAttachment(kind, read.values);
  if ('reason' in detail) return detail;
  const event: TranslatedEvent = {
    provider: TWILIO_PROVIDER,
    account: identity.account,
    type: detail.type,
    legId: identity.legId,
    parentLegId: identity.parentLegId,
    agentParam: attribution.agentParam,
    campaignParam: attribution.campaignParam,
    occurredAt: time.occurredAt,
    direction: detail.direction,
    sequence: detail.sequence,
    result: detail.result,
    durationMs: detail.durationMs,
    answeredBy: detail.answeredBy,
    from: detail.from,
    to: detail.to,
    dedupKey: dedupKey(kind, form, query),
  };
  return { ok: true, event };
}

/**
 * The signed content itself, without delimiters, exactly as it was signed: it holds account, leg, sequence and status,
 * so every callback has its own key, and a replay that moves a delimiter (`CallDuration4=9`) has the key of the
 * original.
 */
function dedupKey(kind: TwilioCallbackKind, form: Params, query: Params): Buffer {
  // The form first: its text is still there from the check of the signature.
  const content = signedContent(form);
  const asked = signedContent(query);
  return hash('sha256', `${TWILIO_PROVIDER}|${kind}|${asked.length}|${asked}|${content}`, 'buffer');
}

function readOnce(params: Params): { values: Map<string, string> } | Parked {
  const values = new Map<string, string>();
  for (const [name, value] of params) {
    const once = READ_PARAMETERS.get(name);
    if (once === undefined) continue;
    const earlier = values.get(name);
    if (earlier === undefined) values.set(name, value);
    else if (earlier !== value && once) return park('parameter_repeated', name);
  }
  return { values };
}

function readIdentity(
  values: Map<string, string>,
): Pick<TranslatedEvent, 'account' | 'legId' | 'parentLegId'> | Parked {
  const legId = values.get('CallSid') ?? '';
  if (legId === '') return park('call_sid_missing', 'CallSid');
  if (!ID.test(legId)) return park('call_sid_invalid', 'CallSid');
  const account = values.get('AccountSid') ?? '';
  if (account === '') return park('account_sid_missing', 'AccountSid');
  if (!ID.test(account)) return park('account_sid_invalid', 'AccountSid');
  const parent = values.get('ParentCallSid') ?? '';
  if (parent !== '' && (!ID.test(parent) || parent === legId)) return park('parent_sid_invalid', 'ParentCallSid');
  return { account, legId, parentLegId: parent === '' ? null : parent };
}

function readTime(
  values: Map<string, string>,
  kind: TwilioCallbackKind,
  receivedAt: number,
): Pick<TranslatedEvent, 'occurredAt'> | Parked {
  const field = kind === 'recording' && !values.has('Timestamp') ? 'RecordingStartTime' : 'Timestamp';
  const time = readTimestamp(values.get(field));
  if (time.kind === 'impossible') return park('timestamp_impossible', field);
  if (time.kind === 'unreadable') return { occurredAt: null };
  if (time.at > receivedAt + FUTURE_TOLERANCE_MS) return park('timestamp_future', field);
  return { occurredAt: time.at };
}

function readAttribution(values: Map<string, string>): Pick<TranslatedEvent, 'agentParam' | 'campaignParam'> | Parked {
  const agent = values.get('agent') ?? '';
  const campaign = values.get('campaign') ?? '';
  for (const [field, value] of [
    ['agent', agent],
    ['campaign', campaign],
  ] as const) {
    if (value.length > ATTRIBUTION_LENGTH_MAX || hasControlCharacter(value)) return park('attribution_invalid', field);
  }
  return { agentParam: agent.trim() === '' ? null : agent, campaignParam: campaign.trim() === '' ? null : campaign };
}

type Detail = Omit<
  TranslatedEvent,
  'provider' | 'account' | 'legId' | 'parentLegId' | 'agentParam' | 'campaignParam' | 'occurredAt' | 'dedupKey'
>;

function readProgress(values: Map<string, string>, country: string): Detail | Parked {
  const text = values.get('CallStatus') ?? '';
  if (text === '') return park('status_missing', 'CallStatus');
  const status = STATUS.get(text);
  if (status === undefined) return park('status_unknown', 'CallStatus');
  // The request for the TwiML after a <Dial>: it describes another leg and comes at the wrong moment for this one.
  if (values.has('DialCallStatus')) return park('dial_action_request', 'DialCallStatus');
  const seconds = status.result === 'completed' ? readSeconds(values.get('CallDuration')) : null;
  if (seconds === undefined) return park('duration_invalid', 'CallDuration');
  const from = readParty(values, 'From', 'Caller', country);
  if (from === null) return park('party_invalid', 'From');
  const to = readParty(values, 'To', 'Called', country);
  if (to === null) return park('party_invalid', 'To');
  const direction = values.get('Direction') ?? '';
  const sequence = values.get('SequenceNumber') ?? '';
  return {
    type: status.type,
    result: resultOf(status.result, values.get('SipResponseCode')),
    durationMs: seconds === null ? null : seconds * 1000,
    answeredBy: readAnsweredBy(values.get('AnsweredBy')),
    direction: DIRECTIONS.has(direction) ? (direction as LegDirection) : null,
    sequence: /^\d{1,9}$/.test(sequence) ? Number(sequence) : null,
    from,
    to,
  };
}

/** Detection and recordings say nothing about the leg's progress or its ends. */
function readAttachment(kind: 'amd' | 'recording', values: Map<string, string>): Detail | Parked {
  const answeredBy = kind === 'amd' ? readAnsweredBy(values.get('AnsweredBy')) : null;
  if (kind === 'amd' && answeredBy === null) return park('answered_by_missing', 'AnsweredBy');
  if (kind === 'recording' && !values.get('RecordingSid')) return park('recording_sid_missing', 'RecordingSid');
  return {
    type: kind === 'amd' ? 'leg.analysis' : 'leg.recording',
    result: null,
    durationMs: null,
    answeredBy,
    direction: null,
    sequence: null,
    from: { kind: 'none' },
    to: { kind: 'none' },
  };
}

function readParty(values: Map<string, string>, name: string, alias: string, country: string): TranslatedParty | null {
  return parseParty(values.get(name) || values.get(alias) || '', country);
}

function resultOf(result: LegResult | null, sipCode: string | undefined): LegResult | null {
  return result === 'failed' && sipCode !== undefined && INVALID_NUMBER_CODES.has(sipCode) ? 'invalid' : result;
}

/** Null when absent, undefined when it is no duration. */
function readSeconds(text: string | undefined): number | null | undefined {
  if (text === undefined || text === '') return null;
  const seconds = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  return seconds <= CALL_SECONDS_MAX ? seconds : undefined;
}

/** `machine_start`, `machine_end_beep`, … are one thing: a machine. A word not known yet says nothing about who. */
function readAnsweredBy(text: string | undefined): AnsweredBy | null {
  if (text === undefined || text === '') return null;
  if (text === 'human' || text === 'fax') return text;
  return text === 'machine' || text.startsWith('machine_') ? 'machine' : 'unknown';
}

function park(reason: TwilioParkReason, field: string): Parked {
  return { ok: false, reason, field };
}
