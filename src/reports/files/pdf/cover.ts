/** The cover of a pack: whose it is, what, of when, by whom; its headline at a glance, and where each part begins. */
import type { Localised } from '../../../shared/api.js';
import type { ReportDocument } from '../../../shared/reports.js';
import type { WriteOptions } from '../../ports.js';
import { LocalTime } from '../local-time.js';
import { ACCENT, MUTED, MUTED_ON_NIGHT, NIGHT, ON_NIGHT, RULE } from '../palette.js';
import { comparedText, rangeText, WORDS, zoneText } from '../words.js';
import { drawCards } from './headline.js';
import { MARGIN, PAGE, type Pages } from './pages.js';

/** The dark side, and what lies beside it. */
const SIDE = 296;
const SIDE_INNER = SIDE - MARGIN - 28;
const LEFT = SIDE + 40;
const WIDTH = PAGE.width - LEFT - MARGIN;
const TOP = 72;
const BOTTOM = PAGE.height - 56;
const ROW = 22;
const HEADING = 26;

/** A part of the pack and the page it begins on. */
export interface ContentsEntry {
  title: string;
  /** Behind the title; empty: nothing. */
  detail: string;
  page: number;
}

/** What is on the cover and in every foot. */
export function titleOf(documents: readonly ReportDocument[], { title, language }: WriteOptions): string {
  const [first] = documents;
  return title ?? (documents.length === 1 && first !== undefined ? first.title[language] : WORDS.pack[language]);
}

/** Names people choose may be long: the first size in which one is no higher than five lines of the largest. */
const TITLE_SIZES = [30, 24, 19, 15];
const TITLE_HEIGHT = 220;

/** Returns where the contents go, which are known last. */
export function drawCover(pages: Pages, documents: readonly ReportDocument[], options: WriteOptions): number {
  const { language } = options;
  const [first] = documents;
  const title = titleOf(documents, options);
  const heightAt = (size: number): number =>
    pages.height(pages.lines(title, SIDE_INNER, { size, bold: true }).length, { size });
  const titleSize = TITLE_SIZES.find((size) => heightAt(size) <= TITLE_HEIGHT) ?? 12;
  pages.box(0, 0, SIDE, PAGE.height, NIGHT);
  pages.box(SIDE, 0, 5, PAGE.height, ACCENT);
  pages.y = TOP;
  const side = (text: string, size: number, colour: string, maxLines: number, bold = false): void => {
    pages.y += pages.text(text, MARGIN, pages.y, SIDE_INNER, { size, colour, maxLines, bold });
  };
  side(options.organisation, 13, MUTED_ON_NIGHT, 2);
  pages.y += 12;
  side(title, titleSize, ON_NIGHT, 12, true);
  pages.y += 10;
  if (first === undefined) return TOP;
  if (documents.length === 1 && first.title[language] !== title) side(first.title[language], 14, ON_NIGHT, 3);
  side(rangeText(wholeOf(first, documents), language), 14, ON_NIGHT, 2);
  drawFacts(pages, first, options, documents.length === 1);
  return drawGlance(pages, documents);
}

/** The figures the meeting begins with: of the first part that has targets, else the first that has any. */
function drawGlance(pages: Pages, documents: readonly ReportDocument[]): number {
  const { language } = pages;
  const isSaid = ({ headline }: ReportDocument) =>
    headline.some(({ target, value }) => target !== null && value !== null && value !== 0);
  const withTargets = documents.find(isSaid);
  const shown = withTargets ?? documents.find(({ headline }) => headline.length > 0);
  pages.y = TOP;
  if (shown === undefined) return pages.y;
  pages.line(WORDS.glance[language], LEFT, pages.y, WIDTH, { size: 13, bold: true });
  pages.y += HEADING - 4;
  if (documents.length > 1) {
    const of = `${shown.title[language]}  ${rangeText(shown, language)}`;
    pages.y += pages.text(of, LEFT, pages.y, WIDTH, { size: 9, colour: MUTED, maxLines: 1 }) + 6;
  }
  const headline = shown.headline.slice(0, 6);
  const perRow = headline.length === 4 || headline.length === 2 ? 2 : 3;
  drawCards(pages, { ...shown, headline }, new LocalTime(shown.timeZone), { x: LEFT, width: WIDTH, perRow });
  return pages.y + 18;
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

/** At the foot of the dark side. */
function drawFacts(pages: Pages, document: ReportDocument, options: WriteOptions, alone: boolean): void {
  const { language } = options;
  const zone = new LocalTime(document.timeZone);
  const compared = alone ? comparedText(document, language) : null;
  const filters = document.filters.length === 0 ? [WORDS.noFilters] : document.filters;
  const joined = filters.map((one) => one[language]).join(language === 'zh' ? '；' : '; ');
  const facts: [Localised, string][] = [
    ...(compared === null ? [] : [[WORDS.compared, compared] satisfies [Localised, string]]),
    ...(alone ? [[WORDS.filters, joined] satisfies [Localised, string]] : []),
    [WORDS.asOf, `${zone.text(document.asOf)} (${zoneText(document, language)})`],
    [WORDS.madeBy, `${options.madeBy} ${zone.text(options.madeAt)}`],
  ];
  const style = { size: 9, colour: ON_NIGHT, maxLines: 4 };
  const heights = facts.map(([, text]) => pages.height(pages.lines(text, SIDE_INNER, style).length, style) + 22);
  pages.y = Math.max(pages.y + 20, PAGE.height - 40 - heights.reduce((sum, height) => sum + height, 0));
  facts.forEach(([word, text], index) => {
    pages.line(word[language], MARGIN, pages.y, SIDE_INNER, { size: 8, colour: MUTED_ON_NIGHT });
    pages.text(text, MARGIN, pages.y + 13, SIDE_INNER, style);
    pages.y += heights[index] ?? 0;
  });
}

/** Drawn last: only then it is known where each part begins. */
export function drawContents(pages: Pages, entries: readonly ContentsEntry[], top: number): void {
  if (entries.length < 2) return;
  const { start, count } = pages.doc.bufferedPageRange();
  pages.doc.switchToPage(start);
  pages.line(WORDS.contents[pages.language], LEFT, top, WIDTH, { size: 13, bold: true });
  const row = Math.min(ROW, (BOTTOM - top - HEADING) / entries.length);
  const size = row < 13 ? 7 : 10;
  entries.forEach(({ title, detail, page }, index) => {
    const y = top + HEADING + index * row;
    const name = pages.lines(title, WIDTH - 40, { size, maxLines: 1 })[0] ?? '';
    const own = pages.width(name, { size });
    pages.line(name, LEFT, y, WIDTH, { size });
    pages.text(detail, LEFT + own + 8, y, WIDTH - own - 48, { size, colour: MUTED, maxLines: 1 });
    pages.line(String(page), LEFT, y, WIDTH, { size, align: 'right', colour: MUTED });
    if (row >= 18) pages.rule(LEFT, y + row - 4, LEFT + WIDTH, y + row - 4, RULE, 0.35);
    pages.doc.goTo(LEFT, y, WIDTH, row, `part-${index + 1}`);
  });
  entries.forEach(({ page }, index) => {
    pages.doc.switchToPage(start + page - 1);
    pages.doc.addNamedDestination(`part-${index + 1}`);
  });
  pages.doc.switchToPage(start + count - 1);
}
