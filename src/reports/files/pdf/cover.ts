/** The cover of a pack: whose it is, what, of when, of what, by whom; of several documents where each begins. */
import type { Localised } from '../../../shared/api.js';
import type { ReportDocument } from '../../../shared/reports.js';
import type { WriteOptions } from '../../ports.js';
import { LocalTime } from '../local-time.js';
import { ACCENT, INK, MUTED } from '../palette.js';
import { comparedText, rangeText, WORDS, zoneText } from '../words.js';
import { INNER, MARGIN, PAGE, type Pages } from './pages.js';

const CONTENTS_TOP = 300;
const CONTENTS_BOTTOM = PAGE.height - 60;
const CONTENTS_ROW = 20;

export function drawCover(pages: Pages, documents: readonly ReportDocument[], options: WriteOptions): void {
  const { language } = options;
  const [first] = documents;
  const title = documents.length === 1 && first !== undefined ? first.title[language] : WORDS.pack[language];
  pages.box(0, 0, 14, PAGE.height, ACCENT);
  pages.y = 84;
  pages.y += pages.text(options.organisation, MARGIN, pages.y, INNER, { size: 14, colour: MUTED, maxLines: 2 }) + 10;
  pages.y += pages.text(title, MARGIN, pages.y, INNER, { size: 34, bold: true, maxLines: 2 }) + 6;
  if (first !== undefined) {
    pages.y +=
      pages.text(rangeText(wholeOf(first, documents), language), MARGIN, pages.y, INNER, { size: 18, colour: INK }) +
      22;
    facts(pages, first, options, documents.length === 1);
  }
}

/** From where the first begins to where the last ends. */
function wholeOf(first: ReportDocument, documents: readonly ReportDocument[]): ReportDocument {
  const all = documents.map((document) => document.dates);
  const dates = all.filter((one) => one !== null);
  if (dates.length < all.length) return first;
  const from = dates.map((one) => one.from).sort()[0] ?? '';
  const to =
    dates
      .map((one) => one.to)
      .sort()
      .at(-1) ?? '';
  return { ...first, dates: { from, to } };
}

function facts(pages: Pages, document: ReportDocument, options: WriteOptions, alone: boolean): void {
  const { language } = options;
  const zone = new LocalTime(document.timeZone);
  const compared = alone ? comparedText(document, language) : null;
  const filters = document.filters.length === 0 ? [WORDS.noFilters] : document.filters;
  const lines: [Localised, string][] = [
    ...(compared === null ? [] : [[WORDS.compared, compared] as [Localised, string]]),
    [WORDS.asOf, `${zone.text(document.asOf)}  (${zoneText(document, language)})`],
    ...(alone
      ? [
          [WORDS.filters, filters.map((one) => one[language]).join(language === 'zh' ? '；' : '; ')] as [
            Localised,
            string,
          ],
        ]
      : []),
    [WORDS.madeBy, `${options.madeBy}  ${zone.text(options.madeAt)}`],
  ];
  for (const [word, text] of lines) {
    pages.line(word[language], MARGIN, pages.y, 110, { size: 10.5, colour: MUTED });
    pages.y += pages.text(text, MARGIN + 112, pages.y, INNER - 112, { size: 10.5, maxLines: 4 }) + 4;
  }
}

/** Drawn last: only then it is known where each document begins. */
export function drawContents(pages: Pages, documents: readonly ReportDocument[], starts: readonly number[]): void {
  if (documents.length < 2) return;
  const { language } = pages;
  const { start, count } = pages.doc.bufferedPageRange();
  pages.doc.switchToPage(start);
  pages.line(WORDS.contents[language], MARGIN, CONTENTS_TOP, INNER, { size: 12, bold: true });
  const row = Math.min(CONTENTS_ROW, (CONTENTS_BOTTOM - CONTENTS_TOP - 24) / documents.length);
  documents.forEach((document, index) => {
    const y = CONTENTS_TOP + 24 + index * row;
    const page = String(starts[index] ?? '');
    const text = `${document.title[language]}   ${rangeText(document, language)}`;
    pages.text(text, MARGIN, y, INNER - 60, { size: 10.5, maxLines: 1 });
    pages.line(page, MARGIN, y, INNER, { size: 10.5, align: 'right', colour: MUTED });
    pages.doc.goTo(MARGIN, y, INNER, row, `report-${index + 1}`);
  });
  documents.forEach((_, index) => {
    pages.doc.switchToPage(start + (starts[index] ?? 1) - 1);
    pages.doc.addNamedDestination(`report-${index + 1}`);
  });
  pages.doc.switchToPage(start + count - 1);
}
