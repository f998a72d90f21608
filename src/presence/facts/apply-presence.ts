/**
 * Agent states in the caller's transaction: events and changed calls become intervals, intervals closed time by quarter
 * hour and what everybody does now. Returns what the sums have to change by. The caller holds the fold's lock; everything
 * that decides a number is pure and lives in spans/, marks/ and touched-slots.
 */
import type { PoolClient } from 'pg';
import { type CallChange, NO_PRESENCE_CHANGES, type PresenceChanges, type PresenceNow } from '../../calls/index.js';
import type { SettingsSnapshot } from '../../organisation/index.js';
import { AGENT_STATES } from '../../shared/presence.js';
import type { PresenceEvent } from '../presence-event.js';
import { openStart } from '../spans/open-span.js';
import { Placement, placementSource } from '../spans/placement.js';
import { byAgent, lastEnds, openIntervals, writeIntervals } from './interval.repository.js';
import { changesBetween, type IntervalChange, rowsOfCall } from './interval-row.js';
import { marked } from './marked-streams.js';
import { type PresenceRow, presencesOf, writePresences } from './presence.repository.js';
import { workOutSlots } from './slot-changes.js';
import { differences, type Stretch, touchedStretches } from './touched-slots.js';

const WORKING = AGENT_STATES.filter((state) => state !== 'offline');

export async function applyPresence(
  tx: PoolClient,
  { events, calls }: { events: readonly PresenceEvent[]; calls: readonly CallChange[] },
  settings: SettingsSnapshot,
): Promise<PresenceChanges> {
  const ofCalls = calls.flatMap(({ old, now }) => changesBetween(rowsOfCall(old), rowsOfCall(now)));
  return settleIntervals(tx, [...ofCalls, ...(await marked(tx, events, settings))], settings);
}

/** Writes these intervals and everything that follows from them. `again`: quarter hours to work out whatever they say. */
export async function settleIntervals(
  tx: PoolClient,
  changes: readonly IntervalChange[],
  settings: SettingsSnapshot,
  again: ReadonlyMap<number, Stretch[]> = new Map(),
): Promise<PresenceChanges> {
  if (changes.length === 0 && again.size === 0) return NO_PRESENCE_CHANGES;
  await writeIntervals(tx, changes);
  const differing = differences(changes);
  for (const [agent, stretches] of again) differing.set(agent, [...(differing.get(agent) ?? []), ...stretches]);
  const agents = [...differing.keys()].sort((a, b) => a - b);
  const { before, after } = await rewritePresences(tx, agents);
  const ends = await endsWhereNeeded(tx, agents, before, after);
  const stretches = agents.flatMap((agentId) => {
    const horizon = { old: openSince(before.get(agentId)), now: openSince(after.get(agentId)) };
    const lastEnd = ends.get(agentId) ?? Number.NEGATIVE_INFINITY;
    return touchedStretches(differing.get(agentId) ?? [], { ...horizon, lastEnd }).map((one) => ({ agentId, ...one }));
  });
  const horizons = new Map(agents.map((id) => [id, openSince(after.get(id))]));
  const placement = new Placement(placementSource(settings));
  const slots = await workOutSlots(tx, stretches, horizons, placement);
  return { slots, now: agents.map((id) => nowOf(id, after.get(id), settings)) };
}

/** Stores what these agents do now, by their intervals; returns it as it was and as it is. */
export async function rewritePresences(
  tx: PoolClient,
  agents: readonly number[],
): Promise<{ before: Map<number, PresenceRow>; after: Map<number, PresenceRow> }> {
  const before = await presencesOf(tx, agents);
  const after = await presencesNow(tx, agents);
  await writePresences(
    tx,
    agents.flatMap((id) => changedPresence(before.get(id), after.get(id))),
    agents.filter((id) => before.has(id) && !after.has(id)),
  );
  return { before, after };
}

/** Where an agent's open span begins; Infinity when none is open. */
export function openSince(row: PresenceRow | undefined): number {
  return row === undefined || row.state === 'offline'
    ? Number.POSITIVE_INFINITY
    : (row.since ?? Number.POSITIVE_INFINITY);
}

/** What these agents do now by their intervals; nobody of whom no source has said anything that holds. */
export async function presencesNow(tx: PoolClient, agents: readonly number[]): Promise<Map<number, PresenceRow>> {
  const open = byAgent(await openIntervals(tx, agents));
  const starts = agents.flatMap((agentId) => {
    const start = openStart(open.get(agentId) ?? [], AGENT_STATES);
    return start === null ? [] : [{ agentId, ...start }];
  });
  const started = new Map(starts.map((start) => [start.agentId, start]));
  const away = agents.filter((id) => !started.has(id) && open.has(id));
  const ends = await lastEnds(tx, [
    ...starts
      .filter(({ above }) => above.length > 0)
      .map(({ agentId, since, above }) => ({ agentId, after: since, states: above })),
    ...away.map((agentId) => ({ agentId, after: null, states: WORKING })),
  ]);
  const rows = new Map<number, PresenceRow>();
  for (const { agentId, state, reason, callKey, since } of starts) {
    rows.set(agentId, { agentId, state, reason, callKey, since: Math.max(since, ends.get(agentId) ?? since) });
  }
  for (const agentId of away) {
    const said = Math.min(...(open.get(agentId) ?? []).map(({ from }) => from));
    const since = Math.max(said, ends.get(agentId) ?? said);
    rows.set(agentId, { agentId, state: 'offline', reason: null, callKey: null, since });
  }
  return rows;
}

function changedPresence(old: PresenceRow | undefined, now: PresenceRow | undefined): PresenceRow[] {
  if (now === undefined) return [];
  const same =
    old !== undefined &&
    old.state === now.state &&
    old.reason === now.reason &&
    old.since === now.since &&
    old.callKey === now.callKey;
  return same ? [] : [now];
}

/** Only where somebody's open span appears or vanishes it matters how far their intervals reach. */
async function endsWhereNeeded(
  tx: PoolClient,
  agents: readonly number[],
  before: ReadonlyMap<number, PresenceRow>,
  after: ReadonlyMap<number, PresenceRow>,
): Promise<Map<number, number>> {
  const isOpen = (row: PresenceRow | undefined): boolean => Number.isFinite(openSince(row));
  const asked = agents.filter((id) => isOpen(before.get(id)) !== isOpen(after.get(id)));
  return lastEnds(
    tx,
    asked.map((agentId) => ({ agentId, after: null, states: WORKING })),
  );
}

function nowOf(agentId: number, row: PresenceRow | undefined, settings: SettingsSnapshot): PresenceNow {
  const { state = null, reason = null, since = null, callKey = null } = row ?? {};
  return {
    agentId,
    teamId: settings.teamOf(agentId, since ?? Number.POSITIVE_INFINITY),
    state,
    reason,
    since,
    callKey,
  };
}
