/**
 * A batch of events onto the facts of calls, in the caller's transaction: join, regroup, derive, resolve, write what
 * changed. Everything that decides a number is pure and lives in merge/ and derive/. The caller goes on with what follows
 * from the changes (outcomes, sums) in the same transaction.
 */
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import { createUnknowns, type SettingsSnapshot } from '../organisation/index.js';
import type { CallChange } from './call-changes.port.js';
import type { CallEvent } from './call-event.js';
import type { CallFact, CallShape } from './call-fact.js';
import { callKeysOfLegs, deleteCalls, loadCalls, type StoredCall, writeCalls, writeLegs } from './calls.repository.js';
import { deriveCall } from './derive/derive-call.js';
import { components, joinInto, type LegMap } from './merge/grouping.js';
import { legOf } from './merge/leg-state.js';
import { resolveCall, unknownsOf } from './resolve-call.js';

export interface Applied {
  /** Settings as of now; the caller keeps them only after its commit. */
  settings: SettingsSnapshot;
  changes: CallChange[];
  /** Legs that were in no call before. */
  newLegs: string[];
  /** Agents' addresses that nobody had before. */
  identities: string[];
}

export async function applyBatch(tx: PoolClient, events: CallEvent[], settings: SettingsSnapshot): Promise<Applied> {
  const incoming: LegMap = new Map();
  joinInto(incoming, events.map(legOf));
  const keys = await callKeysOfLegs(tx, [...incoming.keys()]);
  const before = await loadCalls(tx, [...keys]);
  const merged: LegMap = new Map();
  for (const call of before) joinInto(merged, call.legs);
  joinInto(merged, incoming.values());
  return settle(tx, before, components(merged), settings);
}

/**
 * Calls as they are, resolved again with other settings. Their events are not read: the joined legs are all a call is
 * made of. Keys that are no call (any more) are passed over.
 */
export async function resolveAgain(tx: PoolClient, keys: string[], settings: SettingsSnapshot): Promise<Applied> {
  const before = await loadCalls(tx, keys);
  const groups = before.map(({ legs }) => new Map(legs.map((leg) => [leg.id, leg])));
  return settle(tx, before, groups, settings);
}

async function settle(
  tx: PoolClient,
  before: StoredCall[],
  calls: LegMap[],
  known: SettingsSnapshot,
): Promise<Applied> {
  const groups = calls.map((legs) => ({ legs, shape: deriveCall(legs) }));
  const { settings, identities } = await withUnknowns(tx, groups, known);
  // What outcomes said stays until their turn comes.
  const said = new Map(before.map(({ fact }) => [fact.key, fact]));
  const after = groups.map(({ legs, shape }) => ({ legs, fact: resolveCall(shape, settings, said.get(shape.key)) }));
  return { settings, identities, ...(await write(tx, before, after)) };
}

async function withUnknowns(
  tx: PoolClient,
  groups: { shape: CallShape }[],
  settings: SettingsSnapshot,
): Promise<Pick<Applied, 'settings' | 'identities'>> {
  const unknowns = groups.map(({ shape }) => unknownsOf(shape, settings));
  const identities = unknowns.flatMap((entry) => entry.identities);
  const campaigns = unknowns.flatMap((entry) => entry.campaigns);
  if (identities.length + campaigns.length === 0) return { settings, identities };
  return { settings: await createUnknowns(tx, { identities, campaigns }), identities };
}

/** Writes what differs and returns it as changes of facts. */
async function write(
  tx: PoolClient,
  before: StoredCall[],
  after: { legs: LegMap; fact: CallFact }[],
): Promise<Pick<Applied, 'changes' | 'newLegs'>> {
  const oldByKey = new Map(before.map((call) => [call.fact.key, call]));
  const changes: CallChange[] = [];
  const rows: { fact: CallFact; legs: LegMap }[] = [];
  const legs: { leg: string; key: string }[] = [];
  for (const { legs: group, fact } of after) {
    const old = oldByKey.get(fact.key);
    oldByKey.delete(fact.key);
    const sameFact = old !== undefined && isDeepStrictEqual(old.fact, fact);
    const sameLegs = old !== undefined && isDeepStrictEqual(old.legs, [...group.values()]);
    if (!sameFact) changes.push({ old: old?.fact ?? null, now: fact });
    if (!sameFact || !sameLegs) rows.push({ fact, legs: group });
    const known = new Set(old?.legs.map((leg) => leg.id));
    for (const leg of group.keys()) if (!known.has(leg)) legs.push({ leg, key: fact.key });
  }
  // What is left was absorbed by another call when a deeper parent appeared.
  const absorbed = [...oldByKey.values()];
  for (const call of absorbed) changes.push({ old: call.fact, now: null });
  await deleteCalls(
    tx,
    absorbed.map((call) => call.fact.key),
  );
  await writeCalls(tx, rows);
  await writeLegs(tx, legs);
  return { changes, newLegs: legs.map(({ leg }) => leg) };
}
