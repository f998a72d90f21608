/** Proves that big lists are written row by row, whole and typed, at the reader's pace, and stop when they are told to. */
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type RowCell, type RowColumn, type RowsOptions, writeRows } from '../../../src/reports/files/index.js';
import { unzip } from '../../support/unzip.js';
import { HOSTILE_NAMES } from './files-sample.js';

const COLUMNS: RowColumn[] = [
  { name: 'Call', type: 'text' },
  { name: 'Agent', type: 'text' },
  { name: 'Talk (s)', type: 'seconds' },
  { name: 'Date', type: 'date' },
  { name: 'Started', type: 'instant' },
  { name: 'Revenue', type: 'money' },
  { name: 'Sales', type: 'number' },
];
const OPTIONS: RowsOptions = { timeZone: 'Asia/Kathmandu', sheetName: 'Calls' };

const rowOf = (i: number): RowCell[] => [
  `CA${i}`,
  HOSTILE_NAMES[i % HOSTILE_NAMES.length] ?? '',
  i + 0.25,
  '2026-11-22',
  '2026-11-22T00:00:00.000Z',
  i % 3 === 0 ? null : i / 100,
  i,
];

async function* rowsTo(count: number, pulled?: (i: number) => void): AsyncGenerator<RowCell[]> {
  for (let i = 0; i < count; i += 1) {
    pulled?.(i);
    yield rowOf(i);
  }
}

async function bytesOf(format: 'csv' | 'xlsx', count: number, options: Partial<RowsOptions> = {}): Promise<Buffer> {
  const out = new PassThrough();
  const [bytes, written] = await Promise.all([
    buffer(out),
    writeRows(format, COLUMNS, rowsTo(count), out, { ...OPTIONS, ...options }),
  ]);
  expect(written).toBe(count);
  return bytes;
}

/** Cells of a sheet as the file has them: [type, style, value]. */
function sheetCells(xml: string): Map<string, { type: string; style: string; value: string }> {
  const cells = new Map<string, { type: string; style: string; value: string }>();
  for (const [, attributes = '', inner = ''] of xml.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const attribute = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const value = /<(?:v|t)(?: [^>]*)?>(.*?)<\/(?:v|t)>/s.exec(inner)?.[1] ?? '';
    cells.set(attribute('r'), { type: attribute('t'), style: attribute('s'), value });
  }
  return cells;
}

describe('csv', () => {
  test('has every row and figure', async () => {
    const rows: string[][] = parse(await bytesOf('csv', 5_003, { byteOrderMark: true }), { bom: true });
    expect(rows).toHaveLength(5_004);
    expect(rows[0]).toEqual(COLUMNS.map((column) => column.name));
    for (const [i, row] of rows.slice(1).entries()) {
      expect([row[0], Number(row[2]), row[3], Number(row[6])]).toEqual([`CA${i}`, i + 0.25, '2026-11-22', i]);
      expect(row[5]).toBe(i % 3 === 0 ? '' : String(i / 100));
      expect(row[1]).not.toMatch(/^[\s\u200b\ufeff]*[=+\-@＝＋－＠]/u);
    }
  });

  test('of nothing is its header', async () => {
    expect((await bytesOf('csv', 0)).toString('utf8')).toBe('Call,Agent,Talk (s),Date,Started,Revenue,Sales\r\n');
  });
});

describe('xlsx', () => {
  test('has typed cells and goes on with a next sheet where one is full', async () => {
    const files = unzip(await bytesOf('xlsx', 2_500, { rowsPerSheet: 1_001 }));
    const sheets = [...files]
      .filter(([name]) => name.startsWith('xl/worksheets/'))
      .map(([, xml]) => xml.toString('utf8'));
    expect(sheets).toHaveLength(3);
    const [first, second, third] = sheets.map(sheetCells);
    for (const cells of [first, second, third]) expect(cells?.get('A1')?.value).toBe('Call');
    expect([first?.get('A2'), second?.get('A2'), third?.get('A501')].map((cell) => cell?.value)).toEqual([
      'CA0',
      'CA1000',
      'CA2499',
    ]);
    expect(third?.has('A502')).toBe(false);
    expect(Number(second?.get('C2')?.value) * 86_400).toBeCloseTo(1_000.25, 6);
    // Midnight UTC is 05:45 in Kathmandu; 46,348 days lie between 1899-12-30 and 2026-11-22.
    expect(Number(first?.get('E2')?.value)).toBeCloseTo(46_348 + 5.75 / 24, 9);
    expect(first?.get('D2')?.value).toBe('46348');
    expect(first?.get('F2')?.value).toBe('');
    expect(first?.get('F3')?.value).toBe('0.01');
  });

  test('text is text and no cell a formula', async () => {
    const files = unzip(await bytesOf('xlsx', HOSTILE_NAMES.length));
    const xml = files.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? '';
    expect(xml).not.toMatch(/<f[ >]/);
    const cells = sheetCells(xml);
    const styles = files.get('xl/styles.xml')?.toString('utf8') ?? '';
    const code = /<numFmt numFmtId="(\d+)" formatCode="@"/.exec(styles)?.[1] ?? '49';
    const formats = [...(/<cellXfs.*?<\/cellXfs>/s.exec(styles)?.[0] ?? '').matchAll(/<xf [^>]*numFmtId="(\d+)"/g)];
    HOSTILE_NAMES.forEach((_, i) => {
      const cell = cells.get(`B${i + 2}`);
      expect(cell?.type).toBe('inlineStr');
      expect(formats[Number(cell?.style)]?.[1]).toBe(code);
    });
  });
});

describe.each(['csv', 'xlsx'] as const)('%s', (format) => {
  test('rows are pulled no faster than they are taken', async () => {
    let pulled = 0;
    let taken = 0;
    let most = 0;
    const out = new Writable({
      highWaterMark: 1_024,
      write(chunk: Buffer, _, done) {
        taken += chunk.length;
        most = Math.max(most, pulled);
        // Nothing is taken for a while: what is pulled meanwhile has to wait somewhere.
        setImmediate(() => setImmediate(() => setImmediate(done)));
      },
    });
    const reports: number[] = [];
    const rows = 40_000;
    await writeRows(
      format,
      COLUMNS,
      rowsTo(rows, () => {
        pulled += 1;
      }),
      out,
      { ...OPTIONS, onRows: (done) => reports.push(done) },
    );
    expect(taken).toBeGreaterThan(100_000);
    expect(reports.at(-1)).toBe(rows);
    expect(reports.length).toBeGreaterThanOrEqual(rows / 1_000);
  });

  test('told to stop, it stops', async () => {
    const stop = new AbortController();
    const out = new PassThrough();
    out.resume();
    let pulled = 0;
    const endless = rowsTo(Number.POSITIVE_INFINITY, (i) => {
      pulled = i;
      if (i === 3_000) stop.abort();
    });
    await expect(writeRows(format, COLUMNS, endless, out, { ...OPTIONS, signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(pulled).toBeLessThan(3_100);
    expect(out.destroyed).toBe(true);
  });

  test('a fault of the source is the fault of the file', async () => {
    async function* broken(): AsyncGenerator<RowCell[]> {
      yield rowOf(1);
      throw new Error('the database went away');
    }
    const out = new PassThrough();
    out.resume();
    await expect(writeRows(format, COLUMNS, broken(), out, OPTIONS)).rejects.toThrow('the database went away');
  });
});
