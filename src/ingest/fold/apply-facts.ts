/**
 * Everything that follows from events, or from settings that changed, in one transaction and one order: calls, then
 * outcomes, then customers and sums. Whoever writes facts goes through here with the fold's lock held.
 */
import type { PoolClient } from 'pg';
import { applyBatch, type CallChange, type CallChanges, resolveAgain } from '../../calls/index.js';
import type { SettingsSnapshot } from '../../organisation/index.js';
import type { EventsByFamily } from '../log/stored-event.js';

export interface AppliedFacts {
  /** Settings as of the end of the transaction; the caller keeps them only after its commit. */
  settings: SettingsSnapshot;
  /** Facts that changed. */
  changed: number;
  /** Runs after the commit and never on a rollback. */
  afterCommit: () => void;
}

export async function applyEvents(
  tx: PoolClient,
  events: EventsByFamily,
  settings: SettingsSnapshot,
  sums: CallChanges,
): Promise<AppliedFacts> {
  const calls = await applyBatch(tx, events.calls, settings);
  return finish(tx, calls, sums);
}

/** Calls as they are, resolved again with other settings. */
export async function resolveCallsAgain(
  tx: PoolClient,
  keys: string[],
  settings: SettingsSnapshot,
  sums: CallChanges,
): Promise<AppliedFacts> {
  return finish(tx, await resolveAgain(tx, keys, settings), sums);
}

async function finish(
  tx: PoolClient,
  calls: { settings: SettingsSnapshot; changes: CallChange[] },
  sums: CallChanges,
): Promise<AppliedFacts> {
  const changes = { calls: calls.changes, outcomes: [] };
  const changed = changes.calls.length + changes.outcomes.length;
  const afterCommit = changed === 0 ? () => {} : await sums.apply(tx, changes);
  return { settings: calls.settings, changed, afterCommit };
}
