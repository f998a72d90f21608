/** Proves how lines break on paper: nothing is lost, no line is too wide, and Chinese punctuation stands where it belongs. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { wrapText } from '../../../src/reports/files/pdf/wrap.js';

/** Latin is half as wide as Chinese. */
const measure = (text: string): number => [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
const wrap = (text: string, width: number, maxLines?: number) => wrapText(text, width, measure, maxLines);

describe('worked cases', () => {
  test.each([
    ['接通率上升，转化率下降。', 10, ['接通率上', '升，转化率', '下降。']],
    ['他说“很好”就走了', 6, ['他说', '“很好”', '就走了']],
    ['成交额123.45万元', 12, ['成交额', '123.45万元']],
    ['the quick brown fox', 9, ['the quick', 'brown fox']],
    ['日均 connect rate 很高', 12, ['日均 connect', 'rate 很高']],
    ['（括号）里', 4, ['（括', '号）', '里']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['第一行\n第二行', 20, ['第一行', '第二行']],
  ])('%s', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('what is too long for its lines ends with …', () => {
    expect(wrap('一二三四五六七八九十', 6, 2)).toEqual(['一二三', '四五…']);
    expect(wrap('一二三', 6, 1)).toEqual(['一二三']);
  });
});

test('nothing is lost, no line too wide, none begins with a closing or ends with an opening mark', () => {
  const characters = [...'一二三四字，。、；：！？）】”（【“ab1 9.%-'];
  const texts = fc.array(fc.constantFrom(...characters), { maxLength: 60 }).map((all) => all.join(''));
  fc.assert(
    fc.property(texts, fc.integer({ min: 12, max: 40 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      // Marks in a row longer than a line, or after a blank, have nothing to stand with.
      if (/[，。、；：！？）】”（【“.%-]{3}|\s[，。、；：！？）】”.%]|[（【“]\s|[a-z0-9.%-]{8}/.test(text)) return;
      for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，。、；：！？）】”]/);
      for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（【“]$/);
    }),
    { seed: 20_261_122, numRuns: 500 },
  );
});
