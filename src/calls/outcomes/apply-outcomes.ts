/**
 * What follows for outcomes, in the transaction that has just written the calls: events about outcomes are joined, and
 * every outcome that stands on something that changed (its call, its customer's calls, an agent now known) is resolved
 * again; then the calls get the disposition their outcomes give them. Everything that decides a number is pure.
 */
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import { createUnknowns, type SettingsSnapshot } from '../../organisation/index.js';
import type { Applied } from '../apply-batch.js';
import type { CallChange, FactChanges } from '../call-changes.port.js';
import type { CallFact } from '../call-fact.js';
import { loadCalls, writeDispositions } from '../calls.repository.js';
import { dispositionOf } from './call-disposition.js';
import { joinOutcomes, type OutcomeState, outcomeOf } from './merge-outcome.js';
import type { OutcomeEvent } from './outcome-event.js';
import type { OutcomeChange } from './outcome-fact.js';
import {
  findCalls,
  keptAmong,
  loadTouched,
  outcomesOfCalls,
  type StoredOutcome,
  type Touched,
  writeOutcomes,
} from './outcomes.repository.js';
import { callWanted, keepingWanted, resolveOutcome, unknownCampaign } from './resolve-outcome.js';

export interface OutcomesApplied {
  settings: SettingsSnapshot;
  changes: FactChanges;
}

/** `calls`: what the same transaction has done to calls. `again`: outcomes to resolve with other settings. */
export async function applyOutcomes(
  tx: PoolClient,
  events: readonly OutcomeEvent[],
  calls: Applied,
  again: readonly string[] = [],
): Promise<OutcomesApplied> {
  const incoming = joined(events);
  const before = await loadTouched(tx, touchedBy([...incoming.keys(), ...again], calls));
  if (incoming.size === 0 && before.length === 0) {
    return { settings: calls.settings, changes: { calls: calls.changes, outcomes: [] } };
  }
  const oldById = new Map(before.map((outcome) => [outcome.state.id, outcome]));
  const states = new Map(before.map(({ state }) => [state.id, state]));
  for (const [id, state] of incoming) {
    const known = states.get(id);
    states.set(id, known === undefined ? state : joinOutcomes(known, state));
  }
  const settings = await withCampaigns(tx, states.values(), calls.settings);
  const after = await resolveOutcomes(tx, [...states.values()], settings);
  const changed = after.filter((now) => !isDeepStrictEqual(now, oldById.get(now.state.id)));
  await writeOutcomes(tx, changed);
  const outcomes = changed.flatMap(({ fact }): OutcomeChange[] => {
    const old = oldById.get(fact.id)?.fact ?? null;
    return isDeepStrictEqual(old, fact) ? [] : [{ old, now: fact }];
  });
  const keys = [...before, ...after].flatMap(({ fact }) => fact.callKey ?? []);
  return { settings, changes: { calls: await dispose(tx, [...new Set(keys)], calls.changes), outcomes } };
}

function joined(events: readonly OutcomeEvent[]): Map<string, OutcomeState> {
  const states = new Map<string, OutcomeState>();
  for (const event of events) {
    const state = outcomeOf(event);
    const known = states.get(state.id);
    states.set(state.id, known === undefined ? state : joinOutcomes(known, state));
  }
  return states;
}

/** What of a call outcomes depend on: most events of a call change none of it, and then nothing is looked up. */
function standing(fact: CallFact | null): unknown[] {
  if (fact === null) return [];
  const { key, startedAt, customerRef, direction, counted, agentId, campaignId } = fact;
  return [key, startedAt, customerRef, direction, counted, agentId, campaignId];
}

function touchedBy(ids: readonly string[], { changes, newLegs, identities }: Applied): Touched {
  const callKeys = new Set<string>();
  const customers = new Set<string>();
  for (const { old, now } of changes) {
    if (isDeepStrictEqual(standing(old), standing(now))) continue;
    for (const fact of [old, now]) {
      if (fact === null) continue;
      callKeys.add(fact.key);
      if (fact.customerRef !== null) customers.add(fact.customerRef);
    }
  }
  return { ids, callKeys: [...callKeys], legs: newLegs, customers: [...customers], identities };
}

async function withCampaigns(
  tx: PoolClient,
  states: Iterable<OutcomeState>,
  settings: SettingsSnapshot,
): Promise<SettingsSnapshot> {
  const campaigns = [...states].flatMap((state) => unknownCampaign(state, settings) ?? []);
  return campaigns.length === 0 ? settings : createUnknowns(tx, { identities: [], campaigns });
}

/** Outcomes as their states, the settings and the calls in the database say. Reads only. */
export async function resolveOutcomes(
  tx: PoolClient,
  states: readonly OutcomeState[],
  settings: SettingsSnapshot,
): Promise<StoredOutcome[]> {
  const wanted = new Map(
    states.flatMap((state) => {
      const want = callWanted(state, settings);
      return want === null ? [] : [[state.id, want] as const];
    }),
  );
  const calls = await findCalls(tx, wanted);
  const kept = await keptAmong(
    tx,
    states.flatMap((state) => {
      const call = calls.get(state.id) ?? null;
      const wanted = keepingWanted(state, call, settings);
      return wanted === null ? [] : [{ id: state.id, ...wanted }];
    }),
  );
  return states.map((state) => {
    const call = calls.get(state.id) ?? null;
    return { state, fact: resolveOutcome(state, settings, { call, kept: kept.has(state.id) }) };
  });
}

/** Gives these calls what their outcomes say, and returns all changes of calls with it. */
async function dispose(tx: PoolClient, keys: readonly string[], changes: CallChange[]): Promise<CallChange[]> {
  const byKey = new Map<string, CallChange>();
  for (const change of changes) if (change.now !== null) byKey.set(change.now.key, change);
  const said = await outcomesOfCalls(tx, keys);
  const elsewhere = await loadCalls(
    tx,
    keys.filter((key) => !byKey.has(key)),
  );
  for (const { fact } of elsewhere) byKey.set(fact.key, { old: fact, now: fact });
  const disposed: CallFact[] = [];
  for (const key of keys) {
    const change = byKey.get(key);
    if (change === undefined || change.now === null) continue;
    const now = { ...change.now, ...dispositionOf(said.get(key) ?? []) };
    if (isDeepStrictEqual(now, change.now)) continue;
    byKey.set(key, { old: change.old, now });
    disposed.push(now);
  }
  await writeDispositions(tx, disposed);
  const gone = changes.filter(({ now }) => now === null);
  return [...gone, ...byKey.values()].filter(({ old, now }) => !isDeepStrictEqual(old, now));
}
