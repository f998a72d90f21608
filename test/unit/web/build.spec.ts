/** Proves that a page knows the entry of the build it is handed, so that a TV can tell an upgrade from a restart. */
import { expect, test } from '@jest/globals';
import { entryOf } from '../../../web/src/api/build.js';

test.each([
  ['<html><script type="module" crossorigin src="/assets/index-C9.js"></script></html>', '/assets/index-C9.js'],
  ['<script>inline</script><script src="/a.js"></script>', '/a.js'],
  ['<html>Bad gateway</html>', null],
])('%p starts with %p', (html, entry) => expect(entryOf(html)).toBe(entry));
