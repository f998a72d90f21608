/**
 * Proves: a board's figures are those of the newest row of each key of its teams, whatever the order and repetition of
 * commits, and the same when it is opened later; who is shown as talking, dialling or idle follows from the calls of its
 * teams; other days stay out; what is usual and where one should be by now.
 */
import fc from 'fast-check';
import type { CallChange } from '../../../src/calls/index.js';
import { emptyMeasures } from '../../../src/kpi/catalog/index.js';
import type { RollupRow } from '../../../src/kpi/rollup/rollup.repository.js';
import { BoardModel, type ModelView } from '../../../src/live/board-model.js';
import { DayFacts } from '../../../src/live/floor/day-facts.js';
import { Norm } from '../../../src/live/floor/norm.js';
import type { BoardAgent, BoardHour, LiveState } from '../../../src/shared/live.js';
import { aFact } from '../kpi-rollup/facts.js';

const DATE = '2026-05-05';
const START = Date.parse('2026-05-05T00:00Z');
const HOUR = 3_600_000;
const END = START + 24 * HOUR;
const labels = (id: number) => ({ name: `agent ${id}`, team: 'Team', isNew: false, ranked: true });
const WHOLE: ModelView = {
  teams: null,
  figures: ['dials', 'connects', 'avg_talk_s'],
  paced: ['dials', 'avg_talk_s'],
  ranked: ['connects', 'connect_rate'],
  agents: true,
};

/** A day with one board on it. */
class Board {
  private readonly facts = new DayFacts(DATE, START, END);
  readonly model: BoardModel;
  constructor(view: Partial<ModelView> = {}, norm: Norm | null = null) {
    this.model = new BoardModel(this.facts, { ...WHOLE, ...view }, norm);
  }
  applyRow(row: RollupRow): void {
    const change = this.facts.applyRow(row);
    if (change !== null) this.model.rowChanged(change);
  }
  applyChange(change: CallChange): void {
    this.model.callsChanged(this.facts.applyChange(change));
  }
  /** The same board opened now. */
  again(view: Partial<ModelView> = {}): LiveState {
    return new BoardModel(this.facts, { ...WHOLE, ...view }, null).takeChanges(START + HOUR, labels).set;
  }
}
const model = (view?: Partial<ModelView>): Board => new Board(view);
const shown = (board: Board): LiveState => board.model.takeChanges(START + HOUR, labels).set;

const rows = fc.array(
  fc.record({
    slot: fc.nat(95),
    agentId: fc.nat(2),
    teamId: fc.integer({ min: 1, max: 3 }),
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
  for (const { slot, agentId, teamId, campaignId, businessDate, rev, dials, connects, talk } of list) {
    const measures = { ...emptyMeasures(), dials, connects, connects_ended: connects, talk_ms: talk };
    const row = { slotStart: START + slot * 900_000, businessDate, agentId, teamId, campaignId, rev, measures };
    byKey.set(`${slot}|${agentId}|${teamId}|${campaignId}|${businessDate}|${rev}`, row);
  }
  return [...byKey.values()];
});

function newestOf(list: RollupRow[], teams: ReadonlySet<number> | null): RollupRow[] {
  const key = (row: RollupRow) => [row.slotStart, row.agentId, row.teamId, row.campaignId, row.businessDate].join();
  return list.filter(
    (row) =>
      row.businessDate === DATE &&
      (teams === null || teams.has(row.teamId)) &&
      !list.some((other) => key(other) === key(row) && other.rev > row.rev),
  );
}

function expectSums(state: LiveState, rows: RollupRow[]): void {
  const sum = (of: RollupRow[], name: 'dials' | 'connects' | 'talk_ms') =>
    of.reduce((total, row) => total + row.measures[name], 0);
  expect([state['kpi:dials'], state['kpi:connects']]).toEqual([sum(rows, 'dials'), sum(rows, 'connects')]);
  for (const id of [1, 2]) {
    const own = rows.filter((row) => row.agentId === id);
    const agent = state[`agent:${id}`] as BoardAgent | undefined;
    expect(agent === undefined).toBe(own.length === 0);
    expect([agent?.dials ?? 0, agent?.talkSeconds ?? 0]).toEqual([sum(own, 'dials'), sum(own, 'talk_ms') / 1_000]);
    if (agent === undefined) continue;
    const connects = sum(own, 'connects');
    const rate = sum(own, 'dials') === 0 ? null : connects / sum(own, 'dials');
    expect(agent.values).toEqual({ connects, connect_rate: rate });
  }
  for (let hour = START; hour < END; hour += HOUR) {
    const inHour = rows.filter((row) => row.slotStart >= hour && row.slotStart < hour + HOUR);
    expect((state[`hour:${hour}`] as BoardHour).dials).toBe(sum(inHour, 'dials'));
  }
  expect(state['agent:0']).toBeUndefined();
}

test('the newest row of each key counts, in any order and however often', () => {
  const deliveries = committed.chain((list) =>
    fc.record({
      list: fc.constant(list),
      sent: fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length }),
    }),
  );
  fc.assert(
    fc.property(deliveries, ({ list, sent }) => {
      for (const teams of [null, new Set([2]), new Set([1, 3])]) {
        const board = model({ teams });
        for (const row of sent) board.applyRow(row);
        const state = shown(board);
        expectSums(state, newestOf(list, teams));
        expect(board.again({ teams })).toEqual(state);
      }
    }),
    { numRuns: 200 },
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
const agentOf = (board: Board): Partial<BoardAgent> => (shown(board)['agent:7'] ?? {}) as Partial<BoardAgent>;

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

test('a board of some teams knows only of their calls, and hides who has none with them', () => {
  const [north, south] = [model({ teams: new Set([1]) }), model({ teams: new Set([2]) })];
  const handled = [{ agent: 9, team: 2, date: DATE }];
  for (const board of [north, south]) {
    board.applyChange({ old: null, now: call('A', { teamId: 1, endedAt: null, handled }) });
  }
  const [inNorth, inSouth] = [shown(north), shown(south)];
  expect([inNorth['agent:7'], inNorth['agent:9']]).toMatchObject([{ activity: 'talking' }, undefined]);
  expect([inSouth['agent:7'], inSouth['agent:9']]).toMatchObject([undefined, { activity: 'talking' }]);
  // The same agent, moved at noon: each board tells what it saw of them.
  for (const board of [north, south]) {
    board.applyChange({
      old: null,
      now: call('B', { teamId: 2, startedAt: at(9), answeredAt: null, outcome: 'open', endedAt: null }),
    });
  }
  expect(agentOf(south)).toMatchObject({ activity: 'dialing', since: at(9) });
  expect(shown(north)).toEqual({});
});

test('a board without single agents sends none; whom the labels leave out is taken back', () => {
  const board = model({ agents: false });
  board.applyChange({ old: null, now: call('A', { endedAt: null }) });
  expect(Object.keys(shown(board)).filter((key) => key.startsWith('agent:'))).toEqual([]);
  const full = model();
  full.applyChange({ old: null, now: call('A', { endedAt: null }) });
  expect(full.model.takeChanges(START, () => null).unset).toEqual(['agent:7']);
});

test('where one should be by now: the usual share of the day, for what grows through it', () => {
  const slot = (number: number, dials: number) => ({
    businessDate: '2026-04-28',
    offset: number * 900_000,
    measures: { ...emptyMeasures(), dials, connects_ended: dials, talk_ms: dials * 1_000 },
  });
  // 30 of 40 dials in the first hour: three quarters of any target are due then. An average has no share.
  const board = new Board({}, Norm.of([slot(0, 10), slot(3, 20), slot(4, 10)]));
  const state = board.model.takeChanges(START + HOUR, labels).set;
  expect([state['kpi-pace:dials'], state['kpi-pace:avg_talk_s'], state['kpi-ref:avg_talk_s']]).toEqual([0.75, null, 1]);
  expect(Object.keys(state).filter((key) => key.startsWith('kpi-pace:'))).toHaveLength(2);
  expect(shown(model())).toMatchObject({ 'kpi-pace:dials': null, 'kpi-ref:dials': null });
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
