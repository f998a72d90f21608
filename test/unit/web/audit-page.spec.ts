/** Proves: every action the log can hold has a name in both languages, and an entry's values are set side by side. */
import { readFileSync } from 'node:fs';
import { AUDIT_ACTIONS } from '../../../src/shared/audit.js';
import { changesOf, filterFrom } from '../../../web/src/audit/filter.js';

const MIDNIGHT = Date.UTC(2026, 10, 22);

test.each(['en', 'zh'])('every action and its area has a name (%s)', (language) => {
  const { audit } = JSON.parse(readFileSync(`web/src/i18n/areas/audit.${language}.json`, 'utf8'));
  const nameless = AUDIT_ACTIONS.filter((action) => {
    const [area = '', what = ''] = action.split('.');
    return !audit.actions[area]?.[what] || !audit.areas[area];
  });
  expect(nameless).toEqual([]);
});

test.each([
  [null, null, []],
  [
    { name: 'a' },
    { name: 'b', size: 1 },
    [
      { field: 'name', before: 'a', after: 'b' },
      { field: 'size', before: undefined, after: 1 },
    ],
  ],
  [null, { n: 1 }, [{ field: 'n', before: undefined, after: 1 }]],
  ['x', null, [{ field: '', before: 'x', after: null }]],
  [[1], [2], [{ field: '', before: [1], after: [2] }]],
])('%j → %j', (before, after, expected) => {
  expect(changesOf(before, after)).toEqual(expected);
});

test.each([
  ['', { from: '2026-10-24T00:00:00.000Z' }],
  ['days=1', { from: '2026-11-22T00:00:00.000Z' }],
  ['days=all&actor=user:3&outcome=', { actor: 'user:3' }],
  ['days=nonsense&other=1&subject=team:4', { from: '2026-10-24T00:00:00.000Z', subject: 'team:4' }],
])('the address %j asks for %j', (address, filter) => {
  expect(filterFrom(new URLSearchParams(address), MIDNIGHT)).toEqual(filter);
});
