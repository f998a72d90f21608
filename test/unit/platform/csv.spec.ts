/** Proves: no cell that leaves is a formula to a spreadsheet, and every text comes back as it was. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine, readCell } from '../../../src/platform/index.js';

const back = (line: string): string[] => parse(line)[0] ?? [];

test.each(['=1+1', '+86 138', '-1', '@SUM(A1)', '\t=1', '\ufeff=1', '\u200b=1', '＝1+1', ' =1', '|calc', '%x'])(
  'a formula leaves as text: %j',
  (text) => {
    expect(back(csvLine([text]))[0]?.startsWith("'")).toBe(true);
  },
);

test('numbers stay numbers, nothing is an empty cell, separators and quotes survive', () => {
  expect(csvLine([-5, null, 'a,"b"\r\nc', ' x', "it's"])).toBe('-5,,"a,""b""\r\nc"," x",it\'s\r\n');
});

test('any text comes back, but for white space around it', () => {
  const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0') && !/^\ufeff/.test(one));
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (cells) => {
      expect(back(csvLine(cells)).map(readCell)).toEqual(cells.map((cell) => readCell(cell)));
    }),
    // Cells of white space alone come up once in thousands.
    { examples: [[['\t', '']], [["'\t", '\r']], [['\n=', "'"]]] },
  );
});
