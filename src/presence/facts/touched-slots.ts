/** Which quarter hours of whom a change of intervals concerns. Pure. */
import { SLOT_MS, slotStart } from '../../organisation/index.js';
import { counts } from '../spans/interval.js';
import { type IntervalChange, type IntervalRow, sameMeaning } from './interval-row.js';

/** Half-open, epoch ms; may be unbounded above. */
export interface Stretch {
  from: number;
  to: number;
}

/** Where an agent's open span begins: before and after. Infinity: nothing is open. `lastEnd`: of all their intervals. */
export interface Horizon {
  old: number;
  now: number;
  lastEnd: number;
}

/** For each agent, where what they are said to do differs. */
export function differences(changes: readonly IntervalChange[]): Map<number, Stretch[]> {
  const found = new Map<number, Stretch[]>();
  const add = (row: IntervalRow, from: number, to: number): void => {
    if (row.agentId === 0) return;
    const stretches = found.get(row.agentId) ?? [];
    found.set(row.agentId, stretches);
    if (counts(row.state) && from < to) stretches.push({ from, to });
  };
  for (const { old, now } of changes) {
    if (old !== null && now !== null && sameMeaning(old, now)) {
      add(now, Math.min(old.from, now.from), Math.max(old.from, now.from));
      add(now, Math.min(old.to, now.to), Math.max(old.to, now.to));
      continue;
    }
    for (const row of [old, now]) if (row !== null) add(row, row.from, row.to);
  }
  return found;
}

/**
 * Stretches to work out again: the differences, and what was or becomes closed because the open span begins elsewhere.
 * Beyond the later of two horizons nothing is in the sums, before or after. Where only one of them exists, everything
 * behind it was or becomes part of them.
 */
export function touchedStretches(differing: readonly Stretch[], { old, now, lastEnd }: Horizon): Stretch[] {
  const oneOpen = Number.isFinite(old) !== Number.isFinite(now);
  // What ended at `from` and is open now was closed until there, and is in `lastEnd` no more.
  const ends = differing.flatMap(({ from, to }) => [from, to]).filter(Number.isFinite);
  const limit = oneOpen ? Math.max(lastEnd, Math.min(old, now), ...ends) : Math.max(old, now);
  const stretches = [...differing, { from: Math.min(old, now), to: Math.max(old, now) }];
  return stretches.map(({ from, to }) => ({ from, to: Math.min(to, limit) })).filter(({ from, to }) => from < to);
}

/** Starts of the quarter hours these stretches touch, in order. */
export function slotsOf(stretches: readonly Stretch[]): number[] {
  const slots = new Set<number>();
  for (const { from, to } of stretches) {
    for (let slot = slotStart(from); slot < to; slot += SLOT_MS) slots.add(slot);
  }
  return [...slots].sort((a, b) => a - b);
}

/** Neighbouring quarter hours as one stretch. */
export function runsOf(slots: readonly number[]): Stretch[] {
  const runs: Stretch[] = [];
  for (const slot of slots) {
    const last = runs.at(-1);
    if (last !== undefined && last.to === slot) last.to = slot + SLOT_MS;
    else runs.push({ from: slot, to: slot + SLOT_MS });
  }
  return runs;
}
