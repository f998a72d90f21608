/**
 * Proves what Floor shows of its rows: which, in which order and where while somebody reads; how far a time in a state has
 * climbed; which rows are drawn and where keys lead; an agent's day on an axis; the chart of the hours.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CallView } from '../../../src/shared/api.js';
import type { FloorAgent, FloorAttention } from '../../../src/shared/live.js';
import { DEFAULT_STATE_THRESHOLDS, type StateSpan } from '../../../src/shared/presence.js';
import { attentionView } from '../../../web/src/floor/attention-model.js';
import { COLUMNS, columnsShown, figureText, SCREEN_SIZES } from '../../../web/src/floor/columns.js';
import {
  type FloorFilter,
  type FloorSort,
  heldOrder,
  levelOf,
  nextSort,
  paceTone,
  sortFrom,
  teamsBelow,
  teamTrees,
  viewOf,
} from '../../../web/src/floor/floor-model.js';
import { hoursWorth } from '../../../web/src/floor/hours-model.js';
import { kpiText } from '../../../web/src/floor/kpi-text.js';
import { callParts, dayAxis, stateParts, timeByState } from '../../../web/src/floor/timeline-model.js';
import { rowAfter, scrollFor, windowOf } from '../../../web/src/floor/window.js';

const TEAMS = [
  { id: 1, name: 'North', parentId: null },
  { id: 2, name: 'North 1', parentId: 1 },
  { id: 3, name: 'North 1 a', parentId: 2 },
  { id: 4, name: 'South', parentId: 99 },
];
const ALL: FloorFilter = { search: '', team: null, activities: [] };

function agent(id: number, more: Partial<FloorAgent> = {}): FloorAgent {
  return {
    id,
    name: `Agent ${id}`,
    teamId: 1,
    isNew: false,
    activity: 'available',
    reason: null,
    since: 1_000 * id,
    call: null,
    values: {},
    attainment: null,
    pace: null,
    targetKpi: null,
    ...more,
  };
}
const order = (agents: FloorAgent[], sort: FloorSort, filter = ALL) => viewOf(agents, TEAMS, filter, sort, 'CNY').order;
const by = (column: FloorSort['column'], direction: FloorSort['direction'] = 'desc'): FloorSort => ({
  column,
  direction,
});

describe('rows', () => {
  test('by a figure; without a value last, whichever way', () => {
    const rows = [3, null, 7, 5].map((dials, i) => agent(i + 1, { values: { dials } }));
    expect(order(rows, by('dials'))).toEqual([3, 4, 1, 2]);
    expect(order(rows, by('dials', 'asc'))).toEqual([1, 4, 3, 2]);
  });

  test('by money: of several currencies the own one', () => {
    const yuan = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });
    const rows = [
      agent(1, { values: { revenue: yuan(500) } }),
      agent(2, { values: { revenue: [{ amountMinor: 9_000, currency: 'EUR' }, yuan(700)] } }),
      agent(3, { values: { revenue: null } }),
    ];
    expect(order(rows, by('revenue'))).toEqual([2, 1, 3]);
  });

  test('by name as people count: 2 before 10, and equal figures too', () => {
    const rows = [10, 2, 1].map((id) => agent(id, { values: { sales: 0 } }));
    expect(order(rows, by('agent', 'asc'))).toEqual([1, 2, 10]);
    expect(order(rows, by('sales'))).toEqual([1, 2, 10]);
  });

  test('by state: whoever is busiest first, then whoever has been so longest; by time: the longest first', () => {
    const rows = [
      agent(1, { activity: 'offline', since: 10 }),
      agent(2, { activity: 'talking', since: 30 }),
      agent(3, { activity: 'talking', since: 20 }),
      agent(4, { activity: 'absent', since: null }),
    ];
    expect(order(rows, by('state', 'asc'))).toEqual([3, 2, 1, 4]);
    expect(order(rows, by('time'))).toEqual([1, 3, 2, 4]);
  });

  test('a team holds the teams below it; a search finds names and teams; counts ignore the states looked for', () => {
    const rows = [
      agent(1),
      agent(2, { teamId: 3, activity: 'paused' }),
      agent(3, { teamId: 4, name: '王芳' }),
      agent(4, { teamId: 2 }),
    ];
    expect(order(rows, by('agent', 'asc'), { ...ALL, team: 2 })).toEqual([2, 4]);
    expect(order(rows, by('agent', 'asc'), { ...ALL, search: ' sOUth ' })).toEqual([3]);
    expect(order(rows, by('agent', 'asc'), { ...ALL, search: '王' })).toEqual([3]);
    const view = viewOf(rows, TEAMS, { ...ALL, team: 1, activities: ['paused'] }, by('agent', 'asc'), 'CNY');
    expect([view.order, view.counts.available, view.counts.paused, view.total]).toEqual([[2], 2, 1, 4]);
    expect([...view.matching]).toEqual([1, 2, 4]);
  });

  test('every order holds everybody once, however often it is asked for', () => {
    const values = fc.record({ dials: fc.option(fc.nat(5)), sales: fc.nat(3) });
    const rows = fc.array(values, { maxLength: 30 }).map((all) => all.map((one, i) => agent(i + 1, { values: one })));
    const column = fc.constantFrom(...COLUMNS.map(({ id }) => id));
    fc.assert(
      fc.property(rows, column, fc.constantFrom('asc' as const, 'desc' as const), (all, id, direction) => {
        const ids = order(all, { column: id, direction });
        expect([...ids].sort((a, b) => a - b)).toEqual(all.map((one) => one.id));
        expect(order([...all].reverse(), { column: id, direction })).toEqual(ids);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  test('while somebody is at a row it stays; who came is last, who left is gone', () => {
    expect(heldOrder([5, 3, 1], [1, 2, 3, 4])).toEqual([3, 1, 2, 4]);
    expect(heldOrder([], [2, 1])).toEqual([2, 1]);
  });

  test('a click on a head, and what an address says', () => {
    const dials = COLUMNS.find(({ id }) => id === 'dials');
    if (dials === undefined) throw new Error('no such column');
    expect(nextSort(by('agent', 'asc'), dials)).toEqual(by('dials'));
    expect(nextSort(by('dials'), dials)).toEqual(by('dials', 'asc'));
    expect(sortFrom('pace', null)).toEqual(by('pace', 'asc'));
    expect(sortFrom('no such', 'desc')).toEqual(by('agent', 'asc'));
  });

  test('teams as trees; one whose parent is out of sight is a root', () => {
    expect(teamTrees(TEAMS).map(({ title, children }) => [title, children.map((child) => child.title)])).toEqual([
      ['North', ['North 1']],
      ['South', []],
    ]);
    expect([...teamsBelow(TEAMS, 2)]).toEqual([2, 3]);
  });
});

test('columns: the name is always there; what is written lines up', () => {
  expect(columnsShown(['dials', 'no such'], 'desk').map(({ id }) => id)).toEqual(['agent', 'dials']);
  expect(columnsShown(null, 'desk').length).toBeGreaterThan(12);
  const has = (id: string) => SCREEN_SIZES.map((size) => columnsShown(null, size).some((one) => one.id === id));
  expect([has('state'), has('team'), has('dials'), has('logged_in_s')]).toEqual([
    [false, true, true],
    [false, false, true],
    [true, true, true],
    [false, false, false],
  ]);
  expect(figureText('duration', 7_513, 'en')).toBe('2:05:13');
  expect(figureText('fraction', 0.4123, 'en')).toBe('41.2%');
  expect([figureText('count', null, 'en'), figureText('duration', undefined, 'zh')]).toEqual(['—', '—']);
  expect([kpiText('dials', 7 / 3, 'CNY', 'en'), kpiText('dials', 7, 'CNY', 'en')]).toEqual(['2.3', '7']);
  expect(kpiText('revenue', 12_345.6, 'CNY', 'en')).toContain('123.46');
});

test.each([
  ['available', 29, 0],
  ['available', 30, 1],
  ['idle', 60, 2],
  ['available', 300, 3],
  ['paused', 60, 1],
  ['paused', 300, 2],
  ['paused', 899, 2],
  ['paused', 900, 3],
  ['talking', 300, 3],
  ['dialing', 9_999, 0],
  ['offline', 9_999, 0],
] as const)('%s for %d s is at level %d', (activity, seconds, level) => {
  expect(levelOf(activity, seconds * 1_000, DEFAULT_STATE_THRESHOLDS)).toBe(level);
});

test('pace by tone', () => {
  expect([1.2, 1, 0.99, 0.8, 0.79, 0].map(paceTone)).toEqual(['good', 'good', 'warn', 'warn', 'bad', 'bad']);
});

describe('the window', () => {
  test('holds what is in sight and a little more, and never more than there is', () => {
    expect(windowOf(0, 900, 36, 1_000)).toEqual({ from: 0, to: 29 });
    expect(windowOf(3_600, 900, 36, 1_000)).toEqual({ from: 96, to: 129 });
    expect(windowOf(99_999, 900, 36, 10)).toEqual({ from: 9, to: 10 });
    expect(windowOf(0, 900, 36, 0)).toEqual({ from: 0, to: 0 });
  });

  test('keys lead from row to row and stop at the ends', () => {
    expect(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'a'].map((key) => rowAfter(key, 50, 100, 20)),
    ).toEqual([51, 49, 70, 30, 0, 99, null]);
    expect([rowAfter('ArrowDown', -1, 3, 9), rowAfter('ArrowUp', -1, 3, 9), rowAfter('PageDown', 2, 3, 9)]).toEqual([
      0, 0, 2,
    ]);
    expect(rowAfter('End', -1, 0, 9)).toBeNull();
  });

  test('a row is scrolled to no further than needed', () => {
    const view = { height: 400, headHeight: 40 };
    expect([scrollFor(5, 0, view, 36), scrollFor(5, 200, view, 36), scrollFor(20, 0, view, 36)]).toEqual([
      null,
      180,
      396,
    ]);
  });
});

describe('the attention list', () => {
  const item = (agentId: number, rule: FloorAttention['rule'], weight: number): FloorAttention => ({
    agentId,
    rule,
    weight,
    since: agentId,
    evidence: {},
  });
  const all = [item(1, 'idle', 30), item(2, 'dnc_called', 100), item(3, 'idle', 30), item(4, 'behind_pace', 50)];

  test('the heaviest first; of those who match, counted by rule', () => {
    const { items, counts } = attentionView(all, new Set([1, 2, 3]), null);
    expect(items.map(({ agentId }) => agentId)).toEqual([2, 1, 3]);
    expect(counts).toMatchObject({ idle: 2, dnc_called: 1, behind_pace: 0 });
  });

  test('one rule alone keeps the counts of the others', () => {
    const { items, counts } = attentionView(all, undefined, 'idle');
    expect([items.map(({ agentId }) => agentId), counts.behind_pace]).toEqual([[1, 3], 1]);
  });
});

describe("an agent's day", () => {
  const HOUR = 3_600_000;
  /** 18:30 UTC: midnight in a half-hour zone. */
  const start = Date.parse('2026-05-04T18:30:00Z');
  const day = { start, end: start + 24 * HOUR };
  const iso = (hours: number) => new Date(start + hours * HOUR).toISOString();
  const span = (state: StateSpan['state'], from: number, to: number | null): StateSpan => ({
    state,
    reason: null,
    from: iso(from),
    to: to === null ? null : iso(to),
    callId: null,
  });
  const call = (id: string, from: number, answered: number | null, ended: number | null) =>
    ({
      id,
      startedAt: iso(from),
      answeredAt: answered === null ? null : iso(answered),
      endedAt: ended === null ? null : iso(ended),
    }) as CallView;
  const spans = [
    span('offline', 0, 8.25),
    span('available', 8.25, 9),
    span('on_call', 9, 9.5),
    span('paused', 9.5, null),
  ];

  test('the axis is whole hours of the day around what happened, up to now', () => {
    const axis = dayAxis(spans, [], day, start + 11.2 * HOUR);
    expect(axis).toMatchObject({ from: start + 8 * HOUR, to: start + 12 * HOUR });
    expect(axis?.marks).toHaveLength(5);
    expect(dayAxis([span('offline', 0, null)], [], day, start + 11 * HOUR)).toBeNull();
    const whole = dayAxis([span('available', 0, 24)], [], day, day.end + 5);
    expect([whole?.to, (whole?.marks.length ?? 0) <= 7]).toEqual([day.end, true]);
    const over = dayAxis([], [call('x', 23.9, 23.95, 24.4)], day, day.end + HOUR);
    expect(over?.to).toBe(start + 25 * HOUR);
  });

  test('states lie side by side, without the time away; the last one reaches up to now', () => {
    const now = start + 11 * HOUR;
    const axis = dayAxis(spans, [], day, now);
    if (axis === null) throw new Error('an axis was expected');
    const parts = stateParts(spans, axis, now);
    expect(parts.map(({ state, from, to }) => [state, from, to])).toEqual([
      ['available', 0.25 / 3, 1 / 3],
      ['on_call', 1 / 3, 0.5],
      ['paused', 0.5, 1],
    ]);
    expect(timeByState(spans, day, now)).toEqual([
      ['on_call', 0.5 * HOUR],
      ['paused', 1.5 * HOUR],
      ['available', 0.75 * HOUR],
    ]);
  });

  test('a call rings, then talks; one that is still open reaches up to now', () => {
    const calls = [call('a', 9, 9.1, 9.5), call('b', 9.6, null, 9.7), call('c', 10, 10.5, null)];
    const now = start + 11 * HOUR;
    const axis = dayAxis([], calls, day, now);
    if (axis === null) throw new Error('an axis was expected');
    const parts = callParts(calls, axis, now).map(({ call: { id }, phase, from, to }) => [id, phase, from, to]);
    expect(parts.map(([id, phase]) => `${id} ${phase}`)).toEqual(['a ring', 'a talk', 'b ring', 'c ring', 'c talk']);
    expect(parts[4]?.slice(2)).toEqual([0.75, 1]);
  });

  test('the hours from the first to the last with anything in them', () => {
    const hours = [0, 0, 3, 0, 0, 0].map((dials, i) => ({
      start: iso(i),
      dials,
      connects: 0,
      usualDials: i === 4 ? 0.5 : null,
      usualConnects: null,
    }));
    expect(hoursWorth({ hours }).map(({ start: at }) => at)).toEqual([iso(2), iso(3), iso(4)]);
    expect(hoursWorth({ hours: [] })).toEqual([]);
  });
});
