/**
 * Documents as a meeting pack: a cover, for each document its headline against target, charts, tables and findings, and
 * at the end the formula and version of every KPI.
 */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ReportDocument } from '../../../shared/reports.js';
import type { WriteOptions } from '../../ports.js';
import { LocalTime } from '../local-time.js';
import { INK, MUTED } from '../palette.js';
import { rangeText, WORDS } from '../words.js';
import { drawChart } from './charts.js';
import { type ContentsEntry, drawContents, drawCover, titleOf } from './cover.js';
import { drawDefinitions } from './definitions.js';
import { drawHeadline } from './headline.js';
import { INNER, MARGIN, Pages } from './pages.js';
import { drawTable } from './tables.js';

/** Writes the pack and ends `out`. Lets others run between its sections. */
export async function pdfFile(
  documents: readonly ReportDocument[],
  options: WriteOptions,
  out: Writable,
): Promise<void> {
  const { language } = options;
  const title = titleOf(documents, options);
  const pages = new Pages(language, { title, author: options.organisation, madeAt: options.madeAt });
  pages.doc.pipe(out);
  const written = finished(out, { readable: false });
  const contentsTop = drawCover(pages, documents, options);
  const entries: ContentsEntry[] = [];
  for (const document of documents) {
    pages.newPage();
    const begins = { title: document.title[language], detail: rangeText(document, language), page: pages.pageNumber };
    pages.isTight = await isTighter(pages, document);
    const sections = await drawDocument(pages, document);
    pages.isTight = false;
    // Of one report the contents are its parts.
    entries.push(...(documents.length > 1 ? [begins] : sections));
  }
  const definitions = drawDefinitions(pages, documents);
  if (definitions !== null) entries.push({ title: WORDS.definitions[language], detail: '', page: definitions });
  drawContents(pages, entries, contentsTop);
  const zone = new LocalTime(documents[0]?.timeZone ?? 'UTC');
  const made = zone.text(options.madeAt);
  pages.finish(
    [options.organisation, title].filter((one) => one !== '').join(' · '),
    language === 'zh' ? `${options.madeBy} 于 ${made} 导出` : `made by ${options.madeBy} at ${made}`,
  );
  await written;
}

/** Of longer ones a page more or less is one of many. */
const REHEARSED_ROWS = 400;

/** Whether smaller gaps spare a document a page, which would often be nearly empty. */
async function isTighter(pages: Pages, document: ReportDocument): Promise<boolean> {
  const rows = document.sections.map((section) => (section.kind === 'table' ? section.rows.length : 0));
  if (rows.reduce((sum, one) => sum + one, 0) > REHEARSED_ROWS) return false;
  const usual = await pages.rehearsal(() => drawDocument(pages, document));
  if (usual === 1) return false;
  const tight = await pages.rehearsal(() => {
    pages.isTight = true;
    return drawDocument(pages, document);
  });
  return tight < usual;
}

/** Returns where its parts begin; of neighbours of one title the first. */
async function drawDocument(pages: Pages, document: ReportDocument): Promise<ContentsEntry[]> {
  const zone = new LocalTime(document.timeZone);
  const known = pages.headings.length;
  drawHeadline(pages, document, zone);
  const notes = document.notes.map((one) => one[pages.language]);
  for (const section of document.sections) {
    // The notes stay with the last part: a page of them alone says nothing.
    pages.reserve =
      section === document.sections.at(-1) && notes.length > 0 ? notesHeight(pages, notes) + pages.gap(PART_GAP) : 0;
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
  pages.reserve = 0;
  if (notes.length > 0) drawNotes(pages, WORDS.notes[pages.language], notes);
  const parts = pages.headings.slice(known).map(({ title, page }) => ({ title, detail: '', page }));
  return parts.filter(({ title }, index) => parts[index - 1]?.title !== title);
}

/** Notes are small print: the document has been said before. */
const NOTE = { size: 8.5, colour: MUTED } as const;

/** At most so much is left below a part. */
const PART_GAP = 24;

function notesHeight(pages: Pages, notes: readonly string[]): number {
  if (notes.length === 0) return 0;
  const lines = notes.flatMap((note) => pages.lines(note, INNER, NOTE));
  return 22 + pages.height(lines.length, NOTE);
}

function drawNotes(pages: Pages, title: string, notes: readonly string[]): void {
  pages.room(notesHeight(pages, notes));
  pages.y += pages.text(title, MARGIN, pages.y, INNER, { size: 9.5, bold: true, colour: MUTED }) + 2;
  for (const line of notes.flatMap((note) => pages.lines(note, INNER, NOTE))) {
    pages.room(14);
    pages.line(line, MARGIN, pages.y, INNER, NOTE);
    pages.y += pages.height(1, NOTE);
  }
}

/** Texts of up to so many lines are not torn apart, nor is a paragraph of a longer one. */
const WHOLE_LINES = 10;

function drawTexts(pages: Pages, title: string, paragraphs: readonly string[]): void {
  const style = { size: 10, colour: INK } as const;
  const wrapped = paragraphs.map((paragraph) => pages.lines(paragraph, INNER, style));
  const gap = pages.gap(5);
  const count = wrapped.flat().length;
  const whole = pages.height(count, style) + wrapped.length * gap + pages.reserve;
  const heightOf = (lines: readonly string[]): number => pages.height(Math.min(WHOLE_LINES, lines.length), style);
  pages.room(pages.headingHeight(title) + (count <= WHOLE_LINES ? whole : heightOf(wrapped[0] ?? [])));
  pages.heading(title);
  wrapped.forEach((lines, index) => {
    // What comes after stays with the last paragraph.
    pages.room(heightOf(lines) + (index === wrapped.length - 1 ? pages.reserve : 0));
    for (const line of lines) {
      pages.room(pages.height(1, style));
      pages.line(line, MARGIN, pages.y, INNER, style);
      pages.y += pages.height(1, style);
    }
    pages.y += gap;
  });
  pages.y += Math.max(8, pages.gap(12));
}
