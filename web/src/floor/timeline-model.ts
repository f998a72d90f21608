import type { CallView } from '../../../src/shared/api.js';
import { AGENT_STATES, type AgentState, type StateSpan } from '../../../src/shared/presence.js';

/** An agent's day on one time axis. All instants are epoch ms. Pure. */

const HOUR_MS = 3_600_000;

export interface DayAxis {
  from: number;
  to: number;
  /** Instants to mark, from first to last. */
  marks: number[];
}

export interface LaneSpan {
  /** Shares of the axis, 0…1. */
  from: number;
  to: number;
}

export interface StatePart extends LaneSpan {
  state: AgentState;
  reason: string | null;
  since: number;
  until: number;
}

export interface CallPart extends LaneSpan {
  call: CallView;
  phase: 'ring' | 'talk';
}

export interface Day {
  start: number;
  end: number;
}

interface Bounds {
  from: number;
  to: number;
}

const instant = (text: string): number => Date.parse(text);

/** What happened, from first to last. What goes on reaches up to now. */
function boundsOf(spans: readonly StateSpan[], calls: readonly CallView[], until: number): Bounds | null {
  const present = spans.filter(({ state }) => state !== 'offline');
  const starts = [...present.map(({ from }) => instant(from)), ...calls.map((call) => instant(call.startedAt))];
  if (starts.length === 0) return null;
  const ends = [
    ...present.map(({ to }) => (to === null ? until : instant(to))),
    ...calls.map(({ endedAt }) => (endedAt === null ? until : instant(endedAt))),
  ];
  return { from: Math.min(...starts), to: Math.max(...ends) };
}

/** More marks than this are not readable beside each other. */
const MARKS_MOST = 6;

/**
 * Whole hours of the business day around everything that happened on it, up to now on the day itself; null: nothing did.
 * Hours are counted from the day's start, so that they are whole ones in half-hour zones too.
 */
export function dayAxis(
  spans: readonly StateSpan[],
  calls: readonly CallView[],
  day: Day,
  now: number,
): DayAxis | null {
  const until = Math.min(now, day.end);
  const bounds = boundsOf(spans, calls, until);
  if (bounds === null) return null;
  const from = day.start + Math.max(0, Math.floor((bounds.from - day.start) / HOUR_MS)) * HOUR_MS;
  const last = Math.max(bounds.to, now < day.end ? now : bounds.to, from + 1);
  // A call that goes on after midnight reaches as far as it does.
  const to = day.start + Math.ceil((last - day.start) / HOUR_MS) * HOUR_MS;
  const hours = Math.round((to - from) / HOUR_MS);
  const step = Math.max(1, Math.ceil(hours / MARKS_MOST));
  const marks: number[] = [];
  for (let hour = 0; hour <= hours; hour += step) marks.push(from + hour * HOUR_MS);
  return { from, to, marks };
}

export function shareOf(at: number, { from, to }: Pick<DayAxis, 'from' | 'to'>): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** The states somebody was in while at work. */
export function stateParts(spans: readonly StateSpan[], axis: DayAxis, now: number): StatePart[] {
  return spans.flatMap(({ state, reason, from, to }) => {
    const [since, until] = [instant(from), to === null ? Math.max(now, instant(from)) : instant(to)];
    if (state === 'offline' || until <= axis.from || since >= axis.to) return [];
    return [{ state, reason, since, until, from: shareOf(since, axis), to: shareOf(until, axis) }];
  });
}

/** Each call as its ringing and its talk. */
export function callParts(calls: readonly CallView[], axis: DayAxis, now: number): CallPart[] {
  return calls.flatMap((call) => {
    const start = instant(call.startedAt);
    const end = call.endedAt === null ? now : instant(call.endedAt);
    const answered = call.answeredAt === null ? null : instant(call.answeredAt);
    const parts: CallPart[] = [];
    const add = (phase: CallPart['phase'], from: number, to: number): void => {
      if (to > axis.from && from < axis.to)
        parts.push({ call, phase, from: shareOf(from, axis), to: shareOf(to, axis) });
    };
    add('ring', start, answered ?? end);
    if (answered !== null && end > answered) add('talk', answered, end);
    return parts;
  });
}

/** Milliseconds in each state so far, in the order of the states; those nobody was in are left out. */
export function timeByState(spans: readonly StateSpan[], day: Day, now: number): [AgentState, number][] {
  const sums = new Map<AgentState, number>();
  for (const { state, from, to } of spans) {
    const since = Math.max(day.start, instant(from));
    const until = Math.min(day.end, to === null ? now : instant(to));
    if (until > since) sums.set(state, (sums.get(state) ?? 0) + until - since);
  }
  return AGENT_STATES.flatMap((state): [AgentState, number][] => {
    const sum = sums.get(state);
    return state === 'offline' || sum === undefined ? [] : [[state, sum]];
  });
}
