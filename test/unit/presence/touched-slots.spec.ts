/**
 * Proves: where intervals of an agent change, every instant whose closed time changes lies within the stretches that are
 * worked out again, whatever was, became or stayed open.
 */
import fc from 'fast-check';
import type { IntervalRow } from '../../../src/presence/facts/interval-row.js';
import { differences, touchedStretches } from '../../../src/presence/facts/touched-slots.js';
import { openStart } from '../../../src/presence/spans/open-span.js';
import { topOf } from '../../../src/presence/spans/timeline.js';
import { AGENT_STATES } from '../../../src/shared/presence.js';

const NEVER = Number.POSITIVE_INFINITY;
const END = 60;

const row: fc.Arbitrary<IntervalRow> = fc
  .record({
    stream: fc.constantFrom('call', 'task', 'switch'),
    state: fc.constantFrom(...AGENT_STATES),
    from: fc.integer({ min: 0, max: 30 }),
    length: fc.oneof(fc.integer({ min: 0, max: 25 }), fc.constant(NEVER)),
  })
  .map(({ length, ...rest }) => ({ ...rest, to: rest.from + length, agentId: 1, reason: null, mark: null }));

const asInterval = (one: IntervalRow) => ({ ...one, callKey: null });

/** Where the open span of these begins; Infinity when none is open. */
function horizonOf(list: readonly IntervalRow[]): number {
  const open = openStart(list.filter(({ to }) => to === NEVER).map(asInterval), AGENT_STATES);
  if (open === null) return NEVER;
  const ends = list.filter(({ state, to }) => open.above.includes(state) && Number.isFinite(to)).map(({ to }) => to);
  return Math.max(open.since, ...ends);
}

const lastEnd = (list: readonly IntervalRow[]): number =>
  Math.max(
    Number.NEGATIVE_INFINITY,
    ...list
      .filter(({ state }) => state !== 'offline')
      .map(({ to }) => to)
      .filter(Number.isFinite),
  );

/** What counts as closed at this instant. */
function closedAt(list: readonly IntervalRow[], instant: number): string | undefined {
  if (instant >= horizonOf(list)) return undefined;
  const there = list.filter(({ state, from, to }) => state !== 'offline' && from <= instant && instant < to);
  return topOf(there.map(asInterval))?.state;
}

function touched(old: readonly IntervalRow[], now: readonly IntervalRow[]) {
  const key = ({ stream, from }: IntervalRow): string => `${stream}|${from}`;
  const before = new Map(old.map((one) => [key(one), one]));
  const after = new Map(now.map((one) => [key(one), one]));
  const changes = [...new Set([...before.keys(), ...after.keys()])].map((one) => ({
    old: before.get(one) ?? null,
    now: after.get(one) ?? null,
  }));
  const horizon = { old: horizonOf(old), now: horizonOf(now), lastEnd: lastEnd(now) };
  return touchedStretches(differences(changes).get(1) ?? [], horizon);
}

/** Some stay, go, end elsewhere or lose their end; others come. */
const change = fc
  .array(fc.tuple(row, fc.constantFrom('stays', 'goes', 'comes', 'ends', 'opens'), fc.integer({ min: 0, max: 25 })), {
    maxLength: 5,
  })
  .map((list) => {
    const apart = list.map(([one, ...rest], i) => [{ ...one, stream: `${one.stream}|${i}` }, ...rest] as const);
    const old = apart.flatMap(([one, what]) => (what === 'comes' ? [] : [one]));
    const now = apart.flatMap(([one, what, length]) => {
      if (what === 'goes') return [];
      return what === 'ends' || what === 'opens'
        ? [{ ...one, to: what === 'ends' ? one.from + length : NEVER }]
        : [one];
    });
    return { old, now };
  });

test('no instant outside of them changes', () => {
  fc.assert(
    fc.property(change, ({ old, now }) => {
      const stretches = touched(old, now);
      const wrong = Array.from({ length: END }, (_, at) => at).filter(
        (at) => !stretches.some(({ from, to }) => from <= at && at < to) && closedAt(old, at) !== closedAt(now, at),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 3_000, seed: 20_261_122 },
  );
});

test('an end that is taken back: all it had closed is worked out again', () => {
  const call: IntervalRow = {
    stream: 'call|A|1',
    from: 10,
    to: 40,
    agentId: 1,
    state: 'on_call',
    reason: null,
    mark: null,
  };
  expect(touched([call], [{ ...call, to: NEVER }])).toContainEqual({ from: 10, to: 40 });
});
