/**
 * Documents as a meeting pack: a cover, for each document its headline against target, charts, tables and findings, and
 * at the end the formula and version of every KPI.
 */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ReportDocument, TableSection } from '../../../shared/reports.js';
import type { WriteOptions } from '../../ports.js';
import { LocalTime } from '../local-time.js';
import { INK } from '../palette.js';
import { WORDS } from '../words.js';
import { drawChart } from './charts.js';
import { drawContents, drawCover } from './cover.js';
import { drawHeadline } from './headline.js';
import { INNER, MARGIN, Pages } from './pages.js';
import { drawTable } from './tables.js';

/** A definition is not to be cut. */
const DEFINITION_LINES_MAX = 24;

/** Writes the pack and ends `out`. Lets others run between its sections. */
export async function pdfFile(
  documents: readonly ReportDocument[],
  options: WriteOptions,
  out: Writable,
): Promise<void> {
  const { language } = options;
  const title = documents.length === 1 ? (documents[0]?.title[language] ?? '') : WORDS.pack[language];
  const pages = new Pages(language, { title, author: options.organisation, madeAt: options.madeAt });
  pages.doc.pipe(out);
  const written = finished(out, { readable: false });
  drawCover(pages, documents, options);
  const starts: number[] = [];
  for (const document of documents) {
    pages.newPage();
    starts.push(pages.pageNumber);
    await drawDocument(pages, document);
  }
  drawDefinitions(pages, documents);
  drawContents(pages, documents, starts);
  const zone = new LocalTime(documents[0]?.timeZone ?? 'UTC');
  const made = zone.text(options.madeAt);
  pages.finish(
    [options.organisation, title].filter((one) => one !== '').join(' · '),
    language === 'zh' ? `${options.madeBy} 于 ${made} 导出` : `made by ${options.madeBy} at ${made}`,
  );
  await written;
}

async function drawDocument(pages: Pages, document: ReportDocument): Promise<void> {
  const zone = new LocalTime(document.timeZone);
  drawHeadline(pages, document, zone);
  for (const section of document.sections) {
    if (section.kind === 'table') drawTable(pages, section, zone);
    else if (section.kind === 'chart') drawChart(pages, section);
    else
      drawTexts(
        pages,
        section.title[pages.language],
        section.paragraphs.map((one) => one[pages.language]),
      );
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (document.notes.length > 0) {
    drawTexts(
      pages,
      WORDS.notes[pages.language],
      document.notes.map((one) => one[pages.language]),
    );
  }
}

function drawTexts(pages: Pages, title: string, paragraphs: readonly string[]): void {
  pages.room(60);
  pages.y += pages.text(title, MARGIN, pages.y, INNER, { size: 13, bold: true }) + 4;
  const style = { size: 10, colour: INK } as const;
  for (const paragraph of paragraphs) {
    for (const line of pages.lines(paragraph, INNER * 0.86, style)) {
      pages.room(16);
      pages.line(line, MARGIN, pages.y, INNER, style);
      pages.y += pages.height(1, style);
    }
    pages.y += 5;
  }
  pages.y += 12;
}

function drawDefinitions(pages: Pages, documents: readonly ReportDocument[]): void {
  const all = [...new Map(documents.flatMap((one) => one.definitions.map((kpi) => [kpi.id, kpi] as const))).values()];
  if (all.length === 0) return;
  pages.newPage();
  const { language } = pages;
  const name = (id: keyof typeof WORDS): TableSection['columns'][number] => ({ id, name: WORDS[id], type: 'text' });
  const note = {
    en: 'Ratios are ratios of sums, never averages of ratios. “—” is no value: nothing to divide by.',
    zh: '比率均为“合计 ÷ 合计”，不取比率的平均值；“—”表示没有数值（分母为空）。',
  };
  drawTable(
    pages,
    {
      kind: 'table',
      id: 'definitions',
      title: WORDS.definitions,
      columns: [name('name'), name('id'), name('formula'), name('version'), name('meaning')],
      rows: all.map((kpi) => ({
        cells: [kpi.name[language], kpi.id, kpi.formula, String(kpi.version), kpi.explanation[language]],
      })),
      totals: null,
      note,
    },
    new LocalTime('UTC'),
    DEFINITION_LINES_MAX,
  );
}
