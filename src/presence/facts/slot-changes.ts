/** Works quarter hours out again: what they hold now, what they held, and the difference. */
import type { PoolClient } from 'pg';
import type { PlacedTimes, SlotChange } from '../../calls/index.js';
import { slotStart } from '../../organisation/index.js';
import { LONGEST_MS } from '../spans/interval.js';
import { keyOfPlace, type Placement } from '../spans/placement.js';
import { isNoTime, STATE_COLUMNS } from '../spans/state-times.js';
import { timeline } from '../spans/timeline.js';
import { type AgentInterval, byAgent, intervalsWithin } from './interval.repository.js';
import { settledWithin, slotsWithin, writeSlots } from './presence.repository.js';
import { runsOf, type Stretch, slotsOf } from './touched-slots.js';

type Owned = Stretch & { agentId: number };

/** @param horizons by agent, where the open span begins: from there on nothing is closed */
export async function workOutSlots(
  tx: PoolClient,
  stretches: readonly Owned[],
  horizons: ReadonlyMap<number, number>,
  placement: Placement,
): Promise<SlotChange[]> {
  if (stretches.length === 0) return [];
  const runs: Owned[] = [];
  for (const [agentId, own] of byAgent(stretches)) {
    const narrow: Stretch[] = [];
    for (const stretch of own) narrow.push(...(await narrowed(tx, agentId, stretch)));
    for (const run of runsOf(slotsOf(narrow))) runs.push({ agentId, ...run });
  }
  const settled = await settledWithin(tx, runs);
  const intervals = await intervalsWithin(tx, runs);
  const isFree = ({ agentId, slotStart }: PlacedTimes): boolean => !settled.has(`${agentId}|${slotStart}`);
  const held = (await slotsWithin(tx, runs)).filter(isFree);
  const hold = runs
    .flatMap((run) => closedTimes(run, intervals.get(run.agentId) ?? [], horizons.get(run.agentId), placement))
    .filter(isFree);
  const changes = compare(held, hold);
  await writeSlots(
    tx,
    changes.flatMap(({ now }) => now ?? []),
    changes.flatMap(({ old, now }) => (now === null && old !== null ? [old] : [])),
  );
  return changes;
}

/** Closed time of one agent within a run of quarter hours. */
export function closedTimes(
  { agentId, from, to }: Owned,
  intervals: readonly AgentInterval[],
  horizon = Number.POSITIVE_INFINITY,
  placement: Placement,
): PlacedTimes[] {
  const until = Math.min(to, horizon);
  return until <= from ? [] : placement.times(agentId, timeline(intervals, from, until));
}

/** A long stretch (somebody said nothing for months) is looked through for what is in it. */
async function narrowed(tx: PoolClient, agentId: number, stretch: Stretch): Promise<Stretch[]> {
  if (stretch.to - stretch.from <= 2 * LONGEST_MS) return [stretch];
  const found = (await intervalsWithin(tx, [{ agentId, ...stretch }])).get(agentId) ?? [];
  // The quarter hour in which it begins holds time of before it and, so far, of what is no more.
  const held = await slotsWithin(tx, [{ agentId, from: slotStart(stretch.from), to: stretch.to }]);
  return [
    ...found
      .map(({ from, to }) => ({ from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }))
      .filter(({ from, to }) => from < to),
    ...held.map((row) => ({ from: row.slotStart, to: row.slotStart + 1 })),
  ];
}

function compare(held: readonly PlacedTimes[], hold: readonly PlacedTimes[]): SlotChange[] {
  const key = (row: PlacedTimes): string => `${row.agentId}|${keyOfPlace(row)}`;
  const before = new Map(held.map((row) => [key(row), row]));
  const changes: SlotChange[] = [];
  for (const now of hold) {
    if (isNoTime(now)) continue;
    const old = before.get(key(now)) ?? null;
    before.delete(key(now));
    if (old === null || STATE_COLUMNS.some((column) => old[column] !== now[column])) changes.push({ old, now });
  }
  for (const old of before.values()) changes.push({ old, now: null });
  return changes;
}
