/** Names of an agent in events and legs, replaced by pseudonyms. Pure. */
import type { EventParty, LegState } from '../calls/index.js';
import type { StoredFields } from '../ingest/index.js';

export type Pseudonyms = ReadonlyMap<string, string>;

function renamedParty<P extends EventParty | undefined>(party: P, names: Pseudonyms): P {
  if (party === undefined || !('identity' in party)) return party;
  const pseudonym = names.get(party.identity);
  return pseudonym === undefined ? party : { ...party, identity: pseudonym };
}

export function renamedFields(fields: StoredFields, names: Pseudonyms): StoredFields {
  const { agent, from, to } = fields;
  return {
    ...fields,
    ...(agent === undefined ? {} : { agent: names.get(agent) ?? agent }),
    ...(from === undefined ? {} : { from: renamedParty(from, names) }),
    ...(to === undefined ? {} : { to: renamedParty(to, names) }),
  };
}

export function renamedLeg(leg: LegState, names: Pseudonyms): LegState {
  return {
    ...leg,
    agentParam: leg.agentParam === null ? null : (names.get(leg.agentParam) ?? leg.agentParam),
    from: renamedParty(leg.from, names),
    to: renamedParty(leg.to, names),
  };
}

/**
 * A leg whose events contradict each other about who was on it takes the name that sorts first (leg-state.ts), and a
 * pseudonym sorts elsewhere than the name it stands for. So that the call stays with whom it counted for, all events of
 * such a leg get the name that won.
 */
export function levelled(fields: StoredFields, leg: LegState): StoredFields {
  const party = (end: EventParty | undefined, won: EventParty): EventParty | undefined =>
    end !== undefined && 'identity' in end && 'identity' in won && end.kind === won.kind ? won : end;
  const { agent, from, to } = fields;
  return {
    ...fields,
    ...(agent === undefined || leg.agentParam === null ? {} : { agent: leg.agentParam }),
    ...(from === undefined ? {} : { from: party(from, leg.from) }),
    ...(to === undefined ? {} : { to: party(to, leg.to) }),
  } as StoredFields;
}
