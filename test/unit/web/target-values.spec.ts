/** Proves: values of targets are typed and kept in the units of their KPI and currency, and changes are said with theirs. */
import { expect, test } from '@jest/globals';
import { deltaText, keptOf, typedOf } from '../../../web/src/targets/values.js';

test.each([
  ['fraction', null, 7, 0.07],
  ['seconds', null, 90, 5_400],
  ['count', null, 50, 50],
  ['money', 'CNY', 1_200.5, 120_050],
  ['money', 'JPY', 1_200, 1_200],
  ['money', 'KWD', 1.5, 1_500],
] as const)('%s %p: %p is kept as %p and read back', (unit, currency, typed, kept) => {
  expect(keptOf(typed, unit, currency)).toBe(kept);
  expect(typedOf(kept, unit, currency)).toBe(typed);
});

test.each([
  ['dials', 1, 'dials', '+1'],
  ['dials', -1_200, 'dials', '−1,200'],
  ['talk_ms', 7_500_000, 'talk_s', '+2 h 05 m'],
  ['revenue_minor', -120_050, 'revenue', '−¥120,050'],
])('%s %p', (column, value, kpi, text) => {
  expect(deltaText(column, value, 'JPY', 'en')).toEqual({ kpi, text });
});
