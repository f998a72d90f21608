/** Proves through poppler that a meeting pack says every figure of its documents in both languages, in few bytes, with heads on every page. */
import { describe, expect, test } from '@jest/globals';
import type { ReportDocument, ReportSection } from '../../../src/shared/reports.js';
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

test('a pack is called what its schedule is called, on the cover and in every foot', async () => {
  const title = '华东区周一早会';
  const pack = async (documents: ReportDocument[], name: string) =>
    (await textOf(await written(documents, 'pdf', { language: 'zh', title: name }))).split('\f').map(squeezed);
  const several = await pack([sampleDocument({}, ['李雷']), sampleDocument({}, ['李雷'])], title);
  for (const page of several.slice(0, -1)) expect(page).toContain(title);
  expect(several.join()).not.toContain('会议报告');
  // Of one report the cover says both.
  const [cover = ''] = await pack([sampleDocument({}, ['李雷'])], title);
  expect(cover).toMatch(new RegExp(`${title} .*每日现场汇总`));
  // The longest name there may be is there to its last character.
  const long = `${'华东区周一早会与'.repeat(9)}周末复盘汇总报`;
  expect((await pack([sampleDocument({}, ['李雷'])], long))[0]?.replace(/\s/g, '')).toContain('周末复盘汇总报');
});

describe('what belongs together', () => {
  const filler = (lines: number): ReportSection => ({
    kind: 'text',
    id: 'filler',
    title: { en: 'Filler', zh: '填充' },
    paragraphs: Array.from({ length: lines }, () => ({ en: 'One line.', zh: '一行。' })),
  });
  const open: ReportSection = {
    kind: 'table',
    id: 'open',
    title: { en: 'Still open', zh: '待处理事项' },
    columns: [
      { id: 'what', name: { en: 'Item', zh: '事项' }, type: 'text' },
      { id: 'count', name: { en: 'Number', zh: '数量' }, type: 'count' },
    ],
    rows: Array.from({ length: 15 }, (_, i) => ({ cells: [`事情 ${i + 1}`, i] })),
    totals: { cells: [{ en: 'Total', zh: '合计' }, 105], emphasis: 'total' },
  };
  const document = (lines: number, over: Partial<ReportDocument> = {}) =>
    sampleDocument({ headline: [], definitions: [], sections: [filler(lines), open], ...over });
  const pagesOf = async (one: ReportDocument) =>
    (await textOf(await written([one], 'pdf', { language: 'zh' }))).split('\f').slice(1, -1);

  const rowsOn = (page: string | undefined): number => page?.match(/事情 \d+/g)?.length ?? 0;

  test('a title has its first rows below it, a total two of its rows above it, and notes stay with both', async () => {
    for (let lines = 1; lines <= 28; lines += 3) {
      const pages = await pagesOf(document(lines));
      const titled = rowsOn(pages.find((page) => page.includes('待处理事项')));
      const last = pages.find((page) => /^ *合计 +105$/m.test(page));
      expect([lines, titled >= 8, rowsOn(last) >= 2, last?.includes('说明')]).toEqual([lines, true, true, true]);
    }
  });

  test('smaller gaps spare a last page with next to nothing on it', async () => {
    const few = { ...open, rows: open.rows.slice(0, 2) };
    const tables = ['a', 'b', 'c'].map((id) => ({ ...few, id }));
    const packed = (lines: number) =>
      pagesOf(document(lines, { sections: [filler(lines), ...tables], notes: [{ en: 'Said.', zh: '如此。' }] }));
    // The third table would not fit by less than its height: a page of its own for four lines.
    for (const lines of [3, 4]) {
      const pages = await packed(lines);
      expect([lines, pages.length, rowsOn(pages[0])]).toEqual([lines, 1, 6]);
    }
    // Gaps cannot make up for everything: then they are the usual ones, and the table goes over whole.
    const [first, second, ...more] = await packed(10);
    expect([rowsOn(first), rowsOn(second), more]).toEqual([4, 2, []]);
    expect(second).toContain('待处理事项');
  });

  test('a short text is not torn apart', async () => {
    const places = { ...filler(3), id: 'places', title: { en: 'Places', zh: '名次' } };
    for (let lines = 18; lines <= 23; lines += 1) {
      const pages = await pagesOf(document(lines, { sections: [filler(lines), places as ReportSection] }));
      const page = pages.find((one) => one.includes('名次'));
      const below = page?.slice(page.indexOf('名次')).match(/一行。/g)?.length;
      expect([lines, below]).toEqual([lines, 3]);
    }
  });

  test('advice goes over the whole width', async () => {
    // 74 characters of 10 points are 740 of 754 points.
    const advice = '周'.repeat(73);
    const [page = ''] = await pagesOf(
      document(1, { sections: [{ ...filler(0), paragraphs: [{ en: advice, zh: `${advice}。` }] }] as ReportSection[] }),
    );
    expect(page).toContain(`${advice}。`);
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
