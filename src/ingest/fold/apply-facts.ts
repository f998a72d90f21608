/**
 * Everything that follows from events, or from settings that changed, in one transaction and one order: calls, then
 * outcomes, then agent states, then customers and sums. Whoever writes facts goes through here with the fold's lock held.
 */
import type { PoolClient } from 'pg';
import {
  type Applied,
  applyBatch,
  applyOutcomes,
  type CallChanges,
  type OutcomeEvent,
  resolveAgain,
} from '../../calls/index.js';
import type { SettingsSnapshot } from '../../organisation/index.js';
import { applyPresence, knowWorkers, type PresenceEvent } from '../../presence/index.js';
import type { EventsByFamily } from '../log/stored-event.js';

export interface AppliedFacts {
  /** Settings as of the end of the transaction; the caller keeps them only after its commit. */
  settings: SettingsSnapshot;
  /** Calls that changed. */
  calls: number;
  /** Anything at all. */
  changed: boolean;
  /** Runs after the commit and never on a rollback. */
  afterCommit: () => void;
}

export async function applyEvents(
  tx: PoolClient,
  events: EventsByFamily,
  settings: SettingsSnapshot,
  sums: CallChanges,
): Promise<AppliedFacts> {
  const known = await knowWorkers(tx, events.presence, settings);
  const calls = await applyBatch(tx, events.calls, known);
  const identities = [...calls.identities, ...newAddresses(settings, known)];
  return finish(tx, { ...calls, identities }, events.outcomes, [], sums, events.presence);
}

/** Outcomes may have named them before. */
function newAddresses(before: SettingsSnapshot, now: SettingsSnapshot): string[] {
  if (before === now) return [];
  const made = [...now.data.addresses.keys()].filter((address) => !before.data.addresses.has(address));
  return made.map((address) => address.slice(address.indexOf(':') + 1));
}

/** Calls as they are, resolved again with other settings. */
export async function resolveCallsAgain(
  tx: PoolClient,
  keys: string[],
  settings: SettingsSnapshot,
  sums: CallChanges,
): Promise<AppliedFacts> {
  return finish(tx, await resolveAgain(tx, keys, settings), [], [], sums);
}

/** Outcomes as they are, resolved again with other settings. */
export async function resolveOutcomesAgain(
  tx: PoolClient,
  ids: readonly string[],
  settings: SettingsSnapshot,
  sums: CallChanges,
): Promise<AppliedFacts> {
  return finish(tx, { settings, changes: [], newLegs: [], identities: [] }, [], ids, sums);
}

async function finish(
  tx: PoolClient,
  calls: Applied,
  events: readonly OutcomeEvent[],
  again: readonly string[],
  sums: CallChanges,
  states: readonly PresenceEvent[] = [],
): Promise<AppliedFacts> {
  const { settings, changes } = await applyOutcomes(tx, events, calls, again);
  const presence = await applyPresence(tx, { events: states, calls: changes.calls }, settings);
  const changed = changes.calls.length + changes.outcomes.length + presence.now.length + presence.slots.length;
  const afterCommit = changed === 0 ? () => {} : await sums.apply(tx, { ...changes, presence });
  return { settings, calls: changes.calls.length, changed: changed > 0, afterCommit };
}
