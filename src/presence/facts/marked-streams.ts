/** Events become marks of their streams, and marks intervals: each until the next. */
import type { PoolClient } from 'pg';
import type { SettingsSnapshot } from '../../organisation/index.js';
import { joinMarks, type Mark, markOf } from '../marks/mark.js';
import { resolveMark } from '../marks/resolve-mark.js';
import type { PresenceEvent } from '../presence-event.js';
import { neighbours } from './interval.repository.js';
import { changesBetween, endOfMark, type IntervalChange, type IntervalRow } from './interval-row.js';

interface NewMark {
  stream: string;
  at: number;
  mark: Mark;
}

export async function marked(
  tx: PoolClient,
  events: readonly PresenceEvent[],
  settings: SettingsSnapshot,
): Promise<IntervalChange[]> {
  if (events.length === 0) return [];
  const marks = joinedMarks(events);
  const known = await neighbours(
    tx,
    marks.map(({ stream, at }) => ({ stream, at })),
  );
  return withMarks(known, marks, settings);
}

/** One mark an instant of a stream. */
export function joinedMarks(events: readonly PresenceEvent[]): NewMark[] {
  const marks = new Map<string, NewMark>();
  for (const event of events) {
    const { legId: stream, occurredAt: at } = event;
    const id = `${stream}\n${at}`;
    const known = marks.get(id);
    const mark = markOf(event);
    marks.set(id, { stream, at, mark: known === undefined ? mark : joinMarks(known.mark, mark) });
  }
  return [...marks.values()];
}

/** @param known of each new mark the row that is there, the one before and the one after. Pure. */
export function withMarks(
  known: readonly IntervalRow[],
  marks: readonly NewMark[],
  settings: SettingsSnapshot,
): IntervalChange[] {
  const fresh = new Set<IntervalRow>();
  const byStream = new Map<string, Map<number, IntervalRow>>();
  const rowsIn = (stream: string): Map<number, IntervalRow> => {
    const rows = byStream.get(stream) ?? new Map<number, IntervalRow>();
    byStream.set(stream, rows);
    return rows;
  };
  for (const row of known) rowsIn(row.stream).set(row.from, row);
  for (const { stream, at, mark: said } of marks) {
    const there = rowsIn(stream).get(at);
    const mark = there?.mark == null ? said : joinMarks(there.mark, said);
    const row: IntervalRow = { stream, from: at, to: at, mark, ...resolveMark(mark, settings) };
    fresh.add(row);
    rowsIn(stream).set(at, row);
  }
  const now: IntervalRow[] = [];
  for (const rows of byStream.values()) {
    const ordered = [...rows.values()].sort((a, b) => a.from - b.from);
    ordered.forEach((row, i) => {
      const next = ordered[i + 1];
      // Between two known rows there may be others that were not asked for: only what touches a new mark moves.
      const moves = fresh.has(row) || (next !== undefined && fresh.has(next));
      now.push(moves ? { ...row, to: endOfMark(row, next?.from ?? Number.POSITIVE_INFINITY) } : row);
    });
  }
  return changesBetween(known, now);
}

/** All rows of whole streams, resolved with other settings. Pure. */
export function resolvedAgain(rows: readonly IntervalRow[], settings: SettingsSnapshot): IntervalChange[] {
  const now = rows.map((row) => (row.mark === null ? row : { ...row, ...resolveMark(row.mark, settings) }));
  return changesBetween(rows, now);
}
