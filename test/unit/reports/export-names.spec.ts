/** Proves that files of exports are called after what is in them, in every file system and browser, and after nobody. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attachmentHeader, fileNameOf, type NamedFile } from '../../../src/reports/exports/file-name.js';

const EXPLORE: NamedFile['source'] = {
  kind: 'explore',
  spec: { range: { from: '2026-11-01', to: '2026-12-01' }, kpis: ['dials'], groupBy: [], filters: {}, compare: 'none' },
};
const NAMED: NamedFile = {
  extension: 'xlsx',
  language: 'en',
  source: EXPLORE,
  report: {
    title: { en: 'Dials, Connect rate … by agent and day', zh: '按坐席、日期统计：拨打量、接通率等' },
    range: '2026-11-01 – 2026-11-30',
  },
  madeAt: '20261122-1200',
};

describe('a report', () => {
  test('is called after its title and range, in its language', () => {
    expect(fileNameOf(NAMED)).toBe('Dials, Connect rate by agent and day 2026-11-01 to 2026-11-30.xlsx');
    const chinese = { ...NAMED, language: 'zh' as const, extension: 'zip' as const };
    const range = '2026-11-01 08:00 至 2026-11-30 20:15';
    expect(fileNameOf({ ...chinese, report: { title: { en: '', zh: '按坐席、日期统计：拨打量' }, range } })).toBe(
      '按坐席、日期统计：拨打量 2026-11-01 0800 至 2026-11-30 2015.zip',
    );
  });

  test('of one agent is told from that of another by their id, never by their name', () => {
    const query = { range: { from: '2026-11-01', to: '2026-12-01' }, filters: { agents: [57] } };
    const source = { kind: 'ready' as const, report: 'agent_scorecard' as const, query };
    const report = { title: { en: 'Agent scorecard', zh: '坐席成绩单' }, range: '2026-11-02' };
    expect(fileNameOf({ ...NAMED, source, report })).toBe('Agent scorecard 57 2026-11-02.xlsx');
  });

  test('whatever its title is, is a name that every file system takes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('CON', 'a/../b', '...', '', '接'.repeat(300), '🎉'.repeat(90)),
        ),
        (title) => {
          const name = fileNameOf({ ...NAMED, report: { title: { en: title, zh: title }, range: '2026-11-02' } });
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(name).toMatch(/^(?![\s.]).*2026-11-02\.xlsx$/u);
        },
      ),
    );
  });
});

test('a list is called after the moment it was made', () => {
  const list = { ...NAMED, source: { kind: 'calls' as const, query: '' }, extension: 'csv' as const, report: null };
  expect(fileNameOf(list)).toBe('calls-20261122-1200.csv');
  expect(fileNameOf({ ...list, language: 'zh' })).toBe('通话-20261122-1200.csv');
  expect(fileNameOf({ ...list, language: 'zh', source: { kind: 'outcomes', query: '' } })).toBe(
    '结果-20261122-1200.csv',
  );
});

describe('the header', () => {
  test('of a name in ASCII is that name', () => {
    expect(attachmentHeader('calls-20261122-1200.csv')).toBe('attachment; filename="calls-20261122-1200.csv"');
  });

  test('of another carries it for those who can read it, and something for the others', () => {
    expect(attachmentHeader('按坐席（日）统计 2026-11-01 至 2026-11-30.xlsx')).toBe(
      'attachment; filename="export 2026-11-01 2026-11-30.xlsx"; ' +
        "filename*=UTF-8''%E6%8C%89%E5%9D%90%E5%B8%AD%EF%BC%88%E6%97%A5%EF%BC%89%E7%BB%9F%E8%AE%A1%202026-11-01%20%E8%87%B3%202026-11-30.xlsx",
    );
    expect(attachmentHeader("Café (it's).csv")).toBe(
      `attachment; filename="Caf (it's).csv"; filename*=UTF-8''Caf%C3%A9%20%28it%27s%29.csv`,
    );
  });

  test('never says anything else, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (stem) => {
        const name = `${stem.replace(/\p{C}/gu, '')}.csv`;
        const header = attachmentHeader(name);
        expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*\.csv"(; filename\*=UTF-8''[A-Za-z0-9._~!%-]+)?$/);
        expect([...header.matchAll(/"/g)]).toHaveLength(2);
      }),
    );
  });
});
