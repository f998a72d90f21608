/** Proves the plain parts of the desk pages: filters in the address, where to go after signing in, arrival, the time axis. */
import { describe, expect, test } from '@jest/globals';
import type { CallLegView } from '../../../src/shared/api.js';
import { query } from '../../../web/src/api/client.js';
import { pathAfterSignIn, signInPath } from '../../../web/src/api/paths.js';
import { legLanes } from '../../../web/src/calls/call-timeline.js';
import { filterFrom, hourSpans, namedIds, periodOf, periodRange, withChange } from '../../../web/src/calls/filter.js';
import { arrivalOf } from '../../../web/src/home/arrival.js';

describe('sign-in', () => {
  test('comes back to the page that was asked for', () => {
    expect(signInPath('/calls?agent=3')).toBe('/sign-in?next=%2Fcalls%3Fagent%3D3');
    expect(pathAfterSignIn('/calls?agent=3')).toBe('/calls?agent=3');
    expect(signInPath('/sign-in?next=%2F')).toBe('/sign-in?next=%2F');
  });
  test.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/sign-in'])(
    'does not lead to %p',
    (next) => {
      expect(pathAfterSignIn(next)).toBe('/');
    },
  );
});

describe('the filter of calls', () => {
  test('hours that follow each other are one stretch', () => {
    expect(hourSpans('9')).toEqual(['09:00–10:00']);
    expect(hourSpans('9,10,8,20,23')).toEqual(['08:00–11:00', '20:00–21:00', '23:00–00:00']);
  });
  test('is read from the address; unknown parameters are left alone', () => {
    const search = new URLSearchParams('agent=3&outcome=&other=1&unassigned=true');
    expect(filterFrom(search)).toEqual({ agent: '3', unassigned: 'true' });
    expect(withChange(search, { agent: null, outcome: 'busy' }).toString()).toBe(
      'outcome=busy&other=1&unassigned=true',
    );
  });
  test('holds one customer, so that a missed callback opens the calls with them and no others', () => {
    const search = new URLSearchParams('customer=42');
    expect(filterFrom(search)).toEqual({ customer: '42' });
    expect(withChange(search, { customer: null }).toString()).toBe('');
  });
  test('names everybody of a list, and by the id whom it cannot name', () => {
    const names = new Map([
      [3, '王芳'],
      [8, '李娜'],
    ]);
    expect(namedIds('3,8,21', (id) => names.get(id), 'zh')).toBe('王芳、李娜、#21');
    expect(namedIds('8', (id) => names.get(id), 'en')).toBe('李娜');
  });
  test('knows its periods', () => {
    const today = '2026-03-01';
    expect(periodRange('yesterday', today)).toEqual({ from: '2026-02-28', to: '2026-03-01' });
    expect(periodRange('week', today)).toEqual({ from: '2026-02-23', to: '2026-03-02' });
    expect(periodOf({}, today)).toBe('all');
    expect(periodOf({ from: '2026-03-01', to: '2026-03-02' }, today)).toBe('today');
    expect(periodOf({ from: '2026-03-01T00:00:00.000Z' }, today)).toBeNull();
  });
  test('becomes a query without empty values', () => {
    expect(query({ a: 1, b: '', c: null, d: undefined, e: '+&' })).toBe('?a=1&e=%2B%26');
    expect(query({})).toBe('');
  });
});

test.each([
  [null, 'never', null],
  ['2026-01-01T00:00:58.000Z', 'arriving', 2],
  ['2025-12-31T23:50:59.000Z', 'quiet', 601],
  // The status may be read a moment before the event it already counts.
  ['2026-01-01T00:01:01.000Z', 'arriving', 0],
])('last event %p → %s', (lastEventAt, state, agoSeconds) => {
  expect(arrivalOf({ lastEventAt, asOf: '2026-01-01T00:01:00.000Z' })).toEqual({ state, agoSeconds });
});

describe('the time axis of a call', () => {
  const at = (seconds: number) => new Date(seconds * 1_000).toISOString();
  const leg = (change: Partial<CallLegView>): CallLegView => ({
    id: 'CA1',
    parentId: null,
    role: 'customer',
    direction: 'outbound-dial',
    from: '',
    to: '',
    status: 'completed',
    initiatedAt: null,
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    ...change,
  });

  test('spans the whole call', () => {
    const [agent, customer] = legLanes(
      [
        leg({ initiatedAt: at(0), answeredAt: at(0), endedAt: at(100) }),
        leg({ ringingAt: at(10), answeredAt: at(20), endedAt: at(100) }),
      ],
      0,
    );
    expect(agent?.spans).toEqual([{ phase: 'talk', from: 0, to: 1 }]);
    expect(customer?.spans).toEqual([
      { phase: 'ring', from: 0.1, to: 0.2 },
      { phase: 'talk', from: 0.2, to: 1 },
    ]);
  });
  test('runs to the present while the call is open', () => {
    expect(legLanes([leg({ answeredAt: at(0) })], 50_000)[0]?.spans).toEqual([{ phase: 'talk', from: 0, to: 1 }]);
  });
  test('is empty without two instants', () => {
    expect(legLanes([leg({ endedAt: at(5) })], 0)[0]?.spans).toEqual([]);
    expect(legLanes([leg({})], 0)[0]?.spans).toEqual([]);
  });
});
