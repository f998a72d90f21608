/**
 * The families of events the one log holds, told apart by their type: calls (`leg.*`, `call.stale`), outcomes
 * (`outcome.*`) and agent states (`presence.*`). All of them share the columns of `call_event`; what the log has to know of
 * a family beyond them is here: whose numbers and names an event holds, and how it is written and read. Pure.
 */
import type {
  EventParty,
  OutcomeTold,
  TranslatedEvent,
  TranslatedOutcome,
  TranslatedParty,
} from '../../calls/index.js';
import type { PresenceTold, TranslatedPresence } from '../../presence/index.js';

export type Family = 'call' | 'outcome' | 'presence';

/** What translators give. */
export type Translated = TranslatedEvent | TranslatedOutcome | TranslatedPresence;

export function familyOf(type: string): Family {
  if (type.startsWith('outcome.')) return 'outcome';
  return type.startsWith('presence.') ? 'presence' : 'call';
}

export function isOutcome(event: Translated): event is TranslatedOutcome {
  return familyOf(event.type) === 'outcome';
}

export function isPresence(event: Translated): event is TranslatedPresence {
  return familyOf(event.type) === 'presence';
}

/** SQL condition: events of calls. The only ones whose leg_id is the id of a leg. */
export const callEventsSql = (alias: string): string =>
  `${alias}.type NOT LIKE 'outcome.%' AND ${alias}.type NOT LIKE 'presence.%'`;

/** Fields every family has in common, for whoever looks for people in the log. */
export interface SharedFields {
  agent?: string;
  campaign?: string;
  from?: EventParty;
  to?: EventParty;
  /** No readable time was given; `occurred_at` is the receipt time. */
  timeReceived?: true;
  /** Country by which local numbers were read, so that the body translates to the same event later. */
  country: string;
}

/** Of agent states only. */
export interface PresenceFields {
  presence?: PresenceTold;
}

/** Of outcomes only. */
export interface OutcomeFields {
  outcome?: OutcomeTold;
}

export function numbersOf(event: Translated): string[] {
  return [event.from, event.to].flatMap((party) => (party.kind === 'tel' ? [party.number] : []));
}

/** Names in phone systems. */
export function namesOf(event: Pick<Translated, 'agentParam' | 'from' | 'to'>): string[] {
  const identities = [event.from, event.to].flatMap((party) => ('identity' in party ? [party.identity] : []));
  return event.agentParam === null ? identities : [event.agentParam, ...identities];
}

/** Under which ids somebody the event names may be known from before: legs of calls, outcomes. */
export function legsOf(event: Translated): string[] {
  if (isOutcome(event)) return event.told.call === undefined ? [event.legId] : [event.legId, event.told.call];
  return event.parentLegId === null ? [event.legId] : [event.legId, event.parentLegId];
}

export function renamed<T extends Translated>(event: T, pseudonyms: ReadonlyMap<string, string>): T {
  if (pseudonyms.size === 0) return event;
  const name = (text: string): string => pseudonyms.get(text) ?? text;
  const party = <P extends TranslatedParty>(end: P): P =>
    'identity' in end ? { ...end, identity: name(end.identity) } : end;
  return {
    ...event,
    agentParam: event.agentParam === null ? null : name(event.agentParam),
    from: party(event.from),
    to: party(event.to),
  };
}
