/** Proves that CSV files read back to the very figures of the document, in one rectangle, and that no text in them is a formula. */
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { documentFileType } from '../../../src/reports/files/index.js';
import { unzip } from '../../support/unzip.js';
import { HOSTILE_NAMES, sampleDocument, table } from './files-sample.js';
import { written } from './files-written.js';

const explored = () => sampleDocument({ id: 'explore', sections: [table(HOSTILE_NAMES)] });

const rowsOf = (bytes: Buffer | undefined): string[][] => parse(bytes ?? Buffer.alloc(0), { bom: true });

/** What a spreadsheet makes of a cell: it skips what cannot be seen, and takes full-width signs for plain ones. */
const isFormula = (cell: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
  /^[\s\u0000-\u001f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]/u.test(cell) && !/^-?\d+(\.\d+)?(e[+-]\d+)?$/.test(cell);

describe('one table', () => {
  test('is one rectangle with a header, every row and the totals last', async () => {
    const rows = rowsOf(await written([explored()], 'csv'));
    expect(rows[0]).toEqual([
      'row',
      'Agent',
      'Day',
      'Dials',
      'Connect rate',
      'Talk time (s)',
      'Revenue (CNY)',
      'Revenue (JPY)',
      'Change',
      'Last call',
    ]);
    expect(rows).toHaveLength(HOSTILE_NAMES.length + 2);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([10]));
    expect(rows.map((row) => row[0])).toEqual(['row', ...HOSTILE_NAMES.map(() => 'row'), 'total']);
  });

  test('has every figure to its last digit', async () => {
    const rows = rowsOf(await written([explored()], 'csv'));
    HOSTILE_NAMES.forEach((_, i) => {
      const [, , day, dials, rate, talk, cny, jpy, change, at] = rows[i + 1] ?? [];
      expect([day, at]).toEqual([`2026-11-2${i % 7}`, '2026-11-22T06:03:07.500Z']);
      expect([dials, rate, talk].map(Number)).toEqual([1_234 + i, (i + 1) / 7, 3_661.25 + i]);
      expect(Number(cny)).toBe((i % 2 === 0 ? 123_456 + i : 100 + i) / 100);
      expect(jpy).toBe(i % 2 === 0 ? '' : '7');
      expect(change).toBe(i === 0 ? '' : '0.125');
    });
    const count = HOSTILE_NAMES.length;
    const sum = (count * (count - 1)) / 2;
    expect(rows.at(-1)?.slice(3, 6).map(Number)).toEqual([
      1_234 * count + sum,
      0.412_345_678_9,
      3_661.25 * count + sum,
    ]);
  });

  test('names of whatever kind stay text, and can be told apart', async () => {
    for (const byteOrderMark of [false, true]) {
      const bytes = await written([explored()], 'csv', { byteOrderMark });
      expect(bytes.subarray(0, 3).toString('hex') === 'efbbbf').toBe(byteOrderMark);
      expect(bytes.includes(0)).toBe(false);
      const rows = rowsOf(bytes);
      expect(rows.flat().filter(isFormula)).toEqual([]);
      expect(rows.slice(1, -1).map((row) => row[1]?.replace(/^'/, ''))).toEqual(
        HOSTILE_NAMES.map((name) => name.replaceAll('\u0000', '').replace('\ud800', '\ufffd').replace(/^'/, '')),
      );
    }
  });

  test('lines end as RFC 4180 says', async () => {
    const document = sampleDocument({ id: 'explore', sections: [table(['王小明', '李雷'])] });
    const text = (await written([document], 'csv', { language: 'zh' })).toString('utf8');
    expect(text.split('\r\n')).toHaveLength(5);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.split(',')[1]).toBe('坐席');
  });
});

describe('several tables', () => {
  test('are a file each in a .zip, with the definitions', async () => {
    expect(documentFileType([sampleDocument()], 'csv').extension).toBe('zip');
    expect(documentFileType([explored()], 'csv').extension).toBe('csv');
    const files = unzip(await written([sampleDocument()], 'csv'));
    expect([...files.keys()]).toEqual([
      '01-about.csv',
      '02-headline.csv',
      '03-by_agent.csv',
      '04-dials_by_hour.csv',
      '05-trend.csv',
      '06-funnel.csv',
      '07-heat.csv',
      '08-waterfall.csv',
      'definitions.csv',
    ]);
    const trend = rowsOf(files.get('05-trend.csv'));
    expect(trend[1]).toEqual(['row', 'W36', '0.08', '0.06', '0.11', '400', '0.09']);
    expect(rowsOf(files.get('07-heat.csv'))).toHaveLength(31);
    expect(rowsOf(files.get('definitions.csv'))[2]?.slice(1, 4)).toEqual([
      'connect_rate',
      'Connect rate',
      'connects ÷ dials',
    ]);
    expect(rowsOf(files.get('02-headline.csv')).map((row) => row.slice(1, 5))).toEqual([
      ['KPI', 'Value', 'Compared', 'Target'],
      ['Dials', '1234567', '1200000', '1500000'],
      ['Connect rate', '0.4123456789', '0.4', ''],
      ['Talk time', '987654.5', '', ''],
      ['Revenue (CNY)', '1234567.89', '1500000', '1200000'],
      ['Revenue (JPY)', '5000', '', ''],
    ]);
  });

  test('of a pack lie in a folder for each document', async () => {
    const names = [...unzip(await written([sampleDocument(), sampleDocument({ id: 'callbacks' })], 'csv')).keys()];
    expect(names).toContain('01-daily_floor/03-by_agent.csv');
    expect(names).toContain('02-callbacks/03-by_agent.csv');
  });
});
