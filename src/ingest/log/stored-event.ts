/** The normalised event as the log keeps it: columns and a small JSON; no number, no name of a customer. Pure. */
import { hash } from 'node:crypto';
import type { CallEvent, EventParty, TranslatedEvent, TranslatedParty } from '../../calls/index.js';

export const PARTITIONS = 16;

/** `fields` of call_event. Absent = null. */
export interface StoredFields {
  direction?: CallEvent['direction'];
  sequence?: number;
  result?: CallEvent['result'];
  durationMs?: number;
  answeredBy?: CallEvent['answeredBy'];
  agent?: string;
  campaign?: string;
  from?: EventParty;
  to?: EventParty;
  /** The provider gave no readable time; `occurred_at` is the receipt time. */
  timeReceived?: true;
  /** Country by which local numbers were read, so that the body translates to the same event later. */
  country: string;
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

export function numbersOf(event: TranslatedEvent): string[] {
  return [event.from, event.to].flatMap((party) => (party.kind === 'tel' ? [party.number] : []));
}

function withoutNumber(party: TranslatedParty, surrogates: ReadonlyMap<string, string>): EventParty {
  if (party.kind !== 'tel') return party;
  const ref = surrogates.get(party.number);
  if (ref === undefined) throw new Error('No surrogate was made for a number of this event');
  return { kind: 'tel', ref };
}

export function toStored(
  event: TranslatedEvent,
  surrogates: ReadonlyMap<string, string>,
  receivedAt: number,
  country: string,
): StoredEvent {
  const fields: StoredFields = { country };
  if (event.direction !== null) fields.direction = event.direction;
  if (event.sequence !== null) fields.sequence = event.sequence;
  if (event.result !== null) fields.result = event.result;
  if (event.durationMs !== null) fields.durationMs = event.durationMs;
  if (event.answeredBy !== null) fields.answeredBy = event.answeredBy;
  if (event.agentParam !== null) fields.agent = event.agentParam;
  if (event.campaignParam !== null) fields.campaign = event.campaignParam;
  if (event.from.kind !== 'none') fields.from = withoutNumber(event.from, surrogates);
  if (event.to.kind !== 'none') fields.to = withoutNumber(event.to, surrogates);
  if (event.occurredAt === null) fields.timeReceived = true;
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

export function toCallEvent(stored: StoredEvent): CallEvent {
  const { fields } = stored;
  return {
    provider: stored.provider,
    account: stored.account,
    type: stored.type as CallEvent['type'],
    legId: stored.legId,
    parentLegId: stored.parentLegId,
    direction: fields.direction ?? null,
    sequence: fields.sequence ?? null,
    result: fields.result ?? null,
    durationMs: fields.durationMs ?? null,
    answeredBy: fields.answeredBy ?? null,
    agentParam: fields.agent ?? null,
    campaignParam: fields.campaign ?? null,
    occurredAt: stored.occurredAt,
    occurredAtReceived: fields.timeReceived === true,
    from: fields.from ?? { kind: 'none' },
    to: fields.to ?? { kind: 'none' },
  };
}
