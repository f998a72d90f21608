/** Proves through poppler that a meeting pack says every figure of its documents in both languages, in few bytes, with heads on every page. */
import { describe, expect, test } from '@jest/globals';
import { pdfFonts, pdfPages, pdfText } from '../../support/pdf-text.js';
import { DEFINITIONS, HOSTILE_NAMES, OPTIONS, sampleDocument, table } from './files-sample.js';
import { withFile, written } from './files-written.js';

const NAMES = Array.from({ length: 90 }, (_, i) => `坐席 ${i}`);
const squeezed = (text: string): string => text.replace(/\s+/g, ' ');

async function textOf(bytes: Buffer): Promise<string> {
  return withFile(bytes, 'pack.pdf', pdfText);
}

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  test('every figure of tables and headline is in the text', async () => {
    const bytes = await written([sampleDocument({}, NAMES)], 'pdf', { language });
    expect(bytes.length).toBeLessThan(1_000_000);
    const text = squeezed(await textOf(bytes));
    NAMES.forEach((name, i) => {
      const dials = (1_234 + i).toLocaleString('en-US');
      const rate = `${(((i + 1) / 7) * 100).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`;
      const seconds = Math.round(3_661.25 + i);
      const talk = `1:${String(Math.floor(seconds / 60) - 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
      const cents = i % 2 === 0 ? 123_456 + i : 100 + i;
      const amount = `${language === 'zh' ? '¥' : 'CN¥'}${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
      expect(text).toContain(`${name} 2026-11-2${i % 7} ${dials} ${rate} ${talk} ${amount}`);
    });
    // 90 · 1,234 + (0 + … + 89 = 4,005) = 115,065.
    expect(text).toContain(`${language === 'zh' ? '合计' : 'Total'} 115,065 41.2%`);
    for (const figure of ['1,234,567', '274:20:55', language === 'zh' ? '¥1,234,567.89' : 'CN¥1,234,567.89'])
      expect(text).toContain(figure);
    for (const one of DEFINITIONS) expect(text).toContain(one.id);
    // A cell of the heat map says what it rests on.
    expect(text).toContain('10.0–60.0% · n 20');
  });

  test('cover and foot say whose it is, of when, as of when, by whom', async () => {
    const documents = [
      sampleDocument({}, ['李雷']),
      sampleDocument({ title: { en: 'Callbacks', zh: '预约回访' } }, ['李雷']),
    ];
    const bytes = await written(documents, 'pdf', { language });
    const pages = (await textOf(bytes)).split('\f').map(squeezed);
    const cover = pages[0] ?? '';
    const range = language === 'zh' ? '2026-11-16 至 2026-11-22' : '2026-11-16 – 2026-11-22';
    for (const said of [OPTIONS.organisation, range, '2026-11-22 14:10:00', OPTIONS.madeBy, '2026-11-22 14:15:00']) {
      expect(cover).toContain(said);
    }
    const count = await withFile(bytes, 'pack.pdf', pdfPages);
    for (let page = 1; page <= count; page += 1) {
      expect(pages[page - 1]).toMatch(new RegExp(`(^|\\s)${page} ?/ ?${count}(\\s|$)`));
      expect(pages[page - 1]).toContain(OPTIONS.madeBy);
    }
    // The contents say where the second document begins, and there it does.
    const second = documents[1]?.title[language] ?? '';
    const at = Number(new RegExp(`${second} ${range} (\\d+)`).exec(cover)?.[1]);
    expect(pages[at - 1]?.trimStart().startsWith(second)).toBe(true);
  });
});

test('a table that goes on over pages has its head on each', async () => {
  const pages = (await textOf(await written([sampleDocument({ sections: [table(NAMES)] }, NAMES)], 'pdf'))).split('\f');
  const withRows = pages.filter((page) => /坐席 \d+/.test(page));
  expect(withRows.length).toBeGreaterThan(2);
  for (const page of withRows) expect(page).toMatch(/Agent\s+Day\s+Dials\s+Connect rate/);
});

test('more columns than a page has room for come in bands, each with the names', async () => {
  const one = table(['王小明', '李雷']);
  const figures = one.columns.slice(2, 6);
  const wide = {
    ...one,
    columns: [...one.columns.slice(0, 1), ...Array.from({ length: 8 }, () => figures).flat()],
    rows: one.rows.map((row) => ({
      cells: [...row.cells.slice(0, 1), ...Array.from({ length: 8 }, () => row.cells.slice(2, 6)).flat()],
    })),
    totals: null,
  };
  const text = await textOf(await written([sampleDocument({ sections: [wide] })], 'pdf', { language: 'zh' }));
  // Once a band; the cover names whoever made it.
  expect(text.match(/^ *李雷 +[\d,.%¥:]+ /gm)?.length).toBeGreaterThan(1);
  expect(text.match(/1:01:02/g)).toHaveLength(8);
});

test('names of whatever kind do no harm; what the font lacks is a box or its plain letter', async () => {
  const text = await textOf(await written([sampleDocument({}, [...HOSTILE_NAMES, 'Łódź Şəhər'])], 'pdf'));
  expect(text).toContain(`=cmd|'/c calc'!A1`);
  expect(text).toContain('Ünïcödé 李雷');
  expect(text).toContain('Lódz');
  expect(text).toContain('…');
});

test('fonts are embedded, and only what is used of them', async () => {
  const bytes = await written([sampleDocument()], 'pdf', { language: 'zh' });
  const lines = (await withFile(bytes, 'pack.pdf', pdfFonts)).trim().split('\n').slice(2);
  expect(lines.map((line) => /\+(\S+)/.exec(line)?.[1]).sort()).toEqual(['NotoSansHans-Bold', 'NotoSansHans-Regular']);
  for (const line of lines) expect(line).toMatch(/yes yes yes/);
});

test('the same documents give the same bytes', async () => {
  const [first, second] = [await written([sampleDocument()], 'pdf'), await written([sampleDocument()], 'pdf')];
  expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
});

test('an empty document still is a pack', async () => {
  const empty = sampleDocument({
    headline: [],
    sections: [{ ...table([]), totals: null }],
    definitions: [],
    notes: [],
    filters: [],
  });
  expect(await textOf(await written([empty], 'pdf'))).toContain('No data in this period.');
});
