/** First page of a document: its headline figures as cards, each beside what it is compared with and its target. */
import { formatFraction, formatKpi } from '../../../shared/format/index.js';
import type { HeadlineFigure, ReportDocument } from '../../../shared/reports.js';
import { headlineLines } from '../flat-table.js';
import type { LocalTime } from '../local-time.js';
import { ACCENT, BAD, GOOD, GROUND, MUTED, RULE } from '../palette.js';
import { printFigure, signed } from '../print.js';
import { comparedText, rangeText, WORDS, zoneText } from '../words.js';
import { INNER, MARGIN, type Pages } from './pages.js';

const GAP = 12;

interface CardSize {
  perRow: number;
  width: number;
  height: number;
  hasCompared: boolean;
  hasTarget: boolean;
}

/** Cards a row by how many there are: full rows, and none so narrow that a name is cut. */
const PER_ROW: Record<number, number> = { 1: 4, 2: 4, 3: 3, 5: 5, 6: 3, 9: 3, 10: 5 };

/** As tall as what stands in them: a comparison nobody asked for and targets nobody has set take no room. */
function cardSize({ headline, compared }: ReportDocument, width: number, perRow: number): CardSize {
  const hasCompared = compared !== null && headline.some((figure) => figure.compared !== null);
  const hasTarget = headline.some((figure) => figure.target !== null);
  const height = 66 + (hasCompared ? 14 : 0) + (hasTarget ? 24 : 0);
  return { perRow, width: (width - (perRow - 1) * GAP) / perRow, height, hasCompared, hasTarget };
}

export function drawHeadline(pages: Pages, document: ReportDocument, zone: LocalTime): void {
  const { language } = pages;
  pages.y += pages.text(document.title[language], MARGIN, pages.y, INNER, { size: 20, bold: true, maxLines: 2 }) + 2;
  const compared = comparedText(document, language);
  const asOf = `${WORDS.asOf[language]} ${zone.text(document.asOf)} (${zoneText(document, language)})`;
  const parts = [
    rangeText(document, language),
    ...(compared === null ? [] : [`${WORDS.compared[language]} ${compared}`]),
    asOf,
  ];
  pages.y += pages.text(parts.join('  ·  '), MARGIN, pages.y, INNER, { size: 9, colour: MUTED }) + 10;
  drawCards(pages, document, zone, { x: MARGIN, width: INNER, perRow: PER_ROW[document.headline.length] ?? 4 });
  pages.y += pages.gap(8);
}

/** The headline as cards, from where the page is. */
export function drawCards(
  pages: Pages,
  document: ReportDocument,
  zone: LocalTime,
  { x, width, perRow }: { x: number; width: number; perRow: number },
): void {
  const card = cardSize(document, width, perRow);
  document.headline.forEach((figure, index) => {
    const column = index % card.perRow;
    if (column === 0) pages.room(card.height + GAP);
    drawCard(pages, document, figure, x + column * (card.width + GAP), card, zone);
    if (column === card.perRow - 1 || index === document.headline.length - 1) pages.y += card.height + GAP;
  });
}

function drawCard(
  pages: Pages,
  document: ReportDocument,
  figure: HeadlineFigure,
  x: number,
  card: CardSize,
  zone: LocalTime,
): void {
  const { language } = pages;
  const [left, width] = [x + 10, card.width - 20];
  const { short, exact } = printFigure(figure.value, figure.unit, language, zone);
  pages.box(x, pages.y, card.width, card.height, GROUND);
  const name = figure.name[language];
  const nameSize = [9, 8, 7].find((one) => pages.width(pages.printable(name), { size: one }) <= width) ?? 7;
  pages.text(name, left, pages.y + 6, width, { size: nameSize, colour: MUTED, maxLines: 1 });
  const size = [22, 17, 13, 10].find((one) => pages.width(short, { size: one, bold: true }) <= width) ?? 10;
  pages.text(short, left, pages.y + 22, width, { size, bold: true, maxLines: 1 });
  if (exact !== null) pages.text(exact, left, pages.y + 51, width, { size: 7.5, colour: MUTED, maxLines: 1 });
  if (card.hasCompared) drawChange(pages, document, figure, left, width);
  if (card.hasTarget) drawTarget(pages, document, figure, left, pages.y + (card.hasCompared ? 78 : 64), width);
}

/** Of one amount or number only: several currencies have no common change. */
function lineOf(document: ReportDocument, figure: HeadlineFigure, pages: Pages) {
  const lines = headlineLines({ ...document, headline: [figure] }, pages.language);
  return lines.length === 1 ? lines[0] : lines.find((line) => line.target !== null && line.value !== null);
}

function drawChange(pages: Pages, document: ReportDocument, figure: HeadlineFigure, x: number, width: number): void {
  if (figure.compared === null) return;
  const { language } = pages;
  const before = `${WORDS.before[language]} ${formatKpi(figure.compared, figure.unit, language)}`;
  const line = lineOf(document, figure, pages);
  const change = line?.change ?? null;
  let text = '';
  if (change !== null) {
    const size = formatFraction(Math.abs(change), language);
    text =
      figure.unit === 'fraction'
        ? signed(change, `${size.replace('%', '')} ${WORDS.points[language]}`)
        : signed(change, size);
  }
  const direction = document.definitions.find((one) => one.id === figure.kpi)?.goodDirection ?? 'neutral';
  const isGood = change !== null && change !== 0 && direction !== 'neutral' && change > 0 === (direction === 'up');
  const colour = change === null || change === 0 || direction === 'neutral' ? MUTED : isGood ? GOOD : BAD;
  const mark = change === null || change === 0 ? '' : change > 0 ? '▲ ' : '▼ ';
  const own = pages.width(mark + text, { size: 8, bold: true });
  pages.line(mark + text, x, pages.y + 64, width, { size: 8, bold: true, colour });
  const room = width - (text === '' ? 0 : own + 6);
  const shown = [before, formatKpi(figure.compared, figure.unit, language)].find(
    (one) => pages.width(pages.printable(one), { size: 8 }) <= room,
  );
  // The figure alone, or nothing: half of one would be another.
  pages.text(shown ?? '', x + width - room, pages.y + 64, room, { size: 8, colour: MUTED });
}

function drawTarget(
  pages: Pages,
  document: ReportDocument,
  figure: HeadlineFigure,
  x: number,
  y: number,
  width: number,
): void {
  const { language } = pages;
  if (figure.target === null) {
    pages.line(WORDS.noTarget[language], x, y, width, { size: 7.5, colour: MUTED });
    return;
  }
  const attainment = lineOf(document, figure, pages)?.attainment ?? null;
  const reached = attainment === null ? '' : formatFraction(attainment, language);
  const room = width - pages.width(reached, { size: 8, bold: true }) - 6;
  const value = formatKpi(figure.target, figure.unit, language);
  const fits = [`${WORDS.target[language]} ${value}`, value].flatMap((text) => [8, 7].map((size) => ({ text, size })));
  const shown = fits.find(({ text, size }) => pages.width(pages.printable(text), { size }) <= room);
  if (shown !== undefined) pages.text(shown.text, x, y, room + 4, { size: shown.size, colour: MUTED, maxLines: 1 });
  if (attainment === null) return;
  const colour = attainment >= 1 ? GOOD : ACCENT;
  pages.line(reached, x, y, width, { size: 8, bold: true, colour, align: 'right' });
  pages.box(x, y + 14, width, 4, RULE);
  pages.box(x, y + 14, width * Math.min(1, Math.max(0, attainment)), 4, colour);
}
