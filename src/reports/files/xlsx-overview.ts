/** The first sheet of a workbook: what it is, of when, of what, by whom, and the headline of each document in it. */
import type { Worksheet } from 'wasm-xlsxwriter';
import type { Localised } from '../../shared/api.js';
import type { ReportDocument } from '../../shared/reports.js';
import type { WriteOptions } from '../ports.js';
import { type HeadlineLine, headlineLines } from './flat-table.js';
import { LocalTime } from './local-time.js';
import { comparedText, rangeText, WORDS, zoneText } from './words.js';
import type { Book } from './xlsx-book.js';

export function writeOverview(book: Book, documents: readonly ReportDocument[], options: WriteOptions): void {
  const { language } = options;
  const sheet = book.sheet(WORDS.overview[language]);
  sheet.setColumnWidth(0, 26).setColumnRangeWidth(1, 5, 18).setScreenGridlines(false);
  book.text(sheet, 0, 0, options.organisation, { bold: true, size: 16 });
  const zone = new LocalTime(documents[0]?.timeZone ?? 'UTC');
  let row = pairs(book, sheet, 1, [
    ...(options.title === undefined ? [] : [[WORDS.pack, options.title] as [Localised, string]]),
    [WORDS.madeBy, options.madeBy],
    [WORDS.madeAt, `${zone.text(options.madeAt)} (${documents[0]?.timeZone ?? 'UTC'})`],
  ]);
  for (const document of documents) row = writeDocumentBlock(book, sheet, row + 1, document);
  sheet.setLandscape().setPrintFitToPages(1, 0);
}

function writeDocumentBlock(book: Book, sheet: Worksheet, top: number, document: ReportDocument): number {
  const { language } = book;
  const compared = comparedText(document, language);
  const filters = document.filters.length === 0 ? [WORDS.noFilters] : document.filters;
  book.text(sheet, top, 0, document.title[language], { bold: true, size: 14 });
  let row = pairs(book, sheet, top + 1, [
    [WORDS.range, rangeText(document, language)],
    ...(compared === null ? [] : [[WORDS.compared, compared] as [Localised, string]]),
    [WORDS.asOf, new LocalTime(document.timeZone).text(document.asOf)],
    [WORDS.zone, zoneText(document, language)],
    ...filters.map((one, index): [Localised, string] => [index === 0 ? WORDS.filters : NOTHING, one[language]]),
  ]);
  if (document.headline.length > 0) row = headline(book, sheet, row + 1, headlineLines(document, language));
  for (const section of document.sections) {
    if (section.kind !== 'text') continue;
    book.text(sheet, row + 1, 0, section.title[language], { bold: true });
    row = paragraphs(book, sheet, row + 2, section.paragraphs);
  }
  if (document.notes.length > 0) {
    book.text(sheet, row + 1, 0, WORDS.notes[language], { bold: true });
    row = paragraphs(book, sheet, row + 2, document.notes);
  }
  return row;
}

const NOTHING: Localised = { en: '', zh: '' };

function pairs(book: Book, sheet: Worksheet, top: number, all: readonly [Localised, string][]): number {
  all.forEach(([word, text], index) => {
    book.text(sheet, top + index, 0, word[book.language]);
    book.text(sheet, top + index, 1, text);
  });
  return top + all.length;
}

function paragraphs(book: Book, sheet: Worksheet, top: number, texts: readonly Localised[]): number {
  texts.forEach((text, index) => {
    book.text(sheet, top + index, 0, text[book.language]);
  });
  return top + texts.length;
}

function headline(book: Book, sheet: Worksheet, top: number, lines: readonly HeadlineLine[]): number {
  const { language } = book;
  const words = [WORDS.figure, WORDS.value, WORDS.before, WORDS.change, WORDS.target, WORDS.attainment];
  words.forEach((word, at) => {
    book.text(sheet, top, at, word[language], { header: true, right: at > 0 });
  });
  const zone = new LocalTime('UTC');
  lines.forEach((line, index) => {
    const row = top + 1 + index;
    const own = {
      name: line.name,
      type: line.type,
      ...(line.currency === undefined ? {} : { currency: line.currency }),
    };
    book.text(sheet, row, 0, line.name);
    book.cell(sheet, row, 1, line.value, own, zone, { bold: true });
    book.cell(sheet, row, 2, line.compared, own, zone, {});
    changeCell(book, sheet, row, line);
    book.cell(sheet, row, 4, line.target, own, zone, {});
    book.cell(sheet, row, 5, line.attainment, { name: '', type: 'fraction' }, zone, {});
  });
  return top + 1 + lines.length;
}

/** Of fractions in points, of everything else in per cent. */
function changeCell(book: Book, sheet: Worksheet, row: number, line: HeadlineLine): void {
  if (line.change === null) return;
  if (line.type !== 'fraction') {
    book.cell(sheet, row, 3, line.change, { name: '', type: 'change' }, new LocalTime('UTC'), {});
    return;
  }
  const points = WORDS.points[book.language];
  book.number(sheet, row, 3, line.change * 100, { numFmt: `+0.0" ${points}";-0.0" ${points}";0.0" ${points}"` });
}
