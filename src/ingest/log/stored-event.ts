/** The normalised event as the log keeps it: columns and a small JSON; no number, no name of a customer. Pure. */
import { hash } from 'node:crypto';
import type { CallEvent, EventParty, OutcomeEvent, TranslatedEvent, TranslatedParty } from '../../calls/index.js';
import type { PresenceEvent } from '../../presence/index.js';
import {
  familyOf,
  isOutcome,
  isPresence,
  type OutcomeFields,
  type PresenceFields,
  type SharedFields,
  type Translated,
} from './families.js';

export const PARTITIONS = 16;

/** `fields` of call_event. Absent = null. */
export interface StoredFields extends SharedFields, OutcomeFields, PresenceFields {
  direction?: CallEvent['direction'];
  sequence?: number;
  result?: CallEvent['result'];
  durationMs?: number;
  answeredBy?: CallEvent['answeredBy'];
}

export interface StoredEvent {
  provider: string;
  account: string;
  type: string;
  legId: string;
  parentLegId: string | null;
  partition: number;
  occurredAt: number;
  fields: StoredFields;
}

/** An event of the log as the fold takes it. */
export interface PendingEvent extends StoredEvent {
  id: string;
  receivedAt: number;
}

export function partitionOf(callKey: string): number {
  return hash('md5', callKey, 'buffer').readUInt8(0) % PARTITIONS;
}

function withoutNumber(party: TranslatedParty, surrogates: ReadonlyMap<string, string>): EventParty {
  if (party.kind !== 'tel') return party;
  const ref = surrogates.get(party.number);
  if (ref === undefined) throw new Error('No surrogate was made for a number of this event');
  return { kind: 'tel', ref };
}

export function toStored(
  event: Translated,
  surrogates: ReadonlyMap<string, string>,
  receivedAt: number,
  country: string,
): StoredEvent {
  const fields: StoredFields = { country };
  if (event.agentParam !== null) fields.agent = event.agentParam;
  if (event.campaignParam !== null) fields.campaign = event.campaignParam;
  if (event.from.kind !== 'none') fields.from = withoutNumber(event.from, surrogates);
  if (event.to.kind !== 'none') fields.to = withoutNumber(event.to, surrogates);
  if (event.occurredAt === null) fields.timeReceived = true;
  if (isOutcome(event)) fields.outcome = event.told;
  else if (isPresence(event)) fields.presence = event.told;
  else addCallFields(fields, event);
  return {
    provider: event.provider,
    account: event.account,
    type: event.type,
    legId: event.legId,
    parentLegId: event.parentLegId,
    partition: partitionOf(event.parentLegId ?? event.legId),
    occurredAt: event.occurredAt ?? receivedAt,
    fields,
  };
}

function addCallFields(fields: StoredFields, event: TranslatedEvent): void {
  if (event.direction !== null) fields.direction = event.direction;
  if (event.sequence !== null) fields.sequence = event.sequence;
  if (event.result !== null) fields.result = event.result;
  if (event.durationMs !== null) fields.durationMs = event.durationMs;
  if (event.answeredBy !== null) fields.answeredBy = event.answeredBy;
}

const NOBODY: EventParty = { kind: 'none' };

/**
 * Each field by its name, like everything that is made for every event: an object that begins as a copy of another
 * (`...`) takes many times the memory, and the collector then costs more than the work.
 */
export function toCallEvent(stored: StoredEvent): CallEvent {
  const { fields } = stored;
  return {
    provider: stored.provider,
    account: stored.account,
    type: stored.type as CallEvent['type'],
    legId: stored.legId,
    parentLegId: stored.parentLegId,
    agentParam: fields.agent ?? null,
    campaignParam: fields.campaign ?? null,
    occurredAt: stored.occurredAt,
    occurredAtReceived: fields.timeReceived === true,
    from: fields.from ?? NOBODY,
    to: fields.to ?? NOBODY,
    direction: fields.direction ?? null,
    sequence: fields.sequence ?? null,
    result: fields.result ?? null,
    durationMs: fields.durationMs ?? null,
    answeredBy: fields.answeredBy ?? null,
  };
}

/** What the other families read back alike. */
function sharedOf({ provider, account, legId, occurredAt, fields }: StoredEvent) {
  return {
    provider,
    account,
    legId,
    agentParam: fields.agent ?? null,
    campaignParam: fields.campaign ?? null,
    occurredAt,
    occurredAtReceived: fields.timeReceived === true,
    from: fields.from ?? NOBODY,
    to: fields.to ?? NOBODY,
  };
}

export function toOutcomeEvent(stored: StoredEvent): OutcomeEvent {
  return {
    ...sharedOf(stored),
    type: stored.type as OutcomeEvent['type'],
    parentLegId: null,
    told: stored.fields.outcome ?? { version: 0 },
  };
}

export function toPresenceEvent(stored: StoredEvent): PresenceEvent {
  const { from, agentParam, legId, provider, account, occurredAt } = sharedOf(stored);
  const type = stored.type as PresenceEvent['type'];
  const shared = { provider, account, type, legId, agentParam, occurredAt, from };
  return { ...shared, parentLegId: null, campaignParam: null, told: stored.fields.presence ?? {} };
}

/** A batch by family, as the fold applies it. */
export interface EventsByFamily {
  calls: CallEvent[];
  outcomes: OutcomeEvent[];
  presence: PresenceEvent[];
}

export function byFamily(events: readonly StoredEvent[]): EventsByFamily {
  const result: EventsByFamily = { calls: [], outcomes: [], presence: [] };
  for (const event of events) {
    const family = familyOf(event.type);
    if (family === 'call') result.calls.push(toCallEvent(event));
    else if (family === 'outcome') result.outcomes.push(toOutcomeEvent(event));
    else result.presence.push(toPresenceEvent(event));
  }
  return result;
}
