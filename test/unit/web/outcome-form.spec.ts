/** Proves: amounts are read as people type them, times to call back lie ahead, and what a form sends is all it holds. */
import { expect, test } from '@jest/globals';
import type { DispositionView } from '../../../src/shared/outcomes.js';
import { minorOf, typedOf } from '../../../web/src/outcomes/amount.js';
import { quickTimes } from '../../../web/src/outcomes/callback-times.js';
import { toldFlags } from '../../../web/src/outcomes/disposition-order.js';
import { contentOf, type Draft, fieldsOf, missingIn } from '../../../web/src/outcomes/draft.js';

const disposition = (more: Partial<DispositionView>): DispositionView => ({
  id: 1,
  key: 'one',
  campaignId: null,
  name: { en: 'One', zh: '一' },
  flags: [],
  required: [],
  position: 1,
  archived: false,
  used: false,
  ...more,
});
const SALE = disposition({ key: 'sale', flags: ['human', 'contact', 'sale'], required: ['amount'] });
const empty: Draft = { disposition: null, amount: '', callbackAt: null, note: '' };

test.each([
  ['1299.5', 'CNY', 129_950],
  ['1,299.50', 'CNY', 129_950],
  ['１２９９．５', 'CNY', 129_950],
  ['1 299', 'CNY', 129_900],
  ['0', 'CNY', 0],
  ['12.345', 'CNY', null],
  ['12.30', 'JPY', null],
  ['1299', 'JPY', 1_299],
  ['-5', 'CNY', null],
  ['twelve', 'CNY', null],
  ['', 'CNY', null],
])('%p of %s is %p', (typed, currency, minor) => {
  expect(minorOf(typed, currency)).toBe(minor);
  if (minor !== null) expect(minorOf(typedOf(minor, currency), currency)).toBe(minor);
});

test('times one taps lie ahead and on a quarter hour, in the order of the day', () => {
  for (let hour = 0; hour < 24; hour++) {
    const now = Date.UTC(2026, 2, 14, hour, 7);
    const times = quickTimes(now, 'Asia/Shanghai');
    expect(times.length).toBeGreaterThan(3);
    for (const { at } of times) {
      expect(at).toBeGreaterThan(now + 600_000);
      expect(at % 900_000).toBe(0);
    }
  }
  // 20:07 in Shanghai: this afternoon is over.
  expect(quickTimes(Date.UTC(2026, 2, 14, 12, 7), 'Asia/Shanghai').map(({ id }) => id)).not.toContain('afternoon');
});

test('what is missing is named; what the disposition has no place for is taken back', () => {
  expect(missingIn(empty, 'CNY')).toEqual({ field: 'disposition', why: 'missing' });
  expect(missingIn({ ...empty, disposition: SALE }, 'CNY')).toEqual({ field: 'amount', why: 'missing' });
  expect(missingIn({ ...empty, disposition: SALE, amount: 'much' }, 'CNY')).toEqual({ field: 'amount', why: 'amount' });
  expect(missingIn({ ...empty, disposition: SALE, amount: '5' }, 'CNY')).toBeNull();
  const callback = disposition({ flags: ['callback'], required: ['callbackAt'] });
  expect([...fieldsOf(callback)]).toEqual(['callbackAt']);
  const draft: Draft = { disposition: SALE, amount: '5', callbackAt: 0, note: ' x ' };
  expect(contentOf(draft, 'CNY')).toEqual({
    disposition: 'sale',
    sale: { amountMinor: 500, currency: 'CNY' },
    callbackAt: null,
    note: 'x',
  });
  expect(contentOf({ ...draft, disposition: callback }, 'CNY')).toEqual({
    disposition: 'one',
    sale: null,
    callbackAt: '1970-01-01T00:00:00.000Z',
    note: 'x',
  });
});

test('of flags only what is not implied is shown', () => {
  expect(toldFlags(['human', 'contact', 'sale'])).toEqual(['sale']);
  expect(toldFlags(['human', 'contact', 'dnc'])).toEqual(['contact', 'dnc']);
  expect(toldFlags(['human'])).toEqual(['human']);
});
