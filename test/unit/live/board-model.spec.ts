/**
 * Proves: a board's figures are those of the newest row of each key, whatever the order and repetition of commits; who
 * is shown as talking, dialling or idle follows from the calls; other days stay out.
 */
import fc from 'fast-check';
import { emptyMeasures } from '../../../src/kpi/catalog/index.js';
import type { RollupRow } from '../../../src/kpi/rollup/rollup.repository.js';
import { BoardModel } from '../../../src/live/board-model.js';
import { Norm } from '../../../src/live/norm.js';
import type { BoardAgent, BoardHour, LiveState } from '../../../src/shared/live.js';
import { aFact } from '../kpi-rollup/facts.js';

const DATE = '2026-05-05';
const START = Date.parse('2026-05-05T00:00Z');
const HOUR = 3_600_000;
const END = START + 24 * HOUR;
const labels = (id: number) => ({ name: `agent ${id}`, team: 'Team', isNew: false });
const model = (): BoardModel => new BoardModel(DATE, START, END, null);
const shown = (board: BoardModel): LiveState => board.takeChanges(START + HOUR, labels);

const rows = fc.array(
  fc.record({
    slot: fc.nat(95),
    agentId: fc.nat(2),
    campaignId: fc.integer({ min: 1, max: 2 }),
    businessDate: fc.constantFrom(DATE, DATE, DATE, '2026-05-06'),
    rev: fc.integer({ min: 1, max: 5 }),
    dials: fc.nat(9),
    connects: fc.nat(9),
    talk: fc.nat(500_000),
  }),
  { maxLength: 15 },
);

/** Rows of one key and revision are one row. */
const committed = rows.map((list): RollupRow[] => {
  const byKey = new Map<string, RollupRow>();
  for (const { slot, agentId, campaignId, businessDate, rev, dials, connects, talk } of list) {
    const measures = { ...emptyMeasures(), dials, connects, connects_ended: connects, talk_ms: talk };
    const row = { slotStart: START + slot * 900_000, businessDate, agentId, teamId: 1, campaignId, rev, measures };
    byKey.set(`${slot}|${agentId}|${campaignId}|${businessDate}|${rev}`, row);
  }
  return [...byKey.values()];
});

test('the newest row of each key counts, in any order and however often', () => {
  const deliveries = committed.chain((list) =>
    fc.record({
      list: fc.constant(list),
      sent: fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length }),
    }),
  );
  fc.assert(
    fc.property(deliveries, ({ list, sent }) => {
      const board = model();
      for (const row of sent) board.applyRow(row);
      const state = shown(board);
      const newest = list.filter(
        (row) =>
          row.businessDate === DATE &&
          !list.some(
            (other) =>
              ['slotStart', 'agentId', 'campaignId', 'businessDate'].every(
                (key) => other[key as 'rev'] === row[key as 'rev'],
              ) && other.rev > row.rev,
          ),
      );
      const sum = (of: RollupRow[], name: 'dials' | 'connects' | 'talk_ms') =>
        of.reduce((total, row) => total + row.measures[name], 0);
      expect([state['kpi:dials'], state['kpi:connects']]).toEqual([sum(newest, 'dials'), sum(newest, 'connects')]);
      for (const id of [1, 2]) {
        const own = newest.filter((row) => row.agentId === id);
        const agent = state[`agent:${id}`] as BoardAgent | undefined;
        expect([agent?.dials ?? 0, agent?.talkSeconds ?? 0]).toEqual([sum(own, 'dials'), sum(own, 'talk_ms') / 1_000]);
      }
      for (let hour = START; hour < END; hour += HOUR) {
        const inHour = newest.filter((row) => row.slotStart >= hour && row.slotStart < hour + HOUR);
        expect((state[`hour:${hour}`] as BoardHour).dials).toBe(sum(inHour, 'dials'));
      }
      expect(state['agent:0']).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('changes are told once: what did not change is not repeated', () => {
  const board = model();
  shown(board);
  expect(shown(board)).toEqual({});
});

const at = (minutes: number): number => START + minutes * 60_000;
const call = (key: string, more: Parameters<typeof aFact>[0]) =>
  aFact({ key, agentId: 7, businessDate: DATE, ...more });
const agentOf = (board: BoardModel): Partial<BoardAgent> => (shown(board)['agent:7'] ?? {}) as Partial<BoardAgent>;

test('an agent dials, talks, is idle; a second call keeps them talking', () => {
  const board = model();
  const ringing = call('A', { outcome: 'open', startedAt: at(1), answeredAt: null, endedAt: null });
  const talking = call('A', { startedAt: at(1), answeredAt: at(2), endedAt: null });
  const ended = call('A', { startedAt: at(1), answeredAt: at(2), endedAt: at(5) });
  const second = call('B', { outcome: 'open', startedAt: at(4), answeredAt: null, endedAt: null });
  board.applyChange({ old: null, now: ringing });
  expect(agentOf(board)).toMatchObject({ activity: 'dialing', since: at(1) });
  board.applyChange({ old: ringing, now: talking });
  expect(agentOf(board)).toMatchObject({ activity: 'talking', since: at(2) });
  board.applyChange({ old: null, now: second });
  expect(agentOf(board)).toMatchObject({ activity: 'talking', since: at(2) });
  board.applyChange({ old: talking, now: ended });
  expect(agentOf(board)).toMatchObject({ activity: 'dialing', since: at(4) });
  board.applyChange({ old: second, now: null });
  expect(agentOf(board)).toMatchObject({ activity: 'idle', since: at(5) });
});

test('a call that turns out to be of somebody else leaves the first', () => {
  const board = model();
  const wrong = call('A', { endedAt: null });
  board.applyChange({ old: null, now: wrong });
  board.applyChange({ old: wrong, now: { ...wrong, agentId: 8 } });
  const state = shown(board);
  expect([state['agent:7'], state['agent:8']]).toMatchObject([{ activity: 'absent' }, { activity: 'talking' }]);
});

test('everybody who handles a call is talking; yesterday’s calls count only while they are open', () => {
  const board = model();
  const handled = [{ agent: 9, team: 1, date: DATE }];
  board.applyChange({ old: null, now: call('A', { endedAt: null, handled, businessDate: '2026-05-04' }) });
  board.applyChange({ old: null, now: call('B', { agentId: 10, businessDate: '2026-05-04' }) });
  const state = shown(board);
  expect([state['agent:7'], state['agent:9']]).toMatchObject([{ activity: 'talking' }, { activity: 'talking' }]);
  expect(state['agent:10']).toBeUndefined();
});

test('what is usual: the mean of the days that had calls, the slot under way by its elapsed part', () => {
  const slot = (businessDate: string, number: number, dials: number) => ({
    businessDate,
    offset: number * 900_000,
    measures: { ...emptyMeasures(), dials },
  });
  // Two days with calls, one without any: (4 + 2) ÷ 2 = 3 in the first quarter hour, (8 + 0) ÷ 2 = 4 in the second.
  const norm = Norm.of([
    slot('2026-04-28', 0, 4),
    slot('2026-04-28', 1, 8),
    slot('2026-04-21', 0, 2),
    slot('2026-04-14', 0, 0),
  ]);
  expect(norm?.upTo(900_000).dials).toBe(3);
  expect(norm?.upTo(900_000 + 225_000).dials).toBe(3 + 4 / 4);
  expect(norm?.upTo(HOUR).dials).toBe(7);
  expect([norm?.dialsBetween(0, HOUR), norm?.dialsBetween(HOUR, 2 * HOUR)]).toEqual([7, 0]);
  expect(Norm.of([slot('2026-04-14', 0, 0)])).toBeNull();
});
