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

/** As tall as what stands in them: a comparison nobody asked for and targets nobody has set take no room. */
function cardSize({ headline, compared }: ReportDocument): CardSize {
  const perRow = headline.length === 5 ? 5 : 4;
  const hasCompared = compared !== null && headline.some((figure) => figure.compared !== null);
  const hasTarget = headline.some((figure) => figure.target !== null);
  const height = 66 + (hasCompared ? 14 : 0) + (hasTarget ? 24 : 0);
  return { perRow, width: (INNER - (perRow - 1) * GAP) / perRow, height, hasCompared, hasTarget };
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
  const card = cardSize(document);
  document.headline.forEach((figure, index) => {
    const column = index % card.perRow;
    if (column === 0) pages.room(card.height + GAP);
    drawCard(pages, document, figure, MARGIN + column * (card.width + GAP), card, zone);
    if (column === card.perRow - 1 || index === document.headline.length - 1) pages.y += card.height + GAP;
  });
  pages.y += 8;
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
  pages.text(figure.name[language], left, pages.y + 6, width, { size: 9, colour: MUTED, maxLines: 1 });
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
  pages.text(before, x + (text === '' ? 0 : own + 6), pages.y + 64, width - own - 6, {
    size: 8,
    colour: MUTED,
    maxLines: 1,
  });
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
  const text = `${WORDS.target[language]} ${formatKpi(figure.target, figure.unit, language)}`;
  pages.text(text, x, y, width * 0.68, { size: 8, colour: MUTED, maxLines: 1 });
  if (attainment === null) return;
  const colour = attainment >= 1 ? GOOD : ACCENT;
  pages.line(formatFraction(attainment, language), x, y, width, { size: 8, bold: true, colour, align: 'right' });
  pages.box(x, y + 14, width, 4, RULE);
  pages.box(x, y + 14, width * Math.min(1, Math.max(0, attainment)), 4, colour);
}
