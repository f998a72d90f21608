/**
 * Proves the words and the order of My day: where one should be by now and how far from it, which callback wants attention
 * when, and that what was entered is sent once, kept while nothing answers, and given back when it is refused.
 */
import { describe, expect, test } from '@jest/globals';
import type { TargetNow } from '../../../src/shared/live.js';
import type { MyCall } from '../../../src/shared/me.js';
import type { OutcomeView } from '../../../src/shared/outcomes.js';
import { dueCount, listed, reminderKey, toRemind, urgencyOf } from '../../../web/src/me/due.js';
import { entryFor, isToEnter } from '../../../web/src/me/entry.js';
import { stayingOf } from '../../../web/src/me/now.js';
import {
  type Entry,
  externalIdOf,
  nextVersion,
  Outbox,
  type OutboxParts,
  type OutboxState,
} from '../../../web/src/me/outbox.js';
import { paceOf } from '../../../web/src/me/pace.js';

const DIALS: TargetNow = {
  targetId: 1,
  kpi: 'dials',
  period: 'day',
  target: 50,
  actual: 34,
  attainment: 0.68,
  expectedShare: 0.614,
  expectedNow: 30.7,
  pace: 34 / 30.7,
  neededPerHour: 5.333,
  projection: { low: 51, middle: 55, high: 59 },
};

describe('pace', () => {
  test('ahead: distance is that of the numbers on the screen, what is needed is rounded up', () => {
    // 30.7 is read as 31; 34 − 31 = 3. 16 dials in 3 hours are 5.333 an hour, so 5.4 are enough and 5.3 are not.
    expect(paceOf(DIALS, 'en', 'CNY')).toEqual({
      tone: 'ahead',
      filled: 0.68,
      expectedAt: 0.614,
      actual: '34',
      target: '50',
      expected: '31',
      distance: '3',
      inPoints: false,
      neededPerHour: '5.4',
      projection: { low: '51', high: '59' },
    });
  });
  test.each([
    ['behind by a tenth at most', { actual: 28, attainment: 0.56, pace: 28 / 30.7 }, 'behind', '3'],
    ['far behind', { actual: 20, attainment: 0.4, pace: 20 / 30.7 }, 'far', '11'],
    ['on pace where the numbers are the same', { actual: 31, attainment: 0.62, pace: 31 / 30.7 }, 'on', null],
    ['reached', { actual: 50, attainment: 1, pace: 50 / 30.7 }, 'reached', null],
    ['before the first working minute', { actual: 0, attainment: 0, pace: null, expectedNow: null }, 'none', null],
  ])('%s', (_, change, tone, distance) => {
    const pace = paceOf({ ...DIALS, ...change }, 'en', 'CNY');
    expect([pace.tone, pace.distance]).toEqual([tone, distance]);
  });
  test('a reached target asks for nothing more', () => {
    const pace = paceOf({ ...DIALS, actual: 55, attainment: 1.1 }, 'en', 'CNY');
    expect([pace.filled, pace.neededPerHour, pace.projection, pace.expectedAt]).toEqual([1, null, null, null]);
  });
  test('a rate is held against its target, there is no expected share of it', () => {
    const rate = { ...DIALS, kpi: 'conversion_rate', target: 0.1, expectedShare: null, expectedNow: null };
    const below = paceOf({ ...rate, actual: 0.08, attainment: 0.8, pace: 0.8 }, 'en', 'CNY');
    expect([below.tone, below.actual, below.target, below.distance, below.inPoints]).toEqual([
      'far',
      '8.0%',
      '10.0%',
      '2',
      true,
    ]);
    expect(paceOf({ ...rate, actual: 0.12, attainment: 1.2, pace: 1.2 }, 'en', 'CNY').tone).toBe('reached');
    expect(paceOf({ ...rate, actual: null, attainment: null, pace: null }, 'en', 'CNY').tone).toBe('none');
  });
  test('less is better: a limit is kept or not, and fills up', () => {
    const limit = { ...DIALS, kpi: 'complaints', target: 4, expectedNow: 2 };
    const kept = paceOf({ ...limit, actual: 1, attainment: 4 }, 'en', 'CNY');
    expect([kept.tone, kept.filled, kept.expected, kept.neededPerHour]).toEqual(['within', 0.25, null, null]);
    expect(paceOf({ ...limit, actual: 5, attainment: 0.8 }, 'en', 'CNY').tone).toBe('over');
  });
  test('money is written in its currency, before the first sale in the organisation’s', () => {
    const money = { ...DIALS, kpi: 'revenue', target: 100_000, expectedNow: 50_000, neededPerHour: 25_000 };
    const some = { ...money, actual: { amountMinor: 40_000, currency: 'EUR' }, attainment: 0.4, pace: 0.8 };
    expect(paceOf(some, 'en', 'CNY')).toMatchObject({ tone: 'far', actual: '€400', distance: '€100' });
    expect(paceOf({ ...some, actual: 0, attainment: 0, pace: 0 }, 'en', 'CNY').target).toMatch(/1,000/);
  });
});

describe('callbacks', () => {
  const NOW = Date.parse('2026-11-22T06:00:00Z');
  const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
  const open = (outcomeId: string, minutes: number) => ({ outcomeId, at: at(minutes), state: 'open' as const });
  test('their time decides, also when the last answer is older', () => {
    const urgencies = [30, 5, 0, -3].map((minutes) => urgencyOf(open('a', minutes), NOW));
    expect(urgencies).toEqual(['later', 'soon', 'now', 'now']);
    expect(urgencyOf({ at: at(-60), state: 'missed' }, NOW)).toBe('missed');
    expect(urgencyOf({ at: at(5), state: 'kept' }, NOW)).toBe('kept');
  });
  test('due first, then what comes, then what was missed, the latest first', () => {
    const all = [
      { outcomeId: 'missed-old', at: at(-600), state: 'missed' as const },
      open('later', 60),
      { outcomeId: 'missed', at: at(-100), state: 'missed' as const },
      { outcomeId: 'kept', at: at(-5), state: 'kept' as const },
      open('soon', 3),
      open('now', -1),
    ];
    expect(listed(all, NOW).map((one) => one.outcomeId)).toEqual(['now', 'soon', 'later', 'missed', 'missed-old']);
    expect(dueCount(all, NOW)).toBe(1);
  });
  test('one is reminded once, and again when it was moved', () => {
    const due = open('a', -1);
    expect(toRemind([due], NOW, new Set())).toEqual([due]);
    const told = new Set([reminderKey(due)]);
    expect(toRemind([due], NOW, told)).toEqual([]);
    const moved = { ...due, at: at(0) };
    expect(toRemind([moved], NOW, told)).toEqual([moved]);
  });
});

class Away extends Error {}

function outbox(answers: (Error | null)[]) {
  const sent: Entry[] = [];
  const kept: { now: readonly Entry[] } = { now: [] };
  const waits: { ms: number; action: () => void }[] = [];
  const parts: OutboxParts = {
    send: async (entry) => {
      sent.push(entry);
      const answer = answers.shift();
      if (answer) throw answer;
    },
    isTemporary: (error) => error instanceof Away,
    load: () => [],
    save: (pending) => {
      kept.now = pending;
    },
    later: (action, ms) => {
      waits.push({ action, ms });
      return () => undefined;
    },
  };
  return { box: new Outbox(parts), sent, kept, waits };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('outbox', () => {
  const input = { externalId: 'call:7:CA1', version: 5, call: 'CA1', disposition: 'sale' };
  const entry: Entry = { outcomeId: null, input };
  test('what nobody answered is kept, tried again less and less often, and sent with the same id and version', async () => {
    const { box, sent, kept, waits } = outbox([new Away(), new Away(), null]);
    box.add(entry);
    await settled();
    expect([box.snapshot().offline, kept.now]).toEqual([true, [entry]]);
    waits[0]?.action();
    await settled();
    waits[1]?.action();
    await settled();
    expect(waits.map(({ ms }) => ms)).toEqual([1_000, 2_000]);
    expect(sent).toEqual([entry, entry, entry]);
    expect([box.snapshot(), kept.now]).toEqual([{ pending: [], refused: [], sent: [entry], offline: false }, []]);
    // Until a list shows it.
    box.seen(input.externalId, 4);
    expect(box.snapshot().sent).toEqual([entry]);
    box.seen(input.externalId, 5);
    expect(box.snapshot().sent).toEqual([]);
  });
  test('a second tap joins what still waits: one entry, everything that was typed', async () => {
    const { box, sent, waits } = outbox([new Away(), null]);
    box.add({ ...entry, input: { ...input, note: 'call the office' } });
    await settled();
    const later = { externalId: input.externalId, version: 6, call: 'CA1', disposition: 'callback', callbackAt: 'T' };
    box.add({ ...entry, input: later });
    await settled();
    expect(sent.at(-1)?.input).toEqual({ ...later, note: 'call the office' });
    expect([box.snapshot().pending, waits.length]).toEqual([[], 1]);
  });
  test('what the server refuses is given back with its reason, and the next one goes on', async () => {
    const { box, sent } = outbox([new Error('no'), null]);
    box.add(entry);
    box.add({ ...entry, input: { ...input, externalId: 'call:7:CA2' } });
    await settled();
    expect(sent).toHaveLength(2);
    const { pending, refused } = box.snapshot();
    expect([pending, refused.map((one) => one.entry)]).toEqual([[], [entry]]);
    box.dismiss(input.externalId);
    expect(box.snapshot().refused).toEqual([]);
  });
  test('ids are the same on every device and short enough; versions only grow', () => {
    expect(externalIdOf(7, 'CA1')).toBe('call:7:CA1');
    const [one, other] = [externalIdOf(7, `${'x'.repeat(200)}1`), externalIdOf(7, `${'x'.repeat(200)}2`)];
    expect(one).not.toBe(other);
    expect(one.length).toBeLessThanOrEqual(128);
    expect([nextVersion(1_000.4, undefined), nextVersion(1_000, 5_000)]).toEqual([1_000, 5_001]);
  });
});

describe('entries of a call', () => {
  const NOW = Date.parse('2026-11-22T06:00:00Z');
  const EMPTY = { pending: [], refused: [], sent: [], offline: false };
  const call = (id: string, minutesAgo: number, more: Partial<MyCall> = {}): MyCall => ({
    id,
    direction: 'outbound',
    outcome: 'answered',
    answeredBy: null,
    startedAt: new Date(NOW - minutesAgo * 60_000).toISOString(),
    answeredAt: new Date(NOW - minutesAgo * 60_000).toISOString(),
    endedAt: new Date(NOW - minutesAgo * 60_000 + 20_000).toISOString(),
    ringSeconds: 5,
    talkSeconds: 20,
    effective: false,
    stale: false,
    incomplete: [],
    agent: { id: 7, name: 'A' },
    team: { id: 1, name: 'T' },
    campaign: { id: 1, name: 'C' },
    customer: '138****1234',
    businessDate: '2026-11-22',
    timeZone: 'Asia/Shanghai',
    disposition: null,
    sales: 0,
    doNotCall: false,
    currency: 'CNY',
    outcomes: [],
    ...more,
  });
  const outcome = (externalId: string, more: Partial<OutcomeView> = {}): OutcomeView => ({
    id: `me|${externalId}`,
    externalId,
    at: '',
    agent: null,
    team: { id: 1, name: 'T' },
    campaign: { id: 1, name: 'C' },
    callId: null,
    customer: null,
    customerId: null,
    disposition: null,
    sale: null,
    callbackAt: null,
    note: null,
    cancelled: false,
    version: 9,
    problems: [],
    ...more,
  });
  const said = { disposition: 'interested' };

  test('the first one carries its time; a correction only a higher version', () => {
    const first = entryFor(7, call('CA1', 5), said, NOW);
    const input = { externalId: 'call:7:CA1', version: NOW, agentId: 7, call: 'CA1', cancelled: false };
    expect(first).toEqual({ outcomeId: null, input: { ...input, at: '2026-11-22T06:00:00.000Z', ...said } });
    const later = entryFor(7, call('CA1', 5, { outcomes: [outcome('call:7:CA1', { version: NOW + 5 })] }), said, NOW);
    expect(later).toEqual({ outcomeId: null, input: { ...input, version: NOW + 6, ...said } });
  });
  test('what was taken back can be entered again; what a CRM entered is corrected there', () => {
    const cancelled = call('CA1', 5, { outcomes: [outcome('call:7:CA1', { cancelled: true })] });
    expect(entryFor(7, cancelled, said, NOW).input).toMatchObject({ cancelled: false, at: expect.any(String) });
    const elsewhere = call('CA1', 5, { outcomes: [outcome('crm-5', { id: 'key:3|crm-5' })] });
    expect(entryFor(7, elsewhere, said, NOW)).toEqual({
      outcomeId: 'key:3|crm-5',
      input: { externalId: 'crm-5', ...said },
    });
  });
  test('to enter: who was spoken to and is not entered, nor on its way', () => {
    const isOpen = (one: MyCall, outbox: OutboxState = EMPTY) => isToEnter(7, one, outbox);
    const entry = entryFor(7, call('CA1', 5), said, NOW);
    expect(isOpen(call('CA1', 5))).toBe(true);
    expect(isOpen(call('CA1', 5), { ...EMPTY, pending: [entry] })).toBe(false);
    expect(isOpen(call('CA1', 5), { ...EMPTY, sent: [entry] })).toBe(false);
    expect(isOpen(call('CA1', 5), { ...EMPTY, refused: [{ entry, error: new Error('no') }] })).toBe(true);
    expect(isOpen(call('CA1', 5, { outcomes: [outcome('x')] }))).toBe(false);
    expect(isOpen(call('CA1', 5, { outcomes: [outcome('x', { cancelled: true })] }))).toBe(true);
    expect(isOpen(call('CA1', 5, { answeredBy: 'machine' }))).toBe(false);
    expect(isOpen(call('CA1', 5, { answeredAt: null }))).toBe(false);
    expect(isOpen(call('CA1', 5, { direction: 'internal' }))).toBe(false);
  });
  test('on top: what runs, the latest that ended, and what was there before', () => {
    const running = call('RUN', 1, { endedAt: null });
    const [b, a, old] = [call('B', 4), call('A', 8), call('OLD', 60)];
    const onTop = (calls: MyCall[], held: string[] = [], put: string[] = []) =>
      stayingOf(calls, held, put, 7, EMPTY, NOW).map(({ id }) => id);
    expect(onTop([running, b, a, old])).toEqual(['RUN', 'B']);
    expect(onTop([running, b, a, old], ['A'])).toEqual(['RUN', 'B', 'A']);
    expect(onTop([running, b, a, old], ['A'], ['A', 'B'])).toEqual(['RUN']);
    expect(onTop([old])).toEqual([]);
  });
});
