/** Proves with a second library that workbooks hold typed cells with the very figures, native charts, legal names, and no formula. */
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { type CellValue, readXlsx } from 'hucre/xlsx';
import { writeDocument } from '../../../src/reports/files/index.js';
import { pdfText } from '../../support/pdf-text.js';
import { unzip } from '../../support/unzip.js';
import { CHARTS, HOSTILE_NAMES, OPTIONS, sampleDocument, table } from './files-sample.js';
import { withFile, written } from './files-written.js';

const SECONDS_FROM = Date.UTC(1899, 11, 31);

async function sheetsOf(bytes: Buffer) {
  const { sheets } = await readXlsx(bytes, { readStyles: true });
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

/** A cell's number; of a duration, which readers give as a time since the day 0 of January 1900, its seconds. */
const secondsOf = (cell: CellValue | undefined): number =>
  cell instanceof Date ? (cell.getTime() - SECONDS_FROM) / 1_000 : Number.NaN;

describe('a document', () => {
  test('is a sheet a section, an overview before and the definitions behind', async () => {
    const names = [...(await sheetsOf(await written([sampleDocument()], 'xlsx'))).keys()];
    expect(names).toEqual([
      'Overview',
      'By agent',
      'Dials by hour',
      'Conversion, twelve weeks',
      'Funnel',
      'Connect rate by weekday and hou',
      'What changed',
      'Definitions',
    ]);
  });

  test('has every figure with its type, to the last digit', async () => {
    const rows = (await sheetsOf(await written([sampleDocument()], 'xlsx'))).get('By agent')?.rows ?? [];
    HOSTILE_NAMES.forEach((name, i) => {
      const [agent, day, dials, rate, talk, cny, jpy, change, at] = rows[i + 1] ?? [];
      expect(agent).toBe(name.replaceAll('\u0000', '').replace('\ud800', '\ufffd') || null);
      expect(day).toEqual(new Date(`2026-11-2${i % 7}T00:00:00Z`));
      expect([dials, rate]).toEqual([1_234 + i, (i + 1) / 7]);
      expect(secondsOf(talk)).toBeCloseTo(3_661.25 + i, 2);
      expect(cny).toBe((i % 2 === 0 ? 123_456 + i : 100 + i) / 100);
      expect(jpy ?? null).toBe(i % 2 === 0 ? null : 7);
      expect(change ?? null).toBe(i === 0 ? null : 0.125);
      // 06:03:07.5 UTC on the wall clock of Shanghai.
      expect(at).toEqual(new Date('2026-11-22T14:03:07.500Z'));
    });
    const count = HOSTILE_NAMES.length;
    const totals = rows[count + 1] ?? [];
    expect(totals.slice(2, 4)).toEqual([1_234 * count + (count * (count - 1)) / 2, 0.412_345_678_9]);
    expect(totals[0]).toBe('Total');
  });

  test('no cell is a formula, and text stays text when somebody edits it', async () => {
    const files = unzip(await written([sampleDocument()], 'xlsx'));
    const sheets = [...files].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(8);
    for (const [, xml] of sheets) expect(xml.toString('utf8')).not.toMatch(/<f[ >]/);
    const sheet = (await sheetsOf(await written([sampleDocument()], 'xlsx'))).get('By agent');
    HOSTILE_NAMES.forEach((_, i) => {
      expect(sheet?.cells?.get(`${i + 1},0`)?.style?.numFmt).toBe('@');
    });
  });

  test('has frozen heads, filters that leave the totals out, and number formats', async () => {
    const files = unzip(await written([sampleDocument()], 'xlsx', { language: 'zh' }));
    const xml = files.get('xl/worksheets/sheet2.xml')?.toString('utf8') ?? '';
    expect(xml).toContain('state="frozen"');
    expect(xml).toContain(`<autoFilter ref="A1:I${HOSTILE_NAMES.length + 1}"`);
    const styles = files.get('xl/styles.xml')?.toString('utf8') ?? '';
    for (const format of ['[h]:mm:ss', '0.0%', 'yyyy-mm-dd hh:mm:ss', '¥&quot;#,##0.00', 'JP¥&quot;#,##0']) {
      expect(styles).toContain(format);
    }
  });

  test('draws its charts natively, and colours its heat map', async () => {
    const files = unzip(await written([sampleDocument()], 'xlsx'));
    const charts = [...files]
      .filter(([name]) => /^xl\/charts\/chart\d+\.xml$/.test(name))
      .map(([, xml]) => xml.toString('utf8'));
    expect(charts).toHaveLength(CHARTS.length - 1);
    expect(charts[0]).toContain('<c:barChart>');
    expect(charts[0]).toContain('<c:lineChart>');
    expect(charts[1]).toContain('<c:lineChart>');
    expect(charts[3]).toContain('val="stacked"');
    const heat = (await sheetsOf(await written([sampleDocument()], 'xlsx'))).get('Connect rate by weekday and hou');
    const fills = new Set([...(heat?.cells ?? [])].map(([, cell]) => JSON.stringify(cell.style?.fill ?? null)));
    expect(fills.size).toBeGreaterThan(6);
  });
});

test('names of sheets are legal and each its own, whatever the titles are', async () => {
  const titles = [
    "'a'",
    'a',
    'A',
    '[x]:*?/\\',
    '',
    'x'.repeat(60),
    'x'.repeat(60),
    '口'.repeat(40),
    '🎉'.repeat(20),
    'History',
  ];
  const sections = titles.map((title, i) => ({ ...table(['王小明']), id: `t${i}`, title: { en: title, zh: title } }));
  const names = [...(await sheetsOf(await written([sampleDocument({ sections })], 'xlsx'))).keys()];
  expect(names).toHaveLength(titles.length + 2);
  for (const name of names) {
    expect(name.length).toBeLessThanOrEqual(31);
    expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$|^history$/i);
  }
});

test('how many more or fewer is a number that shows its sign, and no more than a number in a CSV', async () => {
  const names = ['王小明', '李雷', '韩梅梅'];
  const sales = {
    ...table([]),
    columns: [
      { id: 'agent', name: { en: 'Agent', zh: '坐席' }, type: 'text' as const },
      { id: 'difference', name: { en: 'Contribution', zh: '贡献' }, type: 'difference' as const },
    ],
    rows: [1_100, -14, 0].map((value, i) => ({ cells: [names[i] ?? '', value] })),
    totals: { cells: [{ en: 'Total', zh: '合计' }, 1_086] },
  };
  const document = sampleDocument({ id: 'explore', sections: [sales] });
  const sheet = (await sheetsOf(await written([document], 'xlsx'))).get('By agent');
  expect(sheet?.rows?.slice(1, 5).map((row) => row[1])).toEqual([1_100, -14, 0, 1_086]);
  for (let row = 1; row <= 4; row += 1) {
    expect(sheet?.cells?.get(`${row},1`)?.style?.numFmt).toBe('+#,##0;-#,##0;0');
  }
  const csv = (await written([document], 'csv')).toString('utf8').trim().split('\r\n');
  expect(csv.slice(1).map((line) => line.split(',').at(-1))).toEqual(['1100', '-14', '0', '1086']);
  const pdf = await withFile(await written([document], 'pdf'), 'pack.pdf', pdfText);
  expect(pdf.match(/^ *(?:王小明|李雷|韩梅梅|Total) +\S+$/gm)?.map((line) => line.trim().split(/ +/)[1])).toEqual([
    '+1,100',
    '-14',
    '0',
    '+1,086',
  ]);
});

test('a document without anything in it still says what it is', async () => {
  const empty = sampleDocument({
    headline: [],
    sections: [{ ...table([]), totals: null }],
    definitions: [],
    notes: [],
    filters: [],
  });
  const sheets = await sheetsOf(await written([empty], 'xlsx'));
  expect(JSON.stringify(sheets.get('By agent')?.rows)).toContain('No data in this period.');
});

test('a table too large for a workbook made in memory is refused, as CSV it is written', async () => {
  const few = table(['王小明']);
  const [row] = few.rows;
  if (row === undefined) throw new Error('No row');
  const large = { ...few, rows: Array.from({ length: 90_000 }, () => row) };
  const document = sampleDocument({ sections: [large] });
  const options = { ...OPTIONS, language: 'en' as const };
  await expect(writeDocument([document], 'xlsx', options, new PassThrough())).rejects.toMatchObject({
    code: 'export_workbook_too_large',
  });
  expect((await written([document], 'csv')).length).toBeGreaterThan(0);
});
