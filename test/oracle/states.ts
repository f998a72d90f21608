/**
 * Agent states by brute force: looks at every second of a day on its own and asks what each source says then. Slow and
 * plain on purpose; shares nothing with the product but the words of kpi.md.
 */
export type OracleState = 'on_call' | 'wrap_up' | 'paused' | 'available' | 'offline';
const ORDER: OracleState[] = ['on_call', 'wrap_up', 'paused', 'available', 'offline'];

/** One source about one agent: what it said, at which second. A span without marks is a call: from, to (null: not over). */
export type OracleSource =
  | { kind: 'status' | 'task'; said: { at: number; state: OracleState }[] }
  | { kind: 'call'; from: number; to: number | null };

const DAY = 86_400;

interface Held {
  state: OracleState;
  from: number;
  /** Infinity: it holds. */
  to: number;
}

function heldBy(source: OracleSource): Held[] {
  if (source.kind === 'call') return [{ state: 'on_call', from: source.from, to: source.to ?? Infinity }];
  const said = [...source.said].sort((a, b) => a.at - b.at);
  return said.map(({ at, state }, i) => {
    const next = said[i + 1]?.at;
    return { state, from: at, to: next === undefined ? Infinity : Math.min(next, at + DAY) };
  });
}

export interface OracleDay {
  /** By second: what counts then; null where it is offline or not closed yet. */
  closed: (OracleState | null)[];
  /** What holds at the end, and since which second; null: no time at work does. */
  open: { state: OracleState; since: number } | null;
}

export function oracleStates(sources: readonly OracleSource[], seconds: number): OracleDay {
  const held = sources.flatMap(heldBy).filter(({ state }) => state !== 'offline');
  const top = (list: Held[]): OracleState | null =>
    ORDER.find((state) => list.some((one) => one.state === state)) ?? null;
  const lasting = held.filter(({ to }) => to === Infinity);
  const state = top(lasting);
  let since = Infinity;
  if (state !== null) {
    since = Math.min(...lasting.filter((one) => one.state === state).map(({ from }) => from));
    for (const one of held) {
      const above = ORDER.indexOf(one.state) < ORDER.indexOf(state);
      if (above && one.to !== Infinity && one.to > since) since = one.to;
    }
  }
  const closed: OracleDay['closed'] = [];
  for (let second = 0; second < seconds; second++) {
    const now = held.filter(({ from, to }) => from <= second && second < Math.min(to, from + DAY));
    closed.push(second < since ? top(now) : null);
  }
  return { closed, open: state === null ? null : { state, since } };
}
