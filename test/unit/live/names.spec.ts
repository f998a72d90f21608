/** Proves: what of a name leaves the server with each privacy, for names as floors really have them. */
import { shownName } from '../../../src/live/names.js';

test.each([
  ['Peng Lei', 'PL'],
  ['王小明', '王'],
  ['欧阳 娜娜', '欧娜'],
  ['ada.wong@example.com', 'AW'],
  ['jean-luc', 'JL'],
  ['  maría   de la cruz ', 'MDL'],
  ['agent_017', 'A0'],
  ['ßeta', 'SS'],
  ['🙂', ''],
  ['', ''],
])('%s', (name, initials) => {
  expect(shownName(name, 'initials')).toBe(initials);
  expect(shownName(name, 'names')).toBe(name);
  expect(shownName(name, 'off')).toBe('');
});
