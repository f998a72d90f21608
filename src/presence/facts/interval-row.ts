/** Intervals as rows, and what a change of them is. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { CallFact } from '../../calls/index.js';
import type { AgentState } from '../../shared/presence.js';
import type { Mark } from '../marks/mark.js';
import { LONGEST_MS } from '../spans/interval.js';

export interface IntervalRow {
  stream: string;
  /** Epoch ms. */
  from: number;
  /** Infinity: nothing has ended it. */
  to: number;
  agentId: number;
  state: AgentState;
  reason: string | null;
  /** Null: of a call. */
  mark: Mark | null;
}

export interface IntervalChange {
  old: IntervalRow | null;
  now: IntervalRow | null;
}

const CALL_STREAM = 'call|';

export function callKeyOf(stream: string): string | null {
  return stream.startsWith(CALL_STREAM) ? stream.slice(CALL_STREAM.length, stream.lastIndexOf('|')) : null;
}

/** Where an interval that began at `from` ends when the next one of its stream begins at `next`. */
export function endOf(from: number, next: number): number {
  return next === Number.POSITIVE_INFINITY ? next : Math.min(next, from + LONGEST_MS);
}

/** A task that is over says nothing more about its agent; a status `offline` holds until another one. */
export function endOfMark({ stream, state, from }: IntervalRow, next: number): number {
  return state === 'offline' && stream.startsWith('task|') ? from : endOf(from, next);
}

export function rowsOfCall(fact: CallFact | null): IntervalRow[] {
  if (fact === null) return [];
  return fact.busy.map(({ agent, from, to }) => ({
    stream: `${CALL_STREAM}${fact.key}|${agent}`,
    from,
    to: endOf(from, to ?? Number.POSITIVE_INFINITY),
    agentId: agent,
    state: 'on_call',
    reason: null,
    mark: null,
  }));
}

export const rowKey = ({ stream, from }: Pick<IntervalRow, 'stream' | 'from'>): string => `${stream}\n${from}`;

/** What makes other rows of these; rows that stay the same are left out. */
export function changesBetween(old: readonly IntervalRow[], now: readonly IntervalRow[]): IntervalChange[] {
  const before = new Map(old.map((row) => [rowKey(row), row]));
  const changes: IntervalChange[] = [];
  for (const row of now) {
    const known = before.get(rowKey(row)) ?? null;
    before.delete(rowKey(row));
    if (known === null || !sameRow(known, row)) changes.push({ old: known, now: row });
  }
  for (const gone of before.values()) changes.push({ old: gone, now: null });
  return changes;
}

function sameRow(a: IntervalRow, b: IntervalRow): boolean {
  return sameMeaning(a, b) && a.to === b.to && isDeepStrictEqual(a.mark, b.mark);
}

export function sameMeaning(a: IntervalRow, b: IntervalRow): boolean {
  return a.agentId === b.agentId && a.state === b.state && a.reason === b.reason;
}
